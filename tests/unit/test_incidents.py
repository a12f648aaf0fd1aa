"""From a fault to what a webhook hears."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from etl.incidents import Fault, Incident, ended

OPENED = datetime(2026, 11, 24, 9, tzinfo=UTC)
STALE = Incident(
    incident_id=12,
    source="tweedekamer",
    code="stale",
    explanation="the last good run was 1 d 3 h ago; expected within 1 d 2 h",
    opened_at=OPENED,
)


def test_an_incident_is_over_when_its_fault_is_not_found_any_more() -> None:
    failed = replace(STALE, code="run_failed")
    found = [
        ("tweedekamer", Fault("stale", "still")),
        ("koop", Fault("run_failed", "")),
    ]
    assert ended([STALE, failed], found) == [failed]


def test_the_message_of_its_beginning_is_as_documented() -> None:
    message = STALE.message("open")
    assert message.pop("program").startswith("aanhangsel-etl/")
    assert message == {
        "version": 1,
        "state": "open",
        "incident_id": 12,
        "run_id": None,
        "source": "tweedekamer",
        "code": "stale",
        "explanation": STALE.explanation,
        "opened_at": "2026-11-24T09:00:00+00:00",
        "closed_at": None,
        "text": f"aanhangsel-etl: tweedekamer: {STALE.explanation}",
    }


def test_the_message_of_its_end_says_over_and_when() -> None:
    over = replace(STALE, closed_at=OPENED.replace(hour=11)).message("closed")
    assert over["state"] == "closed"
    assert over["closed_at"] == "2026-11-24T11:00:00+00:00"
    assert str(over["text"]).startswith("aanhangsel-etl: over: tweedekamer: ")


def test_a_message_about_an_endless_explanation_is_short() -> None:
    message = replace(STALE, explanation="é" * 1_000_000).message("open")
    assert message["explanation"] == "é" * 2_000
    assert len(str(message["text"])) < 2_100
