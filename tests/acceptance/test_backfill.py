"""`etl backfill`: whole session years, beside what `run` follows."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.store.reading import row_versions

KOOP, KAMER = "officielebekendmakingen", "tweedekamer"
YEAR = "2023-2024"
DATA = Path(__file__).resolve().parents[2] / "etl" / "demo" / "data"
NAMES = {path.name for path in DATA.glob("ah-tk-20232024-*")}


@pytest.fixture
def kamer(etl: Any) -> Iterator[Kamer]:
    """One zaak of the year with its answer, and one of the year before."""
    with Kamer() as running:
        for number, day in (("1076", "2023-11-20"), ("878", "2022-11-20")):
            zaak = running.zaak(f"{day[:4]}Z0{number}", "Een onderwerp", day)
            running.document(
                "Antwoord schriftelijke vragen",
                "Antwoord op vragen",
                day,
                [zaak],
                body=(DATA / f"ah-tk-20232024-{number}")
                .joinpath(f"ah-tk-20232024-{number}.pdf")
                .read_bytes(),
            )
        etl.variables |= {
            "ETL_SYNCFEED_URL": running.syncfeed_url,
            "ETL_ODATA_URL": running.odata_url,
            "ETL_SOURCES": f"{KOOP},{KAMER}",
        }
        yield running


def loaded(database: Any) -> set[str]:
    rows = database.query("select identifier from aanhangsel.publicatie")
    return {name for (name,) in rows}


def outcomes(database: Any) -> list[tuple[Any, ...]]:
    return list(database.query("select source, outcome, new from etl.run order by 1"))


def test_a_year_of_the_publisher_is_loaded_alone(
    etl: Any, database: Any, replica: Replica
) -> None:
    etl("run", "--source", KOOP, ETL_SINCE="2026-11-27")
    place = database.query("select position from etl.cursor where source = %s", KOOP)
    result = etl("backfill", "--source", KOOP, "--vergaderjaar", YEAR)
    estimate, done = result.out.splitlines()
    assert estimate == (
        f"{KOOP}: {YEAR}: 9 documents, 9 to fetch, without a pause between requests"
    )
    assert done.startswith(f"{KOOP}/backfill: complete: seen 9, new 9, ")
    assert loaded(database) == NAMES
    assert (
        database.query("select position from etl.cursor where source = %s", KOOP)
        == place
    )
    versheid = "select source, nieuwste_publicatie from aanhangsel.versheid"
    assert [source for source, _ in database.query(versheid)] == [KOOP]

    before = set(row_versions(database.url("aanhangsel_reader")))
    result = etl("backfill", "--source", KOOP, "--vergaderjaar", YEAR)
    assert result.out.splitlines()[0] == f"{KOOP}: {YEAR}: 9 documents, 0 to fetch"
    assert "new 0, changed 0, unchanged 9" in result.out
    assert set(row_versions(database.url("aanhangsel_reader"))) == before


def test_several_years_however_they_are_given(etl: Any, database: Any) -> None:
    years = ("2014-2015", "2020-2021", "2014-2015")
    result = etl("backfill", "--source", KOOP, "--vergaderjaar", *years)
    assert f"{KOOP}: 2014-2015, 2020-2021: 2 documents, 2 to fetch" in result.out
    assert loaded(database) == {"ah-tk-20142015-698", "ah-tk-20202021-3235"}
    result = etl("backfill", "--source", KOOP, "--vergaderjaar=2014/15", YEAR)
    assert f"{KOOP}: 2014-2015, {YEAR}: 10 documents, 9 to fetch" in result.out


def test_how_long_it_takes_at_the_polite_rate(etl: Any, replica: Replica) -> None:
    host = "127.0.0.1=100/60"
    result = etl(
        "backfill",
        *("--source", KOOP, "--vergaderjaar", YEAR, "--limit", 2),
        ETL_RATE=host,
    )
    assert "9 documents, 2 to fetch: less than a minute at the polite" in result.out


def test_before_the_first_run_it_leaves_no_place_to_go_on_from(
    etl: Any, database: Any
) -> None:
    etl("backfill", "--source", KOOP, "--vergaderjaar", "2014-2015")
    assert database.query("select * from etl.cursor") == []
    assert "seen 11, new 10" in etl("run", "--source", KOOP).out


def test_a_year_of_the_kamer_comes_by_odata(
    etl: Any, database: Any, kamer: Kamer
) -> None:
    result = etl("backfill", "--source", KAMER, "--vergaderjaar", YEAR)
    estimate, done = result.out.splitlines()
    assert estimate.startswith(
        f"{KAMER}: {YEAR}: about 1 documents, about 1 to fetch, without"
    )
    assert done.startswith(f"{KAMER}/backfill: complete: ")
    assert loaded(database) == {"ah-tk-20232024-1076"}
    assert database.query("select zaaknummer from aanhangsel.zaak") == [("2023Z01076",)]
    assert database.query("select * from etl.cursor") == []
    files = [one for one in kamer.requests if "/Resources/" in one.path]
    result = etl("backfill", "--source", KAMER, "--vergaderjaar", YEAR)
    assert "about 1 documents, about 0 to fetch" in result.out
    assert [one for one in kamer.requests if "/Resources/" in one.path] == files


def test_the_two_houses_make_one_publication(
    etl: Any, database: Any, kamer: Kamer
) -> None:
    etl("backfill", "--vergaderjaar", YEAR)
    assert loaded(database) == NAMES
    assert database.query(
        "select source from etl.reading join aanhangsel.publicatie"
        " using (publicatie_id) where publicatie.identifier = %s order by source",
        "ah-tk-20232024-1076",
    ) == [(KOOP,), (KAMER,)]


def test_a_source_that_is_away_does_not_keep_the_other(
    etl: Any, database: Any, kamer: Kamer
) -> None:
    result = etl(
        "backfill",
        *("--vergaderjaar", YEAR),
        expect=4,
        ETL_ODATA_URL="http://127.0.0.1:9/OData/v5",
    )
    assert loaded(database) == NAMES
    assert f"{KAMER}: {YEAR}: no estimate: " in result.out
    (line,) = result.said
    assert line.startswith(f"etl: {KAMER}/backfill: ")
    assert outcomes(database) == [
        (f"{KOOP}/backfill", "complete", 9),
        (f"{KAMER}/backfill", "failed", 0),
    ]


@pytest.mark.parametrize("request_number", [2, 6, 12])
def test_killed_at_any_request_it_goes_on(
    request_number: int, etl: Any, database: Any, replica: Replica
) -> None:
    process: list[Any] = []

    def kill(handler: BaseHTTPRequestHandler) -> None:
        process[0].kill()
        handler.close_connection = True

    replica.fault(*[None] * (request_number - 1), kill)
    command = ("backfill", "--source", KOOP, "--vergaderjaar", YEAR)
    process.append(etl.start(*command))
    process[0].communicate(timeout=50)
    assert process[0].returncode == -signal.SIGKILL, "it ended before the kill"
    held = len(loaded(database))
    assert held < len(NAMES)
    assert f"9 documents, {9 - held} to fetch" in etl(*command).out
    assert loaded(database) == NAMES
    ends = [row[1] for row in outcomes(database)]
    # killed while it listed, it had not begun
    assert ends in (["complete"], ["interrupted", "complete"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "which session year?"),
        (("--vergaderjaar", "2010"), "write a vergaderjaar as 2010-2011"),
        (("--vergaderjaar", YEAR, "--source", "map"), "a directory has no session"),
    ],
)
def test_what_makes_no_sense_is_exit_2(
    etl: Any, arguments: tuple[str, ...], says: str
) -> None:
    assert says in " ".join(etl("backfill", *arguments, expect=2).said)
