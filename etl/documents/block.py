"""The common form of every format: a stream of blocks in reading order."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from etl.model.publicatie import Deel, Signaal


class Kind(StrEnum):
    """What a block is by its look or markup; the grammar says what it means."""

    HEADING = "heading"
    """A sentence of the head: who asks whom, who answers when."""
    LABEL = "label"
    """"Vraag 1", "Antwoord 3 en 4", "Mededeling", "Toelichting"."""
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"
    NOTE = "note"
    FURNITURE = "furniture"
    """Page heads and feet, and what stands above the heading: number, year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of a document; `text` is cleaned prose on one line.

    `number` is that of a note, as printed, or of a question that prints none. `refs`
    are the numbers of notes that the text refers to; their markers are no longer in
    it. `page` counts from 1 where the format has pages. `deel` is what markup says
    that a label opens. `rule` says in a few words by what evidence the reader chose the
    kind: it is for people who look at a wrong reading, and decides nothing. `implied`
    marks a text
    that the document does not show: of an attribute, or a label that markup stands for.
    """

    kind: Kind
    text: str
    number: str | None = None
    refs: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    page: int | None = None
    deel: Deel | None = None
    rule: str = ""
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a body: its blocks, and how many letters it holds.

    `letters` counts all that the document shows, whether it came into a block or
    not: the measure for what was lost on the way. `signalen` are what the reader saw
    to be odd about the body itself.
    """

    blocks: Sequence[Block]
    letters: int
    signalen: tuple[Signaal, ...] = ()

    def __iter__(self) -> Iterator[Block]:
        """The blocks, in reading order."""
        return iter(self.blocks)


_ASCII = bytes(range(128))
_NO_LETTERS = bytes(code for code in _ASCII if chr(code) not in string.ascii_letters)

_UNSEEN = re.compile(
    rb"\xc2[\x80-\xa0\xad]|\xe2\x80[\x80-\x8f\xaf]|\xe2\x81\xa0|\xef\xbb\xbf"
)
"""Blanks, controls and soft hyphens beyond ASCII, in UTF-8: cleaning takes them out."""


def letters(text: str) -> int:
    """How many letters a text holds, in bytes of UTF-8.

    Digits, spaces and punctuation do not count: note markers leave the text and
    hyphens at the end of a line are mended, and neither is a loss.
    """
    encoded = text.encode("utf-8", "replace")
    found = len(encoded.translate(None, _NO_LETTERS))
    if text.isascii():
        return found
    # Few signs are beyond ASCII: only they are searched.
    beyond = encoded.translate(None, _ASCII)
    return found - sum(map(len, _UNSEEN.findall(beyond)))
