"""The files of the Kamer's documents, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kamer import feed, guid
from stub import NOW, Stub, client_of, stub

from etl.errors import DocumentFault, SourceUnreachable
from etl.model.entity import Category
from etl.model.publicatie import Metadata
from etl.model.record import Bron, Record, Withdrawn
from etl.ports import Source
from etl.sources.tweedekamer import TweedeKamer

WORD = b"PK\x03\x04 a Word file that is called a PDF"
ERROR = b"<Error><Message>An error has occurred.</Message></Error>"
GONE = b'{"error":{"code":"404","message":"Not Found"}}'
FAKE = b"<!DOCTYPE html><html><title>404 - niet gevonden</title></html>"
BUSY = b"<!DOCTYPE html><html><title>Onderhoud</title></html>"


def record(lengte: int | None = len(WORD), ingetrokken: bool = False) -> Record:
    return Record(
        source="tweedekamer",
        identifier=guid(1),
        position="2026-11-02",
        fingerprint="0" * 64,
        metadata=Metadata(lengte=lengte, ingetrokken=ingetrokken),
    )


@pytest.fixture
def server() -> Iterator[Stub]:
    with stub() as it:
        yield it


@pytest.fixture
def kamer(server: Stub) -> Iterator[TweedeKamer]:
    with client_of(server) as client:
        yield TweedeKamer(
            client,
            f"{server.url}/SyncFeed/2.0",
            listing=lambda: [record()],
        )


def test_it_lists_what_the_mirror_has(server, kamer) -> None:
    source: Source = kamer
    assert (source.name, source.lists_all) == ("tweedekamer", True)
    assert source.records("2026-01-01") == [record()]
    assert source.completed(record()) == record()
    assert server.asked == []


def test_the_file_is_offered_whatever_it_is(server, kamer) -> None:
    server.answer = lambda target: (200, WORD)
    (offer,) = kamer.offers(record(), {})
    assert isinstance(offer, Bron)
    assert (offer.body, offer.fetched_at) == (WORD, NOW)
    assert server.asked == [f"/SyncFeed/2.0/Resources/{guid(1)}"]


def test_a_document_that_was_taken_back_is_not_asked_for(server, kamer) -> None:
    (offer,) = kamer.offers(record(ingetrokken=True), {})
    assert isinstance(offer, Withdrawn)
    assert offer.url.endswith(f"/Resources/{guid(1)}")
    assert server.asked == []


def test_a_file_that_came_in_part_is_fetched_again(server, kamer) -> None:
    server.answer = lambda target: (200, WORD[:-1] if len(server.asked) < 2 else WORD)
    (offer,) = kamer.offers(record(), {})
    assert isinstance(offer, Bron)
    assert offer.body == WORD


@pytest.mark.parametrize(
    ("status", "body", "code", "asked"),
    [
        (200, WORD + b"!", "document_incomplete", 2),
        (200, ERROR, "document_missing", 2),
        (200, GONE, "document_missing", 2),
        (200, FAKE, "document_missing", 2),
        (200, b"", "document_missing", 2),
        (200, BUSY, "error_page", 2),
        (404, GONE, "document_missing", 2),
        (410, b"", "document_missing", 2),
        (403, b"", "request_refused", 1),
    ],
)
def test_what_is_no_whole_file_is_the_fault_of_that_document(
    server, kamer, status: int, body: bytes, code: str, asked: int
) -> None:
    server.answer = lambda target: (status, body)
    with pytest.raises(DocumentFault) as raised:
        list(kamer.offers(record(), {}))
    assert raised.value.code == code
    assert guid(1) in raised.value.explanation
    assert sum("/Resources/" in target for target in server.asked) == asked


def test_a_size_that_is_not_known_is_not_compared(server, kamer) -> None:
    server.answer = lambda target: (200, WORD)
    assert len(list(kamer.offers(record(lengte=None), {}))) == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [((500, ERROR), "document_unreachable"), ((200, BUSY), "document_missing")],
)
def test_a_file_that_the_server_fails_for_while_its_feed_answers_is_missing(
    server, kamer, answer: tuple[int, bytes], code: str
) -> None:
    server.answer = lambda target: (
        answer if "/Resources/" in target else (200, feed(resume=8))
    )
    with pytest.raises(DocumentFault) as raised:
        list(kamer.offers(record(), {}))
    assert raised.value.code == code


def test_files_that_are_not_answered_in_a_row_are_left_to_the_pipeline(
    server, kamer
) -> None:
    status = 503

    def answer(target: str) -> tuple[int, bytes]:
        if "/Resources/" not in target:
            return 200, feed(resume=8)
        return status, WORD if status == 200 else b""

    server.answer = answer
    for _ in range(2):
        with pytest.raises(DocumentFault):
            list(kamer.offers(record(), {}))
    with pytest.raises(SourceUnreachable, match="HTTP 503"):
        list(kamer.offers(record(), {}))
    status = 200
    assert len(list(kamer.offers(record(), {}))) == 1
    status = 503
    with pytest.raises(DocumentFault):
        list(kamer.offers(record(), {}))


def test_a_server_that_fails_for_all_is_left_to_the_pipeline(server, kamer) -> None:
    server.answer = lambda target: (500, ERROR)
    with pytest.raises(SourceUnreachable, match="HTTP 500"):
        list(kamer.offers(record(), {}))


def test_its_feed_is_below_the_same_address(server, kamer) -> None:
    server.answer = lambda target: (200, feed(resume=8))
    (page,) = kamer.pages(Category.ZAAK, "7")
    assert page.resume == "8"
    assert server.asked == ["/SyncFeed/2.0/Feed?category=Zaak&skiptoken=7"]
