"""Blocks to parts: what goes with what, and where notes are referred to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.documents.block import Block, Kind
from etl.documents.grammar.kamervragen import parse_publicatie
from etl.documents.grammar.parts import Parts, sort_blocks
from etl.model.publicatie import Bijlage, Deel

HEADING = Block(
    kind=Kind.HEADING,
    text="Vragen van het lid Podt (D66) aan de Minister van Financiën over geld "
    "(ingezonden 3 juni 2021). Antwoord van Minister Hoekstra (Financiën) (ontvangen "
    "21 juni 2021).",
    refs=("9",),
)


def label(text: str) -> Block:
    return Block(kind=Kind.LABEL, text=text)


def text(said: str, *refs: str) -> Block:
    return Block(kind=Kind.PARAGRAPH, text=said, refs=refs)


def note(number: str) -> Block:
    return Block(kind=Kind.NOTE, text=f"Noot {number}.", number=number)


def places(parts: Parts) -> dict[str, tuple[Deel | None, int | None]]:
    noten = parse_publicatie(parts).noten
    return {noot.nummer: (noot.deel, noot.deel_volgorde) for noot in noten}


def test_a_note_stands_where_it_is_first_referred_to() -> None:
    parts = sort_blocks(
        [
            HEADING,
            label("Vraag 1"),
            text("Kent u dit?", "1"),
            label("Vraag 2"),
            text("En dat?", "2", "3"),
            label("Antwoord 1 en 2"),
            text("Ja, zie noot 1 en het rapport.", "1", "4"),
            *map(note, "12345"),
            note("9"),
        ]
    )
    assert places(parts) == {
        "1": (Deel.VRAAG, 1),
        "2": (Deel.VRAAG, 2),
        "3": (Deel.VRAAG, 2),
        "4": (Deel.ANTWOORD, 1),
        "5": (None, None),
        "9": (Deel.KOP, None),
    }


def test_a_part_of_which_there_is_one_has_no_number() -> None:
    parts = sort_blocks(
        [
            HEADING,
            label("Vraag 1"),
            text("Kent u dit?"),
            label("Mededeling"),
            text("Dit kost meer tijd.", "1"),
            text("Toelichting: Deze vragen vullen eerdere aan.", "2"),
            note("1"),
            note("2"),
        ]
    )
    assert places(parts) == {
        "1": (Deel.MEDEDELING, None),
        "2": (Deel.TOELICHTING, None),
    }


def test_an_annex_is_kept_apart_from_the_last_answer() -> None:
    parts = sort_blocks(
        [
            HEADING,
            label("Vraag 1"),
            text("Hoeveel?"),
            label("Antwoord 1"),
            text("Zie de bijlage."),
            label("Bijlage 1"),
            Block(kind=Kind.TABLE_ROW, text="2023 14"),
            Block(kind=Kind.TABLE_ROW, text="2024 15"),
        ]
    )
    publicatie = parse_publicatie(parts)
    assert publicatie.antwoorden[0].tekst == "Zie de bijlage."
    assert publicatie.bijlagen == (Bijlage(label="Bijlage 1", tekst="2023 14 2024 15"),)


def test_every_block_is_placed_once_and_in_order() -> None:
    blocks = [
        Block(kind=Kind.FURNITURE, text="ISSN 0921 - 7398"),
        HEADING,
        text("Nergens onder."),
        label("Vraag 1"),
        text("Wat?"),
        note("1"),
    ]
    parts = sort_blocks(blocks)
    assert [each.block for each in parts.placed] == blocks
    assert [each.stray for each in parts.placed] == [False, False, True] + [False] * 3
    assert parts.stray == "Nergens onder."


def blokken(*labels: str) -> Parts:
    return sort_blocks(
        [
            replace(HEADING, refs=()),
            *(b for each in labels for b in (label(each), text("Tekst."))),
        ]
    )


def codes(parts: Parts) -> list[str]:
    return [flag.code for flag in parse_publicatie(parts).signalen]


def numbers(parts: Parts) -> list[tuple[str, ...]]:
    return [part.label.nummers for part in parts.parts]


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ("Vraag Vraag Vraag", "1 2 3"),
        ("Vraag Antwoord Vraag Antwoord", "1 1 2 2"),
        ("Vraag Vraag Antwoord Antwoord", "1 2 1 2"),
        ("Vraag_1 Vraag_2 Antwoord Antwoord", "1 2 1 2"),
        ("Vraag Vraag Antwoord_1 Antwoord_2", "1 2 1 2"),
        ("Vraag_1 Vraag Vraag_3", "1 2 3"),
    ],
)
def test_what_has_no_number_is_counted_and_flagged(labels: str, wanted: str) -> None:
    parts = blokken(*(each.replace("_", " ") for each in labels.split()))
    assert numbers(parts) == [(number,) for number in wanted.split()]
    assert "vraag_ongenummerd" in codes(parts)
    assert "label_zonder_nummer" not in codes(parts)


@pytest.mark.parametrize(
    "labels",
    [
        "Vraag Vraag Antwoord",
        "Vraag Vraag_3",
        "Vraag Vraag Antwoord_2 Antwoord_1",
        "Vraag_1_en_2 Vraag",
    ],
)
def test_nothing_is_counted_where_the_order_proves_nothing(labels: str) -> None:
    found = codes(blokken(*(each.replace("_", " ") for each in labels.split())))
    assert "label_zonder_nummer" in found
    assert "vraag_ongenummerd" not in found


def test_a_bare_answer_right_behind_its_question_is_no_guess() -> None:
    parts = blokken("Vraag 1", "Antwoord", "Vraag 2", "Antwoord")
    assert numbers(parts) == [("1",), ("1",), ("2",), ("2",)]
    assert codes(parts) == []
