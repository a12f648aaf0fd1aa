"""The real Zaak rows of 2 October 2024; tests/zaak/ORIGIN.md says what they are."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "zaak"
MANY = 42_994


def real_zaken() -> Iterator[dict[str, Any]]:
    """Rows as OData v4/2.0 gave them, with actors under `x:` and their relation."""
    with lzma.open(FOLDER / "zaak_20241002.jsonl.xz", "rt", encoding="utf-8") as lines:
        usual = json.loads(next(lines))
        for line in lines:
            yield {**usual, **json.loads(line)}


def odd_nummers() -> list[str]:
    """The Nummers of the rows that were marked as odd."""
    return (FOLDER / "oddities.txt").read_text(encoding="utf-8").split()
