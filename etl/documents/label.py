"""Labels: "Vraag 1", "Antwoord 3, 4 en 5", "Vraag 2 t/m 6", "Mededeling"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

MAX_RANGE = 300
"""More questions than any set has; a longer range is a misprint, not a range."""

_NUMBER = r"\d{1,3}[a-z]?"
_BETWEEN = r"(?:[,;&/–-]|\ben\b|\bt/m\b|\btot en met\b|\bt\.e\.m\.|\s)"
_NUMBERS = rf"{_NUMBER}(?:\s*{_BETWEEN}\s*{_NUMBER})*"
_LABEL = re.compile(
    rf"""(?: (?P<vraag>Vraag|Vragen)
        | (?P<antwoord>(?:Nader\s+)?Antwoord(?:en)?)
          (?:\s+op)? (?:\s+(?:de\s+)?(?:vraag|vragen))? )
        (?:\s*(?:nrs?\.?\s*)?(?P<nummers>{_NUMBERS}))? \s*[:.]?
    | (?P<mededeling>Mededeling|Opmerking) \s*[:.]?
    | (?P<toelichting>Toelichting) \s*[:.]?""",
    re.VERBOSE | re.IGNORECASE,
)
_PART = re.compile(rf"({_NUMBER})(?:\s*(t/m|tot en met|t\.e\.m\.|[-–])\s*({_NUMBER}))?")


class Subject(StrEnum):
    """What the block under a label is."""

    VRAAG = "vraag"
    ANTWOORD = "antwoord"
    MEDEDELING = "mededeling"
    TOELICHTING = "toelichting"


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, with the question numbers it names (none when bare)."""

    subject: Subject
    text: str
    nummers: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def parse_label(text: str) -> Label | None:
    """The label that the whole text is, or None for running text.

    A label starts with a capital: "vraag 3" at the start of a line is prose.
    """
    if len(text) > 120 or not text[:1].isupper():
        return None
    found = _LABEL.fullmatch(text)
    if found is None:
        return None
    subject = next(s for s in Subject if found[s.value])
    return Label(subject, text, parse_numbers(found["nummers"] or ""))


def parse_numbers(text: str) -> tuple[str, ...]:
    """All numbers that a label names, ranges written out, in printed order.

    >>> parse_numbers("2 t/m 4, 7 en 9a")
    ('2', '3', '4', '7', '9a')
    """
    numbers: list[str] = []
    for first, dash, last in _PART.findall(text):
        numbers.append(first)
        if dash:
            numbers.extend(_between(first, last))
    return tuple(numbers)


def _between(first: str, last: str) -> list[str]:
    if not (first.isdigit() and last.isdigit()):
        return [last]
    low, high = int(first), int(last)
    if not low < high <= low + MAX_RANGE:
        return [last]
    return [str(number) for number in range(low + 1, high + 1)]
