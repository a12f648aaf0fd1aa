"""What both sources publish becomes one row, whoever came first."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from faults.material import name_of, xml
from faults.world import World
from houses import Houses, houses, rows
from word import docx, paragraphs

from etl.demo.kamer import guid
from etl.demo.shipped import shipped

LINKS = Path(__file__).parents[1] / "examples" / "links" / "links.tsv"
KOOP, KAMER = "officielebekendmakingen", "tweedekamer"
TITLE = "Antwoord op vragen, zoals KOOP het noemt"
SHIPPED = {one.identifier: one for one in shipped()}


@pytest.fixture
def both(database: Any) -> Iterator[Houses]:
    with houses(database) as it:
        yield it


def linked() -> list[dict[str, str]]:
    lines = LINKS.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t"))


def publish_at_koop(both: Houses, identifier: str) -> None:
    """As shipped, but without the vraagnummer that would give the answer away."""
    one = SHIPPED[identifier]
    fields = {"dt.title": TITLE, "w.vraagnummer": None}
    both.koop.publish(identifier, one.files, "2026-11-02", fields)


def publish_zaak(both: Houses, link: dict[str, str]) -> str:
    zaak = both.kamer.zaak(
        link["zaak_nummer"], link["zaak_onderwerp"], link["zaak_gestartop"][:10]
    )
    both.kamer.zaak_actor(zaak, link["zaak_indiener"])
    for naam in filter(None, link["zaak_mede"].split(", ")):
        both.kamer.zaak_actor(zaak, naam, "Medeindiener")
    for naam in filter(None, link["zaak_gericht"].split(", ")):
        both.kamer.zaak_actor(zaak, naam, "Gericht aan")
    return zaak


def publish_document(both: Houses, link: dict[str, str], zaak: str) -> str:
    body = SHIPPED[link["externe_identifier"]].files["pdf"]
    jaar, nummer = link["externe_identifier"].split("-")[2:]
    return both.kamer.document(
        "Antwoord schriftelijke vragen",
        link["onderwerp"],
        "2024-06-07",
        [zaak],
        aanhangselnummer=f"{jaar[2:4]}{jaar[6:8]}{int(nummer):05}",
        externe_identifier=link["externe_identifier"],
        body=body,
    )


JOINED = """
    select
        publicatie.identifier,
        publicatie_zaak.zaaknummer,
        document.tk_id::text,
        publicatie.ingezonden,
        zaak.gestart_op
    from aanhangsel.publicatie
    join aanhangsel.publicatie_zaak using (publicatie_id)
    join aanhangsel.zaak using (zaaknummer)
    join aanhangsel.document on document.publicatie_id = publicatie.publicatie_id
    order by 1
"""


@pytest.mark.parametrize("order", [(KOOP, KAMER), (KAMER, KOOP)])
def test_publications_meet_the_zaken_of_the_other_house(
    both: Houses, database: Any, order: tuple[str, str]
) -> None:
    links = linked()
    documents = {}
    for link in links:
        publish_at_koop(both, link["externe_identifier"])
        documents[link["externe_identifier"]] = publish_document(
            both, link, publish_zaak(both, link)
        )
    both.well(*order)
    found = rows(database, JOINED)
    assert [row[:3] for row in found] == sorted(
        (one["externe_identifier"], one["zaak_nummer"], documents[name])
        for name, one in ((one["externe_identifier"], one) for one in links)
    )
    assert all(row[3] == row[4] for row in found)
    assert rows(database, "select count(*) from aanhangsel.publicatie") == [(9,)]
    assert rows(
        database,
        "select source, count(*) from aanhangsel.publicatie_bron group by 1 order by 1",
    ) == [(KOOP, 9), (KAMER, 9)]
    assert rows(database, "select count(*) from etl.link_queue") == [(0,)]


def test_a_second_pass_of_both_writes_nothing(
    both: Houses, database: Any, digest: Any
) -> None:
    for link in linked()[:3]:
        publish_at_koop(both, link["externe_identifier"])
        publish_document(both, link, publish_zaak(both, link))
    both.well()
    before = digest()
    for report in both.well():
        assert report.tally.seen == report.tally.unchanged
    assert digest() == before
    both.kamer.republish()
    both.well(KAMER)
    assert digest() == before


def test_each_value_knows_its_source(both: Houses, database: Any) -> None:
    link = linked()[0]
    both.kamer.at = both.now
    publish_document(both, link, publish_zaak(both, link))
    both.well(KAMER)
    query = "select herkomst, titel from aanhangsel.publicatie"
    ((alone, titel),) = rows(database, query)
    assert set(alone.values()) == {KAMER}
    assert titel == link["onderwerp"].strip()
    publish_at_koop(both, link["externe_identifier"])
    both.well(KOOP)
    ((joined, titel),) = rows(database, query)
    assert joined["tekst"] == KOOP
    assert joined["zaaknummers"] == KAMER
    assert titel == TITLE


def test_a_disagreement_is_flagged_and_the_printed_day_holds(
    both: Houses, database: Any
) -> None:
    link = {**linked()[0], "zaak_gestartop": "2024-03-07"}
    publish_at_koop(both, link["externe_identifier"])
    publish_document(both, link, publish_zaak(both, link))
    both.well()
    assert rows(database, "select ingezonden from aanhangsel.publicatie") == [
        (date(2024, 3, 6),)
    ]
    flagged = rows(
        database, "select uitleg from aanhangsel.signaal where code = 'bron_wijkt_af'"
    )
    assert any(
        "ingezonden is 2024-03-06 volgens officielebekendmakingen,"
        " 2024-03-07 volgens tweedekamer" in uitleg
        for (uitleg,) in flagged
    )


def test_a_zaak_may_be_postponed_twice_before_either_has_a_number(
    both: Houses, database: Any
) -> None:
    zaak = both.kamer.zaak("2026Z00777", "Water in de polder", "2026-03-02")
    for nummer, day, printed in (
        ("2026D00770", "2026-03-20", "20 maart 2026"),
        ("2026D00771", "2026-04-10", "10 april 2026"),
    ):
        both.kamer.document(
            "Mededeling (uitstel antwoord)",
            "Uitstel",
            day,
            [zaak],
            nummer=nummer,
            body=docx(
                paragraphs(
                    "2026Z00777",
                    f"Mededeling van minister Heinen (Financiën) (ontvangen {printed})",
                    "De vragen kunnen niet binnen de gebruikelijke termijn worden"
                    " beantwoord, omdat afstemming meer tijd behoeft.",
                )
            ),
        )
    both.well(KAMER)
    chain = "select stap, soort, dagen from aanhangsel.uitstelketen order by stap"
    assert rows(database, chain) == [(1, "uitstel", 18), (2, "uitstel", 39)]


def test_an_unknown_guid_is_no_publication(both: Houses, database: Any) -> None:
    both.kamer.document("Brief regering", "Iets anders", "2024-06-07", body=b"x")
    both.kamer.zaak("2024Z00001", "Een motie", "2024-01-09", soort="Motie")
    both.well(KAMER)
    assert rows(database, "select count(*) from aanhangsel.document") == [(0,)]
    assert rows(database, "select count(*) from aanhangsel.zaak") == [(0,)]
    states = "select distinct state from etl.entity where category <> 'Persoon'"
    assert rows(database, states) == [("passed",)]
    assert guid("zaak 2024Z00001")


def test_only_a_changed_file_is_fetched_again(both: Houses, database: Any) -> None:
    link = linked()[0]
    document = publish_document(both, link, publish_zaak(both, link))
    both.well(KAMER)
    assert len(both.kamer.asked("/Resources/")) == 1
    both.kamer.change(document, onderwerp="Antwoord op vragen, beter geschreven")
    (report,) = both.well(KAMER)
    assert len(both.kamer.asked("/Resources/")) == 1
    titles = "select titel from aanhangsel.publicatie"
    assert rows(database, titles) == [("Antwoord op vragen, beter geschreven",)]
    # the Document itself, and the publication that it is
    assert report.tally.changed == 2
    other = SHIPPED["ah-tk-20232024-1076"].files["pdf"]
    both.kamer.resource(document, other, "application/pdf")
    both.well(KAMER)
    assert len(both.kamer.asked("/Resources/")) == 2


def test_a_first_run_begins_at_the_chosen_day(both: Houses, database: Any) -> None:
    old, new = linked()[:2]
    both.kamer.at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    publish_zaak(both, old)
    fractie = both.kamer.fractie("D66", "Democraten 66", "1966-09-14")
    both.kamer.lidmaatschap(both.kamer.persoon("Podt"), fractie, "2021-03-31")
    both.kamer.at = datetime(2026, 6, 5, 9, tzinfo=UTC)
    publish_zaak(both, new)
    both.well(KAMER, since=date(2026, 5, 1))
    assert rows(database, "select zaaknummer from aanhangsel.zaak") == [
        (new["zaak_nummer"],)
    ]
    # who sat when is asked from the beginning
    assert rows(database, "select count(*) from aanhangsel.lidmaatschap") == [(1,)]
    both.well(KAMER, since=date(2025, 12, 1))
    assert rows(database, "select count(*) from aanhangsel.zaak") == [(2,)]


def test_what_was_loaded_before_readings_were_kept_keeps_its_words(
    both: Houses, database: Any
) -> None:
    """As after an upgrade: the publication is there, what it was read as is not."""
    link = linked()[0]
    publish_at_koop(both, link["externe_identifier"])
    both.well(KOOP)
    before = rows(
        database, "select aanhangsel.inhoud(publicatie_id) from aanhangsel.publicatie"
    )
    database.query("delete from etl.reading")
    publish_document(both, link, publish_zaak(both, link))
    both.well(KAMER)
    ((after,),) = rows(
        database, "select aanhangsel.inhoud(publicatie_id) from aanhangsel.publicatie"
    )
    joined = {"zaaknummers", "metadata", "signalen"}
    assert {name for name in after if after[name] != before[0][0][name]} <= joined
    assert after["zaaknummers"] == [link["zaak_nummer"]]
    assert rows(database, "select source from etl.reading order by 1") == [
        (KOOP,),
        (KAMER,),
    ]


def test_a_new_minister_is_learned_from_whom_questions_are_put_to(
    both: Houses, database: Any
) -> None:
    """The answer is of after the shipped table ends, and came in before the zaak."""
    link = linked()[0]
    publish_at_koop(both, link["externe_identifier"])
    both.well(KOOP)
    database.query("delete from aanhangsel.ambtsperiode")
    zaak = publish_zaak(both, link)
    both.kamer.zaak_actor(
        zaak,
        "R.H. Dijkgraaf",
        "Gericht aan",
        functie="Minister van Onderwijs, Cultuur en Wetenschap",
    )
    both.well(KAMER)
    found = rows(
        database,
        "select bewindspersoon.naam, herkomst, van from aanhangsel.bewindspersoon"
        " join aanhangsel.ambtsperiode using (ambtsperiode_id)",
    )
    assert found == [("Dijkgraaf", "waargenomen", date(2024, 3, 6))]


@pytest.mark.parametrize("order", [(KOOP, KAMER), (KAMER, KOOP)])
def test_what_names_no_zaak_is_matched_by_askers_day_and_subject(
    both: Houses, database: Any, order: tuple[str, str]
) -> None:
    """The Kamer has the cases but not the documents, KOOP gives no vraagnummer."""
    for link in linked():
        publish_at_koop(both, link["externe_identifier"])
        publish_zaak(both, link)
    both.well(*order)
    found = rows(
        database,
        "select identifier, zaaknummer, bekend_door from aanhangsel.publicatie_zaak"
        " join aanhangsel.publicatie using (publicatie_id) order by 1",
    )
    assert found == sorted(
        (one["externe_identifier"], one["zaak_nummer"], "vragers, dag en onderwerp")
        for one in linked()
    )


def test_who_is_only_asked_does_not_inherit_the_term_of_who_answered(
    both: Houses, database: Any
) -> None:
    """Word without its heading names who answers first, print names who is asked."""
    world = World(both.koop, both.kamer, random.Random(1))
    world.file(10)
    both.well("tweedekamer")
    query = """
        select rol, ambtsperiode_id is not null
        from aanhangsel.bewindspersoon
        order by volgorde
    """
    assert ("antwoord", True) in rows(database, query)
    both.koop.publish(name_of(10), {"xml": xml(10)}, "2026-11-02")
    both.well()
    assert rows(database, query) == [("gericht aan", False), ("antwoord", True)]
