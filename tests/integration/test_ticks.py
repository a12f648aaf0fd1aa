"""A tick of the schedule is done once, by whichever daemon, and never lost."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from etl.errors import RunLocked
from etl.model.run import Outcome, Tally
from etl.scheduler import Daemon, Pulse, Ticks, Timetable
from etl.store import PostgresStore, open_store

SOURCE = "officielebekendmakingen"
TICK = datetime(2026, 11, 24, 8, 17, tzinfo=UTC)
TICKS = 20


def claim(store: PostgresStore, tick: datetime = TICK, again: bool = False) -> bool:
    return store.claim(SOURCE, tick, "here:1", again=again)


def run(store: PostgresStore, outcome: Outcome = Outcome.COMPLETE) -> None:
    store.close_run(store.open_run(SOURCE), outcome, Tally(), None)


def test_a_tick_is_taken_up_once(store: PostgresStore) -> None:
    assert claim(store)
    store.finish(SOURCE, TICK, good=True)
    assert not claim(store)
    assert not claim(store, again=True)
    assert claim(store, TICK + timedelta(hours=2))


def test_ticks_of_two_sources_are_two(store: PostgresStore) -> None:
    assert claim(store)
    assert store.claim("tweedekamer", TICK, "here:1", again=False)


def test_one_that_a_killed_daemon_left_is_taken_over(store: PostgresStore) -> None:
    assert claim(store)
    assert claim(store)


def test_one_that_ended_badly_waits_for_the_next_unless_a_daemon_starts(
    store: PostgresStore,
) -> None:
    assert claim(store)
    store.finish(SOURCE, TICK, good=False)
    assert not claim(store)
    assert claim(store, again=True)


@pytest.mark.parametrize(
    ("outcome", "taken"), [(Outcome.COMPLETE, False), (Outcome.FAILED, True)]
)
def test_a_good_run_since_the_tick_has_done_it(
    store: PostgresStore, outcome: Outcome, taken: bool
) -> None:
    run(store, outcome)  # at nine, by hand
    assert claim(store) is taken


def test_a_run_in_the_future_does_no_tick(store: PostgresStore, clock: Any) -> None:
    clock.time += timedelta(days=1)
    run(store)
    clock.time -= timedelta(days=1)
    assert claim(store)


def test_ticks_of_long_ago_are_forgotten(
    store: PostgresStore, clock: Any, database: Any
) -> None:
    claim(store)
    clock.time += timedelta(days=91)
    claim(store, TICK + timedelta(days=91))
    assert database.query("select count(*) from etl.tick") == [(1,)]


class Follower:
    """A daemon with a clock of its own, whose runs find nothing to do."""

    def __init__(self, url: str, name: str, late: timedelta) -> None:
        self.url, self.name, self.late = url, name, late
        self.together = threading.Barrier(1, timeout=60)
        self.time = TICK - timedelta(hours=1)
        self.left = TICKS
        self.runs = 0
        self.daemon = Daemon(
            timetables={SOURCE: Timetable("17 */2 * * *")},
            attempt=self.attempt,
            pulse=Pulse(lambda: self.time),
            listen=self.listen,
        )

    def listen(self) -> bool:
        self.together.wait()
        self.left -= 1
        self.time = TICK + timedelta(hours=2 * (TICKS - 1 - self.left)) + self.late
        return self.left >= 0

    def attempt(self, due: Ticks, again: bool) -> None:
        with (
            open_store(self.url, now=lambda: self.time, parser="p") as store,
            store.lock(),
        ):
            for source, tick in due.items():
                if store.claim(source, tick, self.name, again=again):
                    self.runs += 1
                    run(store)
                    store.finish(source, tick, good=True)


def test_two_daemons_do_twenty_ticks_in_twenty_runs(database: Any) -> None:
    url = database.url("aanhangsel_writer")
    # what was due before is done: what follows is twenty ticks
    with open_store(url, now=lambda: TICK - timedelta(hours=1), parser="p") as store:
        run(store)
    both = [Follower(url, f"d{n}", timedelta(seconds=5 + 20 * n)) for n in range(2)]
    both[0].together = both[1].together = threading.Barrier(2, timeout=60)
    threads = [threading.Thread(target=one.daemon) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sum(one.runs for one in both) == TICKS
    done = database.query(
        "select count(*), count(distinct scheduled_for) from etl.tick"
    )
    assert done == [(TICKS, TICKS)]
    assert database.query("select count(*) from etl.run") == [(TICKS + 1,)]


def test_the_other_daemon_takes_over_when_the_holder_dies(database: Any) -> None:
    url = database.url("aanhangsel_writer")
    with open_store(url, now=lambda: TICK, parser="p") as holder:
        lock = holder.lock()
        lock.__enter__()
        assert claim(holder)
        holder.open_run(SOURCE)
        other = Follower(url, "d2", timedelta(seconds=5))
        with pytest.raises(RunLocked):
            other.attempt({SOURCE: TICK}, False)
        # as SIGKILL does: nothing is said to the server but the end of the connection
        holder._connection.close()
        other.attempt({SOURCE: TICK}, False)
        assert other.runs == 1
    outcomes = "select outcome from etl.run order by run_id"
    assert database.query(outcomes) == [("interrupted",), ("complete",)]


def test_a_holder_that_was_frozen_past_its_lock_may_write_no_more(
    database: Any,
) -> None:
    """SIGSTOP long enough that the server gives its connection up, then SIGCONT."""
    url = database.url("aanhangsel_writer")
    with open_store(url, now=lambda: TICK, parser="p", sleep=lambda _: None) as frozen:
        with pytest.raises(RunLocked), frozen.lock():
            run_id = frozen.open_run(SOURCE)
            database.query(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'aanhangsel-writer'"
                " and datname = current_database()"
            )
            with (
                open_store(url, now=lambda: TICK, parser="p") as other,
                other.lock(),
            ):
                other.open_run(SOURCE)
                frozen.patience = 0.5
                frozen.transact(run_id, lambda unit: unit.advance(SOURCE, "x"))
        assert database.query("select count(*) from etl.cursor") == [(0,)]


def test_a_tick_cannot_be_there_twice(database: Any) -> None:
    insert = (
        "insert into etl.tick (source, scheduled_for, daemon, claimed_at)"
        " values ('x', '2026-11-24 08:17Z', 'a', now())"
    )
    database.query(insert)
    with pytest.raises(psycopg.errors.UniqueViolation):
        database.query(insert)
