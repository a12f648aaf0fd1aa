"""The connection is gone before the n-th call of a whole `run`, from login to review.

Whatever the call, the run ends with a typed error or none, never as a bug, and the next
one leaves what an undisturbed one does. `POINTS=all` tries every call, and every
commit one in `EVERY`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from chance import seeded
from faults import twelve
from faults.crash import RUN_LOCK

from etl.app.jobs import Request
from etl.app.run import run
from etl.console.stop import stopping
from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.errors import RunLocked, StoreError
from etl.settings import Settings

EVERY = 1 if os.environ.get("POINTS") == "all" else 25
PARTS = 2
"""So many workers share them."""

BOTH = ("officielebekendmakingen", "tweedekamer")


@pytest.fixture
def sources() -> Iterator[tuple[Replica, Kamer]]:
    with Replica() as koop, Kamer() as kamer:
        twelve.begin(koop, kamer)
        twelve.happen(koop, kamer)
        yield koop, kamer


def settings_of(database: Any, sources: tuple[Replica, Kamer]) -> Settings:
    koop, kamer = sources
    return Settings(
        DATABASE_URL=database.url("aanhangsel_writer"),
        DATABASE_OWNER_URL=database.url("aanhangsel_owner"),
        DATABASE_READER_URL=database.url("aanhangsel_reader"),
        ETL_SRU_URL=koop.sru_url,
        ETL_PUBLICATIONS_URL=koop.publications_url,
        ETL_SYNCFEED_URL=kamer.syncfeed_url,
        ETL_ODATA_URL=kamer.odata_url,
        ETL_SINCE="1994-09-01",
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_a_connection_lost_before_any_call_is_never_a_bug(
    sources: tuple[Replica, Kamer],
    databases: Any,
    monkeypatch: pytest.MonkeyPatch,
    part: int,
) -> None:
    execute = psycopg.Cursor.execute
    calls = lost_at = 0

    def counted(self: Any, *arguments: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == lost_at:
            self.connection.pgconn.finish()
        return execute(self, *arguments, **more)

    def attempt(database: Any) -> list[Any]:
        with stopping() as stop:
            done = run(settings_of(database, sources), Request(sources=BOTH), stop)
        return [each.report for each in done]

    database = databases()
    monkeypatch.setattr(psycopg.Cursor, "execute", counted)
    attempt(database)
    count, undisturbed = calls, twelve.left(database)
    assert count > 200
    points = range(1 + seeded().randrange(EVERY), count + 1, EVERY)[part::PARTS]
    for point in points:
        database = databases()
        calls, lost_at = 0, point
        with suppress(StoreError, RunLocked):
            for report in attempt(database):
                assert report.bug is None, (point, report.bug)
        assert calls >= point, "the fault was not reached"
        lost_at = 0
        # the server may not know yet that the session is gone
        database.query(f"select pg_advisory_lock({RUN_LOCK})")
        attempt(database)
        assert twelve.left(database) == undisturbed, point
    sys.stdout.write(f"{len(points)} of {count} calls\n")
