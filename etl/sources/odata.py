"""OData, the second road to the Kamer's rows: v4/2.0 and v5 behind one adapter.

For whole session years; what changes comes by SyncFeed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, urlencode, urljoin, urlsplit

from etl.errors import SourceChanged
from etl.model.canonical import shown
from etl.model.entity import QUESTION_SOORTEN, ZAAK_SOORT, Category, Page
from etl.sources.client import ODATA, Client
from etl.sources.odata_rows import VERSIONS, Answer, read_answer, read_rows, version_of
from etl.sources.sensible import BadRequest, sensible

MOST_PAGES = 20_000
"""Requests for one question: more is a server that never ends."""

_SOORTEN = {Category.ZAAK: (ZAAK_SOORT,), Category.DOCUMENT: QUESTION_SOORTEN}

_EXPAND = {
    Category.ZAAK: ("ZaakActor",),
    Category.DOCUMENT: ("Zaak($select=Id,Nummer)", "DocumentVersie", "DocumentActor"),
}
_EXPAND_MORE = {
    Category.ZAAK: ("GerelateerdVanuit($select=Id)", "VervangenVanuit($select=Id)"),
    Category.DOCUMENT: ("BronDocument($select=Id)",),
}
"""Asked for until the server refuses: not known to exist in every version."""

_VERGADERJAAR = re.compile(r"\d{4}-\d{4}", re.ASCII)
_NEXT = "@odata.nextlink"


class OData:
    """Asks for a session year, one request at a time, on the host of `base_url` only.

    The version is that of the address. `event` hears of what is odd but costs
    nothing. Raises SourceChanged for a version that is not known.
    """

    def __init__(
        self,
        client: Client,
        base_url: str,
        *,
        event: Callable[..., None] = lambda name, **details: None,
    ) -> None:
        self._client = client
        self._base = base_url.rstrip("/")
        self.version = version_of(self._base)
        self._event = event
        self._plain: set[Category] = set()

    def pages(self, category: Category, *, vergaderjaar: str) -> Iterator[Page]:
        """All zaken, or all documents, about written questions of a session year.

        With them come the rows that belong to them, actors and versions, each an
        entry of its own category right behind its parent. Raises SourceUnreachable,
        SourceChanged, ValueError for another category or no session year.
        """
        for question in _questions(category, vergaderjaar):
            yield from self._walk(category, question)

    def count(self, category: Category, *, vergaderjaar: str) -> int:
        """How many of the category itself `pages` is going to give, about."""
        total = 0
        for question in _questions(category, vergaderjaar):
            query = {"$filter": question, "$count": "true", "$top": "0"}
            url = self._address(category, query)
            count = self._fetched(url).count
            if isinstance(count, bool) or not re.fullmatch(r"\d{1,12}", str(count)):
                raise SourceChanged(f"{url}: a count of {shown(count)}")
            total += int(str(count))
        return total

    def _walk(self, category: Category, question: str) -> Iterator[Page]:
        url, answer = self._first(category, question)
        asked = {url}
        while True:
            if answer.following is not None and not answer.rows:
                raise SourceChanged(f"{url}: an empty page that is not the last")
            for row in answer.rows:
                self._complete(row, url, asked)
            yield read_rows(category, answer.rows, VERSIONS[self.version])
            following = self._joined(url, answer.following)
            if following is None:
                return
            url, answer = following, self._next(following, asked)

    def _first(self, category: Category, question: str) -> tuple[str, Answer]:
        """The first page, with as much in it as this server understands."""
        if category not in self._plain:
            lists = (*_EXPAND[category], *_EXPAND_MORE[category])
            query = {"$filter": question, "$expand": ",".join(lists)}
            url = self._address(category, query)
            try:
                return url, self._fetched(url)
            except BadRequest as refused:
                self._event("expand_refused", url=url, reason=str(refused))
                self._plain.add(category)
        query = {"$filter": question, "$expand": ",".join(_EXPAND[category])}
        url = self._address(category, query)
        return url, self._fetched(url)

    def _next(self, url: str, asked: set[str]) -> Answer:
        if url in asked or len(asked) >= MOST_PAGES:
            raise SourceChanged(f"{url}: the next page was read before, or has no end")
        asked.add(url)
        return self._fetched(url)

    def _complete(self, row: object, url: str, asked: set[str]) -> None:
        """Put into a row what the server left for further pages of its lists."""
        if not isinstance(row, dict):
            return
        for key in [key for key in row if key.lower().endswith(_NEXT)]:
            held = row.get(key[: -len(_NEXT)])
            link = self._joined(url, row[key])
            while link is not None and isinstance(held, list):
                answer = self._next(link, asked)
                held += answer.rows
                link = self._joined(link, answer.following)

    def _joined(self, url: str, link: object) -> str | None:
        """The address of a link as the server wrote it, None for none."""
        if link is None:
            return None
        try:
            joined = urljoin(url, link) if isinstance(link, str) else ""
            here = _origin(joined) == _origin(self._base)
        except ValueError:
            here = False
        if not here:
            raise SourceChanged(f"{url}: the next page is {shown(link)}")
        return joined

    def _address(self, category: Category, query: Mapping[str, str]) -> str:
        asked = urlencode(query, quote_via=quote, safe="$(),='")
        return f"{self._base}/{category}?{asked}"

    def _fetched(self, url: str) -> Answer:
        return sensible(
            self._client, url, read_answer, patience=ODATA, event=self._event
        )


def _questions(category: Category, vergaderjaar: str) -> list[str]:
    """One filter for each Soort: short ones are quick, and no node limit is near."""
    if category not in _SOORTEN:
        raise ValueError(f"OData is asked for zaken and documents, not for {category}")
    if not _VERGADERJAAR.fullmatch(vergaderjaar):
        raise ValueError(f"{vergaderjaar!r} is no vergaderjaar")
    return [
        f"Soort eq '{soort}' and Vergaderjaar eq '{vergaderjaar}'"
        " and Verwijderd eq false"
        for soort in _SOORTEN[category]
    ]


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return (parts.scheme, parts.hostname, parts.port or usual)
