"""What is kept of a record that was read: enough to read it again by itself."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.reading import Reading
from etl.model.record import Bron


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a reading is filed.

    `record` is None for a publication of before readings were kept: it has one, as far
    as its tables tell.
    """

    publicatie_id: int
    source: str
    record: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A reading as it is kept, and the body that it was read from."""

    place: Place
    reading: Reading
    bron: Bron

    @property
    def is_kept(self) -> bool:
        """Whether the reading itself is stored, not only what came of it."""
        return self.place.record is not None
