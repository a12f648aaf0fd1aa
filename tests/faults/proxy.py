"""A faulty road to PostgreSQL: a TCP proxy that cuts, delays, swallows and lies.

It listens on loopback and leads to the server's own socket. What it did is counted in
`done`, so that a test can tell that its fault was reached.
"""

from __future__ import annotations

import ctypes
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

COMMITTED = b"C\x00\x00\x00\x0bCOMMIT\x00"
"""CommandComplete of a COMMIT, as the protocol sends it."""

PIECE = 65_536

SO_ATTACH_FILTER, SO_DETACH_FILTER = 26, 27
NOTHING = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
"""A packet filter (BPF) of one instruction: let nothing pass. Linux only."""


class Proxy:
    """Faults are set at any time and hold for what passes from then on.

    `lose_commits` answers of COMMIT never reach the client, which loses its connection
    instead; the server has committed. After `cut_after` more bytes to the server, all
    connections together, each is dropped that sends another. `delay` is seconds before
    each piece of an answer, `slow` the most bytes of one. While `closed`, nobody is let
    in.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.lose_commits = 0
        self.cut_after: int | None = None
        self.delay = 0.0
        self.slow = PIECE
        self.closed = False
        self.done: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}?sslmode=disable"

    def cut(self) -> None:
        """Drop every connection now."""
        self.done["cut"] += 1
        for end in list(self._open):
            self._drop(end)

    def vanish(self) -> None:
        """Be as a host without power: packets get no answer, not even from the kernel."""
        rule = struct.pack("HL", 1, ctypes.addressof(NOTHING))
        for end in (self._listener, *self._open):
            if end.family is socket.AF_INET:
                end.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, rule)
                self.done["vanished"] += 1

    def appear(self) -> None:
        """Let new connections in again; those of before are lost."""
        with suppress(FileNotFoundError):
            self._listener.setsockopt(socket.SOL_SOCKET, SO_DETACH_FILTER, 0)

    def close(self) -> None:
        self._drop(self._listener)
        for end in list(self._open):
            self._drop(end)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self.closed:
                    self.done["refused"] += 1
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(str(self.target))
                except OSError:
                    # it crashed, and may come back
                    self.done["server away"] += 1
                    client.close()
                    server.close()
                    continue
                self._open |= {client, server}
                for way in (self._to_server, self._to_client):
                    threading.Thread(
                        target=self._carry, args=(way, client, server), daemon=True
                    ).start()

    def _carry(
        self,
        way: Callable[[socket.socket, socket.socket], None],
        client: socket.socket,
        server: socket.socket,
    ) -> None:
        with suppress(OSError):
            way(client, server)
        for end in (client, server):
            self._drop(end)

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        while piece := client.recv(PIECE):
            with self._lock:
                left = self.cut_after
                if left is not None:
                    self.cut_after = max(0, left - len(piece))
            if left is not None and len(piece) > left:
                server.sendall(piece[:left])
                self.done["cut after"] += 1
                return
            server.sendall(piece)

    def _to_client(self, client: socket.socket, server: socket.socket) -> None:
        while piece := server.recv(self.slow):
            with self._lock:
                if self.lose_commits and COMMITTED in piece:
                    self.lose_commits -= 1
                    self.done["commit lost"] += 1
                    return
            if self.delay:
                self.done["delayed"] += 1
                time.sleep(self.delay)
            client.sendall(piece)

    def _drop(self, end: socket.socket) -> None:
        self._open.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def proxy(target: Path) -> Iterator[Proxy]:
    it = Proxy(target)
    try:
        yield it
    finally:
        it.close()
