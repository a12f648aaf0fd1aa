"""What the feed may bring, in any order and state, and what becomes of it here.

`MOVES=1000` is the figure of the nightly tier for a feed that moves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qs, urlsplit

import kamer as written
import pytest
from chance import seeded
from conftest import fresh_database
from dump import dump
from houses import Houses, houses, rows
from year import (
    AH200,
    AT_KAMER,
    AT_KOOP,
    WORD,
    ZAAK,
)

from etl.demo.faults import Fault, answer, page, reset, status, truncated
from etl.demo.kamer import Kamer, guid
from etl.model.run import Outcome

KOOP, KAMER = "officielebekendmakingen", "tweedekamer"
VRAGEN_SOORT = "Schriftelijke vragen"
MOVES = int(os.environ.get("MOVES", "20"))


@pytest.fixture
def both(database: Any) -> Iterator[Houses]:
    with houses(database) as it:
        yield it


class Interceptor:
    """Answers every request for a path in its own way while it is `on`."""

    def __init__(self, replica: Any, path: str, fault: Fault) -> None:
        self.on = True
        self.met = 0
        self._fault = fault
        replica.fault_at(path, self, times=-1)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        if self.on:
            self.met += 1
            self._fault(handler)
            return
        respond(handler)


def respond(handler: Any) -> None:
    """The replica's own answer."""
    parts = urlsplit(handler.path)
    query = {name: held[0] for name, held in parse_qs(parts.query).items()}
    handler.respond(parts.path, query)


def zaak_row(database: Any, nummer: str = ZAAK) -> dict[str, Any]:
    ((row,),) = rows(
        database,
        "select to_jsonb(zaak) from aanhangsel.zaak where zaaknummer = %s",
        nummer,
    )
    return dict(row)


def flags(database: Any, nummer: str = ZAAK) -> set[str]:
    found = rows(
        database, "select code from aanhangsel.signaal where zaaknummer = %s", nummer
    )
    return {code for (code,) in found}


def mirrored(database: Any) -> list[tuple[Any, ...]]:
    return list(
        rows(
            database,
            "select category, state, deleted, count(*)::int from etl.entity"
            " where category not like 'Persoon%%' group by 1, 2, 3 order by 1, 2, 3",
        )
    )


def case(kamer: Kamer, nummer: str = ZAAK, **more: Any) -> str:
    """A zaak as they are, asked by one of the minister."""
    zaak = kamer.zaak(nummer, "Geld", "2026-01-12", **more)
    kamer.zaak_actor(zaak, "Lisa Westerveld (E.M.)", fractie="GroenLinks-PvdA")
    kamer.zaak_actor(zaak, "E. Heinen", "Gericht aan", functie="Minister")
    return zaak


# ------------------------------------------------------------------------ tombstones


@pytest.mark.parametrize("tombstone", ["bare", "capital", "body"])
def test_a_tombstone_takes_no_value_away(
    both: Houses, database: Any, tombstone: str
) -> None:
    zaak = case(both.kamer, "2025Z00001")
    both.well(KAMER)
    before = zaak_row(database, "2025Z00001")
    assert flags(database, "2025Z00001") == {"zaak_jaar_wijkt_af"}
    both.kamer.writing.tombstone = tombstone
    both.kamer.delete(zaak)
    both.well(KAMER)
    assert zaak_row(database, "2025Z00001") == {**before, "ingetrokken": True}
    assert flags(database, "2025Z00001") == {"zaak_jaar_wijkt_af"}
    both.kamer.restore(zaak)
    both.well(KAMER)
    assert zaak_row(database, "2025Z00001") == before


def test_an_actor_that_was_taken_back_counts_no_longer(
    both: Houses, database: Any
) -> None:
    zaak = both.kamer.zaak(ZAAK, "Geld", "2026-01-12")
    actor = both.kamer.zaak_actor(zaak, "Lisa Westerveld (E.M.)")
    both.kamer.zaak_actor(zaak, "E. Heinen", "Gericht aan")
    both.well(KAMER)
    assert flags(database) == set()
    both.kamer.delete(actor)
    both.well(KAMER)
    assert flags(database) == {"zaak_zonder_indiener"}
    both.kamer.restore(actor)
    both.well(KAMER)
    assert flags(database) == set()


def test_a_tombstone_may_come_before_the_values(both: Houses, database: Any) -> None:
    zaak = case(both.kamer)
    both.kamer.delete(zaak)
    both.well(KAMER)
    assert rows(database, "select zaaknummer from aanhangsel.zaak") == []
    both.kamer.restore(zaak)
    both.well(KAMER)
    assert zaak_row(database)["ingetrokken"] is False
    assert rows(
        database, "select relatie from aanhangsel.zaak_actor order by relatie"
    ) == [("Gericht aan",), ("Indiener",)]
    assert flags(database) == set()


def test_the_last_change_holds_in_the_hour_that_comes_twice(
    both: Houses, database: Any
) -> None:
    both.kamer.at = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    zaak = case(both.kamer)
    both.well(KAMER)
    both.kamer.at = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    both.kamer.change(zaak, afgedaan=True)
    both.well(KAMER)
    assert zaak_row(database)["afgedaan"] is True


# ------------------------------------------------------------------- parts and wholes


def test_an_actor_may_come_before_its_zaak(both: Houses, database: Any) -> None:
    zaak, other = guid(f"zaak {ZAAK}"), guid("zaak 2026Z00002")
    both.kamer.zaak_actor(zaak, "Lisa Westerveld (E.M.)")
    both.kamer.zaak_actor(zaak, "E. Heinen", "Gericht aan")
    both.kamer.zaak_actor(other, "Een commissie", "Voortouwcommissie")
    both.well(KAMER)
    assert mirrored(database) == [("ZaakActor", "waiting", False, 3)]
    both.kamer.zaak(ZAAK, "Geld", "2026-01-12")
    both.kamer.zaak("2026Z00002", "Een motie", "2026-01-12", soort="Motie")
    both.well(KAMER)
    assert mirrored(database) == [
        ("Zaak", "kept", False, 1),
        ("Zaak", "passed", False, 1),
        ("ZaakActor", "kept", False, 2),
    ]
    assert flags(database) == set()


def test_what_is_of_another_subject_passes_by_with_its_parts(
    both: Houses, database: Any
) -> None:
    zaak = case(both.kamer, soort="Motie")
    document = both.kamer.document("Brief regering", "Iets", "2026-01-12", [zaak])
    both.kamer.document_actor(document, "E. Heinen")
    both.well(KAMER)
    passed = [("Document", "passed", False, 1), ("Zaak", "passed", False, 1)]
    assert mirrored(database) == passed
    query = "select count(*) from etl.entity where fields <> '{}' or refs <> '{}'"
    assert rows(database, query) == [(0,)]
    both.kamer.republish()
    both.well(KAMER)
    assert mirrored(database) == passed


def test_a_zaak_may_turn_out_to_be_of_another_kind(both: Houses, database: Any) -> None:
    zaak = case(both.kamer, soort="Mondelinge vragen")
    both.well(KAMER)
    assert rows(database, "select zaaknummer from aanhangsel.zaak") == []
    both.kamer.change(zaak, soort=VRAGEN_SOORT)
    both.well(KAMER)
    assert zaak_row(database)["soort"] == VRAGEN_SOORT
    # its actors went by; that shows, and reading again brings them
    lacking = {"zaak_zonder_indiener", "zaak_zonder_geadresseerde"}
    assert flags(database) == lacking
    both.well(KAMER, since=both.now.date())
    assert flags(database) == set()
    # what was kept once stays so, under its new kind
    both.kamer.change(zaak, soort="Mondelinge vragen")
    both.well(KAMER)
    assert zaak_row(database)["soort"] == "Mondelinge vragen"
    assert flags(database) == set()


# ------------------------------------------------------------------------- documents

ANSWER = "Antwoord schriftelijke vragen"
ZAKEN_OF = """
    select publicatie.identifier, publicatie_zaak.zaaknummer, publicatie_zaak.bekend_door
    from aanhangsel.publicatie
    join aanhangsel.publicatie_zaak using (publicatie_id)
    order by 1, 2
"""


def publish(kamer: Kamer, zaken: list[str], **more: Any) -> str:
    return kamer.document(
        more.pop("soort", ANSWER),
        "Antwoord over geld",
        "2026-03-20",
        zaken,
        aanhangselnummer="252600200",
        body=more.pop("body", WORD),
        **more,
    )


def test_other_links_of_a_document_are_followed(both: Houses, database: Any) -> None:
    first = case(both.kamer)
    second = case(both.kamer, "2026Z00002")
    document = publish(both.kamer, [first])
    both.well(KAMER)
    assert rows(database, ZAKEN_OF) == [(AH200, ZAAK, "vraagnummer")]
    both.kamer.link(document, "zaak", [second, first, second])
    both.well(KAMER)
    assert rows(database, ZAKEN_OF) == [
        (AH200, ZAAK, "vraagnummer"),
        (AH200, "2026Z00002", "zaak"),
    ]
    both.kamer.link(document, "zaak", [first])
    both.well(KAMER)
    assert rows(database, ZAKEN_OF) == [(AH200, ZAAK, "vraagnummer")]
    # one body, fetched once
    assert len(both.kamer.asked("/Resources/")) == 1


def test_a_version_that_does_not_exist_is_no_obstacle(
    both: Houses, database: Any
) -> None:
    document = publish(both.kamer, [case(both.kamer)])
    both.kamer.link(document, "huidigeDocumentVersie", [guid("no such version")])
    both.well(KAMER)
    assert rows(database, ZAKEN_OF) == [(AH200, ZAAK, "vraagnummer")]
    both.kamer.link(document, "huidigeDocumentVersie", [])
    both.well(KAMER)
    assert rows(database, ZAKEN_OF) == [(AH200, ZAAK, "vraagnummer")]


def test_placeholders_leave_no_trace(both: Houses, database: Any) -> None:
    case(both.kamer)
    for category in ("Persoon", "Fractie", "Zaak", "Document", "FractieZetelPersoon"):
        both.kamer.placeholder(category, guid(f"placeholder {category}"))
    both.well(KAMER)
    assert mirrored(database) == [
        ("Zaak", "kept", False, 1),
        ("ZaakActor", "kept", False, 2),
    ]
    without = {
        told["category"]: told["without_entity"]
        for name, told in both.events
        if name == "mirrored" and told["without_entity"]
    }
    assert without == {
        "Persoon": 1,
        "Fractie": 1,
        "Zaak": 1,
        "Document": 1,
        "FractieZetelPersoon": 1,
    }


def test_a_placeholder_of_what_is_known_takes_nothing_away(
    both: Houses, database: Any
) -> None:
    zaak = case(both.kamer)
    both.well(KAMER)
    before = zaak_row(database)
    both.kamer.placeholder("Zaak", zaak)
    both.well(KAMER)
    assert zaak_row(database) == before


def test_a_new_kind_of_answer_is_followed_and_named_as_it_is(
    both: Houses, database: Any
) -> None:
    soort = "Antwoord schriftelijke vragen (herzien)"
    publish(both.kamer, [case(both.kamer)], soort=soort)
    both.well(KAMER)
    assert rows(database, "select soort from aanhangsel.document") == [(soort,)]
    assert rows(database, ZAKEN_OF) == [(AH200, ZAAK, "vraagnummer")]


# ----------------------------------------------------------------------------- drift


def drift(both: Houses) -> set[str]:
    return {told["problem"] for name, told in both.events if name == "drift"}


def test_names_that_change_are_reported_and_cost_no_value(
    both: Houses, database: Any
) -> None:
    zaak = case(both.kamer)
    document = publish(both.kamer, [zaak])
    both.well(KAMER)
    before, held = zaak_row(database), dump(database)
    assert drift(both) == set()
    both.kamer.rename_field("onderwerp", "subject")
    both.kamer.drop_field("gestartOp")
    both.kamer.drop_field("aanhangselnummer")
    both.kamer.add_field("herkomst", "nieuw")
    both.kamer.republish()
    both.well(KAMER)
    assert drift(both) == {
        "Zaak: unknown field 'subject'",
        "Zaak: unknown field 'herkomst'",
        "Zaak: field 'onderwerp' is gone",
        "Zaak: field 'gestartop' is gone",
        "ZaakActor: unknown field 'herkomst'",
        "Document: unknown field 'subject'",
        "Document: unknown field 'herkomst'",
        "Document: field 'onderwerp' is gone",
        "Document: field 'aanhangselnummer' is gone",
        "DocumentVersie: unknown field 'herkomst'",
    }
    assert zaak_row(database) == before
    assert dump(database) == held
    both.kamer.change(zaak, afgedaan=True)
    both.kamer.change(document, documentNummer="2026D99999")
    both.well(KAMER)
    assert zaak_row(database) == {**before, "afgedaan": True}
    query = "select documentnummer, aanhangselnummer from aanhangsel.document"
    assert rows(database, query) == [("2026D99999", "252600200")]


# ----------------------------------------------------------------------- checkpoints


def checkpoint(database: Any, category: str) -> str | None:
    found = rows(
        database,
        "select position from etl.cursor where source = %s",
        f"tweedekamer/{category}",
    )
    return str(found[0][0]) if found else None


def test_each_category_has_its_own_checkpoint(both: Houses, database: Any) -> None:
    zaak = case(both.kamer)
    both.well(KAMER)
    ends = {
        name: str([*both.kamer.of(name)][-1].token) for name in ("Zaak", "ZaakActor")
    }
    assert {name: checkpoint(database, name) for name in ends} == ends
    both.kamer.change(zaak, afgedaan=True)
    both.kamer.requests.clear()
    both.well(KAMER)
    asked = {
        (one.query["category"], one.query.get("skiptoken"))
        for one in both.kamer.asked("/Feed")
    }
    # each goes on after its own last row, and no row is asked for twice
    assert {("Zaak", ends["Zaak"]), ("ZaakActor", ends["ZaakActor"])} <= asked
    assert checkpoint(database, "Zaak") == str([*both.kamer.of("Zaak")][-1].token)
    assert checkpoint(database, "ZaakActor") == ends["ZaakActor"]


def test_an_empty_category_goes_on_where_the_feed_says(
    both: Houses, database: Any
) -> None:
    both.kamer.persoon("Westerveld")
    both.well(KAMER)
    both.kamer.requests.clear()
    both.well(KAMER)
    tokens = {
        one.query["category"]: one.query.get("skiptoken")
        for one in both.kamer.asked("/Feed")
    }
    assert len(tokens) == 9
    # but of groups and seats there always are some: those are looked for again
    assert {name for name, token in tokens.items() if token is None} == {
        "Fractie",
        "FractieZetel",
        "FractieZetelPersoon",
    }
    case(both.kamer)
    both.well(KAMER)
    assert flags(database) == set()


def test_nothing_is_missed_when_the_feed_moves_while_it_is_paged(
    both: Houses, database: Any
) -> None:
    """Cases come, change, go and come back before any page of any category."""
    chance, kamer = seeded(), both.kamer
    kamer.page = 3
    zaken = [case(kamer, f"2026Z{number:05}") for number in range(12)]

    def move(handler: Any) -> None:
        if chance.random() < 0.4:
            zaak = chance.choice(zaken)
            held = kamer.held[zaak]
            match chance.choice(("change", "there or not", "new", "again")):
                case "change":
                    kamer.change(zaak, onderwerp=f"Het {kamer.head}e onderwerp")
                case "there or not":
                    (kamer.restore if held.deleted else kamer.delete)(zaak)
                case "new":
                    zaken.append(case(kamer, f"2026Z{len(zaken):05}"))
                case _:
                    kamer.republish(chance.sample(zaken, 4))
        respond(handler)

    moving = Interceptor(kamer, "/Feed", move)
    for _ in range(MOVES):
        moving.on = True
        both.well(KAMER)
        moving.on = False
        both.well(KAMER)
        found = rows(
            database,
            "select entity_id::text, deleted, fields ->> 'onderwerp' from etl.entity"
            " where category = 'Zaak'",
        )
        assert {(zaak, gone) for zaak, gone, _ in found} == {
            (zaak, kamer.held[zaak].deleted) for zaak in zaken
        }
        for zaak, gone, onderwerp in found:
            assert gone or onderwerp == kamer.held[zaak].fields["onderwerp"]


CUT = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content><zaak'


def circle(back: int) -> Fault:
    entry = written.entry(written.row("zaak", written.ZAAK), token=back)
    return answer(200, written.feed([entry], following=back), {})


@pytest.mark.parametrize(
    "name", ["500", "html", "cut off", "half", "reset", "circle", "message"]
)
def test_a_page_that_fails_leaves_the_last_good_place(
    both: Houses, database: Any, name: str
) -> None:
    both.kamer.page = 2
    zaken = [case(both.kamer, f"2026Z0000{n}") for n in range(1, 8)]
    tokens = [one.token for one in both.kamer.of("Zaak")]
    faults: Mapping[str, Fault] = {
        "500": status(500),
        "html": page(),
        "cut off": page(CUT, "application/atom+xml"),
        "half": truncated(CUT, 9_000),
        "reset": reset(),
        "circle": circle(tokens[1]),
        "message": page(b"<Error><Message>An error has occurred.</Message></Error>"),
    }
    path = f"/Feed?category=Zaak&skiptoken={tokens[3]}"
    rubbish = Interceptor(both.kamer, path, faults[name])
    (report,) = both.run(KAMER)
    assert rubbish.met
    assert report.outcome is Outcome.FAILED
    assert report.bug is None
    assert report.error
    assert report.error.exit_code == 4
    assert checkpoint(database, "Zaak") == str(tokens[3])
    query = "select count(*) from etl.entity where category = 'Zaak'"
    assert rows(database, query) == [(4,)]
    rubbish.on = False
    both.kamer.requests.clear()
    both.well(KAMER)
    # from where it stood, not from the start
    first = next(r for r in both.kamer.asked("/Feed") if r.query["category"] == "Zaak")
    assert first.query["skiptoken"] == str(tokens[3])
    assert rows(database, "select count(*) from aanhangsel.zaak") == [(len(zaken),)]
    assert rows(database, "select count(*) from aanhangsel.signaal") == [(0,)]


# ----------------------------------------------------------------- a house that is down

NEVER_SEEN = ("publicatie_versie", "publicatie_alias", "bron", "publicatie_bron")
"""Tables of what was; what is replaced while a house is down was never seen here."""


def days(
    both: Houses, database: Any, down: set[int], rubbish: list[Interceptor]
) -> dict[str, list[str]]:
    """The year, a day each event of either house; on some days a house is down."""
    for day, events in enumerate(zip_longest(AT_KOOP, AT_KAMER)):
        for each in rubbish:
            each.on = day in down
        for event in filter(None, events):
            event(both)
        reports = both.run()
        failed = [one for one in reports if one.outcome is Outcome.FAILED]
        assert len(failed) == (1 if rubbish and day in down else 0)
        assert all(one.bug is None for one in failed)
    for each in rubbish:
        each.on = False
    both.well()
    both.well()
    return dump(database, NEVER_SEEN)


@pytest.fixture(scope="module")
def undisturbed(server: Any, template: str) -> dict[str, list[str]]:
    for database in fresh_database(server, template):
        with houses(database) as both:
            return days(both, database, set(), [])
    raise AssertionError


@pytest.mark.parametrize(
    ("house", "kind", "day"),
    [
        (KOOP, "down", 0),
        (KOOP, "rubbish", 4),
        (KOOP, "down", 10),
        (KAMER, "rubbish", 0),
        (KAMER, "down", 1),
        (KAMER, "rubbish", 6),
    ],
)
def test_a_house_that_fails_for_a_day_changes_nothing(
    both: Houses,
    database: Any,
    undisturbed: dict[str, list[str]],
    house: str,
    kind: str,
    day: int,
) -> None:
    replica = both.koop if house == KOOP else both.kamer
    fault = status(503) if kind == "down" else page()
    assert (
        days(both, database, {day}, [Interceptor(replica, "/", fault)]) == undisturbed
    )
