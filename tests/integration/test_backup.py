"""The drills of docs/operations.md: a dump is restored, and a moment is gone back to."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from conftest import Database, create, drop
from dump import dump
from houses import Houses, houses
from schema import SCHEMA

from etl.demo.shipped import fill, shipped
from etl.store.binaries import find_binaries
from etl.store.embedded import ADMIN, LocalPostgres, Server
from etl.store.migrations import migrate


@contextmanager
def filled(database: Any) -> Iterator[Houses]:
    """Both houses with what is shipped, in front of this database."""
    with houses(database) as both:
        for one in shipped():
            both.koop.publications[one.identifier] = one
        fill(both.kamer)
        yield both


def program(server: Server, name: str, *arguments: str) -> None:
    """One of PostgreSQL's own, which come with the server."""
    postgres = server.postgres
    found = find_binaries(postgres.binaries) / name
    subprocess.run(
        [found, *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, "PGCONNECT_TIMEOUT": "10"},
    )


def test_a_restored_dump_goes_on_where_it_was(
    server: Server, database: Any, folder: Path
) -> None:
    with filled(database) as both:
        both.well()
        file = str(folder / "aanhangsel.dump")
        program(
            server, "pg_dump", "--format=custom", f"--file={file}",
            database.url("aanhangsel_owner"),
        )  # fmt: skip
        name = f"{database.name}_restored"
        create(server, name, "template0")
        try:
            restored = Database(server, name)
            program(
                server, "pg_restore", "--exit-on-error",
                f"--dbname={restored.url(ADMIN)}", file,
            )  # fmt: skip
            assert dump(restored) == dump(database)
            assert restored.query(SCHEMA) == database.query(SCHEMA)
            runs = "select max(run_id) from etl.run"
            before = (versions(restored), restored.query(runs))
            # the same two publishers, and now this database
            both.store.close()
            with houses(restored) as other:
                other.koop.publications = both.koop.publications
                fill(other.kamer)
                other.well()
            assert versions(restored) == before[0]
            assert restored.query(runs) > before[1]
        finally:
            drop(server, name)


def versions(database: Any) -> list[Any]:
    """Which row versions the analysts' tables hold."""
    tables = database.query(
        "select tablename from pg_tables where schemaname = 'aanhangsel' order by 1"
    )
    return [
        (table, row)
        for (table,) in tables
        for row in database.query(
            f"select ctid::text, xmin::text from aanhangsel.{table} order by 1"
        )
    ]


def asked(server: Server, text: str) -> list[Any]:
    with psycopg.connect(server.url(ADMIN), autocommit=True) as admin:
        cursor = admin.execute(text)
        return cursor.fetchall() if cursor.description else []


def test_a_moment_before_the_disaster_is_gone_back_to(folder: Path) -> None:
    """WAL archive, base backup, then recovery to a time; the next run catches up."""
    archive, base = folder / "archive", folder / "base"
    options = {
        "wal_level": "replica",
        "archive_mode": "on",
        "archive_command": f"cp %p {archive}/%f",
        "max_wal_senders": "2",
    }
    source = LocalPostgres(folder / "first", options=options)
    archive.mkdir()
    source.account.give(archive)
    with source.serve() as server:
        migrate(server.url("aanhangsel_owner"))
        allow = (server.postgres.at.data / "pg_hba.conf").open("a")
        with allow:
            allow.write("local replication all trust\n")
        asked(server, "select pg_reload_conf()")
        program(
            server, "pg_basebackup", f"--pgdata={base}", "--wal-method=none",
            "--checkpoint=fast", f"--dbname={server.url(ADMIN, 'postgres')}",
        )  # fmt: skip
        with filled(Database(server, "aanhangsel")) as both:
            both.well("officielebekendmakingen")
            good = dump(Database(server, "aanhangsel"))
            ((moment,),) = asked(server, "select clock_timestamp()::text")
            asked(server, "select pg_switch_wal()")
            asked(server, "drop schema aanhangsel cascade")
            asked(server, "select pg_switch_wal()")
            asked(server, "checkpoint")
    # a server that stops archives what is left
    with recovered(folder, base, archive, moment) as server:
        restored = Database(server, "aanhangsel")
        assert dump(restored) == good
        with houses(restored) as both:
            both.koop.publications = {one.identifier: one for one in shipped()}
            both.well("officielebekendmakingen")
        assert dump(restored) == good


@contextmanager
def recovered(folder: Path, base: Path, archive: Path, moment: str) -> Iterator[Server]:
    """The base backup, and what the archive holds until that moment."""
    postgres = LocalPostgres(folder / "second")
    postgres.at.make()
    postgres.at.make_sockets()
    data = postgres.at.data
    shutil.move(base, data)
    (data / "recovery.signal").touch()
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"restore_command = 'cp {archive}/%f %p'\n"
            f"recovery_target_time = '{moment}'\n"
            "recovery_target_action = 'pause'\n"
            f"unix_socket_directories = '{postgres.at.sockets}'\n"
            "listen_addresses = ''\n"
        )
    for path in (data, *data.rglob("*")):
        postgres.account.give(path)
    control = find_binaries() / "pg_ctl"
    log = postgres.at.path / "recovery.log"
    log.touch()
    postgres.account.give(log)
    code, said = postgres.account.run(
        control, "-D", data, "-l", log, "-w", "-t", "60", "start"
    )
    assert code == 0, said + log.read_text()
    server = Server(postgres)
    try:
        # until it is there: the server itself waits between two looks
        for _ in range(600):
            if asked(server, "select pg_get_wal_replay_pause_state()") == [("paused",)]:
                break
            asked(server, "select pg_sleep(0.05)")
        assert asked(server, "select pg_promote(true, 60)") == [(True,)]
        yield server
    finally:
        postgres.account.run(control, "-D", data, "-m", "immediate", "stop")


@pytest.fixture(autouse=True)
def _only_where_the_programs_are(server: Server) -> None:
    programs = find_binaries(server.postgres.binaries)
    lacking = [
        name
        for name in ("pg_dump", "pg_restore", "pg_basebackup")
        if not (programs / name).exists()
    ]
    if lacking:
        pytest.skip(f"NOT TESTED: these programs are missing: {', '.join(lacking)}")
