"""The files that travel with the code: `sql/`, with its reference tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import LiteralString

import etl


@cache
def root() -> Path:
    """The folder `sql`: inside the installed package, else beside it."""
    package = Path(etl.__file__).parent
    installed = package / "_sql"
    return installed if installed.is_dir() else package.parent / "sql"


@cache
def script(path: str) -> LiteralString:
    """The text of `sql/<path>`. Raises FileNotFoundError for an unknown name."""
    # What is shipped with the code is as trustworthy as a literal in it; psycopg
    # is typed to accept no other text, so none can become a statement.
    return (root() / path).read_text(encoding="utf-8")
