"""Whose sockets are opened."""

from __future__ import annotations

import ssl
import threading

import httpcore
import pytest

from etl.errors import SourceUnreachable, Stopped
from etl.sources.wire import Backend, Stream, Watch, allowed, is_public

PRIVATE = """
127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0
255.255.255.255 224.0.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1
::ffff:127.0.0.1 ::ffff:10.0.0.1 2002:7f00:1::1 2002:a00:1::1 240.0.0.1 192.0.2.1
2001:db8::1 2001:0:5ef5:79fd:0:0:80ff:fffe""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_into_a_private_network_is_refused(address: str) -> None:
    with pytest.raises(SourceUnreachable, match="private address"):
        allowed("zoek.officielebekendmakingen.nl", ["147.181.98.250", address])


@pytest.mark.parametrize("address", ["147.181.98.250", "2a04:9a02:1800::1"])
def test_public_addresses_are_called(address: str) -> None:
    assert is_public(address)
    assert allowed("zoek.officielebekendmakingen.nl", [address]) == [address]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "::1", "10.0.0.8", "localhost"])
def test_an_address_that_is_configured_literally_is_called(host: str) -> None:
    assert allowed(host, ["10.0.0.8"]) == ["10.0.0.8"]


def test_nothing_is_connected_to_before_the_address_was_checked() -> None:
    backend = Backend(
        Watch(lambda: 0.0, lambda: False), lambda host, port: ["10.0.0.1"]
    )
    with pytest.raises(SourceUnreachable):
        backend.connect_tcp("a.nl", 80, 0.1)


def test_a_host_without_address_is_a_connection_that_fails() -> None:
    backend = Backend(Watch(lambda: 0.0, lambda: False), lambda host, port: [])
    with pytest.raises(httpcore.ConnectError, match="no address"):
        backend.connect_tcp("a.nl", 80, 0.1)


def test_a_name_server_that_says_nothing_is_waited_for_until_the_deadline() -> None:
    over = threading.Event()
    times = iter([0.0, 2.99, 2.99])

    def silent(_host: str, _port: int) -> list[str]:
        over.wait(60)
        return []

    watch = Watch(lambda: next(times, 3.0), lambda: False)
    watch.start(3.0)
    with pytest.raises(httpcore.ReadTimeout, match="deadline"):
        Backend(watch, silent).connect_tcp("a.nl", 80, 0.1)
    over.set()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_a_look_up_is_not_waited_for() -> None:
    def bug(_host: str, _port: int) -> list[str]:
        raise ZeroDivisionError

    with pytest.raises(RuntimeError, match="died"):
        Backend(Watch(lambda: 0.0, lambda: False), bug).connect_tcp("a.nl", 80, 0.1)
    for thread in threading.enumerate():
        if thread.name == "wire":
            thread.join(10)  # it tells of the bug at its very end


class Silence(httpcore.NetworkStream):
    """Never answers; counts how long it was waited for."""

    def __init__(self) -> None:
        self.waited = 0.0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        assert timeout is not None
        self.waited += timeout
        raise httpcore.ReadTimeout


class Mute(httpcore.NetworkStream):
    """Takes the connection, and says nothing when a handshake begins."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def start_tls(self, *_how: object) -> httpcore.NetworkStream:
        self.over.wait(60)
        raise httpcore.ConnectTimeout


def test_a_signal_ends_a_handshake_after_a_few_seconds_of_grace() -> None:
    mute, times = Mute(), iter([0.0, 29.99, 0.0, 29.99])
    watch = Watch(lambda: next(times, 5.0), lambda: True)
    watch.start(30.0)
    with pytest.raises(Stopped):
        Stream(mute, watch).start_tls(ssl.create_default_context())
    mute.over.set()


def test_a_silent_server_is_waited_for_no_longer_than_the_read_timeout() -> None:
    silence = Silence()
    stream = Stream(silence, Watch(lambda: 0.0, lambda: False))
    with pytest.raises(httpcore.ReadTimeout):
        stream.read(10, 20.0)
    assert silence.waited == 20.0


def test_a_silent_server_is_dropped_at_the_deadline() -> None:
    silence = Silence()
    watch = Watch(lambda: silence.waited, lambda: False)
    watch.start(3.0)
    with pytest.raises(httpcore.ReadTimeout, match="deadline"):
        Stream(silence, watch).read(10, 20.0)
    assert 3.0 <= silence.waited <= 3.01


def test_a_signal_ends_the_wait_after_a_few_seconds_of_grace() -> None:
    silence = Silence()
    watch = Watch(lambda: silence.waited, lambda: silence.waited >= 10)
    with pytest.raises(Stopped):
        Stream(silence, watch).read(10, 150.0)
    assert 15.0 <= silence.waited <= 15.5
