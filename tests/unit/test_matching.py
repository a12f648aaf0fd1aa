"""The zaak of a publication that names none."""

from __future__ import annotations

import pytest

from etl.matching import Candidate, Unmatched, matched, shares_subject
from etl.model.publicatie import Indiener

WESTERVELD = Indiener(naam="Westerveld", fractie="GL", achternaam="Westerveld")
VAN_DIJK = Indiener(
    naam="Inge van Dijk", fractie="CDA", achternaam="Dijk", tussenvoegsel="van"
)


def zaak(nummer: str, onderwerp: str | None, *askers: str) -> Candidate:
    return Candidate(zaaknummer=nummer, onderwerp=onderwerp, askers=askers)


def found(onderwerp: str | None, *candidates: Candidate, by: Indiener = VAN_DIJK):
    unmatched = Unmatched(
        publicatie_id=1, onderwerp=onderwerp, indieners=[by], candidates=candidates
    )
    return matched(unmatched)


OMBUDSMAN = "het bericht 'Ombudsman: Overheid dwingt burgers tot fraude'"
ASKED = zaak(
    "2023Z20080",
    "Het bericht ’Ombudsman: Overheid dwingt burgers tot fraude’",
    "Inge van Dijk (I.)",
)


def test_askers_and_subject_of_one_zaak_are_it() -> None:
    other = zaak("2023Z20099", "De stikstofcrisis in de landbouw", "Inge van Dijk (I.)")
    assert found(OMBUDSMAN, ASKED, other) == "2023Z20080"


def test_two_zaken_that_fit_are_none() -> None:
    twin = zaak("2023Z20081", ASKED.onderwerp, "Inge van Dijk (I.)")
    assert found(OMBUDSMAN, ASKED, twin) is None


def test_somebody_else_is_not_it() -> None:
    assert found(OMBUDSMAN, ASKED, by=WESTERVELD) is None
    asked_together = zaak("1", ASKED.onderwerp, "Inge van Dijk (I.)", "S. Dobbe")
    assert found(OMBUDSMAN, asked_together) is None


def test_nobody_or_no_subject_is_not_enough() -> None:
    assert found(None, ASKED) is None
    assert found(OMBUDSMAN, zaak("1", None, "Inge van Dijk (I.)")) is None
    nameless = Indiener(naam="Wie", fractie=None)
    assert found(OMBUDSMAN, ASKED, by=nameless) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "de afgelasting van diverse Sinterklaasintochten",
            "Het afgelasten van diverse Sinterklaasintochten",
            True,
        ),
        ("rekeninggluren door medewerkers van de Bunq-bank", "Rekeninggluren", True),
        ("het bericht over de zorg", "Het bericht over de woningbouw", False),
        ("het bericht", "het bericht", False),
    ],
)
def test_what_shares_a_subject(one: str, other: str, same: bool) -> None:
    assert shares_subject(one, other) is same
