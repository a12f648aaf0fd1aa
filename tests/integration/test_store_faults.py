"""A database that goes away in the middle, and clients that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hand import SOURCE, Loader, publicatie, record

from etl.errors import RunLocked, StoreUnreachable
from etl.model.run import Outcome, Tally
from etl.store import PostgresStore, open_store
from etl.store.connection import connect
from etl.store.embedded import ADMIN
from etl.store.migrations import pending

ROOT = Path(__file__).resolve().parents[2]
LOCK = 722100002


def backend(store: PostgresStore) -> int:
    return store._connection.info.backend_pid


def kill_backend(database: Any, pid: int) -> None:
    database.query("select pg_terminate_backend(%s, 5000)", pid)


@pytest.mark.parametrize("step", ["held", "load", "attach", "settle", "advance", "end"])
def test_a_lost_connection_repeats_the_whole_unit(
    load: Loader, database: Any, naps: list[float], step: str
) -> None:
    """The session is killed before each step of the first attempt."""
    lost = []

    class Cut:
        def __init__(self, unit: Any) -> None:
            self.unit = unit

        def __getattr__(self, name: str) -> Any:
            if name == step:
                cut()
            return getattr(self.unit, name)

    def cut() -> None:
        if not lost:
            lost.append(step)
            kill_backend(database, backend(load.store))

    whole = load.store.transact

    def transact(run_id: int, work: Any) -> Any:
        def attempt(unit: Any) -> Any:
            result = work(Cut(unit))
            if step == "end":
                cut()
            return result

        return whole(run_id, attempt)

    broken = Loader.__new__(Loader)
    broken.now, broken.run_id = load.now, load.run_id
    broken.store = type("Cutting", (), {"transact": staticmethod(transact)})()
    broken(publicatie())
    assert lost == [step]
    assert database.query(
        "select (select count(*) from aanhangsel.publicatie),"
        " (select count(*) from aanhangsel.vraag),"
        " (select count(*) from aanhangsel.publicatie_versie)"
    ) == [(1, 2, 1)]
    assert len(naps) == 1


def test_a_commit_whose_answer_was_lost_doubles_nothing(
    load: Loader, database: Any, digest: Any
) -> None:
    connection = load.store._connection
    commit = connection.commit
    seen = []

    def lossy() -> None:
        with connection.pipeline():
            commit()
        seen.append(digest())
        kill_backend(database, backend(load.store))
        raise psycopg.OperationalError("connection lost")

    connection.commit = lossy
    load(publicatie())
    assert len(seen) == 1
    assert digest() == seen[0]
    assert database.query("select count(*) from aanhangsel.publicatie") == [(1,)]


def test_the_lock_is_taken_again_with_the_new_connection(
    load: Loader, database: Any, clock: Any
) -> None:
    with load.store.lock():
        kill_backend(database, backend(load.store))
        load(publicatie())
        with (
            open_store(
                database.url("aanhangsel_writer"), now=clock, parser="p"
            ) as other,
            pytest.raises(RunLocked),
            other.lock(),
        ):
            pass


def test_a_lock_that_another_run_took_over_ends_ours(database: Any, clock: Any) -> None:
    url = database.url("aanhangsel_writer")
    with (
        open_store(
            url, now=clock, parser="p", sleep=lambda _: None, patience=5
        ) as ours,
        ours.lock(),
    ):
        kill_backend(database, backend(ours))
        with (
            open_store(url, now=clock, parser="p") as theirs,
            theirs.lock(),
            pytest.raises(RunLocked),
        ):
            ours.position(SOURCE)


def test_a_database_away_for_good_ends_the_run_within_its_patience(
    load: Loader, database: Any, naps: list[float]
) -> None:
    store = load.store
    kill_backend(database, backend(store))
    object.__setattr__(store, "url", store.url.replace("5432", "1"))
    with pytest.raises(StoreUnreachable, match="away"):
        store.position(SOURCE)
    assert 600 <= sum(naps) < 700
    assert max(naps) <= 60


def test_a_database_that_goes_away_before_the_lock_is_said_to(
    database: Any, clock: Any
) -> None:
    with open_store(database.url(), now=clock, parser="p") as store:
        kill_backend(database, backend(store))
        with pytest.raises(StoreUnreachable, match="away"), store.lock():
            pass


def test_nobody_waits_twice_for_a_database_that_did_not_come_back(
    load: Loader, database: Any, naps: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    store, url = load.store, load.store.url
    run_id = store.open_run(SOURCE)
    kill_backend(database, backend(store))
    object.__setattr__(store, "url", url.replace("5432", "1"))
    with pytest.raises(StoreUnreachable):
        store.position(SOURCE)
    assert [each.message for each in caplog.records] == ["database_away"]
    naps.clear()
    with pytest.raises(StoreUnreachable):
        store.close_run(run_id, Outcome.FAILED, Tally(), "away")
    assert naps == []
    object.__setattr__(store, "url", url)
    assert store.position(SOURCE) is None


def test_waiting_for_the_database_ends_when_we_are_to_stop(
    database: Any, clock: Any
) -> None:
    naps: list[float] = []
    with open_store(
        database.url("aanhangsel_writer"),
        now=clock,
        parser="p",
        sleep=naps.append,
        stopping=lambda: True,
    ) as store:
        kill_backend(database, backend(store))
        object.__setattr__(store, "url", store.url.replace("5432", "1"))
        with pytest.raises(StoreUnreachable):
            store.position(SOURCE)
    assert naps == []


def test_a_row_held_by_somebody_else_is_waited_for(
    load: Loader, database: Any, naps: list[float]
) -> None:
    load(publicatie())
    load.store._connection.execute("set lock_timeout = '20ms'")
    load.store._connection.commit()
    holder = psycopg.connect(database.url("aanhangsel_writer"))
    holder.execute("select from aanhangsel.publicatie for update")

    def release(seconds: float) -> None:
        naps.append(seconds)
        holder.rollback()

    load.store.sleep = release
    load(publicatie(onderwerp="nieuw"))
    holder.close()
    assert len(naps) == 1


def test_a_read_only_database_says_so(load: Loader) -> None:
    load.store._connection.execute("set default_transaction_read_only = on")
    load.store._connection.commit()
    with pytest.raises(StoreUnreachable, match="read-only"):
        load(publicatie())


def test_a_missing_right_names_the_command_that_mends_it(
    load: Loader, database: Any
) -> None:
    database.query("revoke insert on aanhangsel.vraag from aanhangsel_writer")
    with pytest.raises(StoreUnreachable, match="etl migrate"):
        load(publicatie())


def test_a_role_that_may_see_nothing_is_told_so(database: Any) -> None:
    role = f"vreemd_{database.name}"
    database.query(f"create role {role} login")
    try:
        with pytest.raises(StoreUnreachable, match="lacks a right"):
            pending(database.url(role))
    finally:
        database.query(f"drop role {role}")


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_in_another_encoding_is_refused(
    database: Any, encoding: str
) -> None:
    name = f"{database.name}_{encoding.lower()}"
    ((version,),) = database.query("show server_version_num")
    provider = "locale_provider libc" if int(version) >= 150000 else ""
    database.query(
        f"create database {name} encoding '{encoding}' template template0"
        f" lc_collate 'C' lc_ctype 'C' {provider}"
    )
    try:
        with pytest.raises(StoreUnreachable, match=f"is in {encoding}"):
            connect(database.server.url(ADMIN, name))
    finally:
        database.query(f"drop database {name}")


def test_the_encoding_of_the_terminal_is_not_that_of_the_connection(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with connect(database.url()) as connection:
        row = connection.execute("select '…' || 'ë'").fetchone()
    assert row == ("…ë",)


def test_a_client_killed_in_a_transaction_leaves_nothing_and_frees_the_lock(
    database: Any,
) -> None:
    script = (
        "import sys\n"
        "sys.path[:0] = [sys.argv[2], sys.argv[2] + '/tests']\n"
        "from hand import Clock, Loader, publicatie\n"
        "from etl.store import open_store\n"
        "clock = Clock()\n"
        "with open_store(sys.argv[1], now=clock, parser='p') as store:\n"
        "    with store.lock():\n"
        "        load = Loader(store, clock)\n"
        "        load(publicatie())\n"
        "        class Stuck:\n"
        "            def transact(self, run_id, work):\n"
        "                def attempt(unit):\n"
        "                    work(unit)\n"
        "                    unit._one('cursor_get', {'source': 's'})\n"
        "                    print('ready', flush=True)\n"
        "                    sys.stdin.readline()\n"
        "                return store.transact(run_id, attempt)\n"
        "        load.store = Stuck()\n"
        "        load(publicatie(1506, zaaknummers=('2023Z2',)))\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, database.url("aanhangsel_writer"), str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert child.stdout is not None
    assert child.stdin is not None
    try:
        assert child.stdout.readline() == b"ready\n"
        child.send_signal(signal.SIGKILL)
        child.wait(30)
    finally:
        child.kill()
        child.stdout.close()
        child.stdin.close()
    # waits for the server to notice, not for the clock
    database.query("select pg_advisory_lock(%s)", LOCK)
    assert database.query("select identifier from aanhangsel.publicatie") == [
        ("ah-tk-20222023-1505",)
    ]


def test_two_runs_past_the_lock_cannot_double_a_publication(
    database: Any, clock: Any, naps: list[float]
) -> None:
    """The second one meets the first one's row only when it wants to insert."""
    url = database.url("aanhangsel_writer")
    with (
        open_store(url, now=clock, parser="p") as one,
        open_store(url, now=clock, parser="p", sleep=naps.append) as two,
    ):
        first, second = Loader(one, clock), Loader(two, clock)
        raced = []

        class Racing:
            def transact(self, run_id: int, work: Any) -> Any:
                def attempt(unit: Any) -> Any:
                    return work(Late(unit))

                return two.transact(run_id, attempt)

        class Late:
            def __init__(self, unit: Any) -> None:
                self.unit = unit

            def __getattr__(self, name: str) -> Any:
                if name == "load" and not raced:
                    raced.append(first(publicatie()))
                return getattr(self.unit, name)

        second.store = Racing()
        decision, publicatie_id = second(publicatie())
    assert raced[0][1] == publicatie_id
    assert decision.value == "unchanged"
    assert database.query("select count(*) from aanhangsel.publicatie") == [(1,)]
    assert len(naps) == 1


def test_records_of_thousands_are_looked_up_at_once(
    load: Loader, store: PostgresStore
) -> None:
    load.store.transact(load.run_id, lambda unit: unit.settle(record("ah-77")))
    names = [f"ah-{number}" for number in range(20_000)]
    assert list(store.known(SOURCE, names)) == ["ah-77"]
