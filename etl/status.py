"""How fresh the data is and what is wrong, in words, JSON and a judgement. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from etl.expectations import Measured
from etl.incidents import Fault, Incident
from etl.model.run import Outcome
from etl.sitting import Calendar

LEAST_PATIENCE = timedelta(hours=26)
"""A source that had a good run this recently is fresh, however often it is due:
who runs once a day from cron need not say so anywhere."""

MISSES = 2
"""Intervals of the schedule without a good run until a source counts as stale."""

LONGEST_RUN = timedelta(hours=24)
"""A run that is open for longer than this was killed."""

UNDECIDED = {Outcome.RUNNING, Outcome.INTERRUPTED}
"""How a run may stand that is no sign that what was wrong before it is over."""

QUIET_DAYS = {"officielebekendmakingen": 3, "tweedekamer": 2}
"""Days on which the Kamer sat and a followed source brought nothing of that day or
later, until that is taken for a fault. Some fifteen answers come on each: the Kamer
shows them the same day, KOOP prints them days later and not on every day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """What the store tells of one source; times are aware, all may be absent.

    `last_news` is the day of the newest publication, or of the first good run if that
    is later: nothing could come before. `last_*` are of the last run, whatever became
    of it, `previous_*` of the last one that is decided. `gaps` are the numbers that
    were looked for in vain, for the source that numbers. `problems` counts what is in
    quarantine by code, `dead_letters` what was tried until the longest patience.
    """

    source: str
    last_success: datetime | None = None
    last_news: date | None = None
    newest: date | None = None
    open_problems: int = 0
    problems: Mapping[str, int] = field(default_factory=dict)
    dead_letters: int = 0
    gaps: int | None = None
    last_started: datetime | None = None
    last_outcome: str | None = None
    last_problem: str | None = None
    previous_outcome: str | None = None
    previous_problem: str | None = None
    measured: Sequence[Measured] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One source judged: `faults` are what is wrong, none if all is well.

    `warnings` are lines on what somebody should look at when there is time.
    """

    source: str
    freshness: Freshness
    lag: timedelta | None
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...] = ()

    @property
    def incidents(self) -> tuple[Fault, ...]:
        """What somebody is told of, once: faults and what no attempt helps."""
        return (*self.faults, *_dead_letters(self.freshness))

    def as_json(self) -> dict[str, Any]:
        """A JSON object; `lag_seconds` is since the last good run."""
        seen = self.freshness
        return {
            "source": self.source,
            "ok": not self.faults,
            "last_success": _text(seen.last_success),
            "newest_publication": _text(seen.newest),
            "lag_seconds": int(self.lag.total_seconds()) if self.lag else None,
            "last_news": _text(seen.last_news),
            "open_problems": seen.open_problems,
            "problems": dict(seen.problems),
            "dead_letters": seen.dead_letters,
            "gaps": seen.gaps,
            "last_run": {
                "started_at": _text(seen.last_started),
                "outcome": seen.last_outcome,
                "problem": seen.last_problem,
            },
            "expectations": [
                {"name": one.name, "value": one.value, "verdict": one.verdict}
                for one in seen.measured
            ],
            "faults": [fault.text for fault in self.faults],
            "fault_codes": [fault.code for fault in self.faults],
            "warnings": list(self.warnings),
        }


def patience(interval: timedelta) -> timedelta:
    """How long ago the last good run may be, for a schedule with this interval."""
    return max(MISSES * interval, LEAST_PATIENCE)


def judge(
    rows: Sequence[Freshness],
    followed: Mapping[str, timedelta],
    now: datetime,
    calendar: Calendar | None = None,
) -> list[Judgement]:
    """A judgement for each source that is followed or has run.

    `followed` has the interval of each source's schedule. Only a followed source can
    be stale; one that is run by hand (a directory) is judged by its last run alone.
    """
    found = {row.source: row for row in rows}
    names = [*followed, *(row.source for row in rows if row.source not in followed)]
    judged = []
    for name in names:
        seen = found.get(name) or Freshness(source=name)
        faults = _run_faults(seen, now)
        if name in followed:
            faults += _age_faults(seen, now, patience(followed[name]))
            faults += _news_faults(seen, now, calendar or Calendar())
            faults += [
                Fault(one.name, one.in_words())
                for one in seen.measured
                if one.verdict == "error"
            ]
        judged.append(
            Judgement(
                source=name,
                freshness=seen,
                lag=_lag(seen, now),
                faults=tuple(faults),
                warnings=tuple(_warnings(seen, name in followed)),
            )
        )
    return judged


def _lag(seen: Freshness, now: datetime) -> timedelta | None:
    return now - seen.last_success if seen.last_success else None


def _run_faults(seen: Freshness, now: datetime) -> list[Fault]:
    found = []
    outcome, problem = seen.last_outcome, seen.last_problem
    since = seen.last_started
    if outcome == Outcome.RUNNING and since and now - since > LONGEST_RUN:
        found.append(Fault("run_open", f"a run is open since {_moment(since)}"))
    if outcome in UNDECIDED:
        outcome, problem = seen.previous_outcome, seen.previous_problem
    if outcome == Outcome.FAILED:
        reason = problem or "no reason recorded"
        found.append(Fault("run_failed", f"the last run failed: {reason}"))
    return found


def _age_faults(seen: Freshness, now: datetime, limit: timedelta) -> list[Fault]:
    lag = _lag(seen, now)
    if seen.last_started is None:
        return [Fault("never_ran", "it never ran: do `etl run`")]
    if lag is None:
        # a failure says as much, and why; a first run that goes on says nothing yet
        failed = Outcome.FAILED in (seen.last_outcome, seen.previous_outcome)
        if failed or seen.last_outcome == Outcome.RUNNING:
            return []
        return [Fault("never_complete", "no run was ever complete")]
    if lag > limit:
        text = f"the last good run was {span(lag)} ago; expected within {span(limit)}"
        return [Fault("stale", text)]
    return []


def _news_faults(seen: Freshness, now: datetime, calendar: Calendar) -> list[Fault]:
    if seen.last_success is None or seen.last_news is None:
        return []
    last = seen.last_news
    days = calendar.sitting_days(last, now.astimezone(UTC).date())
    if days < QUIET_DAYS.get(seen.source, max(QUIET_DAYS.values())):
        return []
    text = (
        f"nothing new since {last}, though the Kamer sat on {days} days since: is the"
        " source still publishing where we look?"
    )
    return [Fault("silent", text)]


def _warnings(seen: Freshness, followed: bool) -> list[str]:
    measured = seen.measured if followed else ()
    found = [one.in_words() for one in measured if one.verdict == "warning"]
    return [*found, *(fault.text for fault in _dead_letters(seen))]


def _dead_letters(seen: Freshness) -> list[Fault]:
    """Told, but no fault: one bad document would make it a fault for ever."""
    if not seen.dead_letters:
        return []
    text = (
        f"{seen.dead_letters} in quarantine after six attempts or more:"
        " see `etl status --problems`"
    )
    return [Fault("dead_letters", text)]


def in_json(
    judgements: Sequence[Judgement],
    incidents: Sequence[Incident],
    quarantine: Sequence[Mapping[str, Any]] | None,
) -> str:
    """All of it as one JSON object; what is in quarantine only where it was asked."""
    whole: dict[str, Any] = {
        "ok": not any(each.faults for each in judgements),
        "sources": [each.as_json() for each in judgements],
        "incidents": [one.message("open") for one in incidents],
    }
    if quarantine is not None:
        whole["quarantine"] = quarantine
    return json.dumps(whole, ensure_ascii=False, indent=2, default=str)


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
    codes = ", ".join(f"{code} {count}" for code, count in seen.problems.items())
    return [
        head,
        *(f"  {fault.text}" for fault in judgement.faults),
        *(f"  warning: {text}" for text in judgement.warnings),
        *([f"  in quarantine: {codes}"] if codes else []),
    ]


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
