"""Word files (.docx, ECMA-376) to blocks, in the order of the body.

python-docx opens the package and finds its parts; what it leaves out (notes, content
controls, tracked changes, text boxes) is read from the elements themselves.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import docx
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from lxml import etree

from etl.documents.block import Kind, Reading, letters
from etl.documents.label import parse_label
from etl.documents.readers.typed import arranged
from etl.documents.readers.typed.line import Line, Ref, lines_of
from etl.documents.readers.word.archive import members_of
from etl.documents.readers.word.docx_numbering import Numbering, W, formatted
from etl.documents.readers.word.docx_text import (
    Note,
    Paragraph,
    inner,
    paragraph_of,
    shown_text,
)
from etl.documents.readers.xml.tree import parse_xml
from etl.documents.text import squeeze
from etl.errors import DocumentFault

if TYPE_CHECKING:
    from docx.opc.part import Part

_P, _TABLE, _ROW = f"{W}p", f"{W}tbl", f"{W}tr"
_NOTES = ((RT.FOOTNOTES, "footnote", "decimal"), (RT.ENDNOTES, "endnote", "lowerRoman"))
_BROKEN = (
    PythonDocxError, OpcError, zipfile.BadZipFile, zlib.error, etree.LxmlError,
    KeyError, IndexError, ValueError, AttributeError, TypeError, OSError,
    NotImplementedError,
)  # fmt: skip
"""What python-docx lets through when a package is damaged."""


def read_docx(body: bytes) -> Reading:
    """The blocks of a Word file: page heads and feet, the body in order, the notes.

    Raises DocumentFault: what `members_of` raises, and `archive_corrupt` for a sound
    zip that is no whole Word document.
    """
    members_of(body)
    try:
        part = docx.Document(io.BytesIO(body)).part
        numbering = _related(part, RT.NUMBERING)
        styles = _related(part, RT.STYLES)
        whole = _Document(part, Numbering(numbering, styles))
    except _BROKEN as error:
        said = squeeze(f"{type(error).__name__}: {error}")[:200]
        raise DocumentFault("archive_corrupt", said) from None
    lines = [*whole.furniture(), *whole.lines(), *whole.note_lines()]
    return Reading([*arranged(lines)], whole.letters())


@dataclass(slots=True)
class _Document:
    """A Word document that is being read: its parts, and the notes met so far."""

    part: Part
    numbering: Numbering
    root: etree._Element = field(init=False)
    notes: dict[tuple[str, str], Note] = field(default_factory=dict)
    pages: list[etree._Element] = field(default_factory=list)
    written: dict[tuple[str, str], tuple[etree._Element, Part]] = field(
        default_factory=dict
    )
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = parse_xml(self.part.blob)
        # Once a part: a thousand relations may lead to one of a megabyte.
        inside = (each for each in self.part.rels.values() if not each.is_external)
        once = {(each.reltype, each.target_part.partname): each for each in inside}
        for relation in once.values():
            if relation.reltype in (RT.HEADER, RT.FOOTER):
                self.pages.append(parse_xml(relation.target_part.blob))
            for reltype, name, _ in _NOTES:
                if relation.reltype == reltype:
                    self._keep(name, relation.target_part)

    def _keep(self, name: str, part: Part) -> None:
        """Keep the notes of one kind by their ids."""
        for element in parse_xml(part.blob).iterchildren(f"{W}{name}"):
            self.written[name, element.get(f"{W}id") or ""] = (element, part)

    def letters(self) -> int:
        """All letters that the document shows, but those of notes never referred to."""
        roots = [self.root, *self.pages]
        texts = [*map(shown_text, roots), *(note.shown for note in self.notes.values())]
        return letters(squeeze(" ".join(texts)))

    def furniture(self) -> Iterator[Line]:
        """The page heads and feet."""
        for root in self.pages:
            for each in _blocks(root):
                text = squeeze("".join(map(_plain, self._paragraphs_text(each))))
                if text:
                    yield Line(text=text, kind=Kind.FURNITURE, rule="header or footer")

    def _paragraphs_text(self, element: etree._Element) -> Iterator[str | Ref]:
        for paragraph in _paragraphs(element):
            yield from paragraph_of(paragraph, self.part.rels, self._refer).pieces
            yield " "

    def lines(self) -> Iterator[Line]:
        """The body, in order."""
        for element in _blocks(self.root):
            if element.tag == _ROW:
                yield from self._row(element)
            else:
                yield from self._paragraph(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Line]:
        read = paragraph_of(element, self.part.rels, self._refer)
        yield from self._lines_of(element, read)

    def _lines_of(self, element: etree._Element, read: Paragraph) -> list[Line]:
        properties = element.find(f"{W}pPr")
        marker = self.numbering.marker(properties)
        style = None if properties is None else properties.find(f"{W}pStyle")
        rule = "w:p" if style is None else f"w:p style {style.get(f'{W}val')}"
        return lines_of(
            read.pieces,
            kind=Kind.LIST_ITEM if marker else Kind.PARAGRAPH,
            marker=marker.text if marker else "",
            series=marker.series if marker else "",
            urls=read.urls,
            rule="numbered list item" if marker else rule,
        )

    def _row(self, row: etree._Element) -> Iterator[Line]:
        """A table row on one line, cells and their paragraphs joined by a blank."""
        pieces: list[str | Ref] = []
        for element in _paragraphs(row):
            read = paragraph_of(element, self.part.rels, self._refer)
            for line in self._lines_of(element, read):
                pieces += [line.shown, *map(Ref, line.refs), " "]
        yield from lines_of(pieces, kind=Kind.TABLE_ROW, rule="w:tr")

    def _refer(self, name: str, identifier: str) -> str:
        """The number that Word prints for a reference: notes count by first use."""
        key = (name, identifier)
        if key not in self.notes:
            style = next(style for _, each, style in _NOTES if each == name)
            self.counts[name] = self.counts.get(name, 0) + 1
            self.notes[key] = self._note(key, formatted(self.counts[name], style))
        return self.notes[key].number

    def _note(self, key: tuple[str, str], number: str) -> Note:
        if key not in self.written:
            return Note(number=number)
        element, part = self.written[key]
        paragraphs = [
            paragraph_of(each, part.rels, lambda *_: "")
            for each in _paragraphs(element)
        ]
        return Note(
            number=number,
            text=squeeze(" ".join(_joined(each) for each in paragraphs)),
            urls=tuple(url for each in paragraphs for url in each.urls),
            shown=shown_text(element),
        )

    def note_lines(self) -> Iterator[Line]:
        """The notes referred to, in the order of their numbers."""
        for (name, _), note in self.notes.items():
            if note.text:
                yield Line(
                    text=note.text,
                    kind=Kind.NOTE,
                    number=note.number,
                    urls=note.urls,
                    rule=f"w:{name}",
                )


def _joined(paragraph: Paragraph) -> str:
    return "".join(map(_plain, paragraph.pieces))


def _plain(piece: str | Ref) -> str:
    return piece if isinstance(piece, str) else ""


def _related(part: Part, reltype: str) -> etree._Element | None:
    for relation in part.rels.values():
        if relation.reltype == reltype and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _blocks(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, and the rows of tables that hold data, in order.

    A table that only places text on the page is read as its paragraphs. The stack is
    our own: hostile depth must not be Python's recursion.
    """
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == _P:
            yield element
            stack.extend(reversed(_boxes(element)))
        elif element.tag == _ROW and not _places(element):
            yield element
        else:
            stack.extend(reversed(list(inner(element))))


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """The text boxes that hang on a paragraph: they stand beside its text."""
    found: list[etree._Element] = []
    stack = list(inner(paragraph))[::-1]
    while stack:
        element = stack.pop()
        if element.tag == f"{W}txbxContent":
            found.append(element)
        else:
            stack.extend(reversed(list(inner(element))))
    return found


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """All paragraphs inside, those of text boxes behind the one they hang on."""
    stack = [element]
    while stack:
        each = stack.pop()
        if each.tag == _P:
            yield each
            stack.extend(reversed(_boxes(each)))
        else:
            stack.extend(reversed(list(inner(each))))


def _places(row: etree._Element) -> bool:
    """Whether a row lays out text: one cell, tables inside, or labels in its cells."""
    cells = 0
    for child in row.iter(f"{W}tc", _TABLE):
        if child.tag == _TABLE:
            return True
        cells += 1
    if cells <= 1:
        return True
    texts = (squeeze(shown_text(each)) for each in _paragraphs(row))
    return any(
        len(text) <= 120 and _is_label(text) and re.search(r"\d", text) is not None
        for text in texts
    )


def _is_label(text: str) -> bool:
    return parse_label(text) is not None
