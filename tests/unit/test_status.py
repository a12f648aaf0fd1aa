"""What counts as stale or broken, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from etl.expectations import Measured
from etl.sitting import Calendar, Period
from etl.status import Freshness, Judgement, in_words, judge, patience, span

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
    return texts(verdict)


def texts(verdict: Judgement) -> tuple[str, ...]:
    return tuple(fault.text for fault in verdict.faults)


def test_a_source_that_ran_an_hour_ago_is_fine() -> None:
    assert faults(seen()) == ()


def test_open_problems_alone_are_no_fault() -> None:
    assert faults(seen(outcome="partial")) == ()


def test_a_source_that_never_ran_says_what_to_do() -> None:
    (verdict,) = judge([], FOLLOWED, NOW)
    assert texts(verdict) == ("it never ran: do `etl run`",)
    assert in_words(verdict)[0] == (
        "officielebekendmakingen: stale or broken; last good run never,"
        " newest publication none, open problems 0"
    )


def test_a_source_whose_runs_all_failed_says_why_the_last_one_did() -> None:
    row = Freshness(
        source=KOOP,
        last_started=NOW,
        last_outcome="failed",
        last_problem="SourceUnreachable: no answer",
    )
    assert faults(row) == ("the last run failed: SourceUnreachable: no answer",)


def test_a_source_whose_runs_were_all_interrupted_never_was_complete() -> None:
    row = Freshness(source=KOOP, last_started=NOW, last_outcome="interrupted")
    assert faults(row) == ("no run was ever complete",)


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


def test_a_failure_lasts_until_a_run_has_ended_well() -> None:
    """One that has only begun says nothing: it would be over at each attempt."""
    for outcome in ("running", "interrupted"):
        going_on = replace(
            seen(outcome=outcome),
            previous_outcome="failed",
            previous_problem="no answer",
        )
        assert faults(going_on) == ("the last run failed: no answer",)
        assert faults(replace(going_on, previous_outcome="complete")) == ()
        never = replace(going_on, last_success=None)
        assert faults(never) == ("the last run failed: no answer",)


def test_a_first_run_that_goes_on_is_no_fault() -> None:
    row = Freshness(source=KOOP, last_started=NOW, last_outcome="running")
    assert faults(row) == ()


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
        "last_news": None,
        "open_problems": 2,
        "problems": {},
        "dead_letters": 0,
        "gaps": None,
        "last_run": {
            "started_at": "2026-11-24T10:00:00+00:00",
            "outcome": "complete",
            "problem": None,
        },
        "expectations": [],
        "faults": [],
        "fault_codes": [],
        "warnings": [],
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


TERM = Calendar(coverage=[Period(date(2026, 9, 1), date(2026, 12, 17))])


def quiet_since(day: date, source: str = KOOP) -> Judgement:
    """Of a source that runs well but brought nothing since; it is Tuesday 24 November."""
    row = Freshness(
        source=source,
        last_success=NOW - timedelta(hours=1),
        last_news=day,
        last_started=NOW - timedelta(hours=1),
        last_outcome="complete",
    )
    followed = {} if source == "map" else {source: HOURLY}
    (verdict,) = judge([row], followed, NOW, TERM)
    return verdict


def test_two_quiet_days_and_a_weekend_are_no_fault() -> None:
    # Friday and Monday without news, and today may still bring some
    assert quiet_since(date(2026, 11, 19)).faults == ()


def test_a_source_that_is_quiet_while_the_kamer_sits_is_a_fault() -> None:
    verdict = quiet_since(date(2026, 11, 18))
    assert [fault.code for fault in verdict.faults] == ["silent"]
    (text,) = texts(verdict)
    assert text.startswith(
        "nothing new since 2026-11-18, though the Kamer sat on 3 days since: "
    )


def test_the_kamer_is_given_two_days_as_it_shows_what_comes_the_same_day() -> None:
    expected = {19: ["silent"], 20: []}  # two days with a weekend between, then one
    for day, codes in expected.items():
        verdict = quiet_since(date(2026, 11, day), "tweedekamer")
        assert [fault.code for fault in verdict.faults] == codes


def test_a_directory_may_be_quiet() -> None:
    assert quiet_since(date(2020, 1, 1), "map").faults == ()


def measured(verdict: str) -> Measured:
    return Measured(
        name="quarantine_share",
        value=0.031,
        lowest=None,
        highest=0.005,
        verdict=verdict,  # type: ignore[arg-type]
    )


def test_a_figure_far_out_of_its_bounds_is_a_fault_and_a_near_one_a_warning() -> None:
    row = Freshness(
        source=KOOP,
        last_success=NOW,
        last_started=NOW,
        last_outcome="complete",
        measured=[measured("error")],
    )
    (far,) = judge([row], FOLLOWED, NOW)
    assert texts(far) == ("quarantine_share is 0.031; expected at most 0.005",)
    (near,) = judge([replace(row, measured=[measured("warning")])], FOLLOWED, NOW)
    assert near.faults == ()
    assert near.warnings == ("quarantine_share is 0.031; expected at most 0.005",)


def test_what_is_in_quarantine_is_said_by_code_and_dead_letters_are_a_warning() -> None:
    row = replace(seen(), problems={"pdf_no_text": 3}, dead_letters=1)
    (verdict,) = judge([row], FOLLOWED, NOW)
    assert verdict.faults == ()
    assert in_words(verdict)[1:] == [
        (
            "  warning: 1 in quarantine after six attempts or more:"
            " see `etl status --problems`"
        ),
        "  in quarantine: pdf_no_text 3",
    ]


def far_out(source: str, followed: dict[str, timedelta], **more: Any) -> Judgement:
    volume = Measured(
        name="volume", value=0.0, lowest=0.6, highest=1.6, verdict="error"
    )
    row = replace(seen(source=source), measured=[volume], **more)
    (verdict,) = judge([row], followed, NOW)
    return verdict


def test_no_volume_is_expected_of_what_is_not_followed() -> None:
    # who loads directories of old years, or has taken it out of ETL_SOURCES
    assert far_out("map", {}).faults == ()
    assert [fault.code for fault in far_out(KOOP, FOLLOWED).faults] == ["volume"]


def test_what_no_attempt_helps_is_an_incident_but_no_fault() -> None:
    verdict = far_out("map", {}, dead_letters=3)
    assert verdict.faults == ()
    assert [each.code for each in verdict.incidents] == ["dead_letters"]
    assert "3 in quarantine" in verdict.incidents[0].text
