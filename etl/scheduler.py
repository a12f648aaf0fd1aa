"""When to run: APScheduler in UTC rings, the main thread runs.

The job itself only rings a bell, so it can neither overlap nor be lost behind a
slow one: rings that come during a run become one. Runs stay in the main thread,
where a signal can break them off cleanly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from etl.console import log
from etl.errors import EtlError, RunLocked

JITTER = 60
"""Most seconds by which a ring is late, so that daemons do not all ask at once."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """A cron expression in UTC, with weekdays by name (`etl.cron.normal_schedule`)."""

    schedule: str

    def trigger(self, jitter: int | None = None) -> CronTrigger:
        """The same for APScheduler."""
        trigger = CronTrigger.from_crontab(self.schedule, timezone=UTC)
        trigger.jitter = jitter
        return trigger

    def next_after(self, moment: datetime) -> datetime | None:
        """The first tick after this moment; None if there is none (30 February)."""
        found: datetime | None = self.trigger().get_next_fire_time(moment, moment)
        return found

    def is_due(self, last_good_start: datetime | None, now: datetime) -> bool:
        """Whether a tick passed since the last good run began, by whichever daemon."""
        if last_good_start is None:
            return True
        tick = self.next_after(last_good_start)
        return tick is not None and tick <= now

    def interval(self, now: datetime) -> timedelta:
        """The longest pause between two ticks among the next hundred."""
        longest, before = timedelta(0), self.next_after(now)
        for _ in range(100):
            after = self.next_after(before) if before else None
            if before is None or after is None:
                break
            longest, before = max(longest, after - before), after
        return longest


@contextmanager
def ringing(
    timetable: Timetable, ring: Callable[[], None]
) -> Iterator[BackgroundScheduler]:
    """Call `ring` at every tick, from another thread; missed ones are one."""
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        ring,
        timetable.trigger(JITTER),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Daemon:
    """What happens at a tick: one attempt, for what is due, once among all daemons.

    `attempt` is handed the question whether a source is due, given when its last
    good run began. `listen` waits for the next ring; False ends the daemon.
    """

    timetable: Timetable
    attempt: Callable[[Callable[[datetime | None], bool]], None]
    now: Callable[[], datetime]
    listen: Callable[[], bool]

    def __call__(self) -> None:
        """Catch up at once with what was missed, then serve until `listen` says no."""
        self.tick()
        while self.listen():
            self.tick()

    def tick(self) -> None:
        """Try what is due now; after a failure the next tick is the next attempt."""
        now = self.now()
        try:
            self.attempt(lambda last: self.timetable.is_due(last, now))
        except RunLocked as busy:
            log.logger().info("tick_skipped", reason=str(busy))
        except EtlError as error:
            following = self.timetable.next_after(now)
            log.logger().error("tick_failed", problem=str(error), next=str(following))
