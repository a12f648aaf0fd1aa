"""Running text of an HTML element, without the references to notes in it."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from etl.documents.text import squeeze

SKIPPED = frozenset(("script", "style", "noscript", "template", "title"))
"""Elements that show no text."""

_BREAKS = frozenset(("br", "p", "li", "td", "th", "div", "dt", "dd"))
_MARK = re.compile(r"\(?(\d{1,3}|\*{1,3})[.)]?")


_NO_CLASS: frozenset[str] = frozenset()


def classes_of(element: etree._Element) -> frozenset[str]:
    """The classes of an element in lower case, as old pages write them at will."""
    names = element.get("class")
    return _apart(names) if names else _NO_CLASS


@lru_cache(maxsize=256)
def _apart(names: str) -> frozenset[str]:
    """The words of an attribute; cached, as pages have few and they are asked often."""
    return frozenset(names.lower().split())


def flat(element: etree._Element) -> tuple[str, tuple[str, ...]]:
    """Running text without note references, and the numbers referred to."""
    if not len(element) and not (_shows_nothing(element) or _is_reference(element)):
        return squeeze(element.text or ""), ()
    pieces: list[str] = []
    refs: list[str] = []
    inside: etree._Element | None = None
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if inside is None and _shows_nothing(part):
                inside = part
            elif inside is None and _is_reference(part):
                inside = part
                refs += _marks("".join(part.itertext()))
            elif inside is None:
                if part.tag in _BREAKS and part is not element:
                    pieces.append(" ")
                pieces.append(part.text or "")
            continue
        if inside is part:
            inside = None
        if inside is None and part is not element:
            pieces.append(part.tail or "")
    return squeeze("".join(pieces)), tuple(refs)


def _shows_nothing(element: etree._Element) -> bool:
    return element.tag in SKIPPED or "note-close" in classes_of(element)


def _is_reference(element: etree._Element) -> bool:
    """By its class, or a number that links to a place on the page."""
    if "nootnum" in classes_of(element):
        return True
    if element.tag != "a" or not (element.get("href") or "").startswith("#"):
        return False
    return _MARK.fullmatch(squeeze("".join(element.itertext()))) is not None


def _marks(text: str) -> list[str]:
    text = squeeze(text)
    found = _MARK.fullmatch(text)
    return [found[1] if found else text] if text else []
