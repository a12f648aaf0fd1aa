"""Following a feed: its rows into the mirror, page by page, each with its place.

A page and the token after its last entry commit together, so a kill costs a page that
is read again, and what is read again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.model.entity import Category, Page
from etl.model.run import Tally
from etl.ports import Feed, Store, Unit

WHOLE = (
    Category.PERSOON,
    Category.FRACTIE,
    Category.FRACTIE_ZETEL,
    Category.FRACTIE_ZETEL_PERSOON,
)
"""Small categories, read from their beginning: who sat when is never old news."""

SINCE = (
    Category.ZAAK,
    Category.ZAAK_ACTOR,
    Category.DOCUMENT,
    Category.DOCUMENT_VERSIE,
    Category.DOCUMENT_ACTOR,
)
"""The rest, from a chosen day on; wholes before their parts, so that few must wait."""


@dataclass(slots=True)
class Mirroring:
    """One pass over all categories, each from its checkpoint to its end.

    `since` is the day where a category without a checkpoint begins, and the day that
    all go back to when `again` is set; none goes forward to it.
    """

    name: str
    feed: Feed
    store: Store
    since: date | None = None
    again: bool = False
    stopping: Callable[[], bool] = lambda: False
    event: Callable[..., None] = lambda name, **details: None
    _start: dict[date, str | None] = field(default_factory=dict)

    def __call__(self, run_id: int, tally: Tally) -> None:
        """Mirror what is new. Raises SourceError, StoreError."""
        for category in (*WHOLE, *SINCE):
            if self.stopping():
                return
            self._follow(category, run_id, tally)

    def _follow(self, category: Category, run_id: int, tally: Tally) -> None:
        place = f"{self.name}/{category}"
        token = self._token(category, place)
        seen, problems = Tally(), 0
        drift: dict[str, None] = {}
        for page in self.feed.pages(category, token):
            token = _reached(page, token)
            found = self._keep(page, place, run_id, token)
            seen.add(found)
            tally.add(found)
            problems += sum(entry.problem is not None for entry in page.entries)
            drift.update(dict.fromkeys(page.drift))
            if self.stopping():
                break
        for line in drift:
            self.event("drift", category=category.value, problem=line)
        self.event(
            "mirrored",
            category=category.value,
            seen=seen.seen,
            new=seen.new,
            changed=seen.changed,
            withdrawn=seen.withdrawn,
            without_entity=problems,
        )

    def _token(self, category: Category, place: str) -> str | None:
        held = self.store.position(place)
        if category in WHOLE or (held is not None and not self.again):
            return held
        if self.since is None:
            return held
        if self.since not in self._start:
            self._start[self.since] = self.feed.start_at(self.since)
        start = self._start[self.since]
        if held is None or start is None:
            return start
        # Never later than where it was: what lies between would be passed by.
        return min(held, start, key=int)

    def _keep(self, page: Page, place: str, run_id: int, token: str | None) -> Tally:
        """One page and the place behind it."""

        def work(unit: Unit) -> Tally:
            found = unit.mirror(page) if page.entries else Tally()
            if token is not None:
                unit.checkpoint(place, token)
            return found

        return self.store.transact(run_id, work)


def _reached(page: Page, token: str | None) -> str | None:
    """The place behind a page: after its last entry, or where we were.

    Only a category without a single entry goes on where its feed says. The link for
    resuming is a number of the whole feed, one on from the last: not seen to be safe
    to begin after. Persons and groups there always are: a feed without any is out of
    order, and is read from its beginning again.
    """
    for entry in page.entries:
        token = entry.token or token
    return token or (None if page.category in WHOLE else page.resume)


YEARLY = (Category.ZAAK, Category.DOCUMENT)
"""What whole session years are listed of; their parts come with them."""


@dataclass(slots=True)
class YearMirroring:
    """Whole session years into the mirror, which leaves every checkpoint where it is.

    `pages` lists a category of a vergaderjaar. `documents` are the ids of those that
    came by.
    """

    store: Store
    pages: Callable[[Category, str], Iterator[Page]]
    vergaderjaren: Sequence[str]
    stopping: Callable[[], bool] = lambda: False
    event: Callable[..., None] = lambda name, **details: None
    documents: set[str] = field(default_factory=set)

    def __call__(self, run_id: int, tally: Tally) -> None:
        """Mirror them. Raises SourceError, StoreError."""
        for vergaderjaar in self.vergaderjaren:
            for category in YEARLY:
                self._mirror(vergaderjaar, category, run_id, tally)

    def _mirror(
        self, vergaderjaar: str, category: Category, run_id: int, tally: Tally
    ) -> None:
        seen = Tally()
        drift: dict[str, None] = {}
        for page in self.pages(category, vergaderjaar):
            if self.stopping():
                return
            seen.add(self._keep(run_id, page))
            drift.update(dict.fromkeys(page.drift))
            self.documents.update(
                entry.entity.id
                for entry in page.entries
                if entry.entity and entry.entity.category is Category.DOCUMENT
            )
        tally.add(seen)
        for line in drift:
            self.event("drift", category=category.value, problem=line)
        self.event(
            "mirrored",
            category=category.value,
            year=vergaderjaar,
            seen=seen.seen,
            new=seen.new,
            changed=seen.changed,
        )

    def _keep(self, run_id: int, page: Page) -> Tally:
        return self.store.transact(run_id, lambda unit: unit.mirror(page))
