"""One tick, one run: caught up, never doubled, never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from etl.cron import normal_schedule
from etl.errors import EtlError, RunLocked, SourceUnreachable, StoreUnreachable
from etl.scheduler import Daemon, Timetable, ringing

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVERY_TWO_HOURS = Timetable(normal_schedule("17 */2 * * *"))
Question = Callable[[datetime | None], bool]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_next_tick_is_strictly_later() -> None:
    tick = at("2026-11-24 12:17")
    assert EVERY_TWO_HOURS.next_after(START) == tick
    assert EVERY_TWO_HOURS.next_after(tick) == at("2026-11-24 14:17")


def test_a_source_that_never_ran_is_due() -> None:
    assert EVERY_TWO_HOURS.is_due(None, START)


def test_a_source_is_due_once_a_tick() -> None:
    now = at("2026-11-24 12:18")
    assert EVERY_TWO_HOURS.is_due(at("2026-11-24 10:17"), now)
    assert not EVERY_TWO_HOURS.is_due(at("2026-11-24 12:17"), now)


def test_a_run_of_another_daemon_after_the_tick_counts() -> None:
    other = at("2026-11-24 12:17:40")
    assert not EVERY_TWO_HOURS.is_due(other, at("2026-11-24 12:18:05"))


def test_after_a_week_of_sleep_it_is_due() -> None:
    assert EVERY_TWO_HOURS.is_due(START - timedelta(days=7), START)


def test_sunday_is_sunday() -> None:
    tick = Timetable(normal_schedule("0 6 * * 0")).next_after(START)
    assert tick == at("2026-11-29 06:00")
    assert tick.strftime("%A") == "Sunday"


def test_ticks_know_no_summer_time() -> None:
    half_past_two = Timetable("30 2 * * *")
    moment = at("2024-01-01 00:00")
    ticks = []
    while (moment := half_past_two.next_after(moment) or moment).year < 2031:
        ticks.append(moment)
    assert len(ticks) == 2557
    assert {(tick.hour, tick.minute) for tick in ticks} == {(2, 30)}


def test_the_interval_is_the_longest_pause() -> None:
    assert EVERY_TWO_HOURS.interval(START) == timedelta(hours=2)
    weekdays = Timetable(normal_schedule("0 6 * * 1-5"))
    assert weekdays.interval(START) == timedelta(days=3)


def test_a_day_that_never_comes_has_no_tick() -> None:
    never = Timetable("0 6 30 2 *")
    assert never.next_after(START) is None
    assert not never.is_due(START, START + timedelta(days=999))
    assert never.interval(START) == timedelta(0)


class Clock:
    """Stands still until a ring moves it on."""

    def __init__(self, *rings: str) -> None:
        self.now = START
        self._rings: Iterator[str] = iter(rings)

    def listen(self) -> bool:
        ring = next(self._rings, None)
        self.now = at(ring) if ring else self.now
        return ring is not None


def daemon(clock: Clock, attempt: Callable[[Question], None]) -> Daemon:
    return Daemon(
        timetable=EVERY_TWO_HOURS,
        attempt=attempt,
        now=lambda: clock.now,
        listen=clock.listen,
    )


def test_it_catches_up_at_once_and_then_runs_at_each_tick() -> None:
    clock = Clock("2026-11-24 12:17:03", "2026-11-24 14:17:20")
    runs: list[datetime] = []

    def attempt(is_due: Question) -> None:
        if is_due(runs[-1] if runs else None):
            runs.append(clock.now)

    daemon(clock, attempt)()
    assert runs == [START, at("2026-11-24 12:17:03"), at("2026-11-24 14:17:20")]


def test_two_daemons_run_each_tick_once() -> None:
    ledger: list[datetime] = []
    rings = [f"2026-11-24 {hour:02}:17" for hour in range(12, 24, 2)]
    for jitter in (":05", ":40"):
        clock = Clock(*(ring + jitter for ring in rings))

        def attempt(is_due: Question, clock: Clock = clock) -> None:
            before = [start for start in ledger if start <= clock.now]
            if is_due(max(before, default=None)):
                ledger.append(clock.now)

        daemon(clock, attempt)()
    assert len(ledger) == 1 + len(rings)


@pytest.mark.parametrize(
    "error",
    [
        StoreUnreachable("cannot use the database: refused"),
        SourceUnreachable("no answer"),
        RunLocked("another run holds the lock"),
    ],
)
def test_a_failing_tick_is_logged_and_the_daemon_lives(error: EtlError) -> None:
    clock = Clock("2026-11-24 12:17:03")
    attempts: list[datetime] = []

    def attempt(_is_due: Question) -> None:
        attempts.append(clock.now)
        raise error

    daemon(clock, attempt)()
    assert attempts == [START, at("2026-11-24 12:17:03")]


def test_a_failed_run_is_tried_again_at_the_next_tick_only() -> None:
    clock = Clock("2026-11-24 12:17:03", "2026-11-24 14:17:03")
    asked: list[bool] = []
    daemon(clock, lambda is_due: asked.append(is_due(at("2026-11-24 08:17"))))()
    assert asked == [True, True, True]


def test_the_bell_rings_at_a_tick() -> None:
    rung = threading.Event()
    with ringing(Timetable("* * * * *"), rung.set) as scheduler:
        # the thread would wait for the minute: this moment is made a tick instead
        for job in scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC) - timedelta(hours=3))
        assert rung.wait(10)


def test_a_late_tick_is_not_dropped_and_several_are_one() -> None:
    with ringing(Timetable("* * * * *"), lambda: None) as scheduler:
        (job,) = scheduler.get_jobs()
        assert job.misfire_grace_time is None
        assert job.coalesce is True
        assert job.max_instances == 1
