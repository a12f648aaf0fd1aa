"""The publisher's pages, with and without the site around them."""

from __future__ import annotations

import time

import pytest

from etl.documents import understand
from etl.documents.html import read_html
from etl.errors import DocumentFault
from etl.model.publicatie import Deel, Noot, Publicatie

HEADING = """<h1 class="kamervraagomschrijving_kop no-toc"><a id="d17e45"></a>Vragen van
  het lid Podt (D66) aan de Minister van Financiën over geld (ingezonden
  3 juni 2021).
</h1>
<h1 class="kamervraagomschrijving_kop no-toc">Antwoord van Minister Hoekstra (Financiën)
  (ontvangen 21 juni 2021).</h1>"""
VRAAG = """<div class="vraag"><h2 class="stuktitel no-toc"><a id="d17e51"></a>Vraag 1
</h2><p>Wat nu?</p></div>"""
ANTWOORD = """<div class="antwoord"><h2 class="stuktitel no-toc">Antwoord 1</h2>
<p>Niets.</p></div>"""
NOTEN = """<div id="noten"><hr/>
 <div class="voet noot snp-mouseoffset" id="supernote-note-n1"><h5 class="note-close">
  <a class="note-close" href="#close-n1">X</a> Noot</h5><sup><span class="nootnum">
  <a id="n1" name="n1"></a>1</span></sup><p><a href="http://nos.nl/l/2077649"
  class="externe_link">http://nos.nl/l/2077649</a></p></div>
 <div class="voet noot" id="supernote-note-n2"><h5 class="note-close"><a>X</a> Noot</h5>
  <sup><span class="nootnum">2</span></sup><p>VOG: verklaring</p></div>
</div>"""


def page(inner: str, head: str = "", outside: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC
 "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta name="DC.identifier" content="ah-tk-20202021-3235" />
<meta name="OVERHEIDop.vraagnummer" content="2021Z09739" />{head}<title></title></head>
<body><div id="kopregel"></div>
<div id="broodtekst">{HEADING}{inner}</div>{outside}</body></html>""".encode()


def read(body: bytes) -> Publicatie:
    return understand(body, read_pdf=lambda _: []).publicatie


def vraag(inner: str) -> str:
    block = f"<div class='vraag'><h2 class='stuktitel'>Vraag 1</h2>{inner}</div>"
    return read(page(block)).vragen[0].tekst


def test_a_page_is_read_whole() -> None:
    publicatie = read(page(VRAAG + ANTWOORD))
    assert publicatie.identifier == "ah-tk-20202021-3235"
    assert publicatie.zaaknummers == ("2021Z09739",)
    assert (publicatie.onderwerp, str(publicatie.ontvangen)) == ("geld", "2021-06-21")
    assert [(b.label, b.tekst) for b in publicatie.vragen] == [("Vraag 1", "Wat nu?")]
    assert [b.tekst for b in publicatie.antwoorden] == ["Niets."]
    assert publicatie.signalen == ()


def test_references_leave_the_text_and_notes_keep_number_text_and_address() -> None:
    references = (
        '<p>Bent u bekend?<a class="nootnum supernote-click-n1" href="#n1">1</a> '
        '<a class="nootnum supernote-click-n2" href="#n2">2</a> Zo ja</p>'
    )
    block = f"<div class='vraag'><h2>Vraag 1</h2>{references}</div>"
    publicatie = read(page(block + ANTWOORD, outside=NOTEN))
    assert publicatie.vragen[0].tekst == "Bent u bekend? Zo ja"
    assert publicatie.noten == (
        Noot(
            nummer="1",
            tekst="http://nos.nl/l/2077649",
            urls=("http://nos.nl/l/2077649",),
            deel=Deel.VRAAG,
            deel_volgorde=1,
        ),
        Noot(nummer="2", tekst="VOG: verklaring", deel=Deel.VRAAG, deel_volgorde=1),
    )
    assert publicatie.signalen == ()


def test_notes_inside_the_text_are_no_text() -> None:
    assert read(page(VRAAG + ANTWOORD + NOTEN)).antwoorden[0].tekst == "Niets."


@pytest.mark.parametrize(
    ("inner", "tekst"),
    [
        ("<p>Een</p><p>twee</p>", "Een twee"),
        ("<p>Een<br/>twee</p>", "Een twee"),
        ("<p>Ten <em>eer</em>ste</p>", "Ten eerste"),
        ("<p>CO<sub>2</sub></p>", "CO2"),
        ("<ul><li><p>– een;</p></li><li>– twee.</li></ul>", "– een; – twee."),
        (
            (
                "<table><tr><th>Jaar</th><th>Aantal</th></tr><tr><td><p>2020</p></td>"
                "<td>12</td></tr></table>"
            ),
            "Jaar Aantal 2020 12",
        ),
        ("<div><p>diep</p></div>", "diep"),
        ("<div>geen <b>alinea</b> hier</div>", "geen alinea hier"),
        ("los <p>vast</p> weer los", "los vast weer los"),
        ("<p>Caf&eacute; &amp; &euro;</p>", "Café & €"),
        ("<p>a<script>alert(1)</script></p><script>b</script>", "a"),
        ("<dl><dt>a.</dt><dd>aa</dd></dl>", "a. aa"),
    ],
)
def test_text_is_joined_in_reading_order(inner: str, tekst: str) -> None:
    assert vraag(inner) == tekst


def test_older_pages_label_with_a_paragraph() -> None:
    inner = "<p class='nummer'>Vraag 1</p><p>Wat?</p><p class='nummer'>Antwoord 1</p><p>Dit.</p>"
    publicatie = read(page(inner))
    assert [b.tekst for b in (*publicatie.vragen, *publicatie.antwoorden)] == [
        "Wat?",
        "Dit.",
    ]


@pytest.mark.parametrize(
    "inner",
    [
        "<div class='kamervraagopmerking'><p>De vragen zijn ingetrokken.</p></div>",
        (
            "<div class='kamervraagopmerking'><h2 class='stuktitel'>Mededeling</h2>"
            "<p>De vragen zijn ingetrokken.</p></div>"
        ),
        "<h2 class='stuktitel'>Mededeling</h2><p>De vragen zijn ingetrokken.</p>",
        "<p>Mededeling</p><p>De vragen zijn ingetrokken.</p>",
    ],
)
def test_a_notice_stands_in_its_own_field(inner: str) -> None:
    publicatie = read(page(VRAAG + inner))
    assert publicatie.mededeling == "De vragen zijn ingetrokken."
    assert (publicatie.soort, publicatie.vragen[0].tekst) == ("mededeling", "Wat nu?")


def test_a_sub_heading_in_an_answer_is_text() -> None:
    inner = (
        "<div class='antwoord'><h2 class='stuktitel'>Antwoord 1</h2><p>Ja.</p>"
        "<p>Toelichting</p><p>Het ging goed.</p></div>"
    )
    publicatie = read(page(VRAAG + inner))
    assert publicatie.antwoorden[0].tekst == "Ja. Toelichting Het ging goed."


def test_the_site_around_the_text_is_not_read() -> None:
    chrome = "<div class='relaties'><p>Relaties</p><table><tr><td>is beantwoord in</td>"
    publicatie = read(page(VRAAG + ANTWOORD, outside=f"{chrome}</tr></table></div>"))
    assert publicatie.antwoorden[0].tekst == "Niets."
    assert publicatie.signalen == ()


def test_the_text_is_found_without_the_id_of_its_frame() -> None:
    body = page(VRAAG + ANTWOORD).replace(b' id="broodtekst"', b"")
    assert read(body).antwoorden[0].tekst == "Niets."


@pytest.mark.parametrize(
    "body",
    [
        b"<html><head><title>503 Service Unavailable</title></head><body/></html>",
        b"<!DOCTYPE html><html><body><h1>Zoekresultaat</h1></body></html>",
        b"<html>",
        b"<!doctype html>",
    ],
)
def test_another_page_of_the_site_is_an_error_page(body: bytes) -> None:
    with pytest.raises(DocumentFault) as caught:
        read(body)
    assert caught.value.code == "error_page"


def test_an_error_page_is_named_by_its_title() -> None:
    with pytest.raises(DocumentFault, match="503 Service Unavailable"):
        read_html(b"<html><title>503 Service Unavailable</title></html>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_the_bytes_decide_on_the_encoding(encoding: str) -> None:
    body = page(VRAAG.replace("Wat nu?", "Curaçao en België – «geld»?"))
    text = body.decode().removeprefix('<?xml version="1.0" encoding="utf-8"?>')
    publicatie = read(text.encode(encoding))
    assert publicatie.vragen[0].tekst == "Curaçao en België – «geld»?"


def test_cut_anywhere_it_is_refused() -> None:
    body = page(VRAAG + ANTWOORD, outside=NOTEN)
    for end in range(len(body)):
        with pytest.raises(DocumentFault):
            read(body[:end])


@pytest.mark.parametrize(
    "inner", ["<div>" * 100_000, "<ul><li>" * 50_000, "<p>a" * 100_000, "<b>" * 100_000]
)
def test_hostile_pages_cost_bounded_time(inner: str) -> None:
    start = time.process_time()
    try:
        read(page(inner))
    except DocumentFault as fault:
        assert fault.code in ("error_page", "no_publication")  # noqa: PT017
    assert time.process_time() - start < 8
