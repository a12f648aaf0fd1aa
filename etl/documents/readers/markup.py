"""What the publisher's XML and the HTML made of it call the parts of a publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import islice

from lxml import etree

from etl.documents.label import LABELLED
from etl.documents.text import clean
from etl.model.publicatie import Deel

DELEN = {
    "vraag": Deel.VRAAG,
    "antwoord": Deel.ANTWOORD,
    "kamervraagopmerking": Deel.MEDEDELING,
    "toelicht": Deel.TOELICHTING,
    "toelichting": Deel.TOELICHTING,
    "kamervraagbijlage": Deel.BIJLAGE,
}
"""Containers that stand for a label where they carry none: XML names, HTML classes."""

IMPLIED = {deel: deel.value.capitalize() for deel in LABELLED}
"""The label that a container stands for."""

ADDITION = re.compile(r"(?:Toelichting\b\s*:?\s*)?Deze vragen\b")
"""How the text begins that explains questions, whatever it stands in."""

NUMBERED = re.compile(r"(\d{1,2})([.)]?)\s+(?=[A-ZÀ-Þ«])")
"""A number typed before the text, where the label should have held it."""


ANNOUNCED = re.compile(r"Mededeling\s*[:.]?\s+(?=[A-ZÀ-Þ«])")
"""A label typed before the text of a notice."""

MARKED = re.compile(r"(\d{1,3}[a-z]?)(?:\)\s*|\.\s+|\s+(?=[A-ZÀ-Þ«(]|https?:|www\.))")
"""A number before the text of a note, and no date: "3 juni 2004, NRC"."""

_FEEDS = str.maketrans("\v\f", "  ")


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag if tag[0] != "{" else tag.rsplit("}", 1)[-1]


def take_label(paragraph: etree._Element, deel: Deel, text: str) -> str:
    """The label typed at the start of a paragraph, which loses it; "" without one.

    `text` is the running text of the paragraph.
    """
    found = (ANNOUNCED if deel is Deel.MEDEDELING else NUMBERED).match(text)
    if found and deel is not Deel.MEDEDELING and not found[2]:
        # "3 Kamerleden …" opens a sentence, unless it is the third question.
        found = found if int(found[1]) == _place(paragraph) else None
    typed = found[0].rstrip() if found else ""
    raw = (paragraph.text or "").lstrip()
    if not typed or not raw.startswith(typed):
        return ""
    paragraph.text = _settable(raw[len(typed) :])
    return typed.rstrip(" .:)")


def _place(paragraph: etree._Element) -> int:
    """Which of its kind the part around a paragraph is, from 1."""
    for part in paragraph.iterancestors():
        said = part.get("class")
        if name_of(part) in DELEN or said in DELEN:
            before = islice(part.itersiblings(part.tag, preceding=True), MANY)
            return 1 + sum(1 for each in before if each.get("class") == said)
    return 1


MANY = 200
"""Neighbours that are looked at; a number of two digits needs no more."""


def enclose(
    element: etree._Element, tag: str, is_block: Callable[[etree._Element], bool]
) -> None:
    """Put a `tag` around each run of text and inline elements between its blocks."""
    around = _around(element.text, tag)
    if around is not None:
        element.text = None
        element.insert(0, around)
    for child in list(element):
        if child is around:
            continue
        if not is_block(child):
            if around is None:
                around = etree.Element(tag)
                child.addprevious(around)
            around.append(child)
            continue
        around = _around(child.tail, tag)
        if around is not None:
            child.tail = None
            child.addnext(around)


def _around(text: str | None, tag: str) -> etree._Element | None:
    if not text or text.isspace():
        return None
    around = etree.Element(tag)
    around.text = _settable(text)
    return around


def _settable(text: str) -> str:
    """HTML may hold control characters, which lxml reads but does not take back."""
    return clean(text).translate(_FEEDS)


@lru_cache(maxsize=256)
def rule(name: str) -> str:
    """An XML element as it is named in explanations; cached, as there are few."""
    return f"<{name}>"
