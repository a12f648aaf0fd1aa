"""The names of publications, in the spellings that KOOP's lists hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.model.identity import Identifier, Key, parse_vergaderjaar, parse_zaaknummer


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ah-tk-20222023-1505", Key("tk", "2022-2023", 1505)),
        ("ah-ek-20192020-10", Key("ek", "2019-2020", 10)),
        ("ah-tk-20092010-6a", Key("tk", "2009-2010", 6, "a")),
        ("ah-tk-20082009-AH2134", Key("tk", "2008-2009", 2134)),
        ("ah-tk-19951996-0041", Key("tk", "1995-1996", 41)),
        ("ah-ek-19951995-1", Key("ek", "1995-1995", 1)),
    ],
)
def test_an_identifier_names_its_key(text: str, key: Key) -> None:
    identifier = Identifier.parse(text)
    assert (identifier.text, identifier.key, identifier.herziening) == (text, key, "")


@pytest.mark.parametrize(
    ("text", "herziening"),
    [("ah-tk-19941995-12-h1", "h1"), ("ah-tk-20202021-3235-n1", "n1")],
)
def test_a_reprint_has_the_key_of_what_it_replaces(text: str, herziening: str) -> None:
    identifier = Identifier.parse(text)
    assert identifier.herziening == herziening
    assert identifier.key == Identifier.parse(text[:-3]).key


@pytest.mark.parametrize(
    ("text", "zaaknummer"),
    [
        ("kv-tk-2024Z18775", "2024Z18775"),
        ("kv-tk-2024z18775", "2024Z18775"),
        ("kv-ek-215160000", None),
        ("kv-2989900822", None),
        ("ah-123456", None),
    ],
)
def test_what_has_no_number_has_no_key(text: str, zaaknummer: str | None) -> None:
    identifier = Identifier.parse(text)
    assert (identifier.key, identifier.zaaknummer) == (None, zaaknummer)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kst-29638-104",
        "ah-tk-2020-1",
        "AH-TK-20202021-1",
        "ah-xx-20202021-1",
        "ah-tk-20202021-",
        "ah-tk-20202021-1; drop table",
        "ah-tk-20202021-1\n",
        "../ah-tk-20202021-1",
    ],
)
def test_what_is_no_identifier_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an identifier"):
        Identifier.parse(text)


def test_a_key_spells_its_identifier() -> None:
    assert Key("tk", "2009-2010", 6, "a").identifier == "ah-tk-20092010-6a"


@given(st.integers(1814, 9998), st.integers(1, 99999), st.sampled_from(["", "a", "z"]))
def test_a_spelled_key_is_read_back(year: int, number: int, letter: str) -> None:
    key = Key("tk", f"{year}-{year + 1}", number, letter)
    assert Identifier.parse(key.identifier).key == key


@pytest.mark.parametrize(
    "text",
    ["2022-2023", "2022–2023", "20222023", "2022/2023", "2022-23", " 2022 – 2023 "],
)
def test_a_session_year_has_one_form(text: str) -> None:
    assert parse_vergaderjaar(text) == "2022-2023"


@pytest.mark.parametrize("text", ["", "2022", "twee", "22-23"])
def test_what_is_no_session_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="vergaderjaar"):
        parse_vergaderjaar(text)


@pytest.mark.parametrize(
    "text", ["2024Z17972", "2024Z 17972", "2024z17972", "2024 Z17972"]
)
def test_a_case_number_has_one_form(text: str) -> None:
    assert parse_zaaknummer(text) == "2024Z17972"


@pytest.mark.parametrize("text", ["", "2024D17972", "24Z17972", "2024Z17972x"])
def test_what_is_no_case_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="zaaknummer"):
        parse_zaaknummer(text)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("1999-00", "1999-2000"),
        ("1999–2000", "1999-2000"),
        ("2022 - 2023", "2022-2023"),
        ("2022/23", "2022-2023"),
        ("20222023", "2022-2023"),
        ("19951995", "1995-1995"),
    ],
)
def test_a_vergaderjaar_has_one_form_also_over_the_century(
    printed: str, canonical: str
) -> None:
    assert parse_vergaderjaar(printed) == canonical
