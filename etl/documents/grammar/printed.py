"""What the printed head and foot of a page name the publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.model.identity import Identifier, Key, parse_vergaderjaar, parse_zaaknummer

_IDENTIFIER = re.compile(r"\b(?:ah|kv)-[0-9A-Za-z-]*\d[0-9A-Za-z-]*")
_KAMER = re.compile(r"\b(Tweede|Eerste)\s+Kamer\b", re.IGNORECASE)
_VERGADERJAAR = re.compile(
    r"vergaderjaar\s*(\d{4}\s*[-–]\s*(?:\d{4}|\d{2})(?!\d))", re.IGNORECASE
)
_NUMMER = re.compile(r"(\d{1,5})\s?([a-z])?", re.IGNORECASE)
_AH = re.compile(r"AH\s*(\d{1,5})\s?([a-z])?")
"""How the first line of a Word file names it; the year is not printed."""

_QUESTIONS = re.compile(r"\bgesteld\s+door\s+de\s+leden\s+der\s+Kamer\b", re.IGNORECASE)
_ANSWERED = re.compile(r"\bantwoorden\b|\bAanhangsel\b", re.IGNORECASE)
"""What the title of an Aanhangsel says besides, and that of a question never."""

_ZAAK = re.compile(r"\d{4}\s?Z\s?\d{5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The names found; the identifier decides about those that it holds too."""

    identifier: str | None
    kamer: str | None
    vergaderjaar: str | None
    aanhangselnummer: int | None
    toevoeging: str
    zaaknummers: tuple[str, ...]


def printed(furniture: Sequence[str]) -> Printed:
    """The identifier if one is printed, else the one that number and year make.

    The number of a question publication is its vraagnummer, however short.
    """
    text = "\n".join(furniture)
    kamer, jaar = _KAMER.search(text), _VERGADERJAAR.search(text)
    code = ("tk" if kamer[1].lower() == "tweede" else "ek") if kamer else None
    vergaderjaar = parse_vergaderjaar(jaar[1]) if jaar else None
    identifier = _identifier(text)
    asked = _QUESTIONS.search(text) and not _ANSWERED.search(text)
    if identifier is None and code and vergaderjaar and not asked:
        identifier = _numbered_identifier(furniture, code, vergaderjaar)
    zaken = [parse_zaaknummer(found) for found in _ZAAK.findall(text)]
    if identifier and identifier.zaaknummer:
        zaken.append(identifier.zaaknummer)
    alone = next(filter(None, map(_AH.fullmatch, furniture)), None)
    found = Printed(
        identifier=identifier.text if identifier else None,
        kamer=code,
        vergaderjaar=vergaderjaar,
        aanhangselnummer=int(alone[1]) if alone else None,
        toevoeging=(alone[2] or "") if alone else "",
        zaaknummers=tuple(dict.fromkeys(zaken)),
    )
    return _by_key(found, identifier.key) if identifier and identifier.key else found


def _by_key(found: Printed, key: Key) -> Printed:
    return replace(
        found,
        kamer=key.kamer,
        vergaderjaar=key.vergaderjaar,
        aanhangselnummer=key.aanhangselnummer,
        toevoeging=key.toevoeging,
    )


def _numbered_identifier(
    furniture: Sequence[str], kamer: str, vergaderjaar: str
) -> Identifier | None:
    """From the number on a line of its own; a lone 2 is the number of the Kamer."""
    for line in furniture:
        found = _NUMMER.fullmatch(line)
        if found and found[0] != "2":
            jaar = vergaderjaar.replace("-", "")
            letter = (found[2] or "").lower()
            return Identifier.parse(f"ah-{kamer}-{jaar}-{found[1]}{letter}")
    return None


def _identifier(text: str) -> Identifier | None:
    for found in _IDENTIFIER.findall(text):
        try:
            return Identifier.parse(found)
        except ValueError:
            continue
    return None
