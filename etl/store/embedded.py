"""A private PostgreSQL for one directory, up as long as somebody uses it.

Only the programs come from a package; the life cycle is ours, because those
packages keep a server up for ever after a killed user, trust a stale
postmaster.pid, open up parent folders and let every local user in.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shlex
import shutil
import socket
import stat
import struct
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from etl.errors import StoreUnreachable
from etl.store.binaries import Account, find_binaries, reachable
from etl.store.loopback import GUEST, Door, open_door
from etl.store.statements import script

ADMIN = "etl_admin"
"""The superuser of the embedded server; none of the three roles."""

SOCKET = ".s.PGSQL.5432"

SSL_REQUEST = struct.pack("!ii", 8, 80877103)

SUN_PATH = 103
"""Longest path of a socket that every platform takes (macOS 103, Linux 107 bytes)."""

UNQUOTABLE = set('"$`\\\n')
"""What pg_ctl hands to a shell as it is."""

LOG_LIMIT = 10 * 1024 * 1024
"""Bytes after which the server's log starts afresh."""

WHO_MAY_COME = f"""\
# The socket's folder is closed to other users (0700), so whoever is in may stay;
# the guest comes through a port (see loopback.py) and has to say a password.
local all {GUEST} scram-sha-256
local all all trust
"""

OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "40",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "fsync": "on",
    "synchronous_commit": "on",
    "jit": "off",
    "lc_messages": "C",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
"""How the server is started; a caller may override or add."""


@dataclass(frozen=True, slots=True)
class Server:
    """The running server, as handed out by `LocalPostgres.serve`."""

    postgres: LocalPostgres

    def url(self, role: str, database: str = "aanhangsel") -> str:
        """The libpq URL with which a role logs in over the private socket."""
        folder = quote(str(self.postgres.sockets), safe="")
        return f"postgresql://{role}@/{database}?host={folder}&port=5432"

    def ensure(self) -> None:
        """Start the server again if it died under us."""
        self.postgres.ensure()

    @contextmanager
    def listen(self, port: int, password: str) -> Iterator[Door]:
        """Admit a guest with reading rights at 127.0.0.1:`port` (0: any free one).

        Other users of the server notice nothing, and the door is shut with this
        process, even when it is killed. Raises StoreUnreachable if the port is taken.
        """
        with psycopg.connect(self.url(ADMIN), autocommit=True) as admin:
            # only its hash travels: the server's log may hold a statement
            verifier = admin.pgconn.encrypt_password(
                password.encode(), GUEST.encode(), b"scram-sha-256"
            )
            admin.execute(
                script("embedded/guest_admit.sql"), {"verifier": verifier.decode()}
            )
            admin.execute(script("embedded/guest_login.sql"))
            try:
                with open_door(port, self.postgres.sockets / SOCKET) as door:
                    yield door
            finally:
                admin.execute(script("embedded/guest_dismiss.sql"))


@dataclass(slots=True)
class LocalPostgres:
    """The server of one directory.

    `home` holds the data, the log and two lock files, nothing else. `binaries` is
    `ETL_PG_BIN`; None looks for them. `options` add to `OPTIONS`.
    """

    home: Path
    binaries: Path | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    sleep: Callable[[float], None] = time.sleep
    account: Account = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.home.expanduser().resolve()
        self.account = Account.ours()

    @property
    def data(self) -> Path:
        """The cluster."""
        return self.home / "pgdata"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "postgres.log"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: in `home`, or elsewhere if that is too long."""
        near = self.home / "run"
        length = len(os.fsencode(near / SOCKET))
        if length <= SUN_PATH and not set(str(near)) & set(",'\"\\"):
            return near
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"etl-pg-{os.geteuid()}-{digest}"

    @contextmanager
    def serve(self) -> Iterator[Server]:
        """Run the server as long as somebody uses it.

        A shared lock says "I use it"; who can make it exclusive was the last. The
        kernel frees a killed user's lock. Raises StoreUnreachable when the server
        cannot start.
        """
        self._make_home()
        with self._lock_file("users.lock") as users:
            with self._turn():
                self._start()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield Server(self)
            finally:
                with self._turn():
                    self._stop_if_last(users)

    def ensure(self) -> None:
        """Start the server unless it accepts connections."""
        with self._turn():
            self._start()

    def _stop_if_last(self, users: int) -> None:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if self._answers():
            self._ctl("stop", "-m", "fast")
        if self.sockets.parent != self.home:
            with suppress(OSError):
                self.sockets.rmdir()

    # -- folders and locks

    def _make_home(self) -> None:
        if odd := set(str(self.home)) & UNQUOTABLE:
            raise StoreUnreachable(
                f"PostgreSQL cannot be started in {self.home}, whose name holds "
                f"{min(odd)!r}: choose another with ETL_DATA_DIR"
            )
        try:
            fresh = not self.home.exists()
            self.home.mkdir(parents=True, exist_ok=True)
            if fresh:
                # ours alone, whatever the umask; root's server must pass through it
                self.home.chmod(0o700 if self.account.uid is None else 0o711)
        except OSError as error:
            raise StoreUnreachable(self._unusable(error)) from error

    def _unusable(self, error: OSError) -> str:
        return (
            f"cannot use the data directory {self.home}: {error.strerror or error}; "
            "choose another with ETL_DATA_DIR, or set DATABASE_URL"
        )

    @contextmanager
    def _lock_file(self, name: str) -> Iterator[int]:
        try:
            handle = os.open(self.home / name, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreUnreachable(self._unusable(error)) from error
        try:
            yield handle
        finally:
            os.close(handle)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One at a time starts or stops."""
        with self._lock_file("turn.lock") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _make_sockets(self) -> None:
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
            raise StoreUnreachable(self._unusable(error)) from error

    # -- the server

    def _answers(self) -> bool:
        """Trust only a server that speaks: a pid file may name another process.

        Being let in is not enough: the socket of a postmaster killed just now still
        accepts. So it is asked for encryption, and has to say no.
        """
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(10)
            try:
                probe.connect(str(self.sockets / SOCKET))
                probe.sendall(SSL_REQUEST)
                return probe.recv(1) == b"N"
            except OSError:
                return False

    def _start(self) -> None:
        if self._answers():
            return
        programs = reachable(find_binaries(self.binaries), self.account, self.home)
        try:
            self._create(programs)
            self._check_version(programs)
            self._make_sockets()
            self._make_log()
            self._forget_dead_pids()
        except OSError as error:
            raise StoreUnreachable(self._unusable(error)) from error
        self._launch(programs)
        self._furnish()

    def _create(self, programs: Path) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        # an initdb that was interrupted leaves pgdata.new, never half a pgdata
        fresh = self.home / "pgdata.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.account.give(fresh)
        initdb = (programs / "initdb", "-D", fresh, "-U", ADMIN, "-E", "UTF8")
        status, said = self.account.run(
            *initdb, *_locale(self._version(programs)), "-A", "trust", "-k"
        )
        if status:
            raise StoreUnreachable(
                f"cannot create a database in {fresh}: {_last(said)}"
            )
        (fresh / "pg_hba.conf").write_text(WHO_MAY_COME)
        fresh.rename(self.data)

    def _version(self, programs: Path) -> str:
        status, said = self.account.run(programs / "postgres", "--version")
        if status:
            raise StoreUnreachable(
                f"{programs / 'postgres'} does not run: {_last(said)}"
            )
        return said.split("(PostgreSQL)")[-1].split()[0]

    def _check_version(self, programs: Path) -> None:
        have = (self.data / "PG_VERSION").read_text().strip()
        ours = self._version(programs)
        if ours.split(".")[0] != have:
            raise StoreUnreachable(
                f"{self.data} was made by PostgreSQL {have} but the programs in "
                f"{programs} are {ours}: set ETL_PG_BIN to those of {have}, or "
                "dump and reload it"
            )

    def _make_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.unlink()
        if not self.log.exists():
            self.log.touch(mode=0o600)
            self.account.give(self.log)

    def _forget_dead_pids(self) -> None:
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

    def _launch(self, programs: Path) -> None:
        settings = {**OPTIONS, **self.options}
        settings["unix_socket_directories"] = str(self.sockets)
        if os.uname().sysname == "Linux":
            # a server with nobody at the other end lets its locks go (PostgreSQL 14)
            settings.setdefault("client_connection_check_interval", "2s")
        options = " ".join(f"-c {shlex.quote(f'{k}={v}')}" for k, v in settings.items())
        said = ""
        for _ in range(10):
            start = self.log.stat().st_size
            status, said = self._ctl(
                "start", "-t", "60", "-l", self.log, "-o", options, programs=programs
            )
            if status == 0:
                return
            with self.log.open(errors="replace") as log:
                log.seek(start)
                said += log.read()
            # backends of a killed postmaster notice its death within moments
            if "shared memory block" not in said:
                break
            self.sleep(1)
        raise StoreUnreachable(
            f"the database in {self.data} does not start: {_last(said)} "
            f"(see {self.log})"
        )

    def _ctl(
        self, action: str, *more: str | Path, programs: Path | None = None
    ) -> tuple[int, str]:
        folder = programs or reachable(
            find_binaries(self.binaries), self.account, self.home
        )
        pg_ctl = (folder / "pg_ctl", action, "-w", "-D", self.data)
        return self.account.run(*pg_ctl, *more)

    def _furnish(self) -> None:
        """Roles and database; done at every start, so an interrupted one is mended."""
        server = Server(self)
        try:
            with psycopg.connect(
                server.url(ADMIN, "postgres"), autocommit=True
            ) as admin:
                admin.execute(script("roles.sql"))
                admin.execute(script("embedded/server.sql"))
                found = admin.execute(script("embedded/database_exists.sql")).fetchone()
                if found is None or not found[0]:
                    admin.execute(script("embedded/database_create.sql"))
            with psycopg.connect(server.url(ADMIN), autocommit=True) as admin:
                admin.execute(script("embedded/database.sql"))
        except psycopg.Error as error:
            raise StoreUnreachable(f"cannot prepare {self.data}: {error}") from error


def _locale(version: str) -> tuple[str, ...]:
    """Bytewise order with Unicode case rules, the same on every platform from 17 on."""
    major = int(version.split(".", maxsplit=1)[0].rstrip("abcdefghijklmnopqrstuvwxyz"))
    if major >= 17:
        return ("--locale-provider=builtin", "--locale=C.UTF-8")
    return (
        "--locale=C.UTF-8" if os.uname().sysname == "Linux" else "--locale=en_US.UTF-8",
    )


def _last(text: str) -> str:
    """The line that says most: the server's FATAL or ERROR, else the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [
        line
        for line in lines
        if any(word in line for word in ("FATAL", "error:", "ERROR"))
    ]
    return (telling or lines or ["it said nothing"])[-1]
