"""The publisher's HTML pages to blocks, with the site's chrome around them or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from etl.documents.block import Block, Kind
from etl.documents.label import parse_label
from etl.documents.text import squeeze
from etl.errors import DocumentFault

_META = {"DC.identifier", "OVERHEIDop.vraagnummer"}
_SKIPPED = frozenset(("script", "style", "hr", "nav", "noscript", "template"))
_TEXTS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "dt", "dd"))
_BREAKS = frozenset(("br", "p", "li", "td", "th", "div"))


def read_html(body: bytes) -> Iterator[Block]:
    """The blocks of a publication page, notes last.

    Raises DocumentFault (`error_page`) for a page of the site that holds no
    publication, whatever status it came with.
    """
    root = _parse(body)
    text = next(iter(root.xpath("//*[@id='broodtekst']")), None)
    if text is None:
        text = next(iter(root.xpath("//*[contains(@class, 'kamervraag')]/..")), None)
    if text is None:
        title = squeeze(" ".join(root.xpath("//title//text()")))[:80]
        raise DocumentFault(
            "error_page", f"an HTML page without a publication: {title!r}"
        )
    return _all(root, text)


def _parse(body: bytes) -> etree._Element:
    try:
        body.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "windows-1252"
    parser = etree.HTMLParser(
        encoding=encoding, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentFault("error_page", squeeze(str(error))[:200]) from None
    if root is None:
        raise DocumentFault("error_page", "an HTML page without content")
    return root


def _all(root: etree._Element, text: etree._Element) -> Iterator[Block]:
    for meta in root.iter("meta"):
        if meta.get("name") in _META and meta.get("content"):
            yield Block(kind=Kind.FURNITURE, text=squeeze(meta.get("content") or ""))
    notes = list(_notes(root))
    labelled = False
    for block in _text_blocks(text):
        labelled = labelled or block.kind is Kind.LABEL
        heading = block.kind is Kind.PARAGRAPH and not labelled
        yield _as_heading(block) if heading else block
    yield from notes


def _as_heading(block: Block) -> Block:
    return Block(kind=Kind.HEADING, text=block.text, refs=block.refs)


def _text_blocks(text: etree._Element) -> Iterator[Block]:
    """Walk with a stack of our own: hostile depth must not be Python's recursion."""
    stack = [text]
    while stack:
        element = stack.pop()
        name, classes = str(element.tag), _classes(element)
        if name in _SKIPPED or element.get("id") == "noten" or "noot" in classes:
            continue
        if name in _TEXTS and not _holds_texts(element):
            flat, refs = _flat(element)
            if flat:
                yield Block(kind=_kind(name, classes, flat), text=flat, refs=refs)
            continue
        if "kamervraagopmerking" in classes and not _opens_with_label(element):
            yield Block(kind=Kind.LABEL, text="Mededeling")
        loose = squeeze(element.text or "")
        if loose:
            yield Block(kind=_kind(name, classes, loose), text=loose)
        stack.extend(reversed(element))


def _kind(name: str, classes: set[str], text: str) -> Kind:
    heading = name.startswith("h") or classes & {"nummer", "stuktitel"}
    if parse_label(text) is not None and (heading or len(text) < 60):
        return Kind.LABEL
    if name == "li":
        return Kind.LIST_ITEM
    return Kind.TABLE_ROW if name == "tr" else Kind.PARAGRAPH


def _opens_with_label(element: etree._Element) -> bool:
    first = next(
        (squeeze("".join(e.itertext())) for e in element if len(e) or e.text), ""
    )
    return parse_label(first) is not None


def _holds_texts(element: etree._Element) -> bool:
    return any(part is not element and part.tag in _TEXTS for part in element.iter())


def _classes(element: etree._Element) -> set[str]:
    return set((element.get("class") or "").split())


def _flat(element: etree._Element) -> tuple[str, tuple[str, ...]]:
    """Running text without note references, and the numbers referred to."""
    pieces: list[str] = []
    refs: list[str] = []
    inside: etree._Element | None = None
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if inside is None and _is_reference(part):
                inside = part
                refs.append(squeeze("".join(part.itertext())))
            elif inside is None:
                pieces.append(
                    " " if part.tag in _BREAKS and part is not element else ""
                )
                pieces.append(part.text or "")
            continue
        if inside is part:
            inside = None
        if inside is None and part is not element:
            pieces.append(part.tail or "")
    return squeeze("".join(pieces)), tuple(refs)


def _is_reference(element: etree._Element) -> bool:
    return element.tag == "a" and "nootnum" in _classes(element)


def _notes(root: etree._Element) -> Iterator[Block]:
    for note in root.xpath("//div[contains(concat(' ', @class, ' '), ' noot ')]"):
        number = squeeze("".join(note.xpath(".//*[@class='nootnum']//text()")))
        texts = [squeeze("".join(p.itertext())) for p in note.iter("p")]
        links = [a.get("href") or "" for a in note.xpath(".//p//a[@href]")]
        urls = tuple(dict.fromkeys(x for x in links if re.match(r"https?://", x)))
        text = " ".join(filter(None, texts))
        yield Block(kind=Kind.NOTE, text=text, number=number or None, urls=urls)
