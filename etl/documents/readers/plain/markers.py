"""Note markers in plain text, where a 2 may be a note, a quantity or part of CO2.

Notes are numbered and referred to in order: of all numbers that could be markers,
the best rising chain is taken. A number that looks like one but fits nowhere stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.documents.datum import MONTH
from etl.documents.datum import PATTERN as DATUM
from etl.documents.label import parse_label

LONE = re.compile(r"(\d{1,3}(?:[ ,]+(?:en )?\d{1,3})*)(\s*[.,;:])?")
"""A line of nothing but markers: how extraction shows raised numbers."""

_ATTACHED = re.compile(r"(?<=[^\W\d_]|[?!.,;:»)”’\]])\d{1,3}(?![\w%€]|[.,]\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?P<mark>\d{1,2})(?![\w%€–-]|[.,]\d)")
_DATED = re.compile(
    rf"(?:\d{{4}}[–-]|\b(?:in|sinds|vanaf|begin|eind|medio|{MONTH})\s)$"
)
"""What makes four digits a year, so that a fifth is a marker: "Plan 2024–20272"."""

_LEADING = re.compile(r"(\d{1,3})(?=[\s.,;:?!»)])\s*")
_CAPITALS = re.compile(r"\b[A-Z]{1,4}$")
_COUNTED = re.compile(
    r"\b(?:vraag|antwoord|nrs?\.?|nummers?|circa|ongeveer|en|of|tot|t/m|op|van|de|met"
    r"|per|in)$"
)
"""Words that a number of their own belongs to: "het antwoord op vraag 5"."""

_LOOKED_AT = 20
"""Characters before a number: longer than "september " and a four-letter name."""

_DATE = re.compile(DATUM, re.IGNORECASE)
_DECIMAL = re.compile(r"(?<!\d{4})(?<=\d)[.,:]$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A span of a line that may be a marker, and how much it looks like one."""

    line: int
    start: int
    end: int
    refs: tuple[int, ...]
    weight: int


def possible(line: str) -> set[str]:
    """The numbers that a line may refer to, judged by the line alone."""
    if LONE.fullmatch(line):
        return set(re.findall(r"\d+", line))
    found = {match[0] for match in _ATTACHED.finditer(line)}
    found |= {match["mark"] for match in _years(line)}
    leading = _LEADING.match(line)
    return found | {leading[1]} if leading else found


def without_markers(
    lines: Sequence[str], count: int
) -> list[tuple[str, tuple[str, ...]]]:
    """Each line without its markers, and the numbers of the notes it refers to.

    `count` is how many notes there are.
    """
    found = [
        candidate
        for candidate in _candidates(lines)
        if candidate.refs[-1] <= count and candidate.refs[0] >= 1
    ]
    spans: dict[int, list[_Candidate]] = {}
    for candidate in _chain(found, count):
        spans.setdefault(candidate.line, []).append(candidate)
    return [_cut(line, spans.get(place, [])) for place, line in enumerate(lines)]


def _cut(line: str, spans: list[_Candidate]) -> tuple[str, tuple[str, ...]]:
    for span in sorted(spans, key=lambda one: -one.start):
        line = line[: span.start] + line[span.end :]
    refs = (ref for span in spans for ref in span.refs)
    return line, tuple(str(ref) for ref in sorted(refs))


def _candidates(lines: Sequence[str]) -> Iterator[_Candidate]:
    before = ""
    for place, line in enumerate(lines):
        if parse_label(line.strip()) is not None:
            before = ""
            continue
        if lone := LONE.fullmatch(line.strip()):
            yield from _lone(place, line, before, lone)
            continue
        yield from _leading(place, line, before)
        yield from _attached(place, line)
        before = line


def _lone(
    place: int, line: str, before: str, found: re.Match[str]
) -> Iterator[_Candidate]:
    """Markers on a line of their own; with a full stop it may be "op vraag 5."."""
    refs = tuple(map(int, re.findall(r"\d+", found[1])))
    if list(refs) != list(range(refs[0], refs[0] + len(refs))):
        return
    if not found[2]:
        yield _Candidate(place, 0, len(line), refs, 3 * len(refs))
    elif not _COUNTED.search(before.rstrip()) and not before.rstrip().endswith(":"):
        end = line.index(found[1]) + len(found[1])
        yield _Candidate(place, 0, end, refs, 2 * len(refs))


def _leading(place: int, line: str, before: str) -> Iterator[_Candidate]:
    """A number that begins a line within a paragraph, but for an item's number."""
    found = _LEADING.match(line)
    if found is None or not before:
        return
    item = before.rstrip().endswith((".", ":", ";")) and line[found.end(1)] in ".)"
    counted = _COUNTED.search(before.rstrip()) or _DATE.match(line)
    if not item and not counted:
        yield _Candidate(place, 0, found.end(), (int(found[1]),), 2)


def _attached(place: int, line: str) -> Iterator[_Candidate]:
    for found in _ATTACHED.finditer(line):
        before = _just_before(line, found)
        # CO2 and 1.2 look like markers; "EIB13" and "2023.4" are some.
        doubtful = _CAPITALS.search(before) or _DECIMAL.search(before)
        weight = 1 if doubtful else 3
        yield _Candidate(place, found.start(), found.end(), (int(found[0]),), weight)
    for found in _years(line):
        start, end = found.span("mark")
        yield _Candidate(place, start, end, (int(found["mark"]),), 1)


def _years(line: str) -> Iterator[re.Match[str]]:
    """Years with digits stuck to them."""
    for found in _YEAR.finditer(line):
        if _DATED.search(_just_before(line, found)):
            yield found


def _just_before(line: str, found: re.Match[str]) -> str:
    """As much as decides: a line may be a megabyte, with a hundred thousand numbers."""
    return line[max(0, found.start() - _LOOKED_AT) : found.start()]


@dataclass(frozen=True, slots=True)
class _Link:
    """A candidate and the link of the chain before it."""

    candidate: _Candidate
    before: _Link | None
    weight: int


def _chain(candidates: Sequence[_Candidate], count: int) -> list[_Candidate]:
    """The heaviest rising chain, in order."""
    ends: list[_Link | None] = [None] * (count + 1)
    for candidate in candidates:
        before = _heaviest(ends[: candidate.refs[0]])
        weight = candidate.weight + (before.weight if before else 0)
        standing = ends[candidate.refs[-1]]
        if standing is None or weight > standing.weight:
            ends[candidate.refs[-1]] = _Link(candidate, before, weight)
    found = []
    link = _heaviest(ends)
    while link is not None:
        found.append(link.candidate)
        link = link.before
    return found[::-1]


def _heaviest(links: Sequence[_Link | None]) -> _Link | None:
    return max(
        (link for link in links if link is not None),
        key=lambda link: link.weight,
        default=None,
    )
