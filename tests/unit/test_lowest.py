"""What `scripts/lowest` installs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def test_each_dependency_is_held_to_its_lower_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [str(SCRIPTS), *sys.path])
    from lowest import pinned

    bounds = ["psycopg[binary]>=3.2,<4", "click>=8.2,<9"]
    assert pinned(bounds) == ["psycopg==3.2", "click==8.2"]
