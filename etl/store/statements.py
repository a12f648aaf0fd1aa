"""Reads `sql/`: the only home of SQL. The file's name is the statement's name."""

from __future__ import annotations

from typing import LiteralString

from etl.files import root, script

__all__ = ["root", "script", "statement"]


def statement(name: str) -> LiteralString:
    """The one statement of `sql/queries/<name>.sql`."""
    return script(f"queries/{name}.sql")
