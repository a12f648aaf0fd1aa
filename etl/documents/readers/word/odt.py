"""OpenDocument texts (.odt, ISO/IEC 26300) to blocks, in the order of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.documents.block import Kind, Reading, letters
from etl.documents.label import parse_label
from etl.documents.readers.typed import arranged
from etl.documents.readers.typed.line import BREAK, Line, Ref, lines_of
from etl.documents.readers.word.archive import members_of
from etl.documents.readers.word.odt_lists import TEXT, Lists
from etl.documents.readers.xml.tree import parse_xml
from etl.documents.text import squeeze
from etl.errors import DocumentFault

if TYPE_CHECKING:
    from lxml import etree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_PARAGRAPHS = frozenset((f"{TEXT}p", f"{TEXT}h"))
_ROW, _CELL = f"{_TABLE}table-row", f"{_TABLE}table-cell"
_BOX = f"{_DRAW}text-box"
_HIDDEN = frozenset(
    (
        f"{TEXT}tracked-changes",
        f"{TEXT}note-citation",
        f"{TEXT}sequence-decls",
        f"{TEXT}variable-decls",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
    )
)
_SIGNS = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": BREAK}
_PAGES = (f"{_STYLE}header", f"{_STYLE}footer")


def read_odt(body: bytes) -> Reading:
    """The blocks of an OpenDocument text: page heads and feet, the body, the notes.

    Raises DocumentFault: what `members_of` and `parse_xml` raise, and
    `archive_corrupt` when the zip holds no text document.
    """
    members = members_of(body)
    if "content.xml" not in members:
        raise DocumentFault("archive_corrupt", "the zip has no content.xml")
    content = parse_xml(members["content.xml"])
    text = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if text is None:
        raise DocumentFault("archive_corrupt", "content.xml holds no text document")
    styles = parse_xml(members["styles.xml"]) if members.get("styles.xml") else None
    roots = [content] if styles is None else [styles, content]
    whole = _Document(text, Lists(roots))
    pages = [] if styles is None else [*styles.iter(*_PAGES)]
    lines = [*_furniture(pages), *whole.lines()]
    shown = "".join(_shown_text(each) for each in [*pages, text])
    return Reading([*arranged([*lines, *whole.notes])], letters(squeeze(shown)))


def _furniture(pages: list[etree._Element]) -> Iterator[Line]:
    for page in pages:
        text = squeeze(_shown_text(page))
        if text:
            yield Line(text=text, kind=Kind.FURNITURE, rule="header or footer")


@dataclass(slots=True)
class _Document:
    """A text that is being read, with the notes met so far."""

    text: etree._Element
    lists: Lists
    notes: list[Line] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """The body, in order; the stack is our own, for hostile depth."""
        stack = [self.text]
        while stack:
            element = stack.pop()
            if element.tag in _PARAGRAPHS:
                yield from self._paragraph(element)
                stack.extend(reversed(_inside(element, _BOX)))
            elif element.tag == _ROW and not _places(element):
                yield from self._row(element)
            else:
                stack.extend(reversed(list(_inner(element))))

    def _paragraph(self, element: etree._Element) -> list[Line]:
        pieces, urls = self._pieces(element)
        marker = self.lists.marker(element)
        style = element.get(f"{TEXT}style-name")
        return lines_of(
            pieces,
            kind=Kind.LIST_ITEM if marker else Kind.PARAGRAPH,
            marker=marker.text if marker else "",
            series=marker.series if marker else "",
            urls=urls,
            rule="list item" if marker else f"text:p style {style}",
        )

    def _row(self, row: etree._Element) -> Iterator[Line]:
        pieces: list[str | Ref] = []
        for element in _inside(row, *_PARAGRAPHS):
            for line in self._paragraph(element):
                pieces += [line.shown, *map(Ref, line.refs), " "]
        yield from lines_of(pieces, kind=Kind.TABLE_ROW, rule="table:table-row")

    def _pieces(
        self, element: etree._Element
    ) -> tuple[list[str | Ref], tuple[str, ...]]:
        """Texts and note references of one paragraph, without what hangs on it."""
        pieces: list[str | Ref] = []
        urls: list[str] = []
        stack: list[etree._Element | str] = [element]
        while stack:
            each = stack.pop()
            if isinstance(each, str):
                pieces.append(_flat(each))
            elif each.tag == f"{TEXT}note":
                pieces.append(Ref(self._note(each)))
            elif each.tag != _BOX and each.tag not in _HIDDEN:
                pieces.append(_SIGNS.get(each.tag, ""))
                urls += _address(each)
                stack.extend(reversed(_content(each)))
        return [piece for piece in pieces if piece], tuple(dict.fromkeys(urls))

    def _note(self, note: etree._Element) -> str:
        citation = note.find(f"{TEXT}note-citation")
        number = "" if citation is None else squeeze("".join(citation.itertext()))
        texts: list[str] = []
        urls: list[str] = []
        for paragraph in _inside(note, *_PARAGRAPHS):
            pieces, found = self._pieces(paragraph)
            texts.append("".join(each for each in pieces if isinstance(each, str)))
            urls += found
        self.notes.append(
            Line(
                text=squeeze(" ".join(texts)),
                kind=Kind.NOTE,
                number=number,
                urls=tuple(urls),
                rule="text:note",
            )
        )
        return number


def _inner(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _HIDDEN:
            yield child


def _inside(element: etree._Element, *names: str) -> list[etree._Element]:
    """The outermost elements of these names inside, in order, notes left out."""
    found: list[etree._Element] = []
    notes = element.tag == f"{TEXT}note"
    stack = list(_inner(element))[::-1]
    while stack:
        each = stack.pop()
        if each.tag in names:
            found.append(each)
        elif notes or each.tag != f"{TEXT}note":
            stack.extend(reversed(list(_inner(each))))
    return found


def _content(element: etree._Element) -> list[etree._Element | str]:
    """Texts and elements in order; the tail of a child belongs to its parent."""
    found: list[etree._Element | str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            found.append(child)
        found.append(child.tail or "")
    return found


def _flat(text: str) -> str:
    """White space as OpenDocument reads it: line ends in the file are blanks."""
    return re.sub(r"\s+", " ", text)


def _address(element: etree._Element) -> list[str]:
    address = element.get(_HREF) or ""
    link = element.tag == f"{TEXT}a" and re.match(r"https?://\S+$", address)
    return [address] if link else []


def _places(row: etree._Element) -> bool:
    """Whether a row lays out text: one cell, tables inside, or labels in its cells."""
    if row.find(f".//{_TABLE}table") is not None or len(row.findall(_CELL)) <= 1:
        return True
    texts = (squeeze(_shown_text(each)) for each in _inside(row, *_PARAGRAPHS))
    return any(label is not None and label.nummers for label in map(parse_label, texts))


def _shown_text(element: etree._Element) -> str:
    pieces: list[str] = []
    stack: list[etree._Element | str] = [element]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            pieces.append(each)
        elif each.tag not in _HIDDEN:
            pieces.append(" " if each.tag in _PARAGRAPHS else "")
            stack.extend(reversed(_content(each)))
    return "".join(pieces)
