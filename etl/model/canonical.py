"""One written form for each value of the Kamer, whichever of its roads it came by.

SyncFeed sends text and OData sends JSON; both become the same text here. Times are
Amsterdam local time without offset, as the source system keeps them.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

XML_SPACE = " \t\r\n"


class Kind(Enum):
    """What a field holds, and so how it is written."""

    TEXT = "text"
    NAME = "name"
    NUMBER = "number"
    FLAG = "boolean"
    MOMENT = "time"
    DAY = "date"


_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{0,12}))?)?)?"
    r" ?(Z|[+-]\d\d:?\d\d)?",
    re.ASCII | re.IGNORECASE,
)
_FULL_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_PARTIAL_DAY = re.compile(
    r"(\d{4})(?:-(?P<month>\d\d)|-W(?P<week>\d\d)(?:-(?P<day>\d))?)?", re.ASCII
)
_NUMBER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_FLAGS = {"true": "true", "1": "true", "false": "false", "0": "false"}
LONGEST_NAME = 100
"""Characters; what things are found by is no longer, and an index holds no more."""

_UNFIT = re.compile("[\0\ud800-\udfff]")
"""What XML cannot hold and a database refuses, but JSON can bring."""


def canonical(kind: Kind, value: object) -> str | None:
    """The text of a value; None for null and for nothing but white space.

    Raises ValueError, which says what it is not, for a value that is none of its kind.
    """
    if value is None:
        return None
    text = _text(value)
    if text is None or kind is Kind.TEXT:
        return text
    return _WRITERS[kind](text)


def instant(text: str) -> datetime:
    """A time as aware UTC; without an offset it is Amsterdam's.

    The hour that October has twice is taken for the first one. Raises ValueError.
    """
    moment = _read(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
    return _in_zone(aware, UTC, text)


def shown(value: object) -> str:
    """A value for one line of a log, whatever it is."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"{shown(value)} is no single value")  # noqa: TRY004 - bad data, not a bad call
    # A parser of XML knows one line end only; JSON brings them all.
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("\ufffd", value).strip(XML_SPACE) or None


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{shown(text)} is no number")
    return str(int(text))


def _flag(text: str) -> str:
    known = _FLAGS.get(text.lower())
    if known is None:
        raise ValueError(f"{shown(text)} is no boolean")
    return known


def _moment(text: str) -> str:
    moment = _local(_read(text), text)
    if not moment.microsecond:
        return moment.isoformat(timespec="seconds")
    return moment.isoformat(timespec="microseconds").rstrip("0")


def _day(text: str) -> str:
    """A full date, or as much of one as the XSD lets the source know."""
    full = _FULL_DAY.fullmatch(text)
    if full:
        return _checked_day(full[1], text)
    partial = _PARTIAL_DAY.fullmatch(text)
    if not partial:
        try:
            return _local(_read(text), text).date().isoformat()
        except ValueError:
            raise ValueError(f"{shown(text)} is no date") from None
    try:
        if partial["week"]:
            weekday = int(partial["day"] or 1)
            date.fromisocalendar(int(partial[1]), int(partial["week"]), weekday)
        else:
            date(int(partial[1]), int(partial["month"] or 1), 1)
    except ValueError:
        raise ValueError(f"{shown(text)} is no date") from None
    return text


def _checked_day(day: str, text: str) -> str:
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise ValueError(f"{shown(text)} is no date") from None


@lru_cache(maxsize=10_000)
def _read(text: str) -> datetime:
    """A time as written, with its offset if it has one. Raises ValueError."""
    found = _MOMENT.fullmatch(text.strip(XML_SPACE))
    if not found:
        raise ValueError(f"{shown(text)} is no time")
    *parts, fraction, offset = found.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    micro = int((fraction or "").ljust(6, "0")[:6])
    try:
        return datetime(year, month, day, hour, minute, second, micro, _zone(offset))
    except ValueError:
        raise ValueError(f"{shown(text)} is no time") from None


def _zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    if offset in "Zz":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _local(moment: datetime, text: str) -> datetime:
    if moment.tzinfo is None:
        return moment
    return _in_zone(moment, AMSTERDAM, text).replace(tzinfo=None, fold=0)


def _in_zone(moment: datetime, zone: timezone | ZoneInfo, text: str) -> datetime:
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError):
        raise ValueError(f"{shown(text)} is no time") from None


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise ValueError(f"{shown(text)} has {len(text):,} characters")
    return text


_WRITERS = {
    Kind.NAME: _name,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.MOMENT: _moment,
    Kind.DAY: _day,
}
