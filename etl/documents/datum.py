"""Dates as the publications print them: "3 juni 2021"."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "januari februari maart april mei juni "
    "juli augustus september oktober november december"
).split()
MONTH = "|".join(MONTHS)
"""Alternatives of a pattern, without their group."""

PATTERN = rf"\d{{1,2}}\s*(?:{MONTH})\s*\d{{4}}"
_DATE = re.compile(rf"(\d{{1,2}})\s*({MONTH})\s*(\d{{4}})", re.IGNORECASE)


def parse_datum(text: str) -> date | None:
    """The first date in a text, also where its blanks were lost; None without one.

    Raises ValueError for a date that does not exist (31 februari 2009).
    """
    found = _DATE.search(text)
    if found is None:
        return None
    day, month, year = found.groups()
    return date(int(year), MONTHS.index(month.lower()) + 1, int(day))
