"""`etl serve`: starts at once, survives what fails, drains when told to."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from subprocess import Popen
from typing import Any

from etl.demo.faults import status
from etl.demo.replica import Replica

SHIPPED = 11


def events(process: Popen[bytes]) -> Iterator[dict[str, Any]]:
    assert process.stderr is not None
    for line in process.stderr:
        yield json.loads(line)


def until(process: Popen[bytes], name: str) -> dict[str, Any]:
    """Read the log up to this event; the pipe wakes us, no clock."""
    for event in events(process):
        if event["event"] == name:
            return event
    raise AssertionError(f"the daemon ended without {name}")


def count(database: Any) -> int:
    return int(database.query("select count(*) from aanhangsel.publicatie")[0][0])


def test_it_runs_at_once_and_stops_when_told(etl: Any, database: Any) -> None:
    process = etl.start("serve")
    assert until(process, "no_contact")["level"] == "warning"
    assert until(process, "run_ended")["new"] == SHIPPED
    process.send_signal(signal.SIGTERM)
    until(process, "stopped")
    assert process.wait(10) == 0
    assert count(database) == SHIPPED


def test_with_a_contact_there_is_no_warning(etl: Any, replica: Replica) -> None:
    process = etl.start("serve", ETL_CONTACT="etl@example.org")
    seen = []
    for event in events(process):
        seen.append(event["event"])
        if event["event"] == "run_ended":
            break
    assert "no_contact" not in seen
    assert "etl@example.org" in replica.requests[0].headers["user-agent"]


def test_what_another_ran_since_the_tick_is_not_run_again(
    etl: Any, database: Any
) -> None:
    etl("run")
    # nearly always between two ticks: the second one could only be a day away
    process = etl.start("serve", ETL_SCHEDULE="0 0 1 1 *")
    until(process, "serving")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert database.query("select count(*) from etl.run") == [(1,)]


def test_a_source_that_fails_does_not_end_it(etl: Any, replica: Replica) -> None:
    replica.fault_at("/sru", garbage, times=-1)
    process = etl.start("serve")
    assert until(process, "run_ended")["outcome"] == "failed"
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def garbage(handler: BaseHTTPRequestHandler) -> None:
    body = b"<html><body>Onderhoud</body></html>"
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def test_a_database_that_is_away_does_not_end_it(etl: Any) -> None:
    process = etl.start("serve", DATABASE_URL="postgresql://x@127.0.0.1:9/y")
    failed = until(process, "tick_failed")
    assert "cannot use the database y at 127.0.0.1:9" in failed["problem"]
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_a_daemon_older_than_the_schema_fetches_nothing_and_lives_on(
    etl: Any, database: Any, replica: Replica
) -> None:
    database.query(
        "insert into etl.schema_migration select '9999_future', sha256, applied_at"
        " from etl.schema_migration limit 1"
    )
    process = etl.start("serve")
    assert "newer than this code" in until(process, "tick_failed")["problem"]
    assert process.poll() is None
    assert replica.requests == []
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert database.query("select count(*) from etl.run") == [(0,)]


def test_it_drains_after_its_document(
    etl: Any, database: Any, replica: Replica
) -> None:
    process: list[Popen[bytes]] = []

    def terminate(handler: BaseHTTPRequestHandler) -> None:
        process[0].send_signal(signal.SIGTERM)
        handler.send_document(handler.path)

    replica.fault_at("ah-tk-20202021-3235.xml", terminate)
    process.append(etl.start("serve"))
    assert until(process[0], "run_ended")["outcome"] == "interrupted"
    assert process[0].wait(10) == 0
    assert 1 <= count(database) < SHIPPED


def test_what_will_not_drain_is_cut_off(
    etl: Any, database: Any, replica: Replica
) -> None:
    process: list[Popen[bytes]] = []

    def twice(handler: BaseHTTPRequestHandler) -> None:
        process[0].send_signal(signal.SIGTERM)
        process[0].send_signal(signal.SIGTERM)
        replica.over.wait(50)
        handler.close_connection = True

    replica.fault_at(".xml", twice)
    process.append(etl.start("serve"))
    process[0].communicate(timeout=20)
    assert process[0].returncode in {143, -signal.SIGTERM, 0}
    assert count(database) == 0


def test_its_tick_is_on_record_and_a_restart_does_not_do_it_again(
    etl: Any, database: Any
) -> None:
    for _ in range(2):
        # nearly always between two ticks: the second one could only be a day away
        process = etl.start("serve", ETL_SCHEDULE="0 0 1 1 *")
        until(process, "serving")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        etl("run")
    ticks = database.query("select source, good from etl.tick")
    assert ticks in ([], [("officielebekendmakingen", False)])


def test_a_failed_tick_is_tried_again_by_a_new_daemon(
    etl: Any, database: Any, replica: Replica
) -> None:
    replica.fault_at("/sru", status(400), times=1)
    process = etl.start("serve", ETL_SCHEDULE="0 0 1 1 *")
    assert until(process, "run_ended")["outcome"] == "failed"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert database.query("select good from etl.tick") == [(False,)]
    process = etl.start("serve", ETL_SCHEDULE="0 0 1 1 *")
    assert until(process, "run_ended")["outcome"] == "complete"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert database.query("select good from etl.tick") == [(True,)]


def test_a_killed_daemon_leaves_its_tick_to_the_next(
    etl: Any, database: Any, replica: Replica
) -> None:
    process: list[Popen[bytes]] = []

    def kill(handler: BaseHTTPRequestHandler) -> None:
        process[0].kill()
        handler.close_connection = True

    replica.fault_at("ah-tk-20202021-3235.xml", kill)
    process.append(etl.start("serve", ETL_SCHEDULE="0 0 1 1 *"))
    process[0].communicate(timeout=30)
    assert database.query("select good from etl.tick") == [(None,)]
    process.append(etl.start("serve", ETL_SCHEDULE="0 0 1 1 *"))
    assert until(process[1], "run_ended")["outcome"] == "complete"
    process[1].send_signal(signal.SIGTERM)
    process[1].communicate(timeout=20)
    assert database.query("select good from etl.tick") == [(True,)]
    assert count(database) == SHIPPED


def test_a_database_that_comes_back_is_used_again(
    etl: Any, database: Any, replica: Replica
) -> None:
    """The connection is cut in the middle of a run: the same run goes on."""

    def cut(handler: BaseHTTPRequestHandler) -> None:
        database.query(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        handler.send_document(handler.path)

    replica.fault_at("ah-tk-20202021-3235.xml", cut)
    process = etl.start("serve", ETL_SCHEDULE="0 0 1 1 *")
    assert until(process, "run_ended")["outcome"] == "complete"
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert count(database) == SHIPPED


def test_a_schedule_that_never_comes_is_refused(etl: Any) -> None:
    (line,) = etl("serve", expect=2, ETL_SCHEDULE="0 6 30 2 *").said
    assert line.startswith("etl: ETL_SCHEDULE: '0 6 30 2 *' for officielebek")


def test_a_schedule_of_a_source_that_is_not_followed_is_told(etl: Any) -> None:
    schedule = "17 */2 * * *; map=0 6 * * *"
    process = etl.start("serve", ETL_SCHEDULE=schedule)
    assert until(process, "schedule_unused")["sources"] == "map"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_schedule_of_a_source_that_is_none_is_refused(etl: Any) -> None:
    (line,) = etl("serve", expect=2, ETL_SCHEDULE="koop=0 6 * * *").said
    assert line.startswith("etl: ETL_SCHEDULE 'koop=0 6 * * *': 'koop' is none of")


HANGS = """
import signal, sys
from etl.app import serve
from etl.cli import main
# a run of four seconds, and as long for each step once it is late: time enough to begin
# and to unwind on a busy machine, and less than a hanging source is given
times = dict.fromkeys(("deadline", "stall", "grace"), 4.0)
serve.Limits.__init__.__kwdefaults__ = times
sys.argv[1:] = ["serve"]
main()
"""


def test_a_tick_that_hangs_is_ended_recorded_and_told_and_the_daemon_lives(
    etl: Any, database: Any, replica: Replica
) -> None:
    """The index never answers: the run is asked to end, then broken off."""

    def hang(handler: BaseHTTPRequestHandler) -> None:
        replica.over.wait(50)
        handler.close_connection = True

    replica.fault_at("/sru", hang, times=-1)
    process = etl.program(HANGS)
    ended = until(process, "run_ended")
    assert ended["outcome"] in {"interrupted", "failed"}
    until(process, "reviewed")
    assert process.poll() is None
    assert database.query("select good from etl.tick") == [(False,)]
    assert database.query("select count(*) from etl.run where outcome = 'running'") == [
        (0,)
    ]
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0


NO_NAME_SERVER = """
import ctypes, socket, sys
from etl.cli import main

def look_up(*_names, **_more):
    # as getaddrinfo does where no name server answers: no signal ends it
    mutex, libc = ctypes.create_string_buffer(64), ctypes.CDLL(None)
    print("looked up", flush=True)
    libc.pthread_mutex_lock(mutex)
    libc.pthread_mutex_lock(mutex)

socket.getaddrinfo = look_up
sys.argv[1:] = ["serve"]
main()
"""


def test_it_stops_when_told_while_no_name_server_answers(etl: Any) -> None:
    process = etl.program(NO_NAME_SERVER, ETL_SRU_URL="http://name.invalid/sru")
    assert process.stdout.readline() == b"looked up\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=25)
    # 143: heard, but slow to unwind on a busy machine
    assert process.returncode in {0, 143}
