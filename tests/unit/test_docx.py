"""Word files: what is shown comes over, once and in order; a hostile file does no harm."""

from __future__ import annotations

import contextlib
import io
import random
import re
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
from cost import PATIENCE
from word import docx, note, numbering, p, paragraphs, ref, run, table, zipped

from etl.documents import understand
from etl.documents.block import Block, Kind
from etl.documents.readers.word.archive import MAX_MEMBERS, members_of
from etl.documents.readers.word.docx import read_docx
from etl.documents.readers.word.docx_numbering import formatted
from etl.errors import DocumentFault
from etl.model.publicatie import Publicatie

HEAD = paragraphs(
    "AH 612",
    "2024Z15295",
    "Antwoord van minister Keijzer (Volkshuisvesting) (ontvangen 19 november 2024)",
)
PAIR = paragraphs("Vraag 1", "Wat?", "Antwoord 1")


def blocks(body: str, **parts: object) -> list[Block]:
    return list(read_docx(docx(HEAD + PAIR + body, **parts)).blocks)[6:]


def publicatie(body: str, **parts: object) -> Publicatie:
    file = docx(HEAD + body, **parts)
    return understand(file, read_pdf=lambda _: []).publicatie


def answer(body: str, **parts: object) -> str:
    return publicatie(PAIR + body, **parts).antwoorden[0].tekst


def test_paragraphs_and_rows_come_in_the_order_of_the_body() -> None:
    body = p("Eerst.") + table(["Jaar", "Aantal"], ["2023", "12"]) + p("Dan.")
    found = blocks(body)
    assert [(b.kind, b.text) for b in found] == [
        (Kind.PARAGRAPH, "Eerst."),
        (Kind.TABLE_ROW, "Jaar Aantal"),
        (Kind.TABLE_ROW, "2023 12"),
        (Kind.PARAGRAPH, "Dan."),
    ]


def test_a_table_that_only_places_text_is_read_as_its_paragraphs() -> None:
    found = publicatie(table(["Vraag 1", "Wat?"], ["Antwoord 1", "Dat."]))
    assert [b.tekst for b in (*found.vragen, *found.antwoorden)] == ["Wat?", "Dat."]


def test_list_items_keep_the_marker_that_word_prints() -> None:
    lists = numbering(("decimal", "%1."), ("lowerLetter", "%1.%2)")) + numbering(
        ("bullet", "\uf0b7"), num="2"
    )
    body = (
        p("een", num="1")
        + p("onder", num="1", level=1)
        + p("meer", num="1", level=1)
        + p("twee", num="1")
        + p("weer onder", num="1", level=1)
        + p("punt", num="2")
    )
    assert answer(body, numbering=lists) == (
        "1. een 1.a) onder 1.b) meer 2. twee 2.a) weer onder • punt"
    )
    found = blocks(body, numbering=lists)
    assert {b.kind for b in found} == {Kind.LIST_ITEM}
    assert found[0].rule == "numbered list item"


def test_a_style_gives_its_number_to_the_styles_that_rest_on_it() -> None:
    styles = (
        '<w:style w:styleId="Lijst"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:styleId="Kop1"><w:basedOn w:val="Lijst"/>'
        "</w:style>"
    )
    body = p("een", style="Kop1") + p("twee", style="Lijst") + p("nul", num="0")
    lists = numbering(("upperRoman", "%1)"))
    assert answer(body, numbering=lists, styles=styles) == "I) een II) twee nul"


def test_a_circle_of_lists_and_styles_ends() -> None:
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:styleId="C"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
    )
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="C"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = p("een", style="A") + p("twee", style="C")
    assert answer(body, numbering=lists, styles=styles) == "een twee"


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (3, "decimal", "3"),
        (27, "lowerLetter", "aa"),
        (4, "upperLetter", "D"),
        (1994, "lowerRoman", "mcmxciv"),
        (7, "decimalZero", "07"),
        (5, "ordinalText", "5"),
    ],
)
def test_numbers_are_printed_as_word_prints_them(
    number: int, style: str, text: str
) -> None:
    assert formatted(number, style) == text


def test_notes_leave_the_text_and_count_by_first_use() -> None:
    link = '<w:hyperlink r:id="u">' + run("de site") + "</w:hyperlink>"
    notes = note(-1, "lijn") + note(7, "De eerste.") + note(3, link)
    found = publicatie(
        PAIR + p("Ja", ref(7), ". Nee", ref(3), ref(2, "endnote"), "."),
        footnotes=notes,
        endnotes=note(2, "Achteraan.", "endnote"),
    )
    assert found.antwoorden[0].tekst == "Ja. Nee."
    assert [(n.nummer, n.tekst) for n in found.noten] == [
        ("1", "De eerste."),
        ("2", "de site"),
        ("i", "Achteraan."),
    ]
    assert found.noten[0].deel_volgorde == 1


def test_the_address_behind_a_link_is_kept_with_its_note() -> None:
    field = '<w:r><w:instrText>HYPERLINK "https://nos.nl/a"</w:instrText></w:r>' + run(
        "het bericht"
    )
    found = publicatie(PAIR + p("Ja.", ref(1)), footnotes=note(1, field))
    assert [(n.tekst, n.urls) for n in found.noten] == [
        ("het bericht", ("https://nos.nl/a",))
    ]
    typed = p("1) ", '<w:hyperlink r:id="u">' + run("NOS") + "</w:hyperlink>")
    links = {"u": "https://nos.nl/b"}
    found = publicatie(PAIR + p("Ja 1).") + typed, links=links)
    assert [(n.tekst, n.urls) for n in found.noten] == [("NOS", ("https://nos.nl/b",))]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("a\nb\tc"), "a b c"),
        (run("niet\u00ad") + "<w:r><w:softHyphen/></w:r>" + run("temin"), "niettemin"),
        ("<w:r><w:t>EU</w:t><w:noBreakHyphen/><w:t>top</w:t></w:r>", "EU-top"),
        (f"<w:sdt><w:sdtContent>{run('vast')}</w:sdtContent></w:sdt>", "vast"),
        (f"<w:ins>{run('wel')}</w:ins><w:del>{run(' niet')}</w:del>", "wel"),
        (
            "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>" + run("blijft"),
            "blijft",
        ),
        (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>" + run("open"),
            "open",
        ),
        (
            "<w:r><w:instrText>DOCPROPERTY x</w:instrText></w:r>" + run("waarde"),
            "waarde",
        ),
        (f"<w:smartTag>{run('Den Haag')}</w:smartTag>", "Den Haag"),
    ],
)
def test_a_paragraph_says_what_word_shows(content: str, text: str) -> None:
    assert answer(p(content)) == text


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    inside = f"<w:txbxContent>{p('In het kader.')}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice><x>{inside}</x></mc:Choice>"
        f"<mc:Fallback><y>{inside}</y></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert answer(p("Voor", drawing, " en na.")) == "Voor en na. In het kader."


def test_text_in_a_control_around_paragraphs_is_kept() -> None:
    body = f"<w:sdt><w:sdtContent>{p('Een.')}{table(['a', 'b'])}</w:sdtContent></w:sdt>"
    assert answer(body) == "Een. a b"


def test_page_heads_and_feet_are_no_text() -> None:
    parts = {"header1": p("Ministerie"), "footer1": p("Pagina 1")}
    file = docx(HEAD + PAIR + p("Ja."), **parts)
    found = understand(file, read_pdf=lambda _: [])
    assert found.publicatie.antwoorden[0].tekst == "Ja."
    assert found.dekking == 1.0
    kinds = [each.block.kind for each in found.placed if "Pagina" in each.block.text]
    assert kinds == [Kind.FURNITURE]


def test_a_label_behind_a_line_break_is_a_label() -> None:
    found = publicatie(p("Vraag 1") + p("Wat?") + p("\nAntwoord op vraag 1\nDat."))
    assert [b.tekst for b in found.vragen] == ["Wat?"]
    assert [(b.label, b.tekst) for b in found.antwoorden] == [
        ("Antwoord op vraag 1", "Dat.")
    ]


def refused(body: bytes) -> str:
    with pytest.raises(DocumentFault) as caught:
        understand(body, read_pdf=lambda _: [])
    return caught.value.code


SOUND = docx(HEAD + PAIR + p("Ja."))


def test_a_bomb_of_one_member_is_refused() -> None:
    bomb = docx(HEAD, more={"word/media/a.bin": b"\0" * 40_000_000})
    assert refused(bomb) == "archive_limits"
    bomb = docx(HEAD, more={f"{n}.bin": b"\0" * 9_000_000 for n in range(9)})
    assert refused(bomb) in ("archive_limits", "document_too_large")


def test_a_million_members_cost_nothing() -> None:
    entry = b"PK\x01\x02" + bytes(42) + b"word/document.xml"
    body = SOUND + entry * 1_000_000
    start = time.process_time()
    assert refused(body) == "archive_limits"
    assert time.process_time() - start < PATIENCE
    many = zipped({f"{n}": "" for n in range(MAX_MEMBERS + 1)})
    with pytest.raises(DocumentFault, match="archive_limits"):
        members_of(many)


def test_the_tags_of_all_parts_count_together() -> None:
    part = "<a>" + "".join(f"<b>{n}</b>" for n in range(60_000)) + "</a>"
    many = docx(HEAD, more={f"{n}.xml": part for n in range(4)})
    assert refused(many) == "xml_limits"


def test_a_part_that_many_relations_lead_to_is_read_once() -> None:
    members = dict(members_of(docx(HEAD + PAIR, header1=p("Blad") * 3_000)))
    name = "word/_rels/document.xml.rels"
    relation = re.search(rb"<Relationship [^>]*header1[^>]*>", members[name])
    assert relation is not None
    many = [relation[0].replace(b'"p0"', b'"q%d"' % n) for n in range(2_000)]
    members[name] = members[name].replace(relation[0], b"".join(many))
    start = time.process_time()
    found = read_docx(zipped(members)).blocks
    assert time.process_time() - start < PATIENCE
    assert [block.text for block in found].count("Blad") == 3_000


def lying(size: int) -> bytes:
    """A member whose header gives another size than it inflates to."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>" * 1000)
        archive.writestr("[Content_Types].xml", "<x/>")
    body = bytearray(whole.getvalue())
    place = body.index(b"PK\x01\x02") + 24
    body[place : place + 4] = struct.pack("<I", size)
    return bytes(body)


@pytest.mark.parametrize("size", [10, 3_999, 4_001, 4_000_000_000])
def test_a_header_that_lies_is_not_believed(size: int) -> None:
    assert refused(lying(size)) in ("archive_corrupt", "document_too_large")


@pytest.mark.parametrize("kept", [60, 300, len(SOUND) // 2, len(SOUND) - 10])
def test_a_file_that_is_cut_off_is_corrupt(kept: int) -> None:
    assert refused(SOUND[:kept]) in ("archive_corrupt", "format_unknown")


def test_an_encrypted_member_is_told_as_such() -> None:
    body = bytearray(SOUND)
    body[body.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(body)) == "archive_encrypted"


@pytest.mark.parametrize("name", ["word/document.xml", "word/footnotes.xml", "x.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_is_refused_in_every_part(name: str, encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'.encode(encoding)
    assert refused(docx(HEAD, more={name: bomb})) == "xml_dtd"


def test_a_part_twice_in_the_zip_is_refused() -> None:
    twice = docx(HEAD, more={"word/documenx.xml": "<other/>"})
    twice = twice.replace(b"word/documenx.xml", b"word/document.xml")
    assert refused(twice) == "archive_corrupt"


def nest(count: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * count + p("diep") + "</w:tc></w:tr></w:tbl>" * count


def test_depth_within_the_parser_s_limit_is_read_and_beyond_refused() -> None:
    assert answer(nest(60)) == "diep"
    assert refused(docx(HEAD + nest(5_000))) in ("xml_limits", "archive_corrupt")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda m: {**m, "word/document.xml": "<w:document"},
        lambda m: {**m, "word/document.xml": ""},
        lambda m: {**m, "word/document.xml": "<other/>"},
        lambda m: {**m, "[Content_Types].xml": "<Types/>"},
        lambda m: {**m, "_rels/.rels": "<Relationships/>"},
        lambda m: {k: v for k, v in m.items() if k != "_rels/.rels"},
    ],
)
def test_a_package_that_is_no_document_is_corrupt(
    spoil: Callable[[dict[str, bytes]], dict[str, bytes]],
) -> None:
    assert refused(zipped(spoil(dict(members_of(SOUND))))) in (
        "archive_corrupt",
        "xml_malformed",
        "no_publication",
    )


def test_numbers_beyond_all_sense_are_no_error() -> None:
    lists = numbering(("decimal", "%1.")).replace(
        '<w:start w:val="1"/>', '<w:start w:val="99999999999"/>'
    )
    for level in (0, 8, 99_999_999):
        found = answer(p("een", num="1", level=level), numbering=lists)
        assert found.endswith("een")


def test_a_marker_of_any_length_costs_no_more_than_its_own_text() -> None:
    lists = numbering(("decimal", "a" * 50_000))
    found = answer(p("een", num="1") * 50, numbering=lists)
    assert len(found) < 50_000
    assert found.count("een") == 50


@pytest.mark.parametrize(
    "body",
    [
        p("x1)" * 100_000) + p("1) noot"),
        p("".join(f"w{n} 1) " for n in range(250_000))) + p("1) noot"),
        paragraphs(*["1. punt"] * 3_000),
        p("(" * 200_000),
        p("op uw brief vragen " * 20_000) + PAIR,
        p("Antwoord van de minister van " * 10_000) + PAIR,
        p("Ja.", *[ref(n) for n in range(5_000)]),
    ],
)
def test_no_text_takes_long(body: str) -> None:
    notes = "".join(note(n, "Noot.") for n in range(5_000))
    start = time.process_time()
    publicatie(PAIR + p("Ja.") + body, footnotes=notes)
    assert time.process_time() - start < PATIENCE


@pytest.mark.parametrize("seed", range(4))
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    lists = numbering(("decimal", "%1."))
    sound = docx(
        HEAD + PAIR + p("Ja.", ref(1), num="1") + table(["a", "b"]),
        numbering=lists,
        footnotes=note(1, "Noot."),
        header1=p("Kop"),
    )
    members = {name: bytes(each) for name, each in members_of(sound).items()}
    for _ in range(60):
        name = chance.choice(sorted(members))
        part = bytearray(members[name])
        at = chance.randrange(len(part))
        del part[at : at + chance.choice([1, 9, 200])]
        raw = bytearray(sound)
        raw[chance.randrange(len(raw))] = chance.randrange(256)
        for body in (zipped({**members, name: bytes(part)}), bytes(raw)):
            with contextlib.suppress(DocumentFault):
                understand(body, read_pdf=lambda _: [])
