"""Identifiers of the Official Publications, where a text prints them themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.documents.grammar.verwijzing.found import DASH, Found, vergaderjaar
from etl.model.publicatie import Verwijzingsoort

_NAMES = re.compile(
    r"(?<![\w-])(?:(?P<kamerstuk>kst-\d{5}(?:-[A-Z0-9]{1,5}){1,3}(?:-[hn]\d)?)"
    r"|(?P<handelingen>h-[te]k-\d{8}-\d{1,3}-\d{1,3})"
    r"|(?P<staatsblad>stb-\d{4}-\d{1,4})"
    r"|(?P<staatscourant>stcrt-\d{4}-\d{1,6}))(?![\w-])"
)
_AANHANGSEL = re.compile(
    rf"(?<![\w-])[Aa][Hh]-(?P<kamer>[TEte][Kk])-(?P<eerste>\d{{4}}){DASH}?"
    rf"(?P<tweede>\d{{4}})(?:{DASH}|\s?,\s?nr\.?\s?)(?P<nummer>\d{{1,5}})(?!\d)"
)


def identifiers(text: str) -> Iterator[Found]:
    """References by identifier; people write that of an Aanhangsel in several ways."""
    for found in _NAMES.finditer(text):
        yield Found(*found.span(), Verwijzingsoort(str(found.lastgroup)), found[0])
    for found in _AANHANGSEL.finditer(text):
        jaar = vergaderjaar(f"{found['eerste']}-{found['tweede']}")
        doel = f"ah-{found['kamer'].lower()}-{jaar}-{int(found['nummer'])}"
        yield Found(*found.span(), Verwijzingsoort.AANHANGSEL, doel if jaar else None)
