"""The publisher's pages, with and without the site around them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from cost import PATIENCE

from etl.documents import understand
from etl.documents.readers.html import read_html
from etl.errors import DocumentFault
from etl.model.publicatie import Deel, Noot, Publicatie

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
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


@pytest.mark.parametrize(
    "table",
    [
        "<table><caption>Relaties</caption><tr><td>is beantwoord in</td></tr></table>",
        "<h2>Relaties</h2><table><tr><td>is beantwoord in</td></tr></table>",
    ],
)
def test_relations_inside_the_text_are_no_answer(table: str) -> None:
    publicatie = read(page(VRAAG + ANTWOORD + table))
    assert publicatie.antwoorden[0].tekst == "Niets."
    assert publicatie.signalen == ()


def test_old_markup_in_capitals_is_told_apart_by_its_words() -> None:
    body = """<HTML><HEAD><TITLE>Kamervragen</TITLE></HEAD><BODY>
    <DIV ID="broodtekst"><P>Tweede Kamer der Staten-Generaal</P>
    <P>Vergaderjaar 2008–2009</P><P>3235</P>
    <H1 CLASS="kamervraagomschrijving_kop">Vragen van het lid Podt (D66) aan de Minister
    van Financiën over geld (ingezonden 3 juni 2009).</H1>
    <P>Antwoord van Minister Bos (Financiën) (ontvangen 21 juni 2009).</P>
    <P>Zie ook Aanhangsel Handelingen, vergaderjaar 2008–2009, nr. 12.</P>
    <P CLASS="nummer">Vraag 1</P><P>Wat – «nu»?</P><P CLASS="nummer">Antwoord 1</P>
    <P>Niets.</P></DIV></BODY></HTML>"""
    publicatie = read(body.encode("windows-1252"))
    assert publicatie.identifier == "ah-tk-20082009-3235"
    assert [one.aanhangselnummer for one in publicatie.zie_ook] == [12]
    assert [b.tekst for b in publicatie.vragen] == ["Wat – «nu»?"]
    assert publicatie.signalen == ()


def test_text_before_the_questions_that_is_no_heading_is_flagged() -> None:
    body = page(VRAAG + ANTWOORD).replace(
        b"</h1>\n<h1", b"</h1><p>Cookies helpen ons.</p><h1", 1
    )
    publicatie = read(body)
    assert publicatie.onderwerp == "geld"
    flags = {flag.code: flag.uitleg for flag in publicatie.signalen}
    assert list(flags) == ["tekst_buiten_blokken", "dekking_laag"]
    assert flags["tekst_buiten_blokken"].endswith("Cookies helpen ons.")


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
    assert time.process_time() - start < PATIENCE


@pytest.mark.parametrize(
    ("inner", "tekst"),
    [
        (
            (
                '<ul class="expliciet"><li><p class="labeled"><span class="ol">a.</span> '
                'een;</p></li><li><p class="labeled"><span class="ol">b.</span> twee.</p>'
                "</li></ul>"
            ),
            "a. een; b. twee.",
        ),
        (
            '<ol class="list-style-dot"><li><p>een;</p></li><li><p>twee.</p></li></ol>',
            "1. een; 2. twee.",
        ),
        ("<ol start='3'><li>een;</li><li>twee.</li></ol>", "3. een; 4. twee."),
        (
            "<ol type='a' start='26'><li>een;</li><li>twee.</li></ol>",
            "z. een; aa. twee.",
        ),
        (
            "<ol type='I' start='4'><li>een;</li><li>twee.</li></ol>",
            "IV. een; V. twee.",
        ),
        ("<ol start='-1' type='q'><li>een;</li></ol>", "1. een;"),
        ("<ol><li value='7'>een;</li><li>twee.</li></ol>", "7. een; 8. twee."),
        ("<ol><li>1. een;</li><li>2. twee.</li></ol>", "1. een; 2. twee."),
        ("<ol class='list-style-none'><li>een</li></ol>", "een"),
        (
            "<ol><li>een: <ol type='a'><li>diep;</li></ol></li><li>twee.</li></ol>",
            "1. een: a. diep; 2. twee.",
        ),
        ("<ul><li>een;</li><li>twee.</li></ul>", "een; twee."),
        ("<ul><li>ten <em>eer</em>ste: <ul><li>a</li></ul></li></ul>", "ten eerste: a"),
        ("<div class='alineagroep'><p>een</p><p>twee</p></div>", "een twee"),
        ("<h3 class='tussenkop'>Toelichting</h3><p>Zo.</p>", "Toelichting Zo."),
        (
            "<div>m<sup>2</sup> per <b>huis</b><p>is veel</p></div>",
            "m2 per huis is veel",
        ),
    ],
)
def test_lists_read_as_in_the_xml(inner: str, tekst: str) -> None:
    block = f"<div class='antwoord'><h2 class='stuktitel'>Antwoord 1</h2>{inner}</div>"
    assert read(page(VRAAG + block)).antwoorden[0].tekst == tekst


OLDER = f"""<HTML><HEAD><META NAME="DC.identifier" CONTENT="ah-tk-20072008-12"></HEAD>
<BODY><DIV CLASS="Chrome"><P>Zoeken</P></DIV><DIV ID="main-column">{HEADING}
<DIV CLASS="vraag"><P CLASS="nummer">1</P><P>Hoe gaat het in Curaçao?
<A HREF="#noot1">1)</A></P></DIV>
<DIV CLASS="vraag"><P CLASS="nummer">2</P><P>En daarna?</P></DIV>
<DIV CLASS="antwoord"><P CLASS="nummer">1 en 2</P><P>Goed.</P></DIV>
</DIV><DIV ID="noten"><P><A NAME="noot1">1</A> NRC, 3 mei 2008.</P></DIV>
<TABLE CLASS="relaties"><TR><TD>is beantwoord in</TD></TR></TABLE></BODY></HTML>"""


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-8"])
def test_an_older_page_is_read_whole(encoding: str) -> None:
    publicatie = read(OLDER.encode(encoding))
    assert publicatie.aanhangselnummer == 12
    assert publicatie.onderwerp == "geld"
    assert [(b.nummers, b.tekst) for b in publicatie.vragen] == [
        (("1",), "Hoe gaat het in Curaçao?"),
        (("2",), "En daarna?"),
    ]
    assert [(b.nummers, b.tekst) for b in publicatie.antwoorden] == [
        (("1", "2"), "Goed.")
    ]
    assert [(n.nummer, n.tekst, n.deel) for n in publicatie.noten] == [
        ("1", "NRC, 3 mei 2008.", Deel.VRAAG)
    ]
    assert publicatie.signalen == ()


def test_the_heading_of_the_answers_may_stand_behind_the_questions() -> None:
    asked, answered = HEADING.split("</h1>", 1)
    publicatie = read(
        page(VRAAG + answered + ANTWOORD).replace(
            HEADING.encode(), f"{asked}</h1>".encode()
        )
    )
    assert str(publicatie.ontvangen) == "2021-06-21"
    assert [b.tekst for b in (*publicatie.vragen, *publicatie.antwoorden)] == [
        "Wat nu?",
        "Niets.",
    ]


@pytest.mark.parametrize(
    "inner",
    [
        "<div class='vraag'><p>1</p><p>Wat?</p></div>",
        "<div class='vraag'><a id='d1'></a><p>1</p><p>Wat?</p></div>",
        "<div class='vraag'><p>1. Wat?</p></div>",
        "<div class='vraag'>1 Wat?</div>",
        "<div class='vraag'><p class='nummer'>Vraag 1</p><p>Wat?</p></div>",
        "<div class='vraag'><p>Wat?</p></div>",
    ],
)
def test_a_number_is_found_where_it_was_typed(inner: str) -> None:
    publicatie = read(page(inner + ANTWOORD))
    assert [(b.nummers, b.tekst) for b in publicatie.vragen] == [(("1",), "Wat?")]
    assert publicatie.signalen == ()


def test_notes_of_a_table_are_notes() -> None:
    inner = (
        "<table><tr><td>2020<a class='nootnum' href='#t1'>1</a></td><td>12</td></tr>"
        "</table><div class='tabelnoten'><div class='noot'><sup>"
        "<span class='nootnum'>1</span></sup><p>Voorlopig.</p></div></div>"
    )
    publicatie = read(
        page(f"<div class='vraag'><h2>Vraag 1</h2>{inner}</div>{ANTWOORD}")
    )
    assert publicatie.vragen[0].tekst == "2020 12"
    assert [(n.nummer, n.tekst, n.deel) for n in publicatie.noten] == [
        ("1", "Voorlopig.", Deel.VRAAG)
    ]
    assert publicatie.signalen == ()


def test_an_addition_in_a_notice_is_no_notice() -> None:
    said = "Deze vragen dienen ter aanvulling op eerdere vragen."
    inner = f"<div class='kamervraagopmerking'><p>Toelichting: {said}</p></div>"
    publicatie = read(page(VRAAG + ANTWOORD + inner))
    assert (publicatie.toelichting, publicatie.mededeling) == (said, None)
    assert publicatie.soort == "antwoord"


def test_a_part_of_a_page_is_read_without_a_heading() -> None:
    publicatie = read(f"{VRAAG}{ANTWOORD}{NOTEN}".encode())
    assert [b.tekst for b in (*publicatie.vragen, *publicatie.antwoorden)] == [
        "Wat nu?",
        "Niets.",
    ]
    assert [noot.nummer for noot in publicatie.noten] == ["1", "2"]
    assert [flag.code for flag in publicatie.signalen] == [
        "kop_ontbreekt",
        "noot_zonder_verwijzing",
    ]


def test_a_part_that_marks_nothing_is_found_by_its_labels() -> None:
    publicatie = read(b"<h2>Vraag 1</h2><p>Wat?</p><h2>Antwoord 1</h2><p>Dit.</p>")
    assert [b.tekst for b in (*publicatie.vragen, *publicatie.antwoorden)] == [
        "Wat?",
        "Dit.",
    ]


def test_real_notes_alone_are_read_but_are_no_publication() -> None:
    file = EXAMPLES / "noten" / "kv-tk-2016Z00047.noten.html"
    blocks = read_html(file.read_bytes()).blocks
    assert [(b.kind, b.number, b.text, b.urls) for b in blocks] == [
        ("note", "1", "http://nos.nl/l/2077649", ("http://nos.nl/l/2077649",)),
        ("note", "2", "VOG: verklaring omtrent gedrag", ()),
    ]
    with pytest.raises(DocumentFault) as caught:
        read(file.read_bytes())
    assert caught.value.code == "no_publication"


def test_every_block_says_by_what_it_was_recognised() -> None:
    blocks = read_html(page(VRAAG + ANTWOORD, outside=NOTEN)).blocks
    assert list(dict.fromkeys(block.rule for block in blocks)) == [
        "meta",
        "h1.kamervraagomschrijving_kop",
        "h2.stuktitel",
        "p",
        "noot",
    ]


def test_control_characters_in_loose_text_are_no_fault() -> None:
    body = (
        "<div id='broodtekst'><h2>Vraag 1</h2>Wat \v is\x01 <b>dit</b>"
        "<p>Of dat?</p></div>"
    )
    (blok,) = read(body.encode()).vragen
    assert blok.tekst == "Wat is dit Of dat?"


def test_lines_above_the_heading_of_an_old_page_name_the_publication() -> None:
    body = """<HTML><BODY><DIV ID="broodtekst"><P>Tweede Kamer der Staten-Generaal</P>
    <P>Vergaderjaar 2008–2009</P><P>3235</P>
    <H1>Vragen van het lid Podt (D66) aan de Minister van Financiën over geld
    (ingezonden 3 juni 2009).</H1>
    <P>Antwoord van Minister Bos (Financiën) (ontvangen 21 juni 2009).</P>
    <P CLASS="nummer">Vraag 1</P><P>Wat – «nu»?</P><P CLASS="nummer">Antwoord 1</P>
    <P>Niets.</P></DIV></BODY></HTML>""".encode("windows-1252")
    publicatie = read(body)
    assert publicatie.identifier == "ah-tk-20082009-3235"
    assert (publicatie.onderwerp, publicatie.signalen) == ("geld", ())
    assert [b.tekst for b in publicatie.vragen] == ["Wat – «nu»?"]
