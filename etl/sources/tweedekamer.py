"""The Tweede Kamer: its documents about written questions, and the files behind them.

What there is comes from a mirror of its rows, which `feed` keeps; here the files of
the documents are fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from etl.errors import DocumentFault, SourceError, SourceUnreachable
from etl.model.entity import Category, Page
from etl.model.record import Bron, Offer, Record, Unmodified, Validators, Withdrawn
from etl.sources.answer import PUBLICATION, says_missing
from etl.sources.client import RESOURCE, Client, Response
from etl.sources.sensible import is_error_message
from etl.sources.sru import looks_like_html, opening
from etl.sources.syncfeed import SyncFeed

NAME = "tweedekamer"

MISSING_STATUS = 500
"""What the server answers for each file that it lacks, however many those are."""

STORE_DOWN_AFTER = 3
"""So many files in a row without an answer, or with another error than that one: then
it is what serves the files that is down, though the feed answers."""


class TweedeKamer:
    """Implements the pipeline's Source.

    `listing` gives a record for each document of the mirror; its identifier is the
    document's guid. `event` hears of what is odd but costs nothing.
    """

    name = NAME
    lists_all = True

    def __init__(
        self,
        client: Client,
        syncfeed_url: str,
        *,
        listing: Callable[[], Sequence[Record]],
        event: Callable[..., None] = lambda name, **details: None,
    ) -> None:
        self.feed = SyncFeed(client, syncfeed_url, event=event)
        self._client = client
        self._base = syncfeed_url.rstrip("/")
        self._listing = listing
        self._event = event
        self._unanswered = 0

    def pages(self, category: Category, token: str | None) -> Iterator[Page]:
        """The feed's pages after `token`; see SyncFeed."""
        return self.feed.pages(category, token)

    def start_at(self, day: date) -> str | None:
        """The token from which all since `day` follows; see SyncFeed."""
        return self.feed.start_at(day)

    def records(self, position: str | None) -> Sequence[Record]:  # noqa: ARG002 - the mirror is whole, whatever was read before
        """A record for every document there is; what is known is passed by later."""
        return self._listing()

    def completed(self, record: Record) -> Record:
        """The record itself: its row said all there is."""
        return record

    def offers(
        self, record: Record, validators: Mapping[str, Validators]
    ) -> Iterator[Offer]:
        """The one file of a document, whatever its form.

        The media type is not looked at: Word files are sent as PDF.
        """
        url = f"{self._base}/Resources/{quote(record.identifier, safe='')}"
        if record.metadata.ingetrokken:
            yield Withdrawn(url)
            return
        yield self._fetched(record, url, validators.get(url))

    def _fetched(
        self, record: Record, url: str, validators: Validators | None
    ) -> Offer:
        """The file, asked for twice if the first answer looks broken."""
        size = record.metadata.lengte
        found = self._asked(url, validators, size)
        if isinstance(found, DocumentFault) and found.code != "request_refused":
            self._event("odd_answer", url=url, reason=found.explanation)
            found = self._asked(url, validators, size)
        if not isinstance(found, DocumentFault):
            return found
        if found.code == "error_page" and self._feed_answers():
            raise DocumentFault("document_missing", found.explanation)
        raise found

    def _asked(
        self, url: str, validators: Validators | None, size: int | None
    ) -> Offer | DocumentFault:
        try:
            answer = self._client.get(url, validators=validators, patience=RESOURCE)
        except SourceUnreachable as away:
            self._unanswered = (
                0 if away.status == MISSING_STATUS else self._unanswered + 1
            )
            if self._unanswered < STORE_DOWN_AFTER and self._feed_answers():
                raise DocumentFault("document_unreachable", str(away)) from away
            raise
        self._unanswered = 0
        if answer.status == 304:
            return Unmodified(url)
        return _problem(answer, url, size) or Bron(
            body=answer.body,
            url=url,
            media_type=answer.media_type,
            fetched_at=answer.fetched_at,
            etag=answer.etag,
            last_modified=answer.last_modified,
        )

    def _feed_answers(self) -> bool:
        """Whether the source is there: then a file that it fails for is missing.

        It answers 500 or some page for each of those, and they must not block all
        that follow.
        """
        try:
            next(self.feed.pages(Category.FRACTIE, None), None)
        except SourceError:
            return False
        return True


def _problem(answer: Response, url: str, size: int | None) -> DocumentFault | None:
    """What is wrong with an answer. `size` is that of the file, None if unknown."""
    body = answer.body
    if answer.status in (404, 410):
        return DocumentFault("document_missing", f"{url}: HTTP {answer.status}")
    if answer.status != 200:
        return DocumentFault(
            "request_refused", f"{url}: HTTP {answer.status} ({answer.url[:200]})"
        )
    if not body.strip() or is_error_message(body):
        return DocumentFault("document_missing", f"{url}: {opening(body)}")
    if looks_like_html(body) and not PUBLICATION.search(body):
        code = "document_missing" if says_missing(body) else "error_page"
        return DocumentFault(code, f"{url}: {opening(body)}")
    if size is not None and len(body) != size:
        return DocumentFault(
            "document_incomplete", f"{url}: {len(body):,} bytes instead of {size:,}"
        )
    return None
