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
        if day.weekday() >= 5 or any(day in recess for recess in self.recesses):
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


def _usual(recess: Period, day: date) -> bool:
    """Whether the day falls where this recess would be in its year."""
    length = recess.tot - recess.van
    for year in (day.year - 1, day.year):
        # there is no recess that begins on 29 February
        van = recess.van.replace(year=year, day=min(recess.van.day, 28))
        if van - SLACK <= day <= van + length + SLACK:
            return True
    return False
