"""When answers are to be expected: the calendar as printed, and where it has holes."""

from __future__ import annotations

from datetime import date

import pytest

from etl.lookup import table
from etl.sitting import Calendar, Period, easter


def periods(name: str) -> list[Period]:
    return [
        Period(
            date.fromisoformat(row["van"]),
            date.fromisoformat(row["tot"]),
            row.get("naam") != "verkiezingsreces",
        )
        for row in table(name)
    ]


CALENDAR = Calendar(recesses=periods("reces"), coverage=periods("reces_dekking"))


@pytest.mark.parametrize(
    ("day", "sits"),
    [
        ("2024-01-16", True),  # Tuesday after kerstreces
        ("2024-01-15", False),  # its last Monday
        ("2024-01-20", False),  # a Saturday
        ("2024-02-20", False),  # voorjaarsreces
        ("2024-06-26", True),
        ("2024-07-30", False),  # zomerreces
    ],
)
def test_a_day_within_the_known_calendar(day: str, sits: bool) -> None:
    assert CALENDAR.sits(date.fromisoformat(day)) is sits


@pytest.mark.parametrize(
    ("day", "sits"),
    [
        ("2027-08-03", False),  # every summer so far was a recess
        ("2026-12-29", False),  # and every new year
        ("2027-01-05", False),
        ("2027-06-15", True),  # never one in June
        ("2027-03-23", True),
        ("2026-11-24", True),  # the campaign of 2023 was for one election
    ],
)
def test_outside_of_it_a_usual_recess_makes_patient(day: str, sits: bool) -> None:
    assert CALENDAR.sits(date.fromisoformat(day)) is sits


def test_only_full_days_between_two_days_count() -> None:
    thursday, monday = date(2024, 6, 20), date(2024, 6, 24)
    assert CALENDAR.sitting_days(thursday, thursday) == 0
    assert CALENDAR.sitting_days(thursday, monday) == 1
    assert CALENDAR.sitting_days(monday, thursday) == 0
    # from the Thursday before the summer recess until it is over: Friday it begins
    assert CALENDAR.sitting_days(date(2024, 7, 3), date(2024, 9, 3)) == 1


def test_without_any_calendar_every_weekday_counts() -> None:
    assert Calendar().sitting_days(date(2026, 11, 20), date(2026, 11, 28)) == 5


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)],
)
def test_easter_is_where_the_almanac_has_it(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_nothing_is_expected_at_easter_and_whitsun() -> None:
    whole = Calendar(coverage=[Period(date(2026, 1, 1), date(2026, 12, 31))])
    # from the Thursday before Good Friday to the Tuesday after Easter Monday
    assert whole.sitting_days(date(2026, 4, 2), date(2026, 4, 7)) == 0
    # from the Wednesday before Ascension to the Monday after the bridging Friday
    assert whole.sitting_days(date(2026, 5, 13), date(2026, 5, 18)) == 0
    assert not whole.sits(date(2026, 5, 25))
    assert whole.sits(date(2026, 5, 26))
