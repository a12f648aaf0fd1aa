"""Brings the schema to the code's version: forward only, one transaction a file."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import psycopg

from etl.errors import SchemaMismatch
from etl.store.connection import Connection, connect
from etl.store.faults import meaning_of_state, one_line, translated
from etl.store.reference import REFERENCES, Reference, load, outdated
from etl.store.statements import root, script, statement

log = logging.getLogger(__name__)

REFUSED = "42501"


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of sql/migrations."""

    name: str

    @property
    def path(self) -> str:
        """Below `sql/`."""
        return f"migrations/{self.name}.sql"

    @property
    def sha256(self) -> str:
        """Hash (hex) of the file."""
        return hashlib.sha256(script(self.path).encode()).hexdigest()


@cache
def migrations() -> tuple[Migration, ...]:
    """All that this code knows, in order."""
    files = sorted((root() / "migrations").glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return tuple(Migration(path.stem) for path in files)


def everything() -> list[str]:
    """What an empty database lacks: all migrations, then all reference tables."""
    return [*_names(migrations()), *_names(REFERENCES)]


def _names(parts: Iterable[Migration | Reference]) -> list[str]:
    return [part.name for part in parts]


def pending(url: str) -> list[str]:
    """Names of migrations not yet applied and of reference tables not up to date.

    In order; any role that may read can ask.

    Raises SchemaMismatch when the database is newer than this code or an applied
    file was edited; StoreUnreachable when it cannot be asked.
    """
    with connect(url, "migrate") as connection:
        missing = _missing(connection)
        try:
            references = outdated(connection)
        except psycopg.Error as error:
            raise translated(error) from error
        return [*_names(missing), *_names(references)]


def unmigrated(url: str) -> list[str]:
    """As `pending`, of the migrations alone: who only reads needs no newer files."""
    with connect(url, "migrate") as connection:
        return _names(_missing(connection))


def migrate(owner_url: str) -> list[str]:
    """Apply what is missing, as the owner; returns the names applied or loaded.

    Two at once: the second waits, then finds nothing to do. Raises SchemaMismatch
    when the role may not, StoreError otherwise.
    """
    with connect(owner_url, "migrate") as connection:
        try:
            return _migrate(connection)
        except psycopg.Error as error:
            if error.sqlstate == REFUSED:
                raise SchemaMismatch(
                    "the schema is behind and this role may not change it: run "
                    f"`etl migrate` as the owner ({one_line(error)})"
                ) from error
            raise translated(error) from error


def _migrate(connection: Connection) -> list[str]:
    connection.execute(statement("migration_patience"))
    connection.execute(statement("migration_lock"))
    _take_ownership(connection)
    # Rights come with what they are on: another daemon may ask in between, and who is
    # killed in between leaves nothing to do.
    with connection.transaction():
        connection.execute(script("bootstrap.sql"))
        connection.execute(script("grants.sql"))
    applied = []
    for migration in _missing(connection):
        with connection.transaction():
            connection.execute(script(migration.path))
            connection.execute(
                statement("migration_record"),
                {"name": migration.name, "sha256": migration.sha256},
            )
            connection.execute(script("grants.sql"))
        log.info("migrated", extra={"migration": migration.name})
        applied.append(migration.name)
    for reference in outdated(connection):
        load(connection, reference)
        log.info("reference_loaded", extra={"reference": reference.name})
        applied.append(reference.name)
    return applied


def _take_ownership(connection: Connection) -> None:
    """Make the three roles if we may, and build as their owner if we can."""
    try:
        connection.execute(script("roles.sql"))
    except psycopg.Error as error:
        if not _harmless(error):
            raise
        log.debug("roles not managed: this user may not create roles")
    row = connection.execute(statement("migration_may_build_as_owner")).fetchone()
    if row is not None and row[0]:
        try:
            connection.execute(statement("migration_build_as_owner"))
        except psycopg.Error as error:
            if not _harmless(error):
                raise
            log.debug("tables belong to this user, not to aanhangsel_owner")


def _harmless(error: psycopg.Error) -> bool:
    """A right that we lack; two migrations at once may also touch the same role."""
    return error.sqlstate == REFUSED or meaning_of_state(error.sqlstate or "") == "row"


def _missing(connection: Connection) -> list[Migration]:
    applied = _applied(connection)
    known = {migration.name: migration for migration in migrations()}
    if newer := sorted(set(applied) - set(known)):
        raise SchemaMismatch(
            f"the database is newer than this code (migration {newer[0]}): upgrade the "
            "program"
        )
    for name, sha256 in applied.items():
        if known[name].sha256 != sha256:
            raise SchemaMismatch(
                f"migration {name} was edited after it was applied: restore the file "
                "and put the change in a new one"
            )
    return [migration for migration in migrations() if migration.name not in applied]


def _applied(connection: Connection) -> dict[str, str]:
    try:
        found = connection.execute(statement("migration_exists")).fetchone()
        if found is None or not found[0]:
            return {}
        return dict(connection.execute(statement("migration_list")).fetchall())
    except psycopg.Error as error:
        raise translated(error) from error
