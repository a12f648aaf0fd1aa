"""The line of deploy/crontab, run by sh with the real command: mail is what it prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg

from etl.demo.replica import Replica
from etl.store.statements import statement

ROOT = Path(__file__).resolve().parents[2]


def mailed(etl: Any) -> str:
    """What cron would mail of a run."""
    program = etl.folder / "etl"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m etl "$@"\n')
    program.chmod(0o755)
    lines = (ROOT / "deploy" / "crontab").read_text().splitlines()
    (line,) = [line for line in lines if "etl run >" in line]
    command = line.split(None, 6)[6]
    command = command.replace("/srv/aanhangsel-etl", str(etl.folder))
    command = command.replace("/opt/aanhangsel-etl/bin/etl", str(program))
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=etl.environment({}),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


def outcomes(database: Any) -> list[tuple[str]]:
    found: list[tuple[str]] = database.query("select outcome from etl.run")
    return found


def test_a_complete_run_mails_nothing(etl: Any, database: Any) -> None:
    assert mailed(etl) == ""
    assert outcomes(database) == [("complete",)]


def test_a_run_with_documents_in_quarantine_mails_nothing(
    etl: Any, database: Any, replica: Replica
) -> None:
    replica.publish("ah-tk-20252026-1", {"pdf": b"%PDF-broken%%EOF"}, "2026-11-03")
    assert mailed(etl) == ""
    assert outcomes(database) == [("partial",)]


def test_a_run_beside_another_mails_nothing(
    etl: Any, database: Any, replica: Replica
) -> None:
    with psycopg.connect(database.url("aanhangsel_writer"), autocommit=True) as other:
        assert other.execute(statement("run_lock")).fetchone() == (True,)
        assert mailed(etl) == ""
    assert replica.requests == []
    assert "another run is using the database" in (etl.folder / "etl.jsonl").read_text()


def test_a_run_that_failed_mails_why(etl: Any) -> None:
    etl.variables["DATABASE_URL"] = "postgresql://x@127.0.0.1:9/y"
    text = mailed(etl)
    assert text.startswith("etl run: exit code 5\n")
    assert "cannot use the database y" in text
