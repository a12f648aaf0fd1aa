"""Coverage: everything a document says ends up somewhere, or it is flagged."""

from __future__ import annotations

import pytest
from reading import parse_blocks
from rendering import document

from etl.documents import Understood, understand
from etl.documents.block import Block, Kind, letters
from etl.documents.grammar.kop_rest import kop_rest
from etl.model.signaal import SIGNALEN

ASKED = (
    "Vragen van de leden Van Weyenberg (D66) en Kat (beiden D66) aan de Minister van "
    "Financiën over de TOZO (ingezonden 3 juni 2021). "
)
ANSWERED = (
    "Antwoord van Minister Koolmees (Sociale Zaken en Werkgelegenheid), mede namens de "
    "Staatssecretaris van Economische Zaken (ontvangen 21 juni 2021). Zie ook Aanhangsel "
    "Handelingen, vergaderjaar 2020–2021, nr. 2147."
)


def understood(body: bytes) -> Understood:
    def no_pdf(_: bytes) -> object:
        raise AssertionError

    return understand(body, read_pdf=no_pdf)  # type: ignore[arg-type] # never called


def rest_of(heading: str) -> str:
    block = Block(kind=Kind.HEADING, text=heading)
    label = Block(kind=Kind.LABEL, text="Vraag 1")
    return kop_rest(heading, parse_blocks([block, label]))


def test_letters_are_counted_without_digits_signs_and_spaces() -> None:
    assert letters("Artikel 68, «a-b»?\u00ad\u00a0") - letters("Artikel ab") == len(
        "«»".encode()
    )


def test_a_document_whose_every_letter_has_a_place_is_covered_whole() -> None:
    body = document("<vraag><nr>Vraag 1</nr><al>Wat?</al></vraag>")
    assert understood(body).dekking == 1.0


def test_text_before_the_first_label_is_not_covered_and_flagged() -> None:
    loose = "<al>Dit stond nergens onder en is lang genoeg om op te vallen.</al>"
    found = understood(document(f"{loose}<vraag><nr>Vraag 1</nr><al>Wat?</al></vraag>"))
    assert found.dekking < 0.995
    codes = [flag.code for flag in found.publicatie.signalen]
    assert "dekking_laag" in codes
    assert "tekst_buiten_blokken" in codes


@pytest.mark.parametrize(
    ("heading", "rest"),
    [
        (ASKED + ANSWERED, ""),
        (
            ASKED + ANSWERED.replace(", mede namens", " op verzoek, mede namens"),
            "verzoek",
        ),
    ],
    ids=["whole", "words too many"],
)
def test_words_of_the_heading_that_came_into_no_field_are_named(
    heading: str, rest: str
) -> None:
    assert rest_of(heading) == rest


def test_an_endless_heading_is_named_as_far_as_it_was_not_read() -> None:
    assert rest_of((ASKED + ANSWERED) * 1_000).endswith("vergaderjaar nr")


QUESTION = "Vragen van het lid Podt (D66) aan de Minister van Financiën over geld"
SENT = "(ingezonden 3 juni 2021)."
ANSWER = "Antwoord van Minister Hoekstra (Financiën) (ontvangen 21 juni 2021)."
GLUED = QUESTION.replace("Financiën", "Onderwijs, Cultuur enWetenschap")


@pytest.mark.parametrize(
    "heading",
    [
        f"Herziene versie {QUESTION} {SENT} {ANSWER}",
        f"Herdruk {QUESTION} {SENT} {ANSWER}",
        f"Vervolgvragen{QUESTION.removeprefix('Vragen')} {SENT} {ANSWER}",
        f"{QUESTION} {SENT} Nadere antwoorden{ANSWER.removeprefix('Antwoord')}",
        f"{GLUED} {SENT} {ANSWER}",
    ],
)
def test_a_heading_that_was_understood_leaves_no_words_over(heading: str) -> None:
    assert rest_of(heading) == ""


def test_words_of_the_heading_without_a_field_are_flagged() -> None:
    asked = QUESTION.replace("de Minister van Financiën", "de regering")
    body = document(
        "<vraag><nr>Vraag 1</nr><al>Wat?</al></vraag>",
        kop=f"<kamervraagomschrijving>{asked} {SENT} {ANSWER}</kamervraagomschrijving>",
    )
    flags = understood(body).publicatie.signalen
    assert [flag.uitleg.rsplit(": ")[-1] for flag in flags if "kop" in flag.code] == [
        "regering"
    ]


def test_what_a_signal_says_can_be_told_from_what_was_seen() -> None:
    """`sql/checks/signaal_by_code` parts them at the first colon."""
    assert [uitleg for uitleg in SIGNALEN.values() if ": " in uitleg] == []
