"""`etl run` finds what no news told of, with the real source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from etl.demo.replica import Replica
from etl.demo.shipped import shipped
from etl.model.identity import Key, vergaderjaar_on

KOOP = "officielebekendmakingen"
TODAY = datetime.now(UTC).date()
FILES = next(one for one in shipped() if one.identifier == "ah-tk-20202021-3235").files


def name(number: int) -> str:
    return Key("tk", vergaderjaar_on(TODAY), number).identifier


def test_the_weekly_look_and_the_missing_numbers(
    etl: Any, database: Any, replica: Replica
) -> None:
    day, before = TODAY.isoformat(), (TODAY - timedelta(days=10)).isoformat()
    for number in (1, 2, 4):
        replica.publish(name(number), {"xml": FILES["xml"]}, day)
    etl("run", "--source", KOOP)
    # back-dated by its publisher, so that it is no news
    replica.publish(name(5), {"xml": FILES["xml"]}, before)
    result = etl("run", "--source", KOOP)
    assert "new 0, changed 0" in result.out
    assert database.query("select aanhangselnummer, attempts, reason from etl.gap") == [
        (3, 1, "bij de bron niet gevonden")
    ]
    # a week later it is also there under the number that was missing
    database.query(
        "update etl.cursor set position = %s where source like '%%/reconcile'", before
    )
    database.query("update etl.gap set next_try_at = now()")
    replica.publish(
        name(3), {"xml": FILES["xml"]}, before, {"w.publicatienaam": "Iets anders"}
    )
    result = etl("run", "--source", KOOP)
    assert "new 2, changed 0" in result.out
    numbers = "select aanhangselnummer from aanhangsel.publicatie where vergaderjaar = %s order by 1"
    assert database.query(numbers, vergaderjaar_on(TODAY)) == [
        (n,) for n in (1, 2, 3, 4, 5)
    ]
    assert (
        database.query(
            "select * from aanhangsel.hiaat where vergaderjaar = %s",
            vergaderjaar_on(TODAY),
        )
        == []
    )
    before_ = database.query("select source, position from etl.cursor order by 1")
    etl("run", "--source", KOOP)
    assert (
        database.query("select source, position from etl.cursor order by 1") == before_
    )
