"""The tables in `sql/reference`: one source for the parser and the database."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from etl.model.naslag import Naslag, Periode, Register, folded
from etl.store.statements import script, statement

if TYPE_CHECKING:
    # `etl parse` reads the files only: it need not wait for the driver
    from etl.store.connection import Connection

Row = dict[str, str]


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


REFERENCES = (Reference("fractie"), Reference("ministerie"))


def outdated(connection: Connection) -> list[Reference]:
    """Those that the database holds in another state, or not at all yet."""
    row = connection.execute(statement("migration_reference_exists")).fetchone()
    held: dict[str, str] = {}
    if row is not None and row[0]:
        found = connection.execute(statement("migration_reference_list")).fetchall()
        held = dict(found)
    return [each for each in REFERENCES if held.get(each.name) != each.sha256]


def load(connection: Connection, reference: Reference) -> None:
    """Make the table equal to its file; rows that are equal already stay untouched."""
    rows = [
        {**row, "schrijfwijze": spelling}
        for row in table(reference.table)
        for spelling in dict.fromkeys(map(str.lower, spellings(row)))
    ]
    with connection.transaction():
        connection.execute(
            statement(f"migration_{reference.name}"), {"rijen": json.dumps(rows)}
        )
        connection.execute(
            statement("migration_reference_record"),
            {"name": reference.name, "sha256": reference.sha256},
        )


@cache
def naslag() -> Naslag:
    """What the parser looks up, read from the files: needs no database."""
    return Naslag(
        fracties=Register.of(_perioden("fractie")),
        ministeries=Register.of(_perioden("ministerie")),
        achternamen=frozenset(folded(row["achternaam"]) for row in table("achternaam")),
    )


def table(name: str) -> list[Row]:
    """The rows of one file by column."""
    lines = script(f"reference/{name}.tsv").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def spellings(row: Row) -> list[str]:
    """How the name of a row can be printed."""
    return row["varianten"].split("|")


def _perioden(name: str) -> Iterator[tuple[str, Periode]]:
    for row in table(name):
        periode = Periode(
            row["code"],
            date.fromisoformat(row["van"]) if row["van"] else date.min,
            date.fromisoformat(row["tot"]) if row["tot"] else date.max,
        )
        for spelling in spellings(row):
            yield spelling, periode
