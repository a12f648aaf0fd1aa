"""`migrate` ended at every statement: run again it completes, and the schema is the same.

Within a file it dies by a trigger at its n-th change of the schema, for every n, as a
killed client does to the server: the transaction is gone. Between files the connection
is closed before the n-th call. `POINTS=all` tries each; every commit one in `EVERY`.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import psycopg
import pytest
from chance import seeded
from conftest import Database, create, drop
from schema import SCHEMA

from etl.errors import EtlError
from etl.store.embedded import Server
from etl.store.migrations import migrate, migrations, pending

EVERY = 1 if os.environ.get("POINTS") == "all" else 25
DIE = """
    create schema fault;
    create sequence fault.counted;
    create table fault.aim (at bigint not null);
    insert into fault.aim values (0);
    grant usage on schema fault to public;
    grant all on all tables in schema fault to public;
    grant all on all sequences in schema fault to public;
    create function fault.die() returns event_trigger language plpgsql as $$
    begin
        if nextval('fault.counted') = (select at from fault.aim) then
            perform pg_terminate_backend(pg_backend_pid());
        end if;
    end $$;
    alter function fault.die() security definer;
    create event trigger die on ddl_command_end execute function fault.die();
"""


@pytest.fixture
def undisturbed(server: Server, template: str) -> list[Any]:
    return Database(server, template).query(SCHEMA)


def test_killed_at_any_change_of_the_schema_it_completes(
    empty_database: Any, undisturbed: list[Any]
) -> None:
    """Each attempt dies one change later, and what it had finished stays."""
    database = empty_database
    database.query(DIE)
    url = database.url("etl_admin")
    chance = seeded()
    killed, at = 0, 1 + chance.randrange(EVERY)
    sys.stdout.write(f"every {EVERY}th change from {at} on\n")
    while True:
        database.query("select setval('fault.counted', 1, false)")
        database.query(f"update fault.aim set at = {at}")
        before = pending(url)
        try:
            migrate(url)
        except EtlError:
            killed += 1
            after = pending(url)
            assert after == before[len(before) - len(after) :], "a file came half"
            # in a new file the counting begins anew
            passed = len(after) < len(before)
            at = 1 + chance.randrange(EVERY) if passed else at + EVERY
        else:
            break
    assert killed >= len(migrations())
    database.query("drop schema fault cascade")
    assert database.query(SCHEMA) == undisturbed
    sys.stdout.write(f"{killed} kills\n")


def test_killed_before_any_of_its_calls_it_completes(
    server: Server,
    empty_database: Any,
    undisturbed: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The connection is gone before the n-th call, as after SIGKILL."""
    url = empty_database.url("aanhangsel_owner")
    execute = psycopg.Connection.execute
    calls = [0, 0]

    def counted(self: Any, *arguments: Any, **more: Any) -> Any:
        calls[0] += 1
        if calls[0] == calls[1]:
            self.pgconn.finish()
        return execute(self, *arguments, **more)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)
    migrate(url)
    count = calls[0]
    assert count > 2 * len(migrations())
    every = max(1, EVERY // 5)
    points = range(1 + seeded().randrange(every), count + 1, every)
    for point in points:
        name = f"killed_{os.getpid()}_{point}"
        create(server, name, "template0")
        try:
            calls[:] = [0, point]
            database = Database(server, name)
            with pytest.raises(EtlError):
                migrate(database.url("aanhangsel_owner"))
            calls[:] = [0, 0]
            migrate(database.url("aanhangsel_owner"))
            assert database.query(SCHEMA) == undisturbed
        finally:
            drop(server, name)
    sys.stdout.write(f"{len(points)} of {count} calls\n")
