"""One transaction of a run: a publication's rows and its place in the cursor.

Statements are sent without waiting for their answers (a pipeline), but for the few
whose answer decides; an error surfaces at the latest when the transaction ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from etl.dedupe import Current, Decision, Incoming
from etl.errors import DocumentFault
from etl.model.record import Bron, Record, Withdrawn
from etl.store import rows
from etl.store.connection import Connection
from etl.store.faults import one_line
from etl.store.rows import Row
from etl.store.statements import statement

if TYPE_CHECKING:
    import psycopg
    import zstandard


@dataclass(slots=True)
class PostgresUnit:
    """Implements `ports.Unit` on an open transaction."""

    connection: Connection
    run_id: int
    now: Callable[[], datetime]
    parser: str
    compressor: zstandard.ZstdCompressor
    _found: Row = field(default_factory=dict)
    _attached: list[Bron] = field(default_factory=list)
    _changed: bool = False
    _cursor: psycopg.Cursor[Any] | None = None

    def current(self, incoming: Incoming) -> Current | None:
        """What is held of this publication, locked until the end of the transaction."""
        found = self._one("publicatie_current", rows.lookup_row(incoming))
        self._found = found or {}
        return rows.current_of(self._found)

    def load(
        self, decision: Decision, current: Current | None, incoming: Incoming
    ) -> int:
        """Write what the decision asks for; returns the publicatie_id."""
        if current is None:
            publicatie_id = int(self._found["new_id"])
            self._insert(publicatie_id, incoming)
            return publicatie_id
        if decision is Decision.CHANGED:
            self._update(current, incoming)
            return current.publicatie_id
        if decision is Decision.FORMER:
            self._keep_former(current.publicatie_id, incoming)
        offered = incoming.publicatie.identifier
        if offered and offered != self._found["identifier"]:
            self._alias(current.publicatie_id, offered)
            self._resolve(current.publicatie_id)
        return current.publicatie_id

    def _alias(self, publicatie_id: int, identifier: str) -> None:
        self._do("alias_put", publicatie_id=publicatie_id, identifier=identifier)

    def _insert(self, publicatie_id: int, incoming: Incoming) -> None:
        row = rows.publicatie_row(incoming, rows.names_of(None, incoming), self.parser)
        self._do("publicatie_insert", publicatie_id=publicatie_id, **row)
        self._write("inhoud_insert", publicatie_id, incoming)
        self._resolve(publicatie_id)

    def _update(self, current: Current, incoming: Incoming) -> None:
        self._changed = True
        publicatie_id = current.publicatie_id
        self._do("versie_replace", publicatie_id=publicatie_id)
        if other_id := self._found["other_id"]:
            self._absorb(publicatie_id, other_id)
        names = rows.names_of(self._found["identifier"], incoming)
        row = rows.publicatie_row(incoming, names, self.parser)
        self._do("publicatie_update", publicatie_id=publicatie_id, **row)
        self._write("inhoud_replace", publicatie_id, incoming)
        self._do(
            "versie_open",
            publicatie_id=publicatie_id,
            reden=rows.reden_of(current, incoming),
            identifier=names.identifier,
            inhoud_sha256=row["inhoud_sha256"],
        )
        if names.alias:
            self._alias(publicatie_id, names.alias)
        self._resolve(publicatie_id)

    def _absorb(self, publicatie_id: int, other_id: int) -> None:
        """Another row turns out to be this publication under its other name."""
        self._do("versie_replace", publicatie_id=other_id)
        both = {"publicatie_id": publicatie_id, "other_id": other_id}
        self._do("publicatie_absorb", **both)
        self._do("publicatie_delete", other_id=other_id)

    def _keep_former(self, publicatie_id: int, incoming: Incoming) -> None:
        self._do(
            "versie_former",
            publicatie_id=publicatie_id,
            identifier=incoming.publicatie.identifier,
            inhoud_sha256=incoming.sha256,
            inhoud=rows.former_json(incoming),
        )

    def _write(self, name: str, publicatie_id: int, incoming: Incoming) -> None:
        row = rows.inhoud_row(incoming)
        self._do(name, publicatie_id=publicatie_id, **row)

    def _resolve(self, publicatie_id: int) -> None:
        """Point its references, and those of others that name it, at their targets.

        After all its names and zaken are written.
        """
        self._do("verwijzing_resolve", publicatie_id=publicatie_id)

    def attach(self, publicatie_id: int, source: str, bron: Bron) -> None:
        """Archive a body and file it under its publication."""
        if self._changed:
            self._explain_change(publicatie_id, bron)
        row = rows.bron_row(bron, self.compressor)
        self._do("bron_attach", publicatie_id=publicatie_id, source=source, **row)
        self._attached.append(bron)

    def _explain_change(self, publicatie_id: int, bron: Bron) -> None:
        same_parser = self._found["parser"] == self.parser
        self._do(
            "versie_reread",
            publicatie_id=publicatie_id,
            sha256=bron.sha256,
            reden="metadata gewijzigd" if same_parser else "herlezen",
        )

    def withdraw(self, record: Record, offer: Withdrawn) -> bool:
        """Mark as withdrawn; False when it was already, or when a newer print holds."""
        del offer  # where the publisher says so is not kept
        key, herziening = rows.key_of(record.identifier)
        names = {**rows.key_row(key), "identifier": record.identifier}
        found = self._one("publicatie_find", names)
        if found is None:
            self._do(
                "publicatie_insert_withdrawn",
                **names,
                herziening=herziening,
                titel=record.metadata.titel,
                gepubliceerd=record.metadata.gepubliceerd,
                metadata=rows.as_json(record.metadata.as_json()),
            )
            if arrived := self._one("publicatie_find", names):
                self._resolve(arrived["publicatie_id"])
            return True
        if found["withdrawn"] or (
            found["identifier"] and rows.key_of(found["identifier"])[1] != herziening
        ):
            return False
        publicatie_id = found["publicatie_id"]
        self._do("versie_replace", publicatie_id=publicatie_id)
        self._do("publicatie_withdraw", publicatie_id=publicatie_id)
        self._do(
            "versie_open",
            publicatie_id=publicatie_id,
            reden="ingetrokken",
            identifier=found["identifier"],
            inhoud_sha256=found["inhoud_sha256"],
        )
        self._resolve(publicatie_id)
        return True

    def quarantine(
        self, record: Record, fault: DocumentFault, bronnen: Sequence[Bron]
    ) -> None:
        """Archive the bodies and keep the record with its fault for a later try."""
        first = bronnen[0] if bronnen else None
        self._do(
            "problem_put",
            run_id=self.run_id,
            source=record.source,
            identifier=record.identifier,
            url=first.url if first else None,
            sha256=first.sha256 if first else None,
            code=fault.code,
            explanation=rows.storable(fault.explanation),
            parser=self.parser,
            fingerprint=record.fingerprint,
            record=rows.record_json(record),
        )
        for bron in bronnen:
            row = rows.bron_row(bron, self.compressor)
            self._do("bron_put", **row)
            place = {"source": record.source, "identifier": record.identifier}
            self._do("problem_bron_put", **place, **row)

    def settle(self, record: Record) -> None:
        """Remember the record as processed, which also resolves its open problem."""
        fetched = [bron.fetched_at for bron in self._attached]
        self._do(
            "record_settle",
            **rows.settle_row(record, self._attached),
            fetched_at=min(fetched, default=self.now()),
            parser=self.parser,
        )

    def advance(self, source: str, position: str) -> None:
        """Move the cursor, never back."""
        self._do("cursor_advance", source=source, position=position)

    def rewind(self, source: str, position: str) -> None:
        """Move the cursor back, so that a run killed half-way is resumed from there."""
        self._do("cursor_rewind", source=source, position=position)

    def _do(self, name: str, **values: Any) -> None:
        if self._cursor is None:
            self._cursor = self.connection.cursor()
        self._execute(self._cursor, name, {"now": self.now(), **values})

    def _one(self, name: str, values: Row) -> Row | None:
        cursor = self.connection.cursor(row_factory=dict_row)
        self._execute(cursor, name, {"now": self.now(), **values})
        return cursor.fetchone()

    def _execute(self, cursor: psycopg.Cursor[Any], name: str, values: Row) -> None:
        try:
            cursor.execute(statement(name), values, prepare=True)
        except ValueError as error:
            # a lone surrogate: the driver cannot even send it
            raise DocumentFault("row_refused", one_line(error)) from error
