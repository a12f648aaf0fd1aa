"""Two sessions that want the same rows at the same moment, and losses in a row.

`CONFLICTS=n` and `SEED=n` for more, or the same again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from chance import seeded
from hand import Clock, Loader, publicatie

from etl.store import PostgresStore, open_store

CONFLICTS = int(os.environ.get("CONFLICTS", "200"))


@pytest.fixture
def both(database: Any, clock: Clock) -> Iterator[list[PostgresStore]]:
    """Two stores that forgot the lock; deadlocks are noticed at once."""
    database.query(f"alter database {database.name} set deadlock_timeout = '5ms'")
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                open_store(database.url(), now=clock, parser="p", sleep=lambda _: None)
            )
            for _ in range(2)
        ]


def race(left: Callable[[], Any], right: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(2) as pool:
        return [one.result(60) for one in (pool.submit(left), pool.submit(right))]


def test_two_that_load_the_same_at_once_make_one_row_of_it(
    both: list[PostgresStore], clock: Clock, database: Any
) -> None:
    """Each waits for the other between its look and its insert: a true race."""
    loads = [Loader(store, clock) for store in both]
    conflicts: list[float] = []
    for store in both:
        store.sleep = conflicts.append
    for number in range(1, CONFLICTS + 1):
        meet = threading.Barrier(2)
        value = publicatie(number)
        for load in loads:
            meeting(load, meet)
        found = race(*(lambda load=load, value=value: load(value) for load in loads))
        assert {one[0].value for one in found} == {"new", "unchanged"}
        assert found[0][1] == found[1][1]
    assert len(conflicts) >= CONFLICTS, "the fault was not reached"
    assert database.query(
        "select count(*), count(distinct identifier),"
        " (select count(*) from aanhangsel.vraag),"
        " (select count(*) from aanhangsel.publicatie_versie),"
        " (select count(*) from aanhangsel.publicatie_bron) from aanhangsel.publicatie"
    ) == [(CONFLICTS, CONFLICTS, 2 * CONFLICTS, CONFLICTS, CONFLICTS)]


def meeting(load: Loader, meet: threading.Barrier) -> None:
    """Its next insert waits once, having looked, until the other one has looked too."""
    met: list[str] = []

    def on_step(step: str) -> None:
        if step == "publicatie_insert" and not met:
            met.append(step)
            meet.wait(30)

    load.store.on_step = on_step


def test_two_that_block_each_other_both_get_through(
    both: list[PostgresStore], clock: Clock, database: Any, digest: Callable[[], Any]
) -> None:
    """The same two rows in opposite order: a deadlock that the server has to end."""
    load = Loader(both[0], clock)
    ids = [load(publicatie(number))[1] for number in (1, 2)]
    before = digest()
    conflicts: list[float] = []

    def crossing(
        store: PostgresStore, order: list[int], meet: threading.Barrier
    ) -> str:
        tries: list[int] = []

        def work(unit: Any) -> str:
            tries.append(1)
            for place, publicatie_id in enumerate(order):
                unit.connection.execute(
                    "select from publicatie where publicatie_id = %s for update",
                    [publicatie_id],
                ).fetchone()
                if place == 0 and len(tries) == 1:
                    meet.wait(30)
            return "done"

        return store.transact(1, work)

    def crossed() -> list[str]:
        meet, over = threading.Barrier(2), threading.Event()

        def sleep(seconds: float) -> None:
            """In place of some hundredths of a second: till the other is through."""
            conflicts.append(seconds)
            over.wait(30)

        def one(store: PostgresStore, order: list[int]) -> str:
            store.sleep = sleep
            done = crossing(store, order, meet)
            over.set()
            return done

        return race(lambda: one(both[0], ids), lambda: one(both[1], ids[::-1]))

    for _ in range(CONFLICTS):
        assert crossed() == ["done", "done"]
    assert len(conflicts) >= CONFLICTS, "the fault was not reached"
    assert digest() == before


def test_losses_in_a_row_cost_attempts_and_nothing_else(
    store: PostgresStore, clock: Clock, database: Any
) -> None:
    """The connection is ended again and again, in a run, its opening and its end."""
    chance = seeded()
    lost: list[str] = []
    left = 0

    def on_step(step: str) -> None:
        nonlocal left
        if left and chance.random() < 0.2:
            left -= 1
            lost.append(step)
            pid = store._connection.info.backend_pid
            database.query("select pg_terminate_backend(%s, 5000)", pid)

    store.on_step = on_step
    store.sleep = lambda _: None
    for number in range(1, 21):
        left = 5
        load = Loader(store, clock)
        load(publicatie(number))
        load(publicatie(number, onderwerp="anders"))
    assert len(lost) > 60
    assert database.query(
        "select count(*), count(distinct identifier), min(onderwerp), max(onderwerp),"
        " (select count(*) from aanhangsel.vraag),"
        " (select count(*) from aanhangsel.publicatie_versie) from aanhangsel.publicatie"
    ) == [(20, 20, "anders", "anders", 40, 40)]
