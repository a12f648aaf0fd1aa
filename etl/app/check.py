"""`etl check`: what should not be in the tables, as the reader sees it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from etl.app.database import database
from etl.app.jobs import now
from etl.console.screen import plain, write_table
from etl.errors import SchemaMismatch
from etl.settings import Settings
from etl.store.checks import MOST, Finding, names, violations
from etl.store.migrations import unmigrated


def check(settings: Settings) -> list[Finding]:
    """What the checks find. Raises SchemaMismatch when the schema is behind."""
    with database(settings) as found:
        url = found.url("reader")
        if behind := unmigrated(url):
            raise SchemaMismatch(
                f"the schema is behind (first missing: {behind[0]}): run `etl migrate`"
            )
        return violations(url, now())


def passes(findings: Sequence[Finding]) -> bool:
    """Whether nothing of severity error was found."""
    return all(finding.severity != "error" for finding in findings)


def write_findings(findings: Sequence[Finding], out: TextIO) -> None:
    """The errors first, each with its rows, and then how many checks pass."""
    for finding in sorted(findings, key=lambda each: each.severity):
        count = f"over {MOST}" if finding.more else str(len(finding.table.rows))
        out.write(
            f"{finding.severity}: {finding.name}: {finding.says} ({count} found)\n"
        )
        write_table(finding.table.columns, finding.table.rows, out)
        out.write("\n")
    total = len(names())
    if findings:
        out.write(f"{total - len(findings)} of {total} checks pass\n")
    else:
        out.write(f"all {total} checks pass\n")


def write_findings_json(findings: Sequence[Finding], out: TextIO) -> None:
    """One object; `more` says that a finding has rows beyond those shown."""
    told = {
        "ok": passes(findings),
        "checks": len(names()),
        "findings": [_object(finding) for finding in findings],
    }
    out.write(json.dumps(told, ensure_ascii=False, indent=2, default=plain) + "\n")


def _object(finding: Finding) -> dict[str, object]:
    columns = finding.table.columns
    return {
        "name": finding.name,
        "severity": finding.severity,
        "says": finding.says,
        "rows": [dict(zip(columns, row, strict=True)) for row in finding.table.rows],
        "more": finding.more,
    }
