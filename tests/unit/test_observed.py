"""Terms of office that only the questions show."""

from __future__ import annotations

from datetime import date

from etl.lookup import housed, lookup
from etl.ministers import Ambtsperiode, Ambtsperioden
from etl.observed import Addressed, observed

HOEKSTRA = Ambtsperiode(
    ambtsperiode_id=1,
    achternaam="Hoekstra",
    functie="Minister",
    ministerie_code="BZ",
    van=date(2022, 1, 10),
    tot=date(2023, 9, 1),
)
KNOWN = Ambtsperioden.of([HOEKSTRA], housed())


def found(naam: str, functie: str, *days: date) -> list[tuple[str, ...]]:
    addressed = [Addressed(naam=naam, functie=functie, first=day) for day in days]
    terms = observed(addressed, KNOWN, lookup().ministeries)
    return [
        (one.achternaam, one.functie, one.ministerie_code, one.van.isoformat())
        for one in terms
    ]


def test_a_holder_that_is_known_is_no_news() -> None:
    assert (
        found("W.B. Hoekstra", "Minister van Buitenlandse Zaken", date(2022, 5, 1))
        == []
    )


def test_somebody_new_in_an_office_is_observed_since_the_first_time() -> None:
    office = "Minister van Buitenlandse Zaken"
    days = (date(2026, 10, 3), date(2026, 9, 1))
    assert found("Jan de Nieuwe (J.)", office, *days) == [
        ("Nieuwe", "Minister", "BZ", "2026-09-01")
    ]


def test_an_office_that_is_none_or_uncertain_is_left_out() -> None:
    day = date(2026, 9, 1)
    assert found("J. de Nieuwe", "Tweede Kamerlid", day) == []
    assert found("J. de Nieuwe", "Minister van Onbekende Zaken", day) == []
    assert found("J. de Nieuwe", "Minister", day) == []
    # abolished in 2024
    assert found("J. de Nieuwe", "minister voor Rechtsbescherming", day) == []


def test_the_premier_needs_no_ministry() -> None:
    assert found("J. de Nieuwe", "Minister-President", date(2026, 9, 1)) == [
        ("Nieuwe", "Minister-President", "AZ", "2026-09-01")
    ]
