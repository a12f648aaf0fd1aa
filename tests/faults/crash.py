"""The load of twelve documents, ended at a step of one's choice, again and again."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from conftest import Database, create, drop
from faults import twelve
from faults.zygote import Answer, Order, Zygote, zygote

from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.store.checks import violations
from etl.store.embedded import Server

RUN_LOCK = 722100002
"""As in sql/queries/run_lock.sql."""

_numbers = itertools.count(1)


@dataclass
class Stage:
    """Both houses, a database as it was before, and a process to fork runs from."""

    server: Server
    zygote: Zygote
    settings: dict[str, str]
    base: str
    steps: list[str] = field(default_factory=list)
    """Those of the undisturbed run."""
    undisturbed: dict[str, list[str]] = field(default_factory=dict)

    @contextmanager
    def database(self) -> Iterator[Database]:
        """One as it was before the twelve documents."""
        name = f"crash_{os.getpid()}_{next(_numbers)}"
        create(self.server, name, self.base)
        try:
            yield Database(self.server, name)
        finally:
            drop(self.server, name)

    def run(self, database: Database, die_at: int = 0, bug: str = "") -> Answer:
        """A run; at its end nobody holds its lock any more."""
        answer = self.zygote(Order(database.url(), self.settings, die_at, bug))
        # a killed process is gone before the server knows
        database.query(f"select pg_advisory_lock({RUN_LOCK})")
        return answer

    def well(self, database: Database, bug: str = "") -> Answer:
        """One that is not killed; its failure is the test's.

        It is complete where what cannot be read was put into quarantine before.
        """
        answer = self.run(database, bug=bug)
        assert answer.signal == 0
        assert answer.reports[0][0] in {"partial", "complete"}, answer.reports
        assert answer.reports[1][0] == "complete", answer.reports
        return answer

    def loss(self, database: Database, die_at: int, bug: str = "") -> str:
        """What is wrong after a run that died at a step and another one; or nothing."""
        answer = self.run(database, die_at, bug)
        assert answer.signal == signal.SIGKILL, "the step was not reached"
        if found := errors(database):
            return f"after the kill at {answer.steps[-1]}: {found}"
        self.run(database, bug=bug)
        if found := errors(database):
            return f"after the next run: {found}"
        return different(twelve.left(database), self.undisturbed)


@contextmanager
def stage(server: Server, template: str) -> Iterator[Stage]:
    """All of it, with the undisturbed run done."""
    with ExitStack() as stack:
        koop = stack.enter_context(Replica())
        kamer = stack.enter_context(Kamer())
        process = stack.enter_context(zygote())
        settings = {
            "ETL_SRU_URL": koop.sru_url,
            "ETL_PUBLICATIONS_URL": koop.publications_url,
            "ETL_SYNCFEED_URL": kamer.syncfeed_url,
            "ETL_ODATA_URL": kamer.odata_url,
            "ETL_SINCE": "1994-09-01",
        }
        base = f"crash_{os.getpid()}_base_{next(_numbers)}"
        create(server, base, template)
        stack.callback(drop, server, base)
        made = Stage(server, process, settings, base)
        twelve.begin(koop, kamer)
        first = made.run(Database(server, base))
        assert [one[0] for one in first.reports] == ["complete"] * 2, first.reports
        twelve.happen(koop, kamer)
        with made.database() as database:
            made.steps = made.well(database).steps
            made.undisturbed = twelve.left(database)
        yield made


def errors(database: Database) -> list[str]:
    """Checks of severity error that find rows: a publication that is partly there."""
    found = violations(database.url("aanhangsel_reader"), datetime.now(UTC))
    return [f"{one.name} {one.table.rows}" for one in found if one.severity == "error"]


def different(one: dict[str, Any], other: dict[str, Any]) -> str:
    """Where two dumps differ, with a line of each; or nothing."""
    for table, wanted in other.items():
        if one[table] != wanted:
            here, there = set(one[table]), set(wanted)
            lost, more = sorted(there - here)[:1], sorted(here - there)[:1]
            return f"{table}: lacks {lost}, has {more}, {len(one[table])} rows"
    return ""
