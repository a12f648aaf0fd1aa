"""Any fault at any address, and a source that is down for good.

`SEEDS=40` is the figure of the nightly tier; `SEED=n` plays one again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from chance import seeded
from faults import twelve
from faults.weather import Weather
from houses import Houses, houses

from etl.demo.faults import Fault, reset, status
from etl.errors import SourceUnreachable
from etl.model.run import Outcome

SEEDS = int(os.environ.get("SEEDS", "1"))
REQUESTS = 500
WELL = 12
"""Most runs in fine weather until there is nothing left to do."""


@pytest.fixture
def both(database: Any) -> Iterator[Houses]:
    with houses(database) as it:
        yield it


def emptied(database: Any) -> None:
    """As it was after the migrations, but for what is numbered on."""
    tables = database.query(
        "select format('%I.%I', schemaname, tablename) from pg_tables"
        " where schemaname in ('aanhangsel', 'etl') and tablename not in"
        " ('fractie_schrijfwijze', 'ministerie', 'prinsjesdag', 'reces',"
        " 'reces_dekking', 'ambtsperiode', 'schema_migration', 'reference')"
    )
    names = ", ".join(name for (name,) in tables)
    database.query(f"truncate {names} cascade")
    database.query("delete from aanhangsel.ambtsperiode where herkomst = 'waargenomen'")


def until_well(both: Houses, database: Any) -> None:
    """Runs until there is nothing left to do; what waits for hours is due at once."""
    for _ in range(WELL):
        database.query("update etl.run_problem set next_try_at = now()")
        reports = both.run()
        assert not [report.bug for report in reports if report.bug]
        done = {Outcome.COMPLETE, Outcome.PARTIAL}
        # one document cannot be read in any weather
        open_problems = "select count(*) from etl.run_problem where resolved_at is null"
        if {report.outcome for report in reports} <= done and (
            database.query(open_problems) == [(1,)]
        ):
            return
    raise AssertionError([(each.source, each.error) for each in reports])


@pytest.mark.parametrize("number", range(SEEDS))
def test_any_weather_ends_as_fine_weather_does(
    both: Houses, database: Any, number: int
) -> None:
    chance = seeded(number)
    twelve.begin(both.koop, both.kamer)
    twelve.happen(both.koop, both.kamer)
    until_well(both, database)
    fine = twelve.left(database)
    emptied(database)
    weather = Weather(chance, both.koop, both.kamer)
    asked = 0
    while asked < REQUESTS or weather.hits.total() <= 50:
        weather.share = chance.choice([0.05, 0.3, 0.8])
        before = len(both.koop.requests) + len(both.kamer.requests)
        for report in both.run():
            assert not report.bug, report.bug
            assert report.tally.balances or report.outcome is Outcome.FAILED
        asked += len(both.koop.requests) + len(both.kamer.requests) - before
        if chance.random() < 0.5:
            database.query("update etl.run_problem set next_try_at = now()")
    weather.share = 0.0
    until_well(both, database)
    foul = twelve.left(database)
    history = {"publicatie_versie", "publicatie_bron", "bron"}
    assert {k: v for k, v in foul.items() if k not in history} == {
        k: v for k, v in fine.items() if k not in history
    }


def test_a_source_that_is_down_for_good_costs_few_requests(
    both: Houses, database: Any
) -> None:
    """Its list still answers, and none of its documents does: the run ends soon."""
    for number in range(1, 60):
        twelve.publish(both.koop, number, twelve.BEFORE)
    both.koop.fault_at("/ah-tk", status(503), times=-1)
    (report,) = both.run("officielebekendmakingen")
    assert report.outcome is Outcome.FAILED
    assert isinstance(report.error, SourceUnreachable)
    assert len(both.koop.asked("/ah-tk")) <= 25
    query = "select count(*) from etl.cursor where source = 'officielebekendmakingen'"
    assert database.query(query) == [(0,)]


@pytest.mark.parametrize("fault", [status(503), reset()])
def test_a_store_of_files_that_is_down_while_the_feed_answers_ends_the_run(
    both: Houses, database: Any, fault: Fault
) -> None:
    """A file alone may be missing; when all are, it is the store that holds them."""
    for number in range(1, 31):
        twelve.file(both.kamer, number)
    both.kamer.fault_at("/Resources/", fault, times=-1)
    (report,) = both.run("tweedekamer")
    assert report.outcome is Outcome.FAILED
    assert isinstance(report.error, SourceUnreachable)
    assert 0 < len(both.kamer.asked("/Resources/")) <= 40
    both.kamer.recover()
    (report,) = both.run("tweedekamer")
    assert report.outcome is not Outcome.FAILED
    waiting = "select count(*) from etl.run_problem where resolved_at is null"
    assert database.query(waiting) == [(0,)], "the next run asks for all of them"


def test_an_index_that_is_down_for_good_costs_five_requests(both: Houses) -> None:
    both.koop.fault_at("/sru", status(503), times=-1)
    (report,) = both.run("officielebekendmakingen")
    assert report.outcome is Outcome.FAILED
    assert len(both.koop.requests) == 5
