"""The markers of numbered lists in HTML, which a page leaves to the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from etl.documents.numerals import roman

if TYPE_CHECKING:
    from lxml import etree

_INTEGER = re.compile(r"\s*\d{1,4}\s*")
_BRACKET = re.compile("bracket|parenthes|haak", re.IGNORECASE)


def markers(items: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The items of an `ol` with their markers, as the XML prints them in `li.nr`.

    "1.", "2." from `start` and `type`; "" where the text begins with its marker. The
    items of an `ul` have none: where the XML prints a bullet or a dash, the publisher
    writes it in the text of the page too.
    """
    number = _integer(items.get("start"), 1)
    style, classes = items.get("type") or "1", items.get("class") or ""
    end = ")" if _BRACKET.search(classes) else "."
    for item in items.iterchildren("li"):
        number = _integer(item.get("value"), number)
        marker = f"{_shown(number, style)}{end}"
        printed = "list-style-none" in classes or _starts_with(item, marker)
        yield item, "" if printed else marker
        number += 1


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and _INTEGER.fullmatch(text) else otherwise


def _starts_with(item: etree._Element, marker: str) -> bool:
    """Of a long item only the start is looked at."""
    return "".join(islice(item.itertext(), 8)).lstrip().startswith(marker)


def _shown(number: int, style: str) -> str:
    if style in ("a", "A") and number > 0:
        text = _alphabetic(number)
    elif style in ("i", "I") and number > 0:
        text = roman(number)
    else:
        return str(number)
    return text.upper() if style.isupper() else text


def _alphabetic(number: int) -> str:
    """The letters a to z, then aa, ab and so on."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
