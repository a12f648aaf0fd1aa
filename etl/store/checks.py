"""Runs `sql/checks`: each selects the rows that should not be there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from etl.store.reading import Table, reading
from etl.store.statements import root, script

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; no rows mean that all is well."""

    name: str
    severity: Severity
    says: str
    table: Table


def names() -> list[str]:
    """All checks, in order."""
    return sorted(path.stem for path in (root() / "checks").glob("*.sql"))


def violations(url: str) -> list[Finding]:
    """Every check that finds offending rows, with at most 100 of them each.

    Raises StoreError when the database cannot be asked.
    """
    found = []
    with reading(url, "check") as connection:
        for name in names():
            cursor = connection.execute(script(f"checks/{name}.sql"))
            rows = cursor.fetchmany(100)
            if rows:
                columns = tuple(column.name for column in cursor.description or ())
                severity, says = _head(name)
                found.append(Finding(name, severity, says, Table(columns, rows)))
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
