"""Ministries that one "van" joins, with names that hold "en" and commas."""

from __future__ import annotations

import time

import pytest
from cost import PATIENCE

from etl.documents.grammar.told_apart import told_apart
from etl.model.lookup import Periode, Register
from etl.model.publicatie import Ambt, Bewindspersoon, Rol

KNOWN = (
    "Onderwijs, Cultuur en Wetenschap|Volksgezondheid, Welzijn en Sport|Financiën"
    "|Justitie|Justitie en Veiligheid|Defensie|Binnenlandse Zaken"
    "|Binnenlandse Zaken en Koninkrijksrelaties|Economische Zaken"
    "|Economische Zaken en Klimaat|Klimaat en Energie|Energie"
).split("|")
MINISTERIES = Register.of((name, Periode(name)) for name in KNOWN)


def apart(printed: str | None) -> list[str | None]:
    office = Ambt(functie="Staatssecretaris", ministerie=printed)
    return [one.ministerie for one in told_apart([office], MINISTERIES)]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (
            "Onderwijs, Cultuur en Wetenschap en Volksgezondheid, Welzijn en Sport",
            ["Onderwijs, Cultuur en Wetenschap", "Volksgezondheid, Welzijn en Sport"],
        ),
        ("Defensie en Financiën", ["Defensie", "Financiën"]),
        (
            "Financiën, Defensie en Binnenlandse Zaken",
            ["Financiën", "Defensie", "Binnenlandse Zaken"],
        ),
        (
            "Justitie en Veiligheid en Binnenlandse Zaken en Koninkrijksrelaties",
            ["Justitie en Veiligheid", "Binnenlandse Zaken en Koninkrijksrelaties"],
        ),
        (
            "Defensie, Justitie en Veiligheid, en Financiën",
            ["Defensie", "Justitie en Veiligheid", "Financiën"],
        ),
        (
            "Binnenlandse Zaken en Koninkrijksrelaties en Defensie",
            ["Binnenlandse Zaken en Koninkrijksrelaties", "Defensie"],
        ),
    ],
)
def test_known_names_are_told_apart(printed: str, names: list[str]) -> None:
    assert apart(printed) == names


@pytest.mark.parametrize(
    "printed",
    [
        None,
        "",
        "Justitie en Veiligheid",
        "Defensie en Sport",
        "Algemene Zaken en Koninkrijksrelaties",
        "Financiën – Toeslagen en Douane",
        # Economische Zaken en Klimaat + Energie, or Economische Zaken + the other
        "Economische Zaken en Klimaat en Energie",
    ],
)
def test_what_is_not_certain_stays_whole(printed: str | None) -> None:
    assert apart(printed) == [printed]


def test_one_person_has_one_ministry() -> None:
    person = Bewindspersoon(
        naam="Kok",
        functie="Minister",
        ministerie="Defensie en Financiën",
        rol=Rol.ANTWOORD,
    )
    assert list(told_apart([person], MINISTERIES)) == [person]


def test_a_hostile_name_costs_no_time() -> None:
    started = time.process_time()
    for printed in ("Defensie en " * 10_000, "Justitie en " * 15, ", " * 50_000):
        assert apart(printed) == [printed]
    assert time.process_time() - started < PATIENCE
