"""The environment, read once into a frozen value.

The command line wins over the environment, and that over `.env` in the working
directory. Only cli and app know this module: everything else is handed values.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from etl.cron import Schedules, parse_schedules
from etl.errors import ConfigurationError
from etl.sources import SOURCES

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

DOTENV = Path(".env")

DEFAULT_SCHEDULE = "17 */2 * * *"

SECRETS = Path("/run/secrets")
"""Where container engines mount secrets, readable for all who are in the container."""


def default_data_dir() -> Path:
    """The platform's folder for a user's data; root's server must get past /root."""
    name = "aanhangsel-etl"
    if os.geteuid() == 0:
        return Path("/var/lib") / name
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / name
    chosen = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (chosen if chosen.is_absolute() else _home() / ".local" / "share") / name


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise ConfigurationError(
            "this user has no home directory: set ETL_DATA_DIR"
        ) from error


def _database_url(text: str) -> str:
    if urlsplit(text).scheme not in ("postgresql", "postgres"):
        raise ValueError("write postgresql://user@host:port/database")
    return text


def _http_url(text: str) -> str:
    found = urlsplit(text)
    if found.scheme not in ("http", "https") or not found.hostname:
        raise ValueError("write http(s)://host[:port]/path")
    if found.username is not None:
        raise ValueError("a name or password in this URL is not supported")
    _ = found.port  # raises ValueError when it is no number
    return text.rstrip("/")


def _names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, (n.strip() for n in text.split(",")))))
    for name in names:
        if name not in SOURCES:
            raise ValueError(f"{name!r} is none of {', '.join(SOURCES)}")
    return names


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("write a date as 2024-09-01") from error


def _schedules(text: str) -> Schedules:
    found = parse_schedules(text, DEFAULT_SCHEDULE)
    for source in found.own:
        if source not in SOURCES:
            raise ValueError(f"{source!r} is none of {', '.join(SOURCES)}")
    return found


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
Folder = Annotated[Path, AfterValidator(Path.expanduser)]
Names = Annotated[tuple[str, ...], BeforeValidator(_names)]
Day = Annotated[date, BeforeValidator(_day)]
Schedule = Annotated[Schedules, BeforeValidator(_schedules)]
Port = Annotated[int, Field(ge=1, le=65535)]


def variable(field: str) -> str:
    """The name of a field's variable: DATABASE_URL, ETL_DATA_DIR."""
    name = field.upper()
    return name if name.startswith("DATABASE_") else f"ETL_{name}"


class Settings(BaseSettings):
    """All variables of the contract.

    `sources` is empty for "all that are built", `data_dir` None for the platform's.
    `schedule` holds cron expressions that name their weekdays.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=variable,
        validate_default=False,
    )

    database_url: DatabaseUrl | None = Field(default=None, repr=False)
    database_owner_url: DatabaseUrl | None = Field(default=None, repr=False)
    database_reader_url: DatabaseUrl | None = Field(default=None, repr=False)
    pg_bin: Folder | None = None
    data_dir: Folder | None = None
    sources: Names = ()
    sru_url: HttpUrl = "https://repository.overheid.nl/sru"
    publications_url: HttpUrl = "https://zoek.officielebekendmakingen.nl"
    syncfeed_url: HttpUrl = "https://gegevensmagazijn.tweedekamer.nl/SyncFeed/2.0"
    odata_url: HttpUrl = "https://gegevensmagazijn.tweedekamer.nl/OData/v5"
    rate: str = "zoek.officielebekendmakingen.nl=10/30,*=1/1"
    contact: str | None = None
    since: Day | None = None
    schedule: Schedule = Schedules(DEFAULT_SCHEDULE)
    alert_url: HttpUrl | None = Field(default=None, repr=False)
    metrics_port: Port | None = None
    metrics_host: str = "127.0.0.1"
    log_format: Literal["auto", "json", "text"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Set but empty is the default, whatever a later place says."""
        return {name: value for name, value in values.items() if value != ""}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line, then our own two: they know `_FILE` and unknown names."""
        del env_settings, dotenv_settings, file_secret_settings
        environment = Layer(settings_cls, os.environ, "the environment")
        written = Layer(settings_cls, _written(), str(DOTENV))
        return (init_settings, environment, written)


class Layer(PydanticBaseSettingsSource):
    """The variables of one place, each from its own value or from its file."""

    def __init__(
        self, settings: type[BaseSettings], values: Mapping[str, str | None], place: str
    ) -> None:
        super().__init__(settings)
        self._values = values
        self._place = place

    def get_field_value(
        self, field: FieldInfo, field_name: str
    ) -> tuple[Any, str, bool]:
        """What this place says about one field."""
        del field
        name = variable(field_name)
        return self._value(name), name, False

    def __call__(self) -> dict[str, Any]:
        """All that this place sets. Raises ConfigurationError for an unknown name."""
        self._refuse_unknown()
        fields = self.settings_cls.model_fields
        pairs = ((variable(name), self._value(variable(name))) for name in fields)
        return {name: value for name, value in pairs if value is not None}

    def _value(self, name: str) -> str | None:
        """None where it is not set, so that the next place is asked."""
        plain = self._values.get(name)
        file = self._values.get(f"{name}_FILE") if name.endswith("_URL") else None
        if plain and file:
            raise ConfigurationError(f"{name} and {name}_FILE are both set: keep one")
        return read_secret(f"{name}_FILE", Path(file)) if file else plain

    def _refuse_unknown(self) -> None:
        known = {variable(name) for name in self.settings_cls.model_fields}
        known |= {f"{name}_FILE" for name in known if name.endswith("_URL")}
        for name in self._values:
            if name.startswith("ETL_") and name not in known:
                near = get_close_matches(name, sorted(known), n=1, cutoff=0.0)
                raise ConfigurationError(
                    f"{name} in {self._place} is no variable of etl;"
                    f" did you mean {near[0]}?"
                )


def _written() -> Mapping[str, str | None]:
    try:
        return dotenv_values(DOTENV, interpolate=False) if DOTENV.is_file() else {}
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"cannot read {DOTENV}: {error}") from error


def read_secret(name: str, file: Path) -> str:
    """The one line of a secret's file. Raises ConfigurationError, never telling it."""
    try:
        mode = file.stat().st_mode
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ConfigurationError(f"{name}: cannot read {file}: {reason}") from error
    if not text or "\n" in text:
        raise ConfigurationError(f"{name}: {file} must hold one line, the URL")
    if mode & stat.S_IWOTH:
        raise ConfigurationError(
            f"{name}: every user of this machine can change {file};"
            f" do: chmod 600 {file}"
        )
    return text


def token_of(url: str) -> str:
    """What follows the host, where the address of a webhook has its token.

    Empty for one too short to be any.
    """
    found = urlsplit(url)
    rest = found.path.rstrip("/") + (f"?{found.query}" if found.query else "")
    return rest if len(rest) >= 8 else ""


def loose_secrets() -> list[str]:
    """A line for each file with a secret that every user of this machine can read."""
    named = {**_written(), **os.environ}
    return [
        f"{name}: every user of this machine can read {file}; do: chmod 600 {file}"
        for name, file in named.items()
        if file
        and name.endswith("_URL_FILE")
        and name.startswith(("DATABASE_", "ETL_"))
        if not Path(file).absolute().is_relative_to(SECRETS)
        if Path(file).is_file() and Path(file).stat().st_mode & stat.S_IROTH
    ]


def read_settings(overrides: Mapping[str, str | None]) -> Settings:
    """Read everything; `overrides` are those of the command line, None where unset.

    Raises ConfigurationError with one line for each thing that is wrong.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # validated from text
    except ValidationError as error:
        lines = [_line(detail) for detail in error.errors(include_url=False)]
        raise ConfigurationError("\n".join(lines)) from None


def _line(detail: ErrorDetails) -> str:
    name = str(detail["loc"][0])
    cause = detail.get("ctx", {}).get("error")
    reason = str(cause) if cause else detail["msg"].lower()
    value = "" if name.endswith("_URL") else f" {detail['input']!r}"
    return f"{name}{value}: {reason}"
