"""A database behind a road that fails as ordered, and as many databases as wanted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Database, create, drop
from faults.proxy import Proxy, proxy

from etl.store import PostgresStore, open_store
from etl.store.home import SOCKET

if TYPE_CHECKING:
    from hand import Clock


@pytest.fixture
def road(server: Any) -> Iterator[Proxy]:
    with proxy(server.postgres.at.sockets / SOCKET) as it:
        yield it


@pytest.fixture
def far(road: Proxy, database: Any, clock: Clock) -> Iterator[PostgresStore]:
    """A store behind the proxy, which does not wait between attempts."""
    url = road.url("aanhangsel_writer", database.name)
    with open_store(url, now=clock, parser="p1", sleep=lambda _: None) as it:
        yield it


@pytest.fixture
def databases(server: Any, template: str) -> Iterator[Any]:
    """Makes fresh ones; the last one is dropped at the end."""
    name = f"faults_{os.getpid()}"

    def fresh() -> Database:
        drop(server, name)
        create(server, name, template)
        return Database(server, name)

    yield fresh
    drop(server, name)
