"""`etl backfill`: whole session years, after saying what that is going to take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil
from typing import Protocol
from urllib.parse import urlsplit

from etl.app.jobs import BY_HAND, Event, Jobs, Request
from etl.app.run import Done, Listener, Progress, at_work, in_turn
from etl.backfill import Estimate, Years, to_fetch
from etl.console.harmless import printable
from etl.console.stop import Stop
from etl.errors import ConfigurationError, EtlError
from etl.mirror import YEARLY, YearMirroring
from etl.model.entity import QUESTION_SOORTEN, Category
from etl.model.record import Record
from etl.model.run import Tally
from etl.pipeline import Run
from etl.settings import Settings
from etl.sources.client import Rates
from etl.sources.officielebekendmakingen import OfficieleBekendmakingen
from etl.sources.tweedekamer import TweedeKamer
from etl.status import span

PAGE = 100
"""Rows of a page of OData, for the estimate: v5 is believed to give no more."""


class Filling(Protocol):
    """The backfill of one source."""

    def estimate(self) -> Estimate:
        """What it is going to take. Raises SourceError, Stopped."""

    def run(self, event: Event) -> Run:
        """The run that does it, or that fails as `estimate` did."""


@dataclass(slots=True)
class Bekendmakingen:
    """KOOP lists a year in few requests, so that the estimate knows every record."""

    jobs: Jobs
    vergaderjaren: Sequence[str]
    _years: Years = field(init=False)

    def __post_init__(self) -> None:
        self._years = Years(self.jobs.bekendmakingen(), self.vergaderjaren)

    def estimate(self) -> Estimate:
        """Of what is listed."""
        records = self._years.records(None)
        fetch = _bounded(
            self.jobs, to_fetch(self.jobs.store, self._years.name, records)
        )
        seconds = fetch * _interval(self.jobs, self.jobs.settings.publications_url)
        return Estimate(listed=len(records), fetch=fetch, seconds=seconds)

    def run(self, event: Event) -> Run:
        """Over the same listing."""
        return self.jobs.run_of(self._years, event)


@dataclass(slots=True)
class Kamer:
    """The Kamer's rows come by OData, and then the files of its documents."""

    jobs: Jobs
    vergaderjaren: Sequence[str]
    _error: EtlError | None = field(default=None, init=False)

    def estimate(self) -> Estimate:
        """Of the numbers that OData tells. Raises SourceError, Stopped."""
        try:
            return self._estimate()
        except EtlError as error:
            self._error = error
            raise

    def _estimate(self) -> Estimate:
        odata, settings = self.jobs.odata(), self.jobs.settings
        counts = [
            (category, odata.count(category, vergaderjaar=year))
            for year in self.vergaderjaren
            for category in YEARLY
        ]
        pages = sum(ceil(count / PAGE) for _, count in counts)
        pages += len(self.vergaderjaren) * (1 + len(QUESTION_SOORTEN))
        listed = sum(count for one, count in counts if one is Category.DOCUMENT)
        read = self.jobs.store.documents_read(TweedeKamer.name, self.vergaderjaren)
        fetch = _bounded(self.jobs, max(0, listed - read))
        seconds = pages * _interval(self.jobs, settings.odata_url)
        seconds += fetch * _interval(self.jobs, settings.syncfeed_url)
        return Estimate(listed=listed, fetch=fetch, seconds=seconds, about=True)

    def run(self, event: Event) -> Run:
        """The rows into the mirror, then the documents among them."""
        store = self.jobs.store
        mirroring = YearMirroring(
            store,
            lambda category, year: self.jobs.odata().pages(category, vergaderjaar=year),
            self.vergaderjaren,
            stopping=self.jobs.stopping,
            event=event,
        )

        linking = self.jobs.linking(event)

        def listing() -> list[Record]:
            due = store.documents(TweedeKamer.name)
            return [one for one in due if one.identifier in mirroring.documents]

        def before(run_id: int, tally: Tally) -> None:
            if self._error:
                raise self._error
            mirroring(run_id, tally)
            linking.zaken(run_id)

        run = self.jobs.run_of(self.jobs.kamer(listing), event)
        run.before = before
        return run


FILLINGS: dict[str, Callable[[Jobs, Sequence[str]], Filling]] = {
    OfficieleBekendmakingen.name: Bekendmakingen,
    TweedeKamer.name: Kamer,
}
"""How each source that knows session years is filled."""


def backfill(
    settings: Settings,
    request: Request,
    vergaderjaren: Sequence[str],
    stop: Stop,
    say: Callable[[str], None],
    progress: Progress,
) -> list[Done]:
    """Say what there is to do for each source, then do it; asks nothing.

    Raises ConfigurationError, StoreError, RunLocked before any of it is done.
    """
    if BY_HAND in request.sources:
        raise ConfigurationError(
            "--source map: a directory has no session years; load it whole with"
            " etl run --source map --path DIR"
        )
    with at_work(settings, request, stop) as jobs:
        fillings = {
            name: FILLINGS[name](jobs, vergaderjaren) for name in request.sources
        }
        years = ", ".join(vergaderjaren)
        for name, filling in fillings.items():
            say(printable(f"{name}: {years}: {_told(filling)}"))

        def make(name: str, listener: Listener) -> Run:
            run = fillings[name].run(listener)
            # no run that keeps up with the source, nor one that moves its place
            run.label, run.moves = f"{name}/backfill", False
            return run

        return in_turn(request.sources, make, stop, progress)


def _told(filling: Filling) -> str:
    try:
        found = filling.estimate()
    except EtlError as error:
        return f"no estimate: {error}"
    return in_words(found)


def in_words(estimate: Estimate) -> str:
    """How many documents there are, and how long those to fetch will take."""
    about = "about " if estimate.about else ""
    head = f"{about}{estimate.listed:,} documents, {about}{estimate.fetch:,} to fetch"
    if not estimate.fetch and not estimate.seconds:
        return head
    if not estimate.seconds:
        return f"{head}, without a pause between requests"
    time = timedelta(seconds=estimate.seconds)
    least = span(time) if time >= timedelta(minutes=1) else "less than a minute"
    return f"{head}: {least} at the polite rate, more where a document takes several"


def _bounded(jobs: Jobs, documents: int) -> int:
    limit = jobs.request.limit
    return documents if limit is None else min(documents, limit)


def _interval(jobs: Jobs, url: str) -> float:
    """Seconds between two requests to the host of this address."""
    return Rates.parse(jobs.settings.rate).interval(urlsplit(url).hostname or "")
