"""The one cleaning of text, and the one way to join printed lines into prose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_is_nfc = unicodedata.is_normalized
_SOFT_HYPHEN = "\u00ad"

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
    U+FFFD. Idempotent.
    """
    if text.isascii() and text.isprintable():
        return text
    if not text.isprintable():
        text = _FORBIDDEN.sub("", _SURROGATE.sub("\ufffd", text))
    return text if _is_nfc("NFC", text) else unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Clean text on one line: white space is one blank, and none at the ends."""
    flat = " ".join(text.split())
    if flat.isprintable() and _is_nfc("NFC", flat):
        return flat
    return " ".join(clean(flat).split())


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

    def join(found: re.Match[str]) -> str:
        letter = found["letter"] or found["marked"]
        accent = found["accent"] or found["mark"]
        return compose(letter, accent) or found[0]

    return _LOOSE_ACCENT.sub(join, text)


_URL_TAIL = re.compile(r"(?:https?:|www\.)[^\s<>«»\"]*$", re.IGNORECASE)
_URL_WORD = re.compile(r"[^\s<>«»\"]+")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>«»\"]+", re.IGNORECASE)
_URL_JOINTS = "/-_=?&%~.:#+,"
_SUSPENDED = re.compile(
    r"(?:en|of|dan wel|als|tot|noch|c\.q\.|respectievelijk|resp\.)(?!\w)"
)
_ABBREVIATIONS = frozenset(
    "aio aow apk avg awb azc bbb bbl bbz bhv bso btw bv bzk cao cbs cpb dna ebi fte "
    "ggd ggz hbo hiv hrm ibo ict iq jgz lbo led lhbt lhbti lhbtiq lhbtiqa lhbtqi lng "
    "lpg mbo mkb mvo ngo nvwa nza ozb pc pdf pfas pgb pkb rmc rtv sbo sms tbs tv uwv "
    "vmbo vog vso vwo wajong wia wlz wmo wnt wob wsw wtp ww wwft zbo zmv zzp".split()
)
"""Abbreviations also written small, whose hyphen is their own; none is a syllable."""

_SYLLABLES = frozenset(
    "aan al anti auto be bij bio co con de eco ex ge in inter intra kon mee multi na om "
    "on onder ont op over per pre pro re semi sub sur te ten ter toe trans uit ver "
    "voor".split()
)
"""First parts that also begin words without a hyphen: no evidence for one."""


def joined(lines: Iterable[str], words: frozenset[str] = frozenset()) -> str:
    """Printed lines as running prose: hyphenation repaired, real hyphens kept.

    `words` are hyphenated words seen unbroken in the same document (lower case):
    a break inside one of them, or behind the same first part, is its own hyphen.
    """
    text = ""
    for line in map(squeeze, lines):
        if line:
            text = _join(text, line, words) if text else line
    return text


def hyphenated(lines: Iterable[str]) -> frozenset[str]:
    """The words with an own hyphen that stand unbroken somewhere in the lines."""
    found = set()
    for line in lines:
        for word in re.findall(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b", line):
            found.add(word.lower())
            first = word.lower().split("-", 1)[0]
            if first not in _SYLLABLES and len(first) > 1:
                found.add(f"{first}-")
    return frozenset(found)


def urls(text: str) -> tuple[str, ...]:
    """The addresses in a text, without the punctuation and brackets around them."""
    found = []
    for match in _URL.findall(text):
        url = match.rstrip(".,;:!?'’\u201d")
        while url.endswith(")") and url.count("(") < url.count(")"):
            url = url[:-1].rstrip(".,;:")
        found.append(url)
    return tuple(found)


def _join(text: str, line: str, words: frozenset[str]) -> str:
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1] + line
    tail = _URL_TAIL.search(text)
    if tail and _continues_url(tail[0], line):
        return text + line
    if not text.endswith("-") or text.endswith((" -", "--")):
        return f"{text} {line}"
    if _SUSPENDED.match(line):
        return f"{text} {line}"
    return _rejoin(text, line, words)


def _rejoin(text: str, line: str, words: frozenset[str]) -> str:
    """Join behind a hyphen at the end of a line, the typesetter's or the word's own."""
    before = re.split(r"[\s(«/\"‘“]", text[:-1])[-1]
    first = re.match(r"[^\W\d_]+", line)
    own = (
        not before
        or not before[-1].islower()
        or first is None
        or not first[0][0].islower()
        or before.rsplit("-", 1)[-1].lower() in _ABBREVIATIONS
        or f"{before}-{first[0]}".lower() in words
        or f"{before}-".lower() in words
    )
    return text + line if own else text[:-1] + line


def _continues_url(url: str, line: str) -> bool:
    """Whether an address broken at the end of a line goes on in the next one."""
    first = _URL_WORD.match(line)
    if url.endswith("://"):
        return first is not None
    if first is None or first[0].lower().startswith(("http", "www.")):
        return False
    word = first[0].rstrip(".,;)")
    if url.endswith((".", ",")):
        # A full stop may also end the sentence: only an address goes on.
        return "/" in word or bool(re.search(r"[\w%]\.\w{2,5}$|=|%", word))
    if url[-1] in _URL_JOINTS:
        return True
    return "/" in word or "%" in word or bool(re.search(r"\w[-_.]\w", word))


def split_paragraphs(text: str) -> Sequence[Sequence[str]]:
    """The lines of a plain text in groups, split at blank lines."""
    groups: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]
