"""Labels: "Vraag 1", "Antwoord 3, 4 en 5", "Vraag 2 t/m 6", "Mededeling"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.model.publicatie import Deel

MAX_RANGE = 300
"""More questions than any set has; a longer range is a misprint, not a range."""

MAX_LENGTH = 300
"""Characters: a label that names 67 questions one by one has some 270."""

_LETTERED = r"\d{1,3}(?:[a-z](?![\w/])|\s[a-z](?![\w/.]))"
_NUMBER = rf"(?:{_LETTERED}|\d{{1,3}}|(?-i:[IVX]{{1,6}}\b))"
_UP_TO = r"(?:t/m|tm(?![a-z])|tot\s+en\s+met|t\.e\.m\.|[-–])"
_BETWEEN = rf"(?:\s|[,;&/+]|en(?![a-z])|{_UP_TO})+"
_ITEM = rf"(?:{_LETTERED}(?:{_BETWEEN}[a-z](?![\w/]))+|{_NUMBER})"
"""Letters alone only go on where a letter began: "2a, b en c"."""

_AGAIN = r"(?:(?:antwoord\s+)?(?:op\s+(?:de\s+)?)?vra(?:ag|gen)\s+|antwoord\s+)?"
"""The word may be said again: "vraag 7 en vraag 8", "op vraag 1 en op vraag 2"."""

_NUMBERS = rf"{_ITEM}(?:{_BETWEEN}{_AGAIN}{_ITEM})*"


def _misprints(word: str) -> str:
    """The word with one letter lost, doubled, or changed place, as alternatives."""
    found = set()
    for place in range(len(word)):
        before, after = word[:place], word[place + 1 :]
        found |= {before + after, before + word[place] * 2 + after}
        found.add(before + after[:1] + word[place] + after[1:])
    return "|".join(sorted(found - {word, word[1:], ""}))


_VRAAG, _ANTWOORD = _misprints("Vraag"), _misprints("Antwoord")
_MISPRINT = re.compile(rf"(?:{_VRAAG}|{_ANTWOORD})\s*\d", re.IGNORECASE)
_LABEL = re.compile(
    rf"""(?: (?P<vraag>Vraag|Vragen|(?:{_VRAAG})(?=\s*\d))
        | (?P<antwoord>(?:(?:Nader|Aanvullend)e?\s+)?Antwoord(?:en)?
            | (?:{_ANTWOORD})(?=\s*\d)
            | (?:Reactie\s+op|Beantwoording\s+van)(?=\s+(?:de\s+)?vra(?:ag|gen)\s*\d))
          (?:\s+(?:op|bij))? (?:\s+(?:de\s+)?(?:vraag|vragen))? )
        (?:(?:\s*(?:nrs?\.?\s*)?|\s+nummers?\s+)(?P<nummers>{_NUMBERS})
          (?:\s*\([^()]+\))?)? \s*[:.]?
    | (?P<mededeling>Mededeling|Opmerking) \s*[:.]?
    | (?P<toelichting>Toelichting) \s*[:.]?
    | (?P<bijlage>Bijlagen?) (?:\s+(?:\d\d?|[IVX]+|[A-F]))? \s*[:.]?""",
    re.VERBOSE | re.IGNORECASE,
)
_INITIALS = frozenset("VANRBMOT")
"""How a label can begin: the pattern is too dear to try on every paragraph."""

_LETTER = r"(?<!\w)[a-z](?![\w/.])"
_PART = re.compile(
    rf"({_NUMBER}|{_LETTER})"
    rf"(?:\s*{_UP_TO}\s*{_AGAIN}({_NUMBER}|{_LETTER}))?",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?:{_NUMBERS})\s*[.:)]?", re.IGNORECASE)


LABELLED = (Deel.VRAAG, Deel.ANTWOORD, Deel.MEDEDELING, Deel.TOELICHTING, Deel.BIJLAGE)
"""The parts that stand under a label."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, with the question numbers it names (none when bare)."""

    deel: Deel
    text: str
    nummers: tuple[str, ...] = ()


def parse_label(text: str) -> Label | None:
    """The label that the whole text is, or None for running text.

    A label starts with a capital: "vraag 3" at the start of a line is prose.
    """
    if text[:1] not in _INITIALS or len(text) > MAX_LENGTH:
        return None
    return _parsed(text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Label | None:
    found = _LABEL.fullmatch(text)
    if found is None:
        return None
    deel = next(deel for deel in LABELLED if found[deel.value])
    return Label(deel, text, parse_numbers(found["nummers"] or ""))


def is_misprint(label: str) -> bool:
    """Whether the word of a label is printed with a letter wrong: "Anwoord 3"."""
    printed_right = label.startswith(("Vraag ", "Antwoord "))
    return not printed_right and _MISPRINT.match(label) is not None


def parse_numbers(text: str) -> tuple[str, ...]:
    """All numbers that a label names, ranges written out, in printed order.

    >>> parse_numbers("2 t/m 4, 7 en 9a")
    ('2', '3', '4', '7', '9a')
    """
    numbers: list[str] = []
    for found in _PART.finditer(text):
        first = _whole(found[1], numbers)
        numbers.append(first)
        if found[2]:
            numbers.extend(_between(first, _whole(found[2], numbers)))
    return tuple(numbers)


def _whole(part: str, before: list[str]) -> str:
    """A number without its blank; a letter alone belongs to the number before it."""
    part = "".join(part.split())
    if part[0].isdigit():
        return part.lower()
    stem = before[-1][:-1] if before else ""
    return stem + part.lower() if stem.isdigit() and len(part) == 1 else part


def numbers_alone(text: str) -> tuple[str, ...]:
    """The numbers of a text that is nothing else ("1.", "2 en 3"), else none."""
    return parse_numbers(text) if _ALONE.fullmatch(text) else ()


def _between(first: str, last: str) -> list[str]:
    stem = first[:-1]
    if stem.isdigit() and last[:-1] == stem and first[-1] < last[-1]:
        return [f"{stem}{chr(c)}" for c in range(ord(first[-1]) + 1, ord(last[-1]) + 1)]
    if not (first.isdigit() and last.isdigit()):
        return [last]
    low, high = int(first), int(last)
    if not low < high <= low + MAX_RANGE:
        return [last]
    return [str(number) for number in range(low + 1, high + 1)]
