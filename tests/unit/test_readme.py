"""The README, .env.example and the code name the same things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.app.jobs import BY_HAND
from etl.errors import FAULT_CODES
from etl.settings import Settings, variable
from etl.sources import SOURCES

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
FIELDS = {variable(name): field for name, field in Settings.model_fields.items()}
VARIABLES = set(FIELDS)
AS_IN_CODE = (
    "ETL_SRU_URL",
    "ETL_PUBLICATIONS_URL",
    "ETL_SYNCFEED_URL",
    "ETL_ODATA_URL",
    "ETL_RATE",
    "ETL_SCHEDULE",
)
"""Defaults of which the example must show every letter."""


def test_the_readme_explains_every_quarantine_code() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", part("faults"), re.MULTILINE))
    assert rows == FAULT_CODES


def test_the_readme_explains_every_variable() -> None:
    named = set(re.findall(r"^\|.*?\|", part("settings"), re.MULTILINE))
    found = set(re.findall(r"`([A-Z_]{4,})`", "".join(named)))
    assert found - {"DATABASE_URL_FILE"} == VARIABLES


def test_the_example_names_every_variable_with_its_default() -> None:
    shown = dict(re.findall(r"^#([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
    assert set(shown) == VARIABLES
    for name in AS_IN_CODE:
        assert shown[name] == str(FIELDS[name].default)
    assert shown["ETL_SOURCES"].split(",") == [n for n in SOURCES if n != BY_HAND]


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 6, 7, 130, 143])
def test_the_readme_explains_every_exit_code(code: int) -> None:
    assert re.search(rf"^\| {code} \| \S", README, re.MULTILINE)


def test_the_readme_shows_real_queries() -> None:
    assert "To be filled" not in README
    assert len(re.findall(r"^\$ scripts/etl sql ", part("queries"), re.MULTILINE)) == 4


def part(name: str) -> str:
    """What stands between two marks."""
    return README.partition(f"<!-- {name}: begin -->")[2].partition(
        f"<!-- {name}: end -->"
    )[0]
