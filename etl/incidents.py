"""What went wrong, from when it was first seen until it is over; told twice. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from etl import __version__

VERSION = 1
"""Of the message; it goes up when a field changes its meaning or goes."""

MOST = 2_000
"""Characters of an explanation in a message: services refuse what is much longer."""

EVERYWHERE = ""
"""The source of an incident that concerns the job as a whole."""

STORE_AWAY = "store_away"
"""The one incident that the database itself cannot remember."""

State = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a source: what kind, and in plain words what."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A fault with its times, as it is kept in `etl.incident`."""

    incident_id: int | None
    source: str
    code: str
    explanation: str
    opened_at: datetime
    closed_at: datetime | None = None
    run_id: int | None = None
    """The last run of its source when it was seen, or seen to be over."""

    def message(self, state: State) -> dict[str, Any]:
        """The JSON object for a webhook; `text` alone is enough for a chat."""
        explanation = self.explanation[:MOST]
        about = f"{self.source}: " if self.source else ""
        over = "over: " if state == "closed" else ""
        return {
            "version": VERSION,
            "program": f"aanhangsel-etl/{__version__}",
            "state": state,
            "incident_id": self.incident_id,
            "run_id": self.run_id,
            "source": self.source or None,
            "code": self.code,
            "explanation": explanation,
            "opened_at": _text(self.opened_at),
            "closed_at": _text(self.closed_at) if state == "closed" else None,
            "text": f"aanhangsel-etl: {over}{about}{explanation}",
        }


def ended(
    held: Iterable[Incident], found: Iterable[tuple[str, Fault]]
) -> list[Incident]:
    """Those open incidents of which nothing is seen any more."""
    seen = {(source, fault.code) for source, fault in found}
    return [one for one in held if (one.source, one.code) not in seen]


def _text(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat(timespec="seconds") if when else None
