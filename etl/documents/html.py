"""The publisher's HTML pages to blocks, with the site's chrome around them or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from etl.documents.block import Block, Kind, Reading, letters
from etl.documents.label import parse_label
from etl.documents.text import squeeze
from etl.errors import DocumentFault

_META = {"DC.identifier", "OVERHEIDop.vraagnummer"}
_SKIPPED = frozenset(("script", "style", "hr", "nav", "noscript", "template"))
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li table tr dl dt dd div section article "
    "blockquote".split()
)
_END = re.compile(rb"</html\s*>", re.IGNORECASE)
_BREAKS = frozenset(("br", "p", "li", "td", "th", "div"))


def read_html(body: bytes) -> Reading:
    """The blocks of a publication page, notes last.

    Raises DocumentFault: `error_page` for a page of the site that holds no
    publication, whatever status it came with; `xml_malformed` for half a page.
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
    if not _END.search(body.replace(b"\x00", b"")):
        raise DocumentFault("xml_malformed", "the HTML page is cut off before </html>")
    return Reading([*_all(root, text)], _letters(root, text))


def _letters(root: etree._Element, text: etree._Element) -> int:
    """The letters of the text and of the notes, without the site around them."""
    found, inside = 0, None
    for event, part in etree.iterwalk(text, events=("start", "end")):
        if event == "start" and inside is None:
            if _is_skipped(part, _classes(part)):
                inside = part
            else:
                found += letters(part.text or "")
        elif event == "end":
            inside = None if inside is part else inside
            if inside is None and part is not text:
                found += letters(part.tail or "")
    notes = (block.text for block in _notes(root))
    return found + sum(map(letters, notes))


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


def _all(root: etree._Element, text: etree._Element) -> Iterator[Block]:
    for meta in root.iter("meta"):
        if meta.get("name") in _META and meta.get("content"):
            name = squeeze(meta.get("content") or "")
            yield Block(kind=Kind.FURNITURE, text=name, implied=True)
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
    stack: list[etree._Element | str] = [text]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            yield Block(kind=Kind.PARAGRAPH, text=squeeze(element))
            continue
        classes = _classes(element)
        if _is_skipped(element, classes):
            continue
        if not _holds_blocks(element):
            flat, refs = _flat(element)
            if flat:
                yield Block(kind=_kind(element, classes, flat), text=flat, refs=refs)
            continue
        if "kamervraagopmerking" in classes and not _opens_with_label(element):
            yield Block(kind=Kind.LABEL, text="Mededeling", implied=True)
        stack.extend(reversed(_inside(element)))


def _is_skipped(element: etree._Element, classes: set[str]) -> bool:
    name = str(element.tag)
    return name in _SKIPPED or element.get("id") == "noten" or "noot" in classes


def _inside(element: etree._Element) -> list[etree._Element | str]:
    """The children of a container, and text that stands loose between them."""
    found: list[etree._Element | str] = []
    if (element.text or "").strip():
        found.append(element.text or "")
    for child in element:
        found.append(child)
        if (child.tail or "").strip():
            found.append(child.tail or "")
    return found


def _kind(element: etree._Element, classes: set[str], text: str) -> Kind:
    name = str(element.tag)
    label = parse_label(text)
    heading = name.startswith("h") or bool(classes & {"nummer", "stuktitel"})
    if label is not None and (heading or label.nummers or not _in_answer(element)):
        return Kind.LABEL
    if name == "li":
        return Kind.LIST_ITEM
    return Kind.TABLE_ROW if name == "tr" else Kind.PARAGRAPH


def _in_answer(element: etree._Element) -> bool:
    """Inside an answer, "Toelichting" on a line of its own is a sub-heading."""
    return any("antwoord" in _classes(above) for above in element.iterancestors())


def _opens_with_label(element: etree._Element) -> bool:
    first = next(
        (squeeze("".join(e.itertext())) for e in element if len(e) or e.text), ""
    )
    return parse_label(first) is not None


def _holds_blocks(element: etree._Element) -> bool:
    """Whether an element is a container; a table row is read as a whole."""
    return element.tag != "tr" and any(
        part is not element and part.tag in _BLOCKS for part in element.iter()
    )


def _classes(element: etree._Element) -> set[str]:
    return set((element.get("class") or "").split())


def _flat(element: etree._Element) -> tuple[str, tuple[str, ...]]:
    """Running text without note references, and the numbers referred to."""
    pieces: list[str] = []
    refs: list[str] = []
    inside: etree._Element | None = None
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if inside is None and part.tag in _SKIPPED:
                inside = part
            elif inside is None and _is_reference(part):
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
