"""Asked once the work ends by itself, asked twice at once."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from etl.console.stop import Stop, stopping


class Clock:
    def __init__(self, *times: float) -> None:
        self.times = list(times)

    def __call__(self) -> float:
        return self.times.pop(0)


def test_a_sleep_ends_as_soon_as_it_is_asked() -> None:
    stop = Stop()
    threading.Timer(0.01, stop.ask).start()
    stop.sleep(600)
    assert stop()
    stop.sleep(600)
    stop.close()


def test_a_ring_during_a_sleep_does_not_shorten_it_and_is_heard_later() -> None:
    stop = Stop(clock=Clock(0, 0, 5, 11))
    stop.ring()
    stop.ring()
    assert len(stop.clock.times) == 4
    threading.Timer(0.01, stop.ring).start()
    stop.sleep(10)
    assert stop.clock.times == []
    assert stop.listen()
    stop.close()


def test_listening_ends_when_asked_to_stop() -> None:
    stop = Stop()
    threading.Timer(0.01, stop.ask).start()
    assert not stop.listen()
    stop.close()


def test_a_ring_after_being_asked_is_not_heard() -> None:
    stop = Stop()
    stop.ring()
    stop.ask()
    assert not stop.listen()
    stop.close()


def test_sigterm_asks_and_a_second_one_leaves() -> None:
    with pytest.raises(SystemExit) as left, stopping() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop()
        os.kill(os.getpid(), signal.SIGTERM)
    assert left.value.code == 143
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_who_does_not_end_in_time_is_made_to() -> None:
    with pytest.raises(SystemExit) as left, stopping(patience=0.01) as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop()
        threading.Event().wait(60)
    assert left.value.code == 143


def test_the_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stopping():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before
