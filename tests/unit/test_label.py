"""Labels in every print that publications have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.label import (
    MAX_RANGE,
    is_misprint,
    numbers_alone,
    parse_label,
    parse_numbers,
)
from etl.model.publicatie import Deel


@pytest.mark.parametrize(
    ("text", "deel", "nummers"),
    [
        ("Vraag 1", "vraag", "1"),
        ("Vraag 87", "vraag", "87"),
        ("Vraag 1 en 2", "vraag", "1 2"),
        ("Vraag 3, 4 en 5", "vraag", "3 4 5"),
        ("Vraag 7, 8, 9 10 en 11", "vraag", "7 8 9 10 11"),
        ("Vraag 1, 2, 3 en 5", "vraag", "1 2 3 5"),
        ("Vraag 4, 5, 7 en 8", "vraag", "4 5 7 8"),
        ("Vraag 2, 3, 4, 5", "vraag", "2 3 4 5"),
        ("Vraag 5, 6", "vraag", "5 6"),
        ("Vraag 2 t/m 6", "vraag", "2 3 4 5 6"),
        ("Vraag 2 tot en met 4", "vraag", "2 3 4"),
        ("Vraag 2 t/m 4, 7 en 9", "vraag", "2 3 4 7 9"),
        ("Vraag 1 t/m vraag 3", "vraag", "1 2 3"),
        ("Vraag 7 en vraag 8", "vraag", "7 8"),
        ("Vraag 2 – 4", "vraag", "2 3 4"),
        ("Vraag 1 & 2", "vraag", "1 2"),
        ("Vraag 3/4", "vraag", "3 4"),
        ("Vraag 3a", "vraag", "3a"),
        ("Vraag 3a t/m 3c", "vraag", "3a 3b 3c"),
        ("Vraag I", "vraag", "I"),
        ("Vraag II en III", "vraag", "II III"),
        ("Vraag 1:", "vraag", "1"),
        ("Vraag 1.", "vraag", "1"),
        ("Vraag nr. 1", "vraag", "1"),
        ("Vraag 1 (nieuw)", "vraag", "1"),
        ("Antwoord 3 (Minister van Financiën)", "antwoord", "3"),
        ("VRAAG 1", "vraag", "1"),
        ("VRAGEN 1 EN 2", "vraag", "1 2"),
        ("ANTWOORD OP VRAAG 1 T/M 3", "antwoord", "1 2 3"),
        ("Vraag 3–5", "vraag", "3 4 5"),
        ("Vraag 2 tot en met 6", "vraag", "2 3 4 5 6"),
        ("Vraag 1 + 2", "vraag", "1 2"),
        ("Vraag 4en 5", "vraag", "4 5"),
        ("Vraag1", "vraag", "1"),
        ("Vraag 2 a", "vraag", "2a"),
        ("Vraag 2A", "vraag", "2a"),
        ("Vraag 10 b:", "vraag", "10b"),
        ("Vraag 2a en b", "vraag", "2a 2b"),
        ("Antwoord 2a, b en c", "antwoord", "2a 2b 2c"),
        ("Vraag 2a t/m d", "vraag", "2a 2b 2c 2d"),
        ("Vraag 2a–d en 3", "vraag", "2a 2b 2c 2d 3"),
        ("Vraag 3 4 a", "vraag", "3 4a"),
        ("Vraag 1 t.e.m. 3", "vraag", "1 2 3"),
        ("Vraag 1 (Podt)", "vraag", "1"),
        ("Vraag 1 en 2 (Podt, Kat)", "vraag", "1 2"),
        ("Vraag V", "vraag", "V"),
        ("Vraag", "vraag", ""),
        ("Vragen 1 en 2", "vraag", "1 2"),
        ("Vragen", "vraag", ""),
        ("Antwoord 1", "antwoord", "1"),
        ("Antwoord", "antwoord", ""),
        ("Antwoord:", "antwoord", ""),
        ("Antwoord 5:", "antwoord", "5"),
        ("Antwoorden 5 en 6", "antwoord", "5 6"),
        ("Antwoord vraag 7", "antwoord", "7"),
        ("Antwoord vraag 4-7:", "antwoord", "4 5 6 7"),
        ("Antwoord vragen 1,2,3,4 en 5", "antwoord", "1 2 3 4 5"),
        ("Antwoord op vraag 1", "antwoord", "1"),
        ("Antwoord op vraag 3 en 4", "antwoord", "3 4"),
        ("Antwoord op vraag 3 en vraag 4", "antwoord", "3 4"),
        ("Antwoord op de vragen 1 tot en met 3", "antwoord", "1 2 3"),
        ("Antwoord op de vragen 3 en 4", "antwoord", "3 4"),
        ("Antwoord op vragen 3 en 4:", "antwoord", "3 4"),
        ("Antwoord op de vragen1 t/m3", "antwoord", "1 2 3"),
        ("Antwoord bij vraag 3", "antwoord", "3"),
        ("Antwoorden op de vragen 1 en 2", "antwoord", "1 2"),
        ("Antwoorden vragen 1, 2", "antwoord", "1 2"),
        ("Antwoorden", "antwoord", ""),
        ("Antwoord 2l", "antwoord", "2l"),
        ("Antwoord 12 tm 14", "antwoord", "12 13 14"),
        ("Antwoord op vraag 1 en op vraag 2", "antwoord", "1 2"),
        ("Antwoord op vraag 3 en antwoord op vraag 4", "antwoord", "3 4"),
        ("Aanvullend antwoord 3", "antwoord", "3"),
        ("Beantwoording van vraag 3", "antwoord", "3"),
        ("Reactie op vraag 3", "antwoord", "3"),
        ("Vraag nummer 3", "vraag", "3"),
        ("Antwoord 2l, 2m en 2o", "antwoord", "2l 2m 2o"),
        ("Nader antwoord 2", "antwoord", "2"),
        ("Beantwoording van de vragen 3 en 4", "antwoord", "3 4"),
        ("Reactie op vraag 3:", "antwoord", "3"),
        ("Mededeling", "mededeling", ""),
        ("Mededeling:", "mededeling", ""),
        ("Opmerking", "mededeling", ""),
        ("Toelichting", "toelichting", ""),
        ("Toelichting:", "toelichting", ""),
        ("Bijlage", "bijlage", ""),
        ("Bijlage 2:", "bijlage", ""),
    ],
)
def test_a_label_says_what_its_block_is_and_which_numbers(
    text: str, deel: str, nummers: str
) -> None:
    label = parse_label(text)
    assert label is not None
    assert (label.deel, label.text) == (deel, text)
    assert list(label.nummers) == nummers.split()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "vraag 3",
        "Vraag 3 gaat over geld",
        "Vraag 1 Bent u bekend met het bericht?",
        "Vraag het aan de Minister",
        "Antwoorden op eerdere vragen",
        "Antwoord op vraag 3 van het lid Podt",
        "Antwoord van Minister Hoekstra",
        "Vraagnummer 2024Z14250",
        "Vraag 2024",
        "Vraagnummer 3",
        "Reactie",
        "Reactie op het bericht",
        "Reactie op vragen",
        "Beantwoording van de motie",
        "Beantwoording van vragen",
        "Antwoord 1 is duidelijk.",
        "Vraag 3 ziet op de kosten.",
        "Vraag 3 a is beantwoord",
        "Vraag a",
        "Antwoord a en b",
        "Antwoord 1 of 2",
        "Vraag 5 van 6",
        "Vraag i",
        "Antwoord X op Y",
        "Mededeling van Minister Hoekstra",
        "Toelichting op de cijfers",
        "Bijlage bij Kamerstuk 32 847",
        "Vraag 1, 2 en 3 hebben gemeen dat",
        "Antwoord van",
        "Vraag " + ", ".join(map(str, range(100))),
    ],
)
def test_running_text_is_no_label(text: str) -> None:
    assert parse_label(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5 t/m 3", ["5", "3"]),
        ("3 t/m 3", ["3", "3"]),
        ("1 t/m 3 en 5 t/m 7", ["1", "2", "3", "5", "6", "7"]),
        ("3a t/m 4b", ["3a", "4b"]),
        ("", []),
    ],
)
def test_only_a_rising_range_is_written_out(text: str, numbers: list[str]) -> None:
    assert list(parse_numbers(text)) == numbers


def test_a_misprinted_range_stays_small() -> None:
    assert parse_numbers("1 t/m 999") == ("1", "999")
    assert len(parse_numbers(f"1 t/m {MAX_RANGE}")) == MAX_RANGE


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1", ["1"]),
        ("2.", ["2"]),
        ("3)", ["3"]),
        ("4 en 5", ["4", "5"]),
        ("1 januari", []),
        ("2024", []),
        ("", []),
    ],
)
def test_numbers_count_only_where_nothing_else_is_said(
    text: str, numbers: list[str]
) -> None:
    assert list(numbers_alone(text)) == numbers


@given(st.lists(st.integers(1, 120), min_size=1, max_size=6, unique=True))
def test_printed_numbers_are_read_back(numbers: list[int]) -> None:
    texts = [str(number) for number in numbers]
    printed = " en ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))
    for word in ("Vraag", "Antwoord", "Antwoord op vraag", "Antwoorden"):
        label = parse_label(f"{word} {printed}")
        assert label is not None
        assert list(label.nummers) == texts


@given(st.text(max_size=130))
def test_any_text_is_a_label_or_none(text: str) -> None:
    label = parse_label(text)
    assert label is None or label.text == text


def test_a_hostile_label_costs_no_time() -> None:
    for piece in ("1 en ", "1 - ", ", ", "t/m "):
        assert parse_label(f"Vraag {piece * 25}x"[:120]) is None


@pytest.mark.parametrize(
    ("text", "deel", "nummers"),
    [
        ("Anwoord 3", Deel.ANTWOORD, ("3",)),
        ("Antwoorrd 4 en 5", Deel.ANTWOORD, ("4", "5")),
        ("Antwoodr 6:", Deel.ANTWOORD, ("6",)),
        ("Vrag 7", Deel.VRAAG, ("7",)),
        ("Vraaag 8 t/m 10", Deel.VRAAG, ("8", "9", "10")),
    ],
)
def test_a_letter_may_be_wrong_in_a_label_with_a_number(
    text: str, deel: Deel, nummers: tuple[str, ...]
) -> None:
    label = parse_label(text)
    assert label is not None
    assert (label.deel, label.text, label.nummers) == (deel, text, nummers)
    assert is_misprint(text)


@pytest.mark.parametrize("text", ["Vrag", "Anwoord", "Vaak 3", "Vraag", "Antwoord 3"])
def test_other_words_are_no_misprints(text: str) -> None:
    assert not is_misprint(text)
