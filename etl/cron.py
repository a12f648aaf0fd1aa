"""Cron expressions as people write them, put into words that mean one thing only.

APScheduler 3 counts weekdays from 0 = Monday, cron from 0 = Sunday; names mean the
same to both, so weekdays leave here as names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
FIELDS = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, MONTHS),
    ("weekday", 0, 7, DAYS),
)
"""Name, lowest, highest, and the names that stand for lowest and following."""

_PART = re.compile(
    r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d+))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Schedules:
    """When the sources are due: a cron expression for all, and those of their own."""

    general: str
    own: Mapping[str, str] = field(default_factory=dict)

    def of(self, source: str) -> str:
        """The expression of one source."""
        return self.own.get(source, self.general)

    def __str__(self) -> str:
        own = (f"{source}={schedule}" for source, schedule in self.own.items())
        return "; ".join((self.general, *own))


def parse_schedules(text: str, general: str) -> Schedules:
    """`17 */2 * * *; tweedekamer=*/20 * * * *`: one for all, then exceptions by source.

    `general` is the one for all where none is written. Raises ValueError in one line.
    """
    own: dict[str, str] = {}
    plain: list[str] = []
    for part in filter(None, (one.strip() for one in text.split(";"))):
        source, is_own, schedule = part.partition("=")
        if not is_own:
            plain.append(normal_schedule(part))
        elif source.strip() in own:
            raise ValueError(f"two schedules for {source.strip()}")
        else:
            own[source.strip()] = normal_schedule(schedule)
    if len(plain) > 1:
        raise ValueError("two schedules for all sources: write source=… before one")
    return Schedules(plain[0] if plain else general, own)


def normal_schedule(text: str) -> str:
    """The same schedule with numbers for all but weekdays, and names for those.

    Raises ValueError, in one line, for what cron would not take, and for a day of
    the month together with a weekday: cron means either, APScheduler both.
    """
    parts = text.lower().split()
    if len(parts) != len(FIELDS):
        raise ValueError(
            "write five fields: minute, hour, day of the month, month, weekday;"
            " as in 17 */2 * * *"
        )
    if parts[2] != "*" and parts[4] != "*":
        raise ValueError(
            "a day of the month and a weekday together mean different things to"
            " different programs: give one of them"
        )
    return " ".join(
        _field(part, *field) for part, field in zip(parts, FIELDS, strict=True)
    )


def _field(text: str, name: str, low: int, high: int, words: tuple[str, ...]) -> str:
    if text == "*":
        return text
    numbers = sorted(
        {n for part in text.split(",") for n in _part(part, name, low, high, words)}
    )
    if words is DAYS:
        return ",".join(dict.fromkeys(DAYS[number % 7] for number in numbers))
    return ",".join(map(str, numbers))


def _part(text: str, name: str, low: int, high: int, words: tuple[str, ...]) -> range:
    found = _PART.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no {name}")
    first, last = found["first"], found["last"]
    step = int(found["step"] or 1)
    start = _number(first, name, low, high, words) if first else low
    # cron's weekdays run to 7, which is Sunday again; a star counts them once
    top = 6 if words is DAYS else high
    end = start if first and not found["step"] else top
    if last:
        end = _number(last, name, low, high, words)
    if step < 1 or end < start:
        raise ValueError(f"{text!r} holds no {name}")
    return range(start, end + 1, step)


def _number(text: str, name: str, low: int, high: int, words: tuple[str, ...]) -> int:
    if text in words:
        return low + words.index(text)
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ValueError(f"{text!r} is no {name} ({low} to {high})")
    return int(text)
