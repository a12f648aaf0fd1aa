"""The one cleaning of text, and the accents and addresses in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import unquote

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff]"
)
SOFT_HYPHEN = "\u00ad"
_SURROGATE = re.compile("[\ud800-\udfff]")
_is_nfc = unicodedata.is_normalized
_GLYPHS = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_AS_READ = str.maketrans({**_GLYPHS, "\u2010": "-", "\u2011": "-"})
_HAS_GLYPHS = re.compile("[\ufb00-\ufb04\u2010\u2011]")
"""Shapes of letters and hyphens that typesetting chose: read as what they stand for."""

_ACCENTS = {
    "`": "\u0300",
    "\u00b4": "\u0301",
    "\u02c6": "\u0302",
    "\u02dc": "\u0303",
    "\u00af": "\u0304",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u00a8": "\u0308",
    "\u02da": "\u030a",
    "\u02dd": "\u030b",
    "\u02c7": "\u030c",
    "\u00b8": "\u0327",
    "\u02db": "\u0328",
}
"""Spacing accents, as drawn beside their letter, and what they combine as."""

_LOOSE_ACCENT = re.compile(
    r"(?P<letter>[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z]) ?"
    r"(?P<accent>[\u00b4\u02c6\u02d8\u02d9\u02dd])"
    r"|(?P<marked>[A-Za-z]) ?(?P<mark>[\u00b8\u02c7\u02db\u02da])"
)
"""An acute behind a vowel is left alone: it may stand for an apostrophe (zo´n)."""


def clean(text: str) -> str:
    """NFC text that every database and JSON reader accepts, spaces kept as they are.

    NUL, control characters and zero-width spaces go; lone surrogates become
    U+FFFD, ligatures their letters. Idempotent.
    """
    if text.isascii() and text.isprintable():
        return text
    if not text.isprintable():
        text = _FORBIDDEN.sub("", _SURROGATE.sub("\ufffd", text))
    if _HAS_GLYPHS.search(text):
        text = text.translate(_AS_READ)
    return text if _is_nfc("NFC", text) else unicodedata.normalize("NFC", text)


def _is_plain(text: str) -> bool:
    return _is_nfc("NFC", text) and _HAS_GLYPHS.search(text) is None


def squeeze(text: str) -> str:
    """Clean text on one line: white space is one blank, none at the ends.

    Soft hyphens go: they only show at the end of a printed line.
    """
    flat = " ".join(text.split())
    if flat.isprintable() and (flat.isascii() or _is_plain(flat)):
        return flat
    return " ".join(clean(flat).replace(SOFT_HYPHEN, "").split())


def compose(letter: str, accent: str) -> str | None:
    """The one character that a letter and a spacing accent make, or None.

    >>> compose("c", "´"), compose("q", "´")
    ('ć', None)
    """
    combining = _ACCENTS.get(accent)
    if combining is None or not letter.isalpha():
        return None
    composed = unicodedata.normalize("NFC", letter + combining)
    return composed if len(composed) == 1 else None


def compose_loose(text: str) -> str:
    """Join accents that text extraction put beside their letter ("Yes¸ilgöz")."""
    if text.isascii():
        return text

    def join(found: re.Match[str]) -> str:
        letter = found["letter"] or found["marked"]
        accent = found["accent"] or found["mark"]
        return compose(letter, accent) or found[0]

    return _LOOSE_ACCENT.sub(join, text)


_URL = re.compile(r"(?:https?://|www\.)[^\s<>«»\"]+", re.IGNORECASE)


def urls(text: str) -> tuple[str, ...]:
    """The addresses in a text, without the punctuation and brackets around them."""
    found = []
    for match in _URL.findall(text):
        url = match.rstrip(".,;:!?'’\u201d")
        while url.endswith(")") and url.count("(") < url.count(")"):
            url = url[:-1].rstrip(".,;:")
        found.append(url)
    return tuple(found)


_SCHEME = re.compile(r"https?://", re.IGNORECASE)
MAX_LINKS = 50
"""Links of one text that are looked for in it; no note has so many."""


def addresses(text: str, linked: Sequence[str]) -> tuple[str, ...]:
    """The addresses of a text: as printed in it, then those it only links to.

    Every form of a document prints the same; only some have links behind the words.
    A link serves for an address that the print breaks with a blank.
    """
    printed = urls(text)
    known = {_bare(url) for url in printed}
    others = [url for url in linked if _bare(url) not in known]
    solid = _bare("".join(text.split()))
    broken = tuple(bare for bare in map(_bare, others[:MAX_LINKS]) if bare in solid)
    whole = (p for p in printed if not any(b.startswith(_bare(p)) for b in broken))
    return tuple(dict.fromkeys([*whole, *others]))


def _bare(url: str) -> str:
    """An address as it is compared: without scheme, escapes and case."""
    return unquote(_SCHEME.sub("", url)).casefold().rstrip("/")
