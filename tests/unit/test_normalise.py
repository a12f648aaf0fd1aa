"""What stands beside the printed words, and what is flagged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hand import understood

from etl.documents.grammar.normalise import normalised
from etl.lookup import lookup
from etl.model.publicatie import Ambt, Bewindspersoon, Indiener, Publicatie, Rol


def read(**changes: Any) -> Publicatie:
    return understood(**changes)


def codes(value: Publicatie) -> list[str]:
    return [signaal.code for signaal in value.signalen]


def member(fractie: str | None, naam: str = "Teunissen") -> tuple[Indiener, ...]:
    return (Indiener(naam=naam, fractie=fractie),)


def answering(ministerie: str | None, functie: str = "Minister") -> Any:
    return (
        Bewindspersoon(
            naam="Karremans",
            functie=functie,
            ministerie=ministerie,
            rol=Rol.ANTWOORD,
        ),
    )


def test_the_printed_words_stay_beside_their_normal_form() -> None:
    value = read()
    assert value.indieners == (
        Indiener(
            naam="Agnes Mulder", fractie="CDA", fractie_code="CDA", achternaam="Mulder"
        ),
        Indiener(
            naam="Boswijk", fractie="CDA", fractie_code="CDA", achternaam="Boswijk"
        ),
    )
    assert value.gericht_aan[0].ministerie_code == "BZ"
    assert value.bewindspersonen[0].ministerie_code == "BZ"
    assert value.bewindspersonen[0].achternaam == "Hoekstra"
    assert value.signalen == ()


def test_a_group_that_was_gone_by_then_is_flagged() -> None:
    """As ah-tk-20232024-1786 prints it: Teunissen sat for the PvdD."""
    value = read(indieners=member("PvdA"), ingezonden=date(2024, 4, 4))
    assert value.indieners[0].fractie_code == "PvdA"
    (flag,) = value.signalen
    assert flag.code == "fractie_buiten_periode"
    assert flag.uitleg.endswith(": PvdA op 2024-04-04")


def test_an_unknown_group_is_flagged() -> None:
    value = read(indieners=member("Partij van Morgen"))
    assert value.indieners[0].fractie_code is None
    assert codes(value) == ["fractie_onbekend"]


def test_a_member_of_the_tweede_kamer_without_a_group_is_flagged() -> None:
    assert codes(read(indieners=member(None))) == ["fractie_ontbreekt"]
    assert codes(read(indieners=member(None), kamer="ek")) == []


def test_the_days_of_a_group_are_those_of_the_tweede_kamer() -> None:
    """In the Eerste Kamer the PvdA sat on."""
    value = read(indieners=member("PvdA"), kamer="ek", ingezonden=date(2024, 4, 4))
    assert value.indieners[0].fractie_code == "PvdA"
    assert codes(value) == []


@pytest.mark.parametrize(
    ("ministerie", "functie", "code"),
    [
        ("Volksgezondheid, Welzijn en Sport – Jeugd, Preventie en Sport", "S", "VWS"),
        ("Financiën - Fiscaliteit en Belastingdienst", "S", "Fin"),
        ("BZ", "Minister", "BZ"),
        ("Medische Zorg", "Minister", "MZ"),
        ("voor Rechtsbescherming", "Minister", "RB"),
        (None, "Minister-President", "AZ"),
        ("Algemene Zaken", "Minister-President", "AZ"),
        (None, "Minister", None),
    ],
)
def test_the_ministry_of_who_answers(
    ministerie: str | None, functie: str, code: str | None
) -> None:
    value = read(
        bewindspersonen=answering(ministerie, functie), ontvangen=date(2021, 6, 1)
    )
    assert value.bewindspersonen[0].ministerie_code == code
    assert codes(value) == []


def test_an_unknown_ministry_is_flagged_once() -> None:
    value = read(
        bewindspersonen=answering("Rare Zaken"),
        gericht_aan=(Ambt(functie="Minister", ministerie="Rare Zaken"),),
    )
    assert codes(value) == ["ministerie_onbekend"]


def test_an_office_is_the_one_of_its_own_day() -> None:
    """I&A was one ministry when asked and another one when it answered."""
    value = read(
        ingezonden=date(2011, 12, 1),
        ontvangen=date(2011, 12, 20),
        gericht_aan=(Ambt(functie="Minister", ministerie="I&A"),),
        bewindspersonen=answering("I&A"),
    )
    assert value.gericht_aan[0].ministerie_code == "IA"
    assert value.bewindspersonen[0].ministerie_code == "IIA"


def test_normalising_twice_changes_nothing() -> None:
    once = read(indieners=member("PvdA"), ingezonden=date(2024, 4, 4))
    assert normalised(once, lookup()) == once


def test_a_long_word_is_not_repeated_whole() -> None:
    value = read(indieners=member("x" * 5000))
    assert len(value.signalen[0].uitleg) < 200
    assert replace(value, signalen=()).indieners[0].fractie == "x" * 5000
