"""The plain text of a Word file: lines as typed, and no printed page around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.documents.block import Reading, letters
from etl.documents.readers.typed import arranged
from etl.documents.readers.typed.line import Line
from etl.documents.text import squeeze

NAMED = re.compile(
    r"AH\s*\d{1,5}\s?[a-z]?|\(?\d{4}Z\s?\d{5}(?:\s*(?:,|;|/|en)\s*\d{4}Z\s?\d{5})*\)?"
)
"""How a Word file of the first days begins: its number, its case."""

HEAD_LINES = 6
"""Lines with text in which the name stands."""


def is_typed(lines: Sequence[str], furniture: re.Pattern[str]) -> bool:
    """Whether this is the text of a Word file: named first, and without `furniture`."""
    flat = [squeeze(line) for line in lines]
    head = [line for line in flat if line][:HEAD_LINES]
    if not any(NAMED.fullmatch(line) for line in head):
        return False
    return not any(furniture.fullmatch(x) and not NAMED.fullmatch(x) for x in flat)


def read_typed(lines: Sequence[str]) -> Reading:
    """The blocks of lines as typed."""
    return Reading(arranged(_typed(lines)), letters(squeeze(" ".join(lines))))


def _typed(lines: Sequence[str]) -> Iterator[Line]:
    """Only a blank line ends a paragraph."""
    inside = False
    for line in lines:
        text = squeeze(line)
        if text:
            yield Line(text=text, joins=inside, rule="line of a text")
        inside = bool(text)
