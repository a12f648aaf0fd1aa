"""PDFs that are broken, locked, hollow or hostile: a typed fault, soon."""

from __future__ import annotations

import io
import logging
import os
import random
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from cost import PATIENCE
from pypdf import PdfReader, PdfWriter
from reading import parse_blocks
from typeset import Typesetter, assemble, build, stream

from etl.documents.readers.pdf import read_pdf
from etl.errors import DocumentFault

SHIPPED = Path(__file__).resolve().parents[2] / "etl" / "demo" / "data"
REAL = SHIPPED / "ah-tk-20232024-1999" / "ah-tk-20232024-1999.pdf"
MUTANTS = int(os.environ.get("PDF_MUTANTS", "400"))


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """What pypdf remarks on every broken object hides what failed."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def whole() -> bytes:
    page = Typesetter().head().label("Vraag 1").text("Wat is er gebeurd?")
    return page.label("Antwoord 1").text("Niets.").foot().pdf()


def fault_of(body: bytes) -> str:
    with pytest.raises(DocumentFault) as caught:
        read_pdf(body)
    return caught.value.code


def locked(user: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(whole())))
    writer.encrypt(user_password=user, owner_password="eigenaar", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_file_locked_with_an_empty_password_is_read(algorithm: str) -> None:
    assert read_pdf(locked("", algorithm)) == read_pdf(whole())


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_file_locked_with_a_password_says_so(algorithm: str) -> None:
    assert fault_of(locked("geheim", algorithm)) == "pdf_encrypted"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "pdf_corrupt"),
        (b"%PDF-1.4\n", "pdf_corrupt"),
        (b"%PDF-1.4\n" + b"garbage " * 500, "pdf_corrupt"),
        (b"<html><body>Storing</body></html>", "pdf_corrupt"),
        (b"%PDF-1.4\n" + bytes(10_000), "pdf_corrupt"),
    ],
    ids=["empty", "head only", "garbage", "html", "zeros"],
)
def test_what_is_no_file_is_corrupt(body: bytes, code: str) -> None:
    assert fault_of(body) == code


def test_half_a_file_is_no_publication() -> None:
    body = whole()
    with pytest.raises(DocumentFault):
        parse_blocks(read_pdf(body[: len(body) // 2]))


@pytest.mark.parametrize("junk", [b"junk\n" * 200, b"\xef\xbb\xbf", b"\r\n\r\n"])
def test_junk_before_the_head_is_passed_over(junk: bytes) -> None:
    assert read_pdf(junk + whole()) == read_pdf(whole())


@pytest.mark.parametrize("end", [b"", b"%%EO", b"%%EOF\n\n  ", b"%%EOF" + bytes(900)])
def test_the_end_mark_must_be_there_but_may_be_dirty(end: bytes) -> None:
    body = whole().rstrip().removesuffix(b"%%EOF") + end
    if b"%%EOF" in end:
        assert read_pdf(body) == read_pdf(whole())
    else:
        assert fault_of(body) == "pdf_corrupt"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "q 595 0 0 842 0 0 cm /X1 Do Q",
        "BT /F1 8 Tf (blad 1) Tj ET",
        "BT 3 Tr /F9 8 Tf (zonder letter) Tj ET",
    ],
)
def test_a_scan_has_no_text(content: str) -> None:
    picture = stream(
        bytes(100),
        " /Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8"
        " /ColorSpace /DeviceGray",
    )
    body = build([content], xobjects="/X1 4 0 R", extra=(picture,))
    assert fault_of(body) == "pdf_no_text"


PAGES = b"<</Type /Pages /Kids [2 0 R] /Count 1>>"
CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"


def test_pages_in_a_circle_are_refused() -> None:
    assert fault_of(assemble([CATALOG, PAGES])) in ("pdf_corrupt", "pdf_no_text")


def test_fifty_thousand_pages_are_refused() -> None:
    kids = b"3 0 R " * 50_000
    pages = b"<</Type /Pages /Kids [" + kids + b"] /Count 50000>>"
    page = b"<</Type /Page /Parent 2 0 R>>"
    start = time.process_time()
    assert fault_of(assemble([CATALOG, pages, page])) == "pdf_limits"
    assert time.process_time() - start < PATIENCE


def one_page(content: bytes, entries: str) -> bytes:
    page = b"<</Type /Page /Parent 2 0 R /Resources <</Font <</F1 5 0 R>>>> /Contents 4 0 R>>"
    pages = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
    return assemble([CATALOG, pages, page, stream(content, entries), font])


def test_a_flate_bomb_is_refused() -> None:
    bomb = zlib.compress(bytes(50_000_000), 9)
    start = time.process_time()
    code = fault_of(one_page(bomb, " /Filter /FlateDecode"))
    assert code in ("pdf_limits", "pdf_no_text")
    assert time.process_time() - start < PATIENCE


def test_a_bomb_in_a_bomb_is_refused() -> None:
    bomb = zlib.compress(zlib.compress(bytes(50_000_000), 9), 9)
    code = fault_of(one_page(bomb, " /Filter [/FlateDecode /FlateDecode]"))
    assert code in ("pdf_limits", "pdf_no_text")


def lzw_bomb() -> bytes:
    """Codes of nine bits that each add one letter to what the one before stands for."""
    bits = "100000000" + "".join(f"{code:09b}" for code in (65, *range(258, 500)))
    bits = bits * 1_500 + "100000001"
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))


@pytest.mark.parametrize(
    ("bomb", "name"),
    [(lzw_bomb(), "LZWDecode"), (b"\x81\x00" * 300_000 + b"\x80", "RunLengthDecode")],
    ids=["lzw", "run length"],
)
def test_other_bombs_are_refused_too(bomb: bytes, name: str) -> None:
    start = time.process_time()
    assert fault_of(one_page(bomb, f" /Filter /{name}")) in (
        "pdf_limits",
        "pdf_no_text",
    )
    assert time.process_time() - start < PATIENCE


def test_a_tree_of_pages_may_not_be_too_deep() -> None:
    last = 20_000
    kids = [
        f"<</Type /Pages /Kids [{number + 1} 0 R] /Count 1 /Parent {number - 1} 0 R>>"
        for number in range(3, last)
    ]
    body = assemble(
        [
            CATALOG,
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            *(kid.encode() for kid in kids),
            f"<</Type /Page /Parent {last - 1} 0 R>>".encode(),
        ]
    )
    assert fault_of(body) in ("pdf_limits", "pdf_corrupt", "pdf_no_text")


def test_an_outline_without_end_is_not_walked() -> None:
    body = whole().replace(b"/Catalog", b"/Catalog /Outlines 99 0 R")
    outline = b"99 0 obj\n<</First 99 0 R /Last 99 0 R /Next 99 0 R>>\nendobj\n"
    assert read_pdf(outline + body) == read_pdf(whole())


def test_a_storm_of_forms_is_refused() -> None:
    draw = b" ".join([b"/X1 Do"] * 30)
    forms = [
        stream(
            draw,
            " /Type /XObject /Subtype /Form /BBox [0 0 9 9]"
            f" /Resources <</XObject <</X1 {number} 0 R>>>>",
        )
        for number in (5, 6, 7)
    ]
    last = stream(b"", " /Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    body = build(["/X1 Do"], xobjects="/X1 4 0 R", extra=(*forms, last))
    assert fault_of(body) == "pdf_limits"


def test_an_update_behind_the_file_is_what_is_read() -> None:
    before = whole()
    writer = PdfWriter(io.BytesIO(before), incremental=True)
    page = writer.pages[0]
    contents = page["/Contents"].get_object()
    contents.set_data(contents.get_data().replace(b"(Niets.)", b"(Toch wel iets.)"))
    out = io.BytesIO()
    writer.write(out)
    texts = [block.text for block in read_pdf(out.getvalue())]
    assert out.getvalue().startswith(before)
    assert "Toch wel iets." in texts
    assert "Niets." not in texts


@pytest.mark.parametrize("flood", [b"0 0 m\n", b"BT ET\n", b"q\n", b"(x) Tj\n", b"[ "])
def test_a_flood_of_operators_is_refused(flood: bytes) -> None:
    content = zlib.compress(flood * (5_000_000 // len(flood)), 9)
    start = time.process_time()
    code = fault_of(one_page(content, " /Filter /FlateDecode"))
    assert code in ("pdf_limits", "pdf_corrupt", "pdf_no_text")
    assert time.process_time() - start < PATIENCE


def test_forms_that_draw_themselves_end() -> None:
    form = stream(
        b"/X1 Do /X1 Do /X1 Do",
        " /Type /XObject /Subtype /Form /BBox [0 0 9 9]"
        " /Resources <</XObject <</X1 4 0 R>>>>",
    )
    body = build(["/X1 Do"], xobjects="/X1 4 0 R", extra=(form,))
    assert fault_of(body) in ("pdf_limits", "pdf_no_text")


def test_objects_nested_too_deeply_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(_stream: object) -> None:
        raise RecursionError

    monkeypatch.setattr("etl.documents.readers.pdf.pages.PdfReader", raising)
    assert fault_of(whole()) == "pdf_limits"


def test_scripts_and_links_are_not_followed() -> None:
    body = whole().replace(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Catalog /Pages 2 0 R /OpenAction <</S /JavaScript /JS (x)>> "
        b"/AA <</O <</S /URI /URI (http://127.0.0.1:9/)>>>>>>",
    )
    assert [b.text for b in read_pdf(body)] == [b.text for b in read_pdf(whole())]


def test_a_flipped_byte_gives_a_fault_or_a_reading() -> None:
    body = REAL.read_bytes()
    chance = random.Random(20261124)
    read = 0
    for _ in range(MUTANTS):
        mutant = bytearray(body)
        for _ in range(chance.choice((1, 1, 4, 16))):
            mutant[chance.randrange(len(mutant))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.2:
            del mutant[chance.randrange(len(mutant)) :]
        try:
            parse_blocks(read_pdf(bytes(mutant)))
            read += 1
        except DocumentFault:
            continue
    assert 0 < read < MUTANTS
