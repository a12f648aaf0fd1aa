"""How often a host may be asked."""

from __future__ import annotations

import pytest

from etl.errors import ConfigurationError
from etl.sources.rate import Pace, Rates, is_loopback

DEFAULT = "zoek.officielebekendmakingen.nl=10/30,*=1/1"


@pytest.mark.parametrize(
    ("text", "host", "seconds"),
    [
        (DEFAULT, "zoek.officielebekendmakingen.nl", 3.0),
        (DEFAULT, "ZOEK.officielebekendmakingen.nl", 3.0),
        (DEFAULT, "repository.overheid.nl", 1.0),
        (DEFAULT, "127.0.0.1", 0.0),
        (DEFAULT, "localhost", 0.0),
        (DEFAULT, "::1", 0.0),
        ("4", "repository.overheid.nl", 0.25),
        ("0.5", "repository.overheid.nl", 2.0),
        ("4", "127.0.0.1", 0.0),
        ("127.0.0.1=1/2", "127.0.0.1", 2.0),
        ("[::1]=1/2", "::1", 2.0),
        (" a.nl = 2 / 8 , * = 1 ", "a.nl", 4.0),
        ("", "a.nl", 0.0),
    ],
)
def test_a_rate_is_read_for_its_host(text: str, host: str, seconds: float) -> None:
    assert Rates.parse(text).interval(host) == seconds


@pytest.mark.parametrize(
    "text", ["often", "a.nl=", "a.nl=x/y", "a.nl=1/0", "*=0/1", "0", "-1", "a=1/2/3"]
)
def test_a_rate_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(ConfigurationError, match="ETL_RATE") as raised:
        Rates.parse(f"*=1/1,{text}")
    assert repr(text) in str(raised.value)


def test_no_window_ever_holds_more_requests_than_its_rate() -> None:
    pace = Pace(Rates.parse("a.nl=10/30"), lambda: 100.0)
    turns = [pace.book("a.nl") for _ in range(25)]
    assert turns[:3] == [0.0, 3.0, 6.0]
    for first in turns:
        assert sum(first <= turn < first + 30 for turn in turns) <= 10


def test_an_idle_host_saves_up_no_burst() -> None:
    now = [0.0]
    pace = Pace(Rates.parse("*=1/1"), lambda: now[0])
    assert pace.book("a.nl") == 0.0
    now[0] = 1000.0
    assert [pace.book("a.nl"), pace.book("a.nl")] == [0.0, 1.0]


def test_hosts_do_not_wait_for_each_other() -> None:
    pace = Pace(Rates.parse("*=1/10"), lambda: 0.0)
    assert [pace.book("a.nl"), pace.book("b.nl")] == [0.0, 0.0]


@pytest.mark.parametrize("host", ["localhost", "x.localhost", "127.8.9.1", "::1"])
def test_loopback_is_known_however_it_is_written(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["a.nl", "localhost.a.nl", "10.0.0.1", "0.0.0.0"])
def test_other_hosts_are_no_loopback(host: str) -> None:
    assert not is_loopback(host)
