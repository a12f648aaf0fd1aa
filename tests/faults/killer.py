"""Ends a process a moment after its n-th request to a replica."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Killer:
    """Stands before replicas, which answer as ever."""

    def __init__(self, *replicas: Any) -> None:
        self.asked = 0
        """Requests since the last aim."""
        self._at = 0
        self._deed: Callable[[], object] | None = None
        self._delay = 0.0
        for replica in replicas:
            replica.fault_at("/", self, times=-1)

    def aim(self, victim: subprocess.Popen[bytes], requests: int, delay: float) -> None:
        """Kill it so many seconds after so many requests from now."""
        self.plan(victim.kill, requests, delay)

    def plan(self, deed: Callable[[], object], requests: int, delay: float) -> None:
        """The same for any deed."""
        self.asked, self._at = 0, requests
        self._deed, self._delay = deed, delay

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        """Count the request, then let the replica answer it."""
        self.asked += 1
        if self.asked == self._at and self._deed:
            threading.Timer(self._delay, self._deed).start()
        parts = urlsplit(handler.path)
        values = parse_qs(parts.query, keep_blank_values=True)
        query = {name: held[0] for name, held in values.items()}
        handler.respond(parts.path, query)  # type: ignore[attr-defined]
