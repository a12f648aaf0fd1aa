"""The line "Zie ook Aanhangsel Handelingen …" that may follow the answer sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.model.identity import parse_vergaderjaar
from etl.model.publicatie import ZieOok

_NR = r"(?:nrs?|nummers?)\.?\s*"
_JAAR = r"(?P<jaar>\d{4}\s*[-–—/]\s*\d{2,4})"
_UP_TO = r"(?:t/m|tot\s+en\s+met|[-–])"
_NUMMER = r"(?:\d\.\d{3}(?!\d)|\d++)"
"""Also with a dot at the thousands."""

_NUMMERS = (
    rf"(?:{_NR})?(?P<nummers>{_NUMMER}"
    rf"(?:(?:\s*[,;&]\s*(?:en\s*)?|\s*en\s*|\s*{_UP_TO}\s*|\s)(?:{_NR})?"
    rf"{_NUMMER}(?!\s*[-–—/]\s*\d{{4}}))*)"
)
_BUNDLE = r"Aanhangsels?\s*(?:van\s+de\s+|der\s+)?Handelingen\s*(?:II|I|TK|EK)?\s*,?\s*"
ZIE_OOK = re.compile(
    r"Zie\s*(?:ook|tevens)?\s*:?\s*(?:het\s+)?"
    rf"{_BUNDLE}(?:vergaderjaar\s*)?"
    rf"{_JAAR}\s*,?\s*{_NUMMERS}",
    re.IGNORECASE,
)
_TOO = re.compile(
    rf"\s*(?:[,;]|\ben\b)\s*(?:en\s+)?(?:{_BUNDLE})?vergaderjaar\s*{_JAAR}\s*,?\s*{_NUMMERS}",
    re.IGNORECASE,
)
_DIGITS = r"(?<!\d)(\d\.\d{3}|\d{1,5})(?!\d)"
"""Of a number that a year can have: 87,000 digits are none."""

_NUMBER = re.compile(rf"{_DIGITS}(?:\s*{_UP_TO}\s*(?:{_NR})?{_DIGITS})?", re.IGNORECASE)
MAX_RANGE = 30
"""More earlier numbers than one line names; a longer range is a misprint."""


def zie_ook(text: str) -> Iterator[ZieOok]:
    """Every number that such lines name, in printed order, repeated ones too."""
    for match in ZIE_OOK.finditer(text):
        yield from _numbered(match)
        place = match.end()
        while more := _TOO.match(text, place):
            yield from _numbered(more)
            place = more.end()


def _numbered(match: re.Match[str]) -> Iterator[ZieOok]:
    try:
        jaar = parse_vergaderjaar(match["jaar"])
    except ValueError:  # a misprint such as 2022–203
        return
    for first, last in _NUMBER.findall(match["nummers"]):
        low, high = (int(each.replace(".", "")) for each in (first, last or first))
        for nummer in _span(low, high):
            yield ZieOok(vergaderjaar=jaar, aanhangselnummer=nummer)


def _span(first: int, last: int) -> list[int]:
    """Only a short rising range is written out."""
    if first < last <= first + MAX_RANGE:
        return list(range(first, last + 1))
    return list(dict.fromkeys((first, last)))
