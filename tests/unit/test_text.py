"""Cleaning: what every database and JSON reader accepts, and nothing lost of Dutch."""

from __future__ import annotations

import json
import time
import unicodedata

import pytest
from cost import PATIENCE
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.text import addresses, clean, compose, compose_loose, squeeze, urls

ANY = st.text(st.characters(exclude_categories=[]), max_size=200)
"""Also lone surrogates, controls and noncharacters."""


@given(ANY)
def test_cleaned_text_is_nfc_without_what_databases_refuse(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\x00" not in cleaned
    cleaned.encode()
    assert json.loads(json.dumps(cleaned)) == cleaned


@given(ANY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY)
def test_cleaning_never_blows_a_text_up(text: str) -> None:
    assert len(clean(text)) <= 3 * len(text)


@given(ANY)
def test_squeezed_text_stands_on_one_line(text: str) -> None:
    flat = squeeze(text)
    assert squeeze(flat) == flat
    assert flat == " ".join(flat.split())
    assert unicodedata.is_normalized("NFC", flat)


@given(ANY)
def test_squeezing_cleans(text: str) -> None:
    assert clean(squeeze(text)) == squeeze(text)


@pytest.mark.parametrize(
    "text",
    [
        "€ 5,75% § 12 «aanhaling» – en … é ë ï ö ü ç ñ ć ş",
        "‘enkel’ “dubbel” ’s-Gravenhage",
        "CO₂ m² 25 °C ½ № ™",
        "Yeşilgöz-Zegerius, Kostić, Szabó, Kröger, Curaçao, België, Israëlische",
        "😀 👩‍👩‍👧 הסכם",
        "regel een\nregel twee\ten een tab",
    ],
)
def test_what_publications_print_survives(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Kostic\u0301", "Kostić"),
        ("a\x00b", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("nul\u200bbreedte", "nulbreedte"),
        ("\ufeffbegin", "begin"),
        ("a\x1b[31mb", "a[31mb"),
        ("a\x9fb", "ab"),
        ("oﬃcieel, ﬁnanciën, ﬂink", "officieel, financiën, flink"),
        ("EU\u2010missie niet\u2011roken", "EU-missie niet-roken"),
    ],
)
def test_what_no_reader_can_show_goes(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_every_white_space_becomes_one_blank() -> None:
    assert squeeze("\n\t Vergader\u00a0jaar \u2009 2020-\n2021 \x0b") == (
        "Vergader jaar 2020- 2021"
    )


def test_soft_hyphens_inside_a_line_go() -> None:
    assert squeeze("verga\u00addering \u00ad en") == "vergadering en"


def test_a_text_without_letters_is_empty() -> None:
    assert squeeze(" \x00 \u200b \n") == ""


@pytest.mark.parametrize(
    ("letter", "accent", "composed"),
    [
        ("c", "´", "ć"),
        ("s", "¸", "ş"),
        ("e", "¨", "ë"),
        ("i", "ˆ", "î"),
        ("S", "ˇ", "Š"),
        ("q", "´", None),
        ("7", "´", None),
        ("e", "x", None),
    ],
)
def test_an_accent_joins_its_letter(
    letter: str, accent: str, composed: str | None
) -> None:
    assert compose(letter, accent) == composed


@pytest.mark.parametrize(
    ("text", "composed"),
    [
        ("Yes¸ilgöz-Zegerius", "Yeşilgöz-Zegerius"),
        ("Kostic´ (PvdD)", "Kostić (PvdD)"),
        ("Kostic ´ (PvdD)", "Kostić (PvdD)"),
        ("Erdog˘an", "Erdoğan"),
        ("zo´n vijftig", "zo´n vijftig"),
        ("Mat ´64", "Mat ´64"),
        ("een `citaat´", "een `citaat´"),
    ],
)
def test_accents_beside_their_letter_are_joined(text: str, composed: str) -> None:
    assert compose_loose(text) == composed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zie https://nos.nl/artikel/1.", ("https://nos.nl/artikel/1",)),
        ("(www.elsevier.nl), 9 maart", ("www.elsevier.nl",)),
        ("https://x.nl/a_(b), en", ("https://x.nl/a_(b)",)),
        ("«http://fd.nl/economie»", ("http://fd.nl/economie",)),
        ("a https://a.nl b HTTPS://B.nl", ("https://a.nl", "HTTPS://B.nl")),
        ("(zie https://x.nl/stuk).", ("https://x.nl/stuk",)),
        ("geen adres: nos.nl", ()),
    ],
)
def test_addresses_lose_the_punctuation_around_them(
    text: str, found: tuple[str, ...]
) -> None:
    assert urls(text) == found


@pytest.mark.parametrize(
    ("text", "linked", "found"),
    [
        ("Zie www.elsevier.nl", ["http://www.elsevier.nl"], ["www.elsevier.nl"]),
        ("Zie www.elsevier.nl.", ["http://www.elsevier.nl/"], ["www.elsevier.nl"]),
        ("Zie https://a.nl/één", ["https://a.nl/%C3%A9%C3%A9n"], ["https://a.nl/één"]),
        ("Zie het bericht.", ["http://nu.nl/1"], ["http://nu.nl/1"]),
        ("www.a.nl en dit", ["http://b.nl"], ["www.a.nl", "http://b.nl"]),
        ("http://a.nl/een- lang", ["http://a.nl/een-lang"], ["http://a.nl/een-lang"]),
        ("Trouw", [], []),
    ],
)
def test_an_address_is_what_the_print_says(
    text: str, linked: list[str], found: list[str]
) -> None:
    assert list(addresses(text, linked)) == found


def test_a_hostile_note_costs_no_time() -> None:
    started = time.process_time()
    linked = [f"http://a.nl/{n}" for n in range(20_000)]
    addresses("http://a.nl/een " * 20_000, linked)
    assert time.process_time() - started < PATIENCE


def test_squeezing_reads_a_ligature_in_text_that_is_otherwise_plain() -> None:
    assert squeeze("de  ﬁets") == "de fiets"
