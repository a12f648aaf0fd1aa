"""XML to blocks; bounded, no DTD, no network.

The root is `officiele-publicatie`, or `vraagdoc` until about 2009.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from lxml import etree

from etl.documents.block import Block, Kind, Reading, letters
from etl.documents.label import Label, numbers_alone, parse_label
from etl.documents.readers.markup import (
    ADDITION,
    DELEN,
    IMPLIED,
    name_of,
    rule,
    take_label,
)
from etl.documents.readers.xml.tree import parse_xml
from etl.documents.readers.xml.vraagdoc import modernise, number_notes
from etl.documents.text import squeeze
from etl.errors import DocumentFault
from etl.model.publicatie import Deel

_META = re.compile(
    r"externMetadataRecord|DC\.identifier|OVERHEIDop\.vraagnummer", re.IGNORECASE
)


# Bound once: CPython 3.11 looks a member of an enum up in ten times the usual time.
_LABEL, _PARAGRAPH = Kind.LABEL, Kind.PARAGRAPH
_ASKED_OR_ANSWERED = (Deel.VRAAG, Deel.ANTWOORD)

_ROOTS = ("officiele-publicatie", "kamervragen", "vraagdoc")


def read_xml(body: bytes) -> Reading:
    """The blocks of a publication in XML, in reading order.

    Raises DocumentFault: `xml_dtd`, `xml_malformed`, `xml_limits`, or
    `no_publication` for a root that is none of ours or that holds no text.
    """
    root = parse_xml(body)
    if name_of(root) not in _ROOTS:
        raise DocumentFault("no_publication", f"the XML root is <{name_of(root)}>")
    # counted first: what is read may move a number out of its paragraph
    shown = letters("".join(root.itertext()))
    if not shown:
        raise DocumentFault("no_publication", "the XML holds no text: an empty stub")
    if name_of(root) == "vraagdoc":
        modernise(root)
    elif next(root.iter("{*}nootref"), None) is not None:
        number_notes(root)
    return Reading([*_blocks(root)], shown)


def _blocks(root: etree._Element) -> Iterator[Block]:
    """Walk with a stack of our own: hostile depth must not be Python's recursion."""
    stack: list[etree._Element | str] = [root]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            yield Block(kind=_PARAGRAPH, text=squeeze(element), rule="loose text")
            continue
        name = name_of(element)
        leaf = _LEAVES.get(name)
        if leaf is None:
            yield from _container(element, name)
            stack.extend(reversed(_inside(element)))
        else:
            yield from leaf(element)
            if name == "li":
                stack.extend(reversed(_nested(element)))


def _inside(element: etree._Element) -> list[etree._Element | str]:
    """The children of a container, and text that stands loose between them."""
    found: list[etree._Element | str] = []
    for child in element:
        found.append(child)
        tail = child.tail
        if tail and not tail.isspace():
            found.append(tail)
    return found


def _container(element: etree._Element, name: str) -> Iterator[Block]:
    """What a container says itself: a label that it implies, text of its own."""
    deel = DELEN.get(name)
    if deel is not None and not _has_label(element):
        yield from _implied(element, deel)
    text = element.text
    if text and not text.isspace():
        yield Block(kind=Kind.PARAGRAPH, text=squeeze(text), rule=rule(name))


def _has_label(element: etree._Element) -> bool:
    return any(name_of(child) in _LABELS for child in element)


def _implied(element: etree._Element, deel: Deel) -> Iterator[Block]:
    """The label of a block without one: in its first paragraph, or its own name."""
    first = _first(element)
    text = _text(first)[0] if first is not None else ""
    if first is not None and (parse_label(text) or numbers_alone(text)):
        first.tag = "nr"
        return
    if numbers_alone(_attribute(element)):
        yield _attributed(element, deel)
        return
    typed = take_label(first, deel, text) if first is not None else ""
    if typed:
        yield Block(kind=Kind.LABEL, text=typed, deel=deel, rule="start of <al>")
    elif deel is Deel.MEDEDELING and ADDITION.match(text):
        yield Block(kind=Kind.LABEL, text="Toelichting", rule="its words", implied=True)
    else:
        yield _unlabelled(element, deel)


def _attribute(element: etree._Element) -> str:
    return squeeze(element.get("nr") or element.get("nummer") or "")


def _attributed(element: etree._Element, deel: Deel) -> Block:
    return Block(
        kind=Kind.LABEL,
        text=_attribute(element),
        deel=deel,
        rule=f"{name_of(element)}@nr",
        implied=True,
    )


def _first(element: etree._Element) -> etree._Element | None:
    """The first paragraph of a part, where it is not that of a part inside it."""
    first = next(element.iter("{*}al"), None)
    above = first.iterancestors() if first is not None else ()
    owner = next((each for each in above if name_of(each) in DELEN), None)
    return first if owner is element else None


def _unlabelled(element: etree._Element, deel: Deel) -> Block:
    return Block(
        kind=Kind.LABEL,
        text=IMPLIED[deel],
        deel=deel,
        rule=rule(name_of(element)),
        implied=True,
    )


def _meta(element: etree._Element) -> Iterator[Block]:
    """The address of the metadata names the publication."""
    if _META.search(element.get("name") or ""):
        text = element.get("content") or ""
        yield Block(kind=Kind.FURNITURE, text=text, rule="<meta>", implied=True)


def _furniture(element: etree._Element) -> Iterator[Block]:
    name = name_of(element)
    yield Block(kind=Kind.FURNITURE, text=_text(element)[0], rule=rule(name))


def _label(element: etree._Element) -> Sequence[Block]:
    deel = _deel_above(element)
    text, notes = _text(element)
    implied = "" if text or deel is None else IMPLIED[deel]
    label = Block(
        kind=_LABEL,
        text=text or implied,
        refs=tuple(filter(None, map(_number, notes))),
        deel=deel,
        rule=rule(name_of(element)),
        implied=bool(implied),
    )
    return (label, *_notes(notes))


def _vergaderjaar(element: etree._Element) -> Iterator[Block]:
    """As a page would print it; the word itself is only the element's name."""
    text = f"Vergaderjaar {_text(element)[0]}"
    yield Block(kind=Kind.FURNITURE, text=text, rule="<vergaderjaar>", implied=True)


def _deel_above(element: etree._Element) -> Deel | None:
    """What the container of a label says it is; its words win where it is vague."""
    parent = element.getparent()
    deel = DELEN.get(name_of(parent)) if parent is not None else None
    return deel if deel in _ASKED_OR_ANSWERED else None


def _heading(element: etree._Element) -> Sequence[Block]:
    """The kop of a question or answer is its label, any other one text."""
    parent = element.getparent()
    labels = parent is not None and name_of(parent) in DELEN
    return _label(element) if labels else _block(Kind.PARAGRAPH, element)


def _paragraph(element: etree._Element) -> Sequence[Block]:
    """A paragraph, or a label that was set as one."""
    text, notes = _text(element)
    label = parse_label(text)
    if label and _opens(element, label):
        return _with_notes(_LABEL, "<al> with a label", text, notes)
    return _with_notes(_PARAGRAPH, "<al>", text, notes)


def _opens(element: etree._Element, label: Label) -> bool:
    """Whether a paragraph that reads like a label is one, and no sub-heading."""
    if label.deel is Deel.TOELICHTING:
        after = element.getnext()
        return after is not None and bool(ADDITION.match(_text(after)[0]))
    return bool(label.nummers) or (
        label.deel is Deel.ANTWOORD and _deel_above(element) is Deel.VRAAG
    )


def _note(element: etree._Element) -> Iterator[Block]:
    yield from _notes([element])


def _block(kind: Kind, element: etree._Element) -> Sequence[Block]:
    return _with_notes(kind, rule(name_of(element)), *_text(element))


def _with_notes(
    kind: Kind, said: str, text: str, notes: list[etree._Element]
) -> Sequence[Block]:
    """A text that refers to notes, and behind it the notes."""
    if not notes:
        return (Block(kind=kind, text=text, rule=said),)
    refs = tuple(filter(None, map(_number, notes)))
    return (Block(kind=kind, text=text, refs=refs, rule=said), *_notes(notes))


def _item(element: etree._Element) -> Iterator[Block]:
    """A list item: its marker as printed, then its own paragraphs."""
    if not any(name_of(child) in _IN_ITEM for child in element):
        yield from _block(Kind.LIST_ITEM, element)
        return
    texts = [squeeze(element.text or "")]
    notes: list[etree._Element] = []
    for child in element:
        if name_of(child) not in _NESTED:
            text, inside = _text(child)
            texts.append(text)
            notes += inside
        texts.append(squeeze(child.tail or ""))
    yield from _with_notes(Kind.LIST_ITEM, "<li>", " ".join(filter(None, texts)), notes)


def _nested(element: etree._Element) -> list[etree._Element]:
    """The lists and tables in a list item, which are read after it."""
    if name_of(element) != "li":
        return []
    return [child for child in element if name_of(child) in _NESTED]


def _row(element: etree._Element) -> Iterator[Block]:
    cells: list[str] = []
    notes: list[etree._Element] = []
    for cell in element:
        text, inside = _text(cell)
        cells.append(text)
        notes += inside
    yield from _with_notes(
        Kind.TABLE_ROW, "<row>", " ".join(filter(None, cells)), notes
    )


def _notes(notes: list[etree._Element]) -> Iterator[Block]:
    """The notes among them; a reference to a note that stands elsewhere is none."""
    for note in notes:
        if name_of(note) == "nootref":
            continue
        texts, links = [squeeze(note.text or "")], []
        for child in note:
            if name_of(child) not in _NUMBERS:
                texts.append(_text(child)[0])
            texts.append(squeeze(child.tail or ""))
            links += [
                e.get("doc") for e in child.iter("extref") if e.get("soort") == "URL"
            ]
        yield Block(
            kind=Kind.NOTE,
            text=" ".join(filter(None, texts)),
            number=_number(note),
            urls=tuple(dict.fromkeys(filter(None, links))),
            rule="<noot>",
        )


def _number(note: etree._Element) -> str | None:
    """The number of a note, or the one that a reference to a note names."""
    number = ""
    for child in note:
        if name_of(child) in _NUMBERS:
            number = _text(child)[0].rstrip(".)")
    return number or note.get("nr") or None


def _text(element: etree._Element) -> tuple[str, list[etree._Element]]:
    """The running text of an element without its notes, and those notes."""
    if not len(element):
        return squeeze(element.text or ""), []
    pieces: list[str] = []
    notes: list[etree._Element] = []
    inside: etree._Element | None = None
    for event, part in etree.iterwalk(element, events=("start", "end")):
        name = name_of(part)
        if event == "start":
            if inside is None and name in _NOTED:
                inside = part
                notes.append(part)
            elif inside is None:
                if name in _BREAKS and part is not element:
                    pieces.append(" ")
                pieces.append(part.text or "")
            continue
        if inside is part:
            inside = None
        if inside is None and part is not element:
            pieces.append(part.tail or "")
    return squeeze("".join(pieces)), notes


_BREAKS = frozenset(("al", "li", "entry", "noot.al", "noot.li", "label", "nr", "titel"))
"""Elements before which running text has a blank."""

_LABELS = frozenset(("nr", "nummer", "kop"))
_NOTED = frozenset(("noot", "nootref"))
_NUMBERS = frozenset(("noot.nr", "nr"))
_NESTED = frozenset(("lijst", "table"))
_IN_ITEM = _NESTED | {"al", "al-groep", "li.nr"}

Leaf = Callable[[Any], Iterable[Block]]

_LEAVES: dict[str, Leaf] = {
    "tekstregel": _furniture,
    "kamervraagnummer": _furniture,
    "vraagnummer": _furniture,
    "kamer": _furniture,
    "vergaderjaar": _vergaderjaar,
    "meta": _meta,
    "kamervraagomschrijving": partial(_block, Kind.HEADING),
    "omschr": partial(_block, Kind.HEADING),
    "nr": _label,
    "nummer": _label,
    "kop": _heading,
    "al": _paragraph,
    "tussenkop": partial(_block, Kind.PARAGRAPH),
    "titel": partial(_block, Kind.PARAGRAPH),
    "li": _item,
    "row": _row,
    "noot": _note,
    "nootref": _note,
}
"""Elements that are read as a whole; every other one is a container."""
