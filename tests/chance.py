"""Chance that can be repeated: a test that draws says from which seed.

In a commit the seed is always the same, so that a change is never blamed for what it did
not do; `scripts/soak` draws another each time and `SEED=n` repeats what it printed.
"""

from __future__ import annotations

import os
import random
import sys


def seeded(number: int = 0) -> random.Random:
    """A generator of this run's seed; `number` gives further ones."""
    seed = int(os.environ.get("SEED", "20261124")) + number
    sys.stdout.write(f"SEED={seed}\n")
    return random.Random(seed)
