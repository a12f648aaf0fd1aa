"""Publications to rows in a real PostgreSQL with fsync on, one commit each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.material import xml_documents
from benchmarks.measure import Result, Spent, each
from benchmarks.parsing import no_pdf
from etl.dedupe import decide, reading_of
from etl.documents import PARSER, understand
from etl.lookup import lookup
from etl.model.publicatie import Metadata
from etl.model.reading import Reading
from etl.model.record import Bron, Record
from etl.ports import Store, Unit
from etl.store import open_store
from etl.store.embedded import ADMIN, LocalPostgres
from etl.store.migrations import migrate

SOURCE = "benchmark"
ROUNDS = 3
WARMING = 50
"""Documents loaded first, so that plans are made and tables are warm."""

Document = tuple[Record, Reading, Bron]


def results(documents: int, folder: Path) -> Iterator[Result]:
    """New publications, first without full-text indexes and then with all indexes."""
    batches = batched(2 * ROUNDS * documents + WARMING, documents)
    with LocalPostgres(folder / "load").serve() as server:
        migrate(server.url("aanhangsel_owner"))
        admin = server.url(ADMIN)
        with opened(server.url("aanhangsel_writer")) as store:
            each_one(store, next(batches))
            with without_full_text(admin):
                name = "load, no full-text index"
                yield from rounds(name, 600, store, admin, batches)
            yield from rounds("load, all indexes", 300, store, admin, batches)


def rounds(
    name: str,
    least: float,
    store: Store,
    admin: str,
    batches: Iterator[list[Document]],
) -> Iterator[Result]:
    """The best of some batches: what else the machine does only ever slows it down."""
    found = []
    for batch in islice(batches, ROUNDS):
        before = total(admin)
        spent = each_one(store, batch)
        rows = total(admin) - before
        found.append((len(batch) / spent.wall, rows / spent.wall))
    documents, rows_a_second = max(found)
    yield Result.at_least(name, documents, "documents/s", least)
    yield Result(f"{name}: rows", rows_a_second, "rows/s")


def batched(count: int, size: int) -> Iterator[list[Document]]:
    """Understood documents in lists of `size`, the first one for warming up."""
    made = (document(name, body) for name, body in xml_documents(count))
    yield list(islice(made, WARMING))
    while batch := list(islice(made, size)):
        yield batch


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
    found = understand(body, read_pdf=no_pdf, lookup=lookup())
    reading = reading_of(
        record, found.publicatie, found.formaat, found.dekking, bron.sha256
    )
    return record, reading, bron


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
        record, reading, bron = one

        def work(unit: Unit) -> None:
            held = unit.held(reading)
            whole = held.whole(reading)
            decision = decide(held, whole, reading)
            publicatie_id = unit.load(decision, held, whole, reading)
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
