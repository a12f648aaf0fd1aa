"""What `etl run` makes of a database that is not as it should be: one line, exit 5."""

from __future__ import annotations

from typing import Any

from etl.demo.replica import Replica


def test_a_schema_newer_than_the_code_stops_before_any_request(
    etl: Any, database: Any, replica: Replica
) -> None:
    database.query(
        "insert into etl.schema_migration select '9999_future', sha256, applied_at"
        " from etl.schema_migration limit 1"
    )
    (line,) = etl("run", expect=5).said
    assert "9999_future" in line
    assert replica.requests == []


def test_a_schema_behind_the_code_stops_where_migrating_is_refused(
    etl: Any, database: Any, replica: Replica
) -> None:
    database.query("delete from etl.schema_migration where name like '0008%%'")
    (line,) = etl("run", "--no-migrate", expect=5).said
    assert line.startswith("etl: the schema is behind (first missing: 0008_unattended)")
    assert replica.requests == []


def test_a_read_only_database_is_one_line(
    etl: Any, database: Any, replica: Replica
) -> None:
    database.query(
        f"alter database {database.name} set default_transaction_read_only = on"
    )
    lines = etl("run", expect=5).said
    assert len(lines) == 1
    assert "the database is read-only" in lines[0]
    assert replica.requests == []


def test_a_wrong_role_is_one_line(etl: Any, database: Any, replica: Replica) -> None:
    (line,) = etl("run", expect=5, DATABASE_URL=database.url("nobody")).said
    assert 'role "nobody" does not exist' in line
    assert replica.requests == []
