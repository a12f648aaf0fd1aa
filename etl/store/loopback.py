"""A door on 127.0.0.1 to the embedded server's private socket, for one guest role.

The server itself listens on no network and trusts whoever reaches its socket. So
that `etl sql --port` needs no restart under other users' feet, this process
relays bytes, but only for a session that asks to be the guest: the server then
demands the guest's password (SCRAM), and the guest can only read.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

from etl.errors import StoreUnreachable

GUEST = "aanhangsel_guest"

STARTUP = 3
"""Major version of the frontend/backend protocol in a startup packet."""

ENCRYPTION = {80877103, 80877104}
"""Requests for SSL and GSSAPI encryption; on loopback answered "no"."""

CANCEL = 80877102

MAX_PACKET = 10_000
"""PostgreSQL's own limit on a startup packet, in bytes."""

WAIT = 30.0
"""Seconds a client may take to say who it is."""


@dataclass(frozen=True, slots=True)
class Door:
    """An open door: where it is."""

    port: int

    def url(self, password: str | None = None) -> str:
        """How to come in; without the password unless it is given."""
        secret = f":{password}" if password else ""
        return f"postgresql://{GUEST}{secret}@127.0.0.1:{self.port}/aanhangsel"


@contextmanager
def open_door(port: int, target: Path) -> Iterator[Door]:
    """Relay from 127.0.0.1:`port` to the unix socket `target` until left."""

    class Visit(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                _visit(self.request, target)

    try:
        server = _Server(("127.0.0.1", port), Visit)
    except OSError as error:
        raise StoreUnreachable(
            f"cannot listen on 127.0.0.1:{port}: {error.strerror}; choose another port"
        ) from error
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
        thread.start()
        try:
            yield Door(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


def _visit(client: socket.socket, target: Path) -> None:
    client.settimeout(WAIT)
    packet = _packet(client)
    while packet is not None and _code(packet) in ENCRYPTION:
        client.sendall(b"N")
        packet = _packet(client)
    if packet is None:
        return
    if _code(packet) != CANCEL and user_of(packet) != GUEST:
        client.sendall(_refusal(f"only the user {GUEST} is admitted here"))
        return
    client.settimeout(None)
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(str(target))
        server.sendall(packet)
        back = threading.Thread(target=_pump, args=(server, client), daemon=True)
        back.start()
        _pump(client, server)
        back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    """Bytes from one to the other until either side ends."""
    with suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _packet(client: socket.socket) -> bytes | None:
    """One startup packet with its length word; None when it is not one."""
    head = _exactly(client, 4)
    if head is None:
        return None
    length = int(struct.unpack("!i", head)[0])
    if not 8 <= length <= MAX_PACKET:
        return None
    rest = _exactly(client, length - 4)
    return None if rest is None else head + rest


def _exactly(client: socket.socket, size: int) -> bytes | None:
    data = b""
    while len(data) < size:
        more = client.recv(size - len(data))
        if not more:
            return None
        data += more
    return data


def _code(packet: bytes) -> int:
    return int(struct.unpack("!i", packet[4:8])[0])


def user_of(packet: bytes) -> str | None:
    """The user a startup packet asks for; None when it is no startup packet.

    A packet that names the user twice is nobody's: server and door might differ.
    """
    if _code(packet) >> 16 != STARTUP:
        return None
    words = packet[8:].split(b"\0")
    names = [
        value
        for key, value in zip(words[::2], words[1::2], strict=False)
        if key == b"user"
    ]
    return names[0].decode(errors="replace") if len(names) == 1 else None


def _refusal(message: str) -> bytes:
    """An error response as the server would send it."""
    fields = {"S": "FATAL", "V": "FATAL", "C": "28000", "M": message}
    body = b"".join(f"{k}{v}".encode() + b"\0" for k, v in fields.items()) + b"\0"
    return b"E" + struct.pack("!i", len(body) + 4) + body
