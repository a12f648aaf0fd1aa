"""Write docs/data-dictionary.md from the comments in the schema."""

from __future__ import annotations

import tempfile
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from etl.model.signaal import SIGNALEN
from etl.store.embedded import LocalPostgres
from etl.store.migrations import migrate

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "data-dictionary.md"

HEAD = """\
# Data dictionary

Made by `scripts/dictionary` from the comments in the database and etl/model/signaal.py;
a test holds it current.
Schema `aanhangsel` is what an analyst reads, in Dutch; `etl` is the job's own record.
"""


def main() -> None:
    """Write the page from a database that exists for a moment."""
    with tempfile.TemporaryDirectory() as folder:
        # The server's own account has to get in, also when root calls.
        Path(folder).chmod(0o755)
        with LocalPostgres(Path(folder) / "cluster").serve() as server:
            migrate(server.url("aanhangsel_owner"))
            PAGE.write_text(render(server.url("aanhangsel_reader")), encoding="utf-8")


def render(url: str) -> str:
    """The page, from the database at a libpq URL."""
    statement = (HERE / "dictionary.sql").read_bytes()
    with psycopg.connect(url, row_factory=dict_row) as connection:
        rows = connection.execute(statement).fetchall()
    parts = [HEAD]
    for (schema, relation), columns in groupby(rows, itemgetter("schema", "relation")):
        parts += section(f"{schema}.{relation}", list(columns))
    return "\n".join([*parts, *signals()])


def signals() -> list[str]:
    """The closed list of codes in aanhangsel.signaal."""
    lines = ["## Codes in aanhangsel.signaal.code", ""]
    lines += ["| code | meaning |", "|---|---|"]
    lines += [f"| `{code}` | {uitleg} |" for code, uitleg in sorted(SIGNALEN.items())]
    return [*lines, ""]


def section(name: str, columns: list[dict[str, Any]]) -> list[str]:
    """One table or view, with a line for each column."""
    first = columns[0]
    about = first["about"] or ""
    lines = [f"## {name} ({first['kind']})", "", about, ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    for each in columns:
        # A view's columns never say `not null`, so only tables show what is required.
        kind = each["type"] + (", required" if each["required"] else "")
        meaning = (each["meaning"] or "").replace("|", "\\|").replace("\n", " ")
        lines.append(f"| `{each['column']}` | {kind} | {meaning} |")
    return [*lines, ""]


if __name__ == "__main__":
    main()
