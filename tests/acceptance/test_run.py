"""`etl run`: loads what is new, once, whatever happens to it."""

from __future__ import annotations

import os
import signal
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from etl.demo.faults import page
from etl.demo.replica import Replica

SHIPPED = 11
SOURCE = "officielebekendmakingen"
DATA = Path(__file__).resolve().parents[2] / "etl" / "demo" / "data"


def count(database: Any, table: str = "aanhangsel.publicatie") -> int:
    return int(database.query(f"select count(*) from {table}")[0][0])


def facts(database: Any) -> list[tuple[Any, ...]]:
    """All that was read, without times and numbers of rows."""
    return list(
        database.query(
            """
            select p.identifier, p.soort, p.onderwerp, p.ingezonden, p.ontvangen,
                (select array_agg((v.label, v.nummers, v.tekst) order by v.volgorde)
                from aanhangsel.vraag v where v.publicatie_id = p.publicatie_id)::text,
                (select array_agg((a.label, a.nummers, a.tekst) order by a.volgorde)
                from aanhangsel.antwoord a
                where a.publicatie_id = p.publicatie_id)::text,
                (select array_agg(b.sha256 order by b.sha256)
                from aanhangsel.publicatie_bron b
                where b.publicatie_id = p.publicatie_id),
                (select count(*) from aanhangsel.publicatie_versie w
                where w.publicatie_id = p.publicatie_id)
            from aanhangsel.publicatie p
            order by p.identifier collate "C"
            """
        )
    )


def runs(database: Any) -> list[tuple[Any, ...]]:
    return list(
        database.query(
            "select outcome, seen, new, unchanged, quarantined"
            " from etl.run order by run_id"
        )
    )


def test_a_second_run_writes_nothing_but_itself(etl: Any, database: Any) -> None:
    first = etl("run")
    assert first.out == (
        f"{SOURCE}: complete: seen 11, new 11, changed 0, unchanged 0,"
        " withdrawn 0, quarantined 0\n"
    )
    before = versions(database)
    second = etl("run", "--since", "1994-09-01")
    assert "seen 11, new 0, changed 0, unchanged 11" in second.out
    assert versions(database) == before
    assert runs(database) == [
        ("complete", 11, 11, 0, 0),
        ("complete", 11, 0, 11, 0),
    ]


def versions(database: Any) -> set[tuple[Any, ...]]:
    from etl.store.reading import row_versions

    return set(row_versions(database.url("aanhangsel_reader")))


def test_every_event_names_its_run_and_source(etl: Any) -> None:
    events = [e for e in etl("run").events if e["event"] == "loaded"]
    assert len(events) == SHIPPED
    assert {(event["run"], event["source"]) for event in events} == {(1, SOURCE)}


def test_what_a_source_remarks_is_in_the_log(etl: Any) -> None:
    (listed,) = [e for e in etl("run").events if e["event"] == "listed"]
    assert (listed["source"], listed["run"], listed["records"]) == (SOURCE, 1, SHIPPED)


def test_what_is_published_later_is_all_that_is_added(
    etl: Any, database: Any, replica: Replica
) -> None:
    late = replica.publications.pop("ah-tk-20232024-878")
    etl("run")
    assert count(database) == SHIPPED - 1
    replica.publications[late.identifier] = late
    replica.change(late.identifier, "2026-11-20")
    assert "new 1, changed 0, unchanged" in etl("run").out
    assert count(database) == SHIPPED


def test_an_unreadable_document_costs_only_itself(
    etl: Any, database: Any, replica: Replica
) -> None:
    replica.publish(
        "ah-tk-20252026-1", {"pdf": b"%PDF-1.4 broken\n%%EOF\n"}, "2026-11-03"
    )
    result = etl("run", expect=3)
    assert f"{SOURCE}: partial: seen 12, new 11" in result.out
    assert "quarantined 1" in result.out
    assert "  ah-tk-20252026-1: pdf_corrupt: " in result.out
    assert "tried again" in result.out
    assert count(database) == SHIPPED
    assert database.query("select identifier, code from etl.run_problem") == [
        ("ah-tk-20252026-1", "pdf_corrupt")
    ]
    assert "quarantined 0" in etl("run").out


def test_a_source_that_is_away_is_exit_4(etl: Any, database: Any) -> None:
    nowhere = "http://127.0.0.1:9"
    result = etl(
        "run",
        expect=4,
        ETL_SRU_URL=f"{nowhere}/sru",
        ETL_PUBLICATIONS_URL=nowhere,
    )
    (line,) = result.said
    assert line.startswith(f"etl: {SOURCE}: ")
    assert "refused" in line
    assert "http://127.0.0.1:9/sru" in line
    assert runs(database) == [("failed", 0, 0, 0, 0)]


def test_a_page_that_is_no_sru_is_exit_4(etl: Any, replica: Replica) -> None:
    replica.fault_at("/sru", page(), times=-1)
    result = etl("run", expect=4)
    assert len(result.said) == 1


def test_a_database_that_is_away_is_exit_5_without_its_password(etl: Any) -> None:
    result = etl(
        "run",
        expect=5,
        DATABASE_URL="postgresql://writer:hunter2@127.0.0.1:9/aanhangsel",
    )
    (line,) = result.said
    assert line.startswith("etl: cannot use the database aanhangsel at 127.0.0.1:9")
    assert "hunter2" not in result.err


def test_a_dry_run_writes_nothing_at_all(etl: Any, database: Any) -> None:
    result = etl("run", "--dry-run")
    assert "seen 11, new 11" in result.out
    assert count(database) == 0
    assert count(database, "etl.run") == 0
    assert count(database, "etl.cursor") == 0


def test_a_dry_run_knows_what_is_there(
    etl: Any, database: Any, replica: Replica
) -> None:
    etl("run")
    before, ran = versions(database), runs(database)
    replica.publish("ah-tk-20252026-1", {"pdf": b"%PDF-broken%%EOF"}, "2026-11-03")
    result = etl("run", "--dry-run", "--since", "1994-09-01", expect=3)
    assert "new 0, changed 0, unchanged 11, withdrawn 0, quarantined 1" in result.out
    assert (versions(database), runs(database)) == (before, ran)
    assert count(database, "etl.run_problem") == 0


def test_a_dry_run_needs_no_database(bare: Any, replica: Replica) -> None:
    result = bare(
        "run",
        "--dry-run",
        ETL_SOURCES="officielebekendmakingen",
        ETL_SRU_URL=replica.sru_url,
        ETL_PUBLICATIONS_URL=replica.publications_url,
        ETL_SINCE="1994-09-01",
        ETL_DATA_DIR="data",
    )
    assert "seen 11, new 11" in result.out
    assert not (bare.folder / "data").exists()


def test_a_limit_ends_early_and_the_next_run_goes_on(etl: Any, database: Any) -> None:
    etl("run", "--limit", 4)
    assert count(database) == 4
    etl("run")
    assert count(database) == SHIPPED


def test_since_goes_back_to_a_day(etl: Any) -> None:
    etl("run", ETL_SINCE="2026-11-24")
    assert "seen 11, new 11" in etl("run", "--since", "1994-09-01").out


def test_a_terminal_without_the_sign_for_a_name_costs_a_question_mark(
    etl: Any,
) -> None:
    (etl.folder / "map").mkdir()
    (etl.folder / "map" / "ë\N{SNAKE}.txt").write_text("geen publicatie")
    done = etl.start(
        "run", "--source", "map", "--path", "map", PYTHONIOENCODING="latin-1"
    )
    out, _ = done.communicate(timeout=60)
    assert done.returncode == 3
    assert "  ë?.txt: no_publication" in out.decode("latin-1")


def test_a_directory_loads_like_the_source(etl: Any, database: Any) -> None:
    etl("run")
    from_source = [row[:7] for row in facts(database)]
    database.query("truncate aanhangsel.publicatie cascade")
    result = etl("run", "--source", "map", "--path", DATA)
    assert "map: complete: seen 11, new 11" in result.out
    assert [row[:7] for row in facts(database)] == from_source


def test_a_second_run_at_the_same_time_is_exit_6(
    etl: Any, database: Any, replica: Replica
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def wait(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        go_on.wait(50)
        handler.close_connection = True

    replica.fault(wait)
    first = etl.start("run")
    assert asked.wait(50)
    (line,) = etl("run", expect=6).said
    assert line.startswith("etl: another run is using the database")
    go_on.set()
    first.communicate(timeout=50)
    assert first.returncode == 0
    assert count(database) == SHIPPED
    assert len(runs(database)) == 1


@pytest.mark.parametrize("request_number", [1, 2, 7, 13, 22])
def test_killed_at_any_request_the_next_run_completes(
    request_number: int, etl: Any, database: Any, replica: Replica
) -> None:
    process: list[Any] = []

    def kill(handler: BaseHTTPRequestHandler) -> None:
        process[0].kill()
        handler.close_connection = True

    replica.fault(*[None] * (request_number - 1), kill)
    process.append(etl.start("run"))
    process[0].communicate(timeout=50)
    assert process[0].returncode == -signal.SIGKILL, "the run ended before the kill"
    held = count(database)
    etl("run")
    outcomes = [row[0] for row in runs(database)]
    assert outcomes == ["interrupted", "complete"]
    killed = facts(database)
    assert len(killed) == SHIPPED
    database.query("truncate aanhangsel.publicatie, etl.record, etl.cursor cascade")
    etl("run")
    assert facts(database) == killed
    assert held <= SHIPPED


def test_sigterm_ends_a_run_after_its_document(
    etl: Any, database: Any, replica: Replica
) -> None:
    process: list[Any] = []

    def terminate(handler: BaseHTTPRequestHandler) -> None:
        process[0].send_signal(signal.SIGTERM)
        found = replica.document(handler.path)
        handler.send_document(handler.path)
        assert found is not None

    replica.fault_at("ah-tk-20202021-3235.xml", terminate)
    process.append(etl.start("run"))
    out, _ = process[0].communicate(timeout=50)
    assert process[0].returncode == 143
    assert b"interrupted: seen" in out
    assert runs(database)[0][0] == "interrupted"
    held = count(database)
    assert 1 <= held < SHIPPED
    assert f"new {SHIPPED - held}, changed 0" in etl("run").out
    assert count(database) == SHIPPED


def test_a_second_sigterm_ends_a_run_at_once(
    etl: Any, database: Any, replica: Replica
) -> None:
    process: list[Any] = []

    def terminate_twice(handler: BaseHTTPRequestHandler) -> None:
        process[0].send_signal(signal.SIGTERM)
        process[0].send_signal(signal.SIGTERM)
        replica.over.wait(50)
        handler.close_connection = True

    replica.fault_at(".xml", terminate_twice)
    process.append(etl.start("run"))
    process[0].communicate(timeout=50)
    assert process[0].returncode in {143, -signal.SIGTERM}
    assert count(database) == 0


def test_ctrl_c_ends_a_run_cleanly(etl: Any, database: Any, replica: Replica) -> None:
    process: list[Any] = []

    def interrupt(handler: BaseHTTPRequestHandler) -> None:
        process[0].send_signal(signal.SIGINT)
        replica.over.wait(50)
        handler.close_connection = True

    replica.fault_at("ah-tk-20202021-3235.xml", interrupt)
    process.append(etl.start("run"))
    _, err = process[0].communicate(timeout=50)
    assert process[0].returncode == 130
    assert err.decode().splitlines()[-1] == "etl: interrupted"
    assert b"Traceback" not in err
    assert runs(database)[0][0] == "interrupted"


IMPATIENT = """
import sys
import etl.cli as cli
import etl.console.stop as stop
stop.STALL, stop.GRACE = 6.0, 1.0
sys.argv[1:] = ["run"]
cli.main()
"""


def test_a_frozen_database_ends_a_run_that_nobody_watches(
    etl: Any, database: Any, replica: Replica
) -> None:
    """Its machine answers, it does not: no limit of the connection would notice."""
    frozen: list[int] = []

    def freeze(handler: BaseHTTPRequestHandler) -> None:
        rows = database.query(
            "select pid from pg_stat_activity where datname = current_database()"
            " and application_name = 'aanhangsel-writer'"
        )
        for (pid,) in rows:
            os.kill(pid, signal.SIGSTOP)
            frozen.append(pid)
        handler.send_document(handler.path)

    replica.fault_at("ah-tk-20202021-3235.xml", freeze)
    process = etl.program(IMPATIENT)
    try:
        process.communicate(timeout=50)
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)
    assert frozen
    # 6: the frozen session still holds the lock
    assert process.returncode in {1, 5, 6, 143}
    etl("run")
    assert count(database) == SHIPPED
