"""`etl run` with both houses, killed again and again: the tables end as if it never was.

`SEED=n` plays the kills of an earlier run again.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from chance import seeded
from dump import SHIPPED, dump
from faults.killer import Killer
from zaken import real_zaken

from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.demo.shipped import fill

KILLS = 12
ZAKEN = 150

TABLES = """
    select format('%%I.%%I', schemaname, tablename)
    from pg_tables
    where schemaname in ('aanhangsel', 'etl')
        and tablename <> all(%s)
"""


@pytest.fixture
def kamer() -> Iterator[Kamer]:
    with Kamer() as running:
        fill(running)
        running.load_zaak_rows(islice(real_zaken(), 0, None, 42_994 // ZAKEN))
        running.page = 60
        yield running


def test_killed_at_any_moment_both_houses_end_the_same(
    etl: Any, database: Any, replica: Replica, kamer: Kamer
) -> None:
    chance = seeded()
    etl.variables |= {
        "ETL_SOURCES": "officielebekendmakingen,tweedekamer",
        "ETL_SYNCFEED_URL": kamer.syncfeed_url,
        "ETL_ODATA_URL": kamer.odata_url,
    }
    etl("run")
    undisturbed = dump(database)
    empty(database)
    killer, killed = Killer(replica, kamer), 0
    for _ in range(KILLS):
        process = etl.start("run")
        killer.aim(process, chance.randrange(1, 12), chance.uniform(0, 0.4))
        process.communicate(timeout=120)
        killed += process.returncode == -signal.SIGKILL
    assert killed > KILLS // 2
    etl("run")
    assert dump(database) == undisturbed
    assert database.query("select count(*) from etl.link_queue") == [(0,)]
    query = "select count(*) from etl.run where outcome = 'running'"
    assert database.query(query) == [(0,)]


def empty(database: Any) -> None:
    """As it was after the migrations."""
    kept = [*SHIPPED, "schema_migration", "reference", "ambtsperiode"]
    tables = ", ".join(name for (name,) in database.query(TABLES, kept))
    database.query(f"truncate {tables} restart identity cascade")
    database.query("delete from aanhangsel.ambtsperiode where herkomst = 'waargenomen'")
