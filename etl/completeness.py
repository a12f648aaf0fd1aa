"""Whether all is here: a source that also brings what was found to be missing.

A run adds what it finds to its own listing, so that it is loaded like anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from etl.gaps import Gaps
from etl.model.record import Offer, Record, Validators
from etl.model.run import Tally
from etl.ports import Store, Unit, Yearbook
from etl.reconciliation import Reconciliation, recent_years


@dataclass(slots=True)
class Completeness:
    """Implements the pipeline's Source: what is listed, and what is missing here.

    `since` is the ISO day that this run is asked to go back to, if any. `before` and
    `after` are the run's own hooks.
    """

    source: Yearbook
    store: Store
    now: Callable[[], datetime]
    since: str | None = None
    stopping: Callable[[], bool] = lambda: False
    event: Callable[..., None] = lambda name, **details: None
    lists_all: bool = False
    _reconciliation: Reconciliation = field(init=False)
    _gaps: Gaps = field(init=False)
    _run_id: int = 0
    _reconciling: list[Record] | None = None

    def __post_init__(self) -> None:
        self._reconciliation = Reconciliation(self.source, self.store, self.event)
        self._gaps = Gaps(self.source, self.store, self.stopping, self.event)

    @property
    def name(self) -> str:
        """That of the source."""
        return self.source.name

    def before(self, run_id: int, tally: Tally) -> None:
        """Remember the first day that is followed."""
        del tally
        self._run_id = run_id
        held = self.store.position(f"{self.name}/since")
        if self.since is not None and (held is None or self.since < held):
            self._place("since", self.since)

    def after(self, run_id: int) -> None:
        """Once all that was missing is loaded or in quarantine, the week is done."""
        del run_id
        if self._reconciling is None or self.stopping():
            return
        if not self._reconciliation.absent(self._reconciling):
            self._place("reconcile", self.now().date().isoformat())

    def records(self, position: str | None) -> Sequence[Record]:
        """Those of the source, then those that are missing, at the end of its order."""
        records = self.source.records(position)
        place = records[-1].position if records else position
        if place is None or self.stopping():
            return records
        listed = {record.identifier for record in records}
        found = {
            record.identifier: replace(record, position=place)
            for record in self._missing()
            if record.identifier not in listed
        }
        return [*records, *found.values()]

    def _missing(self) -> Iterator[Record]:
        today = self.now().date()
        self._reconciling = self._reconciliation.missing(today)
        yield from self._reconciling or ()
        yield from self._gaps.found(self._run_id, recent_years(today))

    def offers(
        self, record: Record, validators: Mapping[str, Validators]
    ) -> Iterator[Offer]:
        """Those of the source; of what was looked for they are at hand already."""
        return self._gaps.opened(record) or self.source.offers(record, validators)

    def completed(self, record: Record) -> Record:
        """As the source completes it."""
        return self.source.completed(record)

    def _place(self, name: str, position: str) -> None:
        def work(unit: Unit) -> None:
            unit.checkpoint(f"{self.name}/{name}", position)

        self.store.transact(self._run_id, work)
