"""What `scripts/soak` does for an hour, for moments: so that the hour does not fail on
the harness itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from chance import seeded
from faults import bulk, chaos

if TYPE_CHECKING:
    import pytest


def test_a_moment_of_chaos_ends_as_a_clean_load(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seed = seeded().randrange(1, 10**6)
    code = chaos.play(minutes=0.3, documents=40, seed=seed)
    assert code == 0, capsys.readouterr().out


def test_a_few_at_once_are_loaded_in_bounds_and_again_for_nothing(
    folder: Path,
) -> None:
    assert bulk.play(200, folder) == []
