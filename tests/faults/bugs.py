"""Four bugs, each the loader with one thing changed, that the harness has to find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest import mock

from etl.errors import DocumentFault
from etl.model.record import Record
from etl.pipeline import Run
from etl.store.unit import PostgresUnit


@contextmanager
def cursor_first() -> Iterator[None]:
    """The cursor is committed before the rows that it passes."""
    load = Run._load

    def early(self: Run, record: Record, *rest: Any) -> Any:
        if self.moves:
            self.store.transact(
                self._run_id,
                lambda unit: (
                    unit.settle(record),
                    unit.advance(record.source, record.position),
                ),
            )
        return load(self, record, *rest)

    with mock.patch.object(Run, "_load", early):
        yield


@contextmanager
def not_atomic() -> Iterator[None]:
    """A publication is committed before its questions and answers are."""
    do = PostgresUnit._do

    def torn(self: PostgresUnit, name: str, **values: Any) -> None:
        do(self, name, **values)
        if name == "publicatie_insert":
            self.connection.commit()

    with mock.patch.object(PostgresUnit, "_do", torn):
        yield


@contextmanager
def append_only() -> Iterator[None]:
    """Answers are added to those of before when a document is read again."""
    write = PostgresUnit._write

    def added(self: PostgresUnit, name: str, publicatie_id: int, *rest: Any) -> None:
        write(self, name, publicatie_id, *rest)
        if name == "inhoud_replace":
            self.connection.execute(AGAIN, [publicatie_id])

    with mock.patch.object(PostgresUnit, "_write", added):
        yield


AGAIN = """
    insert into aanhangsel.antwoord (publicatie_id, volgorde, label, nummers, tekst)
    select publicatie_id, volgorde + count(*) over (), label, nummers, tekst
    from aanhangsel.antwoord
    where publicatie_id = %s
"""


@contextmanager
def unrecorded() -> Iterator[None]:
    """The cursor passes a bad document that was recorded nowhere."""

    def forget(
        self: Run, record: Record, fault: DocumentFault, bronnen: Sequence[Any], *_: Any
    ) -> None:
        self.store.transact(
            self._run_id,
            lambda unit: (
                unit.settle(record),
                unit.advance(record.source, record.position),
            ),
        )

    with mock.patch.object(Run, "_quarantine", forget):
        yield


BUGS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "cursor first": cursor_first,
    "not atomic": not_atomic,
    "append only": append_only,
    "unrecorded": unrecorded,
}
