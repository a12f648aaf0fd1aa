"""Publications to rows in a real PostgreSQL with fsync on, one commit each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.material import xml_documents
from benchmarks.measure import Result, Spent, each
from benchmarks.parsing import no_pdf
from etl.dedupe import Incoming, decide, incoming_of, merged
from etl.documents import PARSER, understand
from etl.model.publicatie import Metadata
from etl.model.record import Bron, Record
from etl.ports import Store, Unit
from etl.store import open_store
from etl.store.embedded import ADMIN, LocalPostgres
from etl.store.migrations import migrate

SOURCE = "benchmark"
Document = tuple[Record, Incoming, Bron]


def results(documents: int, folder: Path) -> Iterator[Result]:
    """The first load without and with full-text indexes, then the same once more."""
    batch = [document(name, body) for name, body in xml_documents(3 * documents)]
    bare, indexed = batch[:documents], batch[documents : 2 * documents]
    with LocalPostgres(folder / "load").serve() as server:
        migrate(server.url("aanhangsel_owner"))
        owner = server.url(ADMIN)
        with opened(server.url("aanhangsel_writer")) as store:
            each_one(store, batch[2 * documents :][:50])  # plans made, tables warm
            with without_full_text(owner):
                before = total(owner)
                spent = each_one(store, bare)
                rows = total(owner) - before
            yield Result.at_least(
                "load, no full-text index", documents / spent.wall, "documents/s", 600
            )
            yield Result("load, no full-text index: rows", rows / spent.wall, "rows/s")
            spent = each_one(store, indexed)
            yield Result.at_least(
                "load, all indexes", documents / spent.wall, "documents/s", 300
            )
            yield Result("load, all indexes: rows", rows / spent.wall, "rows/s")


def document(identifier: str, body: bytes) -> Document:
    """All that the store is handed for one publication."""
    now = datetime(2026, 11, 1, tzinfo=UTC)
    record = Record(
        source=SOURCE,
        identifier=identifier,
        position=f"2026-11-01 {identifier}",
        fingerprint="1",
        metadata=Metadata(),
    )
    bron = Bron(
        body=body, url=f"file:{identifier}.xml", media_type="text/xml", fetched_at=now
    )
    found = understand(body, read_pdf=no_pdf)
    return record, incoming_of(record, found.publicatie, found.formaat), bron


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """The store, with the clock of the machine."""
    with open_store(url, now=lambda: datetime.now(UTC), parser=PARSER) as store:
        yield store


def each_one(store: Store, documents: Sequence[Document]) -> Spent:
    """Load all, each in a transaction of its own, as a run does."""
    run_id = store.open_run(SOURCE)
    number = count()

    def load(one: Document) -> None:
        record, incoming, bron = one

        def work(unit: Unit) -> None:
            current = unit.current(incoming)
            whole = merged(current, incoming)
            publicatie_id = unit.load(decide(current, whole), current, whole)
            unit.attach(publicatie_id, SOURCE, bron)
            unit.settle(record)
            unit.advance(SOURCE, f"2026-11-01 {next(number):06}")

        store.transact(run_id, work)

    return each(load, documents)


@contextmanager
def without_full_text(owner: str) -> Iterator[None]:
    """Leave the full-text indexes away for a while, then build them again."""
    statement = """
        select indexdef, schemaname, indexname
        from pg_indexes where indexdef like '%to_tsvector%'
    """
    with psycopg.connect(owner, autocommit=True) as connection:
        indexes = connection.execute(statement).fetchall()
        for _, *name in indexes:
            drop = sql.SQL("drop index {}").format(sql.Identifier(*name))
            connection.execute(drop)
        yield
        for definition, *_ in indexes:
            connection.execute(definition.encode())


def total(owner: str) -> int:
    """Rows in all tables of both schemas."""
    with psycopg.connect(owner) as connection:
        tables = connection.execute(
            "select schemaname, tablename from pg_tables"
            " where schemaname in ('aanhangsel', 'etl')"
        ).fetchall()
        statement = sql.SQL("select count(*) from {}")
        counts = [
            connection.execute(statement.format(sql.Identifier(*name))).fetchone()
            for name in tables
        ]
    return sum(found[0] for found in counts if found)
