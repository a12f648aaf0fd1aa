"""A private PostgreSQL for one directory, up as long as somebody uses it.

Only the programs come from a package; the life cycle is ours, because those
packages keep a server up for ever after a killed user, trust a stale
postmaster.pid, open up parent folders and let every local user in.
"""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import socket
import struct
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from etl.errors import StoreUnreachable
from etl.store.binaries import (
    Account,
    find_binaries,
    locale_of,
    reachable,
    telling_line,
    version_of,
)
from etl.store.home import SOCKET, Home
from etl.store.loopback import GUEST, Door, open_door
from etl.store.statements import script

ADMIN = "etl_admin"
"""The superuser of the embedded server; none of the three roles."""

SSL_REQUEST = struct.pack("!ii", 8, 80877103)

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
        folder = quote(str(self.postgres.at.sockets), safe="")
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
                with open_door(port, self.postgres.at.sockets / SOCKET) as door:
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
    at: Home = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.home.expanduser().resolve()
        self.account = Account.ours()
        self.at = Home(self.home, self.account)

    @contextmanager
    def serve(self) -> Iterator[Server]:
        """Run the server as long as somebody uses it.

        A shared lock says "I use it"; who can make it exclusive was the last. The
        kernel frees a killed user's lock. Raises StoreUnreachable when the server
        cannot start.
        """
        self.at.make()
        with self.at.lock_file("users.lock") as users:
            with self.at.turn():
                self._start()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield Server(self)
            finally:
                with self.at.turn():
                    self._stop_if_last(users)

    def ensure(self) -> None:
        """Start the server unless it accepts connections."""
        with self.at.turn():
            self._start()

    def _stop_if_last(self, users: int) -> None:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if self._answers():
            self._ctl("stop", "-m", "fast")
        if self.at.sockets.parent != self.home:
            with suppress(OSError):
                self.at.sockets.rmdir()

    def _answers(self) -> bool:
        """Trust only a server that speaks: a pid file may name another process.

        Being let in is not enough: the socket of a postmaster killed just now still
        accepts. So it is asked for encryption, and has to say no.
        """
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(10)
            try:
                probe.connect(str(self.at.sockets / SOCKET))
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
            self.at.make_sockets()
            self.at.make_log()
            self.at.forget_dead_pids()
        except OSError as error:
            raise StoreUnreachable(self.at.unusable(error)) from error
        self._launch(programs)
        self._furnish()

    def _create(self, programs: Path) -> None:
        if (self.at.data / "PG_VERSION").exists():
            return
        # an initdb that was interrupted leaves pgdata.new, never half a pgdata
        fresh = self.home / "pgdata.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.account.give(fresh)
        initdb = (programs / "initdb", "-D", fresh, "-U", ADMIN, "-E", "UTF8")
        status, said = self.account.run(
            *initdb, *locale_of(version_of(programs, self.account)), "-A", "trust", "-k"
        )
        if status:
            raise StoreUnreachable(
                f"cannot create a database in {fresh}: {telling_line(said)}"
            )
        (fresh / "pg_hba.conf").write_text(WHO_MAY_COME)
        fresh.rename(self.at.data)

    def _check_version(self, programs: Path) -> None:
        have = (self.at.data / "PG_VERSION").read_text().strip()
        ours = version_of(programs, self.account)
        if ours.split(".")[0] != have:
            raise StoreUnreachable(
                f"{self.at.data} was made by PostgreSQL {have} but the programs in "
                f"{programs} are {ours}: set ETL_PG_BIN to those of {have}, or "
                "dump and reload it"
            )

    def _launch(self, programs: Path) -> None:
        settings = {**OPTIONS, **self.options}
        settings["unix_socket_directories"] = str(self.at.sockets)
        if os.uname().sysname == "Linux":
            # a server with nobody at the other end lets its locks go (PostgreSQL 14)
            settings.setdefault("client_connection_check_interval", "2s")
        options = " ".join(f"-c {shlex.quote(f'{k}={v}')}" for k, v in settings.items())
        said = ""
        for _ in range(10):
            start = self.at.log.stat().st_size
            status, said = self._ctl(
                "start", "-t", "60", "-l", self.at.log, "-o", options, programs=programs
            )
            if status == 0:
                return
            with self.at.log.open(errors="replace") as log:
                log.seek(start)
                said += log.read()
            # backends of a killed postmaster notice its death within moments
            if "shared memory block" not in said:
                break
            self.sleep(1)
        raise StoreUnreachable(
            f"the database in {self.at.data} does not start: {telling_line(said)} "
            f"(see {self.at.log})"
        )

    def _ctl(
        self, action: str, *more: str | Path, programs: Path | None = None
    ) -> tuple[int, str]:
        folder = programs or reachable(
            find_binaries(self.binaries), self.account, self.home
        )
        pg_ctl = (folder / "pg_ctl", action, "-w", "-D", self.at.data)
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
                admin.execute(script("database.sql"))
        except psycopg.Error as error:
            raise StoreUnreachable(f"cannot prepare {self.at.data}: {error}") from error
