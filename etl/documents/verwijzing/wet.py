"""Staatsblad and Staatscourant: the official journals, by year and number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.documents.verwijzing.found import Found
from etl.model.publicatie import Verwijst

_PLACE = (
    r"\s?,?\s?(?:jaargang\s|van\s)?(?:\d{1,2}\s[a-z]{3,9}\s)?(?P<jaar>(?:1[89]|20)\d\d)"
    r"(?!\d)(?:\s?[,/:-]\s?|\s)(?:nr\.?\s?)?"
)
_STAATSBLAD = re.compile(
    rf"S(?<!\w.)(?:tb\.?|taats-?\s?blad){_PLACE}(?P<nummer>\d{{1,4}})(?![\d–-])"
)
_STAATSCOURANT = re.compile(
    rf"S(?<!\w.)(?:tcrt\.?|taats-?\s?courant){_PLACE}(?P<nummer>\d{{1,6}})(?![\d–-])"
)
_STB = re.compile(r"stb-(?<!\w....)(?P<jaar>\d{4})-(?P<nummer>\d{1,4})(?![\w-])")
_STCRT = re.compile(r"stcrt-(?<!\w......)(?P<jaar>\d{4})-(?P<nummer>\d{1,6})(?![\w-])")
_ONE_A_NUMBER = 2010
"""From this year every number of the Staatscourant is one publication of its own."""


def bekendmakingen(text: str) -> Iterator[Found]:
    """References such as "Stb. 2020, 118" and "Stcrt. 2021, nr. 12345"."""
    if "Stb" in text or "Staats" in text:
        yield from _numbered(_STAATSBLAD, text, Verwijst.STAATSBLAD)
    if "Stcrt" in text or "Staats" in text:
        yield from _numbered(_STAATSCOURANT, text, Verwijst.STAATSCOURANT)
    if "stb-" in text:
        yield from _numbered(_STB, text, Verwijst.STAATSBLAD)
    if "stcrt-" in text:
        yield from _numbered(_STCRT, text, Verwijst.STAATSCOURANT)


def _numbered(pattern: re.Pattern[str], text: str, soort: Verwijst) -> Iterator[Found]:
    """An older number of the Staatscourant is an issue, with several publications."""
    blad = "stb" if soort is Verwijst.STAATSBLAD else "stcrt"
    for found in pattern.finditer(text):
        jaar, nummer = int(found["jaar"]), int(found["nummer"])
        certain = blad == "stb" or jaar >= _ONE_A_NUMBER
        yield Found(
            *found.span(), soort, f"{blad}-{jaar}-{nummer}" if certain else None
        )
