"""`python -m etl run` over both houses, killed at random: nothing lost, double or partial.

And asked to end at random: it does so within ten seconds, with all it committed.

25 kills on every commit; `KILLS=200` for more, `SEED=n` for the same again.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chance import seeded
from faults import twelve
from faults.command import Command
from faults.crash import RUN_LOCK, different, errors
from faults.killer import Killer
from faults.material import name_of

from etl.demo.kamer import Kamer
from etl.demo.replica import Replica

if TYPE_CHECKING:
    from conftest import Database

KILLS = int(os.environ.get("KILLS", "25"))
TERMS = int(os.environ.get("TERMS", "8"))
"""How often a run is asked to end."""

DOCUMENTS = 40
BAD = 33
"""The number of one that cannot be read."""
KAMER = 10
"""Of so many one is at the Tweede Kamer too."""


@pytest.fixture
def sources() -> Iterator[tuple[Replica, Kamer]]:
    with Replica() as koop, Kamer() as kamer:
        for number in range(1, DOCUMENTS + 1):
            twelve.publish(koop, number, twelve.BEFORE)
            if number % KAMER == 0:
                twelve.file(kamer, number)
        koop.publish(name_of(BAD), {"xml": b"<officiele-publicatie><kamer"})
        yield koop, kamer


def command(
    folder: Path, sources: tuple[Replica, Kamer], database: Database
) -> Command:
    koop, kamer = sources
    return Command(
        folder,
        {
            "DATABASE_URL": database.url("aanhangsel_writer"),
            "DATABASE_OWNER_URL": database.url("aanhangsel_owner"),
            "DATABASE_READER_URL": database.url("aanhangsel_reader"),
            "ETL_SRU_URL": koop.sru_url,
            "ETL_PUBLICATIONS_URL": koop.publications_url,
            "ETL_SYNCFEED_URL": kamer.syncfeed_url,
            "ETL_ODATA_URL": kamer.odata_url,
            "ETL_SINCE": "1994-09-01",
        },
    )


def test_a_command_killed_at_random_loses_and_doubles_nothing(
    sources: tuple[Replica, Kamer], databases: Any, folder: Path
) -> None:
    chance, killer = seeded(), Killer(*sources)
    database = databases()
    run = command(folder, sources, database)
    assert run("run").code == 3
    requests, undisturbed = killer.asked, twelve.left(database)
    assert len(undisturbed["publicatie"]) == DOCUMENTS - 1
    assert len(undisturbed["quarantine"]) == 1
    kills = rounds = 0
    while kills < KILLS:
        database, rounds = databases(), rounds + 1
        code = -signal.SIGKILL
        while code == -signal.SIGKILL:
            # half of them die in the first half of what a whole run asks
            last = (
                requests if chance.random() < 0.5 or kills >= KILLS else requests // 2
            )
            at, delay = chance.randrange(1, last + 1), chance.uniform(0, 0.03)
            if kills >= KILLS:
                at = 0
            aim = (
                0.0,
                lambda process, at=at, delay=delay: killer.aim(process, at, delay),
            )
            code = run("run", deeds=[aim]).code
            database.query(f"select pg_advisory_lock({RUN_LOCK})")
            kills += code == -signal.SIGKILL
            assert errors(database) == []
        assert code in {0, 3}
        assert different(twelve.left(database), undisturbed) == ""
    sys.stdout.write(f"{kills} kills in {rounds} rounds of {requests} requests\n")


def test_a_command_asked_to_end_at_random_does_so_within_ten_seconds(
    sources: tuple[Replica, Kamer], databases: Any, folder: Path
) -> None:
    chance, killer = seeded(), Killer(*sources)
    database = databases()
    run = command(folder, sources, database)
    assert run("run").code == 3
    requests, undisturbed = killer.asked, twelve.left(database)
    asked, slowest = 0, 0.0
    while asked < TERMS:
        database = databases()
        code, at = 143, 0
        while code == 143 and asked < TERMS:
            at, moment = chance.randrange(4, requests // 2), [0.0]

            def deed(process: Any, at: int = at, moment: list[float] = moment) -> None:
                def end() -> None:
                    moment[0] = time.monotonic()
                    process.terminate()

                killer.plan(end, at, 0)

            code = run("run", deeds=[(0.0, deed)]).code
            if code == 143:
                asked += 1
                slowest = max(slowest, time.monotonic() - moment[0])
                query = "select outcome from etl.run order by run_id desc limit 1"
                assert database.query(query) == [("interrupted",)]
            assert code in {143, 0, 3}
            assert errors(database) == []
        killer.plan(lambda: None, 0, 0)
        run("run")
        assert different(twelve.left(database), undisturbed) == ""
    assert slowest < 10
    sys.stdout.write(f"{asked} ended, the slowest after {slowest:.1f} s\n")
