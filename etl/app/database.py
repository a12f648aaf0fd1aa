"""Which database, as whom, and whether it is ready for this code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from etl.errors import ConfigurationError, SchemaMismatch
from etl.settings import Settings, default_data_dir
from etl.store.embedded import LocalPostgres, Server
from etl.store.migrations import migrate, pending

ROLES = ("owner", "writer", "reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """Where each role logs in; `server` is ours while it is embedded."""

    urls: dict[str, str] = field(repr=False)
    server: Server | None = None

    def url(self, role: str) -> str:
        """As `owner`, `writer` or `reader`. Raises ConfigurationError if not given."""
        if role not in self.urls:
            raise ConfigurationError(
                f"no database to use as the {role}: set DATABASE_URL as well"
            )
        return self.urls[role]


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """The configured database, or the embedded one for as long as it is used.

    Raises StoreUnreachable when the embedded one cannot start.
    """
    if urls := configured(settings):
        yield Database(urls=urls)
        return
    with LocalPostgres(data_dir(settings), settings.pg_bin).serve() as server:
        found = {role: server.url(f"aanhangsel_{role}") for role in ROLES}
        yield Database(urls=found, server=server)


def configured(settings: Settings) -> dict[str, str]:
    """The addresses that are set, by role; none means the embedded database."""
    general = settings.database_url
    given = {
        "owner": settings.database_owner_url or general,
        "writer": general,
        "reader": settings.database_reader_url or general,
    }
    return {role: url for role, url in given.items() if url}


def data_dir(settings: Settings) -> Path:
    """The folder of the embedded database."""
    return settings.data_dir or default_data_dir()


def make_ready(database: Database, *, may_migrate: bool) -> list[str]:
    """Bring the schema up to date if it is behind; returns the migrations applied.

    Raises SchemaMismatch when it is behind and may not be migrated.
    """
    behind = pending(database.url("writer"))
    if not behind:
        return []
    if not may_migrate:
        raise SchemaMismatch(
            f"the schema is behind (first missing: {behind[0]}): run `etl migrate`"
        )
    return migrate(database.url("owner"))
