"""Whose fault a silence is, the document's or the source's.

A document without a sensible answer is a suspect until the source answers for
another one. Neither may one bad document stop a run for ever, nor a source that is
down send all of its documents to quarantine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.errors import DocumentFault, SourceError, SourceUnreachable
from etl.model.record import Bron, Known, Record
from etl.ports import Source

SUSPECTS = 3
"""So many documents in a row without a sensible answer, and the source is suspected."""

WITNESSES = 3
"""So many documents from further on are tried before the source is said to be down."""


VAGUE = {
    "error_page": "error pages for documents",
    "request_refused": "documents are refused",
}
"""Faults that may be the source's, and what is said when they are: maintenance looks
like the one, a ban like the other."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A record without a sensible answer, by its own fault or the source's.

    `fault` is what it goes to quarantine with when the source answers for another,
    `error` what the run ends with when it does not.
    """

    record: Record
    fault: DocumentFault
    error: SourceError
    bronnen: Sequence[Bron]


def witnesses_among(rest: Sequence[Record]) -> Sequence[Record]:
    """The records to try before a source is called down: spread, from the far end."""
    step = max(1, len(rest) // WITNESSES)
    return rest[::-step][:WITNESSES]


def answers_again(
    source: Source, loaded: Sequence[Record], known: Mapping[str, Known]
) -> bool | None:
    """Whether the source still answers for one of the last documents it gave before.

    None where there is no such document.
    """
    for record in loaded[: -WITNESSES - 1 : -1]:
        held = known.get(record.identifier)
        try:
            next(source.offers(record, held.validators if held else {}), None)
        except SourceUnreachable:
            continue
        except DocumentFault as fault:
            if fault.code in VAGUE:
                continue
        return True
    return False if loaded else None
