"""The Handelingen (verbatim record) and its Aanhangsel, where questions stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.documents.grammar.verwijzing.found import (
    BARE,
    JAAR,
    NUMMERS,
    Found,
    numbered,
    vergaderjaar,
)
from etl.model.publicatie import Verwijzingsoort

_KAMER = (
    r"(?:\s?,?\s?\(?(?P<kamer>II|ll|I|[TE]K|(?:Tweede|Eerste)\s?Kamer)\b\)?"
    r"(?:\sder\sStaten-Generaal)?)?"
)
_JAAR = rf"\s?[,:(]?\s?(?:verga-?\s?der-?\s?jaar\s?)?(?P<jaar>{JAAR})\)?"
_NUMMER = rf"\s?[,;:]?\s?(?:{NUMMERS}|{BARE})"
_RECORD = r"Hande-?\s?lin-?\s?gen"
_NAME = (
    r"[Aa](?<!\w.)an-?\s?hang-?\s?sels?(?![a-z])\)?(?:\s?,?\s?(?:(?:van|bij|op)\s?de\s|der\s)?"
    rf"{_RECORD})?{_KAMER}"
)
_AANHANGSEL = re.compile(rf"{_NAME}{_JAAR}{_NUMMER}")
_REVERSED = re.compile(rf"{_NAME}\s?,?\s?{NUMMERS}(?:{_JAAR})?")
_MORE = re.compile(rf"\s?(?:,|;|en)\s?vergaderjaar\s?(?P<jaar>{JAAR}){_NUMMER}")
_HANDELINGEN = re.compile(
    rf"{_RECORD}{_KAMER}{_JAAR}\s?,?\s?(?:nr\.?\s?)?(?P<nummer>\d{{1,3}})(?!\d)"
    r"(?:\s?[,;]?\s?item\s?(?P<item>\d{1,3})(?!\d))?"
)
_KAMERS = {
    "II": "tk",
    "ll": "tk",
    "TK": "tk",
    "I": "ek",
    "EK": "ek",
    "T": "tk",
    "E": "ek",
}


def aanhangsels(text: str, kamer: str) -> Iterator[Found]:
    """References to earlier questions; `kamer` (tk, ek) where none is printed."""
    for found in (*_AANHANGSEL.finditer(text), *_REVERSED.finditer(text)):
        of = _kamer(found["kamer"]) or kamer
        yield from _found(found, of)
        more = _MORE.match(text, found.end())
        while more:
            yield from _found(more, of)
            more = _MORE.match(text, more.end())


def _found(found: re.Match[str], kamer: str) -> Iterator[Found]:
    """One for each number; a misprinted or missing year leaves no target."""
    jaar = vergaderjaar(found["jaar"])
    for nummer in numbered(found):
        doel = f"ah-{kamer}-{jaar}-{nummer}" if jaar else None
        yield Found(*found.span(), Verwijzingsoort.AANHANGSEL, doel)


def handelingen(text: str) -> Iterator[Found]:
    """References to the record; a target where meeting and item are both printed."""
    for found in _HANDELINGEN.finditer(text):
        kamer, jaar = _kamer(found["kamer"]), vergaderjaar(found["jaar"])
        certain = kamer and jaar and found["item"]
        doel = f"h-{kamer}-{jaar}-{int(found['nummer'])}-{int(found['item'] or 0)}"
        yield Found(
            *found.span(), Verwijzingsoort.HANDELINGEN, doel if certain else None
        )


def _kamer(printed: str | None) -> str | None:
    return _KAMERS.get(printed) or _KAMERS[printed[0]] if printed else None
