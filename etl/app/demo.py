"""`etl demo`: the whole path over HTTP on loopback, twice, and what came of it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from etl.app.database import Database, data_dir, database
from etl.app.jobs import Request
from etl.app.run import exit_code, run
from etl.console.screen import progress, tally_line, write_table
from etl.console.stop import Stop, stopping
from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.demo.shipped import fill, shipped
from etl.settings import Settings
from etl.store.reading import Table, query, row_versions, summary
from etl.store.statements import script

QUERIES = ("vraag_antwoord", "antwoordtermijn", "indieners", "levensloop")
"""Files of sql/demo; each begins with a comment that says what it answers."""

REQUEST = Request(
    sources=("officielebekendmakingen", "tweedekamer"), since=date(1994, 9, 1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What a demo needs; `say` prints a line, `command` is how the user starts etl."""

    settings: Settings
    command: str
    say: Callable[[str], None]
    stop: Stop

    def __call__(self) -> int:
        """Show it all; returns the exit code."""
        with Replica(shipped()) as koop, Kamer() as kamer:
            fill(kamer)
            there = own_settings(self.settings, koop, kamer)
            with database(there) as found:
                code = self._load(there, found, koop, kamer)
                if code == 0:
                    self._show(found)
        if code == 0:
            self._farewell(there)
        return code

    def _load(
        self, there: Settings, found: Database, koop: Replica, kamer: Kamer
    ) -> int:
        """Load everything, then again to show that nothing is written twice."""
        zaken = sum(1 for _ in kamer.of("Zaak"))
        self._title(
            f"{len(koop.publications)} real publications and {zaken} cases of the"
            " Tweede Kamer, served and fetched on this machine"
        )
        if code := self._pass(there, "first pass"):
            return code
        before = row_versions(found.url("reader"))
        if code := self._pass(there, "second pass"):
            return code
        written = len(row_versions(found.url("reader")) ^ before)
        self.say(
            f"second pass: {written} rows written"
            f" (compared: the versions of all {len(before)} rows)"
        )
        requests = len(koop.requests) + len(kamer.requests)
        self.say(f"requests over HTTP in both: {requests}")
        return 0

    def _pass(self, there: Settings, name: str) -> int:
        done = run(there, REQUEST, self.stop, progress)
        for each in done:
            report = each.report
            line = tally_line(report.source, report.outcome.value, report.tally)
            self.say(f"{name}: {line}")
            for identifier, reason in each.quarantined:
                self.say(f"  {identifier}: {reason}")
            if problem := report.error or report.bug:
                self.say(f"  {problem}")
        return exit_code(done)

    def _show(self, found: Database) -> None:
        self._title("Rows in the tables")
        _print(summary(found.url("reader")))
        for name in QUERIES:
            text = script(f"demo/{name}.sql")
            self._title(text.partition("\n")[0].removeprefix("-- "))
            _print(query(found.url("reader"), text))

    def _farewell(self, there: Settings) -> None:
        ask = f"{self.command} --data-dir {shlex.quote(str(there.data_dir))} sql"
        self._title("Your turn")
        example = script("examples/vraag_antwoord.sql").strip()
        self.say(f'{ask} "{example}"')
        self.say(f"{ask}   # how to connect with psql and the like")

    def _title(self, text: str) -> None:
        self.say(f"\n{text}\n{'-' * len(text)}")


def own_settings(settings: Settings, koop: Replica, kamer: Kamer) -> Settings:
    """The same, but asking the replicas and writing to a database of the demo's own."""
    return settings.model_copy(
        update={
            "database_url": None,
            "database_owner_url": None,
            "database_reader_url": None,
            "data_dir": data_dir(settings) / "demo",
            "sources": REQUEST.sources,
            "sru_url": koop.sru_url,
            "publications_url": koop.publications_url,
            "syncfeed_url": kamer.syncfeed_url,
            "odata_url": kamer.odata_v5_url,
            "rate": "*=1/1",
            "alert_url": None,
        }
    )


def _print(table: Table) -> None:
    write_table(table.columns, table.rows, sys.stdout)


def demo(settings: Settings, command: str, say: Callable[[str], None]) -> int:
    """Show the whole path; returns the exit code."""
    with stopping() as stop:
        return Demo(settings=settings, command=command, say=say, stop=stop)()
