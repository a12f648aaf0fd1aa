"""Law of the European Union: acts, proposals and procedures; and case law by ECLI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters

from etl.documents.grammar.verwijzing.found import Found
from etl.model.publicatie import Verwijzingsoort

_UNION = r"EU|EG|EEG|EGKS|Euratom|GBVB|JBZ"
_ACT = re.compile(
    r"(?P<soort>[Rr]ichtlijn|[Vv]erordening|[Bb]esluit|[Kk]aderbesluit|[Bb]eschikking)"
    rf"(?:en)?(?:\s?\(?(?P<unie>{_UNION})(?:[,/]\s?(?:{_UNION}))?\)?)?\s?"
    r"(?P<nr>[Nn]r\.?\s?)?(?<![\d/])(?P<eerste>\d{1,4})/(?P<tweede>\d{1,4})(?!\d|/\d)"
    rf"(?:/(?P<achter>{_UNION})\b)?"
)
_MORE = re.compile(
    rf"\s?(?:,|en)\s?(?P<eerste>\d{{2,4}})/(?P<tweede>\d{{1,4}})/(?P<achter>{_UNION})\b"
)
_DOCUMENT = re.compile(
    r"(?P<reeks>[CJS](?<!\w.)(?:OM|OIN|WD))\s?\(\s?(?P<jaar>(?:19|20)\d\d)\s?\)\s?"
    r"(?:nr\.?\s?)?(?P<nummer>\d{1,4})(?!\d)(?:\s?(?:final|definitief|def\.))?"
)
_PROCEDURE = re.compile(
    r"([12](?<![\d/].)\d{3}/\d{4})\s?\(?(COD|CNS|NLE|APP|AVC|SYN|BUD|INI)\)?(?!\w)"
)
_ECLI = re.compile(
    r"\bECLI:\s?([A-Z]{2}):([A-Z0-9]{1,7}):(\d{4}):([A-Z0-9](?:[A-Z0-9.]{0,23}[A-Z0-9])?)"
)
_CELEX = re.compile(r"[356](?<![\w/=:-].)(?:19|20)\d\d[A-Z]{1,2}\d{4}(?![\w/-])")
_WORDS = ("ichtlijn", "erordening", "esluit", "eschikking")
_LETTER = {"r": "L", "v": "R", "b": "D", "k": "F"}
_TURNED = 2015
"""From this year all acts are numbered year/number; regulations were number/year."""

_OLDEST = 1951


def documents(text: str) -> Iterator[Found]:
    """Documents of the Commission by number, and any act by its CELEX number."""
    for found in _DOCUMENT.finditer(text):
        doel = f"{found['reeks']}({found['jaar']}){int(found['nummer'])}"
        yield Found(*found.span(), Verwijzingsoort.EU, doel)
    for found in _CELEX.finditer(text):
        yield Found(*found.span(), Verwijzingsoort.EU, found[0])


def uitspraken(text: str) -> Iterator[Found]:
    """Court decisions by ECLI; those of the courts of the EU count as EU."""
    for found in _ECLI.finditer(text):
        soort = Verwijzingsoort.EU if found[1] == "EU" else Verwijzingsoort.UITSPRAAK
        yield Found(*found.span(), soort, "ECLI:" + ":".join(found.groups()))


def acts(text: str) -> Iterator[Found]:
    """Directives, regulations and decisions, and procedures such as 2023/0234 (COD)."""
    if any(word in text for word in _WORDS):
        yield from _acts(text)
    for found in _PROCEDURE.finditer(text):
        yield Found(*found.span(), Verwijzingsoort.EU, f"{found[1]}({found[2]})")


def _acts(text: str) -> Iterator[Found]:
    for found in _ACT.finditer(text):
        letter = _LETTER.get(found["soort"][0].lower(), "D")
        if found["soort"][:3].lower() == "bes" and not (
            found["unie"] or found["achter"]
        ):
            continue  # a national decision is numbered like this too
        start = _word_start(text, found.start())
        yield Found(
            start, found.end(), Verwijzingsoort.EU, _celex(letter, found, found["unie"])
        )
        more = _MORE.match(text, found.end())
        while more:
            yield Found(*more.span(), Verwijzingsoort.EU, _celex(letter, more, None))
            more = _MORE.match(text, more.end())


def _word_start(text: str, start: int) -> int:
    """Where a compound such as "Uitvoeringsverordening" begins."""
    before = text[max(0, start - 30) : start]
    return start - len(before) + len(before.rstrip(ascii_letters))


def _celex(letter: str, found: re.Match[str], union: str | None) -> str | None:
    """The CELEX number of an act; None where its figures can be read two ways."""
    first, second = found["eerste"], found["tweede"]
    numbered = bool(found.groupdict().get("nr"))
    if letter in "LF" or (letter == "D" and not numbered):
        year_first, number_first = _year(first) is not None, False
    else:
        year_first = (_year(first) or 0) >= _TURNED and union not in ("EG", "EEG")
        number_first = (_year(second) or _TURNED) < _TURNED
    if year_first and number_first:
        year_first = not numbered
        number_first = numbered
    if year_first == number_first:
        return None
    year, number = (first, second) if year_first else (second, first)
    return f"3{_year(year)}{letter}{int(number):04d}"


def _year(text: str) -> int | None:
    """The year that two or four figures stand for, None where they cannot be one."""
    year = int(text) + 1900 if len(text) == 2 else int(text)
    return year if _OLDEST <= year < 2100 else None
