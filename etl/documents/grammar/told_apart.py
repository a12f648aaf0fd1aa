"""Two ministries under one "van": "Staatssecretarissen van Defensie en Financiën".

Their names hold "en" and commas themselves, so only names that are known tell where
one ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from etl.model.lookup import LONGEST, Register
from etl.model.publicatie import Ambt, Bewindspersoon

Office = TypeVar("Office", Ambt, Bewindspersoon)

_BETWEEN = re.compile(r"\s*,\s*(?:en\s+)?|\s+en\s+")
MAX_PIECES = 16
"""Pieces between commas and "en"; more is no list of ministries."""


def told_apart(offices: Iterable[Office], ministeries: Register) -> Iterator[Office]:
    """The same offices, one for each ministry that a printed name joins.

    A name that is known as a whole stays whole, and so does one of which any part is
    unknown or that can be cut in two ways.
    """
    for office in offices:
        names = _names(office.ministerie or "", ministeries)
        if not names or _person(office):
            yield office
        else:
            yield from (replace(office, ministerie=name) for name in names)


def _person(office: Ambt | Bewindspersoon) -> bool:
    """One person has one ministry, however long its name."""
    return isinstance(office, Bewindspersoon) and office.naam is not None


def _names(printed: str, ministeries: Register) -> list[str]:
    """The only way to cut a name into fewest known ones; [] without such a way."""
    cuts = list(_BETWEEN.finditer(printed))
    if not cuts or len(cuts) >= MAX_PIECES or len(printed) > 2 * LONGEST:
        return []
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(printed)]
    best: list[list[list[str]]] = [[[]]]
    for last, end in enumerate(ends):
        ways = [
            [*way, printed[start:end]]
            for first, start in enumerate(starts[: last + 1])
            if ministeries.knows(printed[start:end])
            for way in best[first][:2]
        ]
        fewest = min(map(len, ways), default=0)
        best.append([way for way in ways if len(way) == fewest])
    return best[-1][0] if len(best[-1]) == 1 else []
