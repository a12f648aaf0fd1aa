"""Ways in which a server misbehaves, for the replica to play."""

from __future__ import annotations

import gzip
import socket
import struct
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler

Fault = Callable[[BaseHTTPRequestHandler], None]
"""Answers one request in place of the replica."""

ERROR_PAGE = b"""<!DOCTYPE html>
<html lang="nl"><head><title>Er is een fout opgetreden</title></head>
<body><h1>Er is een fout opgetreden</h1></body></html>"""


def status(code: int, headers: Mapping[str, str] | None = None) -> Fault:
    """An error status with an HTML body."""
    return answer(code, ERROR_PAGE, {"Content-Type": "text/html", **(headers or {})})


def page(body: bytes = ERROR_PAGE, media_type: str = "text/html") -> Fault:
    """Status 200 and something else than what was asked for."""
    return answer(200, body, {"Content-Type": media_type})


def redirect(location: str, code: int = 302) -> Fault:
    """Go and ask elsewhere."""
    return answer(code, b"", {"Location": location})


def answer(code: int, body: bytes, headers: Mapping[str, str]) -> Fault:
    """Any well-formed answer."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return play


def raw(data: bytes) -> Fault:
    """These bytes for an answer, then the connection is closed."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)
        handler.close_connection = True

    return play


def truncated(body: bytes, declared: int) -> Fault:
    """A body that ends before its Content-Length."""
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {declared}\r\n\r\n".encode()
    return raw(head + body)


def truncated_gzip(body: bytes, lacking: int = 20) -> Fault:
    """A gzip stream without its end, under a Content-Length that fits it."""
    return gzipped(gzip.compress(body)[:-lacking])


def gzipped(data: bytes) -> Fault:
    """Bytes that claim to be gzip."""
    return answer(200, data, {"Content-Encoding": "gzip"})


def bomb(size: int) -> Fault:
    """A gzip stream that inflates to so many zero bytes."""
    return gzipped(gzip.compress(bytes(size), 9))


def reset() -> Fault:
    """The connection is torn down in the middle of the body."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        handler.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()
        handler.close_connection = True

    return play


def drip(
    pieces: Iterable[bytes], wait: Callable[[float], object], seconds: float = 0.02
) -> Fault:
    """Piece by piece; `wait` returns at once when the test is over."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            if wait(seconds):
                return

    return play
