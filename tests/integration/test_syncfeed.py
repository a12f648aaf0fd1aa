"""The walk along the Kamer's feed, over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from kamer import ZAAK, entry, feed, guid, row
from stub import Stub, client_of, stub

from etl.errors import SourceChanged, SourceUnreachable
from etl.model.entity import Category, Page
from etl.sources.seek import MOST
from etl.sources.syncfeed import SyncFeed

START = datetime(2019, 7, 3, 13, 33, 10, tzinfo=UTC)
ERROR = b"<Error><Message>An error has occurred.</Message></Error>"


@pytest.fixture
def server() -> Iterator[Stub]:
    with stub() as it:
        yield it


@pytest.fixture
def syncfeed(server: Stub) -> Iterator[SyncFeed]:
    with client_of(server) as client:
        yield SyncFeed(client, f"{server.url}/SyncFeed/2.0/")


def asked_token(target: str) -> int:
    return int(parse_qs(urlsplit(target).query).get("skiptoken", ["-1"])[0])


def serve(
    tokens: list[int],
    size: int = 2,
    received: Callable[[int], datetime] = lambda token: START,
) -> Callable[[str], tuple[int, bytes]]:
    """A feed with an entry before each of these tokens."""

    def answer(target: str) -> tuple[int, bytes]:
        after = asked_token(target)
        shown = [token for token in tokens if token > after][:size]
        entries = [
            entry(
                row("zaak", ZAAK, id=guid(token)),
                token,
                received(token).isoformat().replace("+00:00", "Z"),
            )
            for token in shown
        ]
        if shown:
            return 200, feed(entries, following=shown[-1])
        return 200, feed(resume=after + 1)

    return answer


def ids(pages: list[Page]) -> list[str]:
    return [each.entity.id for page in pages for each in page.entries if each.entity]


def test_the_whole_feed_is_walked_page_by_page(server, syncfeed) -> None:
    server.answer = serve([10, 20, 30, 40, 50])
    pages = list(syncfeed.pages(Category.ZAAK, None))
    assert ids(pages) == [guid(token) for token in (10, 20, 30, 40, 50)]
    assert (pages[-1].entries, pages[-1].resume) == ((), "51")
    feed_of = "/SyncFeed/2.0/Feed?category=Zaak"
    assert server.asked == [
        feed_of,
        f"{feed_of}&skiptoken=20",
        f"{feed_of}&skiptoken=40",
        f"{feed_of}&skiptoken=50",
    ]


def test_a_walk_is_resumed_after_any_entry(server, syncfeed) -> None:
    server.answer = serve([10, 20, 30, 40, 50])
    assert ids(list(syncfeed.pages(Category.ZAAK, "30"))) == [guid(40), guid(50)]
    assert ids(list(syncfeed.pages(Category.ZAAK, "50"))) == []


@pytest.mark.parametrize(("start", "leads"), [(None, 7), ("7", 7), ("7", 3)])
def test_a_next_page_that_leads_back_is_noticed(server, syncfeed, start, leads) -> None:
    page = feed([entry(row("zaak", ZAAK), 8)], following=leads)
    server.answer = lambda target: (200, page)
    with pytest.raises(SourceChanged, match=f"next page is {leads} again"):
        list(syncfeed.pages(Category.ZAAK, start))
    assert len(server.asked) <= 2


def test_a_page_without_entries_is_the_end_whatever_it_links_to(
    server, syncfeed
) -> None:
    server.answer = lambda target: (200, feed(following=1))
    assert len(list(syncfeed.pages(Category.ZAAK, "1"))) == 1


def test_a_page_without_a_next_link_is_the_end(server, syncfeed) -> None:
    server.answer = lambda target: (200, feed([entry(row("zaak", ZAAK))]))
    assert len(list(syncfeed.pages(Category.ZAAK, None))) == 1


@pytest.mark.parametrize("body", [ERROR, b'{"error":{"code":"","message":"x"}}'])
def test_an_error_with_status_200_is_tried_again(server, syncfeed, body) -> None:
    good = serve([10])
    server.answer = lambda target: (
        (200, body) if len(server.asked) < 3 else good(target)
    )
    assert ids(list(syncfeed.pages(Category.ZAAK, None))) == [guid(10)]
    server.answer = lambda target: (200, body)
    with pytest.raises(SourceUnreachable, match="category=Zaak"):
        list(syncfeed.pages(Category.ZAAK, None))


def test_a_server_that_fails_is_unreachable(server, syncfeed) -> None:
    server.answer = lambda target: (500, ERROR)
    with pytest.raises(SourceUnreachable, match="HTTP 500"):
        list(syncfeed.pages(Category.ZAAK, None))
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (404, b"", "HTTP 404"),
        (400, b"", "HTTP 400"),
        (200, b"<html><h1>Onderhoud</h1></html>", "an HTML page"),
        (200, feed([entry(row("zaak", ZAAK))])[:-9], "no feed"),
        (200, b"", "an empty body"),
    ],
)
def test_nonsense_is_never_the_end_of_the_feed(
    server, syncfeed, status, body, told
) -> None:
    server.answer = lambda target: (status, body)
    with pytest.raises(SourceChanged, match=told) as raised:
        list(syncfeed.pages(Category.ZAAK, None))
    assert f"{server.url}/SyncFeed/2.0/Feed?category=Zaak" in str(raised.value)


def test_what_came_before_a_failure_stands(server, syncfeed) -> None:
    good = serve([10, 20, 30])
    server.answer = lambda target: (
        good(target) if asked_token(target) < 20 else (500, b"")
    )
    walk = syncfeed.pages(Category.ZAAK, None)
    assert ids([next(walk)]) == [guid(10), guid(20)]
    with pytest.raises(SourceUnreachable):
        next(walk)


@pytest.mark.parametrize("token", ["", "x", "-1", "1&category=Persoon"])
def test_a_corrupt_cursor_is_named_and_nothing_asked(server, syncfeed, token) -> None:
    with pytest.raises(SourceChanged, match="cursor"):
        list(syncfeed.pages(Category.ZAAK, token))
    assert server.asked == []


# Where a day begins


def by_day(token: int) -> datetime:
    return START + timedelta(days=token // 10_000)


SPARSE = [token for token in range(3_000, 26_700_000, 9_973) if token % 7]


@pytest.mark.parametrize("days", [0, 1, 2, 500, 1999, 2660])
def test_a_walk_starts_at_a_day_without_reading_what_came_before(
    server, syncfeed, days: int
) -> None:
    server.answer = serve(SPARSE, 5, by_day)
    day = (START + timedelta(days=days)).date()
    found = syncfeed.start_at(day)
    # The day before is read again too, and not one entry older.
    midnight = datetime.combine(day, datetime.min.time(), UTC) - timedelta(days=1)
    older = [token for token in SPARSE if by_day(token) < midnight]
    assert found == (str(older[-1]) if older else None)
    assert len(server.asked) <= 40
    assert not any("category" in target for target in server.asked)


def test_a_day_to_come_starts_at_the_head(server, syncfeed) -> None:
    server.answer = serve(SPARSE, 5, by_day)
    assert syncfeed.start_at(date(2099, 1, 1)) == str(SPARSE[-1])


def test_a_jitter_in_the_times_costs_nothing(server, syncfeed) -> None:
    def jittered(token: int) -> datetime:
        return by_day(token) + timedelta(milliseconds=token * 7919 % 997)

    server.answer = serve(SPARSE, 5, jittered)
    day = (START + timedelta(days=1234)).date()
    found = int(syncfeed.start_at(day))
    missed = [
        token for token in SPARSE if token <= found and jittered(token).date() >= day
    ]
    assert missed == []


def test_an_empty_feed_starts_at_its_beginning(server, syncfeed) -> None:
    server.answer = serve([])
    assert syncfeed.start_at(date(2024, 1, 1)) is None


def test_a_small_feed_is_found_too(server, syncfeed) -> None:
    server.answer = serve(
        [1, 2, 3, 4, 5], 2, lambda token: START + timedelta(days=token)
    )
    assert syncfeed.start_at((START + timedelta(days=5)).date()) == "3"


@pytest.mark.parametrize(
    "answer",
    [
        # The same page for every token, and a feed without any end.
        lambda target: (200, feed([entry(row("zaak", ZAAK), 8)], following=8)),
        lambda target: (
            200,
            feed([entry(row("zaak", ZAAK), asked_token(target) + 1)], following=9),
        ),
        lambda target: (200, feed([entry(row("zaak", ZAAK), None)])),
    ],
)
def test_a_feed_without_order_does_not_keep_us(server, syncfeed, answer) -> None:
    server.answer = answer
    with pytest.raises(SourceChanged):
        syncfeed.start_at(date(2099, 1, 1))
    assert len(server.asked) <= MOST
