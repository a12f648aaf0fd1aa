"""What the pipeline needs of a source and of a store, without knowing either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar

from etl.combine import Whole
from etl.dedupe import Decision, Held
from etl.errors import DocumentFault
from etl.matching import Unmatched
from etl.ministers import Ambtsperiode
from etl.model.archive import Archived, Place
from etl.model.entity import Category, Page
from etl.model.identity import Key
from etl.model.link import Asked, Linked
from etl.model.reading import Reading
from etl.model.record import Bron, Known, Offer, Record, Validators
from etl.model.run import Outcome, Tally
from etl.observed import Addressed, Term
from etl.people import Lid

T = TypeVar("T")
Queue = Literal["people", "zaak", "publicatie"]


class Source(Protocol):
    """Who publishes."""

    @property
    def name(self) -> str:
        """As in `ETL_SOURCES` and in the column `source`."""

    @property
    def lists_all(self) -> bool:
        """Whether `records` always brings all there is, whatever the position."""

    def records(self, position: str | None) -> Sequence[Record]:
        """Every record changed since `position` less an overlap, in order.

        None means from the start that the source was made with. The listing is
        complete before it is returned. Raises SourceError.
        """

    def offers(
        self, record: Record, validators: Mapping[str, Validators]
    ) -> Iterator[Offer]:
        """The record's bodies, best form first, each fetched when asked for.

        `validators` go with the request for the url they are filed under.
        Raises DocumentFault when it has none, SourceError when it does not answer.
        """

    def completed(self, record: Record) -> Record:
        """The record with what its listing left out, where the source has it elsewhere.

        Asked only of a record whose body was understood. Raises SourceError.
        """


class Yearbook(Source, Protocol):
    """A source that can also list a whole session year, and be asked for a number."""

    def of_year(self, vergaderjaar: str) -> Sequence[Record]:
        """All records of a vergaderjaar. Raises SourceError."""

    def missing(self, key: Key) -> Record:
        """A record to ask for a number that no listing brings."""


class Feed(Protocol):
    """A source that tells of every change of its rows, one category at a time."""

    def pages(self, category: Category, token: str | None) -> Iterator[Page]:
        """The pages after `token`, from the beginning for None. Raises SourceError."""

    def start_at(self, day: date) -> str | None:
        """The token from which all that changed since `day` follows: a number."""


class Joining(Protocol):
    """Half of a transaction: mirrors the Tweede Kamer, and joins what came in."""

    def mirror(self, page: Page) -> Tally:
        """Keep a page of entities; what was new, changed, withdrawn and unchanged."""

    def count_mirror(self) -> None:
        """Let the database know how much came in, so that joining it is quick."""

    def waiting_links(self, kind: Queue, most: int) -> Sequence[str]:
        """Ids of what has to be joined anew with the rest."""

    def link_people(self) -> None:
        """Bring persons, groups and memberships up to date; queue whom it concerns."""

    def link_zaken(self, ids: Sequence[str]) -> None:
        """Bring these zaken (by GUID) up to date; queue their publications."""

    def observe(self, terms: Sequence[Term]) -> None:
        """Make these the terms that were only observed; queue whom it concerns."""

    def unmatched(self, publicatie_ids: Sequence[str]) -> Sequence[Unmatched]:
        """Those that no source gives a zaaknummer, with the zaken of their day."""

    def match(
        self, publicatie_ids: Sequence[str], zaken: Mapping[int, str | None]
    ) -> None:
        """Write to which zaak they belong, by publicatie_id."""

    def asked(self, publicatie_ids: Sequence[str]) -> Sequence[Asked]:
        """The persons in these publications, locked."""

    def link(self, publicatie_ids: Sequence[str], linked: Sequence[Linked]) -> None:
        """Write who they are and what belongs together."""


class Unit(Joining, Protocol):
    """One transaction: a publication's rows and its place in the cursor."""

    def held(self, reading: Reading) -> Held:
        """What is held of its publication, locked until the end of the transaction."""

    def load(
        self, decision: Decision, held: Held, whole: Whole, reading: Reading
    ) -> int:
        """Write what the decision asks for; returns the publicatie_id."""

    def keep(self, publicatie_id: int, reading: Reading) -> None:
        """Keep a reading of a publication that is loaded with another one."""

    def attach(
        self, publicatie_id: int, source: str, bron: Bron, *, reread: bool = False
    ) -> None:
        """Archive a body and file it under its publication.

        `reread` says that it was read again, which is why the publication changed.
        """

    def withdraw(self, record: Record) -> bool:
        """Mark as withdrawn; False when that is no news."""

    def quarantine(
        self, record: Record, fault: DocumentFault, bronnen: Sequence[Bron]
    ) -> datetime | None:
        """Archive the bodies and keep the record with its fault for a later try.

        Says when that is; None where nothing is kept.
        """

    def settle(self, record: Record) -> None:
        """Remember the record as processed, which also resolves its open problem."""

    def advance(self, source: str, position: str) -> None:
        """Move the cursor, never back."""

    def rewind(self, source: str, position: str) -> None:
        """Move the cursor back, so that a run killed half-way is resumed from there."""

    def checkpoint(self, name: str, token: str) -> None:
        """Remember the place in a feed, whichever way it is."""

    def miss(self, key: Key, reason: str) -> None:
        """Remember that a missing number was looked for in vain; `reason` in Dutch."""


class Archive(Protocol):
    """What was received and read, to be read again."""

    def archived(self, source: str, sha256: str) -> Bron | None:
        """A body that was fetched before."""

    def archive(self, vergaderjaren: Sequence[str]) -> Sequence[Place]:
        """Every reading with a body, of these session years, of all for none.

        Those of one publication follow each other.
        """

    def archived_at(self, place: Place) -> Archived | None:
        """A reading and its body; None when it is no longer there."""


class Holdings(Protocol):
    """What is here of each source and session year, and what is missing."""

    def documents(self, source: str) -> Sequence[Record]:
        """Documents of the mirror that were not read yet, or not as they are now."""

    def documents_read(self, source: str, vergaderjaren: Sequence[str]) -> int:
        """How many documents of the mirror, of these session years, were read."""

    def years(self) -> Sequence[str]:
        """The session years of which a number is loaded."""

    def records_of_year(self, source: str, vergaderjaar: str) -> Sequence[str]:
        """Names, but no placeholders, of records that a source listed of this year."""

    def gaps(self, recent: Sequence[str], most: int) -> Sequence[Key]:
        """Missing numbers whose turn it is; `recent` are session years followed now."""

    def zaken_mirrored(self, vergaderjaar: str) -> int:
        """How many cases of a session year are in the mirror."""


class Persons(Protocol):
    """Who can be linked."""

    def leden(self) -> Sequence[Lid]:
        """Every person of the Tweede Kamer with the periods of his membership."""

    def ambtsperioden(self, *, sure: bool = False) -> Sequence[Ambtsperiode]:
        """Every term of office; if `sure`, without those that were only observed."""

    def addressed(self) -> Sequence[Addressed]:
        """Whom the Tweede Kamer names as addressees, each in each office."""


class Clockwork(Protocol):
    """Which ticks of the schedule were done, by whichever daemon."""

    def claim(self, source: str, tick: datetime, daemon: str, *, again: bool) -> bool:
        """Take up a tick, under the lock; False if it was done.

        It was if a daemon finished it, or a good run of the source began since. One
        that ended badly is taken up again if `again`.
        """

    def finish(self, source: str, tick: datetime, *, good: bool) -> None:
        """Record that the run of a tick has ended."""


class Store(Archive, Holdings, Persons, Clockwork, Protocol):
    """Who remembers: runs, cursors, records, and all that the parts above tell."""

    def open_run(self, source: str) -> int:
        """Record the start of a run, closing what a killed one left open."""

    def close_run(
        self, run_id: int, outcome: Outcome, tally: Tally, problem: str | None
    ) -> None:
        """Record how it ended."""

    def position(self, source: str) -> str | None:
        """The cursor of a source; None before its first run."""

    def known(self, source: str, identifiers: Sequence[str]) -> Mapping[str, Known]:
        """What is remembered of these records."""

    def due(self, source: str) -> Sequence[Record]:
        """Quarantined records whose time has come or whose parser has changed."""

    def waiting(self, source: str) -> Mapping[str, str]:
        """Quarantined records that are not due: identifier to fingerprint."""

    def transact(self, run_id: int, work: Callable[[Unit], T]) -> T:
        """Do `work` in one transaction, again when the database asks for that.

        Raises DocumentFault (`row_refused`) for a value that no row accepts,
        StoreError when the database is away.
        """
