"""When to run: APScheduler in UTC rings, the main thread runs.

The scheduler only rings a bell, so a tick can neither overlap with a run nor be lost
behind a slow one: rings that come during a run become one. Runs stay in the main
thread, where a signal can break them off cleanly. Which tick a ring stands for is
read from the clock, and the database knows which ticks were done (`etl.tick`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from etl.console import log
from etl.errors import EtlError, RunLocked, StoreError

JITTER = 60
"""Most seconds by which a ring is late, so that daemons do not all ask at once."""

WAKE = 60.0
"""Seconds after which the daemon looks at the clock without being rung: a machine that
slept has a bell that is late by as much."""

LONGEST_PAUSE = timedelta(minutes=10)
"""The longest pause until a tick is tried again for which the database was away."""

LOOKBACK = timedelta(days=366 * 8)
"""How far back the last tick is looked for; 29 February may be eight years ago."""

WEEK = timedelta(weeks=1)

MINUTE = timedelta(minutes=1)
"""No two ticks are nearer."""


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

    def last_until(self, moment: datetime) -> datetime | None:
        """The last tick at or before this moment; None if there never was one."""
        last = self.next_after(moment - LOOKBACK)
        if last is None or last > moment:
            return None
        # Halved, not walked: before a pause of months there can be years of minutes.
        late = moment
        while late - last >= MINUTE:
            middle = last + (late - last) / 2
            tick = self.next_after(middle)
            if tick is not None and tick <= moment:
                last = tick
            else:
                late = middle
        return last

    def interval(self, now: datetime) -> timedelta:
        """The longest pause between two ticks of the last week and the next hundred.

        That we come from counts, too: on Monday morning nothing ran since Friday.
        """
        longest, before = timedelta(0), self.last_until(now - WEEK)
        before = before or self.next_after(now)
        trigger, to_come = self.trigger(), 100
        while before is not None and to_come:
            after = trigger.get_next_fire_time(before, before)
            if after is None:
                break
            longest, before = max(longest, after - before), after
            to_come -= after > now
        return longest


@contextmanager
def ringing(
    timetables: Iterable[Timetable], ring: Callable[[], None]
) -> Iterator[Callable[[], bool]]:
    """Call `ring` at every tick of any of these, from another thread.

    Hands out whether that thread is still alive.
    """
    scheduler = BlockingScheduler(timezone=UTC)
    for timetable in dict.fromkeys(timetables):
        scheduler.add_job(
            ring,
            timetable.trigger(JITTER),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    thread = threading.Thread(target=scheduler.start, name="bell", daemon=True)
    thread.start()
    try:
        yield thread.is_alive
    finally:
        if scheduler.running:
            scheduler.shutdown(wait=False)


@dataclass(slots=True)
class Pulse:
    """Signs of life of the daemon, for who asks from another thread."""

    now: Callable[[], datetime]
    clock: Callable[[], float] = time.monotonic
    woke_at: datetime = field(init=False)
    busy_since: datetime | None = None
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        self.beat()

    def beat(self) -> None:
        """The main loop came by."""
        self.woke_at, self._last = self.now(), self.clock()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """A tick goes on for as long as this is open."""
        self.busy_since, self._last = self.now(), self.clock()
        try:
            yield
        finally:
            # in this order, as another thread may look in between
            self.beat()
            self.busy_since = None

    def quiet(self) -> float:
        """Seconds since the tick that goes on began, else since the last beat.

        Not by the time of day, which may be set on or back.
        """
        return self.clock() - self._last


Ticks = Mapping[str, datetime]
"""The tick that is due, by source."""


@dataclass(slots=True, kw_only=True)
class Daemon:
    """What happens when the bell rings: one attempt for the ticks that are due.

    `attempt` is handed those ticks and whether one that ended badly is to be tried
    again. `listen` waits: True for a ring, None after a while without one, False when
    told to stop. `alive` is whether the bell still works.
    """

    timetables: Mapping[str, Timetable]
    attempt: Callable[[Ticks, bool], None]
    pulse: Pulse
    listen: Callable[[], bool | None]
    alive: Callable[[], bool] = lambda: True
    after: Callable[[EtlError | None], None] = lambda error: None
    """Told of each attempt how it ended."""
    _seen: dict[str, datetime] = field(default_factory=dict)
    _waiting: Ticks = field(default_factory=dict)
    _away_in_a_row: int = 0
    """Attempts that found no database."""
    _again_at: float = 0.0
    """By the clock of the pulse."""
    _again: bool = False
    """Whether who waits is to try again what ended badly."""

    def __call__(self) -> None:
        """Catch up at once with what was missed, then serve until `listen` says no.

        Raises RuntimeError when the bell is dead: nobody would ever ring.
        """
        self._tick(self._due(), again=True)
        while (rung := self.listen()) is not False:
            self.pulse.beat()
            if not self.alive():
                raise RuntimeError("the thread that rings at each tick has died")
            # Without a ring only what the bell has evidently slept through.
            due = self._due(timedelta(0) if rung else timedelta(seconds=2 * JITTER))
            if due and (rung or self._rested()):
                self._tick(due, again=self._again)

    def _due(self, age: timedelta = timedelta(0)) -> dict[str, datetime]:
        """The last tick of each source, if it is this old and not the one seen last.

        Any other counts, an earlier one too: the clock may have been set back.
        """
        now = self.pulse.now()
        last = {name: table.last_until(now) for name, table in self.timetables.items()}
        return {
            name: tick
            for name, tick in last.items()
            if tick and tick != self._seen.get(name) and now - tick >= age
        }

    def _tick(self, due: Ticks, *, again: bool) -> None:
        """Try what is due; after a failure the next tick is the next attempt.

        Not where only the database was away: at boot it may come up after us.
        """
        self._seen |= due
        self._again = False
        error: EtlError | None = None
        with self.pulse.busy():
            try:
                self.attempt(due, again)
                self._away_in_a_row, self._again_at = 0, 0.0
            except RunLocked as busy:
                error = busy
                self._away_in_a_row, self._again_at = 0, 0.0
                self._wait_for_the_lock(due, busy)
                self._forget(due, again)
            except StoreError as away:
                error = away
                self._wait_for_the_store(away)
                self._forget(due, again)
            except EtlError as failure:
                error = failure
                log.logger().error(
                    "tick_failed", problem=str(failure), next=self._following()
                )
            self.after(error)

    def _wait_for_the_lock(self, due: Ticks, busy: RunLocked) -> None:
        """Try the same at the next waking, and say so once."""
        if due != self._waiting:
            log.logger().info("tick_waits", reason=str(busy))
        self._waiting = due

    def _wait_for_the_store(self, away: StoreError) -> None:
        """Try the same after a while, which doubles."""
        pause = min(timedelta(minutes=2**self._away_in_a_row), LONGEST_PAUSE)
        self._away_in_a_row = min(self._away_in_a_row + 1, 10)
        # not by the time of day, which may be set back
        self._again_at = self.pulse.clock() + pause.total_seconds()
        following = str(self.pulse.now() + pause)
        log.logger().error("tick_failed", problem=str(away), next=following)

    def _rested(self) -> bool:
        return self.pulse.clock() >= self._again_at

    def _forget(self, due: Ticks, again: bool) -> None:
        """Their turn did not come: they are due again at the next waking."""
        self._again = again
        for name in due:
            del self._seen[name]

    def _following(self) -> str:
        now = self.pulse.now()
        ticks = [table.next_after(now) for table in self.timetables.values()]
        return str(min(filter(None, ticks), default=None))
