"""A thousand ticks: memory, threads, open files and connections stay as they were.

A hundred in every commit, `TICKS=1000` by night.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.app.endpoints import Monitor
from etl.app.serve import Limits, Work
from etl.console.stop import stopping
from etl.demo.replica import Replica
from etl.demo.shipped import shipped
from etl.scheduler import Daemon, Pulse, Timetable
from etl.settings import Settings

TICKS = int(os.environ.get("TICKS", "100"))
PART = TICKS // 5
"""Ticks between two looks; after three of them the heap has its shape."""

SOURCE = "officielebekendmakingen"


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica(shipped()) as it:
        yield it


@pytest.fixture
def settings(database: Any, replica: Replica) -> Settings:
    return Settings(
        DATABASE_URL=database.url("aanhangsel_writer"),
        DATABASE_OWNER_URL=database.url("aanhangsel_owner"),
        DATABASE_READER_URL=database.url("aanhangsel_reader"),
        ETL_SOURCES=SOURCE,
        ETL_SRU_URL=replica.sru_url,
        ETL_PUBLICATIONS_URL=replica.publications_url,
        ETL_SINCE="1994-09-01",
    )


@pytest.fixture
def quiet() -> Iterator[None]:
    """pytest keeps what is logged, which would be all that grows."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def resident() -> int:
    """KiB of memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    pytest.skip("no /proc on this platform")


def figures(database: Any) -> dict[str, int]:
    connections = (
        "select count(*) from pg_stat_activity where datname = current_database()"
        " and pid <> pg_backend_pid()"
    )
    return {
        "threads": threading.active_count(),
        "files": sum(1 for _ in Path("/proc/self/fd").iterdir()),
        "connections": database.query(connections)[0][0],
    }


def test_a_thousand_ticks_leave_nothing_behind(
    settings: Settings,
    replica: Replica,
    database: Any,
    quiet: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = datetime(2026, 11, 24, 0, 18, tzinfo=UTC)
    ticked = 0
    seen: dict[int, tuple[int, dict[str, int]]] = {}

    def clock() -> datetime:
        return start + timedelta(hours=2 * ticked)

    for module in ("jobs", "run", "review", "serve", "endpoints"):
        monkeypatch.setattr(f"etl.app.{module}.now", clock)

    def listen() -> bool:
        nonlocal ticked
        ticked += 1
        replica.requests.clear()  # it keeps them all
        if ticked % PART == 0:
            seen[ticked] = (resident(), figures(database))
        return ticked < TICKS

    with stopping() as stop:
        pulse = Pulse(clock)
        monitor = Monitor(settings, pulse, 60)
        with ExitStack() as held:
            Daemon(
                timetables={SOURCE: Timetable("17 */2 * * *")},
                attempt=Work(settings, stop, held, Limits(), monitor),
                pulse=pulse,
                listen=listen,
            )()
    runs = database.query("select count(*) from etl.run where outcome = 'complete'")
    assert runs == [(TICKS,)]
    (warm, before), (end, after) = seen[3 * PART], seen[TICKS]
    grown = ", ".join(f"{tick}: {kib}" for tick, (kib, _) in seen.items())
    print(f"KiB after ticks {grown}; {before}, then {after}")  # noqa: T201
    assert after == before
    assert end < warm * 1.05
