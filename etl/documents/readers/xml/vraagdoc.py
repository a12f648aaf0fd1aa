"""Older XML (root `vraagdoc`, until about 2009) in the shape of the modern one.

No sample of it is public: what it holds was told by programs that once read it, so this
is liberal. All questions come first, in `vragen`, then all answers, in `reactie`, and
notes stand away from the `nootref` that refers to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from etl.documents.label import numbers_alone, parse_label
from etl.documents.readers.markup import DELEN, MARKED, NUMBERED, enclose, name_of
from etl.documents.readers.plain import HEAD
from etl.documents.text import squeeze

_PARTS = {"vragen": "vraag", "reactie": "antwoord"}
"""Containers, and what they hold one by one."""

_BLOCKS = frozenset(
    (*DELEN, *_PARTS, "nr", "nummer", "kop", "titel", "tussenkop", "omschr")
) | frozenset(("al", "al-groep", "lijst", "table", "plaatje", "noot"))
"""Elements that are no part of a sentence."""

_HEADED = frozenset(("vraagdoc", "body", "kamervragen", "vragen", "reactie", "kop"))
_NUMBERED = frozenset((*DELEN, "noot", "li", "kop", "titel"))
"""Elements whose number is their own; anywhere else it is that of the publication."""

_SENTENCE = re.compile(
    rf"(?:{HEAD.pattern}).*\b(?:ingezonden|ontvangen|(?:mede)?gedeeld)\b", re.IGNORECASE
)
"""A sentence of the heading, whatever it stands in."""

_NUMBER = re.compile(r"\d{1,3}[a-z]?")


def modernise(root: etree._Element) -> None:
    """Change a tree in place to what the modern XML would be; no text is lost.

    Metadata get the name `meta`, titles that of what they are, loose paragraphs a
    `vraag` or `antwoord` around them, and notes and references their number as `nr`.
    """
    _head(root)
    for element in _named(root, "metadata", *_PARTS, *DELEN):
        name = name_of(element)
        if name == "metadata" and element.get("name"):
            element.tag = "meta"
        elif name in _PARTS:
            _gather(element, _PARTS[name])
        elif name in DELEN:
            enclose(element, "al", _is_block)
    for element in _named(root, "nummer", "nr"):
        if name_of(element.getparent()) not in _NUMBERED:
            element.tag = "kamervraagnummer"
    number_notes(root)


def _named(root: etree._Element, *names: str) -> list[etree._Element]:
    return list(root.iter(*(f"{{*}}{name}" for name in names)))


def _head(root: etree._Element) -> None:
    """Tell what of the titles and loose sentences is the heading."""
    headings = _named(root, "omschr")
    headed = {heading.getparent() for heading in headings}
    said = {_text(heading) for heading in headings}
    for element in _named(root, "al", "titel"):
        above = name_of(element.getparent()) in _HEADED
        if above and _SENTENCE.match(text := _text(element)):
            element.tag = "tekstregel" if text in said else "omschr"
        elif name_of(element) == "titel":
            element.tag = _title(element, headed)
    for element in _named(root, "kop"):
        if name_of(element.getparent()) not in DELEN:
            element.tag = "head"


def _title(element: etree._Element, headed: set[etree._Element | None]) -> str:
    """A title is a label, a sentence of the heading, or stands above all that."""
    parent = element.getparent()
    name = name_of(parent) if parent is not None else ""
    if name in DELEN:
        return "kop" if parse_label(_text(element)) else "titel"
    needed = name in _HEADED and parent not in headed
    return "omschr" if needed and not parse_label(_text(element)) else "tekstregel"


def _is_block(element: etree._Element) -> bool:
    return name_of(element) in _BLOCKS


def _gather(element: etree._Element, name: str) -> None:
    """Paragraphs before any question or answer: they are one, or several numbered.

    Before answers that are marked as such they are a remark.
    """
    marked = next(element.iterchildren(f"{{*}}{name}"), None) is not None
    around = _around(element, name) if not marked else "kamervraagopmerking"
    if marked and name == "vraag":
        return
    inside: etree._Element | None = None
    count = 0
    for child in _loose(element):
        if inside is None or (not marked and _opens(child, count + 1)):
            inside = etree.Element(around)
            child.addprevious(inside)
            count += 1
        inside.append(child)


def _around(element: etree._Element, name: str) -> str:
    """What loose paragraphs are: a notice where the heading announces one."""
    heading = next(element.iterchildren("{*}omschr"), None)
    announced = heading is not None and _text(heading).startswith("Mededeling")
    return "kamervraagopmerking" if announced and name == "antwoord" else name


def _loose(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and lists that stand in a container before any marked part."""
    for child in list(element):
        name = name_of(child)
        if name in DELEN:
            return
        if name in ("al", "al-groep", "lijst", "table", "nr", "nummer"):
            yield child


def _opens(paragraph: etree._Element, number: int) -> bool:
    """Whether a paragraph begins with the number that comes next."""
    text = _text(paragraph)
    found = NUMBERED.match(text)
    label = parse_label(text)
    alone = label.nummers if label else numbers_alone(text)
    return str(number) in (found[1] if found else "", *alone[:1])


def number_notes(root: etree._Element) -> None:
    """Give every note its number as `nr`, and every reference that of its note."""
    numbers: dict[str, str] = {}
    said = ((_target(each), _said(each)) for each in root.iter("{*}nootref"))
    referred = {target: number for target, number in said if target and number}
    for note in root.iter("{*}noot"):
        number = _number(note) or referred.get(note.get("id") or "")
        if number:
            note.set("nr", number)
            numbers[note.get("id") or ""] = number
    for reference in root.iter("{*}nootref"):
        target = _target(reference)
        number = reference.get("nr") or numbers.get(target) or _said(reference)
        reference.set("nr", number or target.removeprefix("n"))


def _target(reference: etree._Element) -> str:
    return (reference.get("refid") or "").lstrip("#")


def _said(reference: etree._Element) -> str:
    """The number that a reference shows, or names."""
    return reference.get("nr") or _digits(_text(reference))


def _number(note: etree._Element) -> str:
    """From an element, an attribute, the start of its text or its id."""
    for child in note.iterchildren("{*}noot.nr", "{*}nr"):
        return _text(child).rstrip(".)")
    said = (note.get("nr") or "").strip(" .)(")
    paragraph = note if _start(note) else next(note.iter("{*}al", "{*}noot.al"), note)
    typed = MARKED.match(_start(paragraph))
    if typed and said in ("", typed[1]):
        paragraph.text = _start(paragraph)[typed.end() :]
        return typed[1]
    return said or _digits((note.get("id") or "").removeprefix("n"))


def _digits(text: str | None) -> str:
    found = _NUMBER.fullmatch((text or "").strip(" .)("))
    return found[0] if found else ""


def _start(element: etree._Element) -> str:
    return (element.text or "").lstrip()


def _text(element: etree._Element) -> str:
    return squeeze("".join(element.itertext()))
