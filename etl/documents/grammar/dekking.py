"""Coverage (dekking): of how many letters of a document the place is known."""

from __future__ import annotations

from collections.abc import Iterator

from etl.documents.block import Reading, letters
from etl.documents.grammar.kop_rest import kop_rest
from etl.documents.grammar.parts import Parts
from etl.model.publicatie import Publicatie, Signaal
from etl.model.signaal import signaal

ENOUGH = 0.995
"""The share of the letters under which a document is flagged."""


def dekking(
    parts: Parts, reading: Reading, publicatie: Publicatie
) -> tuple[float, list[Signaal]]:
    """The share (0 to 1, rounded down) of the letters that were placed, and its flags.

    Placed is what came into the publication, what its heading says in a field, and
    what is known as page furniture.
    """
    rest = kop_rest(parts.heading, publicatie)
    share = _share(parts, reading.letters, letters(rest))
    return share, list(_flags(share, rest))


def _share(parts: Parts, shown: int, lost: int) -> float:
    if not shown:
        return 1.0
    texts = (
        each.block.text
        for each in parts.placed
        if not each.stray and not each.block.implied
    )
    found = letters(" ".join(texts)) - lost
    return max(0.0, min(1.0, int(10_000 * found / shown) / 10_000))


def _flags(share: float, rest: str) -> Iterator[Signaal]:
    if rest:
        yield signaal("kop_onvolledig", rest[:200])
    if share < ENOUGH:
        yield signaal("dekking_laag", f"{share:.1%}")
