"""The publisher's HTML pages to blocks, with the site's chrome around them or not.

A part of a page, without `html` around it, is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from etl.documents.block import Block, Kind, Reading, letters
from etl.documents.label import numbers_alone, parse_label
from etl.documents.readers.html.head import headed, is_relations
from etl.documents.readers.html.lists import markers
from etl.documents.readers.html.noot import is_note, notes
from etl.documents.readers.html.text import SKIPPED, classes_of, flat
from etl.documents.readers.markup import (
    ADDITION,
    DELEN,
    IMPLIED,
    enclose,
    take_label,
)
from etl.documents.text import squeeze
from etl.errors import DocumentFault
from etl.model.publicatie import Deel

_META = {"dc.identifier", "overheidop.vraagnummer"}
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li table tr dl dt dd div section article "
    "blockquote".split()
)
_CHROME = frozenset(("header", "footer", "aside", "form", "button", "hr", "nav"))
_UNREAD = frozenset(("relaties", "note-close"))
_HEADING = frozenset(("kamervraagomschrijving_kop", "kamervraagomschrijving", "omschr"))
_FURNITURE = frozenset(
    ("kamervraagkop", "kamervraagnummer", "vraagnummer", "tekstregel")
)
_LABEL = frozenset(("nummer", "nr", "stuktitel"))
_LOOKED_AT = 20
"""Blocks among which a part must have its first text; hostile pages have millions."""

_OPENED = re.compile(rb"<(html|body)[\s>]", re.IGNORECASE)


def read_html(body: bytes) -> Reading:
    """The blocks of a publication page, notes last.

    Raises DocumentFault: `error_page` for a page of the site that holds no
    publication, whatever status it came with; `xml_malformed` for half a page.
    """
    root = _parse(body)
    frame = _frame(root)
    if frame is None:
        title = squeeze(" ".join(root.xpath("//title//text()")))[:80]
        raise DocumentFault(
            "error_page", f"an HTML page without a publication: {title!r}"
        )
    if _is_cut(body.replace(b"\x00", b"")):
        raise DocumentFault("xml_malformed", "the HTML page is cut off before its end")
    # counted first: what is read may move a number out of its paragraph
    shown = _letters(root, frame)
    return Reading([*_all(root, frame)], shown)


def _is_cut(body: bytes) -> bool:
    """Whether what was opened is not closed; a part of a page opens neither."""
    opened = _OPENED.search(body)
    closed = opened and re.search(rb"</%s\s*>" % opened[1], body, re.IGNORECASE)
    return bool(opened) and not closed


def _frame(root: etree._Element) -> etree._Element | None:
    """The element around the text: by its id, or around all that is marked as text."""
    found: list[etree._Element] = root.xpath("//*[@id='broodtekst']")
    if found:
        return found[0]
    marks = [element for element in root.iter() if _is_marked(element)]
    marks = marks or [element for element in root.iter(*_BLOCKS) if _numbers(element)]
    marks = marks or [element for element in root.iter() if is_note(element)]
    if not marks:
        return None
    above = set(marks[-1].iterancestors())
    return next((each for each in marks[0].iterancestors() if each in above), root)


def _is_marked(element: etree._Element) -> bool:
    names = classes_of(element)
    return not names.isdisjoint(DELEN) or any(
        name.startswith("kamervraag") for name in names
    )


def _numbers(element: etree._Element) -> bool:
    """Whether an element says "Vraag 1" and nothing else."""
    if _holds_blocks(element):
        return False
    label = parse_label(flat(element)[0])
    return label is not None and bool(label.nummers)


def _letters(root: etree._Element, frame: etree._Element) -> int:
    """The letters of the text and of the notes, without the site around them."""
    pieces: list[str] = []
    inside = None
    for event, part in etree.iterwalk(frame, events=("start", "end")):
        if event == "start" and inside is None:
            if _is_skipped(part):
                inside = part
            else:
                pieces.append(part.text or "")
        elif event == "end":
            inside = None if inside is part else inside
            if inside is None and part is not frame:
                pieces.append(part.tail or "")
    pieces += [block.text for block in notes(root)]
    return letters("".join(pieces))


def _parse(body: bytes) -> etree._Element:
    parser = etree.HTMLParser(
        encoding=_encoding(body),
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentFault("error_page", squeeze(str(error))[:200]) from None
    if root is None:
        raise DocumentFault("error_page", "an HTML page without content")
    return root


def _encoding(body: bytes) -> str:
    """Old pages are no UTF-8, whatever they declare."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _all(root: etree._Element, frame: etree._Element) -> Iterator[Block]:
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() in _META and meta.get("content"):
            content = squeeze(meta.get("content") or "")
            yield Block(kind=Kind.FURNITURE, text=content, rule="meta", implied=True)
    # read first: the walk through the text puts elements around loose runs
    found = list(notes(root))
    yield from headed(_text_blocks(frame))
    yield from found


def _text_blocks(frame: etree._Element) -> Iterator[Block]:
    """Walk with a stack of our own: hostile depth must not be Python's recursion."""
    stack: list[etree._Element | Block] = [frame]
    while stack:
        element = stack.pop()
        if isinstance(element, Block):
            yield element
            continue
        if _is_skipped(element):
            continue
        yield from _implied(element)
        if not _holds_blocks(element):
            yield from _block(element)
            continue
        enclose(element, "span", _is_block)
        stack.extend(reversed(_inside(element)))


def _is_skipped(element: etree._Element) -> bool:
    return (
        element.tag in SKIPPED
        or element.tag in _CHROME
        or is_note(element)
        or element.get("id") in ("noten", "relaties")
        or not classes_of(element).isdisjoint(_UNREAD)
        or is_relations(element)
    )


def _is_block(element: etree._Element) -> bool:
    return element.tag in _BLOCKS or _is_skipped(element) or _holds_blocks(element)


def _holds_blocks(element: etree._Element) -> bool:
    """Whether an element is a container; a table row is read as a whole."""
    if not len(element) or element.tag == "tr":
        return False
    # Most begin with a block, and the search by names is dear to begin.
    return (
        element[0].tag in _BLOCKS
        or next(element.iterdescendants(*_BLOCKS), None) is not None
    )


def _inside(element: etree._Element) -> list[etree._Element | Block]:
    """The children of a container; those of a numbered list with their markers."""
    if element.tag != "ol":
        return list(element)
    marks = dict(markers(element))
    found: list[etree._Element | Block] = []
    for child in element:
        if marks.get(child):
            found.append(_marker(marks[child]))
        found.append(child)
    return found


def _marker(text: str) -> Block:
    return Block(kind=Kind.LIST_ITEM, text=text, rule="marker of ol", implied=True)


def _implied(element: etree._Element) -> Iterator[Block]:
    """The label of a part without one: typed before its text, or its own name."""
    deel = next((DELEN[n] for n in classes_of(element) if n in DELEN), None)
    if deel is None:
        return
    first = _first(element)
    text = flat(first)[0] if first is not None else ""
    if first is not None and _is_label(first, text):
        return
    typed = take_label(first, deel, text) if first is not None else ""
    if typed:
        yield Block(kind=Kind.LABEL, text=typed, deel=deel, rule="start of text")
    elif deel is Deel.MEDEDELING and ADDITION.match(text):
        yield Block(kind=Kind.LABEL, text="Toelichting", rule="its words", implied=True)
    else:
        yield _unlabelled(element, deel)


def _unlabelled(element: etree._Element, deel: Deel) -> Block:
    return Block(
        kind=Kind.LABEL,
        text=IMPLIED[deel],
        deel=deel,
        rule=_rule(str(element.tag), element.get("class")),
        implied=True,
    )


def _first(element: etree._Element) -> etree._Element | None:
    """The first piece of text in a container."""
    if not _holds_blocks(element):
        return element
    for part in islice(element.iter(*_BLOCKS), _LOOKED_AT):
        if part is not element and not _holds_blocks(part) and flat(part)[0]:
            return part
    return None


def _block(element: etree._Element) -> Iterator[Block]:
    text, refs = flat(element)
    if not text:
        return
    kind = _kind(element, text)
    deel = _deel(element) if kind is Kind.LABEL else None
    said = _rule(str(element.tag), element.get("class"))
    yield Block(kind=kind, text=text, refs=refs, deel=deel, rule=said)


@lru_cache(maxsize=256)
def _rule(tag: str, classes: str | None) -> str:
    """An element as a style sheet would name it; cached, as there are few."""
    names = (classes or "").split()
    return f"{tag}.{names[0]}" if names else tag


def _kind(element: etree._Element, text: str) -> Kind:
    if _is_label(element, text):
        return Kind.LABEL
    parent = element.getparent()
    names = classes_of(element)
    if parent is not None and (above := classes_of(parent)):
        names |= above
    if not names.isdisjoint(_HEADING):
        return Kind.HEADING
    if not names.isdisjoint(_FURNITURE):
        return Kind.FURNITURE
    if element.tag == "li" or "labeled" in names:
        return Kind.LIST_ITEM
    return Kind.TABLE_ROW if element.tag == "tr" else Kind.PARAGRAPH


def _is_label(element: etree._Element, text: str) -> bool:
    names = classes_of(element)
    heading = str(element.tag).startswith("h") and "tussenkop" not in names
    heading = heading or not names.isdisjoint(_LABEL)
    label = parse_label(text)
    if label is not None:
        return heading or bool(label.nummers) or not _in_answer(element)
    return bool(numbers_alone(text)) and (heading or _opens(element))


def _opens(element: etree._Element) -> bool:
    """Whether an element is the first text of a question or answer."""
    before = element.getprevious()
    first = before is None or not flat(before)[0]
    return first and _deel(element.getparent()) is not None


def _deel(element: etree._Element | None) -> Deel | None:
    """Whether an element stands in a question or in an answer; None in neither."""
    while element is not None:
        for name in classes_of(element):
            if name in ("vraag", "antwoord"):
                return DELEN[name]
        element = element.getparent()
    return None


def _in_answer(element: etree._Element) -> bool:
    """Inside an answer, "Toelichting" on a line of its own is a sub-heading."""
    return _deel(element) is Deel.ANTWOORD
