"""A replica of the Gegevensmagazijn on loopback: SyncFeed, files and OData."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import ClassVar

from etl.demo.kamer.feed import ERROR, Asked, Writing, page
from etl.demo.kamer.filters import Refused
from etl.demo.kamer.magazijn import ALL
from etl.demo.kamer.odata import PAGE, Absent, Service, body
from etl.demo.kamer.rows import Rows
from etl.demo.kamer.shape import SHAPES, Shape
from etl.demo.kamer.values import ticks
from etl.demo.server import Handler, Loopback

FEED_PATH = "/SyncFeed/2.0"
ODATA_PATHS = {"v4": "/OData/v4/2.0", "v5": "/OData/v5"}

HTML = b"""<!DOCTYPE html>
<html lang="nl"><head><title>Tweede Kamer</title></head>
<body><p>Het bestand kan niet worden gevonden.</p></body></html>"""

Answer = tuple[int, bytes, str]
XML = "application/xml; charset=utf-8"
ATOM = "application/atom+xml;type=feed;charset=utf-8"
JSON = "application/json; odata.metadata=minimal; odata.streaming=true"


class Kamer(Rows, Loopback):
    """Serves what was put into it; may be changed while it runs.

    `page` is the number of entries of a page of the feed, `odata_page` of rows by
    version, `missing` how it says that a file is not there: `500`, `json404` or
    `html200`, and `writing` how payloads are written. The names of the changes that
    it can be told stand in `Magazijn`, `Builders` and `Rows`.
    """

    def __init__(self, shapes: Mapping[str, Shape] = SHAPES) -> None:
        Rows.__init__(self, shapes)
        Loopback.__init__(self, _Handler)
        self.page = 250
        self.odata_page = dict(PAGE)
        self.missing = "500"
        self.writing = Writing(self.drift)
        self._services = {
            version: Service(self, version, size) for version, size in PAGE.items()
        }

    @property
    def syncfeed_url(self) -> str:
        """The base of the feed, without a slash."""
        return self.address + FEED_PATH

    @property
    def odata_url(self) -> str:
        """The base of OData v4/2.0, without a slash."""
        return self.address + ODATA_PATHS["v4"]

    @property
    def odata_v5_url(self) -> str:
        """The base of OData v5, without a slash."""
        return self.address + ODATA_PATHS["v5"]

    def answered(self, path: str, query: Mapping[str, str]) -> Answer:
        """Status, body and media type for a request that meets no fault."""
        with self.state_lock:
            self.writing.names.clear()  # they may have drifted since
            area, _, rest = path.removeprefix(FEED_PATH + "/").partition("/")
            if area == "Feed":
                return self._feed(query)
            if area == "Resources":
                return self._file(rest)
            if area == "Entiteiten":
                return self._entity(rest)
            for version, start in ODATA_PATHS.items():
                if path.startswith(start):
                    return self._odata(version, path[len(start) :].strip("/"), query)
        return 404, HTML, "text/html; charset=utf-8"

    def _feed(self, query: Mapping[str, str]) -> Answer:
        """A page; the error of the server for a category or token that is none."""
        category, token = query.get("category"), query.get("skiptoken")
        known = {name.lower(): name for name in self.shapes}
        place = ALL if category is None else known.get(category.lower())
        if place is None or not (token is None or token.isdigit()):
            return 500, ERROR, XML
        asked = Asked(
            base=self.syncfeed_url,
            category=category and place,
            token=None if token is None else int(token),
        )
        found = self.after(place, asked.token or 0, self.page)
        text = page(asked, found, self.head, ticks(self.at), self.writing)
        # A lone surrogate is what a broken source may hold; it goes out as it can.
        return 200, text.encode("utf-8", "surrogatepass"), ATOM

    def _entity(self, id: str) -> Answer:  # noqa: A002
        """One payload by itself; that the real one looks so is not confirmed."""
        held = self.held.get(id.lower())
        if held is None:
            return 500, ERROR, XML
        return 200, self.writing.payload(held, alone=True).encode(), XML

    def _file(self, id: str) -> Answer:  # noqa: A002
        held = self.held.get(id.lower())
        if held and not held.deleted and held.id in self.files:
            return 200, *self.files[held.id]
        return {
            "500": (500, ERROR, XML),
            "json404": (404, _error("The resource cannot be found."), JSON),
            "html200": (200, HTML, "text/html; charset=utf-8"),
        }[self.missing]

    def _odata(self, version: str, path: str, query: Mapping[str, str]) -> Answer:
        if path.endswith("/resource"):
            return self._file(path.removesuffix(")/resource").partition("(")[2])
        base = self.address + ODATA_PATHS[version]
        service = self._services[version]
        service.page = self.odata_page[version]
        try:
            return 200, body(service.answer(base, path, query)), JSON
        except Absent:
            return 404, _error("The resource cannot be found."), JSON
        except Refused as refusal:
            text = f"The query specified in the URI is not valid. {refusal}"
            return 400, _error(text), JSON


def _error(message: str) -> bytes:
    found = {"error": {"code": "", "message": message}}
    return json.dumps(found, separators=(",", ":")).encode()


class _Handler(Handler):
    """One connection of one client."""

    replica: ClassVar[Kamer]

    def respond(self, path: str, query: Mapping[str, str]) -> None:
        """A page, a file or rows."""
        self.send(*self.replica.answered(path, query))
