"""Reading the archive again with today's parser, without any source.

A publication is written only where it is read otherwise, in one transaction; killed
at any moment, doing it again ends in the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from etl.combine import combined, rank
from etl.dedupe import Decision, decide, reading_of
from etl.documents import Understood
from etl.errors import DocumentFault
from etl.model.archive import Archived, Place
from etl.model.change import Change, changes
from etl.model.reading import Reading
from etl.model.record import Record
from etl.model.run import Outcome, Tally, Verdict
from etl.pipeline import Report, recorded
from etl.ports import Store, Unit

NAME = "replay"
"""What its runs are recorded as: no source."""

Read = Callable[
    [Iterable[Archived]], Iterator[tuple[Archived, Understood | DocumentFault]]
]
"""Understands bodies, in the order in which they are handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A publication that is read otherwise than before."""

    identifier: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A record as it was read, and as it is read now."""

    before: Archived
    now: Reading

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to write."""
        old, new = self.before.reading, self.now
        same = (old.formaat, old.sha256) == (new.formaat, new.sha256)
        return self.before.is_kept and same and old.content() == new.content()

    @property
    def has_moved(self) -> bool:
        """Whether it may now be of another publication."""
        names = ("key", "identifier", "zaaknummers")
        old, new = self.before.reading, self.now
        return any(getattr(old, name) != getattr(new, name) for name in names)


@dataclass(slots=True)
class Replay:
    """One pass over the archive; made anew for each.

    `vergaderjaren` restricts it, none is all. `changed` and `failed` (identifier and
    reason) tell afterwards what came of it. `after` joins what was loaded.
    """

    store: Store
    read: Read
    vergaderjaren: Sequence[str] = ()
    stopping: Callable[[], bool] = lambda: False
    progress: Callable[[int, int, Tally], None] = lambda done, total, tally: None
    event: Callable[..., None] = lambda name, **details: None
    after: Callable[[int], None] = lambda run_id: None
    tally: Tally = field(default_factory=Tally)
    changed: list[Reread] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self) -> Report:
        """Read all again and load what differs; never raises EtlError."""
        report = Report(NAME, self.tally)
        return recorded(self.store, report, self._pass, self.event)

    def _pass(self, run_id: int) -> Outcome:
        places = self.store.archive(self.vergaderjaren)
        found = self.read(self._archived(places))
        for _, group in groupby(found, key=lambda one: one[0].place.publicatie_id):
            self._publication(run_id, list(group))
            self.progress(self.tally.seen, len(places), self.tally)
            if self.stopping():
                break
        self.after(run_id)
        if self.stopping():
            return Outcome.INTERRUPTED
        return Outcome.PARTIAL if self.tally.quarantined else Outcome.COMPLETE

    def _archived(self, places: Iterable[Place]) -> Iterator[Archived]:
        for place in places:
            if self.stopping():
                return
            archived = self.store.archived_at(place)
            if archived is not None:
                yield archived

    def _publication(
        self, run_id: int, found: Sequence[tuple[Archived, Understood | DocumentFault]]
    ) -> None:
        """All records of one publication."""
        pairs = []
        for archived, understood in found:
            try:
                pairs.append(Pair(before=archived, now=_reading(archived, understood)))
            except DocumentFault as fault:
                self._fail(archived, fault)
        other = [pair for pair in pairs if not pair.is_same]
        self._count(Verdict.UNCHANGED, len(pairs) - len(other))
        stay = [pair for pair in other if not pair.has_moved]
        moved = [pair for pair in other if pair.has_moved]
        # together, so that the publication gets one new version, not one a record
        for pairs in filter(None, (stay, *([pair] for pair in moved))):
            self._load(run_id, pairs)

    def _load(self, run_id: int, pairs: Sequence[Pair]) -> None:
        try:
            reread = self.store.transact(run_id, lambda unit: _write(unit, pairs))
        except DocumentFault as fault:
            for pair in pairs:
                self._fail(pair.before, fault)
            return
        self._count(Verdict.CHANGED if reread else Verdict.UNCHANGED, len(pairs))
        if reread:
            self.changed.append(reread)
            names = [change.name for change in reread.changes]
            self.event("reread", identifier=reread.identifier, changed=names)

    def _fail(self, archived: Archived, fault: DocumentFault) -> None:
        self._count(Verdict.QUARANTINED)
        name = archived.reading.identifier or archived.reading.record
        self.failed.append((name, str(fault)))
        self.event("not_understood", identifier=name, reason=str(fault))

    def _count(self, verdict: Verdict, times: int = 1) -> None:
        for _ in range(times):
            self.tally.seen += 1
            self.tally.count(verdict)


def _reading(archived: Archived, found: Understood | DocumentFault) -> Reading:
    """As a run would read it now. Raises DocumentFault."""
    if isinstance(found, DocumentFault):
        raise found
    held = archived.reading
    record = Record(
        source=held.source,
        identifier=held.record,
        position="",
        fingerprint="",
        metadata=held.metadata,
    )
    reading = reading_of(
        record,
        found.publicatie,
        found.formaat,
        found.dekking,
        archived.bron.sha256,
    )
    return replace(reading, withdrawn=held.withdrawn)


def _write(unit: Unit, pairs: Sequence[Pair]) -> Reread | None:
    """Load these records of one publication; what changed in it, None for nothing.

    The one that ranks first is loaded, with the others in the place of what they
    were read as before.
    """
    first, *rest = sorted(pairs, key=lambda pair: rank(pair.now))
    reading, held = first.now, unit.held(first.now)
    before = combined((*held.readings, first.before.reading))
    fresh = {(pair.now.source, pair.now.record): pair.now for pair in rest}
    readings = [fresh.get((one.source, one.record), one) for one in held.readings]
    held = replace(held, readings=tuple(readings))
    whole = held.whole(reading)
    decision = decide(held, whole, reading)
    publicatie_id = unit.load(decision, held, whole, reading)
    for pair in rest:
        unit.keep(publicatie_id, pair.now)
    unit.attach(publicatie_id, reading.source, first.before.bron, reread=True)
    if decision is Decision.UNCHANGED and not first.before.is_kept:
        # what its tables do not tell of the former reading is no change
        return None
    found = changes(before.publicatie.as_json(), whole.publicatie.as_json())
    if not found:
        # of a value that another source gives, or that is of no version
        found = [
            change
            for pair in pairs
            for change in changes(_told(pair.before.reading), _told(pair.now))
        ]
    return Reread(identifier=whole.identifier, changes=found)


def _told(reading: Reading) -> dict[str, Any]:
    content = reading.content()
    return {**content.pop("publicatie"), **content}
