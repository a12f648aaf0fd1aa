"""The names a publication goes by: identifier, vergaderjaar (session year), zaaknummer.

Patterns follow KOOP's list of 86,872 `ah-` and 64,455 `kv-` identifiers of
24 February 2025; all of them parse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_AH = re.compile(
    r"ah-(?P<kamer>tk|ek)-(?P<jaar>\d{8})-(?:AH)?(?P<nummer>\d{1,9})(?P<letter>[a-z])?"
    r"(?:-(?P<herziening>[hn]\d))?"
)
_PLACEHOLDER = re.compile(r"ah-(?P<nummer>\d{1,9})")
_KV = re.compile(
    r"kv-(?:(?P<kamer>tk|ek)-)?"
    r"(?P<vraag>\d{4,5}[Zz]\d{4,6}[a-z]?|\d{4,11}H?|\d{4}-\d\d-\d\d)"
    r"(?:-(?P<herziening>[hn]\d?))?"
)
_ZAAK = re.compile(r"(?P<jaar>\d{4})\s?[Zz]\s?(?P<nummer>\d{4,6})")
_VERGADERJAAR = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4}|\d{2})(?!\d)")


def parse_vergaderjaar(text: str) -> str:
    """The canonical form `2022-2023` of a session year in any printed form.

    >>> parse_vergaderjaar("2022–2023"), parse_vergaderjaar("1999-00")
    ('2022-2023', '1999-2000')

    Impossible pairs such as 1995-1995 exist in identifiers and are kept.
    Raises ValueError when there is no year pair.
    """
    compact = text.strip()
    if re.fullmatch(r"\d{8}", compact, re.ASCII):
        return f"{compact[:4]}-{compact[4:]}"
    found = _VERGADERJAAR.search(compact)
    if not found:
        raise ValueError(f"no vergaderjaar in {text!r}")
    first, second = found.groups()
    following = str(int(first) + 1)
    if len(second) == 2:
        second = following if following.endswith(second) else first[:2] + second
    return f"{first}-{second}"


def parse_zaaknummer(text: str) -> str:
    """The canonical form `2024Z17972`; Word files print `2024Z 17972` too.

    Raises ValueError when there is none.
    """
    found = _ZAAK.fullmatch(text.strip())
    if not found:
        raise ValueError(f"no zaaknummer in {text!r}")
    return f"{found['jaar']}Z{found['nummer']}"


def prinsjesdag(year: int) -> date:
    """The third Tuesday of September, on which a vergaderjaar begins (Grondwet 65)."""
    first = date(year, 9, 1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 14)


def vergaderjaar_on(day: date) -> str:
    """The session year that a day falls in."""
    first = day.year if day >= prinsjesdag(day.year) else day.year - 1
    return f"{first}-{first + 1}"


BOUNDARY = 21
"""Days around Prinsjesdag in which a bare number may be of either vergaderjaar."""


def near_prinsjesdag(day: date) -> bool:
    """Whether the vergaderjaar of what is published about that day is uncertain."""
    return abs((day - prinsjesdag(day.year)).days) <= BOUNDARY


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a numbered Aanhangsel one publication, whatever its prints are called.

    `toevoeging` is the printed letter of 6a, else empty. `AH2134` and `0041`
    are spellings of 2134 and 41.
    """

    kamer: str
    vergaderjaar: str
    aanhangselnummer: int
    toevoeging: str = ""

    @property
    def identifier(self) -> str:
        """The identifier in its normal spelling, `ah-tk-20222023-1505`."""
        jaar = self.vergaderjaar.replace("-", "")
        return f"ah-{self.kamer}-{jaar}-{self.aanhangselnummer}{self.toevoeging}"


def parse_aanhangselnummer(text: str) -> Key:
    """The number of a Document of the Tweede Kamer: 232401999 is 2023-2024, 1999.

    Two digits for each year, five for the number; a leading zero may be lost.
    Raises ValueError for anything else.
    """
    digits = text.strip().zfill(9)
    if not re.fullmatch(r"\d{9}", digits, re.ASCII) or len(text.strip()) < 8:
        raise ValueError(f"no aanhangselnummer in {text!r}")
    first, second, nummer = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if second != (first + 1) % 100 or nummer == 0:
        raise ValueError(f"no aanhangselnummer in {text!r}")
    begin = (1900 if first >= CENTURY else 2000) + first
    return Key("tk", f"{begin}-{begin + 1}", nummer)


CENTURY = 90
"""Two digits from here on are of the twentieth century: the series begins in 1994."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of the Official Publications, verbatim and taken apart.

    `key` is None for a placeholder `ah-<n>` and for a question publication
    `kv-…`; `herziening` is `h1` (herdruk, reprint), `n1` or empty.
    """

    text: str
    key: Key | None
    zaaknummer: str | None = None
    herziening: str = ""

    @property
    def is_question(self) -> bool:
        """Whether it names a question publication, which has no number of its own."""
        return self.text.startswith("kv-")

    @classmethod
    def parse(cls, text: str) -> Identifier:
        """Raises ValueError when the text is none of the known families."""
        if found := _AH.fullmatch(text):
            key = Key(
                found["kamer"],
                parse_vergaderjaar(found["jaar"]),
                int(found["nummer"]),
                found["letter"] or "",
            )
            return cls(text, key, None, found["herziening"] or "")
        if _PLACEHOLDER.fullmatch(text):
            return cls(text, None)
        if found := _KV.fullmatch(text):
            zaak = found["vraag"].upper()
            number = zaak if _ZAAK.fullmatch(zaak) else None
            return cls(text, None, number, found["herziening"] or "")
        raise ValueError(f"not an identifier of an Aanhangsel: {text!r}")
