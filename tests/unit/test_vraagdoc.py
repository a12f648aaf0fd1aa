"""Older XML: questions first, answers behind them, notes somewhere else."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from cost import PATIENCE

from etl.documents import understand
from etl.documents.readers.xml import read_xml
from etl.errors import DocumentFault
from etl.model.publicatie import Deel, Publicatie

ASKED = """<omschr>Vragen van het lid <naam>Kant</naam> (SP) aan de minister van
  Volksgezondheid, Welzijn en Sport over wachtlijsten in de zorg. <datum>(Ingezonden
  3 juni 2004)</datum></omschr>"""
ANSWERED = """<omschr>Antwoord van minister <naam>Hoogervorst</naam> (Volksgezondheid,
  Welzijn en Sport). <datum>(Ontvangen 21 juni 2004)</datum></omschr>"""
NOTICE = ANSWERED.replace("Antwoord", "Mededeling")
VRAGEN = """<vraag><nummer>1</nummer><al>Kent u het bericht?<nootref refid="n1"/></al>
  </vraag><vraag><nummer>2</nummer><al>Hoe lang zijn de lijsten?</al></vraag>"""
ANTWOORDEN = """<antwoord><nummer>1</nummer><al>Ja.</al></antwoord>
  <antwoord><nummer>2</nummer><al>Lang.</al></antwoord>"""
NOOT = """<noot id="n1" nr="1"><al>Trouw, 1 juni 2004.</al></noot>"""


def document(vragen: str, reactie: str = "", kop: str = ASKED) -> bytes:
    return f"""<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE vraagdoc SYSTEM "vraagdoc.dtd">
<vraagdoc>
 <metadata name="DC.identifier" scheme="" content="ah-tk-20032004-1776"/>
 <metadata name="OVERHEIDop.vraagnummer" scheme="" content="2030415330"/>
 <body>
  <vragen><vraagnummer>2030415330</vraagnummer>{kop}{vragen}</vragen>
  <reactie>{reactie}</reactie>
 </body>
</vraagdoc>""".encode("iso-8859-1", "xmlcharrefreplace")


def read(body: bytes) -> Publicatie:
    def no_pdf(_: bytes) -> Any:
        raise AssertionError

    return understand(body, read_pdf=no_pdf).publicatie


def texts(publicatie: Publicatie) -> list[str]:
    return [b.tekst for b in (*publicatie.vragen, *publicatie.antwoorden)]


def codes(publicatie: Publicatie) -> list[str]:
    return [flag.code for flag in publicatie.signalen]


def asked(inner: str) -> Publicatie:
    return read(document(inner))


def test_a_whole_document_is_read_without_a_flag() -> None:
    publicatie = read(document(VRAGEN + NOOT, ANSWERED + ANTWOORDEN))
    assert publicatie.identifier == "ah-tk-20032004-1776"
    assert (publicatie.vergaderjaar, publicatie.aanhangselnummer) == ("2003-2004", 1776)
    assert publicatie.onderwerp == "wachtlijsten in de zorg"
    assert publicatie.ingezonden == date(2004, 6, 3)
    assert publicatie.ontvangen == date(2004, 6, 21)
    assert [(i.naam, i.fractie) for i in publicatie.indieners] == [("Kant", "SP")]
    assert [b.naam for b in publicatie.bewindspersonen] == ["Hoogervorst"]
    assert [(b.label, b.nummers) for b in publicatie.vragen] == [
        ("1", ("1",)),
        ("2", ("2",)),
    ]
    assert [b.nummers for b in publicatie.antwoorden] == [("1",), ("2",)]
    assert texts(publicatie) == [
        "Kent u het bericht?",
        "Hoe lang zijn de lijsten?",
        "Ja.",
        "Lang.",
    ]
    (noot,) = publicatie.noten
    assert (noot.nummer, noot.tekst) == ("1", "Trouw, 1 juni 2004.")
    assert (noot.deel, noot.deel_volgorde) == (Deel.VRAAG, 1)
    assert publicatie.signalen == ()


def test_the_number_may_be_a_whole_label() -> None:
    vragen = VRAGEN.replace("<nummer>", "<nummer>Vraag ")
    antwoorden = ANTWOORDEN.replace("<nummer>", "<nummer>Antwoord ")
    publicatie = read(document(vragen + NOOT, ANSWERED + antwoorden))
    assert [b.label for b in publicatie.antwoorden] == ["Antwoord 1", "Antwoord 2"]
    assert publicatie.signalen == ()


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        ("<nootref nr='1'/>", "<noot nr='1'><al>Trouw.</al></noot>"),
        ("<nootref nr='1'>1</nootref>", "<noot nr='1'>Trouw.</noot>"),
        ("<nootref refid='a7'/>", "<noot id='a7' nr='1'><al>Trouw.</al></noot>"),
        ("<nootref refid='a7'/>", "<noot id='a7'><nr>1</nr><al>Trouw.</al></noot>"),
        ("<nootref refid='a7'/>", "<noot id='a7'><al>1 Trouw.</al></noot>"),
        ("<nootref refid='a7'/>", "<noot id='a7' nr='1'>1) Trouw.</noot>"),
        ("<nootref refid='n1'/>", "<noot id='n1'><al>Trouw.</al></noot>"),
        ("<nootref>1)</nootref>", "<noot nr='1.'><al>Trouw.</al></noot>"),
    ],
)
def test_a_reference_leaves_the_text_and_finds_its_note(
    reference: str, note: str
) -> None:
    vraag = f"<vraag><nummer>1</nummer><al>Kent u{reference} dit?</al></vraag>"
    publicatie = asked(vraag + note)
    assert texts(publicatie) == ["Kent u dit?"]
    (noot,) = publicatie.noten
    assert (noot.nummer, noot.tekst, noot.deel) == ("1", "Trouw.", Deel.VRAAG)
    assert publicatie.signalen == ()


def test_two_references_to_one_note_leave_one_note() -> None:
    again = VRAGEN.replace("lijsten?", "lijsten?<nootref refid='n1'/>")
    publicatie = asked(again + NOOT)
    assert [noot.deel_volgorde for noot in publicatie.noten] == [1]
    assert publicatie.signalen == ()


def test_a_date_at_the_start_of_a_note_is_no_number() -> None:
    publicatie = asked(
        f"{VRAGEN}<noot id='n1' nr='3'><al>3 juni 2004, NRC.</al></noot>"
    )
    assert [(n.nummer, n.tekst) for n in publicatie.noten] == [
        ("3", "3 juni 2004, NRC.")
    ]


def test_a_toelichting_stands_in_its_own_field() -> None:
    said = "Deze vragen dienen ter aanvulling op eerdere vragen."
    toelicht = f"<toelicht><al>Toelichting: {said}</al></toelicht>"
    publicatie = read(document(VRAGEN + NOOT + toelicht, ANSWERED + ANTWOORDEN))
    assert publicatie.toelichting == said
    assert (texts(publicatie)[1], publicatie.signalen) == (
        "Hoe lang zijn de lijsten?",
        (),
    )


@pytest.mark.parametrize(
    "inner",
    [
        "<kamervraagopmerking><al>Het duurt langer.</al></kamervraagopmerking>",
        "<kamervraagopmerking>Het duurt langer.</kamervraagopmerking>",
        "<kamervraagopmerking><al>Mededeling Het duurt langer.</al></kamervraagopmerking>",
        "<kamervraagopmerking>Mededeling: Het duurt langer.</kamervraagopmerking>",
        (
            "<kamervraagopmerking><titel>Mededeling</titel><al>Het duurt langer.</al>"
            "</kamervraagopmerking>"
        ),
        "<al>Het duurt langer.</al>",
    ],
)
def test_a_notice_stands_in_its_own_field(inner: str) -> None:
    publicatie = read(document(VRAGEN + NOOT, NOTICE + inner))
    assert publicatie.mededeling == "Het duurt langer."
    assert (publicatie.soort, publicatie.antwoorden) == ("mededeling", ())
    assert publicatie.signalen == ()


def test_loose_paragraphs_are_the_answer_to_all_questions() -> None:
    loose = "<al>Ja.</al><al>Zie mijn brief.</al>"
    publicatie = read(document(VRAGEN + NOOT, ANSWERED + loose))
    (antwoord,) = publicatie.antwoorden
    assert (antwoord.nummers, antwoord.tekst) == (("1", "2"), "Ja. Zie mijn brief.")
    assert publicatie.signalen == ()


def test_loose_paragraphs_before_the_answers_are_a_remark() -> None:
    loose = "<al>Mede namens mijn ambtgenoot.</al>"
    publicatie = read(document(VRAGEN + NOOT, ANSWERED + loose + ANTWOORDEN))
    assert publicatie.mededeling == "Mede namens mijn ambtgenoot."
    assert (publicatie.soort, texts(publicatie)[2:]) == ("antwoord", ["Ja.", "Lang."])


@pytest.mark.parametrize(
    "inner",
    [
        "<vraag><al>1</al><al>Wat?</al></vraag><vraag><al>2</al><al>Hoe?</al></vraag>",
        "<vraag><al>1. Wat?</al></vraag><vraag><al>2. Hoe?</al></vraag>",
        "<vraag><al>1\n Wat?</al></vraag><vraag><al>2\n Hoe?</al></vraag>",
        "<vraag>1 Wat?</vraag><vraag>2 Hoe?</vraag>",
        "<vraag><nr>1</nr>Wat?</vraag><vraag><nr>2</nr>Hoe?</vraag>",
        "<al>1 Wat?</al><al>2 Hoe?</al>",
        "<nummer>1</nummer><al>Wat?</al><nummer>2</nummer><al>Hoe?</al>",
    ],
)
def test_a_number_is_found_where_it_was_typed(inner: str) -> None:
    publicatie = asked(inner)
    assert [(b.nummers, b.tekst) for b in publicatie.vragen] == [
        (("1",), "Wat?"),
        (("2",), "Hoe?"),
    ]
    assert publicatie.signalen == ()


def test_questions_and_answers_without_number_are_counted_and_flagged() -> None:
    vragen = "<vraag><al>Wat?</al></vraag><vraag><al>Hoe?</al></vraag>"
    antwoorden = vragen.replace("vraag", "antwoord")
    publicatie = read(document(vragen, ANSWERED + antwoorden))
    found = [b.nummers for b in (*publicatie.vragen, *publicatie.antwoorden)]
    assert found == [("1",), ("2",), ("1",), ("2",)]
    assert codes(publicatie) == ["vraag_ongenummerd"]


@pytest.mark.parametrize("container", ["body", "kamervragen"])
def test_the_parts_may_stand_straight_in_another_container(container: str) -> None:
    kop = ASKED + ANSWERED
    body = f"""<vraagdoc><meta name="DC.identifier" content="ah-tk-20032004-1776"/>
<{container}>{kop}{VRAGEN}{ANTWOORDEN}{NOOT}</{container}></vraagdoc>"""
    publicatie = read(body.encode())
    assert [b.nummers for b in publicatie.antwoorden] == [("1",), ("2",)]
    assert publicatie.signalen == ()


def test_a_title_above_the_heading_is_no_part_of_it() -> None:
    kop = f"<titel>Vragen gesteld door de leden der Kamer</titel>{ASKED}"
    publicatie = read(document(VRAGEN + NOOT, kop=kop))
    assert publicatie.onderwerp == "wachtlijsten in de zorg"
    assert publicatie.signalen == ()


def test_a_title_serves_where_there_is_no_other_heading() -> None:
    kop = ASKED.replace("omschr>", "titel>")
    assert read(document(VRAGEN + NOOT, kop=kop)).signalen == ()


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [("&eacute;&eacute;n", "één"), ("&ldquor;ja&rdquor;", "„ja”"), ("&euro; 5", "€ 5")],
)
def test_named_characters_of_the_older_sets_are_read(typed: str, read_as: str) -> None:
    body = document("<vraag><nummer>1</nummer><al>Zo XX?</al></vraag>")
    publicatie = read(body.replace(b"XX", typed.encode()))
    assert publicatie.vragen[0].tekst == f"Zo {read_as}?"


@pytest.mark.parametrize(
    "body",
    [
        b"<vraagdoc/>",
        b"<vraagdoc><body><vragen><vraag><nummer/><al> </al></vraag></vragen></body></vraagdoc>",
        b"<vraagdoc><metadata name='DC.identifier' content='ah-tk-20032004-1'/></vraagdoc>",
        b"<officiele-publicatie><kamervragen/></officiele-publicatie>",
    ],
)
def test_an_empty_stub_is_no_publication(body: bytes) -> None:
    with pytest.raises(DocumentFault) as caught:
        read(body)
    assert caught.value.code == "no_publication"


def test_an_unknown_named_character_is_kept_as_typed() -> None:
    vraag = "<vraag><nummer>1</nummer><al>Zo &onbekend; is het.</al>&ook;</vraag>"
    assert texts(asked(vraag)) == ["Zo &onbekend; is het. &ook;"]


@pytest.mark.parametrize(
    "inner",
    [
        "<vraag>" * 200 + "x<nootref/>" * 40_000 + "</vraag>" * 200,
        "<titel>Vraag 1</titel>" * 90_000,
        "<al>1 Ja</al>" * 50_000,
    ],
)
def test_hostile_documents_cost_bounded_time(inner: str) -> None:
    start = time.process_time()
    read_xml(document(inner))
    assert time.process_time() - start < PATIENCE


def test_the_number_of_the_publication_may_stand_in_elements_of_its_own() -> None:
    names = """<metadata><kamer>Tweede Kamer der Staten-Generaal</kamer>
    <vergaderjaar>2008-2009</vergaderjaar><nummer>3235</nummer></metadata>
    <vraagnummer>2009Z09739</vraagnummer>"""
    inner = f"<vragen>{ASKED}{VRAGEN}{NOOT}</vragen>"
    publicatie = read(f"<vraagdoc>{names}<body>{inner}</body></vraagdoc>".encode())
    assert publicatie.identifier == "ah-tk-20082009-3235"
    assert publicatie.zaaknummers == ("2009Z09739",)
    assert [b.nummers for b in publicatie.vragen] == [("1",), ("2",)]
    assert publicatie.signalen == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<body>", "<body><nummer>7</nummer>"),
        ("<omschr>", "<nummer>7</nummer><omschr>"),
    ],
)
def test_a_number_outside_any_question_is_no_question(before: str, after: str) -> None:
    body = document(VRAGEN + NOOT).replace(before.encode(), after.encode())
    publicatie = read(body)
    assert [b.nummers for b in publicatie.vragen] == [("1",), ("2",)]
    assert publicatie.signalen == ()


def test_a_number_may_be_an_attribute() -> None:
    vragen = "<vraag nr='1'><al>Wat?</al></vraag><vraag nr='2'><al>Hoe?</al></vraag>"
    antwoorden = "<antwoord nr='1 en 2'><al>Zo.</al></antwoord>"
    publicatie = read(document(vragen, ANSWERED + antwoorden))
    assert [b.nummers for b in publicatie.vragen] == [("1",), ("2",)]
    assert [b.nummers for b in publicatie.antwoorden] == [("1", "2")]
    assert publicatie.signalen == ()


def test_a_label_in_print_goes_before_the_attribute() -> None:
    vragen = "<vraag nr='9'><nr>Vraag 1</nr><al>Wat?</al></vraag>"
    assert [b.nummers for b in asked(vragen).vragen] == [("1",)]


def test_a_title_beside_the_number_is_the_heading_where_it_reads_like_one() -> None:
    titel = ASKED.replace("omschr>", "titel>")
    body = f"""<vraagdoc><kop>{titel}<nummer>12</nummer></kop>
    <body><vragen>{VRAGEN}{NOOT}</vragen></body></vraagdoc>"""
    publicatie = read(body.encode())
    assert publicatie.onderwerp == "wachtlijsten in de zorg"
    assert [b.nummers for b in publicatie.vragen] == [("1",), ("2",)]
    assert publicatie.signalen == ()


def test_a_title_that_repeats_the_heading_is_no_second_one() -> None:
    titel = ASKED.replace("omschr>", "titel>")
    body = document(VRAGEN + NOOT).replace(b"<body>", f"<body>{titel}".encode())
    publicatie = read(body)
    assert publicatie.onderwerp == "wachtlijsten in de zorg"
    assert publicatie.signalen == ()


@pytest.mark.parametrize("container", ["body", "kamervragen"])
def test_a_paragraph_straight_in_the_body_is_the_heading_where_it_reads_like_one(
    container: str,
) -> None:
    kop = (ASKED + ANSWERED).replace("omschr>", "al>")
    body = f"""<vraagdoc><{container}>{kop}{VRAGEN}{ANTWOORDEN}{NOOT}
    </{container}></vraagdoc>"""
    publicatie = read(body.encode())
    assert publicatie.onderwerp == "wachtlijsten in de zorg"
    assert [b.naam for b in publicatie.bewindspersonen] == ["Hoogervorst"]
    assert publicatie.signalen == ()


def test_a_note_without_number_takes_that_of_its_reference() -> None:
    vraag = "<vraag><nummer>1</nummer><al>Wat<nootref refid='a' nr='4'/>?</al></vraag>"
    publicatie = asked(f"{vraag}<noot id='a'><al>NRC</al></noot>")
    assert [(noot.nummer, noot.tekst) for noot in publicatie.noten] == [("4", "NRC")]
    assert publicatie.signalen == ()


def test_a_note_that_no_reference_names_takes_no_number() -> None:
    vraag = "<vraag><nummer>1</nummer><al>Wat<nootref nr='4'/>?</al></vraag>"
    publicatie = asked(f"{vraag}<noot><al>NRC</al></noot>")
    assert [noot.nummer for noot in publicatie.noten] == [""]
    assert "verwijzing_zonder_noot" in codes(publicatie)


def test_an_internal_subset_is_refused() -> None:
    body = document(VRAGEN).replace(
        b'"vraagdoc.dtd"', b'"vraagdoc.dtd" [<!ENTITY a "b">]'
    )
    with pytest.raises(DocumentFault) as caught:
        read(body)
    assert caught.value.code == "xml_dtd"


def test_every_block_says_by_what_it_was_recognised() -> None:
    blocks = read_xml(document(VRAGEN + NOOT, ANSWERED + ANTWOORDEN)).blocks
    assert {block.rule for block in blocks} == {
        "<meta>",
        "<vraagnummer>",
        "<omschr>",
        "<nummer>",
        "<al>",
        "<noot>",
    }


@pytest.mark.parametrize(
    "hoofd",
    [
        (
            "<metadata><kamer>Tweede Kamer der Staten-Generaal</kamer><vergaderjaar>2008-2009"
            "</vergaderjaar><nummer>3235</nummer></metadata>"
        ),
        (
            "<tekstregel>Tweede Kamer der Staten-Generaal</tekstregel><tekstregel>"
            "Vergaderjaar 2008-2009</tekstregel><nummer>3235</nummer>"
        ),
    ],
)
def test_a_number_in_the_head_is_that_of_the_publication(hoofd: str) -> None:
    body = f"""<vraagdoc>{hoofd}<vraagnummer>2009Z09739</vraagnummer><body><vragen>
    <vraag><nummer>1</nummer><al>Wat?</al></vraag></vragen></body></vraagdoc>"""
    publicatie = understand(body.encode(), read_pdf=read_xml).publicatie
    assert [(b.nummers, b.tekst) for b in publicatie.vragen] == [(("1",), "Wat?")]
    assert publicatie.identifier == "ah-tk-20082009-3235"
    assert publicatie.zaaknummers == ("2009Z09739",)


def test_a_heading_set_as_paragraphs_of_the_body_is_the_heading() -> None:
    body = """<vraagdoc><body><al>Vragen van het lid Podt (D66) aan de Minister van
    Financiën over geld (ingezonden 3 juni 2009).</al><al>Antwoord van Minister Bos
    (Financiën) (ontvangen 21 juni 2009).</al><vraag><nr>1</nr><al>Wat?</al></vraag>
    <antwoord><nr>1</nr><al>Dit.</al></antwoord></body></vraagdoc>"""
    publicatie = understand(body.encode(), read_pdf=read_xml).publicatie
    assert (publicatie.onderwerp, publicatie.signalen) == ("geld", ())
    assert [b.tekst for b in publicatie.antwoorden] == ["Dit."]
