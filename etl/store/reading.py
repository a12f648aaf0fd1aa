"""Questions to the database, asked as the reader: nothing here can write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from etl.errors import ConfigurationError
from etl.store.connection import Connection, connect
from etl.store.faults import one_line, translated
from etl.store.statements import script, statement

WRONG = ("42", "22", "0A", "25006", "25001")
"""SQLSTATE prefixes of a query that is wrong in itself, or that would write."""


RowVersion = tuple[str, str, str]
"""Its table, its place there, and the transaction that wrote it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the names of their columns."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def as_dicts(self) -> list[dict[str, Any]]:
        """Each row by the names of its columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def query(url: str, text: str) -> Table:
    """The rows of a query somebody typed, in a transaction that cannot write.

    Raises ConfigurationError for a query that is wrong, StoreError when the database
    is away. A command without rows gives an empty table.
    """
    with reading(url, "sql") as connection:
        try:
            # Without parameters a % is just a %; the text is the user's own and runs
            # with the reader's rights. Only one statement can be prepared: a second
            # could leave the read-only transaction.
            cursor = connection.execute(
                text.encode("utf-8", "surrogateescape"), prepare=True
            )
            columns = tuple(column.name for column in cursor.description or ())
            return Table(columns, cursor.fetchall() if columns else [])
        except psycopg.Error as error:
            # without a SQLSTATE it is a value that Python has no room for
            unreadable = error.sqlstate is None and isinstance(error, psycopg.DataError)
            if unreadable or (error.sqlstate or "").startswith(WRONG):
                raise ConfigurationError(
                    f"the query fails: {one_line(error)}"
                ) from None
            raise


@contextmanager
def reading(url: str, name: str) -> Iterator[Connection]:
    """A read-only transaction with the time limit of a person's patience."""
    with connect(url, name) as connection:
        try:
            connection.execute(script("reader.sql"))
            with connection.transaction():
                yield connection
        except psycopg.Error as error:
            raise translated(error) from error


def status_rows(url: str) -> list[dict[str, Any]]:
    """Freshness and last run of each source, by name."""
    return _dicts(url, "status")


def calendar_rows(url: str) -> list[dict[str, Any]]:
    """Recesses, and the periods for which none is missing (`dekking`)."""
    return _dicts(url, "calendar_list")


def incident_rows(url: str) -> list[dict[str, Any]]:
    """Incidents that are not over."""
    return _dicts(url, "incident_open")


def run_rows(url: str) -> list[dict[str, Any]]:
    """Runs and what they counted, by source and outcome; within seconds or not."""
    return _dicts(url, "metrics_runs", "scrape.sql")


def problems(url: str) -> Table:
    """What is in quarantine, what was tried most often first."""
    return _table(url, "problem_list")


def summary(url: str) -> Table:
    """How many rows the main tables hold."""
    return _table(url, "summary")


def _dicts(url: str, name: str, *settings: str) -> list[dict[str, Any]]:
    with reading(url, name) as connection:
        for file in settings:
            connection.execute(script(file))
        cursor = connection.cursor(row_factory=dict_row)
        return cursor.execute(statement(name)).fetchall()


def _table(url: str, name: str) -> Table:
    with reading(url, name) as connection:
        cursor = connection.execute(statement(name))
        columns = tuple(column.name for column in cursor.description or ())
        return Table(columns, cursor.fetchall())


def row_versions(url: str) -> set[RowVersion]:
    """Which version of each row of the analysts' tables is there.

    Two answers differ by exactly the rows that were written in between.
    """
    with reading(url, "versions") as connection:
        tables = connection.execute(statement("table_list")).fetchall()
        versions = SQL(statement("row_versions"))
        return {
            (table, *version)
            for (table,) in tables
            for version in connection.execute(
                versions.format(Identifier("aanhangsel", table))
            )
        }
