"""What a spelling stood for, and when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.lookup import lookup, table
from etl.model.lookup import UNKNOWN, Found, Periode, Register, folded

TABLES = sorted((Path(__file__).parents[2] / "sql" / "reference").glob("*.tsv"))

REGISTER = Register.of(
    [
        ("I&A", Periode("IA", date(2010, 10, 14), date(2011, 12, 15))),
        ("I&A", Periode("IIA", date(2011, 12, 16), date(2012, 11, 4))),
        ("EZ", Periode("EZ", date.min, date(2010, 10, 13))),
        ("EZ", Periode("EZ", date(2024, 7, 2), date.max)),
    ]
)


@pytest.mark.parametrize(
    ("printed", "op", "found"),
    [
        ("I&A", date(2011, 12, 15), Found("IA", current=True)),
        ("I&A", date(2011, 12, 16), Found("IIA", current=True)),
        ("i & a", date(2011, 12, 16), Found("IIA", current=True)),
        ("I&A", date(2013, 1, 1), UNKNOWN),
        ("I&A", None, UNKNOWN),
        ("EZ", date(2015, 1, 1), Found("EZ", current=False)),
        ("EZ", date(2010, 10, 13), Found("EZ", current=True)),
        ("EZ", None, Found("EZ", current=True)),
        ("EZ-Handel", None, UNKNOWN),
        ("", None, UNKNOWN),
        ("E" * 100_000, None, UNKNOWN),
    ],
)
def test_one_code_ever_or_on_that_day_is_certain(
    printed: str, op: date | None, found: Found
) -> None:
    assert REGISTER.find(printed, op) == found


@pytest.mark.parametrize(
    ("printed", "op", "code"),
    [
        ("PvdA", date(2014, 10, 3), "PvdA"),
        ("P.v.d.A.", date(1996, 1, 1), "PvdA"),
        ("D 66", date(1999, 1, 1), "D66"),
        ("D’66", date(1999, 1, 1), "D66"),
        ("groenlinks", date(2012, 1, 1), "GL"),
        ("GroenLinks- PvdA", date(2024, 1, 1), "GroenLinks-PvdA"),
        ("GroenLinks–PvdA", date(2024, 1, 1), "GroenLinks-PvdA"),
        ("Nieuw Sociaal Contract", date(2024, 1, 1), "NSC"),
        ("FvD", date(2020, 1, 1), "FVD"),
        ("Groep Van Haga", date(2023, 11, 20), "Groep Van Haga"),
        ("Fractie Van Haga", date(2023, 11, 20), "Groep Van Haga"),
        ("Van Haga", date(2020, 1, 1), "Van Haga"),
        ("Lid Omtzigt", date(2022, 1, 1), "Omtzigt"),
        ("RPF/GPV", date(2000, 1, 1), "RPF"),
        ("VVD/CDA", date(2020, 1, 1), None),
    ],
)
def test_a_group_is_known_however_it_is_spelt(
    printed: str, op: date, code: str | None
) -> None:
    assert lookup().fracties.find(printed, op).code == code


def test_a_group_is_no_group_outside_its_days() -> None:
    fracties = lookup().fracties
    assert fracties.find("PvdA", date(2023, 10, 26)) == Found("PvdA", current=True)
    assert fracties.find("PvdA", date(2024, 4, 4)) == Found("PvdA", current=False)


@pytest.mark.parametrize("name", [path.stem for path in TABLES])
def test_every_reference_row_says_where_it_comes_from(name: str) -> None:
    rows = table(name)
    assert rows
    assert [row for row in rows if not row["bron"] or None in row.values()] == []


def test_a_period_of_a_ministry_ends_before_its_next_begins() -> None:
    days: dict[str, list[tuple[str, str]]] = {}
    for row in table("ministerie"):
        periode = (row["van"] or "0001-01-01", row["tot"] or "9999-12-31")
        days.setdefault(row["code"], []).append(periode)
    for code, perioden in days.items():
        for (_, end), (start, _) in pairwise(sorted(perioden)):
            assert end < start, code


def test_an_office_is_of_a_ministry_that_is_known() -> None:
    codes = {row["code"] for row in table("ministerie")}
    rows = table("ambtsperiode")
    assert {row["ministerie_code"] for row in rows} <= codes
    assert {row["functie"] for row in rows} == {
        "Minister",
        "Staatssecretaris",
        "Minister-President",
    }
    assert [
        row for row in rows if row["van"] and row["van"] > (row["tot"] or "9")
    ] == []
    open_ended = {row["naam"] for row in rows if not row["tot"] and row["van"] < "2026"}
    assert open_ended == {"Th.J.A.M. de Bruijn", "N. Achahbar"}


def test_a_vergaderjaar_begins_on_the_third_tuesday_of_september() -> None:
    for row in table("prinsjesdag"):
        day = date.fromisoformat(row["datum"])
        assert (day.month, day.isoweekday(), (day.day - 1) // 7) == (9, 2, 2)
        assert row["vergaderjaar"] == f"{day.year}-{day.year + 1}"
        assert row["jaar"] == str(day.year)


def test_what_the_list_of_recesses_covers_begins_and_ends_with_one() -> None:
    """Of each school year all are there: else a day outside recess is none for sure."""
    recesses = table("reces")
    assert all(one["tot"] < two["van"] for one, two in pairwise(recesses))
    within = [
        [row["naam"] for row in recesses if each["van"] <= row["van"] <= each["tot"]]
        for each in table("reces_dekking")
    ]
    year = [
        "verkiezingsreces",
        "kerstreces",
        "voorjaarsreces",
        "meireces",
        "zomerreces",
    ]
    assert within == [["meireces", "zomerreces", *year], ["zomerreces", *year]]
    borders = {(row["van"], row["tot"]) for row in table("reces_dekking")}
    assert {van for van, _ in borders} <= {row["van"] for row in recesses}
    assert {tot for _, tot in borders} <= {row["tot"] for row in recesses}


@given(st.text(max_size=40), st.integers(0, 20_000))
def test_any_text_can_be_looked_up(text: str, days: int) -> None:
    op = date(1980, 1, 1) + timedelta(days=days)
    assert lookup().fracties.find(text, op).code in {None, *CODES}
    assert folded(text).isascii()


CODES = {row["code"] for row in table("fractie")}
