"""Nobody looks at the job: it has to be seen, and to call when something is wrong."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from subprocess import Popen
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from hook import TOKEN, Hook, hook
from prometheus_client.parser import text_string_to_metric_families

from etl.demo.faults import status
from etl.demo.replica import Replica

SOURCE = "officielebekendmakingen"


@pytest.fixture
def alert(etl: Any) -> Iterator[Hook]:
    with hook() as it:
        etl.variables["ETL_ALERT_URL"] = it.url
        yield it


def test_a_failing_source_is_told_once_and_once_when_it_is_over(
    etl: Any, database: Any, replica: Replica, alert: Hook
) -> None:
    replica.fault_at("/sru", status(400), times=3)
    for _ in range(3):
        etl("run", expect=4)
    assert alert.codes() == [("open", "run_failed")]
    assert "HTTP 400" in alert.told[0]["text"]
    assert alert.told[0]["source"] == SOURCE
    runs = [run for (run,) in database.query("select run_id from etl.run order by 1")]
    assert alert.told[0]["run_id"] == runs[0]
    found = json.loads(etl("status", "--json", expect=7).out)["incidents"]
    assert [each["code"] for each in found] == ["run_failed"]
    assert found[0]["opened_at"] == alert.told[0]["opened_at"]
    for _ in range(2):
        etl("run")
    assert alert.codes()[1:] == [("closed", "run_failed")]
    query = "select count(*) from etl.incident where closed_at is null"
    assert database.query(query) == [(0,)]


@pytest.mark.parametrize("refusal", [500, 302])
def test_a_webhook_that_does_not_take_it_is_told_after_the_next_run(
    etl: Any, replica: Replica, alert: Hook, refusal: int
) -> None:
    replica.fault_at("/sru", status(400), times=2)
    alert.status = refusal
    failed = etl("run", expect=4)
    assert alert.refused == 3
    warned = [each for each in failed.events if each["event"] == "alert_failed"]
    assert [each["problem"] for each in warned] == [
        f"the webhook took no message: HTTP {refusal}"
    ]
    alert.status = 204
    etl("run", expect=4)
    assert ("open", "run_failed") in alert.codes()


def test_a_webhook_that_is_new_hears_of_nothing_that_is_long_over(
    etl: Any, database: Any, replica: Replica, alert: Hook
) -> None:
    replica.fault_at("/sru", status(400))
    etl("run", expect=4, ETL_ALERT_URL="")
    etl("run", ETL_ALERT_URL="")
    long_ago = "now() - interval '8 days'"
    database.query(
        f"update etl.incident set opened_at = {long_ago}, last_seen_at = {long_ago},"
        f" closed_at = {long_ago} where closed_at is not null"
    )
    assert database.query("select count(*) from etl.incident") == [(1,)]
    etl("run")
    assert alert.told == []


def test_the_address_of_the_webhook_is_told_to_nobody(
    etl: Any, database: Any, replica: Replica, alert: Hook
) -> None:
    replica.fault_at("/sru", status(400), times=-1)
    alert.status = 500
    result = etl("run", expect=4, ETL_LOG_LEVEL="debug")
    assert alert.refused
    assert TOKEN not in result.err + result.out
    rows = database.query("select to_jsonb(i)::text from etl.incident as i")
    rows += database.query("select to_jsonb(r)::text from etl.run as r")
    assert rows
    assert TOKEN not in str(rows)


def test_a_database_that_is_away_is_told_too(etl: Any, alert: Hook) -> None:
    etl("run", expect=5, DATABASE_URL="postgresql://x:hunter2@127.0.0.1:9/y")
    assert alert.codes() == [("open", "store_away")]
    assert "hunter2" not in json.dumps(alert.told)


def test_a_daemon_tells_of_a_database_once_however_often_it_fails(
    etl: Any, alert: Hook
) -> None:
    process = etl.start("serve", DATABASE_URL="postgresql://x@127.0.0.1:9/y")
    for line in process.stderr:
        if json.loads(line)["event"] == "tick_failed":
            break
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert alert.codes() == [("open", "store_away")]


def test_a_source_that_is_silent_while_the_kamer_sits_is_exit_7(
    etl: Any, database: Any, alert: Hook
) -> None:
    etl("run")
    assert "ok; last good run" in etl("status").out
    database.query(
        "update etl.run set started_at = now() - interval '120 days',"
        " finished_at = now() - interval '120 days'"
    )
    etl("run")  # which finds nothing new
    said = etl("status", expect=7).out
    assert "though the Kamer sat on" in said
    assert ("open", "silent") in alert.codes()


def test_quarantine_is_listed_with_its_reasons(
    etl: Any, database: Any, replica: Replica
) -> None:
    replica.publish("ah-tk-20232024-1", {"pdf": b"%PDF-1.4 nothing %%EOF"})
    etl("run", expect=3)
    listed = etl("status", "--problems").out
    assert "in quarantine: pdf_corrupt 1" in listed
    assert "ah-tk-20232024-1" in listed
    found = json.loads(etl("status", "--problems", "--json").out)
    (problem,) = found["quarantine"]
    assert problem["identifier"] == "ah-tk-20232024-1"
    assert problem["code"] == "pdf_corrupt"
    assert problem["attempts"] == 1
    assert problem["url"].endswith("/ah-tk-20232024-1.pdf")
    assert found["sources"][0]["problems"] == {"pdf_corrupt": 1}


def test_each_line_of_the_log_is_json_and_of_a_run(etl: Any, replica: Replica) -> None:
    replica.publish("ah-tk-20232024-1", {"pdf": b"%PDF-1.4 nothing %%EOF"})
    result = etl("run", expect=3)
    assert len(result.events) == len(result.err.splitlines())
    for event in result.events:
        assert {"at", "level", "event"} <= event.keys()
    within = [
        each for each in result.events if each["event"] in ("loaded", "quarantined")
    ]
    assert len(within) == 12
    for event in within:
        assert {"run", "source", "identifier"} <= event.keys()
    (failure,) = [each for each in within if each["event"] == "quarantined"]
    assert failure["reason"].startswith("pdf_corrupt: ")
    assert failure["url"].endswith("/ah-tk-20232024-1.pdf")
    assert failure["next"].endswith(" UTC")
    (end,) = [each for each in result.events if each["event"] == "run_ended"]
    assert end["seconds"] > 0
    assert end["documents_per_second"] > 0


def test_a_run_that_fails_says_where_the_next_one_goes_on(
    etl: Any, replica: Replica
) -> None:
    replica.fault_at("/sru", status(400))
    result = etl("run", expect=4)
    (end,) = [each for each in result.events if each["event"] == "run_ended"]
    assert {"run", "source", "problem"} <= end.keys()
    assert "the next run goes on" in end["next"]


def free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return int(it.getsockname()[1])


def page(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    request = Request(f"http://127.0.0.1:{port}{path}", method=method)
    try:
        with urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def after(process: Popen[bytes], name: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if json.loads(line)["event"] == name:
            return
    raise AssertionError(f"the daemon ended without {name}")


def test_the_daemon_shows_its_figures_and_its_health(etl: Any) -> None:
    port = free_port()
    process = etl.start("serve", ETL_METRICS_PORT=str(port))
    after(process, "run_ended")
    after(process, "reviewed")
    assert page(port, "/healthz") == (200, '{"ok": true, "problem": null}\n')
    assert page(port, "/readyz") == (200, '{"ok": true, "problem": null}\n')
    code, text = page(port, "/metrics")
    assert code == 200
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["aanhangsel_database_up",] == 1
    assert found["aanhangsel_runs_total", "complete", SOURCE] == 1
    assert found["aanhangsel_documents_total", "complete", "new", SOURCE] == 11
    assert found["aanhangsel_last_success_timestamp_seconds", SOURCE] > 1.7e9
    # ah-tk-20232024-2367, received on 2024-08-29, was published days later
    assert found["aanhangsel_newest_publication_timestamp_seconds", SOURCE] > 1.72e9
    assert "process_resident_memory_bytes" in text
    assert page(port, "/")[0] == 404
    assert page(port, "/../etc/passwd")[0] == 404
    assert page(port, "/metrics", "POST")[0] == 501
    assert page(port, "/metrics", "HEAD") == (200, "")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_without_a_database_the_daemon_is_alive_but_not_ready(etl: Any) -> None:
    port = free_port()
    process = etl.start(
        "serve",
        ETL_METRICS_PORT=str(port),
        DATABASE_URL="postgresql://x:hunter2@127.0.0.1:9/y",
        DATABASE_READER_URL="postgresql://x:hunter2@127.0.0.1:9/y",
    )
    after(process, "tick_failed")
    assert page(port, "/healthz")[0] == 200
    code, text = page(port, "/readyz")
    assert code == 503
    assert "hunter2" not in text
    code, text = page(port, "/metrics")
    assert code == 200
    assert "aanhangsel_database_up 0.0" in text
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_a_port_that_is_taken_is_said_before_any_work(etl: Any, database: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        (line,) = etl("serve", expect=2, ETL_METRICS_PORT=port).said
    assert f"ETL_METRICS_PORT: cannot listen at 127.0.0.1:{port}" in line
    assert database.query("select count(*) from etl.run") == [(0,)]
