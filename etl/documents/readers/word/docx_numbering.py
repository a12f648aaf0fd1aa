"""The numbers and bullets that Word prints before paragraphs (ECMA-376, part 1, 17.9).

Ministries number their questions with them: the text itself holds no "1.".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.documents.numerals import roman

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_HOPS = 20
"""Styles rest on styles, and lists on styles: a chain may be long, or a circle."""
_HIGHEST = 20_000
LONGEST = 200
"""Characters of a marker: a megabyte before each of a thousand items is a bomb."""

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BULLETS = {"\uf0a7": "▪", "\uf02d": "–", "\uf0d8": "➢", "\uf0fc": "✓"}


@dataclass(frozen=True, slots=True)
class Marker:
    """What is printed, and the list level (`series`) that counts it."""

    text: str
    series: str


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class _List:
    """An abstract list: its levels, where it has none of its own the style it takes."""

    levels: dict[int, _Level]
    style: str | None
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document; `marker` counts on, so ask in reading order."""

    def __init__(
        self, numbering: etree._Element | None, styles: etree._Element | None
    ) -> None:
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, tuple[str, dict[int, int]]] = {}
        self._styles: dict[str, tuple[str | None, etree._Element | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for style in _children(styles, "style"):
            parent = _value(style, "basedOn")
            num = style.find(f"{W}pPr/{W}numPr")
            self._styles[style.get(f"{W}styleId") or ""] = (parent, num)
        for each in _children(numbering, "abstractNum"):
            name = each.get(f"{W}abstractNumId") or ""
            levels = dict(map(_level, _children(each, "lvl")))
            self._lists[name] = _List(levels, _value(each, "numStyleLink"))
        for each in _children(numbering, "num"):
            starts = dict(_overrides(each))
            abstract = _value(each, "abstractNumId") or ""
            self._nums[each.get(f"{W}numId") or ""] = (abstract, starts)

    def marker(self, properties: etree._Element | None) -> Marker | None:
        """What is printed before a paragraph with these properties (w:pPr)."""
        num, depth = self._num_of(properties)
        abstract, starts = self._nums.get(num, ("", {}))
        abstract = self._resolved(abstract)
        whole = self._lists.get(abstract)
        level = whole.levels.get(depth) if whole else None
        if whole is None or level is None:
            return None
        if depth in starts and (num, depth) not in self._begun:
            whole.counts[depth] = starts[depth]
        else:
            whole.counts[depth] = whole.counts.get(depth, level.start - 1) + 1
        self._begun.add((num, depth))
        for deeper in [each for each in whole.counts if each > depth]:
            del whole.counts[deeper]
        return Marker(_printed(whole, level), f"{abstract}/{depth}")

    def _num_of(self, properties: etree._Element | None) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style."""
        if properties is None:
            return "", 0
        own = properties.find(f"{W}numPr")
        num, depth = _num(own)
        style = _value(properties, "pStyle")
        for _ in range(_HOPS):
            if num is not None or style is None:
                break
            style, inherited = self._styles.get(style, (None, None))
            num, above = _num(inherited)
            depth = above if depth is None else depth
        return num or "", depth or 0

    def _resolved(self, abstract: str) -> str:
        """The abstract list that has the levels, behind links through styles."""
        for _ in range(_HOPS):
            whole = self._lists.get(abstract)
            if whole is None or whole.levels or whole.style is None:
                break
            num = _num(self._styles.get(whole.style, (None, None))[1])[0]
            abstract = self._nums.get(num or "", ("", {}))[0]
        return abstract


def _children(parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return iter(()) if parent is None else parent.iterchildren(f"{W}{name}")


def _value(parent: etree._Element, name: str) -> str | None:
    found = parent.find(f"{W}{name}")
    return None if found is None else found.get(VAL)


def _count(text: str | None, otherwise: int) -> int:
    whole = text is not None and re.fullmatch(r"\d{1,5}", text, re.ASCII)
    return min(int(text or 0), _HIGHEST) if whole else otherwise


def _num(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """The list (None: not said) and the level of numPr; list 0 is "no list"."""
    if properties is None:
        return None, None
    depth = _value(properties, "ilvl")
    return _value(properties, "numId"), None if depth is None else _count(depth, 0)


def _level(element: etree._Element) -> tuple[int, _Level]:
    level = _Level(
        _value(element, "numFmt") or "decimal",
        (_value(element, "lvlText") or "")[:LONGEST],
        _count(_value(element, "start"), 0),
    )
    return _count(element.get(f"{W}ilvl"), 0), level


def _overrides(num: etree._Element) -> Iterator[tuple[int, int]]:
    for override in _children(num, "lvlOverride"):
        start = _value(override, "startOverride")
        if start is not None:
            yield _count(override.get(f"{W}ilvl"), 0), _count(start, 1)


def _printed(whole: _List, level: _Level) -> str:
    if level.format == "bullet":
        return _PRIVATE.sub(lambda sign: _BULLETS.get(sign[0], "•"), level.text)
    if level.format == "none":
        return ""

    def number(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        above = whole.levels.get(depth, level)
        return formatted(whole.counts.get(depth, above.start), above.format)

    return re.sub(r"%([1-9])", number, level.text).strip()


def formatted(number: int, style: str) -> str:
    """A number in one of Word's number formats; decimal where it is not known.

    >>> formatted(4, "lowerLetter"), formatted(4, "upperRoman")
    ('d', 'IV')
    """
    if style.endswith("Letter") and 0 < number <= _HIGHEST:
        times, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) * min(times + 1, 10)
    elif style.endswith("Roman") and 0 < number < 4000:
        text = roman(number)
    elif style == "decimalZero":
        text = f"{number:02}"
    else:
        text = str(number)
    return text.upper() if style.startswith("upper") else text
