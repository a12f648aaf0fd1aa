"""`etl serve`: `run` on a schedule, until told to stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from etl.app.database import database, make_ready
from etl.app.jobs import Request, now
from etl.app.run import check, followed, run
from etl.console import log
from etl.console.stop import Stop
from etl.scheduler import Daemon, Timetable, ringing
from etl.settings import Settings
from etl.store.reading import good_starts


def serve(settings: Settings, stop: Stop) -> None:
    """Run what is due, now and at every tick. Raises ConfigurationError first."""
    names = followed(settings)
    check(settings, Request(sources=names))
    timetable = Timetable(settings.schedule)
    if settings.contact is None:
        log.logger().warning(
            "no_contact", advice="set ETL_CONTACT: publishers like to know who asks"
        )
    log.logger().info("serving", schedule=settings.schedule, sources=",".join(names))

    def attempt(is_due: Callable[[datetime | None], bool]) -> None:
        with database(settings) as found:
            make_ready(found, may_migrate=True)
            starts = good_starts(found.url("writer"))
        due = [name for name in names if is_due(starts.get(name))]
        if due and not stop():
            run(settings, Request(sources=due), stop)

    daemon = Daemon(timetable=timetable, attempt=attempt, now=now, listen=stop.listen)
    with ringing(timetable, stop.ring):
        daemon()
    log.logger().info("stopped")
