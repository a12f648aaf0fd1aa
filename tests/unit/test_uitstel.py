"""Notices: is the answer late, and why."""

from __future__ import annotations

import pytest

from etl.documents.uitstel import MAX_NOTICE, is_late, reason_of

AH_545 = (
    "Hierbij deel ik u mede dat de schriftelijke vragen van het lid Podt (D66) van uw "
    "Kamer aan de Minister van Asiel en Migratie over het bericht "
    "«Kinderrechtencollectief: 65% meer kinderen in noodopvang is onacceptabel» "
    "(ingezonden 24 oktober 2024) niet binnen de gebruikelijke termijn kunnen worden "
    "beantwoord, aangezien nog niet alle benodigde informatie is ontvangen. Ik streef "
    "ernaar de vragen zo spoedig mogelijk te beantwoorden."
)
AH_600 = (
    "De vragen van het lid Flach (SGP) over de beantwoording van schriftelijke vragen "
    "over het intrekken van vergunningen bij onderbezetting van stallen (2024Z17067) "
    "kunnen niet binnen de gebruikelijke termijn worden beantwoord, omdat de benodigde "
    "afstemming meer tijd behoeft. Ik zal uw Kamer zo spoedig mogelijk de antwoorden op "
    "de vragen doen toekomen."
)
AH_615 = (
    "Vanwege de nodige afstemming met andere departementen kunnen de vragen niet binnen "
    "de gebruikelijke termijn van drie weken worden beantwoord."
)
AH_1999 = (
    "De schriftelijke vragen van de leden Sneller, Chakor, Van Nispen zijn beantwoord "
    "middels een brief over Ambtelijke analyses hoofdlijnenakkoord (36 471-64) op "
    "7 juni 2024."
)


@pytest.mark.parametrize(
    ("mededeling", "reden"),
    [
        (AH_545, "nog niet alle benodigde informatie is ontvangen"),
        (AH_600, "de benodigde afstemming meer tijd behoeft"),
        (AH_615, "de nodige afstemming met andere departementen"),
        (
            (
                "Hierbij deel ik u mede dat de vragen van het lid Podt (D66) over het "
                "bericht «Gesloten omdat het mag» vanwege interdepartementale afstemming "
                "niet binnen de gestelde termijn kunnen worden beantwoord."
            ),
            "interdepartementale afstemming",
        ),
        (
            (
                "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord. "
                "De reden van het uitstel is dat nog overleg nodig is met de provincies."
            ),
            "nog overleg nodig is met de provincies",
        ),
        (
            (
                "De beantwoording zal niet binnen drie weken lukken. Dit komt doordat "
                "gegevens bij gemeenten zijn opgevraagd."
            ),
            "gegevens bij gemeenten zijn opgevraagd",
        ),
        (
            (
                "Tot mijn spijt is beantwoording binnen de gestelde termijn niet mogelijk, "
                "in verband met het zomerreces."
            ),
            "het zomerreces",
        ),
        (
            (
                "Hierbij meld ik dat de beantwoording niet binnen de termijn gereed is. Er "
                "is meer tijd nodig voor zorgvuldige afstemming."
            ),
            "zorgvuldige afstemming",
        ),
        (
            (
                "De vragen over het bericht «Dicht omdat het moet» kunnen niet binnen de "
                "gebruikelijke termijn worden beantwoord."
            ),
            None,
        ),
    ],
)
def test_the_reason_of_a_delay_is_what_the_notice_gives(
    mededeling: str, reden: str | None
) -> None:
    assert is_late(mededeling)
    assert reason_of(mededeling) == reden


def test_a_notice_that_the_answer_was_given_by_letter_is_no_delay() -> None:
    assert not is_late(AH_1999)


def test_sentences_whose_blanks_were_lost_are_still_two() -> None:
    glued = AH_600.replace("behoeft. Ik", "behoeft.Ik")
    assert reason_of(glued) == "de benodigde afstemming meer tijd behoeft"


@pytest.mark.parametrize("word", ["niet binnen ", "binnen weken ", "omdat ", "A. "])
def test_an_endless_notice_is_looked_at_no_further_than_its_start(word: str) -> None:
    start = (word * MAX_NOTICE)[:MAX_NOTICE]
    assert reason_of(word * 100_000) == reason_of(start)
    assert is_late(word * 100_000) == is_late(start)
