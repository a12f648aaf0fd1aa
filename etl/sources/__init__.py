"""Who publishes: from the world to records and bytes."""

from __future__ import annotations

SOURCES = ("officielebekendmakingen", "tweedekamer", "map")
"""The names of all sources that are built; `map` needs a path."""
