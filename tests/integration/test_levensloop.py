"""How long an answer took, what came before it, and which questions are still open."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tables import Tables

READER = "aanhangsel_reader"
ZAAK = "2024Z09394"
ASKED = date(2024, 5, 30)


def nr(nummer: int, jaar: str = "20232024") -> str:
    return f"ah-tk-{jaar}-{nummer}"


# ------------------------------------------------------------------ days to an answer


def terms(database: Any, columns: str) -> list[tuple[Any, ...]]:
    return database.query(
        f"select {columns} from aanhangsel.antwoordtermijn order by identifier",
        role=READER,
    )


def answer(tables: Tables, ontvangen: date, ingezonden: date | None = ASKED) -> int:
    publicatie_id = tables.publicatie(
        nr(1999), ingezonden=ingezonden, ontvangen=ontvangen
    )
    tables.zaak(ZAAK, gestart_op=ASKED)
    tables.link(publicatie_id, ZAAK)
    return publicatie_id


RECES = [
    ("meireces", date(2024, 4, 26), date(2024, 5, 13)),
    ("zomerreces", date(2024, 7, 5), date(2024, 9, 2)),
    # the same holidays by another source, a day off at both ends
    ("zomer", date(2024, 7, 4), date(2024, 9, 1)),
]


def calendar(tables: Tables, *complete: tuple[date, date]) -> None:
    """These recesses and no others, known to be all in these periods."""
    tables.clear("aanhangsel.reces")
    tables.clear("aanhangsel.reces_dekking")
    for naam, van, tot in RECES:
        tables.put("aanhangsel.reces", naam=naam, van=van, tot=tot)
    for van, tot in complete:
        tables.put("aanhangsel.reces_dekking", van=van, tot=tot, bron="test")


COUNTED = [
    # 5 to 20 June: no recess
    (date(2024, 6, 5), date(2024, 6, 20), 15, False, False),
    # 28 June to 12 September are 76 days; 4 July to 2 September are 61 of them
    (date(2024, 6, 28), date(2024, 9, 12), 15, True, False),
    # asked on the first day of the recess, answered on its last: none is left
    (date(2024, 7, 4), date(2024, 9, 2), 0, True, False),
    # 3 June to 30 September are 119 days, less 61
    (date(2024, 6, 3), date(2024, 9, 30), 58, True, True),
    # the day itself
    (date(2024, 6, 5), date(2024, 6, 5), 0, False, False),
    # beyond the calendar, at either end
    (date(2024, 9, 25), date(2024, 10, 1), None, False, None),
    (date(2023, 12, 31), date(2024, 1, 5), None, False, None),
    # received before it was sent
    (date(2024, 6, 5), date(2024, 6, 4), None, False, None),
]


def test_days_in_a_recess_are_counted_once_and_only_where_the_calendar_is_complete(
    tables: Tables, database: Any
) -> None:
    # two halves that follow one another are one
    calendar(
        tables,
        (date(2024, 1, 1), date(2024, 6, 30)),
        (date(2024, 7, 1), date(2024, 9, 30)),
    )
    for nummer, (ingezonden, ontvangen, *_) in enumerate(COUNTED, start=1):
        tables.publicatie(nr(nummer), ingezonden=ingezonden, ontvangen=ontvangen)
    assert (
        terms(
            database,
            "ingezonden, ontvangen, dagen_zonder_reces, te_laat, te_laat_zonder_reces",
        )
        == COUNTED
    )


def test_a_hole_of_a_day_in_the_coverage_leaves_the_count_unknown(
    tables: Tables, database: Any
) -> None:
    calendar(
        tables,
        (date(2024, 1, 1), date(2024, 6, 9)),
        (date(2024, 6, 11), date(2024, 9, 1)),
    )
    answer(tables, date(2024, 6, 20))
    assert terms(database, "dagen, dagen_zonder_reces") == [(21, None)]


def test_a_calendar_without_coverage_is_not_trusted(
    tables: Tables, database: Any
) -> None:
    calendar(tables)
    answer(tables, date(2024, 6, 20))
    assert terms(database, "dagen_zonder_reces") == [(None,)]


@pytest.mark.parametrize(
    ("gestart_op", "extra", "expected"),
    [
        (ASKED, None, (ASKED, 21, False)),
        (ASKED - timedelta(days=1), None, (ASKED - timedelta(days=1), 22, True)),
        (None, None, (None, None, None)),
        # of two cases none is the one that the days are counted from
        (ASKED, ASKED, (None, None, None)),
    ],
)
def test_the_day_of_the_only_case_stands_in_for_one_that_is_not_printed(
    tables: Tables,
    database: Any,
    gestart_op: date | None,
    extra: date | None,
    expected: tuple[Any, ...],
) -> None:
    publicatie_id = tables.publicatie(nr(1999), ontvangen=date(2024, 6, 20))
    tables.zaak(ZAAK, gestart_op=gestart_op)
    tables.link(publicatie_id, ZAAK)
    if extra:
        tables.zaak("2024Z09395", gestart_op=extra)
        tables.link(publicatie_id, "2024Z09395")
    assert terms(database, "ingezonden, dagen, te_laat") == [expected]


def test_what_is_printed_goes_before_the_case(tables: Tables, database: Any) -> None:
    publicatie_id = tables.publicatie(
        nr(1999), ingezonden=ASKED, ontvangen=date(2024, 6, 20)
    )
    tables.zaak(ZAAK, gestart_op=date(2024, 5, 1))
    tables.link(publicatie_id, ZAAK)
    assert terms(database, "ingezonden, dagen") == [(ASKED, 21)]


def test_a_term_of_the_tweede_kamer(tables: Tables, database: Any) -> None:
    publicatie_id = answer(tables, date(2024, 6, 14))
    assert terms(database, "termijn, te_laat_termijn") == [(None, None)]
    for zaaknummer, termijn in (("2024Z1", "2024-06-20"), ("2024Z2", "2024-06-13")):
        tables.zaak(zaaknummer, termijn=termijn)
        tables.link(publicatie_id, zaaknummer)
    assert terms(database, "te_laat, termijn, te_laat_termijn") == [
        (False, date(2024, 6, 13), True)
    ]


def test_only_answers_that_stand_have_a_term(tables: Tables, database: Any) -> None:
    days = {"ingezonden": ASKED, "ontvangen": date(2024, 6, 20)}
    for nummer, soort in enumerate(
        ("nader_antwoord", "mededeling", "uitstel", "vraag"), start=1
    ):
        tables.publicatie(nr(nummer), soort, **days)
    tables.publicatie(nr(5), status="ingetrokken", **days)
    tables.publicatie(nr(6), **days)
    assert terms(database, "identifier") == [(nr(6),)]


def test_two_answers_to_one_case_have_a_term_each(
    tables: Tables, database: Any
) -> None:
    answer(tables, date(2024, 6, 20))
    later = tables.publicatie(nr(2100), ingezonden=ASKED, ontvangen=date(2024, 6, 21))
    tables.link(later, ZAAK)
    assert terms(database, "identifier, dagen, te_laat") == [
        (nr(1999), 21, False),
        (nr(2100), 22, True),
    ]


UITSTEL = "Mededeling (uitstel antwoord)"


def test_uitstel_that_only_the_tweede_kamer_has(tables: Tables, database: Any) -> None:
    documents = [
        (UITSTEL, None, False, "document"),
        (UITSTEL, None, True, None),
        ("Mededeling", None, False, None),
        # its text says that it is no postponement
        (UITSTEL, "mededeling", False, None),
        (UITSTEL, "uitstel", False, "document"),
    ]
    for nummer, (soort, read_as, deleted, _) in enumerate(documents):
        publicatie_id = tables.publicatie(
            nr(nummer), ingezonden=ASKED, ontvangen=date(2024, 6, 28)
        )
        zaken = [f"2024Z0000{nummer}", f"2024Z0001{nummer}"]
        for zaaknummer in zaken:
            tables.zaak(zaaknummer)
        tables.link(publicatie_id, zaken[1])
        read = tables.publicatie(f"ah-{nummer}", read_as) if read_as else None
        tables.document(f"d{nummer}", soort, zaken, read, deleted=deleted)
    assert terms(database, "dagen, uitgesteld, uitgesteld_door, te_laat") == [
        (29, door is not None, door, door is None) for *_, door in documents
    ]


def test_uitstel_in_the_aanhangsel_goes_before_a_document(
    tables: Tables, database: Any
) -> None:
    answer(tables, date(2024, 6, 28))
    notice = tables.publicatie(nr(1800), "uitstel")
    tables.link(notice, ZAAK)
    tables.document("d", UITSTEL, [ZAAK], notice)
    assert terms(database, "uitgesteld_door") == [("publicatie",)]
    database.query(
        "update aanhangsel.publicatie set status = 'ingetrokken'"
        f" where publicatie_id = {notice}"
    )
    assert terms(database, "uitgesteld_door") == [("document",)]


# ---------------------------------------------------------------------------- chains


def chain(database: Any, columns: str = "identifier, soort, stap, dagen") -> Any:
    return database.query(
        f"select {columns} from aanhangsel.uitstelketen order by keten, stap",
        role=READER,
    )


KV = ("kv-tk-2024Z09394", "vraag", None)
FIRST = (nr(1800), "uitstel", date(2024, 6, 19))
SECOND = (nr(1900), "uitstel", date(2024, 7, 10))
ANSWER = (nr(1999), "antwoord", date(2024, 8, 1))
FURTHER = (nr(2100), "nader_antwoord", date(2024, 8, 1))
DAYS = {FIRST: 20, SECOND: 41, ANSWER: 63, FURTHER: 63}


@pytest.mark.parametrize(
    "life",
    [
        [KV, ANSWER],
        [KV, FIRST, ANSWER],
        [KV, FIRST, SECOND, ANSWER],
        [FIRST, ANSWER, FURTHER],
    ],
    ids=["no uitstel", "uitstel", "two uitstellen", "nader antwoord"],
)
def test_a_chain_is_the_same_in_whatever_order_it_came(
    tables: Tables, database: Any, life: list[Any]
) -> None:
    tables.zaak(ZAAK, gestart_op=ASKED)
    for order in permutations(life):
        for identifier, soort, ontvangen in order:
            tables.link(tables.publicatie(identifier, soort, ontvangen=ontvangen), ZAAK)
        assert chain(database) == [
            (step[0], step[1], place, DAYS.get(step))
            for place, step in enumerate(life, start=1)
        ], order
        names = set(chain(database, "zaaknummer, keten, bekend_door"))
        assert names == {(ZAAK, ZAAK, "vraagnummer")}
        tables.clear("aanhangsel.publicatie")


def chained(database: Any) -> list[tuple[Any, ...]]:
    return database.query(
        "select zaaknummer, keten, stap, identifier, dagen, bekend_door"
        " from aanhangsel.uitstelketen order by keten, stap",
        role=READER,
    )


def test_zie_ook_makes_a_chain_where_there_is_no_case(
    tables: Tables, database: Any
) -> None:
    """The answer names the second notice, and that one the first."""
    for order in permutations([FIRST, SECOND, ANSWER]):
        for identifier, soort, ontvangen in order:
            tables.publicatie(identifier, soort, ingezonden=ASKED, ontvangen=ontvangen)
        tables.refer(tables.id_of(ANSWER[0]), tables.id_of(SECOND[0]))
        tables.refer(tables.id_of(SECOND[0]), tables.id_of(FIRST[0]))
        assert chained(database) == [
            (None, ANSWER[0], 1, FIRST[0], 20, "zie ook"),
            (None, ANSWER[0], 2, SECOND[0], 41, "zie ook"),
            (None, ANSWER[0], 3, ANSWER[0], 63, "zie ook"),
        ], order
        tables.clear("aanhangsel.publicatie")


def test_zie_ook_to_something_else_makes_no_chain(
    tables: Tables, database: Any
) -> None:
    late = tables.publicatie(nr(1), ingezonden=ASKED, ontvangen=date(2024, 8, 1))
    other_day = tables.publicatie(nr(2), "uitstel", ingezonden=date(2024, 5, 29))
    earlier = tables.publicatie(nr(3), ingezonden=ASKED)
    withdrawn = tables.publicatie(
        nr(4), "uitstel", ingezonden=ASKED, status="ingetrokken"
    )
    of_a_case = tables.publicatie(nr(5), "uitstel", ingezonden=ASKED)
    tables.zaak(ZAAK)
    tables.link(of_a_case, ZAAK)
    for doel in (other_day, earlier, withdrawn, of_a_case):
        tables.refer(late, doel)
    assert chained(database) == [(ZAAK, ZAAK, 1, nr(5), None, "vraagnummer")]


def test_days_of_a_chain_are_from_the_printed_day_where_the_case_has_none(
    tables: Tables, database: Any
) -> None:
    tables.zaak(ZAAK)
    for identifier, soort, ontvangen in (FIRST, ANSWER):
        ingezonden = ASKED if soort == "uitstel" else None
        publicatie_id = tables.publicatie(
            identifier, soort, ontvangen=ontvangen, ingezonden=ingezonden
        )
        tables.link(publicatie_id, ZAAK)
    assert [row[3] for row in chain(database)] == [20, 63]


def test_a_chain_knows_what_the_tweede_kamer_calls_its_documents(
    tables: Tables, database: Any
) -> None:
    tables.zaak(ZAAK)
    for identifier, soort, _ in (FIRST, ANSWER):
        tables.link(tables.publicatie(identifier, soort), ZAAK, "zaak")
    tables.document("d", UITSTEL, [ZAAK], tables.id_of(FIRST[0]))
    assert chain(database, "identifier, bekend_door, document_soort") == [
        (FIRST[0], "zaak", UITSTEL),
        (ANSWER[0], "zaak", None),
    ]


# -------------------------------------------------------------------- open questions


def still_open(database: Any, columns: str = "zaaknummer") -> list[tuple[Any, ...]]:
    return database.query(
        f"select {columns} from aanhangsel.openstaande_vraag order by zaaknummer",
        role=READER,
    )


@pytest.mark.parametrize(
    ("days", "te_laat", "na_uitstel"),
    [(21, False, False), (22, True, False), (42, True, False), (43, True, True)],
)
def test_a_question_is_open_until_it_is_answered(
    tables: Tables, database: Any, days: int, te_laat: bool, na_uitstel: bool
) -> None:
    tables.zaak(
        ZAAK,
        onderwerp="Hoofdlijnenakkoord",
        gestart_op=tables.today() - timedelta(days=days),
        afgedaan=False,
    )
    columns = "onderwerp, dagen_open, uitgesteld, te_laat"
    assert still_open(database, columns) == [
        ("Hoofdlijnenakkoord", days, False, te_laat)
    ]
    tables.link(tables.publicatie("kv-tk-2024Z09394", "vraag"), ZAAK)
    assert still_open(database, columns)[0][2:] == (False, te_laat)
    tables.link(tables.publicatie(nr(1800), "uitstel"), ZAAK)
    assert still_open(database, columns)[0][2:] == (True, na_uitstel)
    tables.link(tables.publicatie(nr(1999), "antwoord"), ZAAK)
    assert still_open(database) == []


def test_what_the_tweede_kamer_says_of_a_case(tables: Tables, database: Any) -> None:
    values: list[dict[str, Any]] = [
        {"afgedaan": False},
        {"afgedaan": None},
        {"afgedaan": True},
        {"ingetrokken": True},
        {"soort": "Mondelinge vragen"},
        {"soort": None},
    ]
    for nummer, said in enumerate(values):
        tables.zaak(f"2024Z0000{nummer}", **said)
    assert still_open(database) == [("2024Z00000",), ("2024Z00001",)]


def test_a_document_answers_before_the_aanhangsel_has_it(
    tables: Tables, database: Any
) -> None:
    documents = [
        ("Schriftelijke vragen", None, True),
        (UITSTEL, None, True),
        ("Antwoord schriftelijke vragen", None, False),
        ("Antwoord schriftelijke vragen (nader)", None, False),
        ("Aanhangsel van de Handelingen", None, False),
        ("Mededeling", None, False),
        # called an answer, but its text postpones it
        ("Antwoord schriftelijke vragen", "uitstel", True),
        ("Antwoord schriftelijke vragen", "mededeling", False),
    ]
    for nummer, (soort, read_as, _) in enumerate(documents):
        zaaknummer = f"2024Z0000{nummer}"
        tables.zaak(zaaknummer)
        read = tables.publicatie(f"ah-{nummer}", read_as) if read_as else None
        tables.document(f"d{nummer}", soort, [zaaknummer], read)
    tables.zaak("2024Z00009")
    tables.document("x", "Antwoord schriftelijke vragen", ["2024Z00009"], deleted=True)
    assert still_open(database, "zaaknummer, uitgesteld") == [
        *(
            (f"2024Z0000{nummer}", soort == UITSTEL)
            for nummer, (soort, _, is_open) in enumerate(documents)
            if is_open
        ),
        ("2024Z00009", False),
    ]


def test_a_withdrawn_answer_answers_nothing(tables: Tables, database: Any) -> None:
    tables.zaak(ZAAK)
    gone = tables.publicatie(nr(1999), status="ingetrokken")
    tables.link(gone, ZAAK)
    assert still_open(database) == [(ZAAK,)]


def test_a_case_known_by_its_questions_alone(tables: Tables, database: Any) -> None:
    asked = tables.today() - timedelta(days=3)
    kv = tables.publicatie(
        "kv-tk-2024Z09394", "vraag", onderwerp="visa", ingezonden=asked
    )
    tables.zaak(ZAAK, soort=None, tk_id=None)
    tables.link(kv, ZAAK)
    for volgorde, naam in enumerate(("Sneller", "Chakor"), start=1):
        tables.put(
            "aanhangsel.indiener", publicatie_id=kv, volgorde=volgorde, naam=naam
        )
    for volgorde, (rol, functie, ministerie) in enumerate(
        [
            ("gericht aan", "Minister-President", None),
            ("gericht aan", "Minister", "Financiën"),
            ("antwoord", "Minister", "Defensie"),
        ],
        start=1,
    ):
        tables.put(
            "aanhangsel.bewindspersoon",
            publicatie_id=kv,
            volgorde=volgorde,
            rol=rol,
            functie=functie,
            ministerie=ministerie,
        )
    assert still_open(
        database, "onderwerp, indieners, ministeries, gestart_op, dagen_open"
    ) == [
        ("visa", ["Sneller", "Chakor"], ["Minister-President", "Financiën"], asked, 3)
    ]
    # oral questions look the same, but get no Aanhangsel
    tables.put(
        "aanhangsel.signaal",
        publicatie_id=kv,
        volgorde=1,
        code="mondelinge_vragen",
        uitleg="alleen het onderwerp",
    )
    assert still_open(database) == []


def test_who_asked_whom_by_the_tweede_kamer(tables: Tables, database: Any) -> None:
    tables.zaak(ZAAK)
    tables.zaak("2024Z00001")
    tables.actor("Michiel van Nispen (M.)", ZAAK, "Medeindiener")
    tables.actor("Glimina Chakor (G.)", ZAAK, "Medeindiener")
    tables.actor("Joost Sneller (J.C.)", ZAAK, "Indiener")
    tables.actor("Weg", ZAAK, "Medeindiener", deleted=True)
    tables.actor("TK", ZAAK, "Voortouwcommissie")
    minister = {"functie": "minister van Binnenlandse Zaken"}
    tables.actor("H.M. de Jonge", ZAAK, "Gericht aan", fields=minister)
    tables.actor("C. Helder", ZAAK, "Gericht aan", fields={"functie": None})
    assert still_open(database, "zaaknummer, indieners, ministeries") == [
        ("2024Z00001", [], []),
        (
            ZAAK,
            ["Joost Sneller (J.C.)", "Glimina Chakor (G.)", "Michiel van Nispen (M.)"],
            ["C. Helder", "minister van Binnenlandse Zaken"],
        ),
    ]


def test_a_term_that_has_passed(tables: Tables, database: Any) -> None:
    today = tables.today()
    for zaaknummer, left in (("Z1", 1), ("Z2", 0), ("Z3", -1)):
        tables.zaak(zaaknummer, termijn=today + timedelta(days=left))
    tables.zaak("Z4")
    assert still_open(database, "te_laat_termijn") == [
        (False,),
        (False,),
        (True,),
        (None,),
    ]


# ------------------------------------------------------------------- other views


def test_a_group_is_counted_under_its_code(tables: Tables, database: Any) -> None:
    for nummer, fractie, code, op_datum in (
        (1, "GroenLinks", "GL", "GroenLinks"),
        (2, "GL", "GL", "GroenLinks"),
        (3, "Groep X", None, None),
        (4, None, None, "VVD"),
    ):
        publicatie_id = tables.publicatie(
            nr(nummer), ingezonden=ASKED, ontvangen=date(2024, 6, 20)
        )
        tables.put(
            "aanhangsel.indiener",
            publicatie_id=publicatie_id,
            volgorde=1,
            naam="Kröger",
            fractie=fractie,
            fractie_code=code,
            fractie_op_datum=op_datum,
        )
    assert database.query(
        "select fractie, antwoorden from aanhangsel.fractie_maand order by fractie",
        role=READER,
    ) == [("GL", 2), ("Groep X", 1), ("onbekend", 1)]


def test_the_place_in_a_category_is_no_source(tables: Tables, database: Any) -> None:
    for source in ("tweedekamer", "tweedekamer/Zaak", "officielebekendmakingen"):
        tables.put(
            "etl.cursor", source=source, position="1", updated_at="2026-11-24T09:00Z"
        )
    assert database.query(
        "select source from aanhangsel.versheid order by source", role=READER
    ) == [("officielebekendmakingen",), ("tweedekamer",)]
