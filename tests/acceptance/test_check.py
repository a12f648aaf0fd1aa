"""`etl check`: what should not be in the tables."""

from __future__ import annotations

import json
from typing import Any

from etl.store.checks import names

ORPHAN = (
    "insert into aanhangsel.bron (sha256, body, compressie, lengte, ontvangen_op)"
    " values (repeat('a', 64), '', 'geen', 0, now())"
)


def test_an_empty_database_passes_every_check(etl: Any) -> None:
    assert etl("check").out == f"all {len(names())} checks pass\n"
    assert json.loads(etl("check", "--json").out) == {
        "ok": True,
        "checks": len(names()),
        "findings": [],
    }


def test_a_warning_is_shown_and_is_no_failure(etl: Any, database: Any) -> None:
    etl("run")
    database.query("update aanhangsel.publicatie set dekking = 0.9 where true")
    database.query(
        "insert into aanhangsel.signaal"
        " select publicatie_id, count(signaal.code) + 1, 'dekking_laag', 'laag: 90.0%'"
        " from aanhangsel.publicatie left join aanhangsel.signaal using (publicatie_id)"
        " group by publicatie_id"
    )
    shown = etl("check").out
    assert "warning: dekking_low: a document of whose letters" in shown
    assert "0.9" in shown
    assert "checks pass" in shown.splitlines()[-1]
    assert json.loads(etl("check", "--json").out)["ok"] is True


def test_oddities_are_counted_by_code_with_examples(etl: Any, database: Any) -> None:
    etl("run")
    database.query(
        "insert into aanhangsel.signaal"
        " select publicatie_id, count(signaal.code) + 1, 'blok_leeg',"
        "   'een blok zonder tekst: Vraag 1'"
        " from aanhangsel.publicatie left join aanhangsel.signaal using (publicatie_id)"
        " group by publicatie_id"
    )
    told = json.loads(etl("check", "--json").out)
    (overview,) = [
        row
        for finding in told["findings"]
        if finding["name"] == "signaal_by_code"
        for row in finding["rows"]
        if row["code"] == "blok_leeg"
    ]
    assert overview["uitleg"] == "een blok zonder tekst"
    assert overview["publicaties"] == 11
    assert len(overview["voorbeelden"]) == 3


def test_an_error_is_7_and_is_shown_first(etl: Any, database: Any) -> None:
    etl("run")
    database.query("update aanhangsel.publicatie set dekking = 0.9 where true")
    database.query(ORPHAN)
    shown = etl("check", expect=7).out
    assert shown.startswith(
        "error: bron_without_publicatie_or_problem: an archived body that belongs to no"
        " publication and no problem (1 found)\n"
    )
    assert "a" * 64 in shown
    told = json.loads(etl("check", "--json", expect=7).out)
    assert told["ok"] is False
    (error,) = [each for each in told["findings"] if each["severity"] == "error"]
    assert error["rows"][0]["sha256"] == "a" * 64
    assert error["more"] is False


def test_of_many_rows_the_first_hundred_are_shown(etl: Any, database: Any) -> None:
    database.query(
        "insert into aanhangsel.bron (sha256, body, compressie, lengte, ontvangen_op)"
        " select lpad(n::text, 64, '0'), '', 'geen', 0, now()"
        " from generate_series(1, 101) as n"
    )
    (found,) = json.loads(etl("check", "--json", expect=7).out)["findings"]
    assert len(found["rows"]) == 100
    assert found["more"] is True
    assert "(over 100 found)" in etl("check", expect=7).out


def test_a_schema_that_is_behind_cannot_be_checked(
    bare: Any, empty_database: Any
) -> None:
    address = empty_database.url("aanhangsel_owner")
    (line,) = bare("check", expect=5, DATABASE_URL=address).said
    assert "run `etl migrate`" in line
