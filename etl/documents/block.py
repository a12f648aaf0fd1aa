"""The common form of every format: a stream of blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from etl.documents.label import Subject


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

    `number` is that of a note, as printed. `refs` are the numbers of notes that
    the text refers to; their markers are no longer in it. `page` counts from 1
    where the format has pages. `subject` is what markup says that a label opens.
    """

    kind: Kind
    text: str
    number: str | None = None
    refs: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    page: int | None = None
    subject: Subject | None = None
