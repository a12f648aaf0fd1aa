"""Values and moments, as the SyncFeed and as OData write them.

A moment of a change is held as a number of ticks of 100 ns since 1970 in UTC, because
both dialects give seven decimals.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from etl.demo.kamer.shape import Kind

Value = str | int | bool | date | datetime | None
"""A field as it is held; text for a moment or a day may be anything."""

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_OFFSET = re.compile(r"T.*([+-]\d\d:\d\d|Z)$")
SECOND = 10_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


When = datetime | str | int
"""A moment that is aware, written with an offset, or in ticks."""


def ticks(moment: When) -> int:
    """The ticks of a moment."""
    if isinstance(moment, int):
        return moment
    if isinstance(moment, datetime):
        return (moment - _EPOCH) // timedelta(microseconds=1) * 10
    return _ticks_of_text(moment)


@lru_cache(maxsize=1000)
def _ticks_of_text(moment: str) -> int:
    whole = ticks(datetime.fromisoformat(moment).replace(microsecond=0))
    fraction = moment.partition(".")[2].rstrip("Z").partition("+")[0]
    return whole + int(fraction[:7].ljust(7, "0")) if fraction else whole


def in_feed(moment: int, *, local: bool) -> str:
    """`bijgewerkt`: local time with 7 decimals and no offset, or whole UTC with Z."""
    if local:
        return f"{_whole(moment, AMSTERDAM)[:19]}.{moment % SECOND:07}"
    return utc(moment)


def utc(moment: int) -> str:
    """UTC with Z and as many decimals as are needed."""
    return f"{_whole(moment, UTC)[:19]}{_fraction(moment)}Z"


def with_offset(moment: int) -> str:
    """Amsterdam time with its offset and as many decimals as are needed."""
    text = _whole(moment, AMSTERDAM)
    return f"{text[:19]}{_fraction(moment)}{text[19:]}"


def _whole(moment: int, zone: tzinfo) -> str:
    there = _EPOCH + timedelta(seconds=moment // SECOND)
    return there.astimezone(zone).isoformat()


def _fraction(moment: int) -> str:
    return f".{moment % SECOND:07}".rstrip("0").rstrip(".")


def xml_text(kind: Kind, value: Value) -> str:
    """The text of an element; `value` is not None."""
    if kind is Kind.TEXT and isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind is Kind.MOMENT and (known := moment_of(value)) is not None:
        there = known.astimezone(AMSTERDAM).replace(tzinfo=None)
        return _trimmed(there.isoformat())
    if kind is Kind.DAY and isinstance(value, str):
        return value.partition("T")[0]
    if kind is Kind.DAY and (known := moment_of(value)) is not None:
        return known.astimezone(AMSTERDAM).date().isoformat()
    return str(value)


def json_value(kind: Kind, value: Value) -> str | int | bool | None:
    """What stands in a row of OData: days are local midnights."""
    if value is None:
        return None
    if kind in {Kind.MOMENT, Kind.DAY}:
        known = moment_of(value)
        # What has an offset stays so: the server once gave summer time for 1976.
        if known is None or (isinstance(value, str) and _OFFSET.search(value)):
            return str(value)
        text = known.astimezone(AMSTERDAM).isoformat()
        return f"{_trimmed(text[:-6])}{text[-6:]}"
    if kind is Kind.WHOLE and isinstance(value, str):
        return int(value) if value.lstrip("-").isdigit() else value
    return value if isinstance(value, (bool, int)) else str(value)


def moment_of(value: Value) -> datetime | None:
    """The aware moment of a value without offset or with; None if it is none."""
    if isinstance(value, str):
        if len(value) < len("2024-01-01") or "W" in value:
            return None
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=AMSTERDAM)


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
