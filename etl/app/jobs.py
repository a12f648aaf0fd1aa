"""Which parts make up a run of each source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from etl.completeness import Completeness
from etl.console import log
from etl.documents import Understood
from etl.errors import ConfigurationError
from etl.linking import Linking
from etl.lookup import housed, lookup
from etl.mirror import Mirroring
from etl.model.entity import Category
from etl.model.record import Record
from etl.model.run import Tally
from etl.pipeline import Run
from etl.ports import Source, Store
from etl.reconciliation import MirrorCount
from etl.settings import Settings
from etl.sources import SOURCES
from etl.sources.client import Client
from etl.sources.map import Map
from etl.sources.odata import OData
from etl.sources.officielebekendmakingen import OfficieleBekendmakingen
from etl.sources.tweedekamer import TweedeKamer

FIRST_DAYS = 30
"""Days before today where the first run of a source starts."""

BY_HAND = "map"
"""The source that is a directory: only run when asked for, with its path."""

Event = Callable[..., None]


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


def followed(settings: Settings) -> tuple[str, ...]:
    """The sources that `run` and `serve` follow unless told otherwise.

    Raises ConfigurationError for one that cannot be followed.
    """
    names = settings.sources or tuple(name for name in SOURCES if name != BY_HAND)
    if BY_HAND in names:
        raise ConfigurationError(
            "ETL_SOURCES: map is a directory, not followed: etl run --source map"
            " --path DIR"
        )
    return named(names)


def named(names: Sequence[str]) -> tuple[str, ...]:
    """These names, each once. Raises ConfigurationError for one of no source."""
    for name in names:
        if name not in SOURCES:
            raise ConfigurationError(
                f"there is no source {name!r}, only {', '.join(SOURCES)}"
            )
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one run is asked for. `since` rewinds; without it the cursor decides."""

    sources: Sequence[str]
    since: date | None = None
    limit: int | None = None
    path: Path | None = None
    dry: bool = False
    migrate: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """What the runs of all sources share; `run` makes the one of a source."""

    settings: Settings
    request: Request
    store: Store
    client: Client
    understand: Callable[[bytes], Understood]
    stopping: Callable[[], bool]

    def run(self, name: str, event: Event) -> Run:
        """A run of this source, which tells `event` what happens."""
        make = {
            BY_HAND: self._map,
            OfficieleBekendmakingen.name: self._bekendmakingen,
            TweedeKamer.name: self._kamer,
        }[name]
        return make(event)

    def _map(self, event: Event) -> Run:
        # `check` saw to the path
        source = Map(self.request.path or Path(), now, log.logger().info)
        return self.run_of(source, event)

    def bekendmakingen(self) -> OfficieleBekendmakingen:
        """KOOP as a source."""
        return OfficieleBekendmakingen(
            self.client,
            self.settings.sru_url,
            self.settings.publications_url,
            now=now,
            event=log.logger().info,
        )

    def kamer(self, listing: Callable[[], Sequence[Record]]) -> TweedeKamer:
        """The Tweede Kamer as a source of these documents."""
        return TweedeKamer(
            self.client,
            self.settings.syncfeed_url,
            listing=listing,
            event=log.logger().info,
        )

    def _bekendmakingen(self, event: Event) -> Run:
        source = self.bekendmakingen()
        since = None
        if self.request.since or self.store.position(source.name) is None:
            since = self._first_day().isoformat()
        complete = Completeness(
            source,
            self.store,
            now=now,
            since=since,
            stopping=self.stopping,
            event=event,
        )
        if self.request.limit or self.request.dry:
            # who wants a few, or nothing written, wants no search for what is missing
            run = self.run_of(source, event)
        else:
            run = self.run_of(complete, event)
            run.after = in_order(complete.after, run.after)
        run.before = complete.before
        run.since = since
        return run

    def _kamer(self, event: Event) -> Run:
        source = self.kamer(partial(self.store.documents, TweedeKamer.name))
        run = self.run_of(source, event)
        mirroring = Mirroring(
            source.name,
            source,
            self.store,
            since=self._first_day(),
            again=self.request.since is not None,
            stopping=self.stopping,
            event=event,
        )
        linking = self.linking(event)

        def before(run_id: int, tally: Tally) -> None:
            mirroring(run_id, tally)
            linking.zaken(run_id)

        run.before = before
        settings = self.settings
        # Its second road is no part of a run: asked only where the feed is, too.
        if (
            urlsplit(settings.odata_url).netloc
            == urlsplit(settings.syncfeed_url).netloc
        ):
            count = MirrorCount(source.name, self.store, self._count, now, event)
            run.after = in_order(run.after, count)
        return run

    def odata(self) -> OData:
        """The Kamer's second road. Raises SourceChanged for a version not known."""
        url = self.settings.odata_url
        return OData(self.client, url, event=log.logger().info)

    def _count(self, vergaderjaar: str) -> int:
        return self.odata().count(Category.ZAAK, vergaderjaar=vergaderjaar)

    def run_of(self, source: Source, event: Event) -> Run:
        """A plain run of a source."""
        return Run(
            source=source,
            store=self.store,
            understand=self.understand,
            stopping=self.stopping,
            limit=self.request.limit,
            event=event,
            after=self.linking(event),
        )

    def linking(self, event: Event) -> Linking:
        """What joins all that came in with the rest."""
        return Linking(
            self.store, lookup(), housed(), stopping=self.stopping, event=event
        )

    def _first_day(self) -> date:
        """What was asked for; else where a first run begins."""
        default = now().date() - timedelta(days=FIRST_DAYS)
        return self.request.since or self.settings.since or default


def in_order(*hooks: Callable[[int], None]) -> Callable[[int], None]:
    """One hook that does them all."""

    def call(run_id: int) -> None:
        for hook in hooks:
            hook(run_id)

    return call
