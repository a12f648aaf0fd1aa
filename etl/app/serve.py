"""`etl serve`: `run` on a schedule, until told to stop."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from etl.app.database import Database, database
from etl.app.endpoints import Monitor, endpoints
from etl.app.jobs import Request, followed, now
from etl.app.review import StoreAway, review
from etl.app.run import at_work, check, in_turn, no_progress
from etl.console import log
from etl.console.stop import GRACE, STALL, Stop
from etl.errors import ConfigurationError, EtlError, RunLocked, StoreError
from etl.model.run import Outcome
from etl.scheduler import WAKE, Daemon, Pulse, Ticks, Timetable, ringing
from etl.settings import Settings

DEADLINE = 6 * 3600.0
"""Seconds that a run may take: a first load is longer, and goes on at the next tick."""

GOOD = {Outcome.COMPLETE, Outcome.PARTIAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds of one run, of standing still, and of each step once it is late."""

    deadline: float = DEADLINE
    stall: float = STALL
    grace: float = GRACE

    def tick(self, runs: int) -> float:
        """Seconds that a tick may take: so many runs, and the review of them."""
        return runs * (self.deadline + 2 * self.grace) + 2 * self.grace


def serve(settings: Settings, stop: Stop, limits: Limits | None = None) -> None:
    """Run what is due, now and at every tick. Raises ConfigurationError first."""
    names = followed(settings)
    check(settings, Request(sources=names))
    timetables = timetables_of(settings, names)
    if settings.contact is None:
        log.logger().warning(
            "no_contact", advice="set ETL_CONTACT: publishers like to know who asks"
        )
    if unused := settings.schedule.own.keys() - set(names):
        log.logger().warning(
            "schedule_unused",
            sources=",".join(sorted(unused)),
            advice="they are not followed: see ETL_SOURCES",
        )
    log.logger().info(
        "serving", schedule=str(settings.schedule), sources=",".join(names)
    )
    limits = limits or Limits()
    pulse = Pulse(now)
    monitor = Monitor(settings, pulse, limits.tick(len(names)))
    away = StoreAway(settings, stop)

    def after(error: EtlError | None) -> None:
        if isinstance(error, StoreError):
            away.away(error)
        elif error is None or isinstance(error, RunLocked):
            away.back()
        # any other error, as of a run that hung, says nothing of the database

    with ExitStack() as stack:
        stack.enter_context(endpoints(monitor))
        alive = stack.enter_context(ringing(timetables.values(), stop.ring))
        held = stack.enter_context(ExitStack())
        daemon = Daemon(
            timetables=timetables,
            attempt=Work(settings, stop, held, limits, monitor),
            pulse=pulse,
            listen=partial(stop.listen, WAKE),
            alive=alive,
            after=after,
        )
        daemon()
    log.logger().info("stopped")


def timetables_of(settings: Settings, names: tuple[str, ...]) -> dict[str, Timetable]:
    """When each source is due. Raises ConfigurationError for one that never is."""
    found = {name: Timetable(settings.schedule.of(name)) for name in names}
    for name, timetable in found.items():
        if timetable.next_after(now()) is None:
            raise ConfigurationError(
                f"ETL_SCHEDULE: {timetable.schedule!r} for {name} never comes"
            )
    return found


@dataclass(slots=True)
class Work:
    """The attempts of this daemon; `held` keeps the embedded database up in between."""

    settings: Settings
    stop: Stop
    held: ExitStack
    limits: Limits
    monitor: Monitor
    _database: Database | None = None

    def __call__(self, due: Ticks, again: bool) -> None:
        """Run the sources whose tick nobody did yet, then see how all is.

        Each has time of its own: one that hangs at every tick must not keep the next
        from ever being run, and is to be told of.
        """
        limits = self.limits
        for name, tick in due.items():
            if self.stop():
                return
            with self.stop.limited(limits.deadline, limits.grace, limits.stall):
                self._held()
                self._run(name, tick, again)
        if not self.stop():
            with self.stop.limited(limits.grace, limits.grace):
                url = self._held().url("writer")
                review(self.settings, url, tuple(due), self.stop)

    def _held(self) -> Database:
        if self._database is None:
            self._database = self.held.enter_context(database(self.settings))
            self.monitor.url = self._database.url("reader")
        return self._database

    def _run(self, name: str, tick: datetime, again: bool) -> None:
        request = Request(sources=(name,))
        with at_work(self.settings, request, self.stop) as jobs:
            if self.stop() or not jobs.store.claim(name, tick, whoami(), again=again):
                return
            (done,) = in_turn([name], jobs.run, self.stop, no_progress)
            if isinstance(done.report.error, StoreError):
                raise done.report.error  # the tick stays to be done
            jobs.store.finish(name, tick, good=done.report.outcome in GOOD)


def whoami() -> str:
    """Host and process: one among all daemons of a database."""
    return f"{socket.gethostname()}:{os.getpid()}"
