"""Rows to write by hand, where the pipeline would take too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tables import Tables


@pytest.fixture
def tables(database: Any) -> Iterator[Tables]:
    """The tables of the migrated database, to write into without the pipeline."""
    it = Tables(database)
    yield it
    it.close()
