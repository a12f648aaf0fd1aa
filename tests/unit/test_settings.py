"""The environment becomes one value, or one clear line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.errors import ConfigurationError
from etl.settings import default_data_dir, loose_secrets, read_settings, token_of


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No variable of ours, and an empty working directory."""
    import os

    for name in list(os.environ):
        if name.startswith(("ETL_", "DATABASE_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(**overrides: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        read_settings(overrides)
    return str(caught.value)


def test_nothing_set_gives_the_defaults_of_the_contract() -> None:
    found = read_settings({})
    assert found.database_url is None
    assert found.sources == ()
    assert found.sru_url == "https://repository.overheid.nl/sru"
    assert found.publications_url == "https://zoek.officielebekendmakingen.nl"
    assert found.rate == "zoek.officielebekendmakingen.nl=10/30,*=1/1"
    assert found.since is None
    assert (found.log_format, found.log_level) == ("auto", "info")


def test_the_command_line_wins_over_the_environment_and_that_over_dotenv(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "ETL_CONTACT=file\nETL_RATE=1\nETL_LOG_LEVEL=debug\n"
    (bare / ".env").write_text(lines)
    monkeypatch.setenv("ETL_CONTACT", "environment")
    monkeypatch.setenv("ETL_RATE", "2")
    found = read_settings({"ETL_RATE": "3", "ETL_CONTACT": None})
    assert (found.rate, found.contact, found.log_level) == ("3", "environment", "debug")


def test_an_empty_variable_takes_back_what_dotenv_says(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / ".env").write_text("DATABASE_URL=postgresql://a@b/c\n")
    monkeypatch.setenv("DATABASE_URL", "")
    assert read_settings({}).database_url is None


def test_an_unknown_name_is_refused_with_the_nearest_known_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ETL_SCHEDUEL", "x")
    assert refused() == (
        "ETL_SCHEDUEL in the environment is no variable of etl;"
        " did you mean ETL_SCHEDULE?"
    )


def test_an_unknown_name_in_dotenv_is_refused_too(bare: Path) -> None:
    (bare / ".env").write_text("POSTGRES_PASSWORD=x\nETL_RATES=1\n")
    assert refused() == (
        "ETL_RATES in .env is no variable of etl; did you mean ETL_RATE?"
    )


def test_a_url_may_come_from_a_file(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = bare / "url"
    file.write_text("postgresql://writer:secret@db/aanhangsel\n")
    file.chmod(0o600)
    monkeypatch.setenv("DATABASE_URL_FILE", str(file))
    assert read_settings({}).database_url == "postgresql://writer:secret@db/aanhangsel"
    assert loose_secrets() == []


def test_a_secret_that_others_can_read_is_named(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = bare / "url"
    file.write_text("postgresql://db/aanhangsel")
    file.chmod(0o644)
    monkeypatch.setenv("DATABASE_OWNER_URL_FILE", str(file))
    read_settings({})
    (line,) = loose_secrets()
    assert line.startswith("DATABASE_OWNER_URL_FILE: every user of this machine can")
    assert line.endswith(f"chmod 600 {file}")


def test_a_secret_that_others_can_change_is_refused(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = bare / "url"
    file.write_text("postgresql://db/aanhangsel")
    file.chmod(0o666)
    monkeypatch.setenv("DATABASE_URL_FILE", str(file))
    assert "can change" in refused()


@pytest.mark.parametrize("text", ["", "one\ntwo\n"])
def test_a_secret_is_one_line(
    text: str, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = bare / "url"
    file.write_text(text)
    monkeypatch.setenv("DATABASE_URL_FILE", str(file))
    assert refused() == f"DATABASE_URL_FILE: {file} must hold one line, the URL"


def test_a_missing_file_of_a_secret_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETL_ALERT_URL_FILE", "nowhere")
    message = "ETL_ALERT_URL_FILE: cannot read nowhere: No such file or directory"
    assert refused() == message


def test_a_url_and_its_file_do_not_go_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://a/b")
    monkeypatch.setenv("DATABASE_URL_FILE", "somewhere")
    assert refused() == "DATABASE_URL and DATABASE_URL_FILE are both set: keep one"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "DATABASE_URL",
            "mysql://root:hunter2@db/x",
            "DATABASE_URL: write postgresql://user@host:port/database",
        ),
        (
            "ETL_SRU_URL",
            "repository.overheid.nl",
            "ETL_SRU_URL: write http(s)://host[:port]/path",
        ),
        (
            "ETL_SINCE",
            "1 september",
            "ETL_SINCE '1 september': write a date as 2024-09-01",
        ),
        (
            "ETL_SOURCES",
            "kamer",
            (
                "ETL_SOURCES 'kamer': 'kamer' is none of"
                " officielebekendmakingen, tweedekamer, map"
            ),
        ),
        (
            "ETL_LOG_LEVEL",
            "loud",
            (
                "ETL_LOG_LEVEL 'loud': input should be"
                " 'debug', 'info', 'warning' or 'error'"
            ),
        ),
        (
            "ETL_METRICS_PORT",
            "99999",
            "ETL_METRICS_PORT '99999': input should be less than or equal to 65535",
        ),
        (
            "ETL_SCHEDULE",
            "hourly",
            (
                "ETL_SCHEDULE 'hourly': write five fields: minute, hour, day of the month,"
                " month, weekday; as in 17 */2 * * *"
            ),
        ),
    ],
)
def test_what_is_wrong_is_one_line(name: str, value: str, message: str) -> None:
    assert refused(**{name: value}) == message


def test_several_things_wrong_are_a_line_each() -> None:
    lines = refused(ETL_SINCE="x", ETL_LOG_FORMAT="xml").splitlines()
    assert [line.split()[0] for line in lines] == ["ETL_SINCE", "ETL_LOG_FORMAT"]


def test_values_have_their_types() -> None:
    found = read_settings(
        {
            "ETL_SINCE": "2024-09-01",
            "ETL_SOURCES": "officielebekendmakingen, map",
            "ETL_SRU_URL": "http://127.0.0.1:8080/sru/",
            "ETL_SCHEDULE": "0 6 * * 1-5",
        }
    )
    assert found.since == date(2024, 9, 1)
    assert found.sources == ("officielebekendmakingen", "map")
    assert found.sru_url == "http://127.0.0.1:8080/sru"
    assert found.schedule.of("tweedekamer") == "0 6 * * mon,tue,wed,thu,fri"


def test_settings_do_not_show_their_secrets() -> None:
    found = read_settings({"DATABASE_URL": "postgresql://a:hunter2@b/c"})
    assert "hunter2" not in repr(found)


def test_the_data_go_where_the_platform_keeps_a_users_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1001)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert default_data_dir() == tmp_path / ".local" / "share" / "aanhangsel-etl"
    monkeypatch.setenv("XDG_DATA_HOME", "/var/data")
    assert default_data_dir() == Path("/var/data/aanhangsel-etl")


def test_the_data_of_root_stay_out_of_its_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert default_data_dir() == Path("/var/lib/aanhangsel-etl")


def test_the_token_of_a_webhook_is_what_follows_its_host() -> None:
    assert token_of("https://h.example/services/T0/secret?x=1") == (
        "/services/T0/secret?x=1"
    )
    # hiding this would make every log unreadable
    assert token_of("https://h.example/a") == ""
