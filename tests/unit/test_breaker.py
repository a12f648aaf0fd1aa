"""A host that is down is asked less, and one answer ends that."""

from __future__ import annotations

from etl.sources.breaker import OPENS, Breaker


def test_after_three_requests_in_vain_each_is_one_attempt() -> None:
    breaker = Breaker()
    for _ in range(OPENS):
        assert breaker.attempts("a") == 5
        breaker.failed("a")
    assert breaker.attempts("a") == 1
    breaker.failed("a")
    assert breaker.attempts("a") == 1


def test_an_answer_closes_it_and_hosts_are_apart() -> None:
    breaker = Breaker()
    for _ in range(OPENS):
        breaker.failed("a")
    assert breaker.attempts("b") == 5
    breaker.answered("a")
    assert breaker.attempts("a") == 5
