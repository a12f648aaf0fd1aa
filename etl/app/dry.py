"""A store that reads and decides as the real one does, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from etl.combine import Whole
from etl.dedupe import Decision, Held
from etl.errors import DocumentFault
from etl.matching import Unmatched
from etl.ministers import Ambtsperiode
from etl.model.archive import Archived, Place
from etl.model.entity import Page
from etl.model.identity import Key
from etl.model.link import Asked, Linked
from etl.model.reading import Reading
from etl.model.record import Bron, Known, Record
from etl.model.run import Outcome, Tally
from etl.observed import Addressed, Term
from etl.people import Lid
from etl.ports import Queue, Store, Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DryUnit:
    """Looks up through the real unit, if there is one; all else it only accepts."""

    real: Unit | None

    def held(self, reading: Reading) -> Held:
        """What the real store holds."""
        return self.real.held(reading) if self.real else Held(current=None)

    def load(
        self, decision: Decision, held: Held, whole: Whole, reading: Reading
    ) -> int:
        """Nothing; the publicatie_id is of no row."""
        del decision, whole, reading
        return held.current.publicatie_id if held.current else 0

    def keep(self, publicatie_id: int, reading: Reading) -> None:
        """Nothing."""

    def attach(
        self, publicatie_id: int, source: str, bron: Bron, *, reread: bool = False
    ) -> None:
        """Nothing."""

    def withdraw(self, record: Record) -> bool:
        """As if it were news."""
        del record
        return True

    def quarantine(
        self, record: Record, fault: DocumentFault, bronnen: Sequence[Bron]
    ) -> datetime | None:
        """Nothing."""

    def settle(self, record: Record) -> None:
        """Nothing."""

    def advance(self, source: str, position: str) -> None:
        """Nothing."""

    def rewind(self, source: str, position: str) -> None:
        """Nothing."""

    def mirror(self, page: Page) -> Tally:
        """As if all were new."""
        seen = sum(entry.entity is not None for entry in page.entries)
        return Tally(seen=seen, new=seen)

    def checkpoint(self, name: str, token: str) -> None:
        """Nothing."""

    def miss(self, key: Key, reason: str) -> None:
        """Nothing."""

    def waiting_links(self, kind: Queue, most: int) -> Sequence[str]:
        """Nothing waits, as nothing was written."""
        del kind, most
        return []

    def count_mirror(self) -> None:
        """Nothing came in."""

    def link_people(self) -> None:
        """Nothing."""

    def link_zaken(self, ids: Sequence[str]) -> None:
        """Nothing."""

    def observe(self, terms: Sequence[Term]) -> None:
        """Nothing."""

    def unmatched(self, publicatie_ids: Sequence[str]) -> Sequence[Unmatched]:
        """Nobody."""
        del publicatie_ids
        return []

    def match(
        self, publicatie_ids: Sequence[str], zaken: Mapping[int, str | None]
    ) -> None:
        """Nothing."""

    def asked(self, publicatie_ids: Sequence[str]) -> Sequence[Asked]:
        """Nobody."""
        del publicatie_ids
        return []

    def link(self, publicatie_ids: Sequence[str], linked: Sequence[Linked]) -> None:
        """Nothing."""


class _Undo(Exception):
    """Carries a result out of a transaction that must not commit."""


@dataclass(frozen=True, slots=True)
class DryStore:
    """Implements the pipeline's Store over a real one, or over none at all."""

    real: Store | None

    def open_run(self, source: str) -> int:
        """No run is recorded."""
        del source
        return 0

    def close_run(
        self, run_id: int, outcome: Outcome, tally: Tally, problem: str | None
    ) -> None:
        """No run is recorded."""

    def claim(self, source: str, tick: datetime, daemon: str, *, again: bool) -> bool:
        """Nothing is taken up: a dry run is of no daemon."""
        del source, tick, daemon, again
        return False

    def finish(self, source: str, tick: datetime, *, good: bool) -> None:
        """Nothing."""

    def position(self, source: str) -> str | None:
        """The real cursor."""
        return self.real.position(source) if self.real else None

    def known(self, source: str, identifiers: Sequence[str]) -> Mapping[str, Known]:
        """What is really known."""
        return self.real.known(source, identifiers) if self.real else {}

    def due(self, source: str) -> Sequence[Record]:
        """What is really due."""
        return self.real.due(source) if self.real else []

    def waiting(self, source: str) -> Mapping[str, str]:
        """What really waits."""
        return self.real.waiting(source) if self.real else {}

    def documents(self, source: str) -> Sequence[Record]:
        """Those of the real mirror."""
        return self.real.documents(source) if self.real else []

    def documents_read(self, source: str, vergaderjaren: Sequence[str]) -> int:
        """How many really were."""
        return self.real.documents_read(source, vergaderjaren) if self.real else 0

    def years(self) -> Sequence[str]:
        """Those really held."""
        return self.real.years() if self.real else []

    def records_of_year(self, source: str, vergaderjaar: str) -> Sequence[str]:
        """Those really held."""
        return self.real.records_of_year(source, vergaderjaar) if self.real else []

    def gaps(self, recent: Sequence[str], most: int) -> Sequence[Key]:
        """Those really missing."""
        return self.real.gaps(recent, most) if self.real else []

    def zaken_mirrored(self, vergaderjaar: str) -> int:
        """Those really there."""
        return self.real.zaken_mirrored(vergaderjaar) if self.real else 0

    def leden(self) -> Sequence[Lid]:
        """Nobody: nothing is joined."""
        return []

    def ambtsperioden(self, *, sure: bool = False) -> Sequence[Ambtsperiode]:
        """None: nothing is joined."""
        del sure
        return []

    def addressed(self) -> Sequence[Addressed]:
        """Nobody: nothing is joined."""
        return []

    def archived(self, source: str, sha256: str) -> Bron | None:
        """What is really archived."""
        return self.real.archived(source, sha256) if self.real else None

    def archive(self, vergaderjaren: Sequence[str]) -> Sequence[Place]:
        """What is really archived."""
        return self.real.archive(vergaderjaren) if self.real else []

    def archived_at(self, place: Place) -> Archived | None:
        """What is really archived."""
        return self.real.archived_at(place) if self.real else None

    def transact(self, run_id: int, work: Callable[[Unit], T]) -> T:
        """Do `work` over a transaction that is rolled back."""
        if self.real is None:
            return work(DryUnit(None))
        results: list[T] = []

        def dry(unit: Unit) -> None:
            results.append(work(DryUnit(unit)))
            raise _Undo

        with suppress(_Undo):
            self.real.transact(run_id, dry)
        return results[-1]
