"""When to ask again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from etl.errors import TransientError
from etl.sources.patience import Budget, asked_wait

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2", 2.0),
        ("0", 0.0),
        ("86400", 86400.0),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 12:00:30 -0000", 30.0),
        ("Tue, 24 Nov 2026 11:59:00 GMT", None),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("2.5", None),
        ("٣", None),
        ("Tue, 99 Nov 2026 12:00:30 GMT", None),
        ("Tue, 24 Nov 99999999 12:00:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    assert asked_wait(text, NOW) == seconds


def test_the_longest_wait_doubles_up_to_half_a_minute() -> None:
    budget = Budget(lambda: 0.0, lambda: 1.0, 1000)
    waits = [budget.wait(attempt, None) for attempt in (1, 2, 3, 4, 5, 6, 7, 8)]
    assert waits == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_the_wait_is_jittered_over_its_whole_length() -> None:
    assert Budget(lambda: 0.0, lambda: 0.25, 9).wait(3, None) == 0.5


def test_what_the_server_asks_for_is_obeyed_and_costs_no_budget() -> None:
    now = [0.0]
    budget = Budget(lambda: now[0], lambda: 1.0, 120)
    assert budget.wait(1, TransientError("HTTP 429", 600.0)) == 600.0
    now[0] = 600.0
    assert not budget.is_spent(2)
    now[0] = 720.0
    assert budget.is_spent(3)


def test_five_attempts_are_enough() -> None:
    budget = Budget(lambda: 0.0, lambda: 1.0, 120)
    assert [budget.is_spent(n) for n in (1, 4, 5)] == [False, False, True]


def test_the_story_says_what_happened_and_how_often() -> None:
    budget = Budget(lambda: 0.0, lambda: 1.0, 120)
    budget.is_spent(5)
    told = budget.story("http://a.nl/x", TransientError("HTTP 503"))
    assert told == "HTTP 503 (tried 5 times in 0 s): http://a.nl/x"
