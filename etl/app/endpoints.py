"""`/metrics`, `/healthz` and `/readyz` of the daemon: bounded, and no secrets."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, ClassVar

from etl.app.freshness import judgements
from etl.app.jobs import now
from etl.console import log
from etl.errors import ConfigurationError, EtlError, StoreError
from etl.metrics import Life, Snapshot, rendered
from etl.scheduler import WAKE, Pulse
from etl.settings import Settings
from etl.store import reading
from etl.store.migrations import unmigrated

FRESH = 60.0
"""Seconds for which what the database told is good enough: it changes with a run."""

RETRY = 10.0
"""The same while something is wrong: who waits for it wants to know when it is over."""

WAIT = 4.0
"""Seconds that a page waits for the database: after that it counts as away, also when
it took the question and never answers."""

CONNECTIONS = 8
"""Most requests at once; who comes on top is turned away."""

PATIENCE = 10.0
"""Seconds that a client gets to say what it wants, and to take the answer."""

TEXT = "text/plain; version=0.0.4; charset=utf-8"
JSON = "application/json; charset=utf-8"

Answer = tuple[int, str, bytes]


@dataclass(slots=True)
class Monitor:
    """What the three pages say, for several threads.

    `url` is where the reader asks; None until the first tick has found its database.
    """

    settings: Settings
    pulse: Pulse
    longest_tick: float
    clock: Callable[[], float] = time.monotonic
    url: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _held: tuple[Snapshot, str | None] = (Snapshot(), "the database was not found yet")
    _until: float = float("-inf")
    _asking: threading.Event | None = None
    _asked_at: float = 0.0

    def metrics(self) -> Answer:
        """For Prometheus; without a database only what the process knows."""
        snapshot, _ = self._look()
        life = Life(woke_at=self.pulse.woke_at, busy_since=self.pulse.busy_since)
        return 200, TEXT, rendered(life, snapshot)

    def healthz(self) -> Answer:
        """Whether the daemon lives: if not, a restart may help."""
        busy = self.pulse.busy_since
        since = busy or self.pulse.woke_at
        limit = self.longest_tick if busy else 3 * WAKE
        if self.pulse.quiet() > limit:
            what = "tick goes on" if busy else "main loop has slept"
            return _answer(503, f"the {what} since {since:%Y-%m-%d %H:%M} UTC")
        return _answer(200, None)

    def readyz(self) -> Answer:
        """Whether it can work: the database answers and has this code's tables."""
        _, problem = self._look()
        return _answer(503 if problem else 200, problem)

    def _look(self) -> tuple[Snapshot, str | None]:
        """What the database tells, asked by one thread at a time, not too often."""
        with self._lock:
            if self._asking is None and self.clock() >= self._until:
                self._asking, self._asked_at = threading.Event(), self.clock()
                # of its own: a server that hangs would keep every page waiting
                threading.Thread(target=self._ask, name="asks", daemon=True).start()
            asking, held = self._asking, self._held
            left = self._asked_at + WAIT - self.clock()
        if asking is None:
            return held
        if asking.wait(max(left, 0.0)):
            return self._held
        return Snapshot(), "the database does not answer"

    def _ask(self) -> None:
        found: tuple[Snapshot, str | None] = (Snapshot(), "asking it failed")
        try:
            found = self._asked()
        finally:
            with self._lock:
                done, self._asking = self._asking, None
                fresh = FRESH if found[1] is None else RETRY
                self._held, self._until = found, self.clock() + fresh
            if done:
                done.set()

    def _asked(self) -> tuple[Snapshot, str | None]:
        if self.url is None:
            return self._held
        try:
            behind = unmigrated(self.url)
            if behind:
                return Snapshot(), f"the schema is behind: {behind[0]} is missing"
            judged = judgements(self.settings, self.url, now())
            return Snapshot(judged=judged, runs=reading.run_rows(self.url)), None
        except StoreError as error:
            return Snapshot(), str(error)
        except EtlError as error:
            return Snapshot(), f"cannot tell: {error}"


def _answer(status: int, problem: str | None) -> Answer:
    body = {"ok": status == 200, "problem": problem}
    return status, JSON, json.dumps(body).encode() + b"\n"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 16

    def __init__(self, address: tuple[str, int], handler: type[_Handler]) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, handler)
        self._free = threading.BoundedSemaphore(CONNECTIONS)

    def server_bind(self) -> None:
        """As the library, but without asking name servers, who may be away, for us."""
        TCPServer.server_bind(self)
        self.server_name = str(self.server_address[0])
        self.server_port = self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up, or takes too long, is no news; a bug is."""
        del request, client_address
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            log.logger().error("page_failed", exc_info=error)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # it is closed already
        connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    monitor: ClassVar[Monitor]
    server_version = "aanhangsel-etl"
    sys_version = ""

    def handle(self) -> None:
        """One request, in so many seconds in all: a limit on each read ends no drip."""
        alarm = threading.Timer(PATIENCE, _hang_up, [self.connection])
        alarm.daemon = True
        alarm.start()
        try:
            super().handle()
        finally:
            alarm.cancel()

    def do_GET(self) -> None:
        """One of three pages."""
        pages = {
            "/metrics": self.monitor.metrics,
            "/healthz": self.monitor.healthz,
            "/readyz": self.monitor.readyz,
        }
        page = pages.get(self.path.partition("?")[0])
        status, kind, body = page() if page else (404, JSON, b'{"ok": false}\n')
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name is the library's

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Who asks every ten seconds would fill the log."""


@contextmanager
def endpoints(monitor: Monitor) -> Iterator[int | None]:
    """Serve the pages as configured; hands out the port, None without one.

    Raises ConfigurationError when the address cannot be listened on.
    """
    settings = monitor.settings
    if settings.metrics_port is None:
        yield None
        return
    place = (settings.metrics_host, settings.metrics_port)
    try:
        server = _Server(place, type("Bound", (_Handler,), {"monitor": monitor}))
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigurationError(
            "ETL_METRICS_HOST, ETL_METRICS_PORT: cannot listen at"
            f" {place[0]}:{place[1]}: {reason}"
        ) from error
    thread = threading.Thread(target=server.serve_forever, name="pages", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
