"""On which days something new may be expected: when the Kamer sits. Pure.

A list of recesses has holes, so it says for which periods it is complete
(aanhangsel.reces_dekking). Outside of these the recesses of other years tell which
weeks to be patient in: a false alarm every summer is an alarm that nobody reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SLACK = timedelta(days=7)
"""By how much a recess moves from one year to another."""

FIXED = {(1, 1), (4, 27), (5, 5), (12, 25), (12, 26)}
"""Month and day of holidays: New Year, King's Day, Liberation Day, Christmas."""

MOVING = {-2, 1, 39, 40, 50}
"""Days after Easter: Good Friday, Easter Monday, Ascension and its Friday, Whitsun."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until a day, both within it; `yearly` if other years have it too."""

    van: date
    tot: date
    yearly: bool = True

    def __contains__(self, day: date) -> bool:
        return self.van <= day <= self.tot


@dataclass(frozen=True, slots=True)
class Calendar:
    """Recesses, and the periods for which none of them is missing."""

    recesses: Sequence[Period] = ()
    coverage: Sequence[Period] = ()

    def sits(self, day: date) -> bool:
        """Whether it is a day on which answers are surely to be expected."""
        if day.weekday() >= 5 or is_holiday(day):
            return False
        if any(day in recess for recess in self.recesses):
            return False
        if any(day in covered for covered in self.coverage):
            return True
        return not any(
            recess.yearly and _usual(recess, day) for recess in self.recesses
        )

    def sitting_days(self, after: date, before: date) -> int:
        """How many such days lie between two days, neither of which counts."""
        length = (before - after).days
        days = (after + timedelta(days=number) for number in range(1, length))
        return sum(self.sits(day) for day in days)


def is_holiday(day: date) -> bool:
    """Whether offices are closed in the Netherlands; not every year on 5 May."""
    if (day.month, day.day) in FIXED:
        return True
    return (day - easter(day.year)).days in MOVING


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    skipped = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _usual(recess: Period, day: date) -> bool:
    """Whether the day falls where this recess would be in its year."""
    length = recess.tot - recess.van
    for year in (day.year - 1, day.year):
        # there is no recess that begins on 29 February
        van = recess.van.replace(year=year, day=min(recess.van.day, 28))
        if van - SLACK <= day <= van + length + SLACK:
            return True
    return False
