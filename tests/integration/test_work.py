"""What a daemon does at a tick, over HTTP and against the database."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

from etl.app.endpoints import Monitor
from etl.app.serve import Limits, Work
from etl.console.stop import stopping
from etl.demo.faults import status
from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.scheduler import Pulse
from etl.settings import Settings

TICK = datetime(2026, 11, 24, 12, 17, tzinfo=UTC)
KOOP, KAMER = "officielebekendmakingen", "tweedekamer"


def test_a_source_that_takes_all_the_time_leaves_the_other_its_turn(
    database: Any,
) -> None:
    with Replica() as koop, Kamer() as kamer, stopping() as stop, ExitStack() as held:
        settings = Settings(
            DATABASE_URL=database.url("aanhangsel_writer"),
            DATABASE_READER_URL=database.url("aanhangsel_reader"),
            ETL_SOURCES=f"{KOOP},{KAMER}",
            ETL_SRU_URL=koop.sru_url,
            ETL_PUBLICATIONS_URL=koop.publications_url,
            ETL_SYNCFEED_URL=kamer.syncfeed_url,
            ETL_ODATA_URL=kamer.odata_url,
        )
        monitor = Monitor(settings, Pulse(lambda: datetime.now(UTC)), 60)
        work = Work(settings, stop, held, Limits(), monitor)

        def too_late(handler: Any) -> None:
            stop.hurry()
            status(503)(handler)

        koop.fault_at("/sru", too_late, times=-1)
        work({KOOP: TICK, KAMER: TICK}, False)
    assert database.query("select source, outcome from etl.run order by run_id") == [
        (KOOP, "interrupted"),
        (KAMER, "complete"),
    ]
    assert database.query("select source, good from etl.tick order by source") == [
        (KOOP, False),
        (KAMER, True),
    ]
