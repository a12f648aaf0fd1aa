"""What of a page without marks is its heading, and what is none of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.documents.block import Block, Kind
from etl.documents.readers.plain import FURNITURE, in_heading
from etl.documents.text import squeeze

if TYPE_CHECKING:
    from lxml import etree

_NUMBER = re.compile(r"\d{1,5}\s?[a-z]?")
"""Of the publication, on a line of its own."""

_TITLES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))


def headed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those before the first label told apart by their words.

    What reads neither like the heading nor like the head of a page stays a paragraph.
    """
    heading: list[str] = []
    labelled = False
    for block in blocks:
        labelled = labelled or block.kind is Kind.LABEL
        told = block if labelled else _told(block, heading)
        if told.kind is Kind.HEADING:
            heading.append(told.text)
        yield told


def _told(block: Block, heading: list[str]) -> Block:
    if block.kind is not Kind.PARAGRAPH:
        return block
    said = f"{block.rule} before any label"
    if FURNITURE.fullmatch(block.text) or _NUMBER.fullmatch(block.text):
        return replace(block, kind=Kind.FURNITURE, rule=said)
    if in_heading(heading, block.text):
        return replace(block, kind=Kind.HEADING, rule=said)
    return block


def is_relations(element: etree._Element) -> bool:
    """Whether an element is the table "Relaties" of the site, or its title."""
    if element.tag in _TITLES:
        after = element.getnext()
        return after is not None and after.tag == "table" and _says(element)
    if element.tag != "table":
        return False
    title = next(element.iterchildren("caption"), None)
    return any(
        each is not None and _says(each) for each in (title, element.getprevious())
    )


def _says(element: etree._Element) -> bool:
    return not len(element) and squeeze(element.text or "").casefold() == "relaties"
