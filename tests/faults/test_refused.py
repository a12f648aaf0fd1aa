"""A database that no longer lets us in while a run is going on: no waiting helps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hand import Clock, Loader, publicatie

from etl.errors import StoreUnreachable
from etl.store import PostgresStore, open_store
from etl.store.embedded import ADMIN, LocalPostgres
from etl.store.migrations import migrate

WRITER = "aanhangsel_writer"


def end_session(admin: psycopg.Connection, store: PostgresStore) -> None:
    pid = store._connection.info.backend_pid
    admin.execute("select pg_terminate_backend(%s, 5000)", [pid])


def test_a_password_that_is_changed_ends_the_run_at_once(
    folder: Path, clock: Clock, naps: list[float]
) -> None:
    with LocalPostgres(folder / "own", options={"fsync": "off"}).serve() as server:
        migrate(server.url("aanhangsel_owner"))
        with psycopg.connect(server.url(ADMIN), autocommit=True) as admin:
            admin.execute(f"alter role {WRITER} password 'het-eerste'")
            ask_for_passwords(server, admin)
            url = server.url(WRITER).replace("@", ":het-eerste@")
            with open_store(url, now=clock, parser="p", sleep=naps.append) as store:
                Loader(store, clock)(publicatie())
                admin.execute(f"alter role {WRITER} password 'het-tweede'")
                end_session(admin, store)
                with pytest.raises(StoreUnreachable, match="refuses the pass") as seen:
                    store.position("x")
            assert "het-eerste" not in str(seen.value)
            assert len(str(seen.value).splitlines()) == 1
            assert len(naps) == 1, "once for the session, never for the password"
            with (
                pytest.raises(StoreUnreachable, match="refuses the password"),
                open_store(url, now=clock, parser="p"),
            ):
                pass


def ask_for_passwords(server: Any, admin: psycopg.Connection) -> None:
    """As `pg_hba.conf` does elsewhere; our own server trusts its closed folder."""
    rules = Path(admin.execute("show hba_file").fetchone()[0])
    text = f"local all {WRITER} scram-sha-256\n" + rules.read_text()
    rules.write_text(text)
    admin.execute("select pg_reload_conf()")
    while True:
        try:
            psycopg.connect(server.url(WRITER)).close()
        except psycopg.OperationalError:
            return


def drop_role(admin: psycopg.Connection, store: PostgresStore, role: str) -> None:
    admin.execute(f"drop role {role}")
    end_session(admin, store)


def drop_database(admin: psycopg.Connection, store: PostgresStore, role: str) -> None:
    admin.execute(f"drop database {store._connection.info.dbname} with (force)")


def forbid(admin: psycopg.Connection, store: PostgresStore, role: str) -> None:
    admin.execute(f"alter role {role} nologin")
    end_session(admin, store)


@pytest.mark.parametrize(
    ("harm", "line"),
    [
        (drop_role, "refuses this user"),
        (forbid, "refuses this user"),
        (drop_database, "no such database"),
    ],
)
def test_who_is_no_longer_known_is_told_so_at_once(
    database: Any,
    clock: Clock,
    naps: list[float],
    harm: Callable[[Any, Any, str], None],
    line: str,
) -> None:
    role = f"kort_{database.name}"
    with psycopg.connect(database.server.url(ADMIN), autocommit=True) as admin:
        admin.execute(f"create role {role} login in role {WRITER}")
        try:
            with open_store(
                database.url(role), now=clock, parser="p", sleep=naps.append
            ) as store:
                Loader(store, clock)(publicatie())
                harm(admin, store, role)
                with pytest.raises(StoreUnreachable, match=line):
                    store.position("x")
        finally:
            admin.execute(f"drop role if exists {role}")
    assert len(naps) == 1


def test_too_many_sessions_are_waited_for(
    database: Any, clock: Clock, naps: list[float]
) -> None:
    """Others fill what one may have while ours is lost; then they leave."""
    role = f"druk_{database.name}"
    with psycopg.connect(database.server.url(ADMIN), autocommit=True) as admin:
        admin.execute(f"create role {role} login in role {WRITER} connection limit 1")
        others: list[psycopg.Connection] = []

        def sleep(seconds: float) -> None:
            naps.append(seconds)
            if len(naps) == 1:
                others.append(psycopg.connect(database.url(role)))
            elif len(naps) == 4:
                others.pop().close()

        try:
            with open_store(
                database.url(role), now=clock, parser="p", sleep=sleep
            ) as store:
                end_session(admin, store)
                Loader(store, clock)(publicatie())
        finally:
            admin.execute(f"drop role {role}")
    assert len(naps) >= 4
    assert others == []
