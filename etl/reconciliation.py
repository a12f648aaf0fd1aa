"""Once a week, what a source lists of some session years against what is here.

Nothing here fails a run: what could not be looked at is looked at by a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from etl.errors import SourceError
from etl.model.identity import vergaderjaar_on
from etl.model.record import Record
from etl.ports import Store, Yearbook

WEEK = timedelta(days=7)

OLDER = 1
"""Session years beside the current and the previous one that are listed in a week: a
year is some eight requests, and all have had their turn within eight months."""

TENTH = 10
"""A year of which at most one record in so many is absent is meant to be here whole."""

FIRST_YEAR = 1994

SHOWN = 20
"""Most names in one line of the log."""


@dataclass(slots=True)
class Reconciliation:
    """Compares every record of a year, as its source lists them."""

    source: Yearbook
    store: Store
    event: Callable[..., None] = lambda name, **details: None

    def missing(self, today: date) -> list[Record] | None:
        """What is not here; None where the week is not over or the source is away."""
        if not is_due(self.store.position(f"{self.source.name}/reconcile"), today):
            return None
        missing: list[Record] = []
        try:
            for vergaderjaar in self._years(today):
                missing += self._compared(vergaderjaar)
        except SourceError as error:
            self.event("reconcile_failed", problem=str(error))
            return None
        return missing

    def _years(self, today: date) -> list[str]:
        """Those held: the recent ones, and of the others each week the next."""
        held = [year for year in self.store.years() if _is_possible(year)]
        recent = [year for year in recent_years(today) if year in held]
        older = [year for year in held if year not in recent]
        week = today.toordinal() // WEEK.days
        turns = range(week * OLDER, week * OLDER + min(OLDER, len(older)))
        return [*recent, *(older[turn % len(older)] for turn in turns)]

    def _compared(self, vergaderjaar: str) -> list[Record]:
        listed = self.source.of_year(vergaderjaar)
        names = {record.identifier for record in listed}
        held = self.store.records_of_year(self.source.name, vergaderjaar)
        if gone := [name for name in held if name not in names]:
            some = gone[:SHOWN]
            self.event("vanished", year=vergaderjaar, count=len(gone), records=some)
        absent = self.absent(listed)
        if len(absent) * TENTH > len(listed):
            # loaded in part on purpose: only from the first day that is followed
            since = self.store.position(f"{self.source.name}/since")
            absent = [one for one in absent if since and one.position[:10] >= since]
        self.event(
            "reconciled", year=vergaderjaar, listed=len(listed), missing=len(absent)
        )
        return absent

    def absent(self, records: Sequence[Record]) -> list[Record]:
        """Those neither processed nor in quarantine."""
        name = self.source.name
        known = self.store.known(name, [record.identifier for record in records])
        here = {*known, *self.store.waiting(name)}
        here |= {record.identifier for record in self.store.due(name)}
        return [record for record in records if record.identifier not in here]


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


def recent_years(today: date) -> tuple[str, str]:
    """The current vergaderjaar and the previous one."""
    current = vergaderjaar_on(today)
    first = int(current[:4])
    return current, f"{first - 1}-{first}"


def is_due(last: str | None, today: date) -> bool:
    """Whether a week has passed since the ISO day `last`."""
    return last is None or date.fromisoformat(last) + WEEK <= today


def _is_possible(vergaderjaar: str) -> bool:
    first, last = int(vergaderjaar[:4]), int(vergaderjaar[5:])
    return first >= FIRST_YEAR and last == first + 1
