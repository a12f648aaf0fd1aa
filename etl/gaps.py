"""Numbers that are missing here, asked for one by one with growing patience."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from etl.errors import DocumentFault, SourceError
from etl.model.identity import Key
from etl.model.record import Offer, Record
from etl.ports import Store, Yearbook

PROBES = 20
"""Most numbers that one run asks for."""

NOT_FOUND = "bij de bron niet gevonden"


@dataclass(slots=True)
class Gaps:
    """Asks a source for numbers that no listing brings; made anew for each run."""

    source: Yearbook
    store: Store
    stopping: Callable[[], bool] = lambda: False
    event: Callable[..., None] = lambda name, **details: None
    _opened: dict[str, Iterator[Offer]] = field(default_factory=dict)

    def found(self, run_id: int, recent: Sequence[str]) -> list[Record]:
        """Of the numbers whose turn it is, those that the source does have.

        `recent` are the session years that are followed now.
        """
        found = []
        for key in self.store.gaps(recent, PROBES):
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
                self._miss(run_id, key, reason)
        return found

    def opened(self, record: Record) -> Iterator[Offer] | None:
        """The bodies of a record that was found, once; they are not asked for again."""
        return self._opened.pop(record.identifier, None)

    def _asked(self, record: Record) -> str | None:
        """None with its first body at hand, else why there is none."""
        if self.store.known(self.source.name, [record.identifier]):
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

    def _miss(self, run_id: int, key: Key, reason: str) -> None:
        self.store.transact(run_id, lambda unit: unit.miss(key, reason))
        self.event("gap_missed", identifier=key.identifier, reason=reason)
