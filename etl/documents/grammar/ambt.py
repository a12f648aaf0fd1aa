"""Ambten (offices): which are asked, who holds them, and who answers along."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.documents.functie import FUNCTIE
from etl.model.publicatie import Ambt, Bewindspersoon, Rol

ABSENT = re.compile(
    r",?\s*(?P<ambt>bij\s+(?:afwezigheid|ontstentenis)\s+van\b.*)", re.IGNORECASE
)
"""Who is not asked, because another stands in."""

_OFFICE = re.compile(FUNCTIE, re.IGNORECASE)
_WITHIN = rf"(?:(?!\b{FUNCTIE}\s)[^()])*"
_GENERAL = r"(?:minister[-\s]president,?\s*minister\s+van\s+algemene\s+zaken(?=\)))?"
_MINISTERIE = (
    rf"\((?P<ministerie>{_GENERAL}{_WITHIN}(?:\([^()]*\){_WITHIN})*)"
    rf"(?:\)|$|(?={FUNCTIE}\s))"
)
"""In brackets; where the closing one is missing the next office ends it."""

_LEADING_ON = frozenset(
    (",", "en", "de", "het", "aan", "van", "en,", "tevens", "alsmede")
)
_NAMED = re.compile(
    rf"(?P<functie>{FUNCTIE})(?:\s+|(?-i:(?=[A-ZÀ-Þ])))(?!(?:van|voor)\s+(?-i:[A-Z])[^()]*(?:,|\sen\s|$))"
    rf"(?P<naam>(?:(?!\b{FUNCTIE})[^(),])+?)\s*{_MINISTERIE}",
    re.IGNORECASE,
)
_NAMED_TOO = re.compile(
    rf"\s*(?:,|\ben\b)\s*(?:van\s+(?=[A-Z]))?"
    rf"(?P<naam>(?=[A-ZÀ-Þ])(?:(?!(?i:{FUNCTIE}))[^(),])+?)\s*{_MINISTERIE}"
)
"""A further name under one plural: "Ministers Kamp (EZ) en Dijsselbloem (FIN)"."""

_BARE_NAME = re.compile(
    rf"(?P<functie>{FUNCTIE})\s+(?P<naam>(?!van\s|voor\s)[^(),]+?)\s+en\s*$",
    re.IGNORECASE,
)
_NAME_OF = re.compile(
    rf"\s*(?:(?:van|de)\s+)*{FUNCTIE}\s+(?-i:(?P<naam>[A-ZÀ-Þ](?:(?!\sen\s)[^,()])*?)"
    r"\s(?:van|voor)\s+[A-Z])",
    re.IGNORECASE,
)
"""A name before the ministry: "minister Klever voor Buitenlandse Handel"."""

_ALSO = re.compile(r",?\s*(?:\ben\s+)?\b(?:mede[\s-]*)?namens\s*", re.IGNORECASE)
_OF = r"(?:van|voor)(?:\s+(?:de\s+)?|(?=[A-Z]))"
_FIRST = re.compile(rf"{_OF}|(?=[A-Z])(?:(?!\sen\s)[^,(])*?\s{_OF}")
"""Before the first ministry; a name may stand there: "minister Klever voor X"."""

_NEXT = re.compile(rf"(?:\s*,\s*(?:en\s*)?|\s+en\s*){_OF}")
_GLUED = re.compile(r"\ben(?=[A-ZÀ-Þ])|(?<=[a-zà-ÿ]{4})(?=[A-ZÀ-Þ][a-z]{3})")
"""Where extraction lost a blank: "Cultuur enWetenschap", "BuitenlandseHandel"."""


_HELD_BY = re.compile(
    r",\s*(?:dhr|mw|mevr|de\s+heer|mevrouw)\b\.?\s+(?=[A-ZÀ-Þ]).*", re.DOTALL
)
"""A name behind the ministry: "van Onderwijs, dhr. Van der Ploeg"."""


def _functie(text: str) -> str:
    """The office in the singular, as the contract spells it."""
    lower = re.sub(r"\s", "-", text.lower())
    if "president" in lower and not lower.startswith("vice"):
        return "Minister-President"
    return "Staatssecretaris" if lower.startswith("staats") else "Minister"


def ambten(text: str) -> tuple[Ambt, ...]:
    """The offices in "de Ministers van A en van B en de Staatssecretaris van C"."""
    text = ABSENT.sub("", text)
    found = list(_OFFICE.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)] * bool(found)
    whole: list[Ambt] = []
    for match, end in zip(found, ends, strict=True):
        functie = _functie(match[0])
        ministeries = _ministeries(text[match.end() : end])
        whole.extend(Ambt(functie=functie, ministerie=name) for name in ministeries)
    return _merged(_inherit(whole))


def _ministeries(tail: str) -> list[str | None]:
    """The ministeries behind one function word; [None] when none is named there."""
    tail = _trimmed(tail).strip(" ,.;")
    first = _FIRST.match(tail)
    parts = _NEXT.split(tail[first.end() :] if first else tail)
    return [name for name in map(_ministerie, parts) if name] or [None]


def _trimmed(text: str) -> str:
    """Without the small words at its end that lead on to the next office."""
    words = text.split()
    while words and words[-1] in _LEADING_ON:
        words.pop()
    return " ".join(words)


def _ministerie(text: str) -> str:
    """A ministry as printed, with the blanks that extraction lost."""
    name = _HELD_BY.sub("", _trimmed(text)).strip(" ,.;")
    return _GLUED.sub(lambda found: f"{found[0]} ", name)


def _inherit(ambten: list[Ambt]) -> list[Ambt]:
    """Both are of X in "de Staatssecretaris en de Minister van X"."""
    whole = list(ambten)
    for place in range(len(whole) - 2, -1, -1):
        ambt, after = whole[place], whole[place + 1]
        if ambt.ministerie is None and ambt.functie != "Minister-President":
            whole[place] = Ambt(functie=ambt.functie, ministerie=after.ministerie)
    return whole


def _merged(ambten: list[Ambt]) -> tuple[Ambt, ...]:
    """Two titles of one office become one: "Minister-President, Minister van AZ"."""
    general = Ambt(functie="Minister", ministerie="Algemene Zaken")
    whole: list[Ambt] = []
    for ambt in ambten:
        before = whole[-1] if whole else None
        if before == Ambt(functie="Minister-President", ministerie=None) and (
            ambt == general
        ):
            whole[-1] = Ambt(functie="Minister-President", ministerie="Algemene Zaken")
        elif ambt != before:
            whole.append(ambt)
    return tuple(whole)


def bewindspersonen(core: str) -> tuple[Bewindspersoon, ...]:
    """Who answers by the words behind "Antwoord van", up to the date."""
    first, *others = _ALSO.split(core)
    main = list(_answering(first, Rol.ANTWOORD))
    also = [who for part in others for who in _answering(part, Rol.MEDE_NAMENS)]
    return tuple(main + also)


def _answering(text: str, rol: Rol) -> Iterator[Bewindspersoon]:
    """Persons with their office in brackets; offices without a name beside them."""
    place = 0
    for match in _NAMED.finditer(text):
        functie = match["functie"]
        yield from _before(text[place : match.start()], rol, match["ministerie"])
        yield _person(functie, match["naam"], match["ministerie"], rol)
        place = match.end()
        while more := _NAMED_TOO.match(text, place):
            yield _person(functie, more["naam"], more["ministerie"], rol)
            place = more.end()
    yield from _unnamed(text[place:], rol)


def _before(text: str, rol: Rol, ministerie: str) -> Iterator[Bewindspersoon]:
    """What stands before a person: offices, or a name that shares the ministry."""
    bare = _BARE_NAME.search(text) if rol is Rol.ANTWOORD else None
    yield from _unnamed(text[: bare.start()] if bare else text, rol)
    if bare:
        yield _person(bare["functie"], bare["naam"], ministerie, rol)


def _person(functie: str, naam: str, ministerie: str, rol: Rol) -> Bewindspersoon:
    return Bewindspersoon(
        naam=naam.strip(),
        functie=_functie(functie),
        ministerie=_ministerie(ministerie) or None,
        rol=rol,
    )


def _unnamed(text: str, rol: Rol) -> Iterator[Bewindspersoon]:
    offices = ambten(text)
    named = _NAME_OF.match(text) if len(offices) == 1 else None
    for ambt in offices:
        yield Bewindspersoon(
            naam=named["naam"] if named else None,
            functie=ambt.functie,
            ministerie=ambt.ministerie,
            rol=rol,
        )
