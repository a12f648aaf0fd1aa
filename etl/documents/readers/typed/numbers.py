"""Questions that have only a number before them, told from lists inside answers.

The evidence is the document's own count: between two answers stand the questions that
the second one answers, and their numbers go on where the questions before stopped. A
list counts from 1 again, so an item that follows its own predecessor is no question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.documents.label import Label
from etl.documents.readers.typed.line import Line
from etl.model.publicatie import Deel

_ALONE = re.compile(r"(\d{1,3})\s*[.):]?")
_BEFORE = re.compile(
    r"(\d{1,3})(?:\s*[.)]\s*(?=[^\W\d_]|[‘’“«\"'(])|\s+(?=[A-ZÀ-Þ‘“«\"']))"
)
_LIMIT = 300
"""More questions than any set has; a higher number is none of a question."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that begins with a number: as printed, and where the text starts."""

    number: int
    printed: str
    end: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be a question."""

    place: int
    line: Line
    numbered: Numbered
    follows: bool
    """The candidate before it has the number before its own."""
    asks: bool
    """It ends as a question does, itself or on the line that it goes on in."""

    @property
    def form(self) -> str:
        """How the number is made and printed; questions of one text share it."""
        lone = "" if self.line.shown[self.numbered.end :].strip() else " alone"
        return self.line.series or self.numbered.printed.lstrip("0123456789") + lone

    def weight(self, form: str | None) -> int:
        """How much it looks like a question, beside others of the same number."""
        return 4 * (self.form == form) - 2 * self.follows + self.asks


def number_of(line: Line) -> Numbered | None:
    """The number a line begins with, typed or counted by Word."""
    shown = line.shown
    found = _ALONE.fullmatch(line.marker or shown) or _BEFORE.match(shown)
    if found is None or not 0 < int(found[1]) <= _LIMIT:
        return None
    end = len(line.marker) if line.marker else found.end()
    return Numbered(int(found[1]), shown[:end].strip(), end)


def questions(
    lines: Sequence[Line], labels: Sequence[Label | None]
) -> Mapping[int, Numbered]:
    """The lines that are questions, by their place.

    Where there are answers, each stretch before one ends in the questions it answers.
    """
    found: dict[int, Numbered] = {}
    form, expected = None, 1
    for stretch, last, answered in _stretches(lines, labels):
        for question in _run(stretch, expected, last, form, needed=answered):
            found[question.place] = question.numbered
            form = form or question.form
            expected = question.numbered.number + 1
    return found


def _stretches(
    lines: Sequence[Line], labels: Sequence[Label | None]
) -> Iterator[tuple[list[_Candidate], int, bool]]:
    """Candidates between answers, the last number answered, and whether it is answered.

    Without any answer the whole text is one stretch that has to hold the questions.
    """
    stretch: list[_Candidate] = []
    answers = 0
    for place, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is not None and label.deel is Deel.ANTWOORD:
            last = max((int(n) for n in label.nummers if n.isdigit()), default=0)
            yield stretch, last, True
            stretch, answers = [], answers + 1
        elif label is not None:
            # A toelichting or an annex is no place for questions.
            break
        elif numbered := number_of(line):
            before = stretch[-1].numbered.number if stretch else None
            follows = before == numbered.number - 1
            asks = _asks(lines[place : place + 2], numbered)
            stretch.append(_Candidate(place, line, numbered, follows, asks))
    yield stretch, 0, not answers


def _asks(lines: Sequence[Line], numbered: Numbered) -> bool:
    lone = not lines[0].shown[numbered.end :].strip()
    own = lines if lone or lines[-1].joins else lines[:1]
    return own[-1].text.endswith("?")


def _run(
    stretch: Sequence[_Candidate],
    expected: int,
    last: int,
    form: str | None,
    *,
    needed: bool,
) -> Iterator[_Candidate]:
    """The questions of one stretch: rising from the number that is next.

    Within a run an item may follow its predecessor: that is how questions come.
    """
    place = 0
    while not last or expected <= last:
        choice = [
            (candidate.weight(form) + 2 * _before(stretch, at, place), -at)
            for at, candidate in enumerate(stretch)
            if at >= place and candidate.numbered.number == expected
        ]
        if not choice:
            return
        at = -max(choice)[1]
        question = stretch[at]
        listed = question.follows and not _before(stretch, at, place)
        if place == 0 and not needed and not (question.asks and form == question.form):
            return
        if listed and (place > 0 or not needed):
            return
        yield question
        place, expected = at + 1, expected + 1
        form = form or question.form


def _before(stretch: Sequence[_Candidate], at: int, place: int) -> bool:
    """Whether the candidate right before is the question before, and no list item."""
    return place > 0 and at == place and stretch[at].follows
