"""No test writes outside of the checkout and temporary folders, or calls anybody outside.

An audit hook of the interpreter sees each `open` and `connect` of this process, whoever
makes it; a fixture for every test fails the one in which something forbidden was seen.
libpq's own connections are not seen: they are those of the test server.
"""

from __future__ import annotations

import os
import sys
import tempfile
from ipaddress import ip_address
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WRITABLE = tuple(
    os.path.realpath(folder)
    for folder in (
        ROOT,
        tempfile.gettempdir(),
        "/tmp",
        "/var/tmp",
        "/dev",
        "/proc/self",
    )
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

seen: list[str] = []


def install() -> None:
    """Watch from now on; there is no way back, so once a process."""
    sys.addaudithook(_hook)


def taken() -> list[str]:
    """What was seen since the last time."""
    found = list(seen)
    seen.clear()
    return found


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if event == "open":
        path, mode, flags = given
        if isinstance(path, str | bytes | os.PathLike) and _writes(mode, flags):
            place = os.path.realpath(os.fsdecode(path))
            if not any(Path(place).is_relative_to(folder) for folder in WRITABLE):
                seen.append(f"opened {place} to write")
    elif event == "socket.connect":
        address = given[1]
        if isinstance(address, tuple) and not _is_here(str(address[0])):
            seen.append(f"connected to {address}")


def _writes(mode: str | None, flags: int | None) -> bool:
    return bool(set(mode or "") & set("wax+")) or bool((flags or 0) & WRITING)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"
