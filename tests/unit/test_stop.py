"""Asked once the work ends by itself, asked twice at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from etl.console.stop import Stop, stopping
from etl.errors import Overdue


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


def test_who_left_in_time_is_not_left_behind() -> None:
    with pytest.raises(SystemExit), stopping():
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_the_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stopping():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_work_that_is_late_is_asked_to_end_and_then_no_more() -> None:
    with stopping() as stop:
        with stop.limited(0.01, 60):
            stop.sleep(60)
            assert stop()
        assert not stop()
        assert not stop.asked


def test_work_that_does_not_listen_is_broken_off() -> None:
    with (
        stopping() as stop,
        pytest.raises(Overdue),
        stop.limited(0.01, 0.01),
    ):
        threading.Event().wait(60)
    # the alarm is off: nothing breaks off what comes later
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_an_alarm_at_the_very_end_of_late_work_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else all that follows is late from the start, and the process is to die."""
    alarms = [signal.SIGALRM]

    def setitimer(which: int, seconds: float, interval: float = 0.0) -> object:
        if seconds == 0 and alarms:
            os.kill(os.getpid(), alarms.pop())
        return real(which, seconds, interval)

    real = signal.setitimer
    with stopping() as stop:
        with pytest.raises(Overdue), stop.limited(60, 60):
            stop.hurry()
            monkeypatch.setattr(signal, "setitimer", setitimer)
        assert not stop()
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_work_in_time_is_left_alone() -> None:
    with stopping() as stop:
        with stop.limited(60, 60):
            pass
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        assert not stop()


def test_what_never_gives_way_ends_the_process_with_its_stacks() -> None:
    hang = (
        "import signal\n"
        "from etl.console.stop import stopping\n"
        "with stopping() as stop, stop.limited(0.1, 0.1):\n"
        "    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\n"
        "    signal.pause()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", hang], capture_output=True, timeout=50, check=False
    )
    assert ended.returncode == 1
    assert b"most recent call first" in ended.stderr


@pytest.mark.parametrize("asked", ["in time", "twice"])
def test_an_unwinding_that_hangs_does_not_keep_the_process(asked: str) -> None:
    """As with a server that is frozen, to which each farewell would take seconds."""
    hang = (
        "import os, signal, sys, threading\n"
        "from etl.console.stop import stopping\n"
        "with stopping(patience=0.1) as stop:\n"
        "    try:\n"
        "        for _ in range(1 if sys.argv[1] == 'in time' else 2):\n"
        "            os.kill(os.getpid(), signal.SIGTERM)\n"
        "        threading.Event().wait(60)\n"
        "    finally:\n"
        "        with stop.limited(60, 60):\n"
        "            threading.Event().wait(60)\n"
    )
    ended = subprocess.run([sys.executable, "-c", hang, asked], timeout=30, check=False)
    assert ended.returncode == 143


def test_listening_ends_without_a_ring_when_patience_does() -> None:
    stop = Stop()
    assert stop.listen(0.01) is None
    stop.ring()
    assert stop.listen(60) is True
    stop.close()


def test_work_in_which_nothing_moves_is_asked_to_end_and_then_broken_off() -> None:
    with (
        stopping() as stop,
        pytest.raises(Overdue),
        stop.watched(0.01, 0.01),
    ):
        threading.Event().wait(60)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_step_puts_off_the_stall_but_not_the_deadline() -> None:
    with stopping() as stop, stop.limited(50, 60, stall=20):
        signal.setitimer(signal.ITIMER_REAL, 1)
        stop.beat("a statement")
        assert 10 < signal.getitimer(signal.ITIMER_REAL)[0] <= 20
    with stopping() as stop, stop.limited(20, 60, stall=50):
        stop.beat("a statement")
        assert 10 < signal.getitimer(signal.ITIMER_REAL)[0] <= 20


def test_work_in_which_nothing_moves_is_late_before_its_deadline() -> None:
    with stopping() as stop, stop.limited(600, 60, stall=0.01):
        stop.sleep(60)
        assert stop()


def test_each_step_begins_the_patience_anew() -> None:
    with stopping() as stop, stop.watched(60, 60):
        signal.setitimer(signal.ITIMER_REAL, 1)
        stop.beat("a statement")
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 50


def test_a_step_does_not_put_off_the_end_that_was_asked_for() -> None:
    with stopping(patience=50) as stop, stop.watched(600, 60):
        os.kill(os.getpid(), signal.SIGTERM)
        stop.beat("a statement")
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 50


def test_no_other_alarm_is_set_in_place_of_the_one_that_ends_the_draining() -> None:
    """SIGTERM may come after the last look and before the work is given its time."""
    with stopping(patience=50) as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        with stop.limited(600, 60):
            assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 50
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 50
        with stop.watched(600, 60):
            assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 50
