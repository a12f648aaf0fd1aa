"""What earlier runs did: when the good ones began, and whether one wrote anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import psycopg
from psycopg.sql import SQL, Identifier

from etl.store.connection import Connection, connect
from etl.store.faults import translated
from etl.store.statements import statement

RowVersion = tuple[str, str, str]


def good_starts(url: str) -> dict[str, datetime]:
    """When the last complete or partial run of each source began. Raises StoreError."""
    with _asking(url) as connection:
        return dict(connection.execute(statement("run_good_starts")).fetchall())


def row_versions(url: str) -> set[RowVersion]:
    """Every row of the analysts' tables: table, place and transaction that wrote it.

    Two answers differ by exactly the rows that were written in between.
    """
    with _asking(url) as connection:
        tables = connection.execute(statement("table_list")).fetchall()
        query = SQL(statement("row_versions"))
        return {
            (table, *version)
            for (table,) in tables
            for version in connection.execute(
                query.format(Identifier("aanhangsel", table))
            )
        }


@contextmanager
def _asking(url: str) -> Iterator[Connection]:
    try:
        with connect(url, "ledger") as connection:
            yield connection
    except psycopg.Error as error:
        raise translated(error) from error
