"""A server on loopback that answers as one function says, and a client for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from etl.sources.client import Client, Rates

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
Answer = Callable[[str], tuple[int, bytes]]
"""From path and query to status and body."""


class Stub:
    """What was asked is in `asked`; `answer` may be replaced while it runs."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[str] = []
        self.answer: Answer = lambda target: (404, b"")


@contextmanager
def stub() -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            it.asked.append(self.path)
            status, body = it.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    it = Stub(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield it
    finally:
        server.shutdown()
        server.server_close()


def client_of(stub: Stub) -> Client:
    """A client that does not wait."""
    return Client(
        bases=[stub.url],
        rates=Rates(),
        user_agent="test",
        clock=lambda: 0.0,
        now=lambda: NOW,
        sleep=lambda seconds: None,
    )
