"""Whole session years of a source: their records alone, and what they will take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from etl.errors import EtlError
from etl.model.record import Offer, Record, Validators
from etl.ports import Store, Yearbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What is ahead: documents there are, those to fetch, and the polite time for it.

    `seconds` is the least, with one request a document; `about` says that the source
    was only asked how many there are.
    """

    listed: int
    fetch: int
    seconds: float
    about: bool = False


@dataclass(slots=True)
class Years:
    """Implements the pipeline's Source: the records of whole session years.

    Listed once; an error is kept, so that a source that is away is asked once.
    """

    source: Yearbook
    vergaderjaren: Sequence[str]
    lists_all: bool = True
    _found: Sequence[Record] | EtlError | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        """That of the source."""
        return self.source.name

    def records(self, position: str | None) -> Sequence[Record]:
        """All of these years, whatever the position. Raises SourceError, Stopped."""
        del position
        if self._found is None:
            try:
                self._found = self._listed()
            except EtlError as error:
                self._found = error
        if isinstance(self._found, EtlError):
            raise self._found
        return self._found

    def _listed(self) -> Sequence[Record]:
        found: dict[str, Record] = {}
        for vergaderjaar in self.vergaderjaren:
            for record in self.source.of_year(vergaderjaar):
                found[record.identifier] = record
        return list(found.values())

    def offers(
        self, record: Record, validators: Mapping[str, Validators]
    ) -> Iterator[Offer]:
        """Those of the source."""
        return self.source.offers(record, validators)

    def completed(self, record: Record) -> Record:
        """As the source completes it."""
        return self.source.completed(record)


def to_fetch(store: Store, source: str, records: Sequence[Record]) -> int:
    """How many of these records a run asks the source for."""
    known = store.known(source, [record.identifier for record in records])
    waiting = store.waiting(source)

    def passes_by(record: Record) -> bool:
        held = known.get(record.identifier)
        covered = held is not None and held.covers(record)
        return covered or waiting.get(record.identifier) == record.fingerprint

    return sum(not passes_by(record) for record in records)
