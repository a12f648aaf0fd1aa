"""One tick, one run: caught up, never doubled, never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.date import DateTrigger
from hypothesis import given
from hypothesis import strategies as st

from etl.cron import normal_schedule
from etl.errors import (
    EtlError,
    Overdue,
    RunLocked,
    SourceUnreachable,
    StoreUnreachable,
)
from etl.scheduler import Daemon, Pulse, Ticks, Timetable, ringing

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVERY_TWO_HOURS = Timetable(normal_schedule("17 */2 * * *"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_next_tick_is_strictly_later() -> None:
    tick = at("2026-11-24 12:17")
    assert EVERY_TWO_HOURS.next_after(START) == tick
    assert EVERY_TWO_HOURS.next_after(tick) == at("2026-11-24 14:17")


def test_a_ring_stands_for_the_last_tick() -> None:
    tick = at("2026-11-24 12:17")
    for moment in ("12:17:00", "12:17:01", "12:18:05", "14:16:59"):
        assert EVERY_TWO_HOURS.last_until(at(f"2026-11-24 {moment}")) == tick
    assert EVERY_TWO_HOURS.last_until(at("2026-11-24 12:16:59")) == at(
        "2026-11-24 10:17"
    )


def test_the_last_tick_may_be_years_ago() -> None:
    leap_day = Timetable(normal_schedule("0 6 29 2 *"))
    assert leap_day.last_until(START) == at("2024-02-29 06:00")
    assert leap_day.last_until(at("2104-02-28 06:00")) == at("2096-02-29 06:00")


def test_the_last_tick_before_a_pause_of_months_is_found_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The daemon asks at each waking, also all through a summer without ticks."""
    asked = []

    def next_after(self: Timetable, moment: datetime) -> datetime | None:
        asked.append(moment)
        return real(self, moment)

    real = Timetable.next_after
    monkeypatch.setattr(Timetable, "next_after", next_after)
    not_in_summer = Timetable(normal_schedule("*/20 * * 1-6,9-12 *"))
    assert not_in_summer.last_until(at("2026-08-15 12:00")) == at("2026-06-30 23:40")
    assert len(asked) < 100


@given(
    schedule=st.sampled_from(
        ["* * * * *", "17 */2 * * *", "*/20 * * * 1-5", "59 23 31 * *", "0 0 1 1 *"]
    ),
    ago=st.timedeltas(timedelta(0), timedelta(days=3650)),
)
def test_no_tick_lies_between_the_last_one_and_its_moment(
    schedule: str, ago: timedelta
) -> None:
    timetable, moment = Timetable(normal_schedule(schedule)), START - ago
    last = timetable.last_until(moment)
    assert last is not None
    assert last <= moment
    after = timetable.next_after(last)
    assert after is not None
    assert after > moment
    assert timetable.last_until(last) == last


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


@pytest.mark.parametrize("day", range(23, 30))
def test_the_pause_of_a_weekend_counts_all_week(day: int) -> None:
    """However many ticks there are on the other days."""
    weekdays = Timetable(normal_schedule("*/20 * * * 1-5"))
    moment = at(f"2026-11-{day} 00:05")
    assert weekdays.interval(moment) == timedelta(days=2, minutes=20)


def test_the_pause_that_we_are_in_counts() -> None:
    not_in_summer = Timetable(normal_schedule("*/20 * * 1-6,9-12 *"))
    assert not_in_summer.interval(at("2026-08-15 12:00")) > timedelta(days=60)


def test_a_day_that_never_comes_has_no_tick() -> None:
    never = Timetable("0 6 30 2 *")
    assert never.next_after(START) is None
    assert never.last_until(START) is None
    assert never.interval(START) == timedelta(0)


class Clock:
    """Stands still until it is moved on: by a ring, or, with a `~`, without one."""

    def __init__(self, *moments: str) -> None:
        self.now = START
        self._moments: Iterator[str] = iter(moments)

    def seconds(self) -> float:
        return self.now.timestamp()

    def listen(self) -> bool | None:
        moment = next(self._moments, None)
        if moment is None:
            return False
        self.now = at(moment.removeprefix("~"))
        return None if moment.startswith("~") else True


def daemon(clock: Clock, attempt: Callable[[Ticks, bool], None], **more: Any) -> Daemon:
    return Daemon(
        timetables={"koop": EVERY_TWO_HOURS},
        attempt=attempt,
        pulse=Pulse(lambda: clock.now),
        listen=clock.listen,
        **more,
    )


def attempts(*moments: str, **more: Any) -> list[tuple[str, bool]]:
    """The ticks that a daemon tries as the clock goes, and whether again."""
    tried: list[tuple[str, bool]] = []

    def attempt(due: Ticks, again: bool) -> None:
        tried.extend((f"{name} {tick:%d %H:%M}", again) for name, tick in due.items())

    daemon(Clock(*moments), attempt, **more)()
    return tried


def test_it_catches_up_at_once_and_then_tries_each_tick() -> None:
    assert attempts("2026-11-24 12:17:03", "2026-11-24 14:17:20") == [
        ("koop 24 10:17", True),
        ("koop 24 12:17", False),
        ("koop 24 14:17", False),
    ]


def test_a_second_ring_for_one_tick_is_nothing() -> None:
    assert len(attempts("2026-11-24 12:17:03", "2026-11-24 12:17:50")) == 2


def test_rings_during_a_run_and_ticks_slept_through_are_one_attempt() -> None:
    assert attempts("2026-11-24 18:20:00") == [
        ("koop 24 10:17", True),
        ("koop 24 18:17", False),
    ]


def test_a_bell_that_overslept_is_noticed_without_a_ring() -> None:
    woken = attempts("~2026-11-24 12:17:30", "~2026-11-24 12:19:00", "2026-11-24 12:20")
    assert woken == [("koop 24 10:17", True), ("koop 24 12:17", False)]


def test_a_clock_that_jumps_kills_nobody_and_every_later_tick_comes() -> None:
    tried = attempts(
        "2026-11-24 12:17:01",
        "2026-11-24 11:18:00",  # an hour back
        "2026-11-25 12:17:01",  # a day on
        "2000-01-01 00:00:00",
        "2026-11-24 14:17:01",
    )
    assert tried[-1] == ("koop 24 14:17", False)
    assert ("koop 24 12:17", False) in tried


def test_each_source_has_its_own_schedule() -> None:
    tried: list[list[str]] = []
    clock = Clock("2026-11-24 12:17:03", "2026-11-24 12:20:03", "2026-11-24 12:40:03")
    Daemon(
        timetables={"koop": EVERY_TWO_HOURS, "kamer": Timetable("*/20 * * * *")},
        attempt=lambda due, again: tried.append(list(due)),
        pulse=Pulse(lambda: clock.now),
        listen=clock.listen,
    )()
    assert tried == [["koop", "kamer"], ["koop"], ["kamer"], ["kamer"]]


@pytest.mark.parametrize(
    "error",
    [
        StoreUnreachable("cannot use the database: refused"),
        SourceUnreachable("no answer"),
        RunLocked("another run holds the lock"),
        Overdue("it hung"),
    ],
)
def test_a_failing_tick_is_told_and_the_daemon_lives(error: EtlError) -> None:
    ended: list[EtlError | None] = []

    def attempt(_due: Ticks, _again: bool) -> None:
        raise error

    daemon(Clock("2026-11-24 12:17:03"), attempt, after=ended.append)()
    assert ended == [error, error]


def test_a_tick_that_finds_no_database_is_tried_again_before_the_next_one() -> None:
    """Each waking is a minute on; the first tick was due two hours before."""
    tried: list[int] = []
    minutes = [f"~2026-11-24 12:{minute:02}:30" for minute in range(1, 60)]
    clock = Clock(*minutes)

    def attempt(_due: Ticks, _again: bool) -> None:
        tried.append(clock.now.minute)
        if len(tried) < 7:
            raise StoreUnreachable("cannot use the database: refused")

    rare = Timetable("17 10 * * *")
    Daemon(
        timetables={"koop": rare},
        attempt=attempt,
        pulse=Pulse(lambda: clock.now, clock.seconds),
        listen=clock.listen,
    )()
    assert tried == [0, 1, 3, 7, 15, 25, 35]


def test_a_tick_that_finds_the_lock_taken_is_tried_at_each_waking() -> None:
    tried: list[tuple[str, str]] = []
    clock = Clock("2026-11-24 12:17:03", "~2026-11-24 12:20", "~2026-11-24 12:21")

    def attempt(due: Ticks, _again: bool) -> None:
        tried.append((f"{clock.now:%H:%M}", f"{due['koop']:%H:%M}"))
        if len(tried) < 3:
            raise RunLocked("another run holds the lock")

    daemon(clock, attempt)()
    assert tried == [("12:00", "10:17"), ("12:17", "12:17"), ("12:20", "12:17")]


def test_a_start_that_waits_for_the_lock_still_tries_again_what_ended_badly() -> None:
    tried: list[bool] = []

    def attempt(_due: Ticks, again: bool) -> None:
        tried.append(again)
        if len(tried) < 3:
            raise RunLocked("another run holds the lock")

    moments = ("~2026-11-24 12:01", "~2026-11-24 12:02", "2026-11-24 12:17:03")
    daemon(Clock(*moments), attempt)()
    assert tried == [True, True, True, False]


def test_a_bug_outside_of_any_run_ends_the_daemon() -> None:
    def attempt(_due: Ticks, _again: bool) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        daemon(Clock(), attempt)()


def test_a_dead_bell_ends_the_daemon() -> None:
    with pytest.raises(RuntimeError, match="rings at each tick has died"):
        attempts("~2026-11-24 12:17:30", alive=lambda: False)


def test_the_pulse_says_when_it_woke_and_what_it_is_at() -> None:
    clock = Clock("~2026-11-24 12:01:00")
    it = daemon(clock, lambda due, again: busy.append(it.pulse.busy_since))
    busy: list[datetime | None] = []
    it()
    assert busy == [START]
    assert it.pulse.busy_since is None
    assert it.pulse.woke_at == at("2026-11-24 12:01")


def test_the_bell_rings_at_a_tick() -> None:
    rung = threading.Event()
    # every minute is too long for a test, so the trigger is made to be due at once
    with ringing([Soon("* * * * *")], rung.set) as alive:
        assert rung.wait(10)
        assert alive()
    assert not any(thread.name == "bell" for thread in waited_for())


class Soon(Timetable):
    def trigger(self, jitter: int | None = None) -> Any:
        return OrTrigger(
            [DateTrigger(datetime.now(UTC) - timedelta(hours=3)), super().trigger()]
        )


def waited_for() -> list[threading.Thread]:
    for thread in threading.enumerate():
        if thread.name == "bell":
            thread.join(10)
    return threading.enumerate()
