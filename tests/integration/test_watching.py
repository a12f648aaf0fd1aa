"""What is told of each source, from rows as runs leave them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hand import SOURCE, Loader, publicatie

from etl.app.freshness import judgements
from etl.expectations import Facts
from etl.settings import read_settings
from etl.store.reading import status_rows
from etl.store.watching import watching

if TYPE_CHECKING:
    from tables import Tables

NOW = datetime.now(UTC)


def run(tables: Tables, days_ago: float, **values: Any) -> None:
    moment = NOW - timedelta(days=days_ago)
    whole = {"source": SOURCE, "started_at": moment, "outcome": "complete"} | values
    if whole["outcome"] != "running":
        whole["finished_at"] = moment
    tables.put("etl.run", **whole)


def news(database: Any) -> date:
    (row,) = status_rows(database.url("aanhangsel_reader"))
    found: date = row["last_news"]
    return found


def test_a_publication_that_another_source_gave_first_is_news_of_this_one_too(
    database: Any, tables: Tables, load: Loader
) -> None:
    # counted as changed, not as new: the Kamer publishes days before KOOP
    run(tables, 100, seen=1, changed=1)
    yesterday = NOW.date() - timedelta(days=1)
    load(publicatie(ontvangen=yesterday))
    assert news(database) == yesterday


def test_what_is_old_is_no_news_however_late_it_is_found(
    database: Any, tables: Tables, load: Loader
) -> None:
    run(tables, 100)
    run(tables, 1, seen=1, new=1)
    load(publicatie(ontvangen=date(2023, 2, 13)))
    assert news(database) == NOW.date() - timedelta(days=100)


def test_a_day_that_is_still_to_come_proves_nothing(
    database: Any, tables: Tables, load: Loader
) -> None:
    run(tables, 100)
    load(publicatie(ontvangen=date(2999, 1, 1)))
    assert news(database) == NOW.date() - timedelta(days=100)


def test_a_run_that_never_ended_well_begins_no_waiting(
    database: Any, tables: Tables
) -> None:
    run(tables, 100, outcome="failed")
    assert news(database) is None


def codes(database: Any) -> list[str]:
    """What is wrong with the source."""
    url = database.url("aanhangsel_reader")
    settings = read_settings({"DATABASE_URL": url, "ETL_SOURCES": SOURCE})
    (judged,) = judgements(settings, url, NOW)
    return [fault.code for fault in judged.faults]


def test_a_failed_run_stays_one_while_the_next_goes_on(
    database: Any, tables: Tables, load: Loader
) -> None:
    load(publicatie(ontvangen=NOW.date()))
    run(tables, 0.5)
    run(tables, 0.1, outcome="failed", problem="no answer")
    run(tables, 0.05, outcome="interrupted")
    run(tables, 0, outcome="running")
    assert codes(database) == ["run_failed"]


def test_a_run_in_the_future_proves_nothing(
    database: Any, tables: Tables, load: Loader
) -> None:
    """Of a clock that was wrong for a moment: without it, nothing ran for three days."""
    load(publicatie(ontvangen=NOW.date()))
    run(tables, 3)
    run(tables, -400)
    assert codes(database) == ["stale"]


def facts(database: Any) -> Facts:
    with watching(database.url(), NOW) as watch:
        return watch.facts(SOURCE)[1]


def fill(load: Loader) -> None:
    """Two publications of the weeks that are compared, and one of a year before."""
    today = NOW.date()
    load(publicatie(1, ontvangen=today - timedelta(days=20)))
    load(publicatie(2, ontvangen=today - timedelta(days=21)))
    load(publicatie(3, ontvangen=today - timedelta(days=20 + 364)))


def test_the_volume_is_compared_with_the_same_weeks(
    database: Any, tables: Tables, load: Loader
) -> None:
    run(tables, 40)
    fill(load)
    found = facts(database)
    assert (found.recent, found.earlier) == (2, (1, 0, 0))
    assert (found.forms_now, found.forms_before) == (2, 1)


def test_years_that_were_loaded_before_it_was_followed_raise_no_alarm(
    database: Any, tables: Tables, load: Loader
) -> None:
    # who backfills first and follows since last week has nothing of last month
    run(tables, 7)
    run(tables, 400, source=f"{SOURCE}/backfill")
    fill(load)
    assert facts(database).earlier == ()
