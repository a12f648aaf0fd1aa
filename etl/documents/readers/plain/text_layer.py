"""Whether the text of a page can be trusted: lost blanks, unreadable letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.model.publicatie import Signaal
from etl.model.signaal import signaal

GLUED = 2.0
"""In a thousand words: text that lost its line breaks has 5 to 50, others 0 to 1.5."""

UNREADABLE = 0.01
"""Of the letters: even one in a hundred makes words unfit to search."""

MIN_WORDS = 20
SHOWN = 3
_WORD = 80

_ADDRESS = re.compile(r"https?:|www\.|\.(?:nl|com|org|eu|pdf)\b|[/@_]")
_NAMES = re.compile(
    r"(?:Mijn|Groen|Christen|Thuis|You|Face|Tik|Linked|Whats|Post|Net|Air|Power)[A-Z]"
)
_DATED = re.compile(
    r"[a-zà-ÿ]{3}\d{1,2} (?:jan|feb|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)"
    r"|(?:ari|maart|april|mei|juni|juli|stus|mber|ober)(?:19|20)\d\d"
)
"""A blank is missing around a date: once is enough to be sure."""

_JOINED = re.compile(
    r"[a-zà-ÿ]{2}[.?!][A-ZÀ-Þ][a-zà-ÿ]|[a-zà-ÿ]{2}[?!,;:][a-zà-ÿ]{2}"
    r"|[»”][A-Za-zÀ-ÿ]{2}|[a-zà-ÿ]{3}[«“][A-Za-z]{2}"
    r"|[a-zà-ÿ]{3}[A-ZÀ-Þ][a-zà-ÿ]{2}"
)
"""A blank may be missing between sentences, quotes, or before a capital."""

_PREFIXED = re.compile(
    r"(?:het|een|van|zijn|worden|wordt|deze|naar|heeft|werd)([a-zà-ÿ]{5,})"
)
"""Words that begin no compound: "eenopleiding" where "opleiding" stands elsewhere."""

_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


def signals_of(texts: Sequence[str]) -> Iterator[Signaal]:
    """What is odd about printed lines or prose as a whole."""
    text = " ".join(texts)
    if flag := _unreadable(text):
        yield flag
    if flag := _stuck(text):
        yield flag


def _unreadable(text: str) -> Signaal | None:
    """Letters without meaning, or words that fell apart or have no end."""
    words = text.split()
    letters = sum(map(len, words))
    unknown = len(_UNKNOWN.findall(text))
    if unknown > max(3, UNREADABLE * letters):
        return signaal("tekstlaag_slecht", f"{unknown} van {letters} tekens onleesbaar")
    if len(words) < MIN_WORDS and letters < 10 * MIN_WORDS:
        return None
    mean = letters / len(words)
    if 3 <= mean <= 15:
        return None
    return signaal("tekstlaag_slecht", f"woorden van gemiddeld {mean:.1f} tekens")


def _stuck(text: str) -> Signaal | None:
    """Words that stick together, as some ways of extraction leave them."""
    words = text.split()
    prose = " ".join(words)
    dated = _around(_DATED, prose)
    whole = {word.strip(".,;:?!«»()").lower() for word in words}
    found = dated | {hit for hit in _around(_JOINED, prose) if not _NAMES.search(hit)}
    found |= {word for word in whole if _is_prefixed(word, whole)}
    if not (dated or len(found) > 1) or len(found) < GLUED * len(words) / 1_000:
        return None
    shown = ", ".join(f"«{hit}»" for hit in sorted(found)[:SHOWN])
    return signaal("woorden_verkleefd", f"{len(found)} plaatsen, zoals {shown}")


def _around(pattern: re.Pattern[str], text: str) -> set[str]:
    """The words in which the pattern is found, but for addresses."""
    hits = set()
    for found in pattern.finditer(text):
        before = text[max(0, found.start() - _WORD) : found.start()].rsplit(
            " ", maxsplit=1
        )[-1]
        after = text[found.end() : found.end() + _WORD].split(" ", maxsplit=1)[0]
        if not _ADDRESS.search(before + found[0] + after):
            hits.add(before + found[0] + after)
    return hits


def _is_prefixed(word: str, whole: set[str]) -> bool:
    found = _PREFIXED.fullmatch(word)
    return found is not None and found[1] in whole
