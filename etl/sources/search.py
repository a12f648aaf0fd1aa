"""A window of KOOP's search, listed whole: paged, and cut up where it is too large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from etl.errors import DocumentFault, SourceChanged
from etl.sources.client import Client
from etl.sources.patience import SRU
from etl.sources.sru import DCTERMS, Listed, Nonsense, Page, read_page

AANHANGSEL = "Kamervragen (Aanhangsel)"
VRAGEN = "Kamervragen zonder antwoord"
SERIES = (AANHANGSEL, VRAGEN)
"""What KOOP calls the answers, and the questions as published before them."""

CREATORS = ("Tweede Kamer der Staten-Generaal", "Eerste Kamer der Staten-Generaal")
FIRST_YEAR = 1994
"""The series begins with vergaderjaar (session year) 1994-1995."""

DEEPEST = 10_000
"""The server gives up on a startRecord from here on."""

SIZES = (1000, 100, 10)
"""Records a page: what is asked for first, and what when that is refused."""

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which publications: modified from `since` to before `until`, and more clauses.

    `series` is one of SERIES. `cut` counts how often it was narrowed; `optional` marks
    a search for the odd ones out, with a NOT that the server may refuse.
    """

    since: date | None = None
    until: date | None = None
    series: str = AANHANGSEL
    clauses: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    cut: int = 0
    optional: bool = False

    @property
    def query(self) -> str:
        """In CQL."""
        named = f'w.publicatienaam=="{self.series}"'
        parts = ["c.product-area==officielepublicaties", named, *self.clauses]
        if self.since:
            parts.append(f'dt.modified>="{self.since}"')
        if self.until:
            parts.append(f'dt.modified<"{self.until}"')
        rest = f" NOT ({' or '.join(self.excluded)})" if self.excluded else ""
        return " and ".join(parts) + rest

    @classmethod
    def of_year(cls, series: str, vergaderjaar: str) -> Window:
        """All that says to be of that vergaderjaar, `2022-2023`."""
        return cls(series=series, clauses=(f'w.vergaderjaar=="{vergaderjaar}"',), cut=1)

    def parts(self, today: date) -> Iterator[Window]:
        """Narrower windows that cover this one: by year, by Kamer, then by halves.

        Raises SourceChanged when a single day is still too large.
        """
        if self.cut == 0:
            yield from self._by("w.vergaderjaar", _years(today))
        elif self.cut == 1:
            yield from self._by("dt.creator", CREATORS)
        else:
            yield from self._halves(today)

    def _by(self, index: str, values: tuple[str, ...]) -> Iterator[Window]:
        tests = tuple(f'{index}=="{value}"' for value in values)
        for test in tests:
            clauses = (*self.clauses, test)
            yield replace(self, clauses=clauses, cut=self.cut + 1)
        excluded = (*self.excluded, *tests)
        yield replace(self, excluded=excluded, cut=self.cut + 1, optional=True)

    def is_one_day(self, today: date) -> bool:
        """Whether it can be cut no further."""
        return self.cut >= 2 and self._days(today) <= 1

    def _days(self, today: date) -> int:
        return ((self.until or today + timedelta(1)) - self._first).days

    @property
    def _first(self) -> date:
        return self.since or date(FIRST_YEAR, 1, 1)

    def _halves(self, today: date) -> Iterator[Window]:
        if self.is_one_day(today):
            raise SourceChanged(
                f"more records than can be listed in one day: {self.query}"
            )
        middle = self._first + timedelta(self._days(today) // 2)
        yield replace(self, until=middle)
        yield replace(self, since=middle)


class Refused(SourceChanged):
    """The server answers a query with diagnostics only."""


class _TooLarge(Exception):
    """The window goes deeper than the server will."""


class Search:
    """Lists windows, one request at a time.

    `event` hears of what is odd but costs nothing.
    """

    def __init__(
        self,
        client: Client,
        url: str,
        *,
        size: int = SIZES[0],
        event: Callable[..., None] = lambda name, **details: None,
    ) -> None:
        self._client = client
        self._url = url
        self._size = size
        self._event = event

    def all(self, window: Window, today: date) -> Iterator[Listed]:
        """Every record of the window, in no order, maybe twice.

        Only the part being listed is held in memory. Raises SourceUnreachable,
        SourceChanged: what came before it is then not the whole window.
        """
        try:
            yield from self._steady(window, today)
            return
        except _TooLarge:
            self._event("window_cut", query=window.query)
        except Refused as refused:
            if not window.optional:
                raise
            self._event("rest_query_refused", query=window.query, reason=str(refused))
            return
        for part in window.parts(today):
            yield from self.all(part, today)

    def _steady(self, window: Window, today: date) -> list[Listed]:
        """The window as listed while it stood still.

        A list that moves while it is paged can hide records between two pages, so
        it is read again, and then in parts of fewer pages.
        """
        for _ in range(2):
            found, moved = self._paged(window)
            if not moved:
                return found
            self._event("list_moved", query=window.query)
        if not window.is_one_day(today):
            raise _TooLarge
        return found

    def _paged(self, window: Window) -> tuple[list[Listed], bool]:
        """All pages, and whether the list moved meanwhile.

        Each page begins with the last record of the one before, to see that.
        """
        query = window.query
        found: list[Listed] = []
        before: list[str | None] = []
        start, certain, overlapping, moved = 1, True, False, False
        links = False
        while True:
            try:
                page = self._page(query, start)
            except Refused:
                if certain:
                    raise
                return found, moved
            names = [one.first(f"{DCTERMS}identifier") for one in page.records]
            seen = overlapping and names[:1] == before[-1:]
            if start > 1 and len(names) == seen:
                if certain:
                    raise SourceChanged(
                        f"{self._url}: an empty page at {start}: {query}"
                    )
                return found, moved
            if names and names == before:
                raise SourceChanged(f"{self._url}: a page repeats at {start}: {query}")
            moved = moved or (overlapping and not seen)
            found.extend(page.records[seen:])
            links = links or page.following is not None
            following, certain = _following(page, start, links)
            if following is None:
                return found, moved
            if following <= start:
                raise SourceChanged(f"{self._url}: the page after {start} is itself")
            overlapping, before = following - start > 1, names
            start = following - overlapping
            estimate = (page.total or 0) if window.cut == 0 else 0
            if max(start, estimate) >= DEEPEST:
                raise _TooLarge

    def _page(self, query: str, start: int) -> Page:
        """One page. Raises Refused, or SourceChanged for what is no page at all."""
        problem, refused = "", False
        for attempt in range(TRIES):
            self._client.pause(2.0**attempt if attempt else 0)
            try:
                page = self._fetched(query, start)
            except Nonsense as nonsense:
                problem, refused = str(nonsense), False
                continue
            if page.records or not page.diagnostics:
                self._heed(page, query)
                return page
            problem, refused = "; ".join(page.diagnostics), True
            if "maximumrecords" in problem.lower() and self._shrink():
                return self._page(query, start)
        kind = Refused if refused else SourceChanged
        raise kind(f"{self._url} answers {problem!r} to {query}")

    def _fetched(self, query: str, start: int) -> Page:
        try:
            answer = self._client.get(self._address(query, start), patience=SRU)
        except DocumentFault as fault:
            raise SourceChanged(fault.explanation) from fault
        if answer.status != 200:
            raise SourceChanged(
                f"{self._url} answers HTTP {answer.status} ({answer.url});"
                " is ETL_SRU_URL right?"
            )
        page = read_page(answer.body)
        if page.total and not page.records and not page.diagnostics and start == 1:
            raise Nonsense(f"a count of {page.total} and no records")
        if page.start is not None and page.start != start:
            raise Nonsense(f"the page at {page.start} instead of {start}")
        if page.query is not None and _bare(page.query) != _bare(query):
            raise Nonsense(f"the answer to another query: {page.query[:200]}")
        return page

    def _address(self, query: str, start: int) -> str:
        values = {
            "operation": "searchRetrieve",
            "version": "2.0",
            "x-connection": "officielepublicaties",
            "recordSchema": "gzd",
            "query": query,
            "startRecord": start,
            "maximumRecords": self._size,
        }
        joint = "&" if "?" in self._url else "?"
        return f"{self._url}{joint}{urlencode(values, quote_via=quote)}"

    def _shrink(self) -> bool:
        smaller = [size for size in SIZES if size < self._size]
        if smaller:
            self._event("page_size_refused", size=self._size, next=smaller[0])
            self._size = smaller[0]
        return bool(smaller)

    def _heed(self, page: Page, query: str) -> None:
        if page.diagnostics:
            self._event("search_warning", query=query, reason=page.diagnostics[0])


def _following(page: Page, start: int, links: bool) -> tuple[int | None, bool]:
    """Where to go on, and whether the server promised that there is more.

    A link is a promise, unless it leads just behind the count. Without one, a count
    that is not reached is worth one more look, and so is the lack of a count, unless
    this server `links` its pages. The count is an estimate and proves nothing.
    """
    end = start + len(page.records)
    if page.following is not None:
        following = min(page.following, end) if page.records else page.following
        return following, page.total != end - 1
    more = not links if page.total is None else page.total >= end
    return (end, False) if page.records and more else (None, True)


def _bare(query: str) -> str:
    """A query without what a server may write differently when it echoes it."""
    return "".join(c for c in query.lower() if c not in ' \t\r\n"\\()')


def _years(today: date) -> tuple[str, ...]:
    """All session years up to the next one, which begins in September."""
    return tuple(f"{y}-{y + 1}" for y in range(FIRST_YEAR, today.year + 2))
