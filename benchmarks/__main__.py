"""`python -m benchmarks [--documents N] [--json FILE]`: a table and JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks import commands, loading, parsing
from benchmarks.measure import Result

PARTS = ("parse", "load", "command")


def main() -> int:
    """Measure, print, write; returns 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--documents", type=int, default=500, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--only", choices=PARTS)
    given = parser.parse_args()
    done = []
    for result in measured(given.documents, given.only):
        print(line(result), flush=True)
        done.append(result)
    if given.json:
        given.json.write_text(json.dumps(report(done), indent=2) + "\n", "utf-8")
    return int(any(result.reached is False for result in done))


def measured(documents: int, only: str | None) -> Iterator[Result]:
    """Every part, one after the other."""
    with tempfile.TemporaryDirectory(prefix="etl-bench-") as name:
        # The database's own account has to get in, also when root measures.
        folder = Path(name)
        folder.chmod(0o755)
        if only in (None, "parse"):
            yield from parsing.results(documents)
        if only in (None, "load"):
            yield from loading.results(documents, folder)
        if only in (None, "command"):
            yield from commands.results(documents, folder)


def line(result: Result) -> str:
    """One row of the table."""
    verdict = {None: "", True: "reached", False: "MISSED"}[result.reached]
    digits = 0 if result.value >= 100 else 2
    value = f"{result.value:,.{digits}f}"
    return (
        f"{result.name:<38}{value:>10}  {result.unit:<12}{result.target:>7}  {verdict}"
    )


def report(results: list[Result]) -> dict[str, object]:
    """The same for programs, with what it was measured on."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "results": [asdict(result) for result in results],
    }


if __name__ == "__main__":
    sys.exit(main())
