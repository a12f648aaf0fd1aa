"""Runs, cursor, memory of records, quarantine and the lock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from hand import SOURCE, START, Loader, publicatie, record

from etl.errors import DocumentFault, EtlError, RunLocked, StoreError
from etl.model.publicatie import Metadata
from etl.model.record import Validators
from etl.model.run import Outcome, Tally
from etl.store import PostgresStore, open_store
from etl.store.checks import violations

FAULT = DocumentFault("pdf_corrupt", "no cross-reference table")


def quarantine(load: Loader, found: Any, body: bytes = b"%PDF-broken") -> None:
    bron = load.bron(found.identifier, body)
    load.store.transact(load.run_id, lambda unit: unit.quarantine(found, FAULT, [bron]))


def settle(load: Loader, found: Any, *bronnen: Any) -> None:
    def work(unit: Any) -> None:
        for bron in bronnen:
            unit.attach(1, found.source, bron)
        unit.settle(found)

    load.store.transact(load.run_id, work)


def advance(load: Loader, position: str) -> None:
    load.store.transact(load.run_id, lambda unit: unit.advance(SOURCE, position))


def test_a_run_is_recorded_with_its_counts(
    store: PostgresStore, database: Any, clock: Any
) -> None:
    run_id = store.open_run(SOURCE)
    clock.forward(minutes=5)
    tally = Tally(seen=4, new=1, changed=1, unchanged=1, quarantined=1)
    store.close_run(run_id, Outcome.PARTIAL, tally, None)
    assert database.query(
        "select source, started_at, finished_at, outcome, seen, new, changed,"
        " unchanged, withdrawn, quarantined, problem from etl.run"
    ) == [
        (SOURCE, START, START + timedelta(minutes=5), "partial", 4, 1, 1, 1, 0, 1, None)
    ]


def test_a_run_that_does_not_balance_is_a_failure(
    store: PostgresStore, database: Any
) -> None:
    run_id = store.open_run(SOURCE)
    with pytest.raises(EtlError, match="does not balance"):
        store.close_run(run_id, Outcome.COMPLETE, Tally(seen=2, new=1), None)
    ((outcome, problem),) = database.query("select outcome, problem from etl.run")
    assert outcome == "failed"
    assert "does not balance" in problem


def test_the_table_itself_refuses_an_unbalanced_run(database: Any) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="run_balance"):
        database.query(
            "insert into etl.run (source, started_at, finished_at, outcome, seen)"
            " values ('s', now(), now(), 'complete', 1)"
        )


def test_a_failed_run_may_be_short_of_its_sum(store: PostgresStore) -> None:
    run_id = store.open_run(SOURCE)
    store.close_run(run_id, Outcome.FAILED, Tally(seen=2, new=1), "away\0 \ud800")


def test_a_run_left_open_is_closed_by_the_next_of_whichever_source(
    store: PostgresStore, database: Any
) -> None:
    store.open_run(SOURCE)
    store.open_run("map")
    assert database.query("select source, outcome from etl.run order by run_id") == [
        (SOURCE, "interrupted"),
        ("map", "running"),
    ]


def test_the_cursor_never_goes_back(
    load: Loader, store: PostgresStore, database: Any
) -> None:
    assert store.position(SOURCE) is None
    advance(load, "2023-02-13 ah-tk-20222023-9")
    advance(load, "2023-02-12 ah-tk-20222023-10")
    assert store.position(SOURCE) == "2023-02-13 ah-tk-20222023-9"
    before = database.query("select xmin::text from etl.cursor")
    advance(load, "2023-02-13 ah-tk-20222023-9")
    assert database.query("select xmin::text from etl.cursor") == before
    # by bytes, whatever the locale of the database
    advance(load, "2023-02-13 ah-tk-20222023-A")
    advance(load, "2023-02-13 ah-tk-20222023-a")
    assert store.position(SOURCE) == "2023-02-13 ah-tk-20222023-a"


def test_the_cursor_is_rewound_when_asked(load: Loader, store: PostgresStore) -> None:
    advance(load, "2023-02-13 ah-tk-20222023-9")
    for position, expected in (
        ("2023-01-01", "2023-01-01"),
        ("2023-05-01", "2023-01-01"),
    ):
        store.transact(load.run_id, lambda unit, to=position: unit.rewind(SOURCE, to))
        assert store.position(SOURCE) == expected


def test_a_failing_unit_leaves_the_cursor_where_it_was(
    load: Loader, store: PostgresStore
) -> None:
    advance(load, "2023-02-01")

    def work(unit: Any) -> None:
        unit.advance(SOURCE, "2023-02-02")
        raise FAULT

    with pytest.raises(DocumentFault):
        store.transact(load.run_id, work)
    assert store.position(SOURCE) == "2023-02-01"


def test_a_processed_record_is_remembered(load: Loader, store: PostgresStore) -> None:
    load(publicatie())
    known = store.known(SOURCE, ["ah-tk-20222023-1505", "ah-tk-20222023-1506"])
    (found,) = known.values()
    assert list(known) == ["ah-tk-20222023-1505"]
    assert found.fingerprint == "f" * 64
    assert found.fetched_at == START
    assert found.validators == {
        "https://example.org/ah-tk-20222023-1505.xml": Validators(
            etag='"e"', last_modified=None
        )
    }


def test_remembering_the_same_writes_nothing(
    load: Loader, database: Any, clock: Any
) -> None:
    versions = "select xmin::text, ctid::text from etl.record"
    settle(load, record("x"))
    before = database.query(versions)
    clock.forward(days=3)
    settle(load, record("x"))
    assert database.query(versions) == before
    settle(load, record("x", fingerprint="e" * 64))
    assert database.query(versions) != before


def test_a_copy_newer_than_the_day_of_change_ends_the_doubt(
    load: Loader, store: PostgresStore, clock: Any
) -> None:
    doubtful = record("x", changed_on=START.date())
    settle(load, doubtful)
    assert not store.known(SOURCE, ["x"])["x"].covers(doubtful)
    clock.forward(days=1)
    settle(load, doubtful)
    assert store.known(SOURCE, ["x"])["x"].covers(doubtful)


def test_an_unmodified_body_keeps_its_validators(
    load: Loader, store: PostgresStore
) -> None:
    load(publicatie())
    name = "ah-tk-20222023-1505"
    before = store.known(SOURCE, [name])[name].validators
    settle(load, record(name, fingerprint="e" * 64))
    assert store.known(SOURCE, [name])[name].validators == before != {}


def test_a_quarantined_record_waits_and_then_is_due(
    load: Loader, store: PostgresStore, clock: Any, database: Any
) -> None:
    found = record(
        "ah-tk-20222023-3",
        metadata=Metadata(
            titel="Titel",
            aanhangselnummer=3,
            zaaknummers=("2023Z1",),
            gepubliceerd=date(2023, 2, 14),
        ),
        changed_on=date(2023, 2, 13),
    )
    quarantine(load, found)
    assert store.due(SOURCE) == []
    assert store.waiting(SOURCE) == {"ah-tk-20222023-3": "f" * 64}
    clock.forward(hours=1)
    assert store.due(SOURCE) == [found]
    assert store.waiting(SOURCE) == {}
    assert store.due("map") == []
    assert database.query(
        "select code, explanation, attempts, sha256 is not null from etl.run_problem"
    ) == [("pdf_corrupt", "no cross-reference table", 1, True)]
    (found,) = violations(database.url("aanhangsel_reader"), START)
    assert (found.name, found.severity) == ("problem_open", "warning")


def test_patience_grows_with_each_attempt(
    load: Loader, database: Any, clock: Any
) -> None:
    waits = []
    for _ in range(7):
        quarantine(load, record("x"))
        ((due,),) = database.query("select next_try_at from etl.run_problem")
        waits.append(due - clock.time)
        clock.time = due
    hours = [wait / timedelta(hours=1) for wait in waits]
    assert hours == [1, 6, 24, 72, 168, 720, 720]


def test_silence_is_asked_about_again_by_the_next_run(
    load: Loader, database: Any, clock: Any
) -> None:
    silence = DocumentFault("document_unreachable", "HTTP 503")
    waits = []
    for _ in range(7):
        load.store.transact(
            load.run_id, lambda unit: unit.quarantine(record("x"), silence, [])
        )
        ((due,),) = database.query("select next_try_at from etl.run_problem")
        waits.append((due - clock.time) / timedelta(hours=1))
        clock.time = due
    assert waits == [0, 1, 6, 24, 72, 168, 720]


def test_what_a_wrong_clock_put_into_quarantine_does_not_wait_for_that_day(
    load: Loader, clock: Any
) -> None:
    clock.forward(days=900)
    quarantine(load, record("x"))
    assert load.store.due(SOURCE) == []
    clock.forward(days=-900)
    assert [found.identifier for found in load.store.due(SOURCE)] == ["x"]
    assert load.store.waiting(SOURCE) == {}


def test_new_content_starts_anew_in_quarantine(load: Loader, database: Any) -> None:
    quarantine(load, record("x"))
    quarantine(load, record("x"))
    quarantine(load, record("x", fingerprint="e" * 64))
    assert database.query("select attempts from etl.run_problem") == [(1,)]


def test_a_new_parser_is_tried_at_once(load: Loader, database: Any, clock: Any) -> None:
    quarantine(load, record("x"))
    with open_store(database.url("aanhangsel_writer"), now=clock, parser="p2") as newer:
        assert [found.identifier for found in newer.due(SOURCE)] == ["x"]
        assert newer.waiting(SOURCE) == {}


def test_what_is_processed_leaves_quarantine(
    load: Loader, store: PostgresStore, database: Any
) -> None:
    quarantine(load, record("x"))
    settle(load, record("x"))
    assert store.waiting(SOURCE) == {}
    assert database.query("select resolved_at from etl.run_problem") == [(START,)]
    quarantine(load, record("x"))
    assert database.query("select count(*) from etl.run_problem") == [(2,)]


def test_quarantine_itself_never_chokes_on_a_text(
    load: Loader, store: PostgresStore, clock: Any
) -> None:
    odd = record("x", metadata=Metadata(titel="nul \0 en \ud800"))
    fault = DocumentFault("row_refused", "bad \0 \ud800 text")
    store.transact(load.run_id, lambda unit: unit.quarantine(odd, fault, []))
    clock.forward(hours=2)
    (found,) = store.due(SOURCE)
    assert found.metadata.titel == "nul ? en ?"


def test_a_second_run_is_refused(database: Any, clock: Any) -> None:
    url = database.url("aanhangsel_writer")
    with (
        open_store(url, now=clock, parser="p1") as one,
        open_store(url, now=clock, parser="p1") as two,
    ):
        with (
            one.lock(),
            pytest.raises(RunLocked, match="another run"),
            two.lock(),
        ):
            pass
        with two.lock():
            pass


def test_a_database_that_cannot_be_read_is_named_without_its_password() -> None:
    url = "postgresql://jan:geheim@127.0.0.1:1/kamer"
    with (
        pytest.raises(StoreError) as caught,
        open_store(url, now=lambda: START, parser="p"),
    ):
        pass
    assert "kamer at 127.0.0.1:1" in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert "geheim" not in repr(caught.value.__context__)


@pytest.mark.parametrize(
    "url", ["postgresql://jan:ge@heim@host/db", "http://x/", "postgresql://h/d?nee=1"]
)
def test_an_address_that_is_none_is_the_users_mistake(url: str) -> None:
    with (
        pytest.raises(EtlError) as caught,
        open_store(url, now=lambda: START, parser="p"),
    ):
        pass
    assert caught.value.exit_code == 2
    assert "heim" not in str(caught.value)
