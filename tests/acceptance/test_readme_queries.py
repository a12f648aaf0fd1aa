"""The output that the README shows is what the commands print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHOWN = re.compile(
    r'^\$ scripts/etl sql "(?P<query>[^"]+)"\n(?P<output>.+?)\n(?=\n\$|```)',
    re.MULTILINE | re.DOTALL,
)


def test_the_readme_shows_what_its_queries_print(bare: Any) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = {found["query"]: found["output"] for found in SHOWN.finditer(readme)}
    assert len(shown) == 4
    bare("--data-dir", "data", "demo")
    bare.variables["ETL_DATA_DIR"] = "data/demo"
    printed = {
        query: without_trailing_spaces(bare("sql", query).out) for query in shown
    }
    assert printed == shown


def without_trailing_spaces(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())
