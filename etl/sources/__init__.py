"""Who publishes: from the world to records and bytes."""

from __future__ import annotations

SOURCES = ("officielebekendmakingen", "tweedekamer", "map")
"""The names of all sources, in the order in which they run; `map` needs a path."""
