"""A host that is gone without a word: nobody closes the connection.

The proxy drops packets before its kernel sees them, so nothing is acknowledged.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hand import Clock, Loader, publicatie

from etl.errors import StoreUnreachable
from etl.store import open_store
from etl.store.embedded import ADMIN

if TYPE_CHECKING:
    from faults.proxy import Proxy

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="packets are dropped by BPF"
)


def test_a_host_that_takes_no_packets_is_given_up(
    road: Proxy, clock: Clock, database: Any
) -> None:
    """What was sent is never acknowledged: `tcp_user_timeout`, here of a second."""
    url = road.url("aanhangsel_writer", database.name) + "&tcp_user_timeout=1000"
    back: list[float] = []

    def sleep(seconds: float) -> None:
        back.append(seconds)
        road.appear()

    with open_store(url, now=clock, parser="p", sleep=sleep) as store:
        load = Loader(store, clock)
        road.vanish()
        began = time.monotonic()
        load(publicatie())
        assert time.monotonic() - began < 30
    assert road.done["vanished"] >= 2
    assert len(back) >= 1
    found = database.query("select count(*) from aanhangsel.publicatie")
    assert found == [(1,)]


def test_a_host_that_vanishes_during_a_query_is_given_up(
    road: Proxy, clock: Clock, database: Any
) -> None:
    """Nothing is on its way, so only keepalives can tell; here of a second."""
    url = road.url("aanhangsel_writer", database.name)
    url += "&keepalives_idle=1&keepalives_interval=1&keepalives_count=1"
    url += "&tcp_user_timeout=1000"
    asleep = "select 1 from pg_stat_activity where query = 'select pg_sleep(60)'"
    tries: list[str] = []

    def work(unit: Any) -> str:
        tries.append("try")
        if len(tries) == 1:
            unit.connection.execute("select pg_sleep(60)").fetchone()
        return "done"

    def vanish() -> None:
        with psycopg.connect(database.url(ADMIN), autocommit=True) as admin:
            while not admin.execute(asleep).fetchone():
                pass
        road.vanish()

    with open_store(url, now=clock, parser="p", sleep=lambda _: road.appear()) as store:
        threading.Thread(target=vanish).start()
        began = time.monotonic()
        assert store.transact(1, work) == "done"
        assert time.monotonic() - began < 30
    assert road.done["vanished"] >= 2
    assert len(tries) == 2


def test_a_host_that_answers_no_call_is_given_up(road: Proxy, clock: Clock) -> None:
    """By `connect_timeout`, whose least is two seconds."""
    road.vanish()
    url = road.url("aanhangsel_writer", "any") + "&connect_timeout=2"
    began = time.monotonic()
    with pytest.raises(StoreUnreachable), open_store(url, now=clock, parser="p"):
        pass
    assert time.monotonic() - began < 30
