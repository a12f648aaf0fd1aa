"""What no honest house would send, or more than ever at once, and what comes of it."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from houses import Houses, houses, rows
from kamer import feed
from year import AH200, ANTWOORD, KV, KV_NAME, VRAGEN, WORD, ZAAK, answers, xml

from etl.demo.faults import page
from etl.demo.kamer import Kamer, guid
from etl.model.entity import Category, Entity, Entry, Page

KOOP, KAMER = "officielebekendmakingen", "tweedekamer"


@pytest.fixture
def both(database: Any) -> Iterator[Houses]:
    with houses(database) as it:
        yield it


def case(kamer: Kamer, nummer: str = ZAAK, **more: Any) -> str:
    """A zaak as they are, asked by one of the minister."""
    zaak = kamer.zaak(nummer, "Geld", "2026-01-12", **more)
    kamer.zaak_actor(zaak, "Lisa Westerveld (E.M.)", fractie="GroenLinks-PvdA")
    kamer.zaak_actor(zaak, "E. Heinen", "Gericht aan", functie="Minister")
    return zaak


def flags(database: Any, nummer: str = ZAAK) -> set[str]:
    query = "select code from aanhangsel.signaal where zaaknummer = %s"
    return {code for (code,) in rows(database, query, nummer)}


def noise(length: int) -> str:
    """A text that does not compress."""
    letters = string.ascii_letters + string.digits
    return "".join(random.Random(1).choices(letters, k=length))


def test_a_later_day_than_the_checkpoint_passes_nothing_by(
    both: Houses, database: Any
) -> None:
    names = ["2026Z00001", "2026Z00002", "2026Z00003"]
    for nummer, day in zip(names, (1, 10, 20), strict=True):
        both.kamer.at = datetime(2026, 11, day, 8, tzinfo=UTC)
        case(both.kamer, nummer)
        if day == 1:
            both.well(KAMER)
    both.well(KAMER, since=date(2026, 11, 19))
    query = "select zaaknummer from aanhangsel.zaak order by 1"
    assert rows(database, query) == [(nummer,) for nummer in names]


def test_a_category_that_seems_empty_is_read_when_it_is_back(
    both: Houses, database: Any
) -> None:
    both.kamer.persoon("Jansen", roepnaam="Jan")
    case(both.kamer)
    nothing = page(feed(resume=both.kamer.head + 1), "application/atom+xml")
    both.kamer.fault_at("category=Persoon", nothing)
    both.well(KAMER)
    assert rows(database, "select naam from aanhangsel.persoon") == []
    both.well(KAMER)
    assert rows(database, "select naam from aanhangsel.persoon") == [("Jan Jansen",)]


def test_a_number_without_end_costs_only_itself(both: Houses, database: Any) -> None:
    case(both.kamer, vervangen_vanuit=[case(both.kamer, noise(20_000))])
    both.well(KAMER)
    assert rows(database, "select zaaknummer from aanhangsel.zaak") == [(ZAAK,)]
    # what it was is told, and the rest of it is there
    query = "select fields ->> 'onderwerp', oddities ->> 0 from etl.entity where oddities <> '[]'"
    ((onderwerp, oddity),) = rows(database, query)
    assert (onderwerp, oddity[:8], oddity[-22:]) == (
        "Geld",
        "nummer: ",
        " has 20,000 characters",
    )


def test_texts_without_end_block_nothing(both: Houses, database: Any) -> None:
    long = noise(20_000)
    zaak = case(both.kamer, titel=noise(1_000_000), status=long)
    both.kamer.zaak_actor(zaak, long, "Medeindiener", fractie=long)
    both.kamer.zaak_actor(zaak, long, "Gericht aan", functie="minister van Financiën")
    both.kamer.document(
        f"Antwoord schriftelijke vragen {long}",
        long,
        "2026-03-20",
        [zaak],
        nummer=long,
        aanhangselnummer=long,
        externe_identifier=long,
        vergaderjaar=long,
        body=WORD,
    )
    both.kamer.lidmaatschap(
        both.kamer.persoon(long, roepnaam=long),
        both.kamer.fractie(long),
        "2020-01-01",
        functie=long,
    )
    (report,) = both.run(KAMER)
    # the document alone cannot be kept: a group of such a name asked
    assert (report.error, report.bug, report.tally.quarantined) == (None, None, 1)
    assert rows(database, "select zaaknummer from aanhangsel.zaak") == [(ZAAK,)]
    assert rows(database, "select functie from aanhangsel.lidmaatschap") == [(long,)]


@pytest.mark.parametrize("soort", ["Schriftelijke vragen", "Motie"])
def test_an_actor_that_moves_leaves_its_former_zaak(
    both: Houses, database: Any, soort: str
) -> None:
    zaak = both.kamer.zaak(ZAAK, "Geld", "2026-01-12")
    actor = both.kamer.zaak_actor(zaak, "Lisa Westerveld (E.M.)")
    other = both.kamer.zaak("2026Z00002", "Meer", "2026-01-12", soort=soort)
    both.well(KAMER)
    assert flags(database) == {"zaak_zonder_geadresseerde"}
    both.kamer.link(actor, "zaak", [other])
    both.well(KAMER)
    assert flags(database) == {"zaak_zonder_geadresseerde", "zaak_zonder_indiener"}


@pytest.mark.parametrize("waits", [1, 2])
def test_a_notice_may_come_before_its_zaak(
    both: Houses, database: Any, waits: int
) -> None:
    names = [ZAAK, "2026Z00002"][:waits]
    zaken = [guid(f"zaak {nummer}") for nummer in names]
    notice = both.kamer.document("Mededeling", "Intrekken", "2026-01-20", zaken)
    other = guid("zaak 2026Z00003")
    both.kamer.document("Mededeling", "Iets anders", "2026-01-20", [other])
    both.kamer.document_actor(notice, "Lisa Westerveld (E.M.)")
    both.well(KAMER)
    query = "select onderwerp, zaaknummers from aanhangsel.document"
    assert rows(database, query) == []
    for nummer in names:
        case(both.kamer, nummer)
    both.kamer.zaak("2026Z00003", "Een motie", "2026-01-12", soort="Motie")
    both.run(KAMER)
    assert rows(database, query) == [("Intrekken", names)]
    states = "select category, state from etl.entity where category like 'Doc%%' order by 1, 2"
    assert rows(database, states) == [
        ("Document", "kept"),
        ("Document", "passed"),
        ("DocumentActor", "kept"),
        ("DocumentVersie", "kept"),
    ]
    # and the file is asked for
    assert len(both.kamer.asked("/Resources/")) > 0


def test_a_number_that_a_later_one_takes_too_blocks_nothing(
    both: Houses, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.linking.ZAKEN", 1)
    numbers = {case(both.kamer, nummer): nummer for nummer in (ZAAK, "2026Z00002")}
    both.well(KAMER)
    # joined one at a time, the lower id first
    first, second = sorted(numbers)
    both.kamer.change(first, afgedaan=True)
    both.kamer.change(second, nummer=numbers[first])
    both.well(KAMER)
    query = "select tk_id::text from aanhangsel.zaak where zaaknummer = %s"
    assert rows(database, query, numbers[first]) == [(second,)]
    assert "zaaknummer_dubbel" in flags(database, numbers[first])


def test_what_is_withdrawn_before_it_was_read_is_no_open_problem(
    both: Houses, database: Any
) -> None:
    document = both.kamer.document(
        "Antwoord schriftelijke vragen",
        "Antwoord over geld",
        "2026-03-20",
        [case(both.kamer)],
        body=b"no document at all",
    )
    both.run(KAMER)
    query = "select count(*) from etl.run_problem where resolved_at is null"
    assert rows(database, query) == [(1,)]
    both.kamer.delete(document)
    both.well(KAMER)
    assert rows(database, query) == [(0,)]
    both.kamer.restore(document)
    both.run(KAMER)
    assert rows(database, query) == [(1,)]


def test_one_id_for_a_person_and_an_actor_blocks_nothing(
    both: Houses, database: Any
) -> None:
    persoon = both.kamer.persoon("Jansen", roepnaam="Jan")
    both.well(KAMER)
    fields = {"actornaam": "Jan Jansen"}
    actor = Entity(
        category=Category.ZAAK_ACTOR,
        id=persoon,
        deleted=False,
        changed_at=None,
        fields=fields,
        refs={},
    )
    entry = Entry(token="1", updated=None, entity=actor)
    found = Page(
        category=Category.ZAAK_ACTOR, entries=(entry,), following=None, resume=None
    )
    both.store.transact(both.store.open_run(KAMER), lambda unit: unit.mirror(found))
    query = "select category from etl.entity"
    assert rows(database, query) == [("ZaakActor",)]


TIES = """
    select identifier, zaaknummer, bekend_door
    from aanhangsel.publicatie_zaak join aanhangsel.publicatie using (publicatie_id)
    union all
    select 'verband', zaaknummer, ander_zaaknummer from aanhangsel.zaak_verband
    order by 1, 2
"""
TOELICHTING = (
    "<kamervraagopmerking><kop>Toelichting</kop><al>Deze vragen dienen ter aanvulling op"
    " eerdere vragen van het lid Podt (D66), vraagnummer 2025Z00099.</al>"
    "</kamervraagopmerking>"
)


def test_what_no_print_says_any_more_ties_nothing(both: Houses, database: Any) -> None:
    text = xml("200", ANTWOORD, VRAGEN, answers("Ja"))
    added = xml("200", ANTWOORD, VRAGEN, answers("Ja"), TOELICHTING)
    of_zaak = {"w.vraagnummer": ZAAK}
    both.koop.publish(AH200, {"xml": added}, "2026-11-02", of_zaak)
    both.well(KOOP)
    assert rows(database, TIES) == [
        (AH200, ZAAK, "vraagnummer"),
        ("verband", ZAAK, "2025Z00099"),
    ]
    both.koop.change(AH200, "2026-11-03", {"xml": text})
    both.well(KOOP)
    assert rows(database, TIES) == [(AH200, ZAAK, "vraagnummer")]


def test_a_number_that_was_wrong_leaves_no_tie_behind(
    both: Houses, database: Any
) -> None:
    bare = xml("200", ANTWOORD, VRAGEN, answers("Ja"), TOELICHTING)
    asked = {"w.vraagnummer": ZAAK, "w.datumIndiening": "2026-01-12"}
    named = {**asked, "w.aanhangsel": (AH200,)}
    both.koop.publish(AH200, {"xml": bare}, "2026-11-02")
    both.koop.publish(KV_NAME, {"html": KV}, "2026-11-02", named)
    both.well(KOOP)
    assert rows(database, TIES) == [
        (AH200, ZAAK, "kv"),
        (KV_NAME, ZAAK, "vraagnummer"),
    ]
    both.koop.change(
        KV_NAME,
        "2026-11-03",
        fields={"w.vraagnummer": "2026Z00002", "w.aanhangsel": ()},
    )
    both.well(KOOP)
    assert rows(database, TIES) == [(KV_NAME, "2026Z00002", "vraagnummer")]


def test_all_documents_at_once_are_looked_through_in_time(
    both: Houses, database: Any
) -> None:
    with psycopg.connect(database.url("aanhangsel_writer")) as connection:
        connection.execute(
            """
            insert into etl.entity (
                entity_id, category, state, fields, refs, first_seen_at, last_changed_at
            )
            select
                md5(category || i)::uuid, category, 'kept',
                jsonb_build_object('nummer', '2020Z' || i, 'soort', category),
                case when category = 'Zaak' then '{}'
                    else jsonb_build_object('zaak', array[md5('Zaak' || i)::uuid]) end,
                now(), now()
            from unnest(array['Zaak', 'Document']) as category, generate_series(1, 45000) i
            """
        )
        connection.execute(
            "insert into etl.document_queue select entity_id::text from etl.entity"
            " where category = 'Document'"
        )
    due = both.store.documents(KAMER)
    assert len(due) == 45_000
    assert {len(record.metadata.zaaknummers) for record in due} == {1}
