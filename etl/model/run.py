"""What a run did, and whether it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a run ended; `running` until it did."""

    RUNNING = "running"
    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class Verdict(StrEnum):
    """What became of one record in a run."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    QUARANTINED = "quarantined"


@dataclass(slots=True)
class Tally:
    """Counts of one run. `seen` is counted on its own, so that a leak shows."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    quarantined: int = 0

    def count(self, verdict: Verdict) -> None:
        """Add one record's verdict."""
        setattr(self, verdict.value, getattr(self, verdict.value) + 1)

    def add(self, other: Tally) -> None:
        """Add all counts of another."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def balances(self) -> bool:
        """Whether seen = new + changed + unchanged + withdrawn + quarantined."""
        parts = self.new + self.changed + self.unchanged
        return self.seen == parts + self.withdrawn + self.quarantined
