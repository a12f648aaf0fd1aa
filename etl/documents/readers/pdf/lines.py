"""Runs to lines: what stands on one baseline, with raised numbers set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from etl.documents.label import parse_numbers
from etl.documents.readers.pdf.runs import Run
from etl.documents.text import clean

_SAME_LINE = 0.6
"""Baselines closer than this part of the letter size are one line: leading is 1.1."""

_SMALLER = 0.85
_RAISED = 0.15
_GAP = 0.15
_MARKER = re.compile(
    r"\d{1,3}(?:(?:\s*[,;]?\s*|\s*(?:en|t/m|[–-])\s*)\d{1,3})*\s*[,;]?"
)
_BETWEEN = frozenset((",", ";", "en", "–", "-"))
"""Signs between markers, when they are set apart from the numbers."""

_UNIT = re.compile(r"(?:\b|\d)(?:[kcdm]?m|ha)$|(?<![\d.,])10$")


@dataclass(slots=True)
class Piece:
    """Part of a line; `raised` if it is set as a note marker is.

    `parts` are what it was drawn in, when that was more than one piece.
    """

    text: str
    raised: bool = False
    parts: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether it is nothing but space."""
        return not self.text.strip()


@dataclass(slots=True)
class Line:
    """One printed line. Lengths in points; `gap` is the distance to the line above.

    `gap` is None for the first line of a page.
    """

    page: int
    x: float
    y: float
    end: float
    size: float
    tag: str
    content: int
    pieces: list[Piece] = field(default_factory=list)
    gap: float | None = None

    @property
    def text(self) -> str:
        """The line as printed, markers included; a blank at its end is kept."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def unraised(self) -> str:
        """The line without what may be markers."""
        return "".join(piece.text for piece in self.pieces if not piece.raised)

    @property
    def number(self) -> str | None:
        """The raised digits at the start of the line, where a note has its number."""
        for piece in self.pieces:
            if piece.text.strip():
                return piece.text.strip().rstrip(".)") if piece.raised else None
        return None

    def raise_alone(self, body: float) -> None:
        """Mark a number that is all of the line, and small, as raised."""
        if self.size < _SMALLER * body and _MARKER.fullmatch(self.text.strip()):
            for piece in self.pieces:
                piece.raised = True

    @property
    def rest(self) -> str:
        """The line without its number."""
        pieces = list(self.pieces)
        while pieces and not pieces[0].text.strip():
            pieces.pop(0)
        return "".join(piece.text for piece in pieces[1:])


def build_lines(page: int, runs: Iterable[Run]) -> list[Line]:
    """The lines of a page in the order in which they were set."""
    groups: list[list[Run]] = []
    for run in runs:
        if groups and _continues(groups[-1], run):
            groups[-1].append(run)
        elif run.text.strip():
            groups.append([run])
    lines = [_line(page, group) for group in groups]
    for above, line in pairwise(lines):
        line.gap = above.y - line.y if above.y > line.y else None
    return lines


def _continues(group: Sequence[Run], run: Run) -> bool:
    last = group[-1]
    main = max(group, key=lambda r: r.size)
    if abs(run.y - main.y) > _SAME_LINE * max(main.size, run.size):
        return False
    return run.x >= last.end - 0.6 * max(last.size, run.size) or run.x >= last.x


def _line(page: int, group: Sequence[Run]) -> Line:
    main = max(group, key=lambda r: (r.size, len(r.text)))
    line = Line(
        page=page,
        x=min(run.x for run in group),
        y=main.y,
        end=max((run.end for run in group if run.text.strip()), default=main.end),
        size=main.size,
        tag=main.tag,
        content=main.content,
    )
    before: Run | None = None
    for run in group:
        raised = _is_raised(run, main)
        if before is not None and run.x - before.end > _GAP * main.size:
            _space(line)
        line.pieces.append(Piece(clean(run.text), raised))
        before = run
    line.pieces = _together(line.pieces)
    return line


def _is_raised(run: Run, main: Run) -> bool:
    text = run.text.strip()
    return (
        run.size < _SMALLER * main.size
        and run.y > main.y + _RAISED * main.size
        and (_MARKER.fullmatch(text) is not None or text in _BETWEEN)
    )


def _together(pieces: Sequence[Piece]) -> list[Piece]:
    """Markers in a row as one piece, whatever they were drawn in: "1", ",", "2"."""
    whole: list[Piece] = []
    for piece in pieces:
        text = piece.text
        if piece.raised and len(whole) > 1 and whole[-2].raised and whole[-1].blank:
            text = whole.pop().text + text
        if piece.raised and whole and whole[-1].raised:
            last = whole[-1]
            parts = (*(last.parts or (last.text,)), text)
            whole[-1] = Piece(last.text + text, raised=True, parts=parts)
        else:
            whole.append(piece)
    return whole


def _apart(pieces: Iterable[Piece], numbers: frozenset[str]) -> Iterator[Piece]:
    """The pieces, apart as they were drawn where together they are no note's number."""
    for piece in pieces:
        if piece.parts and not numbers.issuperset(parse_numbers(piece.text)):
            yield from (Piece(part, raised=True) for part in piece.parts)
        else:
            yield piece


def _space(line: Line) -> None:
    if line.pieces and not line.pieces[-1].text.endswith(" "):
        line.pieces.append(Piece(" "))


def body_size(lines: Iterable[Line]) -> float:
    """The letter size that most of the text has, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


@dataclass(slots=True)
class Markers:
    """Tells markers from exponents: notes are numbered, and referred to in order.

    `numbers` are those of the notes, `certain` those that somewhere stand raised
    behind something else than a unit.
    """

    numbers: frozenset[str]
    certain: frozenset[str] = frozenset()
    last: int = 0

    @classmethod
    def of(cls, numbers: Iterable[str], lines: Iterable[Line]) -> Markers:
        """For the text in these lines."""
        known = frozenset(numbers)
        certain: set[str] = set()
        for line in lines:
            text = ""
            for piece in _apart(line.pieces, known):
                if piece.raised and not _UNIT.search(text):
                    certain.update(parse_numbers(piece.text))
                text += piece.text
        return cls(known, frozenset(certain))

    def taken(self, line: Line) -> tuple[str, list[str]]:
        """The text of a line without its note markers, and the numbers referred to."""
        text = ""
        refs: list[str] = []
        for piece in _apart(line.pieces, self.numbers):
            found = parse_numbers(piece.text) if piece.raised else ()
            if found and self._refers(found, text):
                refs += found
                self.last = max(self.last, *map(int, found))
                text += " " if piece.text != piece.text.strip() else ""
            else:
                text += piece.text
        return text, refs

    def _refers(self, found: Sequence[str], before: str) -> bool:
        if not all(number in self.numbers for number in found):
            return False
        unit = _UNIT.search(before)
        if unit is None or (unit[0] != "10" and found[0] not in ("2", "3")):
            return True
        return int(found[0]) == self.last + 1 and found[0] not in self.certain
