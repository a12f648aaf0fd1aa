"""The store: what a run remembers, in one PostgreSQL connection that may be lost."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import psycopg
import zstandard
from psycopg.rows import dict_row
from tenacity import RetryCallState, Retrying, retry_if_exception

from etl.errors import EtlError, RunLocked, TransientError
from etl.ministers import Ambtsperiode
from etl.model.archive import Archived, Place
from etl.model.identity import Key
from etl.model.record import Bron, Known, Record
from etl.model.run import Outcome, Tally
from etl.observed import Addressed
from etl.people import Lid
from etl.store import filed, rows
from etl.store.connection import Connection, connect, open_connection, place_of
from etl.store.faults import Meaning, meaning, one_line, translated
from etl.store.links import lid_of
from etl.store.mirror import document_record
from etl.store.rows import Row
from etl.store.statements import script, statement
from etl.store.unit import PostgresUnit

T = TypeVar("T")

log = logging.getLogger(__name__)

PATIENCE = 600.0
"""Seconds to wait for a database that went away."""

ATTEMPTS = {"57014": 2, "23505": 3, "40001": 5, "40P01": 5, "55P03": 5}
"""How often to try what will hardly pass by waiting; by SQLSTATE.

23505 is a duplicate key: another process was first, so the next attempt finds its row.
"""

BALANCED = {Outcome.COMPLETE, Outcome.PARTIAL, Outcome.INTERRUPTED}


@dataclass(slots=True)
class PostgresStore:
    """Implements `ports.Store`.

    `revive` is called before a reconnection (an embedded server is started again);
    `stopping` ends the waiting for a database that is away. `on_step` is told before
    each statement and COMMIT, and after a COMMIT: a sign that something moves, and
    where a test ends the process.
    """

    url: str = field(repr=False)
    now: Callable[[], datetime]
    parser: str
    revive: Callable[[], None] = lambda: None
    stopping: Callable[[], bool] = lambda: False
    sleep: Callable[[float], None] = time.sleep
    patience: float = PATIENCE
    on_step: Callable[[str], None] = lambda step: None
    _connection: Connection = field(init=False)
    _locked: bool = False
    _lost: bool = False
    """Whether it was waited for in vain: then nobody waits again."""
    _compressor: zstandard.ZstdCompressor = field(
        default_factory=lambda: zstandard.ZstdCompressor(level=3)
    )

    def __post_init__(self) -> None:
        connection = connect(self.url, "writer")
        try:
            self._connection = _prepared(connection)
        except psycopg.Error as error:
            connection.close()
            raise translated(error) from error

    def close(self) -> None:
        """Let the connection go, and the lock with it."""
        self._connection.close()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the database's one run lock. Raises RunLocked when another run does."""
        try:
            free = self._try_lock(self._connection)
        except psycopg.Error as error:
            raise translated(error) from error
        if not free:
            raise RunLocked(
                f"another run is using the database {place_of(self.url)}; "
                "try again when it has ended"
            )
        self._locked = True
        try:
            yield
        finally:
            self._locked = False
            # a lost connection has lost the lock already
            with suppress(psycopg.Error):
                self._connection.execute(statement("run_unlock"))
                self._connection.commit()

    def _try_lock(self, connection: Connection) -> bool:
        row = connection.execute(statement("run_lock")).fetchone()
        connection.commit()
        return row is not None and bool(row[0])

    def open_run(self, source: str) -> int:
        """Record the start of a run, closing what a killed one left open."""
        values = {"source": source, "now": self.now(), "parser": self.parser}
        self._fetch("run_close_stale", values)
        return int(self._fetch("run_open", values)[0]["run_id"])

    def close_run(
        self, run_id: int, outcome: Outcome, tally: Tally, problem: str | None
    ) -> None:
        """Record how it ended. Raises EtlError for a bug: it does not balance."""
        leak = outcome in BALANCED and not tally.balances
        if leak:
            outcome = Outcome.FAILED
            problem = f"the run does not balance: {tally}"
        self._fetch(
            "run_close",
            {
                "run_id": run_id,
                "outcome": outcome.value,
                "now": self.now(),
                "problem": rows.storable(problem) if problem else None,
                **asdict(tally),
            },
        )
        if leak:
            raise EtlError(problem)

    def claim(self, source: str, tick: datetime, daemon: str, *, again: bool) -> bool:
        """Take up a tick, under the lock; False if it was done.

        It was if a daemon finished it, or a good run of the source began since. One
        that ended badly is taken up again if `again`.
        """
        values = {"source": source, "scheduled_for": tick, "now": self.now()}
        self._fetch("tick_purge", values)
        return bool(
            self._fetch("tick_claim", {**values, "daemon": daemon, "again": again})
        )

    def finish(self, source: str, tick: datetime, *, good: bool) -> None:
        """Record that the run of a tick has ended."""
        values = {"source": source, "scheduled_for": tick, "now": self.now()}
        self._fetch("tick_finish", {**values, "good": good})

    def position(self, source: str) -> str | None:
        """The cursor of a source; None before its first run."""
        found = self._fetch("cursor_get", {"source": source})
        return str(found[0]["position"]) if found else None

    def known(self, source: str, identifiers: Sequence[str]) -> Mapping[str, Known]:
        """What is remembered of these records."""
        values = {"source": source, "identifiers": list(identifiers)}
        found = self._fetch("record_known", values)
        return {row["identifier"]: rows.known_of(row) for row in found}

    def due(self, source: str) -> Sequence[Record]:
        """Quarantined records whose time has come or whose parser has changed."""
        values = {"source": source, "now": self.now(), "parser": self.parser}
        return [rows.record_of(r["record"]) for r in self._fetch("problem_due", values)]

    def waiting(self, source: str) -> Mapping[str, str]:
        """Quarantined records that are not due: identifier to fingerprint."""
        values = {"source": source, "now": self.now(), "parser": self.parser}
        found = self._fetch("problem_waiting", values)
        return {row["identifier"]: row["fingerprint"] for row in found}

    def documents(self, source: str) -> Sequence[Record]:
        """Documents of the mirror that were not read yet, or not as they are now."""
        found = self._fetch("document_due", {"source": source, "now": self.now()})
        return [document_record(row, source) for row in found]

    def documents_read(self, source: str, vergaderjaren: Sequence[str]) -> int:
        """How many documents of the mirror, of these session years, were read."""
        values = {"source": source, "vergaderjaren": list(vergaderjaren)}
        return int(self._fetch("document_count_read", values)[0]["aantal"])

    def years(self) -> Sequence[str]:
        """The session years of which a number is loaded."""
        return [row["vergaderjaar"] for row in self._fetch("year_list", {})]

    def records_of_year(self, source: str, vergaderjaar: str) -> Sequence[str]:
        """Names, but no placeholders, of records that a source listed of this year."""
        values = {"source": source, "vergaderjaar": vergaderjaar}
        return [row["identifier"] for row in self._fetch("record_of_year", values)]

    def gaps(self, recent: Sequence[str], most: int) -> Sequence[Key]:
        """Missing numbers whose turn it is; `recent` are session years followed now."""
        values = {"now": self.now(), "vergaderjaren": list(recent), "most": most}
        return [Key(**row) for row in self._fetch("gap_due", values)]

    def zaken_mirrored(self, vergaderjaar: str) -> int:
        """How many cases of a session year are in the mirror."""
        found = self._fetch("mirror_zaken", {"vergaderjaar": vergaderjaar})
        return int(found[0]["aantal"])

    def leden(self) -> Sequence[Lid]:
        """Every person of the Tweede Kamer with the periods of his membership."""
        return [lid_of(row) for row in self._fetch("people_list", {})]

    def ambtsperioden(self, *, sure: bool = False) -> Sequence[Ambtsperiode]:
        """Every term of office; if `sure`, but those that were only observed."""
        found = self._fetch("ambtsperiode_list", {"sure": sure})
        return [Ambtsperiode(**row) for row in found]

    def addressed(self) -> Sequence[Addressed]:
        """Whom the Tweede Kamer names as addressees, each in each office."""
        return [Addressed(**row) for row in self._fetch("addressed_list", {})]

    def archived(self, source: str, sha256: str) -> Bron | None:
        """A body that was fetched before."""
        found = self._fetch("bron_get", {"source": source, "sha256": sha256})
        return rows.bron_of(found[0]) if found else None

    def archive(self, vergaderjaren: Sequence[str]) -> Sequence[Place]:
        """Every reading with a body, of these session years, of all for none."""
        values = {"vergaderjaren": list(vergaderjaren)}
        return [Place(**row) for row in self._fetch("archive_list", values)]

    def archived_at(self, place: Place) -> Archived | None:
        """A reading and its body; None when it is no longer there."""
        name = "publicatie_content" if place.record is None else "archive_reading"
        wanted = {
            "publicatie_ids": [place.publicatie_id],
            "source": place.source,
            "record": place.record,
        }
        for row in self._fetch(name, wanted):
            wanted = {**row, "source": place.source}
            for bron in self._fetch("archive_bron", wanted):
                return filed.archived_of(place, row, bron)
        return None

    def transact(self, run_id: int, work: Callable[[PostgresUnit], T]) -> T:
        """Do `work` in one transaction, again when the database asks for that.

        Raises DocumentFault (`row_refused`) for a value that no row accepts,
        StoreError when the database is away.
        """

        def attempt(connection: Connection) -> T:
            unit = PostgresUnit(
                connection=connection,
                run_id=run_id,
                now=self.now,
                parser=self.parser,
                compressor=self._compressor,
                on_step=self.on_step,
            )
            with connection.pipeline():
                result = work(unit)
                self.on_step("commit")
                connection.commit()
            self.on_step("committed")
            return result

        return self._insist(attempt)

    def _fetch(self, name: str, values: Row) -> list[Row]:
        def attempt(connection: Connection) -> list[Row]:
            cursor = connection.cursor(row_factory=dict_row)
            self.on_step(name)
            cursor.execute(statement(name), values)
            found = cursor.fetchall() if cursor.description else []
            self.on_step("commit")
            connection.commit()
            self.on_step("committed")
            return found

        return self._insist(attempt)

    def _insist(self, attempt: Callable[[Connection], T]) -> T:
        """Repeat an attempt within the budget; every attempt is one transaction."""
        retrying = Retrying(
            retry=retry_if_exception(_passes),
            stop=self._give_up,
            wait=_wait,
            sleep=self.sleep,
            before_sleep=self._tell,
            reraise=True,
        )
        try:
            result: T = retrying(self._once, attempt)
            self._lost = False
            return result
        except TransientError as error:
            raise RunLocked(f"another run took over the database: {error}") from error
        except psycopg.Error as error:
            self._lost = self._connection.closed
            raise translated(error) from error

    def _tell(self, state: RetryCallState) -> None:
        """Say once that we wait for a database that is away, and for how long."""
        problem = state.outcome.exception() if state.outcome else None
        waiting = self._connection.closed and state.attempt_number == 2
        if isinstance(problem, psycopg.Error) and waiting:
            told = {"problem": one_line(problem), "patience": self.patience}
            log.warning("database_away", extra=told)

    def _once(self, attempt: Callable[[Connection], T]) -> T:
        connection = self._connected()
        try:
            return attempt(connection)
        finally:
            # nothing is left to undo after a commit, nor in a lost connection
            try:
                connection.rollback()
            except psycopg.Error:
                # broken off in the middle of a statement it is of no use any more
                connection.close()

    def _give_up(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        sqlstate = error.sqlstate if isinstance(error, psycopg.Error) else None
        if state.attempt_number >= ATTEMPTS.get(sqlstate or "", 1_000):
            return True
        return self.stopping() or self._lost or state.idle_for >= self.patience

    def _connected(self) -> Connection:
        """The connection, made anew and locked again if it was lost."""
        if not self._connection.closed:
            return self._connection
        self.revive()
        fresh = _prepared(open_connection(self.url, "writer"))
        if self._locked and not self._try_lock(fresh):
            fresh.close()
            # our own lost session may hold it until the server notices
            raise TransientError("the lock of the lost connection is not free yet")
        self._connection = fresh
        return fresh


def _prepared(connection: Connection) -> Connection:
    """From here on every statement opens a transaction; settings are made before."""
    connection.execute(script("writer.sql"))
    connection.autocommit = False
    return connection


def _passes(error: BaseException) -> bool:
    if isinstance(error, TransientError):
        return True
    if not isinstance(error, psycopg.Error):
        return False
    return meaning(error) is Meaning.RETRY or error.sqlstate == "23505"


def _wait(state: RetryCallState) -> float:
    """Seconds: at once after a conflict, growing to a minute for a database away."""
    error = state.outcome.exception() if state.outcome else None
    sqlstate = error.sqlstate if isinstance(error, psycopg.Error) else None
    if sqlstate in ATTEMPTS:
        return random.uniform(0.01, 0.1) * state.attempt_number  # noqa: S311 - jitter, no secret
    return min(60.0, 0.2 * 2.0 ** min(state.attempt_number - 1, 10))


@contextmanager
def open_store(
    url: str, *, now: Callable[[], datetime], parser: str, **options: Any
) -> Iterator[PostgresStore]:
    """A store on the database at `url`, closed when left; `options` as its fields.

    Raises StoreUnreachable at once when it cannot be reached.
    """
    store = PostgresStore(url, now, parser, **options)
    try:
        yield store
    finally:
        store.close()
