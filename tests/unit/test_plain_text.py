"""Plain text of a PDF: what an extractor leaves, and what can still be told apart."""

from __future__ import annotations

import time

import pytest
from cost import PATIENCE
from hypothesis import given
from hypothesis import strategies as st

from etl.documents import understand
from etl.documents.readers.plain.markers import without_markers
from etl.errors import DocumentFault
from etl.model.publicatie import Publicatie

HEAD = """Tweede Kamer der Staten-Generaal2
Vergaderjaar 2023–2024  Aanhangsel van de Handelingen
Vragen gesteld door de leden der Kamer, met de daarop door de
regering gegeven antwoorden
1193
Vragen van het lid Podt (D66) aan de Minister van Financiën over
geld (ingezonden 31 januari 2024).
Antwoord van Minister Yes¸ilgöz-Zegerius (Justitie en Veiligheid) (ontvangen
11 maart 2024). Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1079.

"""
FOOT = """
ah-tk-20232024-1193
ISSN 0921 - 7398’s-Gravenhage 2024Tweede Kamer, vergaderjaar 2023–2024, Aanhangsel 1

"""


def read(body: str) -> Publicatie:
    return understand((HEAD + body).encode(), read_pdf=lambda _: []).publicatie


def test_a_text_is_read_whole() -> None:
    publicatie = read(
        "Vraag 1\nWat vindt u van de brief over gender-\ngerelateerd geweld?1 \n \n"
        "Antwoord 1\nDe brief\n2 en de agenda zijn verzonden. \n"
        "1Kamerstuk 28 345, nr. 276.\n2https://nos.nl/artikel/een-\nlang-adres\n"
        f"{FOOT}Vraag 2\nEn nu?\n\nAntwoord 2\nZie het antwoord op vraag 1."
    )
    assert publicatie.identifier == "ah-tk-20232024-1193"
    assert publicatie.onderwerp == "geld"
    assert str(publicatie.ontvangen) == "2024-03-11"
    assert publicatie.bewindspersonen[0].naam == "Yeşilgöz-Zegerius"
    assert [z.aanhangselnummer for z in publicatie.zie_ook] == [1079]
    assert [b.tekst for b in publicatie.vragen] == [
        "Wat vindt u van de brief over gendergerelateerd geweld?",
        "En nu?",
    ]
    assert [b.tekst for b in publicatie.antwoorden] == [
        "De brief en de agenda zijn verzonden.",
        "Zie het antwoord op vraag 1.",
    ]
    assert [(n.nummer, n.tekst) for n in publicatie.noten] == [
        ("1", "Kamerstuk 28 345, nr. 276."),
        ("2", "https://nos.nl/artikel/een-lang-adres"),
    ]
    assert publicatie.signalen == ()


def test_an_addition_typed_behind_the_last_answer_is_no_part_of_it() -> None:
    said = "Deze vragen dienen ter aanvulling op eerdere vragen."
    publicatie = read(f"Vraag 1\nWat?\n\nAntwoord 1\nDat.\nToelichting: {said}\n")
    assert [b.tekst for b in publicatie.antwoorden] == ["Dat."]
    assert publicatie.toelichting == said


def test_an_answer_goes_on_behind_notes_and_feet() -> None:
    publicatie = read(
        "Vraag 1\nWat?1\nAntwoord 1\nDit antwoord gaat\n1 Een noot die\nverder gaat\n"
        "Tweede Kamer, vergaderjaar 2023–2024, Aanhangsel 1\n over de bladzijde."
    )
    assert publicatie.antwoorden[0].tekst == "Dit antwoord gaat over de bladzijde."
    assert [n.tekst for n in publicatie.noten] == ["Een noot die verder gaat"]


def test_a_marker_at_the_start_of_a_line_is_no_note() -> None:
    publicatie = read(
        "Vraag 1\nWat?1\nAntwoord 1\n1. Een punt;\n2. en nog een.\n2 In dit verdrag\n"
        "staat het.\n1Kamerstuk 1.\n2Bulgarije en Tsjechië\n"
    )
    assert publicatie.antwoorden[0].tekst == (
        "1. Een punt; 2. en nog een. In dit verdrag staat het."
    )
    assert [n.tekst for n in publicatie.noten] == [
        "Kamerstuk 1.",
        "Bulgarije en Tsjechië",
    ]


def test_a_note_that_begins_with_a_digit_is_found_by_the_one_behind_it() -> None:
    publicatie = read(
        "Vraag 1\nWat?1 Wie?2 Hoe?3\n1Follow the Money\n32024 was het jaar\n"
        "22024D27196\n3Kamerstuk 28 828"
    )
    assert [(n.nummer, n.tekst) for n in publicatie.noten] == [
        ("1", "Follow the Money 32024 was het jaar"),
        ("2", "2024D27196"),
        ("3", "Kamerstuk 28 828"),
    ]


def test_a_note_may_begin_with_a_year_that_its_number_is_stuck_to() -> None:
    publicatie = read(
        "Vraag 1\nWat?1\n1The Guardian, 19 september 2024\nAntwoord 1\nOp\n"
        "2 Het Parlement heeft\n22023 Annual report"
    )
    assert publicatie.antwoorden[0].tekst == "Op Het Parlement heeft"
    assert [n.tekst for n in publicatie.noten] == [
        "The Guardian, 19 september 2024",
        "2023 Annual report",
    ]


def test_two_printed_lines_on_one_are_mended_where_the_first_one_ended() -> None:
    publicatie = read(
        "Vraag 1\nBent u bereid deze vragen ieder afzonderlijk en binnen een week te "
        "beant-woorden?\nVraag 2\nEen context-specifieke blik op dit alles is dus ook "
        "wat u beoogt, of vergis ik mij nu?"
    )
    assert [blok.tekst for blok in publicatie.vragen] == [
        (
            "Bent u bereid deze vragen ieder afzonderlijk en binnen een week te "
            "beantwoorden?"
        ),
        (
            "Een context-specifieke blik op dit alles is dus ook wat u beoogt, of vergis "
            "ik mij nu?"
        ),
    ]


def test_text_before_the_first_label_is_no_heading() -> None:
    publicatie = read("Bent u bekend met het bericht?\nVraag 1\nWat?")
    assert [z.aanhangselnummer for z in publicatie.zie_ook] == [1079]
    assert any("Bent u bekend" in flag.uitleg for flag in publicatie.signalen)


def test_the_heading_may_refer_to_the_first_note() -> None:
    head = HEAD.replace("geld (ing", "het bericht «Geld»1 (ing")
    body = f"{head}Vraag 1\nWat?2\n1NOS, 3 mei 2024\n2Kamerstuk 1\nAntwoord 1\nDit."
    found = understand(body.encode(), read_pdf=lambda _: []).publicatie
    assert found.onderwerp == "het bericht «Geld»"
    assert [(noot.tekst, noot.deel) for noot in found.noten] == [
        ("NOS, 3 mei 2024", "kop"),
        ("Kamerstuk 1", "vraag"),
    ]
    assert found.signalen == ()


def test_prose_above_the_heading_is_no_page_head() -> None:
    prose = "De Minister heeft laten weten dat zij deze vragen later dit jaar zal beantwoorden."
    body = f"{prose}\n{HEAD}Vraag 1\nWat?\nAntwoord 1\nDat.".encode()
    found = understand(body, read_pdf=lambda _: []).publicatie
    assert [flag.code for flag in found.signalen] == [
        "tekst_buiten_blokken",
        "dekking_laag",
    ]
    assert found.vragen[0].tekst == "Wat?"
    assert found.onderwerp == "geld"


def test_the_title_above_the_heading_may_be_broken_anywhere() -> None:
    title = "Vragen gesteld door de leden der Kamer, met de\ndaarop door de regering gegeven antwoorden"
    body = HEAD.replace(
        "Vragen gesteld door de leden der Kamer, met de daarop door de\n"
        "regering gegeven antwoorden",
        title,
    )
    found = understand(
        f"{body}Vraag 1\nWat?\nAntwoord 1\nDat.".encode(), read_pdf=lambda _: []
    )
    assert (found.publicatie.signalen, found.dekking) == ((), 1.0)


def test_a_line_like_a_label_belongs_to_nobody_else() -> None:
    publicatie = read("Vraag 1\nWat?\nMededeling\nDe vragen zijn ingetrokken.")
    assert (publicatie.mededeling, publicatie.soort) == (
        "De vragen zijn ingetrokken.",
        "mededeling",
    )


MARKED = [
    (["een brief", "2"], 2, ["een brief", ""]),
    (
        ["Stedin", "1, Enexis2 en Liander3 hebben"],
        3,
        ["Stedin", ", Enexis en Liander hebben"],
    ),
    (["artikel?1 Zo ja"], 1, ["artikel? Zo ja"]),
    (["motie Ceder/Mulder1 bekijkt"], 1, ["motie Ceder/Mulder bekijkt"]),
    (
        ["uitstoot van CO2 daalt1", "en blijft.2"],
        2,
        ["uitstoot van CO2 daalt", "en blijft."],
    ),
    (["rapport van het EIB1 over"], 1, ["rapport van het EIB over"]),
    (
        ["dat is 13,4 miljard.1", "a.2", "b.3", "c.4"],
        4,
        ["dat is 13,4 miljard.", "a.", "b.", "c."],
    ),
    (["verzonden in 2023.1 Daarna"], 1, ["verzonden in 2023. Daarna"]),
    (["er zijn", "3 redenen.1"], 1, ["er zijn", "3 redenen."]),
    (["a.1", "ongeveer", "2 miljoen en b.2"], 2, ["a.", "ongeveer", "2 miljoen en b."]),
    (["punten:", "1. een", "2. twee.1"], 1, ["punten:", "1. een", "2. twee."]),
    (["a", "1, 2 en 3", "b"], 3, ["a", "", "b"]),
    (["zonder noten 1 en 2"], 0, ["zonder noten 1 en 2"]),
    (["op vraag 1", "2"], 2, ["op vraag 1", ""]),
    (["het antwoord op vraag", "1. In"], 1, ["het antwoord op vraag", "1. In"]),
    (["op", "1 juni 2024"], 1, ["op", "1 juni 2024"]),
    (["de brief", "1 juni 2024"], 1, ["de brief", "1 juni 2024"]),
    (["over de BVD", "1 2, ", "deelt u"], 2, ["over de BVD", ", ", "deelt u"]),
    (["het antwoord op vraag", "1."], 1, ["het antwoord op vraag", "1."]),
    (["drie punten:", "1."], 1, ["drie punten:", "1."]),
    (
        ["in het Capaciteitsplan 2024–20271 staat"],
        1,
        ["in het Capaciteitsplan 2024–2027 staat"],
    ),
    (["op 4 november 20241 is"], 1, ["op 4 november 2024 is"]),
    (["er zijn 20241 woningen"], 1, ["er zijn 20241 woningen"]),
]


@pytest.mark.parametrize(("lines", "count", "text"), MARKED)
def test_markers_are_the_best_rising_chain(
    lines: list[str], count: int, text: list[str]
) -> None:
    assert [line for line, _ in without_markers(lines, count)] == text


def test_a_missed_marker_costs_only_itself() -> None:
    lines = ["a.1", "b EIB 2 over", "c.3", "d.4"]
    found = without_markers(lines, 4)
    assert [refs for _, refs in found] == [("1",), (), ("3",), ("4",)]


@given(st.lists(st.text("ab1 234,.;\n", max_size=20), max_size=12), st.integers(0, 9))
def test_markers_rise_and_text_only_loses_digits(lines: list[str], count: int) -> None:
    lines = [line.replace("\n", " ") for line in lines]
    found = without_markers(lines, count)
    refs = [int(ref) for _, line_refs in found for ref in line_refs]
    assert refs == sorted(set(refs))
    assert all(1 <= ref <= count for ref in refs)
    letters = "".join(lines).replace(" ", "")
    kept = "".join(line for line, _ in found)
    assert [c for c in letters if c in "ab"] == [c for c in kept if c in "ab"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"Een boodschappenlijst: melk, brood", "no_publication"),
        (b"Antwoord zonder meer \xff\xfe\xe9", "format_unknown"),
        ("Vragen van het lid".encode("utf-16-le"), "format_unknown"),
    ],
)
def test_other_text_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(DocumentFault) as caught:
        understand(body, read_pdf=lambda _: [])
    assert caught.value.code == code


def test_a_byte_order_mark_is_passed_over() -> None:
    body = "\ufeff" + HEAD + "Vraag 1\nWat?"
    publicatie = understand(body.encode(), read_pdf=lambda _: []).publicatie
    assert publicatie.vragen[0].tekst == "Wat?"


def test_windows_line_ends_make_no_difference() -> None:
    body = (HEAD + "Vraag 1\nWat is\ndat?").replace("\n", "\r\n")
    publicatie = understand(body.encode(), read_pdf=lambda _: []).publicatie
    assert publicatie.vragen[0].tekst == "Wat is dat?"


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=400))
def test_any_text_behind_a_heading_is_read(text: str) -> None:
    publicatie = read(f"Vraag 1\n{text}")
    assert publicatie.onderwerp is not None


def test_a_page_number_is_taken_whole_where_earlier_feet_were_lost() -> None:
    foot = "Tweede Kamer, vergaderjaar 2023–2024, Aanhangsel "
    publicatie = read(
        f"Vraag 1\nWat?\n{foot}10\nAntwoord 1\nDit.\n{foot}11\nVraag 2\nWie?\n"
        f"{foot}12Antwoord 2\nHij."
    )
    assert [b.tekst for b in publicatie.vragen] == ["Wat?", "Wie?"]
    assert [b.tekst for b in publicatie.antwoorden] == ["Dit.", "Hij."]


def test_a_page_foot_is_parted_from_the_next_page_that_stands_against_it() -> None:
    """As in the text of ah-tk-20222023-3649 where page breaks are lost."""
    foot = "Tweede Kamer, vergaderjaar 2022–2023, Aanhangsel "
    text = (
        "Vraag 1\nKlopt het dat dit zo is?\n1 \n"
        "1NOS, 2 juli 2023.\n"
        f"ISSN 0921 - 7398’s-Gravenhage 2023{foot}1Antwoord 1\nJa.\n"
        f"Vraag 2\nWaarom dan?\n{foot}212 boeren zijn gestopt.\nAntwoord 2\nDaarom.\n"
        f"{foot}3\n"
    )
    publicatie = read(text)
    assert [blok.tekst for blok in publicatie.vragen] == [
        "Klopt het dat dit zo is?",
        "Waarom dan? 12 boeren zijn gestopt.",
    ]
    assert [blok.tekst for blok in publicatie.antwoorden] == ["Ja.", "Daarom."]
    assert [noot.tekst for noot in publicatie.noten] == ["NOS, 2 juli 2023."]
    assert publicatie.signalen == ()


@pytest.mark.parametrize(
    "head",
    [
        "Vervolgvragen van het lid Podt (D66)",
        "Aanvullende vragen van het lid Podt (D66)",
        "Mondelinge vragen van het lid Podt (D66)",
    ],
)
def test_every_kind_of_question_begins_a_heading(head: str) -> None:
    text = (
        f"Herdruk\n{head} aan de Minister van Financiën over geld\n"
        "(ingezonden 3 juni 2021).\nAanvullende antwoorden van Minister Hoekstra\n"
        "(Financiën) (ontvangen 21 juni 2021).\nVraag 1\nWat?\nAntwoord 1\nDit.\n"
    )
    publicatie = understand(text.encode(), read_pdf=lambda _: []).publicatie
    assert publicatie.onderwerp == "geld"
    assert [who.naam for who in publicatie.bewindspersonen] == ["Hoekstra"]
    assert publicatie.soort == "nader_antwoord"
    assert publicatie.signalen == ()


FLOOD = 300_000
"""Characters of a hostile text: what grows with their square takes minutes."""


@pytest.mark.parametrize(
    "part", ["van de ", "a1 b2 c3 ", "in 20241 ", "woord-\n", "1) noot\n"]
)
def test_no_text_takes_long(part: str) -> None:
    flood = part * (FLOOD // len(part))
    start = time.process_time()
    read(f"Vraag 1\nWat?1\nAntwoord 1\n{flood}\n1 Noot.\n")
    assert time.process_time() - start < PATIENCE


def test_many_notes_that_stand_against_their_numbers_take_no_time() -> None:
    notes = "".join(f"{number}Noot.\n" for number in range(1, 30_001))
    start = time.process_time()
    found = read(f"Vraag 1\nWat?1\nAntwoord 1\nDat.\n\n{notes}")
    assert time.process_time() - start < PATIENCE
    assert len(found.noten) == 30_000
