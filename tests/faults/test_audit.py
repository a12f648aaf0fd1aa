"""The watch over the tests itself: it sees what is forbidden, and nothing else."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("deed", "seen"),
    [
        ("open('/etc/etl-was-here', 'w')", "opened /etc/etl-was-here to write"),
        ("os.open('/usr/etl', os.O_RDWR | os.O_CREAT)", "opened /usr/etl to write"),
        ("open('/tmp-etl', 'w')", "opened /tmp-etl to write"),
        (
            "socket.create_connection(('192.0.2.1', 9), 0.01)",
            "connected to ('192.0.2.1'",
        ),
        ("open('/etc/passwd').read()", ""),
        ("open('/tmp/../tmp/etl-x', 'a').close()", ""),
        ("socket.create_connection(('127.0.0.1', 9), 0.01)", ""),
    ],
)
def test_what_is_forbidden_is_seen(deed: str, seen: str, tmp_path: Path) -> None:
    # a folder of no right at all, so that nothing happens even as root
    program = f"""
import os, socket, sys
sys.path.insert(0, {str(TESTS)!r})
import audit
audit.install()
def refuse(event, given):
    if audit.seen:
        raise PermissionError
sys.addaudithook(refuse)
try:
    {deed}
except OSError:
    pass
print(audit.taken())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert (seen in done.stdout) if seen else (done.stdout == "[]\n"), done.stdout


def test_a_connection_to_this_machine_is_none_of_its_business() -> None:
    with socket.create_server(("127.0.0.1", 0)) as here:
        socket.create_connection(here.getsockname()).close()
