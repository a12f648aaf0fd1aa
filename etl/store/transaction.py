"""An open transaction, and the statements of `sql/queries` sent in it.

Statements are sent without waiting for their answers (a pipeline), but for the few
whose answer decides; an error surfaces at the latest when the transaction ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from etl.errors import DocumentFault
from etl.store.connection import Connection
from etl.store.faults import one_line
from etl.store.rows import Row
from etl.store.statements import statement

if TYPE_CHECKING:
    import psycopg


@dataclass(slots=True, kw_only=True)
class Transaction:
    """Runs statements by name, each with the time as `now` among its values."""

    connection: Connection
    now: Callable[[], datetime]
    on_step: Callable[[str], None] = lambda step: None
    """Told the name of each statement before it is sent."""
    _cursor: psycopg.Cursor[Any] | None = None

    def _do(self, name: str, **values: Any) -> None:
        if self._cursor is None:
            self._cursor = self.connection.cursor()
        self._execute(self._cursor, name, {"now": self.now(), **values})

    def _one(self, name: str, values: Row) -> Row | None:
        return next(iter(self._all(name, values)), None)

    def _all(self, name: str, values: Row) -> list[Row]:
        cursor = self.connection.cursor(row_factory=dict_row)
        self._execute(cursor, name, {"now": self.now(), **values})
        return cursor.fetchall()

    def _execute(self, cursor: psycopg.Cursor[Any], name: str, values: Row) -> None:
        self.on_step(name)
        try:
            cursor.execute(statement(name), values, prepare=True)
        except ValueError as error:
            # a lone surrogate: the driver cannot even send it
            raise DocumentFault("row_refused", one_line(error)) from error
