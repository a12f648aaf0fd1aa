"""What counts as stale or broken, and how it is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from etl.status import Freshness, in_words, judge, patience, span

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOURLY = timedelta(hours=1)
KOOP = "officielebekendmakingen"
FOLLOWED = {KOOP: HOURLY}


def seen(
    hours_ago: float = 1, outcome: str = "complete", source: str = KOOP
) -> Freshness:
    moment = NOW - timedelta(hours=hours_ago)
    return Freshness(
        source=source,
        last_success=moment,
        newest=date(2026, 11, 23),
        open_problems=2,
        last_started=moment,
        last_outcome=outcome,
    )


def faults(row: Freshness, interval: timedelta = HOURLY) -> tuple[str, ...]:
    followed = {KOOP: interval} if row.source == KOOP else {}
    (verdict,) = judge([row], followed, NOW)
    return verdict.faults


def test_a_source_that_ran_an_hour_ago_is_fine() -> None:
    assert faults(seen()) == ()


def test_open_problems_alone_are_no_fault() -> None:
    assert faults(seen(outcome="partial")) == ()


def test_a_source_that_never_ran_says_what_to_do() -> None:
    (verdict,) = judge([], FOLLOWED, NOW)
    assert verdict.faults == ("it never ran: do `etl run`",)
    assert in_words(verdict)[0] == (
        "officielebekendmakingen: stale or broken; last good run never,"
        " newest publication none, open problems 0"
    )


def test_a_source_whose_runs_all_failed_never_was_complete() -> None:
    row = Freshness(
        source=KOOP,
        last_started=NOW,
        last_outcome="failed",
        last_problem="SourceUnreachable: no answer",
    )
    assert faults(row) == (
        "the last run failed: SourceUnreachable: no answer",
        "no run was ever complete",
    )


def test_a_failed_last_run_is_a_fault_however_fresh() -> None:
    assert faults(seen(outcome="failed")) == (
        "the last run failed: no reason recorded",
    )


def test_an_interrupted_run_is_no_fault_while_the_data_are_fresh() -> None:
    assert faults(seen(outcome="interrupted")) == ()


def test_a_daily_run_is_fresh_for_a_day_and_two_hours() -> None:
    assert faults(seen(26)) == ()
    assert faults(seen(27)) == (
        "the last good run was 1 d 3 h ago; expected within 1 d 2 h",
    )


def test_a_rarer_schedule_is_given_two_of_its_intervals() -> None:
    assert patience(timedelta(days=7)) == timedelta(days=14)
    assert faults(seen(13 * 24), timedelta(days=7)) == ()
    assert faults(seen(15 * 24), timedelta(days=7)) != ()


def test_a_run_that_is_open_for_more_than_a_day_was_killed() -> None:
    row = Freshness(
        source=KOOP,
        last_success=NOW - timedelta(hours=25),
        last_started=NOW - timedelta(hours=25),
        last_outcome="running",
    )
    assert faults(row) == ("a run is open since 2026-11-23 11:00 UTC",)


def test_a_run_that_is_going_on_is_no_fault() -> None:
    assert faults(seen(2, "running")) == ()


def test_a_directory_loaded_by_hand_never_gets_stale() -> None:
    assert faults(seen(24 * 365, source="map")) == ()


def test_a_directory_whose_last_load_failed_is_a_fault() -> None:
    assert len(faults(seen(24 * 365, "failed", source="map"))) == 1


def test_followed_sources_come_first() -> None:
    found = judge([seen(source="map"), seen()], FOLLOWED, NOW)
    assert [verdict.source for verdict in found] == [KOOP, "map"]


def test_json_holds_the_same() -> None:
    (verdict,) = judge([seen(2)], FOLLOWED, NOW)
    assert verdict.as_json() == {
        "source": KOOP,
        "ok": True,
        "last_success": "2026-11-24T10:00:00+00:00",
        "newest_publication": "2026-11-23",
        "lag_seconds": 7200,
        "open_problems": 2,
        "gaps": None,
        "last_run": {
            "started_at": "2026-11-24T10:00:00+00:00",
            "outcome": "complete",
            "problem": None,
        },
        "faults": [],
    }


def test_words_say_when_and_how_much() -> None:
    (verdict,) = judge([seen(2)], FOLLOWED, NOW)
    assert in_words(verdict) == [
        (
            "officielebekendmakingen: ok; last good run 2026-11-24 10:00 UTC (2 h 0 min"
            " ago), newest publication 2026-11-23, open problems 2"
        )
    ]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (59, "59 min"), (61, "1 h 1 min"), (1500, "1 d 1 h")],
)
def test_a_span_is_said_in_its_two_largest_units(minutes: int, words: str) -> None:
    assert span(timedelta(minutes=minutes)) == words
