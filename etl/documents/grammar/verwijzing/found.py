"""What every kind of reference shares: a place in a text, years and numbers.

All patterns of this package are made for one pass: what repeats is bounded or stands
at their end, and no two neighbours can take the same characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.documents.datum import MONTH
from etl.model.identity import parse_vergaderjaar
from etl.model.publicatie import Verwijzingsoort


class Found(NamedTuple):
    """A reference at `start` to `end` of a text, and what it points to."""

    start: int
    end: int
    soort: Verwijzingsoort
    doel: str | None


DASH = "[-–—]"
JAAR = rf"(?:1[89]|20)\d\d\s?(?:{DASH}|/)\s?\d{{2,4}}(?!\d)"
"""A vergaderjaar as printed, misprints such as 2022–203 included."""

_NUMMER = r"\d{1,4}(?!\d|\s\d{3}(?!\d))"
_STOPS = r"(?=\s?(?:[.,;:)\]»]|$|en\b))"
_ONE = rf"{_NUMMER}(?:\s?(?:,|en|&)\s?(?:nr\.?\s?{_NUMMER}|{_NUMMER}{_STOPS})){{0,40}}"
"""After "nr." a next number must look like the end of something: it may be a date."""

_MANY = (
    rf"{_NUMMER}(?:\s?(?:,|en|&|t/m|tot\sen\smet|{DASH})\s?{_NUMMER}"
    rf"(?!\s(?:{MONTH})\b)){{0,40}}"
)
NUMMERS = (
    rf"(?:(?:[Nn]rs\.?|nummers)\s?(?P<many>{_MANY})"
    rf"|(?:[Nn]r|no|nummer)(?![a-z])[.,:]?\s?(?P<one>{_ONE}))"
)
"""One number or more behind "nr.", "nrs.", "nummer"; `numbers` reads them."""

BARE = rf"(?P<bare>{_NUMMER}{_STOPS}(?:\s?en\s?{_NUMMER}{_STOPS}){{0,40}})"
"""The same where "nr." is left out: only before what looks like an end."""

_RANGE = re.compile(rf"(\d+)(?:\s?(?:t/m|tot\sen\smet|{DASH})\s?(\d+))?")
WIDEST = 50
"""Numbers that a range such as "nrs. 3 t/m 6" may stand for; more is a misprint."""


def numbered(found: re.Match[str]) -> list[int]:
    """The numbers that NUMMERS or BARE took in a match; none is an empty list."""
    names = found.re.groupindex.keys() & {"many", "one", "bare"}
    return [n for name in names if found[name] for n in numbers(found[name])]


def numbers(text: str) -> Iterator[int]:
    """The numbers in a list as printed, a range written out.

    >>> [*numbers("12, 13 en 15 t/m 17")]
    [12, 13, 15, 16, 17]
    """
    for first, last in _RANGE.findall(text):
        start, end = int(first), int(last or first)
        if start <= end < start + WIDEST:
            yield from range(start, end + 1)
        else:
            yield from (start, end)


def vergaderjaar(text: str | None) -> str | None:
    """The year as in an identifier, `20182019`; None for a misprint or none at all."""
    try:
        first, _, second = parse_vergaderjaar(text or "").partition("-")
    except ValueError:
        return None
    return first + second if int(second) == int(first) + 1 else None
