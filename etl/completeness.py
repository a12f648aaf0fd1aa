"""Whether all is here: what a source lists against the store, and numbers missing.

A run adds what it finds to its own listing, so that it is loaded like anything else.
Nothing here fails a run: what could not be looked at is looked at by a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain

from etl.errors import DocumentFault, SourceError
from etl.model.identity import Key, vergaderjaar_on
from etl.model.record import Offer, Record, Validators
from etl.model.run import Tally
from etl.ports import Store, Unit, Yearbook

WEEK = timedelta(days=7)

OLDER = 1
"""Session years beside the current and the previous one that are listed in a week: a
year is some eight requests, and all have had their turn within eight months."""

TENTH = 10
"""A year of which at most one record in so many is absent is meant to be here whole."""

PROBES = 20
"""Most numbers that one run asks for."""

NOT_FOUND = "bij de bron niet gevonden"
FIRST_YEAR = 1994

SHOWN = 20
"""Most names in one line of the log."""


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
    _run_id: int = 0
    _opened: dict[str, Iterator[Offer]] = field(default_factory=dict)
    _reconciling: list[Record] | None = None

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
        if not self._absent(self._reconciling):
            self._place("reconcile", self._today.isoformat())

    def records(self, position: str | None) -> Sequence[Record]:
        """Those of the source, then those that are missing, at the end of its order."""
        records = self.source.records(position)
        place = records[-1].position if records else position
        if place is None or self.stopping():
            return records
        listed = {record.identifier for record in records}
        found = {
            record.identifier: replace(record, position=place)
            for record in (*self._reconciled(), *self._gaps())
            if record.identifier not in listed
        }
        return [*records, *found.values()]

    def offers(
        self, record: Record, validators: Mapping[str, Validators]
    ) -> Iterator[Offer]:
        """Those of the source; of what was looked for they are at hand already."""
        opened = self._opened.pop(record.identifier, None)
        return opened or self.source.offers(record, validators)

    def completed(self, record: Record) -> Record:
        """As the source completes it."""
        return self.source.completed(record)

    @property
    def _today(self) -> date:
        return self.now().date()

    @property
    def _recent(self) -> tuple[str, str]:
        """The current vergaderjaar and the previous one."""
        current = vergaderjaar_on(self._today)
        first = int(current[:4])
        return current, f"{first - 1}-{first}"

    def _place(self, name: str, position: str) -> None:
        def work(unit: Unit) -> None:
            unit.checkpoint(f"{self.name}/{name}", position)

        self.store.transact(self._run_id, work)

    # ------------------------------------------------------------------- reconciliation

    def _reconciled(self) -> Sequence[Record]:
        """Once a week, what the source lists of some years and is not here."""
        if not is_due(self.store.position(f"{self.name}/reconcile"), self._today):
            return []
        missing: list[Record] = []
        try:
            for vergaderjaar in self._years():
                missing += self._compared(vergaderjaar)
        except SourceError as error:
            self.event("reconcile_failed", problem=str(error))
            return []
        self._reconciling = missing
        return missing

    def _years(self) -> list[str]:
        """Those held: the recent ones, and of the others each week the next."""
        held = [year for year in self.store.years() if _is_possible(year)]
        recent = [year for year in self._recent if year in held]
        older = [year for year in held if year not in recent]
        week = self._today.toordinal() // WEEK.days
        turns = range(week * OLDER, week * OLDER + min(OLDER, len(older)))
        return [*recent, *(older[turn % len(older)] for turn in turns)]

    def _compared(self, vergaderjaar: str) -> list[Record]:
        listed = self.source.of_year(vergaderjaar)
        names = {record.identifier for record in listed}
        held = self.store.records_of_year(self.name, vergaderjaar)
        if gone := [name for name in held if name not in names]:
            some = gone[:SHOWN]
            self.event("vanished", year=vergaderjaar, count=len(gone), records=some)
        absent = self._absent(listed)
        if len(absent) * TENTH > len(listed):
            # loaded in part on purpose: only from the first day that is followed
            since = self.store.position(f"{self.name}/since")
            absent = [one for one in absent if since and one.position[:10] >= since]
        self.event(
            "reconciled", year=vergaderjaar, listed=len(listed), missing=len(absent)
        )
        return absent

    def _absent(self, records: Sequence[Record]) -> list[Record]:
        """Those neither processed nor in quarantine."""
        known = self.store.known(self.name, [record.identifier for record in records])
        here = {*known, *self.store.waiting(self.name)}
        here |= {record.identifier for record in self.store.due(self.name)}
        return [record for record in records if record.identifier not in here]

    # ------------------------------------------------------------------ missing numbers

    def _gaps(self) -> Sequence[Record]:
        """Of the numbers whose turn it is, those that the source does have."""
        found = []
        for key in self.store.gaps(self._recent, PROBES):
            if self.stopping():
                break
            record = self.source.missing(key)
            try:
                reason = self._asked(record)
            except SourceError as error:
                self.event("gaps_unanswered", problem=str(error))
                break
            if reason is None:
                self.event("gap_found", identifier=record.identifier)
                found.append(record)
            else:
                self._miss(key, reason)
        return found

    def _asked(self, record: Record) -> str | None:
        """None with its first body at hand, else why there is none."""
        if self.store.known(self.name, [record.identifier]):
            return "onder dit nummer staat een andere publicatie"
        offers = self.source.offers(record, {})
        try:
            first = next(offers)
        except StopIteration:
            return NOT_FOUND
        except DocumentFault as fault:
            if fault.code == "document_missing":
                return NOT_FOUND
            return f"bij de bron niet te openen: {fault.code}"
        self._opened[record.identifier] = chain([first], offers)
        return None

    def _miss(self, key: Key, reason: str) -> None:
        self.store.transact(self._run_id, lambda unit: unit.miss(key, reason))
        self.event("gap_missed", identifier=key.identifier, reason=reason)


@dataclass(slots=True)
class MirrorCount:
    """Once a week, whether the mirror has all cases of the current vergaderjaar.

    `count` asks the source how many there are in a year. Called after a run.
    """

    name: str
    store: Store
    count: Callable[[str], int]
    now: Callable[[], datetime]
    event: Callable[..., None] = lambda name, **details: None

    def __call__(self, run_id: int) -> None:
        """Compare, where the source answers. Raises StoreError, Stopped."""
        today, place = self.now().date(), f"{self.name}/reconcile"
        if not is_due(self.store.position(place), today):
            return
        year = vergaderjaar_on(today)
        try:
            listed = self.count(year)
        except SourceError as error:
            self.event("reconcile_failed", problem=str(error))
        else:
            here = self.store.zaken_mirrored(year)
            name = "reconciled" if here >= listed else "mirror_incomplete"
            self.event(name, year=year, listed=listed, mirrored=here)
        # whatever came of it: a second road that is closed must not hold up every run
        self.store.transact(
            run_id, lambda unit: unit.checkpoint(place, today.isoformat())
        )


def is_due(last: str | None, today: date) -> bool:
    """Whether a week has passed since the ISO day `last`."""
    return last is None or date.fromisoformat(last) + WEEK <= today


def _is_possible(vergaderjaar: str) -> bool:
    first, last = int(vergaderjaar[:4]), int(vergaderjaar[5:])
    return first >= FIRST_YEAR and last == first + 1
