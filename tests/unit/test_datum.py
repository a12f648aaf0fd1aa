"""Dates as printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendering import printed

from etl.documents.datum import parse_datum


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("3 juni 2021", date(2021, 6, 3)),
        ("ontvangen13 augustus 2024", date(2024, 8, 13)),
        ("18 november2024", date(2024, 11, 18)),
        ("18\nnovember 2024", date(2024, 11, 18)),
        ("29 februari 2024", date(2024, 2, 29)),
        ("1 MAART 2015", date(2015, 3, 1)),
        ("(ingezonden 3 juni 2021 en 4 juni 2021)", date(2021, 6, 3)),
        ("juni 2021", None),
        ("3-6-2021", None),
        ("", None),
    ],
)
def test_the_first_date_of_a_text_is_read(text: str, moment: date | None) -> None:
    assert parse_datum(text) == moment


@pytest.mark.parametrize("text", ["31 februari 2009", "29 februari 2023", "0 mei 2021"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="day"):
        parse_datum(text)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_is_read_as_printed(moment: date) -> None:
    assert parse_datum(printed(moment)) == moment
