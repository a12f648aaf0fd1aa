"""What is remembered of figures and incidents, on a connection of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from etl.expectations import Facts, Measured
from etl.incidents import Fault, Incident
from etl.store.connection import Connection, connect
from etl.store.faults import translated
from etl.store.rows import Row, storable
from etl.store.statements import statement


@dataclass(frozen=True, slots=True)
class Watching:
    """Each call is a transaction. All may raise psycopg.Error; see `watching`."""

    connection: Connection
    now: datetime

    def facts(self, source: str) -> tuple[int | None, Facts]:
        """What the figures of a source are made of, and its last run."""
        values = {"source": source, "today": self.now.date()}
        (row,) = self._rows("expectation_facts", values)
        run_id, counts = row.pop("run_id"), row.pop("aantallen")
        # of weeks in which nobody followed it, little is no sign of anything
        earlier = tuple(counts[1:]) if row.pop("followed") else ()
        return run_id, Facts(recent=counts[0], earlier=earlier, **row)

    def keep(self, run_id: int, measured: Sequence[Measured]) -> None:
        """Remember how the figures were after this run."""
        for one in measured:
            self._rows("expectation_put", {"run_id": run_id, **asdict(one)})

    def open(self) -> list[Incident]:
        """Incidents that are not over."""
        return [Incident(**row) for row in self._rows("incident_open", {})]

    def see(self, source: str, fault: Fault) -> None:
        """A fault was found: its incident begins, or lasts."""
        values = {"code": fault.code, "explanation": storable(fault.text)}
        self._rows("incident_put", {"source": source, "now": self.now, **values})

    def close(self, incident: Incident) -> None:
        """It is over."""
        values = {"incident_id": incident.incident_id, "now": self.now}
        self._rows("incident_close", values)

    def untold(self) -> list[Incident]:
        """Of which the webhook has not heard yet; none if another process is at it."""
        (free,) = self._rows("incident_lock", {})
        if not free["pg_try_advisory_lock"]:
            return []
        return [
            Incident(**row) for row in self._rows("incident_untold", {"now": self.now})
        ]

    def told(self, incident: Incident) -> None:
        """The webhook took the message about it as it is now."""
        over = incident.closed_at is not None
        values = {"incident_id": incident.incident_id, "now": self.now, "over": over}
        self._rows("incident_told", values)

    def _rows(self, name: str, values: Row) -> list[dict[str, Any]]:
        cursor = self.connection.cursor(row_factory=dict_row)
        cursor.execute(statement(name), values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def watching(url: str, now: datetime) -> Iterator[Watching]:
    """As the writer. Raises StoreError when the database is away."""
    with connect(url, "watch") as connection:
        try:
            yield Watching(connection, now)
        except psycopg.Error as error:
            raise translated(error) from error
