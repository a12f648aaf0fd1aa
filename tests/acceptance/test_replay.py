"""`etl replay`: the archive read again, without the network."""

from __future__ import annotations

import json
import signal
from typing import Any

import psycopg
import pytest
import zstandard
from dump import dump

from etl.store.reading import row_versions

SHIPPED = 11
NOWHERE = {
    "ETL_SRU_URL": "http://127.0.0.1:9/sru",
    "ETL_PUBLICATIONS_URL": "http://127.0.0.1:9",
}
NAME = "ah-tk-20232024-1076"


def versions(database: Any) -> set[Any]:
    return set(row_versions(database.url("aanhangsel_reader")))


def age(database: Any, *identifiers: str) -> None:
    """As if an older parser had read another onderwerp."""
    with psycopg.connect(database.url("etl_admin"), autocommit=True) as connection:
        for identifier in identifiers:
            ((packed,),) = connection.execute(
                "select content from etl.reading where identifier = %s", [identifier]
            ).fetchall()
            content = json.loads(zstandard.ZstdDecompressor().decompress(packed))
            content["publicatie"]["onderwerp"] = "oud"
            text = json.dumps(content).encode()
            connection.execute(
                "update etl.reading set content = %s, parser = '1'"
                " where identifier = %s",
                [zstandard.ZstdCompressor().compress(text), identifier],
            )
            connection.execute(
                "update aanhangsel.publicatie"
                " set onderwerp = 'oud', inhoud_sha256 = repeat('0', 64), parser = '1'"
                " where identifier = %s",
                [identifier],
            )


@pytest.mark.parametrize("workers", [1, 2])
def test_an_archive_that_is_read_the_same_is_left_alone(
    etl: Any, database: Any, workers: int
) -> None:
    etl("run", "--source", "officielebekendmakingen")
    before = versions(database)
    result = etl("replay", "--workers", workers, **NOWHERE)
    assert result.out == (
        "replay: complete: read 11, changed 0, unchanged 11, not understood 0\n"
    )
    assert versions(database) == before
    assert database.query("select source, outcome, unchanged from etl.run")[1:] == [
        ("replay", "complete", SHIPPED)
    ]
    assert "replay" not in etl("status", ETL_SOURCES="officielebekendmakingen").out


def test_what_an_older_parser_read_wrong_becomes_what_was_fetched(
    etl: Any, database: Any
) -> None:
    """Without the network, and byte-equal but for the history of the change."""
    etl("run", "--source", "officielebekendmakingen")
    fetched = dump(database, {"publicatie_versie"})
    query = "select identifier from aanhangsel.publicatie"
    age(database, *(name for (name,) in database.query(query)))
    assert dump(database, {"publicatie_versie"}) != fetched
    result = etl("replay", **NOWHERE)
    assert f"read {SHIPPED}, changed {SHIPPED}" in result.out
    assert dump(database, {"publicatie_versie"}) == fetched


@pytest.mark.parametrize("workers", [1, 2])
def test_it_says_what_changed(etl: Any, database: Any, workers: int) -> None:
    etl("run", "--source", "officielebekendmakingen")
    text = "select onderwerp from aanhangsel.publicatie where identifier = %s"
    onderwerp = database.query(text, NAME)
    age(database, NAME)
    result = etl("replay", "--vergaderjaar", "2023-2024", "--workers", workers)
    changed, line, kinds = result.out.splitlines()
    assert changed.startswith(f"{NAME}: onderwerp: «oud» -> «")
    assert line == (
        "replay: complete: read 9, changed 1, unchanged 8, not understood 0"
    )
    assert kinds.endswith("by value: onderwerp 1")
    assert database.query(text, NAME) == onderwerp
    assert database.query("select reden, beschrijving from aanhangsel.wijziging") == [
        ("herlezen", "onderwerp gewijzigd")
    ]
    assert "changed 0" in etl("replay").out


def test_a_document_that_cannot_be_read_any_more_is_exit_3(
    etl: Any, database: Any
) -> None:
    etl("run", "--source", "officielebekendmakingen")
    before = versions(database)
    database.query(
        "update aanhangsel.bron set body = 'geen publicatie', compressie = 'geen'"
        " where sha256 = (select sha256 from etl.reading where identifier = %s)",
        NAME,
    )
    touched = len(versions(database) - before)
    result = etl("replay", expect=3)
    first, line = result.out.splitlines()
    assert first.startswith(f"{NAME}: keeps its former reading: no_publication: ")
    assert line == (
        "replay: partial: read 11, changed 0, unchanged 10, not understood 1"
    )
    assert len(versions(database) - before) == touched == 1


def test_sigterm_ends_it_between_documents_and_again_it_completes(
    etl: Any, database: Any
) -> None:
    etl("run", "--source", "officielebekendmakingen")
    names = [name for (name,) in database.query("select identifier from etl.reading")]
    age(database, *names)
    process = etl.start("replay")
    for line in process.stderr:
        if b'"reread"' in line:
            process.send_signal(signal.SIGTERM)
            break
    out, err = process.communicate(timeout=50)
    assert process.returncode == 143, err
    left = "select count(*) from aanhangsel.publicatie where onderwerp = 'oud'"
    ((old,),) = database.query(left)
    assert 0 < old < SHIPPED
    assert f"replay: interrupted: read {SHIPPED - old}, ".encode() in out
    assert f"changed {old}, unchanged {SHIPPED - old}, " in etl("replay").out
    assert database.query(left) == [(0,)]


@pytest.mark.parametrize("year", ["2010", "2010-2012", "tien"])
def test_a_year_that_is_none_is_exit_2(etl: Any, year: str) -> None:
    (line,) = etl("replay", "--vergaderjaar", year, expect=2).said
    assert "write a vergaderjaar as 2010-2011" in line


def test_an_archive_that_is_empty_has_nothing_to_read(etl: Any) -> None:
    assert "read 0, changed 0" in etl("replay").out
