"""Terms of office that the shipped table lacks, from whom the questions were put to.

The Tweede Kamer names the addressee of each zaak with his office. Who is addressed in
an office that nobody is known to have held then has held it since that day at least.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from etl.ministers import Ambtsperioden
from etl.model.lookup import Register
from etl.model.naam import name_of_actor
from etl.model.publicatie import Bewindspersoon, Rol

_OFFICE = re.compile(
    r"(?P<functie>minister-president|minister|staatssecretaris)\b[\s,]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_NAME = 200
"""Characters; who is called by more than that is nobody."""

_FUNCTIES = {
    "minister-president": "Minister-President",
    "minister": "Minister",
    "staatssecretaris": "Staatssecretaris",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Somebody to whom questions were put, as the Tweede Kamer writes him.

    `first` is the day of the first zaak that names him in this office.
    """

    naam: str
    functie: str
    first: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of office that is only observed; its last day is unknown."""

    naam: str
    achternaam: str
    tussenvoegsel: str | None
    voorletters: str | None
    functie: str
    portefeuille: str
    ministerie_code: str
    van: date


def observed(
    addressed: Iterable[Addressed], known: Ambtsperioden, ministeries: Register
) -> list[Term]:
    """The terms that `known` (without what was observed before) has no holder for."""
    found: dict[tuple[str, str, str], Term] = {}
    for one in addressed:
        term = _term(one, ministeries)
        if term is None or _is_known(term, known):
            continue
        place = (term.naam, term.functie, term.ministerie_code)
        held = found.get(place)
        if held is None or term.van < held.van:
            found[place] = term
    return [found[place] for place in sorted(found)]


def _term(one: Addressed, ministeries: Register) -> Term | None:
    office = _OFFICE.fullmatch(one.functie.strip())
    parts = name_of_actor(one.naam)
    if office is None or parts is None or len(one.naam) > LONGEST_NAME:
        return None
    functie = _FUNCTIES[office["functie"].lower()]
    rest = " ".join(office["rest"].split())
    code = _code(rest or "Algemene Zaken", one.first, ministeries)
    if code is None or (not rest and functie != "Minister-President"):
        return None
    return Term(
        naam=one.naam,
        achternaam=parts.achternaam,
        tussenvoegsel=parts.tussenvoegsel,
        voorletters=parts.initialen,
        functie=functie,
        portefeuille=rest,
        ministerie_code=code,
        van=one.first,
    )


def _code(rest: str, day: date, ministeries: Register) -> str | None:
    """By the whole wording first: "voor X" is another office than "van X"."""
    bare = re.sub(r"^(van|voor)\s+", "", rest, flags=re.IGNORECASE)
    for spelling in (rest, bare):
        found = ministeries.find(spelling, day)
        if found.code is not None and found.current:
            return found.code
    return None


def _is_known(term: Term, known: Ambtsperioden) -> bool:
    persoon = Bewindspersoon(
        naam=term.naam,
        functie=term.functie,
        ministerie=term.portefeuille,
        rol=Rol.ANTWOORD,
        ministerie_code=term.ministerie_code,
        achternaam=term.achternaam,
        tussenvoegsel=term.tussenvoegsel,
    )
    return known.find(persoon, term.van) is not None
