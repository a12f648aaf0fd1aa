"""What every replica is: a server on loopback that logs and can be told to fail."""

from __future__ import annotations

import gzip
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import parse_qs, unquote, urlsplit

from etl.demo.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came in; header names are in lower case."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


class Loopback:
    """A server with a log of its requests and a list of faults to come.

    It answers as its `handler` says, inside a `with` block; `over` is set at its end.
    """

    def __init__(self, handler: type[Handler]) -> None:
        self.requests: list[Request] = []
        self.over = threading.Event()
        self._lock = threading.RLock()
        self._next_faults: deque[Fault | None] = deque()
        self._path_faults: list[tuple[str, Fault, int]] = []
        bound = type("Bound", (handler,), {"replica": self})
        self._server = _Server(("127.0.0.1", 0), bound)

    def __enter__(self) -> Self:
        threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        ).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Scheme, host and port, without a slash."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fault(self, *faults: Fault | None) -> None:
        """Answer the next requests so, one each; None is a request that goes well."""
        self._next_faults.extend(faults)

    def fault_at(self, path: str, fault: Fault, times: int = 1) -> None:
        """Answer requests whose path and query hold `path` so; -1 times is for ever."""
        self._path_faults.append((path, fault, times))

    def recover(self) -> None:
        """Answer everything well again."""
        self._next_faults.clear()
        self._path_faults.clear()

    @property
    def faults_left(self) -> int:
        """How many of the planned next requests did not come."""
        return len(self._next_faults)

    def asked(self, path: str) -> list[Request]:
        """The requests so far for paths that hold `path`."""
        return [request for request in self.requests if path in request.path]

    def planned(self, target: str) -> Fault | None:
        """The fault that this request meets, used up by asking."""
        with self._lock:
            if self._next_faults:
                return self._next_faults.popleft()
            for number, (path, fault, times) in enumerate(self._path_faults):
                if path in target and times:
                    self._path_faults[number] = (path, fault, times - 1)
                    return fault
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    """One connection of one client; `respond` is what a replica adds."""

    replica: ClassVar[Loopback]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        """Log the request, then play the planned fault or answer."""
        parts = urlsplit(self.path)
        values = parse_qs(parts.query, keep_blank_values=True)
        query = {name: held[0] for name, held in values.items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.replica.requests.append(
            Request(path=parts.path, query=query, headers=headers)
        )
        fault = self.replica.planned(unquote(self.path))
        if fault is not None:
            fault(self)
        else:
            self.respond(parts.path, query)

    def respond(self, path: str, query: Mapping[str, str]) -> None:
        """Answer a request that meets no fault."""
        raise NotImplementedError

    def send(
        self, code: int, body: bytes, kind: str | None, etag: str | None = None
    ) -> None:
        """One answer, in gzip where that is welcome."""
        self.send_response(code)
        if kind:
            self.send_header("Content-Type", kind)
        if etag:
            self.send_header("ETag", etag)
        if body and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        if code != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """The replica keeps its own log."""
