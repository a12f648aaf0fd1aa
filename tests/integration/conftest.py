"""A store to load publications into."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hand import Clock, Loader
from tables import Tables

from etl.store import PostgresStore, open_store


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
def tables(database: Any) -> Iterator[Tables]:
    """The tables of the migrated database, to write into without the pipeline."""
    it = Tables(database)
    yield it
    it.close()


@pytest.fixture
def digest(database: Any) -> Callable[[], Sequence[tuple[Any, ...]]]:
    """Which row versions the analysts' tables hold: any write changes it."""

    def versions() -> list[tuple[Any, ...]]:
        tables = database.query(
            "select relname from pg_class where relkind = 'r'"
            " and relnamespace = 'aanhangsel'::regnamespace order by 1"
        )
        return [
            (table, *row)
            for (table,) in tables
            for row in database.query(
                f"select ctid::text, xmin::text from aanhangsel.{table} order by 1"
            )
        ]

    return versions
