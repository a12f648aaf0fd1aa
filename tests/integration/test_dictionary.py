"""docs/data-dictionary.md is what the schema's comments say."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(database: Any) -> str:
    """As `scripts/dictionary` would write it now."""
    path = ROOT / "scripts" / "dictionary.py"
    spec = importlib.util.spec_from_file_location("dictionary", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.render(database.url("aanhangsel_reader")))


def test_the_data_dictionary_is_current(page: str) -> None:
    written = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == page, "run scripts/dictionary"


def test_every_table_and_column_is_explained(page: str) -> None:
    assert re.findall(r"^\| `(\w+)` \| [^|]+ \|\s*\|$", page, re.MULTILINE) == []
    assert re.findall(r"^## (\S+) .*\n\n\n", page, re.MULTILINE) == []
