"""KOOP as a source, over HTTP against the replica.

`SHUFFLES=1000` and `MOVES=1000` are the figures of the nightly tier for lists in any order
and lists that move; `SEED=n` plays other ones.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from chance import seeded

from etl.demo import faults
from etl.demo.replica import MISSING, Replica, diagnostic
from etl.demo.server import Request
from etl.demo.shipped import shipped
from etl.errors import DocumentFault, SourceChanged, SourceUnreachable
from etl.model.identity import Key
from etl.model.publicatie import Metadata
from etl.model.record import Bron, Record, Unmodified, Validators, Withdrawn
from etl.sources.client import Client, Rates
from etl.sources.officielebekendmakingen import OfficieleBekendmakingen

SHUFFLES = int(os.environ.get("SHUFFLES", "50"))
MOVES = int(os.environ.get("MOVES", "100"))
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
XML = (
    b'<?xml version="1.0"?><officiele-publicatie><kamervragen/></officiele-publicatie>'
)
HTML = b'<html><body><h1 class="kamervraagomschrijving_kop">Vragen</h1></body></html>'
PDF = b"%PDF-1.7 ... %%EOF\n"
ODT = b"PK\x03\x04 ... PK\x05\x06" + bytes(18)
ALL = {"xml": XML, "html": HTML, "pdf": PDF, "odt": ODT}
NAME = "ah-tk-20222023-1505"


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture
def events() -> list[tuple[str, dict[str, object]]]:
    return []


@pytest.fixture
def koop(replica: Replica, events) -> Iterator[OfficieleBekendmakingen]:
    client = Client(
        bases=[replica.sru_url, replica.publications_url],
        rates=Rates(),
        user_agent="test",
        clock=lambda: 0.0,
        now=lambda: NOW,
        sleep=lambda seconds: None,
    )
    with client:
        yield OfficieleBekendmakingen(
            client,
            replica.sru_url,
            replica.publications_url,
            now=lambda: NOW,
            event=lambda name, **details: events.append((name, details)),
        )


def record(identifier: str = NAME) -> Record:
    return Record(
        source="officielebekendmakingen",
        identifier=identifier,
        position=f"2026-11-02 {identifier}",
        fingerprint="0" * 64,
        metadata=Metadata(),
    )


def names(records) -> list[str]:
    return [one.identifier for one in records]


def queries(replica: Replica) -> list[str]:
    return [one.query["query"] for one in replica.asked("/sru")]


def answers_asked(replica: Replica) -> list[Request]:
    """The requests for pages of the Aanhangsel: the questions have a walk of their own."""
    return [one for one in replica.asked("/sru") if "Aanhangsel" in one.query["query"]]


# What is listed


def test_the_shipped_publications_are_listed_in_the_order_of_their_change() -> None:
    with Replica(shipped()) as replica:
        client = Client(
            bases=[replica.sru_url], rates=Rates(), user_agent="test", now=lambda: NOW
        )
        with client:
            koop = OfficieleBekendmakingen(
                client, replica.sru_url, replica.publications_url, now=lambda: NOW
            )
            records = koop.records("1994-09-01")
    assert names(records) == [
        "ah-tk-20142015-698",
        "ah-tk-20202021-3235",
        "ah-tk-20232024-878",
        "ah-tk-20232024-1076",
        "ah-tk-20232024-1314",
        "ah-tk-20232024-1481",
        "ah-tk-20232024-1786",
        "ah-tk-20232024-1999",
        "ah-tk-20232024-2129",
        "ah-tk-20232024-2271",
        "ah-tk-20232024-2367",
    ]
    tozo = records[1]
    assert tozo.position == "2021-07-22 ah-tk-20202021-3235"
    assert tozo.metadata.zaaknummers == ("2021Z09739",)
    assert tozo.metadata.gepubliceerd == date(2021, 6, 21)


def test_the_day_before_the_cursor_is_listed_again(replica, koop) -> None:
    for day in ("2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02"):
        replica.publish(f"ah-tk-20262027-{day[-2:]}", {}, modified=day)
    records = koop.records("2026-11-01 ah-tk-20262027-01")
    assert names(records) == [
        "ah-tk-20262027-31",
        "ah-tk-20262027-01",
        "ah-tk-20262027-02",
    ]
    assert queries(replica) == [
        "c.product-area==officielepublicaties"
        f' and w.publicatienaam=="{series}" and dt.modified>="2026-10-31"'
        for series in ("Kamervragen (Aanhangsel)", "Kamervragen zonder antwoord")
    ]


def test_without_a_cursor_everything_is_listed(replica, koop) -> None:
    replica.publish("ah-tk-19941995-1", {}, modified="1995-01-01")
    assert names(koop.records(None)) == ["ah-tk-19941995-1"]
    assert "dt.modified" not in queries(replica)[0]


@pytest.mark.parametrize("position", ["2999-01-01 x", "2026-12-31"])
def test_a_cursor_in_the_future_lists_nothing(replica, koop, position: str) -> None:
    replica.publish(NAME, {})
    assert koop.records(position) == []


def test_the_first_day_of_the_calendar_is_a_cursor_too(replica, koop) -> None:
    replica.publish(NAME, {})
    assert names(koop.records("0001-01-01")) == [NAME]


@pytest.mark.parametrize("position", ["", "ah-tk-20222023-1", "2026-02-30 x", "v2:abc"])
def test_a_corrupt_cursor_is_named_and_nothing_asked(replica, koop, position) -> None:
    with pytest.raises(SourceChanged, match="cursor") as raised:
        koop.records(position)
    assert repr(position) in str(raised.value)
    assert replica.requests == []


def test_other_publications_of_the_site_are_not_listed(replica, koop) -> None:
    replica.publish("kst-1-2", {}, fields={"w.publicatienaam": "Kamerstuk"})
    replica.publish("ah-ek-20192020-10", {})
    assert names(koop.records("2026-11-01")) == ["ah-ek-20192020-10"]


@pytest.mark.parametrize("page", [1, 7, 10, 1000])
def test_every_page_is_listed_however_small(replica, koop, page: int) -> None:
    replica.page = page
    expected = [f"ah-tk-20262027-{n:04}" for n in range(1, 41)]
    for name in random.Random(7).sample(expected, 40):
        replica.publish(name, {})
    assert names(koop.records("2026-11-01")) == expected


@pytest.mark.parametrize("largest", [1000, 999, 100, 10])
def test_the_largest_page_that_the_server_allows_is_taken(
    replica, koop, largest: int
) -> None:
    replica.largest = largest
    for number in range(1, 201):
        replica.publish(f"ah-tk-20262027-{number}", {})
    assert len(koop.records("2026-11-01")) == 200
    sizes = [int(one.query["maximumRecords"]) for one in answers_asked(replica)]
    accepted = max(size for size in (1000, 100, 10) if size <= largest)
    assert sizes[-1] == accepted
    # Each page but the first begins with the last record of the one before.
    pages = 1 + -(-(200 - accepted) // (accepted - 1)) if accepted < 200 else 1
    assert len(sizes) == sizes.index(accepted) + pages
    assert len(replica.requests) == len(sizes) + 1


@pytest.mark.parametrize(
    "count",
    [
        lambda true: None,
        lambda true: true and true + 3,
        lambda true: min(true, 1),
    ],
)
def test_the_count_is_an_estimate(
    replica, koop, count: Callable[[int], int | None]
) -> None:
    replica.count = count
    replica.page = 10
    for number in range(25):
        replica.publish(f"ah-tk-20262027-{number}", {})
    assert len(koop.records("2026-11-01")) == 25


def test_a_truly_empty_result_is_an_empty_list(replica, koop) -> None:
    replica.count = lambda true: None
    assert koop.records("2026-11-01") == []


def test_a_count_without_records_is_not_an_empty_list(replica, koop) -> None:
    replica.count = lambda true: 76
    with pytest.raises(SourceChanged, match="76 and no records"):
        koop.records("2026-11-01")


def paged(replica: Replica, change: Callable[[bytes], bytes]) -> Callable[..., None]:
    """The page that was asked for, with a change."""

    def play(handler) -> None:
        query = dict(replica.requests[-1].query)
        body = change(replica.search(query)[1])
        faults.page(body, "text/xml")(handler)

    return play


def test_a_record_on_two_pages_is_one_record(replica, koop) -> None:
    replica.page = 3
    expected = [f"ah-tk-20262027-{number}" for number in (1, 2, 3, 4, 5)]
    for name in expected:
        replica.publish(name, {})
    assert names(koop.records("2026-11-01")) == expected
    # The second page began with the last record of the first.
    starts = [one.query["startRecord"] for one in answers_asked(replica)]
    assert starts == ["1", "3"]


def test_a_list_in_any_order_is_the_same_list(replica, koop) -> None:
    """Two days, so that nearly all is tied in the order of change."""
    chance = seeded()
    for number in range(20):
        day = f"2026-11-{2 + number % 2:02}"
        replica.publish(f"ah-tk-20262027-{number}", {}, modified=day)
    even, odd = ([n for n in map(str, range(20)) if int(n) % 2 == r] for r in (0, 1))
    expected = [f"ah-tk-20262027-{n}" for n in (*sorted(even), *sorted(odd))]
    for _ in range(SHUFFLES):
        held = list(replica.publications.items())
        chance.shuffle(held)
        replica.publications = dict(held)
        replica.page = chance.choice([2, 3, 5, 7, 20])
        assert names(koop.records("2026-11-01")) == expected


def test_nothing_is_missed_when_the_list_moves_while_it_is_paged(replica, koop) -> None:
    chance = seeded()
    for _ in range(MOVES):
        replica.publications.clear()
        replica.page = chance.choice([2, 3, 5])
        for number in range(20):
            replica.publish(f"ah-tk-20262027-{number}", {})
        before = set(replica.publications)

        def move(handler) -> None:
            held = replica.publications
            one = held.pop(chance.choice(list(held)))
            # A change moves a record to the end of the list, a removal shifts all.
            if chance.random() < 0.5:
                held[one.identifier] = one
            replica.publish("ah-tk-20262027-99", {})
            query = dict(replica.requests[-1].query)
            faults.page(replica.search(query)[1], "text/xml")(handler)

        replica.fault(*[None] * chance.randrange(5), move)
        listed = set(names(koop.records("2026-11-01")))
        assert not replica.faults_left
        assert (before & set(replica.publications)) - listed == set()


def test_a_list_that_never_stands_still_is_cut_until_it_fits_a_page(
    replica, koop, events
) -> None:
    replica.page = 5
    for number in range(40):
        day = f"2026-11-{1 + number % 20:02}"
        replica.publish(f"ah-tk-20262027-{number}", {}, modified=day)

    def reversed_again(handler) -> None:
        replica.publications = dict(reversed(replica.publications.items()))
        query = dict(replica.requests[-1].query)
        faults.page(replica.search(query)[1], "text/xml")(handler)

    replica.fault_at("/sru", reversed_again, times=-1)
    found = koop.records("2026-10-31")
    assert "list_moved" in [name for name, _ in events]
    assert len(found) == 40


def test_a_next_page_that_is_the_page_itself_is_noticed(replica, koop) -> None:
    replica.page = 2
    for number in range(6):
        replica.publish(f"ah-tk-20262027-{number}", {})
    same = paged(
        replica,
        lambda body: body.replace(b"Position>3</sru:next", b"Position>1</sru:next"),
    )
    replica.fault(same)
    with pytest.raises(SourceChanged, match="is itself"):
        koop.records("2026-11-01")
    assert len(replica.requests) == 1


def test_a_page_that_repeats_for_ever_is_noticed(replica, koop) -> None:
    replica.page = 2
    for number in range(6):
        replica.publish(f"ah-tk-20262027-{number}", {})
    first = replica.search({"query": "dt.modified>0", "maximumRecords": "2"})[1]
    records = first[first.index(b"<sru:records>") : first.index(b"</sru:records>")]

    def repeat(body: bytes) -> bytes:
        start, end = body.index(b"<sru:records>"), body.index(b"</sru:records>")
        return body[:start] + records + body[end:]

    replica.fault_at("/sru", paged(replica, repeat), times=-1)
    with pytest.raises(SourceChanged, match="repeats"):
        koop.records("2026-11-01")
    assert len(replica.requests) == 2


def test_an_empty_page_in_the_middle_is_noticed(replica, koop) -> None:
    replica.page = 2
    for number in range(6):
        replica.publish(f"ah-tk-20262027-{number}", {})

    def emptied(body: bytes) -> bytes:
        start, end = body.index(b"<sru:records>"), body.index(b"</sru:records>")
        return body[:start] + b"<sru:records>" + body[end:]

    replica.fault(None, paged(replica, emptied))
    with pytest.raises(SourceChanged, match="an empty page at 2"):
        koop.records("2026-11-01")


def test_a_next_link_that_is_missing_is_made_up_for(replica, koop) -> None:
    replica.page = 2
    for number in range(6):
        replica.publish(f"ah-tk-20262027-{number}", {})

    def unlinked(body: bytes) -> bytes:
        start = body.find(b"<sru:nextRecordPosition>")
        end = body.find(b"<sru:echoed")
        return body[:start] + body[end:] if start >= 0 else body

    replica.fault_at("/sru", paged(replica, unlinked), times=-1)
    assert len(koop.records("2026-11-01")) == 6


def unlinked_and_uncounted(body: bytes) -> bytes:
    start = body.find(b"<sru:nextRecordPosition>")
    end = body.find(b"<sru:echoed")
    return body[:start] + body[end:] if start >= 0 else body


@pytest.mark.parametrize("page", [1, 2, 5])
def test_without_link_and_count_a_short_page_is_not_taken_for_the_last(
    replica, koop, page: int
) -> None:
    replica.page = page
    replica.count = lambda true: None
    for number in range(6):
        replica.publish(f"ah-tk-20262027-{number}", {})
    replica.fault_at("/sru", paged(replica, unlinked_and_uncounted), times=-1)
    assert len(koop.records("2026-11-01")) == 6


@pytest.mark.parametrize("page", [2, 3, 1000])
def test_a_next_link_behind_the_counted_end_leads_nowhere_and_costs_nothing(
    replica, koop, page: int
) -> None:
    replica.page = page
    for number in range(6):
        replica.publish(f"ah-tk-20262027-{number}", {})
    last = b"<sru:nextRecordPosition>7</sru:nextRecordPosition><sru:echoed"

    def linked(body: bytes) -> bytes:
        has_more = b"<sru:next" in body or b"<sru:record>" not in body
        return body if has_more else body.replace(b"<sru:echoed", last, 1)

    replica.fault_at("/sru", paged(replica, linked), times=-1)
    assert len(koop.records("2026-11-01")) == 6


# What is no list at all


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (faults.page(diagnostic(10, "line 1:13 mismatched input 'x'")), "mismatched"),
        (faults.page(), "an HTML page"),
        (faults.page(b"<html><h1>Onderhoud</h1></html>", "text/xml"), "Onderhoud"),
        (faults.page(b"", "text/xml"), "an empty body"),
        (faults.page(b"{}", "application/json"), "begins with '{}'"),
        (faults.page(b"<sru:searchRetrieveResponse", "text/xml"), "searchRetrieve"),
        (faults.page(b"<a/>", "text/xml"), "<a/>"),
    ],
)
def test_nonsense_is_never_zero_results(replica, koop, fault, told: str) -> None:
    replica.fault_at("/sru", fault, times=-1)
    with pytest.raises(SourceChanged) as raised:
        koop.records("2026-11-01")
    assert told in str(raised.value)
    assert replica.sru_url in str(raised.value)
    assert len(replica.requests) == 3


def test_nonsense_that_passes_is_forgiven(replica, koop) -> None:
    replica.publish(NAME, {})
    replica.fault(faults.page(), faults.page(diagnostic(1, "General system error")))
    assert names(koop.records("2026-11-01")) == [NAME]


def test_the_answer_to_another_query_is_not_taken(replica, koop) -> None:
    replica.publish(NAME, {})
    other = replica.search({"query": 'dt.identifier=="x"'})[1]
    replica.fault(faults.page(other, "text/xml"))
    assert names(koop.records("2026-11-01")) == [NAME]
    assert len(answers_asked(replica)) == 2


@pytest.mark.parametrize("code", [400, 403, 404, 410])
def test_an_index_that_refuses_stops_the_source_at_once(replica, koop, code) -> None:
    replica.fault_at("/sru", faults.status(code), times=-1)
    with pytest.raises(SourceChanged, match=f"HTTP {code}"):
        koop.records("2026-11-01")
    assert len(replica.requests) == 1


def test_an_index_that_is_away_is_out_of_reach(replica, koop) -> None:
    replica.fault_at("/sru", faults.status(503), times=-1)
    with pytest.raises(SourceUnreachable, match="HTTP 503"):
        koop.records("2026-11-01")


def test_an_index_that_moved_to_another_host_is_not_followed(replica, koop) -> None:
    replica.fault(faults.redirect("http://127.0.0.1:9/sru"))
    with pytest.raises(SourceChanged, match=r"127\.0\.0\.1:9"):
        koop.records("2026-11-01")


def test_a_bomb_in_the_index_stops_the_source(replica, koop) -> None:
    replica.fault(faults.bomb(80_000_000))
    with pytest.raises(SourceChanged, match="inflated"):
        koop.records("2026-11-01")


# What one odd record costs


def test_a_malformed_record_does_not_cost_the_others(replica, koop) -> None:
    replica.publish("ah-tk-20262027-1", {})
    replica.publish(
        "odd", {}, fields={"dt.identifier": None, "dt.title": "Zonder naam"}
    )
    replica.publish("ah-tk-20262027-2", {}, fields={"dt.available": "2009-02-31"})
    records = koop.records("2026-11-01")
    assert names(records)[:2] == ["ah-tk-20262027-1", "ah-tk-20262027-2"]
    assert records[1].metadata.gepubliceerd is None
    assert names(records)[2].startswith("zonder-identifier-")
    assert names(koop.records("2026-11-01")) == names(records)


def test_an_endless_identifier_is_cut_to_what_an_index_takes(replica, koop) -> None:
    for end in "ab":
        replica.publish("ah-tk-" + "\N{SNAKE}" * 5_000 + end, {})
    found = names(koop.records("2026-11-01"))
    assert len(set(found)) == 2
    assert max(len(name.encode()) for name in found) <= 500


def test_a_date_in_the_future_does_not_carry_the_cursor_along(replica, koop) -> None:
    replica.publish(NAME, {}, modified="2099-01-01")
    assert koop.records("2026-11-01")[0].position == f"2026-11-24 {NAME}"


def test_a_touched_record_has_another_fingerprint(replica, koop) -> None:
    replica.publish(NAME, {})
    first = koop.records("2026-11-01")[0]
    again = koop.records("2026-11-01")[0]
    replica.change(NAME, "2026-11-23")
    touched = koop.records("2026-11-01")[0]
    replica.change(NAME, "2026-11-23", fields={"dt.title": "Beter"})
    renamed = koop.records("2026-11-01")[0]
    assert first.fingerprint == again.fingerprint
    assert len({first.fingerprint, touched.fingerprint, renamed.fingerprint}) == 3
    assert (
        first.fingerprint[:32] == touched.fingerprint[:32] != renamed.fingerprint[:32]
    )


def test_only_a_record_without_a_time_of_change_names_the_day(replica, koop) -> None:
    replica.publish("ah-tk-20262027-1", {})
    coarse = {"cd.datumTijdstipWijzigingWork": None}
    replica.publish("ah-tk-20262027-2", {}, fields=coarse)
    days = [one.changed_on for one in koop.records("2026-11-01")]
    assert days == [None, date(2026, 11, 2)]


# A window that is too large


def fill(replica: Replica, count: int, **fields: object) -> None:
    for number in range(count):
        year = 2005 + number % 12
        replica.publish(
            f"ah-tk-{year}{year + 1}-{number}",
            {},
            modified=f"2026-11-{1 + number % 20:02}",
            fields=fields,
        )


def listed_starts(replica: Replica) -> list[int]:
    return [int(one.query["startRecord"]) for one in replica.asked("/sru")]


@pytest.mark.parametrize("count", [lambda true: true, lambda true: None])
def test_a_window_too_deep_is_cut_by_year(replica, koop, count) -> None:
    fill(replica, 10_500)
    replica.publish("ah-1271549", {})
    replica.count = count
    records = koop.records("2026-11-01")
    assert len(records) == 10_501
    assert [one.position for one in records] == sorted(one.position for one in records)
    assert max(listed_starts(replica)) < 10_000


def test_a_rest_query_that_is_refused_is_a_warning(
    replica, koop, events, monkeypatch
) -> None:
    monkeypatch.setattr("etl.sources.search.DEEPEST", 100)
    replica.page = 50
    fill(replica, 150)
    replica.fault_at(" NOT (", faults.page(diagnostic(10, "no NOT")), times=-1)
    assert len(koop.records("2026-11-01")) == 150
    assert "rest_query_refused" in [name for name, _ in events]


def test_a_year_too_deep_is_cut_by_kamer_and_then_by_date(
    replica, koop, monkeypatch
) -> None:
    monkeypatch.setattr("etl.sources.search.DEEPEST", 100)
    replica.page = 20
    for number in range(300):
        kamer = "ek" if number % 3 == 0 else "tk"
        day = f"2026-10-{1 + number % 28:02}"
        replica.publish(f"ah-{kamer}-20262027-{number}", {}, modified=day)
    assert len(koop.records("2026-09-01")) == 300
    assert max(listed_starts(replica)) < 100
    assert any("dt.creator" in query for query in queries(replica))
    assert any('dt.modified<"' in query for query in queries(replica))


def test_a_single_day_too_deep_is_said(replica, koop, monkeypatch) -> None:
    monkeypatch.setattr("etl.sources.search.DEEPEST", 100)
    replica.page = 20
    for number in range(150):
        replica.publish(f"ah-tk-20262027-{number}", {}, modified="2026-11-23")
    with pytest.raises(SourceChanged, match="one day"):
        koop.records("2026-11-01")


# The bodies


def first(koop: OfficieleBekendmakingen, identifier: str = NAME, **validators):
    return next(koop.offers(record(identifier), validators))


def forms(replica: Replica) -> list[str]:
    asked = [one.path for one in replica.requests if one.path != "/sru"]
    return [path.rpartition(".")[2] for path in asked]


def test_xml_is_all_that_is_asked_for_when_it_is_there(replica, koop) -> None:
    replica.publish(NAME, ALL)
    bron = first(koop)
    assert isinstance(bron, Bron)
    assert bron.body == XML
    assert bron.url == f"{replica.publications_url}/{NAME}.xml"
    assert bron.fetched_at == NOW
    assert bron.etag == replica.publications[NAME].etag("xml")
    assert forms(replica) == ["xml"]


def test_the_next_form_is_fetched_when_it_is_asked_for(replica, koop) -> None:
    replica.publish(NAME, ALL)
    bodies = [offer.body for offer in koop.offers(record(), {})]
    assert bodies == [XML, HTML, PDF, ODT]
    assert forms(replica) == ["xml", "html", "pdf", "odt"]


@pytest.mark.parametrize("missing", ["page", "redirect", "404"])
def test_a_missing_form_is_passed_over_however_it_is_said(
    replica, koop, missing: str
) -> None:
    replica.missing = missing
    replica.publish(NAME, {"pdf": PDF})
    assert first(koop).body == PDF
    assert forms(replica).count("pdf") == 1
    paths = [path for path in forms(replica) if path != "htm"]
    assert paths == ["xml", "html", "pdf"]


def test_a_gone_form_and_an_empty_stub_are_passed_over(replica, koop) -> None:
    replica.publish(NAME, {"xml": b" \n", "pdf": PDF})
    replica.fault_at(".html", faults.status(410))
    assert first(koop).body == PDF


def test_a_publication_in_no_form_is_missing(replica, koop) -> None:
    replica.publish(NAME, {})
    with pytest.raises(DocumentFault) as raised:
        first(koop)
    assert raised.value.code == "document_missing"


@pytest.mark.parametrize("form", ["xml", "html", "pdf", "odt"])
def test_an_error_page_is_asked_for_twice_and_never_stored(
    replica, koop, form: str
) -> None:
    replica.publish(NAME, {form: ALL[form]})
    replica.fault_at(f".{form}", faults.page(), times=2)
    with pytest.raises(DocumentFault) as raised:
        first(koop)
    assert raised.value.code == "error_page"
    assert "Er is een fout opgetreden" in str(raised.value)
    assert forms(replica).count(form) == 2


def test_an_error_page_that_passes_costs_nothing(replica, koop) -> None:
    replica.publish(NAME, ALL)
    replica.fault_at(".xml", faults.page())
    assert first(koop).body == XML


@pytest.mark.parametrize(
    ("form", "short"), [("xml", XML[:-5]), ("html", HTML[:-9]), ("pdf", PDF[:-7])]
)
def test_a_body_ended_by_a_lost_connection_is_asked_for_again(
    replica, koop, form: str, short: bytes
) -> None:
    replica.publish(NAME, {form: ALL[form]})
    replica.fault_at(f".{form}", faults.raw(b"HTTP/1.1 200 OK\r\n\r\n" + short))
    assert first(koop).body == ALL[form]


def test_a_body_that_stays_short_is_left_to_be_understood(replica, koop) -> None:
    replica.publish(NAME, {"pdf": b"%PDF-1.4 no end"})
    assert first(koop).body == b"%PDF-1.4 no end"


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream", "x;charset"])
def test_the_bytes_decide_and_not_the_header(replica, koop, kind: str) -> None:
    replica.publish(NAME, {})
    replica.fault_at(".xml", faults.page(XML, kind))
    bron = first(koop)
    assert (bron.body, bron.media_type) == (XML, kind)


@pytest.mark.parametrize("code", [400, 401, 403])
def test_a_refused_document_is_asked_for_once(replica, koop, code: int) -> None:
    replica.fault_at("/ah-", faults.status(code), times=-1)
    with pytest.raises(DocumentFault) as raised:
        first(koop)
    assert raised.value.code == "request_refused"
    assert len(replica.requests) == 1


def test_a_document_that_leads_elsewhere_is_not_followed(replica, koop) -> None:
    replica.fault_at("/ah-", faults.redirect("http://169.254.169.254/latest"))
    with pytest.raises(DocumentFault, match=r"169\.254") as raised:
        first(koop)
    assert raised.value.code == "request_refused"


def test_a_missing_page_on_another_host_is_still_missing(replica, koop) -> None:
    replica.publish(NAME, {"html": HTML})
    away = "https://www.officielebekendmakingen.nl/Errors/404.htm"
    replica.fault_at(".xml", faults.redirect(away))
    assert first(koop).body == HTML


def test_an_old_identifier_leads_to_the_document_that_replaced_it(
    replica, koop
) -> None:
    replica.publish(NAME, ALL)
    replica.fault_at("/ah-1271549", faults.redirect(f"/{NAME}.xml"))
    bron = first(koop, "ah-1271549")
    assert (bron.body, bron.url) == (XML, f"{replica.publications_url}/ah-1271549.xml")


def test_a_withdrawn_publication_is_known_by_its_sentence(replica, koop) -> None:
    replica.publish(NAME, ALL)
    replica.withdraw(NAME, "2026-11-20")
    assert isinstance(first(koop), Withdrawn)
    assert names(koop.records("2026-11-20")) == [NAME]


def test_an_answer_that_quotes_the_sentence_is_not_withdrawn(replica, koop) -> None:
    quoted = XML.replace(
        b"<kamervragen/>",
        b"<kamervraagomschrijving/><al>Deze publicatie is op verzoek van de"
        b" publicerende organisatie verwijderd</al>",
    )
    replica.publish(NAME, {"xml": quoted})
    assert first(koop).body == quoted


def test_an_unmodified_body_is_not_fetched_again(replica, koop) -> None:
    replica.publish(NAME, {"pdf": PDF})
    bron = first(koop)
    held = Validators(etag=bron.etag, last_modified=None)
    offers = list(koop.offers(record(), {bron.url: held}))
    assert offers == [Unmodified(bron.url)]
    replica.change(NAME, "2026-11-20", {"pdf": b"%PDF-1.7 new %%EOF"})
    assert first(koop, **{bron.url: held}).body == b"%PDF-1.7 new %%EOF"


HOSTILE = [
    "../../etc/passwd",
    "ah-tk-20222023-1505/../../x",
    "ah-tk-20222023-1505?x=1",
    "ah-tk-20222023-1505#x",
    "ah-tk-20222023-1505%2f..",
    "ah-tk-20222023-1505\r\nHost: x",
    "//example.nl/ah-1",
    "http://example.nl/ah-1",
    "",
    "zonder-identifier-0123456789ab",
    "kst-32545-143",
]


@pytest.mark.parametrize("identifier", HOSTILE)
def test_what_is_no_identifier_is_never_asked_for(replica, koop, identifier) -> None:
    with pytest.raises(DocumentFault) as raised:
        first(koop, identifier)
    assert raised.value.code == "key_missing"
    assert replica.requests == []


@pytest.mark.parametrize(
    "identifier",
    """ah-tk-20202021-0041 ah-ek-19951995-1 ah-1271549 ah-tk-20092010-145-h1
    ah-ek-20082009-14-n1 ah-tk-20092010-AH2134 ah-tk-20152016-6a ah-tk-20112012-27527
    kv-tk-2021Z09739 kv-2989900822""".split(),
)
def test_every_family_of_identifiers_is_asked_for_verbatim(
    replica, koop, identifier: str
) -> None:
    replica.publish(identifier, ALL)
    assert names(koop.records("2026-11-01")) == [identifier]
    assert first(koop, identifier).body == XML
    assert replica.requests[-1].path == f"/{identifier}.xml"


# What the record lacks


def metadata_xml(**values: str) -> bytes:
    lines = "".join(
        f'<metadata name="{n.replace("_", ".")}" scheme="" content="{v}"/>'
        for n, v in values.items()
    )
    return f"<metadata_gegevens>{lines}</metadata_gegevens>".encode()


def test_metadata_are_fetched_only_for_a_record_that_lacks_them(replica, koop) -> None:
    whole = {"w.vraagnummer": "2023Z00306", "w.datumOntvangst": "2023-02-10"}
    replica.publish(NAME, ALL, fields=whole)
    complete = koop.records("2026-11-01")[0]
    assert koop.completed(complete) == complete
    assert replica.asked("/metadata.xml") == []


@pytest.mark.parametrize("lacking", [(), ("w.vergaderjaar",)])
def test_what_the_record_lacks_comes_from_its_metadata(
    replica, koop, lacking: tuple[str, ...]
) -> None:
    document = metadata_xml(
        DC_identifier=NAME, DC_title="Ander", OVERHEIDop_vraagNummer="2023Z00306"
    )
    fields = dict.fromkeys(lacking)
    replica.publish(NAME, {**ALL, "metadata": document}, fields=fields)
    listed = koop.records("2026-11-01")[0]
    completed = koop.completed(listed)
    assert completed.metadata.zaaknummers == ("2023Z00306",)
    assert completed.metadata.titel == listed.metadata.titel
    assert completed.fingerprint == listed.fingerprint


@pytest.mark.parametrize(
    "document",
    [
        None,
        MISSING,
        b"",
        b"<metadata_gegevens",
        metadata_xml(DC_identifier="ah-tk-20222023-1", OVERHEIDop_vraagnummer="2023Z9"),
    ],
)
def test_metadata_that_are_of_no_use_leave_the_record_as_it_is(
    replica, koop, document: bytes | None
) -> None:
    files = {} if document is None else {"metadata": document}
    replica.publish(NAME, {**ALL, **files})
    listed = koop.records("2026-11-01")[0]
    assert koop.completed(listed) == listed


@pytest.mark.parametrize(
    ("identifier", "vraagnummer"),
    [("ah-ek-20192020-10", "219200007"), ("ah-tk-19981999-5", "2989900822")],
)
def test_a_number_of_an_older_series_is_no_reason_to_ask(
    replica, koop, identifier: str, vraagnummer: str
) -> None:
    replica.publish(identifier, ALL, fields={"w.vraagnummer": vraagnummer})
    listed = koop.records("2026-11-01")[0]
    assert koop.completed(listed).metadata.zaaknummers == ()
    assert replica.asked("/metadata.xml") == []


# The questions as published before an answer

VRAAG = "kv-tk-2026Z13248"


def test_questions_are_listed_among_the_answers(replica, koop) -> None:
    replica.publish("kv-2989900822", {}, modified="2026-11-01")
    replica.publish(NAME, {}, modified="2026-11-02")
    aanhangsels = ("ah-tk-20262027-85", "ah-tk-20262027-301", "kst-1-2")
    fields = {"w.datumIndiening": "2026-07-02", "w.aanhangsel": aanhangsels}
    replica.publish(VRAAG, {}, modified="2026-11-03", fields=fields)
    old, answer, new = koop.records("2026-11-01")
    assert answer.identifier == NAME
    assert old.metadata == Metadata(
        titel="Vragen over een onderwerp (kv-2989900822)",
        kamer="tk",
        vergaderjaar="2026-2027",
        gepubliceerd=date(2026, 11, 1),
        ingezonden=date(2026, 11, 1),
        documentstatus="Opgemaakt",
    )
    assert new.metadata == Metadata(
        titel=f"Vragen over een onderwerp ({VRAAG})",
        kamer="tk",
        vergaderjaar="2025-2026",
        zaaknummers=("2026Z13248",),
        gepubliceerd=date(2026, 7, 2),
        ingezonden=date(2026, 7, 2),
        documentstatus="Opgemaakt na onopgemaakt",
        aanhangsels=("ah-tk-20262027-85", "ah-tk-20262027-301"),
    )


def test_nothing_new_costs_one_request_a_series(replica, koop) -> None:
    replica.publish(VRAAG, {}, modified="2026-10-01")
    assert koop.records("2026-11-01") == []
    assert len(replica.requests) == 2


def test_many_questions_are_paged_and_cut_as_answers_are(replica, koop) -> None:
    replica.largest = 10
    replica.count = lambda true: 12_000 if true == 45 else true
    for number in range(45):
        day = f"2026-{1 + number % 12:02}-01"
        replica.publish(f"kv-tk-2026Z{number:05}", {}, modified=day)
    assert len(koop.records(None)) == 45
    assert any("w.vergaderjaar" in query for query in queries(replica))


def test_a_list_of_questions_that_is_refused_is_not_taken_for_empty(
    replica, koop
) -> None:
    replica.publish(NAME, {})
    replica.fault_at("zonder antwoord", faults.page(diagnostic(10, "x")), times=-1)
    with pytest.raises(SourceChanged, match="zonder antwoord"):
        koop.records("2026-11-01")


def test_an_answer_that_appears_changes_what_is_said_of_the_question(
    replica, koop
) -> None:
    replica.publish(VRAAG, ALL)
    (before,) = koop.records("2026-11-01")
    replica.change(VRAAG, "2026-11-20", fields={"w.aanhangsel": (NAME,)})
    (after,) = koop.records("2026-11-01")
    assert (before.metadata.aanhangsels, after.metadata.aanhangsels) == ((), (NAME,))
    assert before.fingerprint[:32] != after.fingerprint[:32]


@pytest.mark.parametrize(
    ("identifier", "lacking"),
    [
        (VRAAG, ()),
        (VRAAG, ("w.vraagnummer",)),
        ("kv-2989900822", ()),
        ("kv-ek-215160000", ()),
    ],
)
def test_a_question_without_aanhangsels_is_no_reason_to_ask(
    replica, koop, identifier: str, lacking: tuple[str, ...]
) -> None:
    replica.publish(identifier, ALL, fields=dict.fromkeys(lacking))
    (listed,) = koop.records("2026-11-01")
    assert koop.completed(listed) == listed
    assert replica.asked("/metadata.xml") == []


@pytest.mark.parametrize(
    ("identifier", "lacking"),
    [
        (VRAAG, ("dt.title",)),
        (VRAAG, ("w.datumIndiening", "dt.available")),
        ("kv-59461", ("w.vraagnummer",)),
    ],
)
def test_what_the_record_of_a_question_lacks_is_asked_for(
    replica, koop, identifier: str, lacking: tuple[str, ...]
) -> None:
    document = metadata_xml(
        DC_identifier=identifier,
        DC_title="Loden leidingen",
        OVERHEIDop_vraagnummer="2026Z13248",
        OVERHEIDop_datumIndiening="2026-07-02",
        OVERHEIDop_aanhangsel="ah-tk-20252026-3799",
    )
    files = {**ALL, "metadata": document}
    replica.publish(identifier, files, fields=dict.fromkeys(lacking))
    metadata = koop.completed(koop.records("2026-11-01")[0]).metadata
    assert len(replica.asked("/metadata.xml")) == 1
    assert metadata.titel
    assert metadata.ingezonden
    assert metadata.zaaknummers == ("2026Z13248",)
    assert metadata.aanhangsels == ("ah-tk-20252026-3799",)


def test_a_question_is_withdrawn_as_an_answer_is(replica, koop) -> None:
    replica.publish(VRAAG, ALL)
    assert first(koop, VRAAG).body == XML
    replica.withdraw(VRAAG, "2026-11-20")
    assert isinstance(first(koop, VRAAG), Withdrawn)
    assert names(koop.records("2026-11-20")) == [VRAAG]


def test_a_placeholder_gives_way_to_its_number(replica, koop) -> None:
    replica.publish("ah-1271549", {"pdf": PDF})
    replica.replace("ah-1271549", NAME, ALL, "2026-11-20")
    assert names(koop.records("2026-11-01")) == [NAME]
    with pytest.raises(DocumentFault) as raised:
        first(koop, "ah-1271549")
    assert raised.value.code == "document_missing"


# By year, and by number


def published_years(replica: Replica) -> None:
    """Four of 2022-2023: two answers of either Kamer, two questions; others around."""
    for name in ("ah-tk-20222023-1", "ah-ek-20222023-1", "ah-tk-20212022-1"):
        replica.publish(name, {})
    for number, day in ((1, "2022-08-31"), (2, "2022-09-01"), (3, "2023-08-31")):
        asked = {"w.datumIndiening": day}
        replica.publish(f"kv-tk-{day[:4]}Z0000{number}", {}, fields=asked)


def test_a_year_is_listed_in_both_series_and_kamers(replica, koop) -> None:
    published_years(replica)
    assert sorted(names(koop.of_year("2022-2023"))) == [
        "ah-ek-20222023-1",
        "ah-tk-20222023-1",
        "kv-tk-2022Z00002",
        "kv-tk-2023Z00003",
    ]
    assert len(replica.requests) == 2


def test_a_year_says_of_a_record_what_the_daily_list_says(replica, koop) -> None:
    published_years(replica)
    daily = {one.identifier: one for one in koop.records(None)}
    assert all(daily[one.identifier] == one for one in koop.of_year("2022-2023"))


def test_a_year_too_large_to_list_at_once_is_cut(replica, koop, monkeypatch) -> None:
    monkeypatch.setattr("etl.sources.search.DEEPEST", 20)
    replica.page = 10
    expected = set()
    for number in range(60):
        name = f"ah-{'tk' if number % 3 else 'ek'}-20222023-{number}"
        replica.publish(name, {}, modified=f"2023-01-{1 + number % 28:02}")
        expected.add(name)
    assert set(names(koop.of_year("2022-2023"))) == expected


@pytest.mark.parametrize("year", ["", "2022", '2022" or dt.title=="x'])
def test_what_is_no_year_is_not_asked_for(replica, koop, year: str) -> None:
    with pytest.raises(ValueError, match="vergaderjaar"):
        koop.of_year(year)
    assert replica.requests == []


def test_a_number_that_no_list_brings_is_asked_for_by_its_usual_name(
    replica, koop
) -> None:
    document = metadata_xml(DC_identifier=NAME, DC_title="Toch")
    replica.publish(NAME, {"pdf": PDF, "metadata": document})
    asked = koop.missing(Key("tk", "2022-2023", 1505))
    assert (asked.identifier, asked.position) == (NAME, "")
    (offer,) = koop.offers(asked, {})
    assert isinstance(offer, Bron)
    assert offer.body == PDF
    assert koop.completed(asked).metadata.titel == "Toch"
    (listed,) = koop.records("2026-11-01")
    assert listed.fingerprint[:32] != asked.fingerprint[:32]
    assert listed.fingerprint[32:] != asked.fingerprint[32:]


def test_a_number_that_does_not_exist_costs_three_requests(replica, koop) -> None:
    with pytest.raises(DocumentFault) as raised:
        list(koop.offers(koop.missing(Key("ek", "2022-2023", 6, "a")), {}))
    assert raised.value.code == "document_missing"
    assert [one.path for one in replica.requests] == [
        f"/ah-ek-20222023-6a.{form}" for form in ("xml", "html", "pdf")
    ]
