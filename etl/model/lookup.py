"""What is looked up: which spelling meant which code, and when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

LONGEST = 200
"""Characters of a spelling that can be known; what is longer is none."""

_TITLE = re.compile(r"(?:groep-lid|groep|fractie|lid|gr\.|ministerie\s+van|voor)[\s-]+")
_KEPT = re.compile(r"[^0-9a-z]+")
_LETTERS = str.maketrans(
    {"&": "en", "ı": "i", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae"}
)


@lru_cache(maxsize=4096)
def folded(spelling: str) -> str:
    """What all spellings of one name share: no case, accents, dots, blanks or title.

    >>> folded("Groep Van Haga"), folded("P.v.d.A."), folded("J&V")
    ('vanhaga', 'pvda', 'jenv')
    """
    text = spelling.strip().lower()
    title = _TITLE.match(text)
    return letters(text[title.end() :] if title else text)


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """What all spellings of the name of a person share: its letters and digits alone.

    >>> letters("Yeşilgöz – Zegerius"), letters("van 't Wout")
    ('yesilgozzegerius', 'vantwout')
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return _KEPT.sub("", plain)


@dataclass(frozen=True, slots=True)
class Periode:
    """The days, both included, on which a spelling stood for a code."""

    code: str
    van: date = date.min
    tot: date = date.max


@dataclass(frozen=True, slots=True)
class Found:
    """What a spelling stands for; `code` is None where that is not certain.

    `current` says whether the code existed on the day that was asked for.
    """

    code: str | None
    current: bool


UNKNOWN = Found(None, current=False)


@dataclass(frozen=True, slots=True)
class Register:
    """Spellings, folded, with what each stood for."""

    perioden: Mapping[str, tuple[Periode, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Periode]]) -> Register:
        """From spellings as printed."""
        perioden: dict[str, tuple[Periode, ...]] = {}
        for spelling, periode in rows:
            name = folded(spelling)
            perioden[name] = (*perioden.get(name, ()), periode)
        return cls(perioden)

    def knows(self, spelling: str) -> bool:
        """Whether the spelling ever stood for anything."""
        return len(spelling) <= LONGEST and folded(spelling) in self.perioden

    def find(self, spelling: str, op: date | None) -> Found:
        """Certain when it stood for one code ever, or for one on the day `op`."""
        if len(spelling) > LONGEST:
            return UNKNOWN
        perioden = self.perioden.get(folded(spelling), ())
        now = {p.code for p in perioden if op is None or p.van <= op <= p.tot}
        ever = {periode.code for periode in perioden}
        codes = ever if len(ever) == 1 else now
        if len(codes) != 1:
            return UNKNOWN
        (code,) = codes
        return Found(code, current=code in now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """All that is looked up while a publication is read.

    `achternamen` are surnames of several words that would be read as a first name
    and a surname, folded.
    """

    fracties: Register = field(default_factory=Register)
    ministeries: Register = field(default_factory=Register)
    achternamen: frozenset[str] = frozenset()
