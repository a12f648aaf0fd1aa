"""How fresh the data is and what is wrong, in words, JSON and a judgement. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from etl.model.run import Outcome

LEAST_PATIENCE = timedelta(hours=26)
"""A source that had a good run this recently is fresh, however often it is due:
who runs once a day from cron need not say so anywhere."""

MISSES = 2
"""Intervals of the schedule without a good run until a source counts as stale."""

LONGEST_RUN = timedelta(hours=24)
"""A run that is open for longer than this was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """What the store tells of one source; times are aware, all may be absent.

    `last_*` are of the last run, whatever became of it. `gaps` are the numbers that
    were looked for in vain, for the source that numbers.
    """

    source: str
    last_success: datetime | None = None
    newest: date | None = None
    open_problems: int = 0
    gaps: int | None = None
    last_started: datetime | None = None
    last_outcome: str | None = None
    last_problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One source judged: `faults` are lines in plain words, none if all is well."""

    source: str
    freshness: Freshness
    lag: timedelta | None
    faults: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """A JSON object; `lag_seconds` is since the last good run."""
        seen = self.freshness
        return {
            "source": self.source,
            "ok": not self.faults,
            "last_success": _text(seen.last_success),
            "newest_publication": _text(seen.newest),
            "lag_seconds": int(self.lag.total_seconds()) if self.lag else None,
            "open_problems": seen.open_problems,
            "gaps": seen.gaps,
            "last_run": {
                "started_at": _text(seen.last_started),
                "outcome": seen.last_outcome,
                "problem": seen.last_problem,
            },
            "faults": list(self.faults),
        }


def patience(interval: timedelta) -> timedelta:
    """How long ago the last good run may be, for a schedule with this interval."""
    return max(MISSES * interval, LEAST_PATIENCE)


def judge(
    rows: Sequence[Freshness], followed: Mapping[str, timedelta], now: datetime
) -> list[Judgement]:
    """A judgement for each source that is followed or has run.

    `followed` has the interval of each source's schedule. Only a followed source can
    be stale; one that is run by hand (a directory) is judged by its last run alone.
    """
    found = {row.source: row for row in rows}
    names = [*followed, *(row.source for row in rows if row.source not in followed)]
    return [
        _judgement(
            found.get(name) or Freshness(source=name),
            now,
            patience(followed[name]) if name in followed else None,
        )
        for name in names
    ]


def _judgement(seen: Freshness, now: datetime, limit: timedelta | None) -> Judgement:
    lag = now - seen.last_success if seen.last_success else None
    faults = [*_run_faults(seen, now), *_age_faults(seen, lag, limit)]
    return Judgement(source=seen.source, freshness=seen, lag=lag, faults=tuple(faults))


def _run_faults(seen: Freshness, now: datetime) -> list[str]:
    match seen.last_outcome:
        case Outcome.FAILED:
            return [f"the last run failed: {seen.last_problem or 'no reason recorded'}"]
        case Outcome.RUNNING if seen.last_started and (
            now - seen.last_started > LONGEST_RUN
        ):
            return [f"a run is open since {_moment(seen.last_started)}"]
    return []


def _age_faults(
    seen: Freshness, lag: timedelta | None, limit: timedelta | None
) -> list[str]:
    if limit is None:
        return []
    if seen.last_started is None:
        return ["it never ran: do `etl run`"]
    if lag is None:
        return ["no run was ever complete"]
    if lag > limit:
        return [f"the last good run was {span(lag)} ago; expected within {span(limit)}"]
    return []


def in_words(judgement: Judgement) -> list[str]:
    """A line on how it is, and one for each fault."""
    seen = judgement.freshness
    lag = f" ({span(judgement.lag)} ago)" if judgement.lag is not None else ""
    head = (
        f"{judgement.source}: {'stale or broken' if judgement.faults else 'ok'};"
        f" last good run {_moment(seen.last_success)}{lag},"
        f" newest publication {_text(seen.newest) or 'none'},"
        f" open problems {seen.open_problems}"
        + (f", missing numbers {seen.gaps}" if seen.gaps is not None else "")
    )
    return [head, *(f"  {fault}" for fault in judgement.faults)]


def span(length: timedelta) -> str:
    """A duration in its two largest units: "3 d 4 h", "12 min"."""
    minutes = int(length.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def _moment(when: datetime | None) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if when else "never"


def _text(when: date | datetime | None) -> str | None:
    if isinstance(when, datetime):
        return when.astimezone(UTC).isoformat(timespec="seconds")
    return when.isoformat() if when else None
