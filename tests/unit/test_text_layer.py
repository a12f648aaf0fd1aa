"""Flags for text that cannot be trusted, and silence about text that can."""

from __future__ import annotations

import time

import pytest
from cost import PATIENCE
from typeset import Typesetter, stream

from etl.documents import Understood, understand
from etl.documents.readers.pdf import read_pdf
from etl.documents.readers.plain.text_layer import signals_of

CLEAN = (
    "Bent u bekend met het bericht van GroenLinks-PvdA en de ChristenUnie op TikTok en "
    "https://nos.nl/artikel/een?id=Twee? Op 3 mei 2024 (en o.a. in 2023/24) verscheen "
    "«het rapport» van VNO-NCW; zie ook art. 3:2 Awb, 10.000 woningen en e-mail aan "
    "info@rijksoverheid.nl. De (semi)publieke sector en hoeft dat niet."
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (CLEAN, []),
        (f"{CLEAN} {CLEAN}", []),
        (f"Wat vindt u van MiddenNederland? {CLEAN}", []),
        ("op 18 november2024 sprak", ["woorden_verkleefd"]),
        ("ontvangen13 mei 2024 van", ["woorden_verkleefd"]),
        (f"kunnen.Welke stappen vanMinisters? {CLEAN}", ["woorden_verkleefd"]),
        (f"is onacceptabel»dat een«ander» {CLEAN}", ["woorden_verkleefd"]),
        (
            f"het rapport en hetrapport, de sector vansector {CLEAN}",
            ["woorden_verkleefd"],
        ),
        ("Wat \ufffd\ufffd\ufffd\ufffdn u van dit alles", ["tekstlaag_slecht"]),
        ("\ue001\ue002\ue003\ue004\ue005 \ue006", ["tekstlaag_slecht"]),
        ("B e n t u b e k e n d m e t h e t b e r i c h t", ["tekstlaag_slecht"]),
        ("bentubekendmethetbericht" * 10, ["tekstlaag_slecht"]),
        ("één ’s-Gravenhage € 5 – en ½ m² ł", []),
        ("", []),
    ],
)
def test_only_text_that_cannot_be_trusted_is_flagged(
    text: str, codes: list[str]
) -> None:
    assert [flag.code for flag in signals_of([text])] == codes


def test_the_flag_shows_where_words_stick_together() -> None:
    (flag,) = signals_of(["Wat kunnen.Welke en op 3 mei2024 dan?"])
    assert flag.uitleg.endswith("2 plaatsen, zoals «kunnen.Welke», «mei2024»")


@pytest.mark.parametrize("part", ["aB.Aab", "a:bb", "\ufffd", "het", "nl/", "een "])
def test_a_flood_is_judged_in_time(part: str) -> None:
    start = time.process_time()
    list(signals_of([part * 200_000]))
    assert time.process_time() - start < PATIENCE


def read(body: bytes) -> Understood:
    return understand(body, read_pdf=read_pdf)


def page() -> Typesetter:
    one = Typesetter().head().label("Vraag 1").text("Wat?").label("Antwoord 1")
    return one.text("Dit is het antwoord op de vraag.")


def codes(found: Understood) -> list[str]:
    return [flag.code for flag in found.publicatie.signalen]


IMAGE = stream(
    bytes(100),
    " /Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8"
    " /ColorSpace /DeviceGray",
)


def test_a_page_that_is_a_picture_is_named() -> None:
    scan = page().foot().page().raw("q 500 0 0 700 50 100 cm /X1 Do Q").foot()
    scan.page().text("En dit hoort er ook bij.").foot()
    found = read(scan.pdf(xobjects="/X1 4 0 R", extra=(IMAGE,)))
    assert [flag.uitleg.split(": ")[-1] for flag in found.publicatie.signalen] == [
        "bladzijde 2"
    ]
    assert codes(found) == ["tekstlaag_onvolledig"]


def test_an_inline_picture_counts_too() -> None:
    inline = "q 500 0 0 700 50 100 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    found = read(page().foot().page().raw(inline).foot().pdf())
    assert codes(found) == ["tekstlaag_onvolledig"]


@pytest.mark.parametrize("size", ["60 0 0 30", "500 0 0 700"])
def test_a_picture_beside_text_is_no_scan(size: str) -> None:
    logo = page().raw(f"q {size} 50 50 cm /X1 Do Q").foot().page().foot()
    assert codes(read(logo.pdf(xobjects="/X1 4 0 R", extra=(IMAGE,)))) == []


def test_feet_alone_are_no_text() -> None:
    scan = Typesetter()
    for _ in range(5):
        scan.raw("q 500 0 0 700 50 100 cm /X1 Do Q").foot().page()
    with pytest.raises(Exception, match="no text"):
        read_pdf(scan.pdf(xobjects="/X1 4 0 R", extra=(IMAGE,)))


@pytest.mark.parametrize(
    "operators",
    [
        "BT /F1 8.5 Tf 0 1 -1 0 30 400 Tm (Aan de rand gedrukt) Tj ET",
        "BT /F1 8.5 Tf -1 0 0 -1 300 300 Tm (Ondersteboven gezet) Tj ET",
        "BT /F9 8.5 Tf 1 0 0 1 300 300 Tm (Een letter zonder naam) Tj ET",
    ],
    ids=["turned", "upside down", "no font"],
)
def test_text_that_came_into_no_block_is_missed(operators: str) -> None:
    found = read(page().raw(operators).foot().pdf())
    assert found.publicatie.antwoorden[0].tekst == "Dit is het antwoord op de vraag."
    assert found.dekking < 0.97
    assert codes(found) == ["dekking_laag"]


def test_a_font_of_drawings_is_missed() -> None:
    font = (
        "<</Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0]"
        " /CharProcs <</g1 5 0 R>> /Encoding <</Differences [65 /g1 /g2 /g3]>>"
        " /FirstChar 65 /LastChar 67 /Widths [5 5 5]>>"
    )
    form = stream(
        b"BT /F2 9 Tf 250 300 Td (ABCABCABCABCABC) Tj ET",
        " /Type /XObject /Subtype /Form /BBox [0 0 600 900]"
        " /Resources <</Font <</F2 4 0 R>>>>",
    )
    body = page().raw("/X1 Do").foot()
    found = read(
        body.pdf(xobjects="/X1 6 0 R", extra=(font, stream(b"0 0 9 9 re f"), form))
    )
    assert found.dekking < 0.97
    assert codes(found) == ["dekking_laag"]


def test_forms_nested_too_deeply_are_missed() -> None:
    names = [
        f" /Resources <</XObject <</X1 {number} 0 R>>>>" for number in range(5, 15)
    ]
    forms = [
        stream(b"/X1 Do", f" /Type /XObject /Subtype /Form /BBox [0 0 9 9]{name}")
        for name in names
    ]
    last = stream(b"", " /Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    body = page().raw("/X1 Do").foot().pdf(xobjects="/X1 4 0 R", extra=(*forms, last))
    assert codes(read(body)) == ["dekking_laag"]


def test_what_is_cropped_away_is_not_read() -> None:
    body = page().put(20, 20, "snijlijn 12-03-2024 12:00.indd 1", 6, "").foot()
    found = read(body.pdf(page_entries="/CropBox [40 40 560 800]"))
    assert found.publicatie.antwoorden[0].tekst == "Dit is het antwoord op de vraag."
    assert (found.publicatie.signalen, found.dekking) == ((), 1.0)


def test_text_drawn_twice_in_its_place_is_read_once() -> None:
    bold = page()
    bold.put(221, bold.y, "Dit is het antwoord op de vraag.", 8.5, "P")
    bold.put(221.2, bold.y, "Dit is het antwoord op de vraag.", 8.5, "P").foot()
    found = read(bold.pdf())
    assert found.publicatie.antwoorden[0].tekst == "Dit is het antwoord op de vraag."


def test_a_clean_page_has_no_flags() -> None:
    found = read(page().foot().pdf())
    assert (found.publicatie.signalen, found.dekking) == ((), 1.0)
