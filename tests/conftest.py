"""A real PostgreSQL for the whole run, and a fresh database for each test.

The server is the embedded one, shared by all xdist workers through the same lock
that two commands share it by; only fsync is off. Works as root and as a user.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import audit
import psycopg
import pytest
from hand import Clock, Loader, make_folder
from psycopg import sql

from etl.store import PostgresStore, open_store
from etl.store.embedded import ADMIN, LocalPostgres, Server
from etl.store.migrations import migrate

HOME = "AANHANGSEL_TEST_HOME"
BINARIES = "AANHANGSEL_TEST_PG_BIN"
"""Server programs of another version to test against, as `ETL_PG_BIN`."""
TEMPLATE = "migrated"
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "80",
    "shared_buffers": "64MB",
}

_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the run; the workers inherit its name."""
    audit.install()
    if not hasattr(config, "workerinput"):
        os.environ[HOME] = str(make_folder("etl-tests-"))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(HOME), ignore_errors=True)


@dataclass(frozen=True)
class Database:
    """One database of the test server."""

    server: Server
    name: str

    def url(self, role: str = "aanhangsel_writer") -> str:
        return self.server.url(role, self.name)

    def query(self, text: str, *args: object, role: str = ADMIN) -> list[tuple]:
        """Rows of an ad-hoc statement, as the superuser unless told otherwise."""
        with psycopg.connect(self.url(role), autocommit=True) as connection:
            cursor = connection.execute(text, args or None)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(autouse=True)
def nothing_outside() -> Iterator[None]:
    """The test neither wrote nor called outside of what is its own."""
    yield
    assert audit.taken() == []


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this run."""
    binaries = Path(os.environ[BINARIES]) if BINARIES in os.environ else None
    home = Path(os.environ[HOME]) / "cluster"
    with LocalPostgres(home, binaries, options=FAST).serve() as it:
        yield it


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """Name of a database with all migrations applied, made by the first to ask."""
    with (server.postgres.home / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(server.url(ADMIN), autocommit=True) as admin:
            query = "select from pg_database where datname = %s"
            if admin.execute(query, [TEMPLATE]).fetchone() is None:
                create(server, "fresh", "template0")
                migrate(server.url("aanhangsel_owner", "fresh"))
                admin.execute(f"alter database fresh rename to {TEMPLATE}")
    return TEMPLATE


def create(server: Server, name: str, template: str) -> None:
    statement = sql.SQL("create database {} template {} owner aanhangsel_owner")
    with psycopg.connect(server.url(ADMIN), autocommit=True) as admin:
        admin.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def drop(server: Server, name: str) -> None:
    statement = sql.SQL("drop database if exists {} with (force)")
    with psycopg.connect(server.url(ADMIN), autocommit=True) as admin:
        admin.execute(statement.format(sql.Identifier(name)))


def fresh_database(server: Server, template: str) -> Iterator[Database]:
    name = f"test_{os.getpid()}_{next(_numbers)}"
    create(server, name, template)
    try:
        yield Database(server, name)
    finally:
        drop(server, name)


@pytest.fixture
def database(server: Server, template: str) -> Iterator[Database]:
    """A database of this test's own, with all migrations applied."""
    yield from fresh_database(server, template)


@pytest.fixture
def empty_database(server: Server) -> Iterator[Database]:
    """A database of this test's own, without a single migration."""
    yield from fresh_database(server, "template0")


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that the embedded server can reach, also as root."""
    made = make_folder("etl-test-")
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def naps() -> list[float]:
    """How long the store wanted to sleep."""
    return []


@pytest.fixture
def store(database: Any, clock: Clock, naps: list[float]) -> Iterator[PostgresStore]:
    url = database.url("aanhangsel_writer")
    with open_store(url, now=clock, parser="p1", sleep=naps.append) as it:
        yield it


@pytest.fixture
def load(store: PostgresStore, clock: Clock) -> Loader:
    return Loader(store, clock)


@pytest.fixture
def digest(database: Any) -> Callable[[], Sequence[tuple[Any, ...]]]:
    """Which row versions the analysts' tables hold: any write changes it."""

    def versions() -> list[tuple[Any, ...]]:
        tables = database.query(
            "select relname from pg_class where relkind = 'r'"
            " and relnamespace = 'aanhangsel'::regnamespace order by 1"
        )
        each = (
            f"select '{table}', ctid::text, xmin::text from aanhangsel.{table}"
            for (table,) in tables
        )
        return sorted(database.query(" union all ".join(each)))

    return versions
