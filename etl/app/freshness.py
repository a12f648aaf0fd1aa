"""How each source is: what the database tells, judged by schedule and calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from etl.app.jobs import followed
from etl.expectations import Measured
from etl.scheduler import Timetable
from etl.settings import Settings
from etl.sitting import Calendar, Period
from etl.status import Freshness, Judgement, judge
from etl.store import reading
from etl.store.migrations import unmigrated


def judgements(settings: Settings, url: str, moment: datetime) -> list[Judgement]:
    """Each followed source, and each that has run. Raises StoreError."""
    names = followed(settings)
    intervals = {
        name: Timetable(settings.schedule.of(name)).interval(moment) for name in names
    }
    if unmigrated(url):
        return judge([], intervals, moment)
    rows = [_freshness(row) for row in reading.status_rows(url)]
    return judge(rows, intervals, moment, calendar(url))


def calendar(url: str) -> Calendar:
    """Recesses, and for which periods they are complete."""
    rows = reading.calendar_rows(url)
    found: dict[bool, list[Period]] = {True: [], False: []}
    for row in rows:
        period = Period(row["van"], row["tot"], row["jaarlijks"])
        found[row["dekking"]].append(period)
    return Calendar(recesses=found[False], coverage=found[True])


def _freshness(row: Mapping[str, Any]) -> Freshness:
    return Freshness(
        source=row["source"],
        last_success=row["laatste_geslaagde_run"],
        last_news=row["last_news"],
        newest=row["nieuwste_publicatie"],
        open_problems=row["open_problemen"] or 0,
        problems=row["per_code"] or {},
        dead_letters=row["dead_letters"],
        gaps=row["hiaten"],
        last_started=row["started_at"],
        last_outcome=row["outcome"],
        last_problem=row["problem"],
        previous_outcome=row["previous_outcome"],
        previous_problem=row["previous_problem"],
        measured=[Measured(**one) for one in row["measured"] or ()],
    )
