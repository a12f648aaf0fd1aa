"""Sets of questions by their number, and the earlier set that one is an addition to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from etl.documents.grammar.verwijzing.found import Found
from etl.model.publicatie import Verwijzingsoort

_ZAAK = re.compile(
    r"Z(?:(?<=[12]\d{3}Z)|(?<=[12]\d{3}\sZ))(?<![A-Z]\d{4}Z)\s?(\d{4,6})(?!\d)"
)
_NUMBERS = re.compile(
    r"[Vv]raag-?\s?nummers?\s?:?\s?\d{7,11}(?:\s?(?:,|en)\s?\d{7,11}){0,20}(?!\d)"
)
_ADDITION = re.compile(
    r"(?:aanvul-?\s?l(?:ing|end)|ver-?\s?volg)\s?op\b", re.IGNORECASE
)
_REACH = 400
"""Characters behind "aanvulling op" in which the earlier set is named."""

_SETS = (Verwijzingsoort.ZAAK, Verwijzingsoort.AANHANGSEL)


def zaken(text: str) -> Iterator[Found]:
    """Zaaknummers such as 2024Z14250, and the older numbers behind "vraagnummer"."""
    if "Z" in text:
        for found in _ZAAK.finditer(text):
            start = found.start() - len("2024")
            start -= text[found.start() - 1].isspace()
            doel = f"{text[start : start + 4]}Z{found[1]}"
            yield Found(start, found.end(), Verwijzingsoort.ZAAK, doel)
    if "raag-" in text or "raagnummer" in text:
        for found in _NUMBERS.finditer(text):
            for nummer in re.findall(r"\d+", found[0]):
                yield Found(*found.span(), Verwijzingsoort.ZAAK, nummer)


def additions(text: str, found: list[Found]) -> list[Found]:
    """The same references, those to questions that these are an addition to marked so.

    They are said to be one: "ter aanvulling op eerdere vragen … (vraagnummer …)",
    "Vervolg op vragen met nummer …".
    """
    ends = [cue.end() for cue in _ADDITION.finditer(text)]
    if not ends:
        return found
    return [_marked(text, one, ends) for one in found]


def _marked(text: str, one: Found, ends: list[int]) -> Found:
    place = bisect_right(ends, one.start) - 1
    if one.soort not in _SETS or place < 0 or one.start - ends[place] > _REACH:
        return one
    asked = "vra" in text[ends[place] : one.start].lower()
    return one._replace(soort=Verwijzingsoort.AANVULLING_OP) if asked else one
