"""How the server would do each statement once there are many rows of everything.

`ROWS=200000` is the figure of the nightly tier.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from faults.crash import stage
from hand import Clock, Loader, publicatie

from etl.store import open_store
from etl.store.embedded import ADMIN, Server
from etl.store.statements import root, script

if TYPE_CHECKING:
    from conftest import Database

ROWS = int(os.environ.get("ROWS", "2000"))

MANY = {
    "aanhangsel": {
        "antwoord", "bewindspersoon", "bron", "indiener", "noot", "publicatie",
        "publicatie_bron", "publicatie_versie", "publicatie_zaak", "signaal",
        "verwijzing", "vraag", "zaak",
    },
    "etl": {"entity", "reading", "record"},
}  # fmt: skip
"""Tables that grow with the publications."""

COPIED = {
    "publicatie_id": "publicatie_id + n * 100000::bigint",
    "doel_publicatie_id": "doel_publicatie_id + n * 100000::bigint",
    "vraag_id": "vraag_id + n * 100000::bigint",
    "antwoord_id": "antwoord_id + n * 100000::bigint",
    "aanhangselnummer": "aanhangselnummer + n * 10000",
    "sha256": "encode(sha256((sha256 || n)::bytea), 'hex')",
    "tk_id": "md5(tk_id::text || n)::uuid",
    "entity_id": "md5(entity_id::text || n)::uuid",
    "parent_id": "md5(parent_id::text || n)::uuid",
    "refs": "(select coalesce(jsonb_object_agg(key, (select"
    " jsonb_agg(md5(id || n)::uuid::text) from jsonb_array_elements_text(value) as id)),"
    " '{}') from jsonb_each(refs))",
    "fields": "fields || jsonb_build_object('nummer', fields ->> 'nummer' || '-' || n)",
    "identifier": "identifier || '-' || n",
    "doel_identifier": "doel_identifier || '-' || n",
    "voorlopige_sleutel": "voorlopige_sleutel || '-' || n",
    "zaaknummer": "zaaknummer || '-' || n",
    "vergaderjaar": "(1900 + n % 100)::text || '-' || (1901 + n % 100)::text",
}
"""What of a row differs in its n-th copy; the same in every table, so they join."""

WHOLE = {
    "archive_list": "a replay reads the whole archive",
    "document_count_read": "before a backfill; of the documents of written questions",
    "entity_decide": "an index of those that wait, which are few",
    "link_requeue": "after news of a person; the days of seats are one range of all",
    "status": "for a person who asks",
    "summary": "for a person who asks",
}
"""What may read all of a table, and why."""

NO_PLAN = {"row_versions"}
"""Of a table that is named later."""

COLUMNS = """
    select array_agg(column_name::text order by ordinal_position)
    from information_schema.columns
    where table_schema = %s and table_name = %s and is_generated = 'NEVER'
"""


def multiply(connection: psycopg.Connection, schema: str, table: str) -> None:
    """Copy what is there until there are at least ROWS."""
    ((columns,),) = connection.execute(COLUMNS, [schema, table]).fetchall()
    name = f"{schema}.{table}"
    held = connection.execute(f"select count(*) from {name}").fetchone()[0]
    assert held, f"{name} has nothing to copy"
    made = ", ".join(COPIED.get(column, column) for column in columns)
    connection.execute(
        f"insert into {name} ({', '.join(columns)}) overriding system value"
        f" select {made} from {name} cross join generate_series(1, {ROWS // held}) as n"
    )


@pytest.fixture(scope="module")
def full(server: Server, template: str) -> Iterator[Database]:
    """Twelve documents of both houses, copied."""
    with stage(server, template) as made, made.database() as database:
        made.well(database)
        with open_store(database.url(), now=Clock(), parser="p") as store:
            # with a note, which the twelve have none of
            Loader(store, Clock())(publicatie())
        fill(database)
        yield database


def fill(database: Database) -> None:
    with psycopg.connect(database.url(ADMIN), autocommit=True) as admin:
        # copies of a valid state: what they point to is copied as well
        admin.execute("set session_replication_role = replica")
        for schema, tables in MANY.items():
            for table in sorted(tables):
                multiply(admin, schema, table)
        admin.execute("vacuum analyze")


def test_no_statement_reads_a_whole_table_of_many_rows(full: Database) -> None:
    found = {}
    with psycopg.connect(full.url("aanhangsel_writer")) as connection:
        if connection.info.server_version < 160000:
            pytest.skip("NOT TESTED: plans without values need PostgreSQL 16")
        connection.execute(script("writer.sql"))
        for file in sorted((root() / "queries").glob("*.sql")):
            if file.stem in NO_PLAN or file.stem.startswith("migration_"):
                continue
            plan = planned(connection, script(f"queries/{file.name}"))
            if whole := sorted(set(whole_scans(plan))):
                found[file.stem] = whole
    assert "summary" in found, "nothing is seen"
    assert {name: found[name] for name in found.keys() - WHOLE.keys()} == {}


def planned(connection: psycopg.Connection, text: str) -> dict[str, Any]:
    """The plan for whatever values."""
    names: list[str] = []

    def place(match: re.Match[str]) -> str:
        if match[1] not in names:
            names.append(match[1])
        return f"${names.index(match[1]) + 1}"

    text = re.sub(r"%\((\w+)\)[sbt]", place, text).replace("%%", "%")
    cursor = connection.execute("explain (generic_plan, format json) " + text)
    (row,) = cursor.fetchall()
    plan = row[0] if isinstance(row[0], list) else json.loads(row[0])
    return dict(plan[0]["Plan"])


def whole_scans(node: dict[str, Any]) -> Iterator[str]:
    """Tables of many rows that are read from end to end, by an index or without."""
    table = node.get("Relation Name")
    kind = node["Node Type"]
    many = MANY["aanhangsel"] | MANY["etl"]
    if table in many and (
        kind == "Seq Scan" or ("Index" in kind and "Index Cond" not in node)
    ):
        yield f"{kind} {table} {node.get('Index Name', '')}"
    for child in node.get("Plans", ()):
        yield from whole_scans(child)
