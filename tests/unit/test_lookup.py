"""What a spelling stood for, and when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.lookup import lookup, table
from etl.model.lookup import UNKNOWN, Found, Periode, Register, folded

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


@pytest.mark.parametrize("name", ["fractie", "ministerie", "achternaam"])
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


@given(st.text(max_size=40), st.integers(0, 20_000))
def test_any_text_can_be_looked_up(text: str, days: int) -> None:
    op = date(1980, 1, 1) + timedelta(days=days)
    assert lookup().fracties.find(text, op).code in {None, *CODES}
    assert folded(text).isascii()


CODES = {row["code"] for row in table("fractie")}
