"""Which zaak a publication is of, where neither prints nor names the other.

A PDF prints no zaaknummer, and neither does the listing of old years. But who asked, on
which day and about what is in both: where all three agree for one zaak only, it is that
one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.model.lookup import letters
from etl.model.naam import name_of_actor
from etl.model.publicatie import Indiener

SHARED = 0.6
"""Part of the words of the shorter subject that the other must have, too."""

STEM = 6
"""Letters by which two words are the same: afgelasten, afgelasting."""

LONGEST = 2000
"""Characters of a subject that are looked at."""

_WORD = re.compile(r"\w{4,}")
_EMPTY = frozenset(
    "bericht berichten artikel over naar aanleiding deze door voor wordt worden"
    " mogelijk inzake omtrent betreffende rond tegen vanuit vragen".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A zaak that began on the day of asking; `askers` as the Tweede Kamer writes."""

    zaaknummer: str
    onderwerp: str | None
    askers: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """A publication without a zaaknummer, and the zaken of its day of asking."""

    publicatie_id: int
    onderwerp: str | None
    indieners: Sequence[Indiener]
    candidates: Sequence[Candidate]


def matched(unmatched: Unmatched) -> str | None:
    """The zaaknummer of the one zaak of these askers on this subject, if it is one."""
    asked = {_surname(one) for one in unmatched.indieners}
    if not asked or "" in asked:
        return None
    found = [
        one.zaaknummer
        for one in unmatched.candidates
        if asked == {_actor(naam) for naam in one.askers}
        if shares_subject(unmatched.onderwerp, one.onderwerp)
    ]
    return found[0] if len(found) == 1 else None


def _surname(indiener: Indiener) -> str:
    if indiener.achternaam is None:
        return ""
    return letters(f"{indiener.tussenvoegsel or ''} {indiener.achternaam}")


def _actor(naam: str) -> str | None:
    """None, which is no printed name, where the parts are not certain."""
    parts = name_of_actor(naam)
    if parts is None:
        return None
    return letters(f"{parts.tussenvoegsel or ''} {parts.achternaam}")


def shares_subject(one: str | None, other: str | None) -> bool:
    """Whether the shorter of two subjects has most of its words in the other.

    >>> shares_subject("de afgelasting van intochten", "Het afgelasten van intochten")
    True
    """
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    shorter = min(len(first), len(second))
    return len(first & second) >= SHARED * shorter


def _words(text: str | None) -> set[str]:
    words = _WORD.findall((text or "")[:LONGEST].lower())
    return {letters(word)[:STEM] for word in words if word not in _EMPTY}
