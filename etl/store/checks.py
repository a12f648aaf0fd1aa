"""Runs `sql/checks`: each selects the rows that should not be there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from etl.store.reading import Table, reading
from etl.store.statements import root, script

Severity = Literal["error", "warning"]

MOST = 100
"""Offending rows that a finding shows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `more` says that there are rows beyond those in `table`."""

    name: str
    severity: Severity
    says: str
    table: Table
    more: bool = False


def names() -> list[str]:
    """All checks, in order."""
    return sorted(path.stem for path in (root() / "checks").glob("*.sql"))


def violations(url: str, now: datetime) -> list[Finding]:
    """Every check that finds offending rows, with at most `MOST` of them each.

    `now` is what a check calls the present. Raises StoreError when the database cannot
    be asked.
    """
    found = []
    with reading(url, "check") as connection:
        for name in names():
            cursor = connection.execute(script(f"checks/{name}.sql"), {"now": now})
            rows = cursor.fetchmany(MOST + 1)
            if rows:
                columns = tuple(column.name for column in cursor.description or ())
                table, more = Table(columns, rows[:MOST]), len(rows) > MOST
                found.append(Finding(name, *_head(name), table, more))
    return found


def _head(name: str) -> tuple[Severity, str]:
    """The comment that every check begins with: `-- error: what is wrong`."""
    lines = re.match(r"(?:--.*\n)+", script(f"checks/{name}.sql"))
    text = " ".join(
        re.findall(r"^-- ?(.*)$", lines.group() if lines else "", re.MULTILINE)
    )
    severity, _, says = text.partition(": ")
    if severity not in {"error", "warning"}:
        raise ValueError(f"checks/{name}.sql does not begin with its severity")
    return cast("Severity", severity), says
