"""The running text of one Word paragraph: what is shown, and nothing that is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from etl.documents.readers.typed.line import BREAK, Ref
from etl.documents.readers.word.docx_numbering import VAL, W

if TYPE_CHECKING:
    from lxml import etree

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HIDDEN = frozenset(
    f"{W}{name}"
    for name in "del moveFrom delText delInstrText instrText fldData rPr pPr sectPr "
    "tblPr trPr tcPr sdtPr sdtEndPr footnoteRef endnoteRef annotationRef "
    "numbering".split()
) | {f"{_MC}Fallback"}
"""Deleted text, field codes, properties, and the second form of the same drawing."""

_TEXTS = frozenset(
    (f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
)
_OFF = frozenset(("0", "false", "off"))
_SIGNS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}cr": BREAK,
    f"{W}noBreakHyphen": "-",
}
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_LINK_FIELD = re.compile(r'\bHYPERLINK\s+"(https?://[^"]+)"')
_SYMBOLS = {"F0B7": "•", "F0E0": "→", "F0A7": "▪"}

Refer = Callable[[str, str], str]
"""From the kind of a note and its id in the file to the number that is printed."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Texts and note references in order, and the addresses linked to."""

    pieces: tuple[str | Ref, ...]
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note: its printed number, its text, and all letters that it shows."""

    number: str
    text: str = ""
    urls: tuple[str, ...] = ()
    shown: str = ""


def inner(element: etree._Element) -> Iterator[etree._Element]:
    """The children that are shown: no deletions, properties or hidden runs."""
    for child in element:
        if isinstance(child.tag, str) and not _is_hidden(child):
            yield child


def _is_hidden(element: etree._Element) -> bool:
    if element.tag in _HIDDEN:
        return True
    if element.tag == f"{W}r":
        mark = element.find(f"{W}rPr/{W}vanish")
        return mark is not None and mark.get(VAL) not in _OFF
    if element.tag == f"{W}tr":
        return element.find(f"{W}trPr/{W}del") is not None
    return False


def paragraph_of(
    paragraph: etree._Element, rels: Mapping[str, Any], refer: Refer
) -> Paragraph:
    """Read one w:p; the text boxes on it are paragraphs of their own."""
    pieces: list[str | Ref] = []
    urls: list[str] = []
    stack = list(inner(paragraph))[::-1]
    while stack:
        element = stack.pop()
        if element.tag == f"{W}txbxContent":
            continue
        if element.tag in _REFERENCES:
            name = _REFERENCES[element.tag]
            pieces.append(Ref(refer(name, element.get(f"{W}id") or "")))
            continue
        pieces.append(_shown(element))
        if element.tag == f"{W}hyperlink":
            urls += _target(element, rels)
        stack.extend(reversed(list(inner(element))))
    codes = "".join(each.text or "" for each in paragraph.iter(f"{W}instrText"))
    urls += _LINK_FIELD.findall(codes)
    return Paragraph(tuple(filter(None, pieces)), tuple(dict.fromkeys(urls)))


def _shown(element: etree._Element) -> str:
    """What an element itself shows."""
    if element.tag in _TEXTS:
        return element.text or ""
    if element.tag == f"{W}br":
        return BREAK if element.get(f"{W}type") in (None, "textWrapping") else " "
    if element.tag == f"{W}sym":
        return _SYMBOLS.get((element.get(f"{W}char") or "").upper(), "")
    return _SIGNS.get(element.tag, "")


def _target(link: etree._Element, rels: Mapping[str, Any]) -> list[str]:
    """The address behind a link, when it is one outside the document."""
    relation = rels.get(link.get(f"{_R}id") or "")
    if relation is None or not relation.is_external:
        return []
    address = str(relation.target_ref)
    return [address] if re.match(r"https?://\S+$", address) else []


def shown_text(root: etree._Element) -> str:
    """All text that an element shows, whatever stands around it."""
    pieces: list[str] = []
    stack = [root]
    while stack:
        element = stack.pop()
        pieces.append(_shown(element) if element.tag != f"{W}br" else " ")
        stack.extend(reversed(list(inner(element))))
    return "".join(pieces)
