"""Bad weather on the way to a replica: faults at random, as much as is asked for."""

from __future__ import annotations

import gzip
import random
from collections import Counter
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from etl.demo.faults import (
    ERROR_PAGE,
    Fault,
    answer,
    drip,
    gzipped,
    page,
    raw,
    redirect,
    reset,
    status,
    truncated,
    truncated_gzip,
)

BOMB = gzip.compress(bytes(80_000_000), 9)
"""Beyond what the client inflates, made once."""

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n"


def kinds(over: Any) -> Mapping[str, Fault]:
    """All that may happen to a request, by name; `over` ends what is slow."""
    codes = (400, 401, 403, 404, 408, 410, 425, 500, 502, 503, 504, 522, 524)
    return {
        **{f"status {code}": status(code) for code in codes},
        "too many": status(429, {"Retry-After": "1"}),
        "too many, garbage": status(429, {"Retry-After": "soon"}),
        "error page": page(),
        "empty": page(b""),
        "half a document": page(b"<?xml version='1.0'?><officiele-publicatie><k"),
        "json": page(b'{"fout": true}', "application/json"),
        "elsewhere": redirect("http://127.0.0.1:9/"),
        "file": redirect("file:///etc/passwd"),
        "garbage": raw(b"\x00\xff no http at all\r\n\r\n"),
        "silence": raw(b""),
        "short": truncated(ERROR_PAGE, 5_000),
        "short gzip": truncated_gzip(ERROR_PAGE * 40),
        "no gzip": gzipped(b"this is no gzip"),
        "bomb": gzipped(BOMB),
        "reset": reset(),
        "slow, then short": drip((HEAD, *([b"x"] * 20)), over.wait, 0.1),
        "not modified": answer(304, b"", {}),
        "part": answer(206, b"<a/>", {"Content-Range": "bytes 0-3/4000"}),
        "encoded": answer(200, b"??", {"Content-Encoding": "br"}),
    }


class Weather:
    """Stands before replicas; `share` of all requests go wrong."""

    def __init__(self, chance: random.Random, *replicas: Any) -> None:
        self.share = 0.0
        self.hits: Counter[str] = Counter()
        self._chance = chance
        self._kinds = list(kinds(replicas[0].over).items())
        for replica in replicas:
            replica.fault_at("/", self, times=-1)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        """Play a fault, or let the replica answer."""
        if self._chance.random() < self.share:
            name, fault = self._chance.choice(self._kinds)
            self.hits[name] += 1
            fault(handler)
            return
        parts = urlsplit(handler.path)
        values = parse_qs(parts.query, keep_blank_values=True)
        query = {name: held[0] for name, held in values.items()}
        handler.respond(parts.path, query)  # type: ignore[attr-defined]
