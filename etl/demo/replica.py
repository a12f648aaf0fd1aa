"""A replica of KOOP on loopback: SRU 2.0 and the documents, with memory and faults.

It speaks as the real one was seen to: estimates for counts, diagnostics with status
200, 504 for a start at 10,000, HTML pages in place of missing documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import unquote
from xml.sax.saxutils import escape

from etl.demo import cql
from etl.demo.listing import NAMESPACES, Publication, fields_of
from etl.demo.server import Handler, Loopback

MISSING = b"""<!DOCTYPE html>
<html lang="nl"><head><title>404 - Pagina niet gevonden | Overheid.nl</title></head>
<body><h1>Pagina niet gevonden</h1><p>De opgevraagde pagina bestaat niet.</p></body>
</html>"""

WITHDRAWN = b"""<!DOCTYPE html>
<html lang="nl"><head><title>Overheid.nl</title></head><body><div id="content">
<p>Deze publicatie is op verzoek van de publicerende organisatie verwijderd.</p>
</div></body></html>"""

GATEWAY = b"""<html><head><title>504 Gateway Time-out</title></head>
<body><center><h1>504 Gateway Time-out</h1></center><hr><center>nginx</center></body>
</html>"""

MEDIA_TYPES = {
    "xml": "text/xml",
    "metadata": "text/xml",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
}
DEEPEST = 10_000
"""The first startRecord that is refused."""


class Replica(Loopback):
    """Serves what was published; may be changed while it runs.

    `largest` is the largest maximumRecords it accepts, `page` the most records it
    really returns, `count` turns the true number into the estimate (None for no
    estimate), `missing` is how it says 404: `page`, `redirect` or `404`.
    """

    def __init__(self, publications: Iterable[Publication] = ()) -> None:
        super().__init__(_Handler)
        self.publications = {one.identifier: one for one in publications}
        self.largest = 1000
        self.page = 1000
        self.count: Callable[[int], int | None] = lambda true: true
        self.missing = "page"

    @property
    def publications_url(self) -> str:
        """For `ETL_PUBLICATIONS_URL`."""
        return self.address

    @property
    def sru_url(self) -> str:
        """For `ETL_SRU_URL`."""
        return f"{self.publications_url}/sru"

    def publish(
        self,
        identifier: str,
        files: Mapping[str, bytes],
        modified: str | None = "2026-11-02",
        fields: Mapping[str, object] | None = None,
    ) -> None:
        """Add or replace a publication; `fields` are SRU values by index name."""
        with self._lock:
            self.publications[identifier] = Publication(
                identifier=identifier,
                files=dict(files),
                fields=fields_of(identifier, modified, fields or {}),
            )

    def change(
        self,
        identifier: str,
        modified: str,
        files: Mapping[str, bytes] | None = None,
        fields: Mapping[str, object] | None = None,
    ) -> None:
        """Replace some files or values of a publication, at a later date."""
        held = self.publications[identifier]
        given = {
            **held.fields,
            "dt.modified": modified,
            "cd.datumTijdstipWijzigingWork": f"{modified}T13:03:34.3574627+02:00",
            **(fields or {}),
        }
        self.publish(identifier, {**held.files, **(files or {})}, modified, given)

    def withdraw(self, identifier: str, modified: str) -> None:
        """Leave the record, and only the known sentence of the document."""
        self.change(identifier, modified)
        with self._lock:
            held = self.publications[identifier]
            self.publications[identifier] = replace(held, withdrawn=True)

    def remove(self, identifier: str) -> None:
        """Forget a publication: no longer listed, and its documents are missing."""
        with self._lock:
            del self.publications[identifier]

    def replace(
        self,
        placeholder: str,
        identifier: str,
        files: Mapping[str, bytes],
        modified: str | None = "2026-11-02",
        fields: Mapping[str, object] | None = None,
    ) -> None:
        """The publication under its number, and the placeholder `ah-<n>` is gone."""
        with self._lock:
            self.remove(placeholder)
            self.publish(identifier, files, modified, fields)

    def search(self, query: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of a searchRetrieve."""
        text = query.get("query", "")
        try:
            start = int(query.get("startRecord", "1"))
            most = int(query.get("maximumRecords", "10"))
            test = cql.compiled(text)
        except cql.Unreadable as problem:
            return 200, diagnostic(problem.number, problem.message)
        except ValueError as problem:
            return 200, diagnostic(6, str(problem))
        if most > self.largest:
            return 200, diagnostic(6, f"maximumRecords: at most {self.largest}")
        if start >= DEEPEST:
            return 504, GATEWAY
        with self._lock:
            found = [one for one in self.publications.values() if test(one.fields)]
        size = min(most, self.page)
        return 200, self._page(query, found, start, size).encode()

    def _page(
        self, query: Mapping[str, str], found: list[Publication], start: int, size: int
    ) -> str:
        shown = found[start - 1 : start - 1 + size]
        records = "".join(one.record(start + at) for at, one in enumerate(shown))
        following = start + len(shown)
        count = self.count(len(found))
        return PAGE.format(
            namespaces=NAMESPACES,
            count=""
            if count is None
            else f"<sru:numberOfRecords>{count}</sru:numberOfRecords>",
            records=f"<sru:records>{records}</sru:records>" if shown else "",
            following=f"<sru:nextRecordPosition>{following}</sru:nextRecordPosition>"
            if shown and following <= len(found)
            else "",
            query=escape(query.get("query", "")),
            start=start,
            most=escape(query.get("maximumRecords", "10")),
        )

    def document(self, path: str) -> tuple[Publication, str] | None:
        """The publication and the form that a path names."""
        name = unquote(path).strip("/")
        if name.endswith("/metadata.xml"):
            identifier, form = name.removesuffix("/metadata.xml"), "metadata"
        else:
            identifier, _, form = name.rpartition(".")
        held = self.publications.get(identifier)
        if held is None or not (held.withdrawn or form in held.files):
            return None
        return held, form


PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<sru:searchRetrieveResponse {namespaces}><sru:version>2.0</sru:version>{count}{records}
{following}<sru:echoedSearchRetrieveRequest><sru:query>{query}</sru:query>
<sru:startRecord>{start}</sru:startRecord><sru:maximumRecords>{most}</sru:maximumRecords>
<sru:recordXMLEscaping>xml</sru:recordXMLEscaping>
<sru:recordSchema>http://standaarden.overheid.nl/sru/</sru:recordSchema>
</sru:echoedSearchRetrieveRequest>
<sru:resultCountPrecision>info:srw/vocabulary/resultCountPrecision/1/estimate\
</sru:resultCountPrecision></sru:searchRetrieveResponse>"""

DIAGNOSTIC = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\
<searchRetrieveResponse xmlns="http://docs.oasis-open.org/ns/search-ws/sruResponse" \
xmlns:ns3="http://docs.oasis-open.org/ns/search-ws/diagnostic"><version>2.0</version>\
<diagnostics><ns3:diagnostic><ns3:uri>info:srw/diagnostic/1/{number}</ns3:uri>\
<ns3:message>{message}</ns3:message></ns3:diagnostic></diagnostics>\
</searchRetrieveResponse>"""


def diagnostic(number: int, message: str) -> bytes:
    """The answer to a query that the server cannot or will not run."""
    return DIAGNOSTIC.format(number=number, message=escape(message)).encode()


class _Handler(Handler):
    """One connection of one client."""

    replica: ClassVar[Replica]

    def respond(self, path: str, query: Mapping[str, str]) -> None:
        """A page of the list, or a document."""
        if path == "/sru":
            self.send(*self.replica.search(query), "text/xml;charset=UTF-8")
        else:
            self.send_document(path)

    def send_document(self, path: str) -> None:
        """A file, or what stands in its place."""
        found = self.replica.document(path)
        if found is None:
            self.send_missing(path)
        elif found[0].withdrawn:
            self.send(200, WITHDRAWN, "text/html; charset=utf-8")
        else:
            publication, form = found
            etag = publication.etag(form)
            if self.headers.get("If-None-Match") == etag:
                self.send(304, b"", None, etag)
            else:
                kind = MEDIA_TYPES.get(form, "application/octet-stream")
                self.send(200, publication.files[form], kind, etag)

    def send_missing(self, path: str) -> None:
        """No such document, in the manner of the day."""
        if self.replica.missing == "redirect" and "/Errors/" not in path:
            self.send_response(302)
            self.send_header("Location", "/Errors/404.htm")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            code = 404 if self.replica.missing == "404" else 200
            self.send(code, MISSING, "text/html; charset=utf-8")
