"""Ambten (offices): which are asked, who holds them, and who answers along."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.model.publicatie import Ambt, Bewindspersoon, Rol

FUNCTIE = (
    r"(?:vice-?minister-president|minister[-\s]president|ministers?"
    r"|staatssecretarissen|staatssecretaris)"
)
_OFFICE = re.compile(FUNCTIE, re.IGNORECASE)
_MINISTERIE = r"\((?P<ministerie>[^()]*(?:\([^()]*\)[^()]*)*)(?:\)|$)"
_NAMED = re.compile(
    rf"(?P<functie>{FUNCTIE})\s+(?!(?:van|voor)\s+(?-i:[A-Z])[^()]*(?:,|\sen\s|$))"
    rf"(?P<naam>(?:(?!\b{FUNCTIE}\b)[^(),])+?)\s*{_MINISTERIE}",
    re.IGNORECASE,
)
_NAMED_TOO = re.compile(
    rf"\s*(?:,|\ben\b)\s*(?:van\s+(?=[A-Z]))?"
    rf"(?P<naam>(?=[A-ZÀ-Þ])(?:(?!(?i:{FUNCTIE})\b)[^(),])+?)\s*{_MINISTERIE}"
)
"""A further name under one plural: "Ministers Kamp (EZ) en Dijsselbloem (FIN)"."""

_BARE_NAME = re.compile(
    rf"(?P<functie>{FUNCTIE})\s+(?P<naam>(?!van\s|voor\s)[^(),]+?)\s+en\s*$",
    re.IGNORECASE,
)
_ALSO = re.compile(r",?\s*\bmede\s*namens\s*", re.IGNORECASE)
_NEXT = re.compile(r"(?:\s*,|\s+en)\s+(?:van|voor)\s*(?:de\s+)?(?=[A-Z])")


def _functie(text: str) -> str:
    """The office in the singular, as the contract spells it."""
    lower = re.sub(r"\s", "-", text.lower())
    if "president" in lower and not lower.startswith("vice"):
        return "Minister-President"
    return "Staatssecretaris" if lower.startswith("staats") else "Minister"


def ambten(text: str) -> tuple[Ambt, ...]:
    """The offices in "de Ministers van A en van B en de Staatssecretaris van C"."""
    text = re.split(r",?\s*bij\s+afwezigheid\s+van\b", text)[0]
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
    tail = re.sub(r"(?:[,\s]|\ben\b|\bde\b|\bhet\b|\baan\b)+$", "", tail).strip(" ,.;")
    tail = re.sub(r"^(?:van|voor)\s*(?:de\s+)?(?=[A-Z])", "", tail)
    parts = [part.strip(" ,.;") for part in _NEXT.split(tail)]
    return [part for part in parts if part] or [None]


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
    parts = _ALSO.split(core, maxsplit=1)
    main = list(_answering(parts[0], Rol.ANTWOORD))
    also = list(_answering(parts[1], Rol.MEDE_NAMENS)) if len(parts) > 1 else []
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
        ministerie=ministerie.strip() or None,
        rol=rol,
    )


def _unnamed(text: str, rol: Rol) -> Iterator[Bewindspersoon]:
    for ambt in ambten(text):
        yield Bewindspersoon(
            naam=None, functie=ambt.functie, ministerie=ambt.ministerie, rol=rol
        )
