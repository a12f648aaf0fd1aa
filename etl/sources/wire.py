"""The sockets under the client: who is called, how long for, and when it is dropped.

httpx limits each read, not the response: a byte every 0.3 s never times out. Here
every read, also of the head and of the TLS handshake, is held to one deadline and
cut into short waits, so that a signal is noticed within a second. So are the
look-up of a name, which the system may take a minute for, and the connecting.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, wait
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, TypeVar

import httpcore

from etl.errors import SourceUnreachable, Stopped
from etl.sources.rate import is_loopback

T = TypeVar("T")

SLICE = 0.5
"""Seconds of the longest uninterrupted wait."""

GRACE = 5.0
"""Seconds that a response may still take after we were asked to stop."""

EXPECTED = (httpcore.NetworkError, httpcore.TimeoutException, OSError, ValueError)
"""What looking up, connecting and shaking hands may raise."""

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray]
AnySocketOption = SocketOption | tuple[int, int, None, int]


class Watch:
    """The deadline of the response under way, and whether to go on waiting for it."""

    def __init__(
        self, clock: Callable[[], float], stopping: Callable[[], bool]
    ) -> None:
        self._clock = clock
        self._stopping = stopping
        self._stopped_at: float | None = None
        self._deadline = float("inf")

    def start(self, seconds: float) -> None:
        """Give the next response so many seconds in all."""
        self._deadline = self._clock() + seconds

    def check(self) -> None:
        """Raises httpcore.ReadTimeout after the deadline, Stopped after the grace."""
        now = self._clock()
        if now >= self._deadline:
            raise httpcore.ReadTimeout("no complete answer before the deadline")
        if self._stopping():
            self._stopped_at = now if self._stopped_at is None else self._stopped_at
            if now >= self._stopped_at + GRACE:
                raise Stopped("asked to stop while waiting for an answer")

    def slice(self) -> float:
        """Seconds to wait at most before the next check."""
        return max(0.001, min(SLICE, self._deadline - self._clock()))

    def in_thread(self, work: Callable[[], T]) -> T:
        """The result of `work`, which by itself hears no signal and knows no deadline.

        It is left behind when it is waited for too long. Raises what `work` raises of
        EXPECTED, RuntimeError for all else, and what `check` raises.
        """
        found: Future[T] = Future()

        def run() -> None:
            try:
                found.set_result(work())
            except EXPECTED as error:
                found.set_exception(error)
            finally:
                if not found.done():  # a bug must not be waited for
                    found.set_exception(RuntimeError("a thread of the wire died"))

        threading.Thread(target=run, name="wire", daemon=True).start()
        while not wait([found], self.slice()).done:
            self.check()
        return found.result()


class Stream(httpcore.NetworkStream):
    """A connection whose reads obey the watch."""

    def __init__(self, inner: httpcore.NetworkStream, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Wait in slices. Raises httpcore.ReadTimeout, Stopped."""
        left = float("inf") if timeout is None else timeout
        while True:
            self._watch.check()
            patience = min(left, self._watch.slice())
            try:
                return self._inner.read(max_bytes, patience)
            except httpcore.ReadTimeout:
                left -= patience
                if left <= 0:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, unless the time is over."""
        self._watch.check()
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        """Drop the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted and still watched."""
        begin = partial(self._inner.start_tls, ssl_context, server_hostname, timeout)
        inner = self._watch.in_thread(begin)
        return Stream(inner, self._watch)

    def get_extra_info(self, info: str) -> Any:
        """Facts about the socket."""
        return self._inner.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Connects to the address that was checked, so that no name can be rebound."""

    def __init__(
        self, watch: Watch, resolve: Callable[[str, int], list[str]] | None = None
    ) -> None:
        self._inner = httpcore.SyncBackend()
        self._watch = watch
        self._resolve = resolve or look_up

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[AnySocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Try each allowed address in turn."""
        found = self._watch.in_thread(lambda: self._resolve(host, port))
        problem: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in allowed(host, found):
            try:
                connect = partial(
                    self._inner.connect_tcp,
                    address,
                    port,
                    timeout,
                    local_address,
                    socket_options,
                )
                inner = self._watch.in_thread(connect)
                return Stream(inner, self._watch)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem or httpcore.ConnectError(f"{host} has no address")


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises httpcore.ConnectError when it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} cannot be resolved: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def allowed(host: str, addresses: list[str]) -> list[str]:
    """The addresses, all of them public unless the host itself is written as one.

    Raises SourceUnreachable for a name that leads into a private network: that
    is how a stranger's name server would reach what only we can see.
    """
    if not _is_literal(host):
        for address in addresses:
            if not is_public(address):
                raise SourceUnreachable(
                    f"{host} leads to the private address {address}, which is refused;"
                    " if that is meant, put the address itself into the base URL"
                )
    return addresses


def is_public(address: str) -> bool:
    """Whether the address is one of the open internet, also inside IPv6 wrappings."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (ip, ip))[1]
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _is_literal(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return is_loopback(host)
    return True
