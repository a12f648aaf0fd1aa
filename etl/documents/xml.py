"""Modern XML (root `officiele-publicatie`) to blocks; bounded, no DTD, no network."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lxml import etree

from etl.documents.block import Block, Kind
from etl.documents.text import squeeze
from etl.errors import DocumentFault

_INTERNAL_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[")
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_OWN = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_LABELLED = {
    "vraag": "Vraag",
    "antwoord": "Antwoord",
    "kamervraagopmerking": "Mededeling",
    "toelicht": "Toelichting",
    "toelichting": "Toelichting",
}
"""Containers that stand for a label where they carry none."""


def read_xml(body: bytes) -> Iterator[Block]:
    """The blocks of a publication in XML, in reading order.

    Raises DocumentFault: `xml_dtd`, `xml_malformed`, `xml_limits`, or
    `no_publication` for a root that is none of ours.
    """
    root = parse_xml(body)
    if _name(root) not in ("officiele-publicatie", "kamervragen"):
        raise DocumentFault("no_publication", f"the XML root is <{_name(root)}>")
    return _blocks(root)


def parse_xml(body: bytes) -> etree._Element:
    """The root of well-formed XML; nothing outside the bytes is ever opened."""
    if _INTERNAL_SUBSET.search(body[:65536]):
        raise DocumentFault("xml_dtd", "the XML declares an internal DTD subset")
    if b"<!DOCTYPE" in body[:65536]:
        body = _ENTITY.sub(_character, body)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        text = squeeze(str(error))[:200]
        limit = "huge" in text or "depth" in text or "Excessive" in text
        raise DocumentFault("xml_limits" if limit else "xml_malformed", text) from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise DocumentFault("xml_dtd", "the XML declares entities of its own")
    return root


def _character(found: re.Match[bytes]) -> bytes:
    """A named character of HTML, which an external DTD would have declared."""
    name = found[1]
    if name in _OWN:
        return found[0]
    code = html.entities.name2codepoint.get(name.decode())
    return f"&#{code};".encode() if code else found[0]


def _name(element: etree._Element) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag if tag[0] != "{" else tag.rsplit("}", 1)[-1]


def _blocks(root: etree._Element) -> Iterator[Block]:
    """Walk with a stack of our own: hostile depth must not be Python's recursion."""
    stack = [root]
    while stack:
        element = stack.pop()
        leaf = _LEAVES.get(_name(element))
        if leaf is not None:
            yield from leaf(element)
            stack.extend(reversed(_nested(element)))
        else:
            yield from _container(element)
            stack.extend(reversed(element))


def _container(element: etree._Element) -> Iterator[Block]:
    """What a container says itself: a label that it implies, text of its own."""
    name = _name(element)
    if name in _LABELLED and not _has_label(element):
        yield Block(kind=Kind.LABEL, text=_LABELLED[name])
    if (element.text or "").strip():
        yield Block(kind=Kind.PARAGRAPH, text=squeeze(element.text or ""))


def _has_label(element: etree._Element) -> bool:
    return any(_name(child) in ("nr", "nummer", "kop") for child in element)


def _meta(element: etree._Element) -> Iterator[Block]:
    """The address of the metadata names the publication."""
    if "externMetadataRecord" in (element.get("name") or ""):
        yield Block(kind=Kind.FURNITURE, text=element.get("content") or "")


def _furniture(element: etree._Element) -> Iterator[Block]:
    yield Block(kind=Kind.FURNITURE, text=_text(element)[0])


def _label(element: etree._Element) -> Iterator[Block]:
    yield Block(kind=Kind.LABEL, text=_text(element)[0])


def _note(element: etree._Element) -> Iterator[Block]:
    yield from _notes([element])


def _block(kind: Kind, element: etree._Element) -> Iterator[Block]:
    text, notes = _text(element)
    found = list(_notes(notes))
    yield Block(kind=kind, text=text, refs=tuple(n.number for n in found if n.number))
    yield from found


def _item(element: etree._Element) -> Iterator[Block]:
    """A list item: its marker as printed, then its own paragraphs."""
    texts: list[str] = []
    notes: list[etree._Element] = []
    for child in element:
        if _name(child) not in ("lijst", "table"):
            text, inside = _text(child)
            texts.append(text)
            notes += inside
    if not len(element):
        texts.append(squeeze(element.text or ""))
    found = list(_notes(notes))
    refs = tuple(note.number for note in found if note.number)
    yield Block(kind=Kind.LIST_ITEM, text=" ".join(filter(None, texts)), refs=refs)
    yield from found


def _nested(element: etree._Element) -> list[etree._Element]:
    """The lists and tables in a list item, which are read after it."""
    if _name(element) != "li":
        return []
    return [child for child in element if _name(child) in ("lijst", "table")]


def _row(element: etree._Element) -> Iterator[Block]:
    cells: list[str] = []
    notes: list[etree._Element] = []
    for cell in element:
        text, inside = _text(cell)
        cells.append(text)
        notes += inside
    found = list(_notes(notes))
    refs = tuple(note.number for note in found if note.number)
    yield Block(kind=Kind.TABLE_ROW, text=" ".join(filter(None, cells)), refs=refs)
    yield from found


def _notes(notes: list[etree._Element]) -> Iterator[Block]:
    for note in notes:
        number, texts, links = "", [], []
        for child in note:
            if _name(child) in ("noot.nr", "nr"):
                number = _text(child)[0].rstrip(".)")
            else:
                texts.append(_text(child)[0])
            links += [
                e.get("doc") for e in child.iter("extref") if e.get("soort") == "URL"
            ]
        yield Block(
            kind=Kind.NOTE,
            text=" ".join(filter(None, texts)),
            number=number or note.get("nr") or None,
            urls=tuple(dict.fromkeys(filter(None, links))),
        )


def _text(element: etree._Element) -> tuple[str, list[etree._Element]]:
    """The running text of an element without its notes, and those notes."""
    if not len(element):
        return squeeze(element.text or ""), []
    pieces: list[str] = []
    notes: list[etree._Element] = []
    inside: etree._Element | None = None
    for event, part in etree.iterwalk(element, events=("start", "end")):
        name = _name(part)
        if event == "start":
            if inside is None and name == "noot":
                inside = part
                notes.append(part)
            elif inside is None:
                if name in ("al", "li", "entry") and part is not element:
                    pieces.append(" ")
                pieces.append(part.text or "")
            continue
        if inside is part:
            inside = None
        if inside is None and part is not element:
            pieces.append(part.tail or "")
    return squeeze("".join(pieces)), notes


Leaf = Callable[[Any], Iterator[Block]]

_LEAVES: dict[str, Leaf] = {
    "tekstregel": _furniture,
    "kamervraagnummer": _furniture,
    "vraagnummer": _furniture,
    "meta": _meta,
    "kamervraagomschrijving": partial(_block, Kind.HEADING),
    "omschr": partial(_block, Kind.HEADING),
    "nr": _label,
    "nummer": _label,
    "al": partial(_block, Kind.PARAGRAPH),
    "tussenkop": partial(_block, Kind.PARAGRAPH),
    "titel": partial(_block, Kind.PARAGRAPH),
    "li": _item,
    "row": _row,
    "noot": _note,
}
"""Elements that are read as a whole; every other one is a container."""
