"""What of the heading came into no field: nothing, where it was understood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.documents.datum import PATTERN as DATUM
from etl.documents.functie import FUNCTIE
from etl.documents.grammar.ambt import ABSENT
from etl.documents.grammar.kop import MAX_HEAD
from etl.documents.text import squeeze
from etl.model.publicatie import Publicatie

_FIXED = re.compile(
    rf"{DATUM}|{FUNCTIE}"
    r"|antwoord(?:en)?|mededeling|ingezonden|ontvangen|medegedeeld"
    r"|\bzie(?:\s*(?:ook|tevens))?|tevens|aanhangsels?|handelingen|vergaderjaar|(?:mede\s*)?namens|leden|lid|heer"
    r"|beiden?|allebei|all(?:en|e)|(?:nader|aanvullend|schriftelijk|mondeling)e?"
    r"|(?:vervolg)?vra(?:ag|gen)|herdruk|herziene?(?:\s*versie)?"
    r"|\b(?:mevrouw|van|de|het|der|den|en|aan|op|over|inzake|betreffende|voor|door)\b"
    r"|\b(?:nrs?|nummers?|deze|is|gesteld|namens|allebei|tevens|alsmede)\b",
    re.IGNORECASE,
)
"""Words of the fixed sentences that stand around the facts."""

_LETTERS = re.compile(r"[^\W\d_]+")
NOTED = 4
"""Letters: less than this is a slip of the pen, not a fact that was missed."""


def kop_rest(heading: str, publicatie: Publicatie) -> str:
    """The words of the heading that neither became a value nor belong to its form.

    Empty when there is nothing worth a look.
    """
    rest, too_long = squeeze(heading[:MAX_HEAD]), heading[MAX_HEAD:]
    for value in sorted(filter(None, _values(publicatie)), key=len, reverse=True):
        rest = _without(rest, value)
    rest = ABSENT.sub(" ", rest)
    words = _LETTERS.findall(_FIXED.sub(" ", rest) + too_long)
    return squeeze(" ".join(words)) if sum(map(len, words)) >= NOTED else ""


def _without(rest: str, value: str) -> str:
    """The heading without a value, which may have got back blanks that it lost."""
    if value in rest:
        return rest.replace(value, " ")
    spaced = r"\s*".join(map(re.escape, value.split()))
    return re.sub(spaced, " ", rest) if spaced else rest


def _values(publicatie: Publicatie) -> Iterator[str]:
    """All that was read from a heading, as printed in it."""
    yield publicatie.onderwerp or ""
    for lid in publicatie.indieners:
        yield lid.naam
        yield lid.fractie or ""
    for ambt in publicatie.gericht_aan:
        yield ambt.ministerie or ""
    for persoon in publicatie.bewindspersonen:
        yield persoon.naam or ""
        yield persoon.ministerie or ""
