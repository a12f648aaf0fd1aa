"""SRU responses, real ones first."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.sources.sru import DCTERMS, WETGEVING, Nonsense, parse_xml, read_page

EXAMPLES = Path(__file__).parents[1] / "examples" / "sru"


def example(name: str) -> bytes:
    return (EXAMPLES / name).read_bytes()


def test_a_real_record_is_read_by_namespace() -> None:
    page = read_page(example("two-records.xml"))
    answer, question = page.records
    assert answer.first(f"{DCTERMS}identifier") == "ah-tk-20202021-3235"
    assert answer.all(f"{WETGEVING}indiener") == (
        "S.P.R.A. van Weyenberg",
        "R.H. (Romke) de Jong",
        "H. Kat",
    )
    assert answer.forms == ("html", "metadata", "metadataowms", "odt", "pdf", "xml")
    assert question.first(f"{DCTERMS}title") == (
        "Mondelinge vragen van het lid Atsma (CDA) aan de staatssecretaris van"
        " Onderwijs, Cultuur en Wetenschappen, dhr. Van der Ploeg, over diens"
        " uitlatingen inzake de omroepgidsen. (Ingezonden 28 september 1998)"
    )
    assert question.all(f"{WETGEVING}aanhangselnummer") == ()
    assert (page.total, page.following, page.start) == (3, None, 1)
    assert page.diagnostics == ()
    assert page.query is not None
    assert page.query.startswith("c.product-area==")


def test_a_bare_record_is_read_too() -> None:
    page = read_page(example("one-record.xml"))
    (only,) = page.records
    assert only.first(f"{WETGEVING}vraagnummer") == "2020Z14131"
    assert only.first(f"{DCTERMS}modified") is None
    assert only.urls == (
        "https://zoek.officielebekendmakingen.nl/ah-tk-20192020-4046.html",
    )
    assert page.query is None


def test_a_real_diagnostic_is_read_though_its_prefixes_differ() -> None:
    page = read_page(example("diagnostic.xml"))
    (told,) = page.diagnostics
    assert told == (
        "info:srw/diagnostic/1/10 line 1:13 mismatched input 'c.product-area'"
        " expecting {<EOF>, AND, OR, NOT, PROX, SORTBY}"
    )
    assert (page.records, page.total) == ((), None)


def test_the_prefixes_do_not_matter() -> None:
    body = example("one-record.xml").replace(b"dcterms:", b"x:")
    body = body.replace(b"xmlns:dcterms", b"xmlns:x").replace(b"sru:", b"antwoord:")
    body = body.replace(b"xmlns:sru", b"xmlns:antwoord")
    (only,) = read_page(body).records
    assert only.first(f"{DCTERMS}identifier") == "ah-tk-20192020-4046"


@pytest.mark.parametrize("number", ["", "veel", "-1", "1e3", "99999999999999", "１２"])
def test_a_count_that_is_no_number_is_no_count(number: str) -> None:
    body = example("one-record.xml").replace(
        b"<sru:numberOfRecords>1<", f"<sru:numberOfRecords>{number}<".encode()
    )
    assert read_page(body).total is None


LAUGHS = b"""<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>"""
EXTERNAL = b"""<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>"""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0",
        b"{}",
        b"<a>",
        b"<a/>",
        b"<html><body>Onderhoud</body></html>",
        b"<searchRetrieveResponse/>",
        b"\xff\xfe<\0a\0",
        LAUGHS,
        EXTERNAL,
        b"<!DOCTYPE a><a/>",
        b"<a>" * 300 + b"</a>" * 300,
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
)
def test_what_is_no_response_is_said_with_how_it_begins(body: bytes) -> None:
    with pytest.raises(Nonsense) as raised:
        read_page(body)
    assert len(str(raised.value)) < 200
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("body", [LAUGHS, EXTERNAL, b"<!DOCTYPE a><a/>"])
def test_xml_with_a_dtd_is_refused(body: bytes) -> None:
    assert parse_xml(body) is None


UNFIT = [b"\0", b"\x1f", b"\xe9", b"\xed\xa0\x80", b"\xef\xbf\xbf"]
REFERRED = [
    b"&#0;",
    b"&#x1F;",
    b"&#xd800;",
    b"&#XFFFF;",
    b"&#1114112;",
    b"&#9999999999;",
]


@pytest.mark.parametrize("bad", UNFIT + REFERRED)
def test_a_character_that_xml_forbids_costs_one_character(bad: bytes) -> None:
    body = example("two-records.xml")
    odd = read_page(body.replace(b"over de Tozo", b"over" + bad + b" de Tozo"))
    well = read_page(body)
    title = odd.records[0].first(f"{DCTERMS}title") or ""
    assert title.replace("\ufffd", "") == well.records[0].first(f"{DCTERMS}title")
    assert "\ufffd" in title
    assert odd.records[1:] == well.records[1:]


def test_a_response_cut_short_is_none_whatever_its_characters() -> None:
    body = example("two-records.xml").replace(b"Tozo", b"&#0;Toz\xe9", 1)
    for length in range(0, len(body), 97):
        assert parse_xml(body[:length]) is None


def test_the_characters_of_another_encoding_are_not_guessed_at() -> None:
    head = b'<?xml version="1.0" encoding="iso-8859-1"?>'
    assert parse_xml(head + b"<a>\xe9</a>") is not None
    assert parse_xml(head + b"<a>\xe9\0</a>") is None
