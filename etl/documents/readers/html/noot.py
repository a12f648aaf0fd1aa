"""The notes of an HTML page, which stand together below its text or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from etl.documents.block import Block, Kind
from etl.documents.readers.html.text import classes_of, flat
from etl.documents.readers.markup import MARKED

if TYPE_CHECKING:
    from lxml import etree

_NOTE = frozenset(("noot", "tabelnoot"))
_INLINE = frozenset(("a", "sup", "span"))
_ADDRESS = re.compile("https?://", re.IGNORECASE)


def is_note(element: etree._Element) -> bool:
    """Whether an element is a note, and no reference to one."""
    return element.tag not in _INLINE and not _NOTE.isdisjoint(classes_of(element))


def notes(root: etree._Element) -> Iterator[Block]:
    """Every note of a page with its number and addresses, in order."""
    found = [element for element in root.iter() if is_note(element)]
    below = "//*[@id='noten']//*[self::p or self::li]"
    for note in found or root.xpath(below):
        if not any(is_note(above) for above in note.iterancestors()):
            yield _note(note)


def _note(note: etree._Element) -> Block:
    text, numbers = flat(note)
    typed = None if numbers else MARKED.match(text)
    if typed:
        text, numbers = text[typed.end() :], (typed[1],)
    links = (a.get("href") or "" for a in note.iter("a"))
    return Block(
        kind=Kind.NOTE,
        text=text,
        number=numbers[0] if numbers else None,
        urls=tuple(dict.fromkeys(filter(_ADDRESS.match, links))),
        rule="noot",
    )
