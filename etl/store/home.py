"""The folder of an embedded server: its files, its locks, and whose they are."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl.errors import StoreUnreachable
from etl.store.binaries import Account

SOCKET = ".s.PGSQL.5432"

SUN_PATH = 103
"""Longest path of a socket that every platform takes (macOS 103, Linux 107 bytes)."""

UNLISTABLE = set(",'\"\\")
"""What a list of socket folders holds as a mark, or pg_ctl's shell reads as one."""

UNQUOTABLE = set('"$`\\\n')
"""What pg_ctl hands to a shell as it is."""

SHARED = ("/tmp", "/var/tmp")  # noqa: S108 - our folder in it is checked to be ours
"""Folders with short names that every process on the machine has."""

LOG_LIMIT = 10 * 1024 * 1024
"""Bytes after which the server's log starts afresh."""


@dataclass(frozen=True, slots=True)
class Home:
    """One data directory, for a server that runs as `account`."""

    path: Path
    account: Account

    @property
    def data(self) -> Path:
        """The cluster."""
        return self.path / "pgdata"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.path / "postgres.log"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: in `home`, or elsewhere if that is too long.

        Elsewhere is the same for everybody, whatever their TMPDIR, if it can be.
        """
        near = self.path / "run"
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        name = f"etl-pg-{os.geteuid()}-{digest}"
        shared = [Path(folder) for folder in SHARED if os.access(folder, os.W_OK)]
        places = [near, *(folder / name for folder in shared)]
        fit = [place for place in places if _holds_socket(place)]
        return fit[0] if fit else Path(tempfile.gettempdir()) / name

    def make(self) -> None:
        """Make the folder if need be. Raises StoreUnreachable when it cannot serve."""
        if odd := set(str(self.path)) & UNQUOTABLE:
            raise StoreUnreachable(
                f"PostgreSQL cannot be started in {self.path}, whose name holds "
                f"{min(odd)!r}: choose another with ETL_DATA_DIR"
            )
        try:
            fresh = not self.path.exists()
            missing = [folder for folder in self.path.parents if not folder.exists()]
            self.path.mkdir(parents=True, exist_ok=True)
            if fresh:
                # ours alone, whatever the umask; root's server must pass through it
                self.path.chmod(0o700 if self.account.uid is None else 0o711)
            for folder in missing if self.account.uid is not None else ():
                folder.chmod(folder.stat().st_mode | 0o111)
        except OSError as error:
            raise StoreUnreachable(self.unusable(error)) from error

    def unusable(self, error: OSError) -> str:
        """One line about a file or folder that cannot be used."""
        return (
            f"cannot use the data directory {self.path}: {error.strerror or error}; "
            "choose another with ETL_DATA_DIR, or set DATABASE_URL"
        )

    @contextmanager
    def lock_file(self, name: str) -> Iterator[int]:
        """A file to lock, open as long as it is needed; closing it lets go."""
        try:
            handle = os.open(self.path / name, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreUnreachable(self.unusable(error)) from error
        try:
            yield handle
        finally:
            os.close(handle)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One at a time starts or stops."""
        with self.lock_file("turn.lock") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def make_sockets(self) -> None:
        """A folder that is surely ours: a stranger's could hold a stranger's server."""
        folder = self.sockets
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            found = folder.lstat()
            owner = self.account.uid
            ours = found.st_uid in {os.geteuid(), owner}
            if not stat.S_ISDIR(found.st_mode) or not ours:
                raise StoreUnreachable(f"{folder} belongs to somebody else: remove it")
            folder.chmod(0o700)
            self.account.give(folder)
        except OSError as error:
            raise StoreUnreachable(self.unusable(error)) from error

    def make_log(self) -> None:
        """An empty log for the server to write, when there is none or it is large."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.unlink()
        if not self.log.exists():
            self.log.touch(mode=0o600)
            self.account.give(self.log)

    def forget_dead_pids(self) -> None:
        """A lock file's pid may be a zombie's or, in a restarted container, anyone's.

        Only the pid is replaced, by one that cannot exist: the line on shared memory
        stays, so PostgreSQL still refuses while an orphan of its own uses the data.
        """
        for lock in (self.data / "postmaster.pid", self.sockets / f"{SOCKET}.lock"):
            try:
                pid, rest = lock.read_text().split("\n", 1)
                command = Path(f"/proc/{int(pid)}/cmdline").read_bytes()
            except (OSError, ValueError):
                continue  # no file, no such process, or no /proc
            # empty for a zombie; our own server would have answered above
            if b"postgres" not in command or str(self.data).encode() not in command:
                lock.write_text(f"{2**31 - 2}\n{rest}")


def _holds_socket(folder: Path) -> bool:
    """Whether a socket in this folder can be named where it has to be."""
    length = len(os.fsencode(folder / SOCKET))
    return length <= SUN_PATH and not set(str(folder)) & UNLISTABLE
