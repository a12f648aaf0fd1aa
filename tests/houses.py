"""Both sources as replicas, one store, and the runs that the app would make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from etl.app.jobs import Jobs, Request
from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.documents import Understood, understand
from etl.documents.readers.pdf.worker import PdfWorker
from etl.lookup import lookup
from etl.model.run import Outcome
from etl.pipeline import Report
from etl.settings import Settings
from etl.sources.client import Client, Rates
from etl.store import PostgresStore, open_store

BOTH = ("officielebekendmakingen", "tweedekamer")


@dataclass
class Houses:
    """What is published where, and the database that it is loaded into."""

    koop: Replica
    kamer: Kamer
    store: PostgresStore
    client: Client
    settings: Settings
    understand: Callable[[bytes], Understood]
    now: datetime = datetime(2026, 11, 24, 9, tzinfo=UTC)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    """Ids of what a test made, by its own names."""

    def run(
        self, *sources: str, since: date | None = None, limit: int | None = None
    ) -> list[Report]:
        """One pass over each source, in this order."""
        request = Request(sources=sources or BOTH, since=since, limit=limit)
        jobs = self.jobs(request)
        return [jobs.run(name, self.hear)() for name in request.sources]

    def jobs(self, request: Request) -> Jobs:
        """The runs that the app would make of these."""
        return Jobs(
            settings=self.settings,
            request=request,
            store=self.store,
            client=self.client,
            understand=self.understand,
            stopping=lambda: False,
        )

    def hear(self, name: str, **details: object) -> None:
        """Remember what a run tells."""
        self.events.append((name, details))

    def well(self, *sources: str, **options: Any) -> list[Report]:
        """The same, and every run must have been complete."""
        reports = self.run(*sources, **options)
        for report in reports:
            problem = report.error or report.bug
            assert report.outcome is Outcome.COMPLETE, (report.source, problem)
        return reports


@contextmanager
def houses(database: Any, since: date = date(1994, 9, 1)) -> Iterator[Houses]:
    """Two empty replicas in front of this database."""
    with ExitStack() as stack:
        koop = stack.enter_context(Replica())
        kamer = stack.enter_context(Kamer())
        settings = Settings(
            ETL_SRU_URL=koop.sru_url,
            ETL_PUBLICATIONS_URL=koop.publications_url,
            ETL_SYNCFEED_URL=kamer.syncfeed_url,
            ETL_ODATA_URL=kamer.odata_url,
            ETL_SINCE=since.isoformat(),
        )
        bases = (koop.sru_url, koop.publications_url, kamer.syncfeed_url)
        client = stack.enter_context(
            Client(bases=bases, rates=Rates(), user_agent="test", sleep=lambda _: None)
        )
        url = database.url("aanhangsel_writer")
        store = stack.enter_context(
            open_store(url, now=lambda: datetime.now(UTC), parser="p1")
        )
        pdf = stack.enter_context(PdfWorker())
        read = partial(understand, read_pdf=pdf.read, lookup=lookup())
        yield Houses(koop, kamer, store, client, settings, read)


def rows(database: Any, text: str, *args: object) -> Sequence[tuple[Any, ...]]:
    """Short for a query."""
    found: Sequence[tuple[Any, ...]] = database.query(text, *args)
    return found
