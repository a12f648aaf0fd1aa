"""Kamerstukken (parliamentary papers): a dossier and the number of a paper in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.documents.grammar.verwijzing.found import DASH, JAAR, NUMMERS, Found, numbered
from etl.model.publicatie import Verwijzingsoort

_DOSSIER = r"\d[\s.]?\d{3}(?!\d)"
_ROMAN = r"[IVXL]{1,5}[A-C]?"
_TAIL = (
    r"(?:\s?\(?R\d{3,4}\)?)?"  # the number of a rijkswet, in no identifier
    rf"(?:\s?{DASH}?\s?(?P<hoofdstuk>{_ROMAN}|[A-JM])(?!\w)|{DASH}(?P<deel>\d\d)(?!\d))?"
    rf"(?P<meer>(?:\s?(?:,|/|;|en)\s?[1-3]{_DOSSIER}(?:\s?{_ROMAN}(?!\w)|-\d\d(?!\d))?){{0,5}})"
)
_NUMBER = (
    rf"(?:\s?[,;:]?\s?{NUMMERS}|{DASH}(?P<kort>\d{{1,4}})(?!\d)"
    r"|\s?,\s?(?:nr\.?\s)?(?P<letter>[A-Z]{1,2})(?=\s?(?:[.,;:)\]»]|$|p\.|blz|herdruk|en\b|van\b))"
    r"|\s?,\s?(?P<los>\d{1,4})(?=\s?(?:[.;)\]»]|$|p\.|blz|,(?!\s?\d))))?"
)
_STUK = re.compile(rf"(?P<dossier>[1-3](?<![\dA-JL-Z.].){_DOSSIER}){_TAIL}{_NUMBER}")
_BRACKETED = re.compile(r"\([1-3]\d\s?\d{3}[-–]\d{1,4}\)")
_DOCUMENT = re.compile(r"D(?<=[12]\d{3}D)(?<![A-Z]\d{4}D)\d{5}(?!\d)")
_BEFORE = re.compile(
    rf"(?:[Kk]amerst(?:uk(?:ken)?|\.)|\b(?:Tweede|Eerste)\s?Kamer\b|\b[TE]K"
    rf"|\bI{{1,2}}\s(?={JAAR}))"
    r"(?:\s?[,:(]?\s?(?:[Il]{1,2}(?:/[Il]{1,2})?\b|[TE]K\b|(?:Tweede|Eerste)\s?Kamer"
    r"|der\sStaten-Generaal|vergaderjaar|dossier|nummer|met|nrs?\.?|"
    rf"{JAAR})){{0,6}}\s?[,:(]?\s?$"
)
_MONEY = re.compile(r"[€$]\s?$")
_WORDS = ("amer", "TK", "EK", "I ")
_AHEAD = 80
"""Characters before a dossier in which "Kamerstukken II, vergaderjaar …" stands."""

_MANY_SERIES = "21501"
"""The dossier of the European councils: each has a number of two digits behind it."""


def kamerstukken(text: str) -> Iterator[Found]:
    """References to papers by dossier and number, or by document number."""
    if _announced(text) or _BRACKETED.search(text):
        yield from _papers(text)
    if "D" in text:
        for found in _DOCUMENT.finditer(text):
            number = found.start() - len("2024")
            start = _opening(text, 0, number)
            begin = number if start is None else start
            doel = text[number : found.end()]
            yield Found(begin, found.end(), Verwijzingsoort.KAMERSTUK, doel)


def _announced(text: str) -> bool:
    """Whether a text can hold a paper outside brackets; spelled out, it costs least."""
    return (
        "nr" in text
        or "amers" in text
        or "TK" in text
        or "EK" in text
        or "Kamer," in text
    )


def _papers(text: str) -> Iterator[Found]:
    place = 0
    for found in _STUK.finditer(text):
        start = _opening(text, place, found.start())
        if start is not None or _unmistakable(text, found):
            place = found.end()
            begin = found.start() if start is None else start
            for doel in _doelen(found):
                yield Found(begin, place, Verwijzingsoort.KAMERSTUK, doel)


def _opening(text: str, place: int, start: int) -> int | None:
    """Where the words that announce a paper begin, not before `place`; else None."""
    ahead = max(place, start - _AHEAD)
    words = text[ahead:start]
    if not any(word in words for word in _WORDS):
        return None
    before = _BEFORE.search(words)
    return ahead + before.start() if before else None


def _unmistakable(text: str, found: re.Match[str]) -> bool:
    """Whether a dossier without any word before it can be nothing else."""
    if _MONEY.search(text, max(0, found.start() - 2), found.start()):
        return False
    if found["one"] or found["many"]:
        return True
    if _series(found["dossier"]) == _MANY_SERIES:
        return bool(found["deel"])
    short = found["deel"] or found["kort"]
    return bool(short) and _in_brackets(text, found)


def _in_brackets(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    return text[start - 1 : start] == "(" and text[end : end + 1] == ")"


def _series(dossier: str) -> str:
    return "".join(filter(str.isdigit, dossier))


def _doelen(found: re.Match[str]) -> Iterator[str | None]:
    """What a match points to: one for each number, and None for a further dossier.

    A paper that belongs to two dossiers has its number in the first; dossiers joined
    by "en" may as well be two papers, and then it is not certain whose number it is.
    """
    dossier = _series(found["dossier"])
    toevoeging, nummers = _numbered(found)
    certain = "en" not in found["meer"] and (dossier != _MANY_SERIES or found["deel"])
    stem = "-".join(filter(None, ("kst", dossier, toevoeging)))
    if certain:
        yield from (f"{stem}-{nummer}" for nummer in nummers)
    if found["meer"] or not (nummers and certain):
        yield None


def _numbered(found: re.Match[str]) -> tuple[str | None, list[str]]:
    """What stands behind the dossier, and the numbers of the papers.

    In "36 471-64" the paper is 64, in "21 501-02" there is none; in "36 373 H" it
    is H, but "36 200 X" is a chapter of the budget.
    """
    deel, hoofdstuk = found["deel"], found["hoofdstuk"]
    printed = (found["kort"], found["letter"], found["los"])
    nummers = [str(number) for number in numbered(found)] or [n for n in printed if n]
    if nummers:
        return deel or hoofdstuk, nummers
    if deel and deel[0] != "0" and _series(found["dossier"]) != _MANY_SERIES:
        return None, [deel]
    if hoofdstuk and not re.fullmatch(_ROMAN, hoofdstuk):
        return None, [hoofdstuk]
    return deel or hoofdstuk, []
