"""Somebody who wants to be told: takes JSON by POST on loopback, or refuses to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "t0ken-that-nobody-may-see"


class Hook:
    """What it was told is in `told`; with another `status` it takes nothing."""

    def __init__(self, address: str) -> None:
        self.url = f"{address}/hook/{TOKEN}"
        self.status = 204
        self.told: list[dict[str, Any]] = []
        self.refused = 0

    def codes(self) -> list[tuple[str, str]]:
        return [(one["state"], one["code"]) for one in self.told]


@contextmanager
def hook() -> Iterator[Hook]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if it.status == 204:
                assert self.headers["Content-Type"].startswith("application/json")
                it.told.append(json.loads(body))
            else:
                it.refused += 1
            self.send_response(it.status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    it = Hook(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield it
    finally:
        server.shutdown()
        server.server_close()
