"""What the reporting views make of publications written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest
from hand import SOURCE, Loader, antwoord, understood, vraag

from etl.model.publicatie import (
    Ambt,
    Bewindspersoon,
    Blok,
    Indiener,
    Metadata,
    Noot,
    Rol,
    Soort,
    ZieOok,
)
from etl.model.run import Outcome, Tally

POINTING = [
    "Zie het antwoord op vraag 2.",
    "Zie antwoord 2.",
    "Zie vraag 2.",
    "Zie de antwoorden op de vragen 2 en 3.",
    "Zie mijn antwoord op vraag 1",
    "Zie het antwoord op de vragen 1, 2, 3 en 5a.",
    "Zie de beantwoording van vraag 3.",
    "Zie hiervoor het antwoord op vraag 2.",
    "Zie ook het antwoord op vraag 8.",
    "Zie het antwoord hierboven.",
    "Zie het antwoord op de vorige vraag.",
    "Zie de antwoorden op vraag 2 t/m 6.",
    "Zie mijn antwoord op vraag 2 en op vraag 4.",
    "Ik verwijs u naar het antwoord op vraag 3.",
    "Ik verwijs hiervoor naar mijn antwoord op vraag 3.",
    "Hiervoor verwijs ik u naar de antwoorden op de vragen 2 en 3.",
    "Kortheidshalve verwijs ik naar de beantwoording van vraag 1.",
    "Voor het antwoord op deze vraag verwijs ik u naar het antwoord op vraag 4.",
    "Verwezen wordt naar het antwoord op vraag 2.",
    "Hiervoor wordt verwezen naar het antwoord op vraag 2.",
]

ANSWERING = [
    "Ja.",
    "Nee.",
    "Ja, zie het antwoord op vraag 2.",
    "Zie de antwoorden op de vragen 2 en 3 voor een toelichting. Het Bbz is tijdelijk.",
    "Zie het antwoord op vraag 2. Daarnaast wijs ik op de brief van 3 mei.",
    "Zie de brief van 7 juni 2024.",
    "Zie Kamerstuk 36 471, nr. 64.",
    "In antwoord 3 ben ik ingegaan op de aansluiting van dienstverleners.",
    "Ik verwijs u naar de website van de RIVM.",
    "Ik zie het antwoord op vraag 2 als leidend.",
    "Zie",
    "",
]


@pytest.mark.parametrize("tekst", POINTING)
def test_an_answer_that_only_points(database: Any, tekst: str) -> None:
    query = "select aanhangsel.is_verwijzing(%s)"
    assert database.query(query, tekst) == [(True,)]


@pytest.mark.parametrize("tekst", ANSWERING)
def test_an_answer_that_says_something_itself(database: Any, tekst: str) -> None:
    query = "select aanhangsel.is_verwijzing(%s)"
    assert database.query(query, tekst) == [(False,)]


def couplings(database: Any) -> list[tuple[Any, ...]]:
    return database.query(
        "select nummer, vraag_tekst, antwoord_tekst, koppeling"
        " from aanhangsel.vraag_antwoord order by volgorde, nummer, keer",
        role="aanhangsel_reader",
    )


def test_every_question_meets_its_answer(load: Loader, database: Any) -> None:
    load(
        understood(
            vragen=(
                vraag("1", tekst="een?"),
                vraag("2", tekst="twee?"),
                vraag("3", "4", tekst="drie en vier?"),
                vraag("5", tekst="vijf?"),
                vraag("6", tekst="zes?"),
                vraag("7", tekst="zeven?"),
            ),
            antwoorden=(
                antwoord("1", tekst="Ja."),
                antwoord("2", tekst="Zie het antwoord op vraag 1."),
                antwoord("3", tekst="Drie."),
                antwoord("4", tekst="Vier."),
                antwoord("5", "6", tekst="Vijf en zes."),
            ),
        )
    )
    assert couplings(database) == [
        ("1", "een?", "Ja.", "exact"),
        ("2", "twee?", "Zie het antwoord op vraag 1.", "verwijzing"),
        ("3", "drie en vier?", "Drie.", "groep"),
        ("4", "drie en vier?", "Vier.", "groep"),
        ("5", "vijf?", "Vijf en zes.", "groep"),
        ("6", "zes?", "Vijf en zes.", "groep"),
        ("7", "zeven?", None, "ontbreekt"),
    ]


def test_a_number_printed_twice_does_not_multiply(load: Loader, database: Any) -> None:
    load(
        understood(
            vragen=(
                vraag("7", tekst="eerste zeven?"),
                vraag("7", tekst="tweede zeven?"),
                vraag("8", tekst="acht?"),
            ),
            antwoorden=(
                antwoord("7", tekst="Op de eerste."),
                antwoord("7", tekst="Op de tweede."),
                antwoord("8", tekst="Acht."),
                antwoord("9", tekst="Zonder vraag."),
            ),
        )
    )
    assert couplings(database) == [
        ("7", "eerste zeven?", "Op de eerste.", "exact"),
        ("7", "tweede zeven?", "Op de tweede.", "exact"),
        ("8", "acht?", "Acht.", "exact"),
    ]


def test_a_question_printed_twice_with_one_answer(load: Loader, database: Any) -> None:
    load(
        understood(
            vragen=(vraag("7", tekst="a?"), vraag("7", tekst="b?")),
            antwoorden=(antwoord("7", tekst="A."),),
        )
    )
    assert couplings(database) == [
        ("7", "a?", "A.", "exact"),
        ("7", "b?", None, "ontbreekt"),
    ]


def test_a_single_question_without_a_number(load: Loader, database: Any) -> None:
    load(understood(vragen=(vraag(tekst="?"),), antwoorden=(antwoord(tekst="Ja."),)))
    assert couplings(database) == [(None, "?", "Ja.", "exact")]


def test_a_lettered_number_is_its_own(load: Loader, database: Any) -> None:
    load(
        understood(
            vragen=(vraag("2", tekst="2?"), vraag("2a", tekst="2a?")),
            antwoorden=(antwoord("2a", tekst="2a."),),
        )
    )
    assert couplings(database) == [
        ("2", "2?", None, "ontbreekt"),
        ("2a", "2a?", "2a.", "exact"),
    ]


def terms(database: Any) -> list[tuple[Any, ...]]:
    return database.query(
        "select identifier, dagen, uitgesteld, te_laat, dagen_zonder_reces"
        " from aanhangsel.antwoordtermijn order by publicatie_id",
        role="aanhangsel_reader",
    )


@pytest.mark.parametrize(
    ("ontvangen", "dagen", "te_laat"),
    [
        (date(2023, 2, 2), 21, False),
        (date(2023, 2, 3), 22, True),
        (None, None, None),
    ],
)
def test_three_weeks_to_answer(
    load: Loader, database: Any, ontvangen: date, dagen: int, te_laat: bool
) -> None:
    load(understood(ontvangen=ontvangen))
    assert terms(database) == [("ah-tk-20222023-1505", dagen, False, te_laat, None)]


@pytest.mark.parametrize(
    ("ontvangen", "te_laat"), [(date(2023, 2, 23), False), (date(2023, 2, 24), True)]
)
def test_six_weeks_after_uitstel_of_the_same_zaak(
    load: Loader, database: Any, ontvangen: date, te_laat: bool
) -> None:
    load(understood(1300, soort=Soort.UITSTEL, antwoorden=(), zie_ook=()))
    load(understood(ontvangen=ontvangen))
    (row,) = terms(database)
    assert row[2:4] == (True, te_laat)


def test_uitstel_known_by_the_line_zie_ook(load: Loader, database: Any) -> None:
    load(understood(zie_ook=(ZieOok(vergaderjaar="2022-2023", aanhangselnummer=1300),)))
    (row,) = terms(database)
    assert row[2:4] == (False, True)
    load(
        understood(
            1300, soort=Soort.UITSTEL, antwoorden=(), zaaknummers=("2023Z00999",)
        )
    )
    (row,) = terms(database)
    assert row[2:4] == (True, False)


def test_days_outside_recess_once_the_calendar_is_loaded(
    load: Loader, database: Any
) -> None:
    load(understood(ingezonden=date(2023, 7, 3), ontvangen=date(2023, 9, 8)))
    database.query("delete from aanhangsel.reces")
    database.query("delete from aanhangsel.reces_dekking")
    assert terms(database)[0][4] is None
    database.query(
        "insert into aanhangsel.reces (naam, van, tot) values"
        " ('meireces', '2023-04-21', '2023-05-08'),"
        " ('zomerreces', '2023-07-07', '2023-09-04'),"
        " ('kerstreces', '2023-12-22', '2024-01-15')"
    )
    assert terms(database)[0][4] is None
    database.query(
        "insert into aanhangsel.reces_dekking (van, tot, bron)"
        " values ('2023-04-21', '2024-01-15', 'test')"
    )
    # 4 July to 8 September are 67 days, of which 7 July to 4 September are 60
    assert terms(database)[0][1::3] == (67, 7)


def test_the_months_of_a_ministry(load: Loader, database: Any) -> None:
    load(understood())
    load(
        understood(
            1506,
            zaaknummers=("2023Z00400",),
            ingezonden=date(2023, 2, 1),
            ontvangen=date(2023, 2, 11),
            bewindspersonen=(
                Bewindspersoon(
                    naam="Bruins Slot",
                    functie="Minister",
                    ministerie="BZ",
                    rol=Rol.ANTWOORD,
                ),
                Bewindspersoon(
                    naam=None,
                    functie="Minister",
                    ministerie="Onbekende Zaken",
                    rol=Rol.MEDE_NAMENS,
                ),
                Bewindspersoon(
                    naam="X",
                    functie="Staatssecretaris",
                    ministerie="Onbekende Zaken",
                    rol=Rol.ANTWOORD,
                ),
            ),
        )
    )
    assert database.query(
        "select maand, ministerie_code, vragen, antwoorden, mediaan_dagen, te_laat"
        " from aanhangsel.ministerie_maand order by ministerie_code",
        role="aanhangsel_reader",
    ) == [
        (date(2023, 2, 1), "BZ", 4, 2, 21.0, 1),
        (date(2023, 2, 1), "Onbekende Zaken", 2, 1, 10.0, 0),
    ]


def test_the_months_of_a_fractie(load: Loader, database: Any) -> None:
    load(understood())
    load(
        understood(
            1506,
            zaaknummers=("2023Z00400",),
            ontvangen=date(2023, 3, 1),
            indieners=(
                Indiener(naam="Kat", fractie="D66"),
                Indiener(naam="Mulder", fractie="CDA"),
                Indiener(naam="Iemand", fractie=None),
            ),
        )
    )
    assert database.query(
        "select maand, fractie, vragen, antwoorden, mediaan_dagen, te_laat"
        " from aanhangsel.fractie_maand order by maand, fractie",
        role="aanhangsel_reader",
    ) == [
        (date(2023, 2, 1), "CDA", 2, 1, 32.0, 1),
        (date(2023, 3, 1), "CDA", 2, 1, 48.0, 1),
        (date(2023, 3, 1), "D66", 2, 1, 48.0, 1),
        (date(2023, 3, 1), "onbekend", 2, 1, 48.0, 1),
    ]


@pytest.mark.parametrize(
    ("functie", "ministerie", "op", "code"),
    [
        ("Minister", "Volksgezondheid, Welzijn en Sport", date(2024, 1, 1), "VWS"),
        (
            "Staatssecretaris",
            "Volksgezondheid, Welzijn en Sport – Jeugd, Preventie en Sport",
            date(2024, 9, 1),
            "VWS",
        ),
        ("Minister", "Justitie", date(2009, 1, 1), "Jus"),
        ("Minister", "VenJ", date(2017, 10, 30), "V&J"),
        ("Minister", "I&A", date(2011, 6, 1), "IA"),
        ("Minister", "I&A", date(2012, 6, 1), "IIA"),
        ("Minister", "I&A", date(2020, 6, 1), None),
        ("Minister", "Onbekende Zaken", date(2020, 6, 1), None),
        ("Minister-President", None, date(2020, 6, 1), "AZ"),
        ("Minister", None, date(2020, 6, 1), None),
    ],
)
def test_a_code_only_where_it_is_certain(
    load: Loader, database: Any, functie: str, ministerie: str, op: date, code: str
) -> None:
    load(
        understood(
            ingezonden=op,
            gericht_aan=(Ambt(functie=functie, ministerie=ministerie),),
            bewindspersonen=(),
        )
    )
    assert database.query("select ministerie_code from aanhangsel.bewindspersoon") == [
        (code,)
    ]


def test_search_by_stem_in_every_part(load: Loader, database: Any) -> None:
    load(
        understood(
            onderwerp="de gemeenten",
            vragen=(Blok(label="Vraag 1", nummers=("1",), tekst="Welke gemeente?"),),
            antwoorden=(antwoord("1", tekst="Alle gemeenten."), antwoord("2")),
            noten=(Noot(nummer="1", tekst="Gemeente Utrecht"),),
        )
    )
    assert database.query(
        "select deel, tekst from aanhangsel.zoek"
        " where document @@ websearch_to_tsquery('dutch', 'gemeenten') order by deel",
        role="aanhangsel_reader",
    ) == [
        ("antwoord", "Alle gemeenten."),
        ("noot", "Gemeente Utrecht"),
        ("onderwerp", "de gemeenten"),
        ("vraag", "Welke gemeente?"),
    ]


def test_search_uses_the_indexes(database: Any) -> None:
    with psycopg.connect(database.url("aanhangsel_reader")) as connection:
        connection.execute("set enable_seqscan = off")
        plan = connection.execute(
            "explain select publicatie_id from aanhangsel.zoek"
            " where document @@ websearch_to_tsquery('dutch', 'gemeenten')"
        ).fetchall()
    text = "\n".join(line for (line,) in plan)
    for index in ("publicatie_zoek", "vraag_zoek", "antwoord_zoek", "noot_zoek"):
        assert index in text


def test_freshness_of_each_source(load: Loader, database: Any, clock: Any) -> None:
    load(understood(), metadata=Metadata(gepubliceerd=date(2023, 2, 14)))
    clock.forward(hours=1)
    load.store.close_run(load.run_id, Outcome.COMPLETE, Tally(seen=1, new=1), None)
    failed = load.store.open_run(SOURCE)
    load.store.close_run(failed, Outcome.FAILED, Tally(), "away")
    load.store.open_run("map")
    assert database.query(
        "select source, laatste_geslaagde_run, nieuwste_publicatie, open_problemen,"
        " achterstand is null from aanhangsel.versheid order by source",
        role="aanhangsel_reader",
    ) == [
        ("map", None, None, 0, True),
        (SOURCE, clock.time, date(2023, 2, 14), 0, False),
    ]
