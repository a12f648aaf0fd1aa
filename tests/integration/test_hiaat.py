"""Which numbers are missing, and which are too high to be true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from hand import START
from tables import Tables, guid

from etl.store.checks import violations

READER = "aanhangsel_reader"
TRIED = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
FAILED = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def fill(
    database: Any, vergaderjaar: str, nummers: Iterable[int], kamer: str = "tk"
) -> None:
    """Publications with these numbers."""
    database.query(
        "insert into aanhangsel.publicatie (kamer, vergaderjaar, aanhangselnummer,"
        "   identifier, status, eerst_gezien, laatst_gewijzigd)"
        " select kamer, jaar, nummer, 'ah-' || kamer || '-' || replace(jaar, '-', '')"
        "   || '-' || nummer, 'ingetrokken', now(), now()"
        " from unnest(%s::integer[]) as nummer, (values (%s, %s)) as x (kamer, jaar)",
        list(nummers),
        kamer,
        vergaderjaar,
    )


def missing(database: Any) -> list[tuple[Any, ...]]:
    return database.query(
        "select kamer, vergaderjaar, aanhangselnummer from aanhangsel.hiaat"
        " order by 1, 2, 3",
        role=READER,
    )


def ledger(database: Any) -> list[tuple[Any, ...]]:
    return database.query(
        "select vergaderjaar, aantal, laatste, ontbrekend, uitbijters"
        " from aanhangsel.nummering order by kamer, vergaderjaar",
        role=READER,
    )


def without(last: int, *gone: int) -> list[int]:
    return [number for number in range(1, last + 1) if number not in gone]


def test_a_number_is_missing_up_to_the_last_one_of_its_year(
    tables: Tables, database: Any
) -> None:
    assert missing(database) == []
    fill(database, "2023-2024", [3, 5, 6])
    fill(database, "2023-2024", [1, 2], kamer="ek")
    fill(database, "2024-2025", [1, 2])
    # what has a letter is another publication, and one without a number is none
    tables.publicatie("ah-tk-20232024-4a")
    tables.publicatie("ah-tk-20232024-9b")
    tables.publicatie("ah-1271549")
    assert missing(database) == [("tk", "2023-2024", number) for number in (1, 2, 4)]
    assert ledger(database) == [
        ("2023-2024", 2, 2, 0, 0),
        ("2023-2024", 3, 6, 3, 0),
        ("2024-2025", 2, 2, 0, 0),
    ]


def test_the_mistyped_numbers_of_the_real_list_make_no_hundred_thousand_gaps(
    tables: Tables, database: Any
) -> None:
    """The years and holes are those of the list of identifiers of February 2025.

    The four outliers are all there are in it.
    """
    fill(database, "2011-2012", [*without(3507, 1157, 2879, 3497), 27527])
    fill(database, "2012-2013", [*range(1, 3232), 3497])
    fill(database, "2016-2017", [*range(1, 2741), 2866])
    fill(database, "2017-2018", without(3240, 2866))
    fill(database, "2018-2019", [*without(4004, 3548), 36548])
    assert missing(database) == [
        ("tk", "2011-2012", 1157),
        ("tk", "2011-2012", 2879),
        ("tk", "2011-2012", 3497),
        ("tk", "2017-2018", 2866),
        ("tk", "2018-2019", 3548),
    ]
    query = (
        "select identifier, past_op, past_nummer, publicatie_id"
        " from aanhangsel.uitbijter order by vergaderjaar"
    )
    assert database.query(query, role=READER) == [
        (identifier, past_op, past_nummer, tables.id_of(identifier))
        for identifier, past_op, past_nummer in (
            ("ah-tk-20112012-27527", None, None),
            ("ah-tk-20122013-3497", "2011-2012", 3497),
            ("ah-tk-20162017-2866", "2017-2018", 2866),
            ("ah-tk-20182019-36548", "2018-2019", 3548),
        )
    ]
    assert ledger(database)[4] == ("2018-2019", 4003, 4004, 1, 1)
    # a second year that lacks it: which one it fills is a guess
    fill(database, "2015-2016", without(3582, 2866))
    assert database.query(query, role=READER)[2][1:3] == (None, None)
    (finding,) = [
        each
        for each in violations(database.url(READER), START)
        if each.name == "nummer_uitbijter"
    ]
    assert (finding.severity, len(finding.table.rows)) == ("warning", 4)


def test_what_is_far_beyond_the_rest(tables: Tables, database: Any) -> None:
    for nummers, laatste, uitbijters in (
        # a hundred is no jump, one more is
        ([*range(1, 51), 150], 150, 0),
        ([*range(1, 51), 151], 50, 1),
        # two at the end may be mistyped, three are numbers of which some are missing
        ([*range(1, 51), 400, 401], 50, 2),
        ([*range(1, 51), 400, 401, 402], 402, 0),
        ([*range(1, 51), 400, 900], 50, 2),
        # what came in first, or was published for a demonstration
        ([878, 1076, 1314, 1481, 1786, 1999, 2129, 2271, 2367], 2367, 0),
        ([3235], 3235, 0),
        ([*range(1200, 1345)], 1344, 0),
        ([*range(100, 4021, 80), 36548], 4020, 1),
        ([0, 1, 2], 2, 0),
    ):
        fill(database, "2023-2024", nummers)
        ((_, _, found, _, outliers),) = ledger(database)
        assert (found, outliers) == (laatste, uitbijters), nummers
        gaps = {number for _, _, number in missing(database)}
        assert gaps == set(range(1, laatste + 1)) - set(nummers)
        tables.clear("aanhangsel.publicatie")


def test_why_a_number_is_missing(tables: Tables, database: Any) -> None:
    fill(database, "2020-2021", [10])
    fill(database, "2009-2010", [2134 + 1])
    run = {"source": "officielebekendmakingen", "started_at": FAILED}
    tables.put("etl.run", outcome="running", **run)

    def problem(identifier: str, code: str, **changes: Any) -> None:
        values: dict[str, Any] = {
            "run_id": 1,
            "source": "officielebekendmakingen",
            "identifier": identifier,
            "code": code,
            "explanation": "x",
            "first_seen_at": TRIED,
            "last_seen_at": FAILED,
            "next_try_at": FAILED,
            "parser": "2",
            "fingerprint": "f",
            "record": "{}",
        }
        tables.put("etl.run_problem", **(values | changes))

    problem("ah-tk-20202021-0001", "pdf_corrupt")
    problem("ah-tk-20202021-2-h1", "xml_invalid")
    problem("ah-tk-20092010-AH2134", "pdf_encrypted")
    problem("ah-tk-20202021-3", "solved", resolved_at=FAILED)
    problem("ah-tk-20202021-4a", "another_publication")
    problem("ah-1271549", "no_number")
    # a document of the Tweede Kamer that is this Aanhangsel
    tables.document("d", "Antwoord", [], fields={"aanhangselnummer": "202100005"})
    problem(guid("d"), "word_unreadable", source="tweedekamer")
    tables.document("e", "Antwoord", [], fields={"aanhangselnummer": "onbekend"})
    problem(guid("e"), "word_unreadable", source="tweedekamer")

    def gap(nummer: int, **values: Any) -> None:
        tables.put(
            "etl.gap",
            kamer="tk",
            vergaderjaar="2020-2021",
            aanhangselnummer=nummer,
            **values,
        )

    gap(1, attempts=2, last_tried_at=TRIED)
    gap(6, attempts=1, last_tried_at=TRIED)
    gap(7, attempts=9, last_tried_at=TRIED, reason="bij de bron ingetrokken")
    gap(8)
    assert database.query(
        "select aanhangselnummer, laatst_geprobeerd, reden from aanhangsel.hiaat"
        " where vergaderjaar = '2020-2021' or aanhangselnummer = 2134"
        " order by aanhangselnummer",
        role=READER,
    ) == [
        (1, FAILED, "in quarantaine: pdf_corrupt"),
        (2, FAILED, "in quarantaine: xml_invalid"),
        (3, None, "nog niet opgehaald"),
        (4, None, "nog niet opgehaald"),
        (5, FAILED, "in quarantaine: word_unreadable"),
        (6, TRIED, "bij de bron niet gevonden"),
        (7, TRIED, "bij de bron ingetrokken"),
        (8, None, "nog niet opgehaald"),
        (9, None, "nog niet opgehaald"),
        (2134, FAILED, "in quarantaine: pdf_encrypted"),
    ]
