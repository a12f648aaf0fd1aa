"""Keeps the tables of `sql/reference` in the database equal to their files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from etl.lookup import Row, spellings, table
from etl.store.connection import Connection
from etl.store.statements import script, statement


@dataclass(frozen=True, slots=True)
class Reference:
    """One file that the database holds as a table."""

    table: str

    @property
    def name(self) -> str:
        """As `etl migrate` shows it, beside the names of the migrations."""
        return f"reference_{self.table}"

    @property
    def sha256(self) -> str:
        """Hash (hex) of the file."""
        text = script(f"reference/{self.table}.tsv")
        return hashlib.sha256(text.encode()).hexdigest()


REFERENCES = (
    Reference("fractie"),
    Reference("ministerie"),
    Reference("ambtsperiode"),
    Reference("prinsjesdag"),
    Reference("reces"),
    Reference("reces_dekking"),
)


def outdated(connection: Connection) -> list[Reference]:
    """Those that the database holds in another state, or not at all yet."""
    row = connection.execute(statement("migration_reference_exists")).fetchone()
    held: dict[str, str] = {}
    if row is not None and row[0]:
        found = connection.execute(statement("migration_reference_list")).fetchall()
        held = dict(found)
    return [each for each in REFERENCES if held.get(each.name) != each.sha256]


def load(connection: Connection, reference: Reference) -> None:
    """Make the table equal to its file; rows that are equal already stay untouched.

    So do rows that an operator added, which win where they contradict the file.
    """
    rows = [each for row in table(reference.table) for each in _spelt(row)]
    with connection.transaction():
        connection.execute(
            statement(f"migration_{reference.name}"), {"rijen": json.dumps(rows)}
        )
        connection.execute(
            statement("migration_reference_record"),
            {"name": reference.name, "sha256": reference.sha256},
        )


def _spelt(row: Row) -> list[Row]:
    """One row a spelling, of tables that hold spellings."""
    if "varianten" not in row:
        return [row]
    lower = dict.fromkeys(map(str.lower, spellings(row)))
    return [{**row, "schrijfwijze": spelling} for spelling in lower]
