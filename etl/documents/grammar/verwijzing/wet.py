"""Staatsblad and Staatscourant: the official journals, by year and number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.documents.grammar.verwijzing.found import Found
from etl.model.publicatie import Verwijzingsoort

_PLACE = (
    r"\s?,?\s?(?:jaargang\s|van\s)?(?:\d{1,2}\s[a-z]{3,9}\s)?(?P<jaar>(?:1[89]|20)\d\d)"
    r"(?!\d)(?:\s?[,/:-]\s?|\s)(?:nr\.?\s?)?"
)
_BLAD = re.compile(
    r"S(?<!\w.)(?:(?P<stb>tb\.?|taats-?\s?blad)|(?:tcrt\.?|taats-?\s?courant))"
    rf"{_PLACE}(?P<nummer>\d{{1,6}})(?![\d–-])"
)
_ONE_A_NUMBER = 2010
"""From this year a number of the Staatscourant is one publication, no whole issue."""


def bekendmakingen(text: str) -> Iterator[Found]:
    """References such as "Stb. 2020, 118" and "Stcrt. 2021, nr. 12345"."""
    for found in _BLAD.finditer(text):
        jaar, nummer = int(found["jaar"]), int(found["nummer"])
        if found["stb"]:
            doel = f"stb-{jaar}-{nummer}"
            yield Found(*found.span(), Verwijzingsoort.STAATSBLAD, doel)
        else:
            certain = jaar >= _ONE_A_NUMBER
            doel = f"stcrt-{jaar}-{nummer}" if certain else ""
            yield Found(*found.span(), Verwijzingsoort.STAATSCOURANT, doel or None)
