"""Publications made by number from known values, as many and as often as wanted.

The same number and version always give the same publication; every text holds both, so
that what is in a database can be held against what was published.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from rendering import as_xml, sentences
from word import docx, paragraphs

from etl.model.publicatie import (
    Ambt,
    Bewindspersoon,
    Blok,
    Indiener,
    Publicatie,
    Rol,
    Soort,
)

VERGADERJAAR = "2020-2021"
OFFICES = (
    ("Minister", "Financiën", "Hoekstra"),
    ("Minister", "Defensie", "Bijleveld-Schouten"),
    ("Minister", "Volksgezondheid, Welzijn en Sport", "De Jonge"),
    ("Staatssecretaris", "Infrastructuur en Waterstaat", "Van Veldhoven"),
    ("Minister", "Justitie en Veiligheid", "Grapperhaus"),
)
MEMBERS = (
    ("Podt", "D66"),
    ("Westerveld", "GroenLinks"),
    ("Omtzigt", "CDA"),
    ("Van den Berg", "CDA"),
    ("Kuiken", "PvdA"),
    ("Azarkan", "DENK"),
)
WORDS = (
    "het bericht geïnformeerd coördinatie «gratis» regeling € 3,5 miljoen gemeenten "
    "'); drop 100% {waarde} beleid kabinet onderzoek Yeşilgöz uitvoering"
).split()


def name_of(number: int) -> str:
    """The identifier of a publication."""
    return f"ah-tk-20202021-{number}"


def zaak_of(number: int) -> str:
    """The zaaknummer of its questions."""
    return f"2020Z{number:05}"


def made(number: int, version: int = 1) -> Publicatie:
    """One to three questions with their answers."""
    chance = random.Random(f"{number}/{version}")
    functie, ministerie, naam = OFFICES[number % len(OFFICES)]
    members = [MEMBERS[(number + at) % len(MEMBERS)] for at in range(1 + number % 2)]
    asked = date(2020, 9, 16) + timedelta(number % 300)
    count = 1 + number % 3
    return Publicatie(
        identifier=name_of(number),
        kamer="tk",
        vergaderjaar=VERGADERJAAR,
        aanhangselnummer=number,
        soort=Soort.ANTWOORD,
        onderwerp=f"het bericht nummer {number} in versie {version}",
        ingezonden=asked,
        ontvangen=asked + timedelta(21),
        indieners=tuple(Indiener(naam=name, fractie=group) for name, group in members),
        gericht_aan=(Ambt(functie=functie, ministerie=ministerie),),
        bewindspersonen=(
            Bewindspersoon(
                naam=naam, functie=functie, ministerie=ministerie, rol=Rol.ANTWOORD
            ),
        ),
        vragen=_blocks("Vraag", count, number, version, chance),
        antwoorden=_blocks("Antwoord", count, number, version, chance),
    )


def _blocks(
    label: str, count: int, number: int, version: int, chance: random.Random
) -> tuple[Blok, ...]:
    return tuple(
        Blok(
            label=f"{label} {at}",
            nummers=(str(at),),
            tekst=f"{label} {at} van {number} in versie {version} over "
            f"{' '.join(chance.choices(WORDS, k=12))}.",
        )
        for at in range(1, count + 1)
    )


def xml(number: int, version: int = 1) -> bytes:
    """As the publisher would print it."""
    return as_xml(made(number, version))


def word(number: int, version: int = 1) -> bytes:
    """As the Tweede Kamer has it before it is printed."""
    held = made(number, version)
    asked, answered = sentences(held)
    lines = [f"AH {number}", zaak_of(number), answered.removesuffix("."), asked]
    for vraag, antwoord in zip(held.vragen, held.antwoorden, strict=True):
        lines += [vraag.label, vraag.tekst, "Antwoord", antwoord.tekst]
    return docx(paragraphs(*lines))
