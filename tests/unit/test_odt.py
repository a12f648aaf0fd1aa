"""OpenDocument texts: the published form, and what a text processor writes."""

from __future__ import annotations

import pytest
from word import ODT, odt, zipped

from etl.documents import understand
from etl.documents.block import Kind
from etl.documents.readers.word.odt import read_odt
from etl.errors import DocumentFault
from etl.model.publicatie import Publicatie

PAIR = "".join(
    f"<text:p>{text}</text:p>"
    for text in (
        "Vragen van het lid Podt (D66) aan de Minister van Financiën over geld (ingezonden 3 juni 2021).",
        "Antwoord van Minister Hoekstra (Financiën) (ontvangen 21 juni 2021).",
        "Vraag 1",
        "Wat?",
        "Antwoord 1",
    )
)


def publicatie(text: str, **more: str) -> Publicatie:
    return understand(odt(PAIR + text, **more), read_pdf=lambda _: []).publicatie


def answer(text: str, **more: str) -> str:
    return publicatie(text, **more).antwoorden[0].tekst


def style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def number(level: int, sign: str = "1", suffix: str = ".") -> str:
    return (
        f'<text:list-level-style-number text:level="{level}" '
        f'style:num-format="{sign}" style:num-suffix="{suffix}"/>'
    )


def listed(*items: str, name: str = "L", more: str = "") -> str:
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    named = f' text:style-name="{name}"' if name else ""
    return f"<text:list{named}{more}>{inside}</text:list>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a<text:line-break/>b<text:tab/>c<text:s text:c='3'/>d", "a b c d"),
        ("in\n  een <text:span>stuk</text:span> tekst", "in een stuk tekst"),
        ("een<text:soft-page-break/> twee", "een twee"),
        ("<text:a>de site</text:a>", "de site"),
        ("niet\u00adtemin", "niettemin"),
        ("ja<office:annotation><text:p>opmerking</text:p></office:annotation>", "ja"),
    ],
)
def test_a_paragraph_says_what_is_shown(text: str, shown: str) -> None:
    assert answer(f"<text:p>{text}</text:p>") == shown


def test_deleted_text_is_gone() -> None:
    deleted = "<text:tracked-changes><text:p>weg</text:p></text:tracked-changes>"
    assert answer(f"{deleted}<text:p>blijft</text:p>") == "blijft"


def test_lists_keep_their_markers() -> None:
    styles = style("L", number(1), number(2, "a", ")")) + style(
        "B", '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    )
    inner = listed("<text:p>onder</text:p>", "<text:p>meer</text:p>", name="")
    text = listed("<text:p>een</text:p><text:p>meer een</text:p>" + inner)
    text += listed(
        "<text:p>twee</text:p>", more=' text:continue-numbering="true"'
    ) + listed("<text:p>punt</text:p>", name="B")
    assert answer(text, styles=styles) == (
        "1. een meer een a) onder b) meer 2. twee • punt"
    )


def test_rows_are_one_line_and_frames_follow_their_paragraph() -> None:
    row = "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"
        for text in ("2023", "12")
    )
    table = f"<table:table><table:table-row>{row}</table:table-row></table:table>"
    box = (
        "<draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box></draw:frame>"
    )
    body = f"{table}<text:p>voor{box} na</text:p>"
    assert answer(body) == "2023 12 voor na kader"
    kinds = [block.kind for block in read_odt(odt(PAIR + body)).blocks]
    assert kinds[-3:] == [Kind.TABLE_ROW, Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_notes_leave_the_text() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        '<text:p><text:a xlink:href="https://nos.nl/a">NOS</text:a></text:p>'
        "</text:note-body></text:note>"
    )
    found = publicatie(f"<text:p>Ja{note}.</text:p>")
    assert found.antwoorden[0].tekst == "Ja."
    assert [(n.nummer, n.tekst, n.urls) for n in found.noten] == [
        ("1", "NOS", ("https://nos.nl/a",))
    ]
    assert found.noten[0].deel == "antwoord"


def test_page_heads_and_feet_are_no_text() -> None:
    page = "<style:footer><text:p>Pagina 1</text:p></style:footer>"
    file = odt(f"{PAIR}<text:p>Ja.</text:p>", page=page)
    found = understand(file, read_pdf=lambda _: [])
    assert found.publicatie.antwoorden[0].tekst == "Ja."
    assert found.dekking == 1.0


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"mimetype": ODT}, "archive_corrupt"),
        ({"mimetype": ODT, "content.xml": "<x/>"}, "archive_corrupt"),
        ({"mimetype": ODT, "content.xml": "<x"}, "xml_malformed"),
        ({"mimetype": ODT, "content.xml": "<!DOCTYPE x><x/>"}, "xml_dtd"),
        ({"mimetype": ODT, "content.xml": "<x>" * 300 + "</x>" * 300}, "xml_limits"),
    ],
)
def test_what_is_no_text_is_refused(members: dict[str, str], code: str) -> None:
    with pytest.raises(DocumentFault) as caught:
        read_odt(zipped(members))
    assert caught.value.code == code


def test_lists_without_sense_are_no_error() -> None:
    styles = style(
        "L", number(1).replace("text:level=", "text:start-value='x' text:level=")
    )
    assert answer(listed("<text:p>een</text:p>"), styles=styles) == "1. een"
    assert answer(listed("<text:p>een</text:p>", name="geen")) == "een"


def test_a_marker_of_any_length_costs_no_more_than_its_own_text() -> None:
    long = style("L", number(1, suffix="a" * 50_000))
    found = answer(listed(*["<text:p>een</text:p>"] * 50), styles=long)
    assert len(found) < 50_000
    assert found.count("een") == 50
