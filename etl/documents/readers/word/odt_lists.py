"""The numbers and bullets that an OpenDocument list prints before its items."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.documents.readers.word.docx_numbering import LONGEST, Marker, formatted

if TYPE_CHECKING:
    from lxml import etree

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LIST, _ITEM, _ID = (
    f"{TEXT}list",
    f"{TEXT}list-item",
    "{http://www.w3.org/XML/1998/namespace}id",
)
_FORMATS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list style; `bullet` is its sign where it does not count."""

    bullet: str = ""
    format: str = "decimal"
    before: str = ""
    after: str = ""
    start: int = 1


class Lists:
    """The list styles of a document; `marker` counts on, so ask in reading order."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[str, int] = {}
        self._lists: dict[etree._Element, str] = {}
        self._named: dict[str, str] = {}
        self._last: dict[str, str] = {}
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                name = style.get(f"{_STYLE}name") or ""
                for level in style:
                    if isinstance(level.tag, str):
                        depth = _whole(level.get(f"{TEXT}level"), 1)
                        self._levels[name, depth] = _level(level)

    def marker(self, paragraph: etree._Element) -> Marker | None:
        """What is printed before a paragraph: only before the first of an item."""
        item = paragraph.getparent()
        if item is None or item.tag != _ITEM or paragraph.getprevious() is not None:
            return None
        lists = list(item.iterancestors(_LIST))[:_DEEPEST]
        if not lists:
            return None
        style = next(filter(None, (x.get(f"{TEXT}style-name") for x in lists)), "")
        level = self._levels.get((style, len(lists)))
        if level is None:
            return None
        series = f"{self._series(lists[-1], style)}/{len(lists)}"
        if level.bullet:
            return Marker(level.bullet, series)
        number = self._number(item, lists[0], series, level)
        text = f"{level.before}{formatted(number, level.format)}{level.after}"
        return Marker(text, series)

    def _series(self, outer: etree._Element, style: str) -> str:
        """Lists that go on in one another count as one."""
        if outer not in self._lists:
            on = outer.get(f"{TEXT}continue-numbering") == "true"
            before = self._named.get(outer.get(f"{TEXT}continue-list") or "")
            same = self._last.get(style) if on else None
            self._lists[outer] = before or same or f"list {len(self._lists)}"
            if name := outer.get(_ID):
                self._named[name] = self._lists[outer]
            self._last[style] = self._lists[outer]
        return self._lists[outer]

    def _number(
        self, item: etree._Element, own: etree._Element, series: str, level: _Level
    ) -> int:
        """The count of the item; a list inside an item begins anew."""
        parent = own.getparent()
        if item.getprevious() is None and parent is not None and parent.tag == _ITEM:
            self._counts.pop(series, None)
        number = self._counts.get(series, level.start - 1) + 1
        self._counts[series] = _whole(item.get(f"{TEXT}start-value"), number)
        return self._counts[series]


def _level(element: etree._Element) -> _Level:
    bullet = (element.get(f"{TEXT}bullet-char") or "")[:LONGEST]
    if bullet:
        return _Level(bullet="•" if "\ue000" <= bullet <= "\uf8ff" else bullet)
    sign = element.get(f"{_STYLE}num-format") or ""
    return _Level(
        format=_FORMATS.get(sign, "decimal"),
        before=element.get(f"{_STYLE}num-prefix", "")[:LONGEST],
        after=element.get(f"{_STYLE}num-suffix", "")[:LONGEST],
        start=_whole(element.get(f"{TEXT}start-value"), 1),
    )


def _whole(text: str | None, otherwise: int) -> int:
    return (
        int(text or 0) if re.fullmatch(r"\d{1,5}", text or "", re.ASCII) else otherwise
    )
