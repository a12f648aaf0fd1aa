"""The daemon's pages answer whatever the database and the clients do."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from types import SimpleNamespace
from typing import Any

import pytest

from etl.app import endpoints as module
from etl.app.endpoints import CONNECTIONS, Monitor, endpoints
from etl.errors import ConfigurationError
from etl.metrics import Snapshot
from etl.scheduler import Pulse

BOUND = 30.0
"""Seconds of patience of a test; what it waits for takes a fraction of one."""

DAY = timedelta(days=1)


class Hanging(Monitor):
    """Its database took the question and never answers, until `freed`."""

    freed = threading.Event()
    asked = 0

    def _asked(self) -> tuple[Snapshot, str | None]:
        type(self).asked += 1
        assert self.freed.wait(BOUND)
        return Snapshot(judged=()), None


def monitor(kind: type[Monitor] = Monitor, host: str = "127.0.0.1") -> Any:
    settings: Any = SimpleNamespace(metrics_host=host, metrics_port=0)
    return kind(settings, Pulse(lambda: datetime.now(UTC)), 60.0)


def test_a_main_loop_that_hangs_is_told_whatever_the_time_of_day() -> None:
    """A clock set on by a day must get no daemon killed, one set back save none."""
    moment, passed = datetime(2026, 11, 24, tzinfo=UTC), 0.0
    pulse = Pulse(lambda: moment, lambda: passed)
    settings: Any = SimpleNamespace()
    it = Monitor(settings, pulse, 3600.0)
    moment, passed = moment + DAY, 179.0
    assert it.healthz()[0] == 200
    moment, passed = moment - 2 * DAY, 181.0
    assert it.healthz()[0] == 503
    with pulse.busy():
        moment, passed = moment + 2 * DAY, passed + 3599.0
        assert it.healthz()[0] == 200
        moment, passed = moment - 2 * DAY, passed + 2.0
        assert it.healthz()[0] == 503


@contextmanager
def served(it: Monitor) -> Iterator[int]:
    with endpoints(it) as port:
        assert port
        yield port


def page(port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=BOUND)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_database_that_hangs_is_asked_once_and_counts_as_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "WAIT", 0.05)
    Hanging.freed = threading.Event()
    Hanging.asked = 0
    it = monitor(Hanging)
    with served(it) as port:
        try:
            for _ in range(2 * CONNECTIONS):
                code, text = page(port, "/metrics")
                assert (code, b"aanhangsel_database_up 0.0" in text) == (200, True)
            assert page(port, "/readyz")[0] == 503
            assert page(port, "/healthz")[0] == 200
            assert Hanging.asked == 1
        finally:
            Hanging.freed.set()
        # the answer is used once it is there
        end = time.monotonic() + BOUND
        while page(port, "/readyz")[0] != 200:
            assert time.monotonic() < end


def test_clients_that_say_nothing_do_not_keep_others_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    with served(monitor()) as port:
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(12)]
        try:
            for each in silent:
                each.settimeout(BOUND)
                assert each.recv(1) == b""  # hung up on, at once or after its time
            assert page(port, "/healthz")[0] == 200
        finally:
            for each in silent:
                each.close()


def test_a_client_that_drips_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    with (
        served(monitor()) as port,
        socket.create_connection(("127.0.0.1", port)) as drip,
    ):
        drip.settimeout(0.02)
        end = time.monotonic() + BOUND
        while time.monotonic() < end:
            try:
                drip.sendall(b"G")
                if drip.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        else:
            pytest.fail("it could go on for ever")


def test_the_pages_are_there_while_no_name_server_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gethostbyaddr(name: str) -> None:
        raise AssertionError(f"asked for {name}, which may take a minute")

    monkeypatch.setattr(socket, "gethostbyaddr", gethostbyaddr)
    with served(monitor()) as port:
        assert page(port, "/healthz")[0] == 200


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 64 + ".example"])
def test_a_host_that_is_none_is_said_before_any_work(host: str) -> None:
    with (
        pytest.raises(ConfigurationError, match="cannot listen at"),
        endpoints(monitor(host=host)),
    ):
        pass


def test_an_address_of_ipv6_will_do() -> None:
    if not socket.has_ipv6:
        pytest.skip("NOT TESTED: this machine has no IPv6")
    try:
        with served(monitor(host="::1")) as port:
            assert port
    except ConfigurationError as error:
        # without the address on any interface it is refused in the same way
        assert "Cannot assign requested address" in str(error)  # noqa: PT017
