"""Which member a printed indiener is, and for which group he sat that day.

Names, initials and the days of groups are those of the Tweede Kamer (ZaakActor,
Persoon, Fractie); memberships run between the days its members were sworn in.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.lookup import lookup
from etl.model.publicatie import Indiener
from etl.people import Leden, Lid, Lidmaatschap, Link

K2012, K2017, K2021, K2023 = (
    date(2012, 9, 20),
    date(2017, 3, 23),
    date(2021, 3, 31),
    date(2023, 12, 6),
)
MERGER = date(2023, 10, 27)
LAST = timedelta(days=1)


def sat(
    fractie: str, van: date, tot: date | None = None, naam: str = ""
) -> Lidmaatschap:
    return Lidmaatschap(fractie=fractie, naam=naam or None, van=van, tot=tot)


def merged(fractie: str, van: date) -> tuple[Lidmaatschap, ...]:
    return sat(fractie, van, MERGER - LAST), sat("GroenLinks-PvdA", MERGER)


def lid(
    nummer: int,
    roepnaam: str | None,
    surname: str,
    initialen: str | None,
    *lidmaatschappen: Lidmaatschap,
    voornamen: str | None = None,
) -> Lid:
    tussenvoegsel, _, achternaam = surname.rpartition("|")
    return Lid(
        persoon_id=nummer,
        roepnaam=roepnaam,
        voornamen=voornamen,
        initialen=initialen,
        tussenvoegsel=tussenvoegsel or None,
        achternaam=achternaam,
        lidmaatschappen=lidmaatschappen,
    )


MEMBERS = [
    lid(1, "Songül", "Mutluer", "S.", *merged("PvdA", date(2021, 3, 31))),
    lid(2, "Ines", "Kostić", "I.", sat("PvdD", K2023)),
    lid(3, "Don", "Ceder", "D.G.M.", sat("ChristenUnie", K2021)),
    lid(4, "Sarah", "Dobbe", "S.E.M.", sat("SP", K2023)),
    lid(5, "Joost", "Sneller", "J.C.", sat("D66", K2017)),
    lid(6, "Glimina", "Chakor", "G.", sat("GroenLinks-PvdA", K2023)),
    lid(7, "Michiel", "van|Nispen", "M.", sat("SP", date(2014, 3, 20))),
    lid(
        8,
        "Lisa",
        "Westerveld",
        "E.M.",
        *merged("GL", K2017),
        voornamen="Elisabeth Marij",
    ),
    lid(
        9,
        "Wybren",
        "van|Haga",
        "W.R.",
        sat("VVD", date(2017, 10, 31), date(2019, 9, 23)),
        sat("Van Haga", date(2019, 9, 24), date(2021, 3, 30)),
        sat("FVD", K2021, date(2021, 5, 12)),
        sat("Groep Van Haga", date(2021, 5, 13), date(2023, 12, 5)),
    ),
    lid(10, "Daniëlle", "Hirsch", "D.H.", sat("GroenLinks-PvdA", K2023)),
    lid(11, "Christine", "Teunissen", "C.", sat("PvdD", date(2021, 10, 19))),
    lid(12, "Tom", "van der|Lee", "T.M.T.", *merged("GL", K2017)),
    lid(13, "Marieke", "Koekkoek", "M.", sat("Volt", K2021)),
    # six of the name Van Dijk
    lid(20, "Inge", "van|Dijk", "I.", sat("CDA", K2021)),
    lid(
        21,
        "Jasper",
        "van|Dijk",
        "J.J.",
        sat("SP", date(2006, 11, 30), date(2024, 9, 3)),
    ),
    lid(22, "Emiel", "van|Dijk", "E.", sat("PVV", K2017)),
    lid(23, "Gijs", "van|Dijk", "G.J.", sat("PvdA", K2017, date(2022, 2, 14))),
    lid(24, "Diederik", "van|Dijk", "D.J.H.", sat("SGP", K2023)),
    lid(25, "Otwin", "van|Dijk", "O.E.T.", sat("PvdA", K2012, date(2017, 3, 22))),
    lid(26, "Tony", "van|Dijck", "A.P.C.", sat("PVV", date(2006, 11, 30))),
    lid(30, "Romke", "de|Jong", "R.H.", sat("D66", K2021, date(2023, 12, 5))),
    lid(31, "Léon", "de|Jong", "L.W.E.", sat("PVV", date(2012, 9, 20))),
    lid(32, "Hülya", "Kat", "H.", sat("D66", K2021)),
    lid(33, "Steven", "van|Weyenberg", "S.P.R.A.", sat("D66", K2012, date(2021, 8, 9))),
    lid(40, "Agnes", "Mulder", "A.H.", sat("CDA", K2012, date(2023, 12, 5))),
    lid(41, "Edgar", "Mulder", "E.", sat("PVV", K2017)),
    lid(42, "Anne", "Mulder", "A.", sat("VVD", date(2010, 6, 17), date(2021, 3, 30))),
    lid(50, "Marjolein", "Faber-van de Klashorst", "M.H.M.", sat("PVV", K2023)),
    lid(51, "Dilan", "Yeşilgöz", "D.", sat("VVD", K2023)),
    lid(52, "Caroline", "van der|Plas", "C.A.M.", sat("BBB", K2021)),
    lid(53, "Aant Jelle", "Soepboer", "A.J.", sat("NSC", K2023, date(2025, 11, 11))),
    lid(
        54,
        "Fleur",
        "Agema",
        "M.",
        sat("PVV", date(2006, 11, 30)),
        voornamen="Marie-Fleur",
    ),
    lid(55, None, "Wuite", "J.", sat("D66", K2021, date(2023, 12, 5))),
    lid(
        56,
        "Pieter",
        "Omtzigt",
        "P.H.",
        sat("CDA", K2012, date(2021, 9, 14)),
        sat("Omtzigt", date(2021, 9, 15), date(2023, 12, 5), "Lid Omtzigt"),
        sat("NSC", K2023, date(2025, 4, 18)),
    ),
    lid(57, "Nobody", "", "N.", sat("VVD", K2021)),
]

LEDEN = Leden.of(MEMBERS, lookup().fracties)


def asked(naam: str, fractie: str | None = None) -> Indiener:
    return Indiener(naam=naam, fractie=fractie)


def link(
    naam: str, fractie: str | None, day: date | None, actors: tuple[int, ...] = ()
) -> Link:
    return LEDEN.link(asked(naam, fractie), day, actors)


@pytest.mark.parametrize(
    ("day", "naam", "fractie", "actors", "persoon", "on_that_day"),
    [
        (date(2024, 3, 6), "Mutluer", "GroenLinks-PvdA", (1, 2), 1, "GroenLinks-PvdA"),
        (date(2024, 3, 6), "Kostić", "PvdD", (1, 2), 2, "PvdD"),
        (date(2024, 6, 5), "Ceder", "ChristenUnie", (3, 4), 3, "ChristenUnie"),
        (date(2024, 6, 5), "Dobbe", "SP", (3, 4), 4, "SP"),
        (date(2024, 5, 30), "Sneller", "D66", (5, 6, 7), 5, "D66"),
        (
            date(2024, 5, 30),
            "Chakor",
            "GroenLinks-PvdA",
            (5, 6, 7),
            6,
            "GroenLinks-PvdA",
        ),
        (date(2024, 5, 30), "Van Nispen", "SP", (5, 6, 7), 7, "SP"),
        (
            date(2024, 6, 21),
            "Westerveld",
            "GroenLinks-PvdA",
            (8,),
            8,
            "GroenLinks-PvdA",
        ),
        (date(2023, 11, 20), "Van Haga", "Groep Van Haga", (9,), 9, "Groep Van Haga"),
        (
            date(2024, 4, 4),
            "Hirsch",
            "GroenLinks-PvdA",
            (10, 11),
            10,
            "GroenLinks-PvdA",
        ),
        (
            date(2024, 6, 28),
            "Van der Lee",
            "GroenLinks-PvdA",
            (12,),
            12,
            "GroenLinks-PvdA",
        ),
        (date(2024, 2, 12), "Koekkoek", "Volt", (13,), 13, "Volt"),
        (date(2023, 12, 13), "Inge vanDijk", "CDA", (20,), 20, "CDA"),
    ],
)
def test_the_members_of_the_examples(
    day: date,
    naam: str,
    fractie: str,
    actors: tuple[int, ...],
    persoon: int,
    on_that_day: str,
) -> None:
    """All of ah-tk-20232024-878 to -2367 that the Tweede Kamer's own list joins."""
    by_zaak = Link(persoon_id=persoon, bekend_door="zaak", fractie_op_datum=on_that_day)
    by_name = Link(persoon_id=persoon, bekend_door="naam", fractie_op_datum=on_that_day)
    assert link(naam, fractie, day, actors) == by_zaak
    assert link(naam, fractie, day) == by_name


@pytest.mark.parametrize(("actors", "bekend_door"), [((10, 11), "zaak"), ((), "naam")])
def test_a_group_misprinted_is_linked_and_flagged(
    actors: tuple[int, ...], bekend_door: str
) -> None:
    """20232024-1786 prints Teunissen (PvdA); she sat for the PvdD."""
    found = link("Teunissen", "PvdA", date(2024, 4, 4), actors)
    assert (found.persoon_id, found.bekend_door) == (11, bekend_door)
    assert found.fractie_op_datum == "PvdD"
    (flag,) = found.signalen
    assert flag.code == "fractie_wijkt_af"
    assert flag.uitleg.endswith(": Teunissen: gedrukt PvdA, op die dag PvdD")


@pytest.mark.parametrize(
    ("naam", "fractie", "day", "persoon"),
    [
        # the group printed decides between namesakes
        ("Van Dijk", "CDA", date(2022, 1, 10), 20),
        ("Van Dijk", "SP", date(2022, 1, 10), 21),
        ("Van Dijk", "PvdA", date(2022, 1, 10), 23),
        ("Van Dijk", "PvdA", date(2014, 1, 10), 25),
        ("Van Dijk", "PvdA", date(2023, 1, 10), None),
        ("Van Dijk", None, date(2022, 1, 10), None),
        ("Van Dijk", "VVD", date(2022, 1, 10), None),
        ("Van Dijk", "SP", date(2007, 1, 10), 21),
        ("Van Dijk", None, date(2007, 1, 10), 21),
        ("Van Dijck", "PVV", date(2022, 1, 10), 26),
        ("De Jong", "D66", date(2021, 6, 3), 30),
        ("De Jong", "PVV", date(2021, 6, 3), 31),
        ("De Jong", None, date(2024, 6, 3), 31),
        ("Mulder", "CDA", date(2018, 6, 3), 40),
        ("Mulder", "VVD", date(2018, 6, 3), 42),
        ("Mulder", "VVD", date(2023, 6, 3), None),
        # and so does the first name, or what the register knows of it
        ("Agnes Mulder", "CDA", date(2023, 1, 11), 40),
        ("Agnes Mulder", None, date(2023, 1, 11), 40),
        ("Anne Mulder", "CDA", date(2018, 1, 11), 42),
        ("Anne Mulder", "CDA", date(2023, 1, 11), None),
        ("A.H. Mulder", None, date(2018, 1, 11), 40),
        ("E. Mulder", None, date(2018, 1, 11), 41),
        ("A. Mulder", None, date(2018, 1, 11), None),
        ("Romke de Jong", "D66", date(2021, 6, 3), 30),
        ("R.H. (Romke) de Jong", "D66", date(2021, 6, 3), 30),
        ("R.H.de Jong", "D66", date(2021, 6, 3), 30),
        ("dr. Leon de Jong", "PVV", date(2021, 6, 3), 31),
        ("L.W.E. (Romke) de Jong", "D66", date(2021, 6, 3), None),
        ("Piet de Jong", "D66", date(2021, 6, 3), None),
        ("Kat", "D66", date(2021, 6, 3), 32),
        ("Van Weyenberg", "D66", date(2021, 6, 3), 33),
        ("Elisabeth Westerveld", "GroenLinks", date(2018, 1, 1), 8),
        ("Elisabeth Marij Westerveld", "GroenLinks", date(2018, 1, 1), 8),
        ("Marie Westerveld", "GroenLinks", date(2018, 1, 1), None),
        ("Aant Jelle Soepboer", "NSC", date(2024, 1, 10), 53),
        ("Fleur Agema", "PVV", date(2024, 1, 10), 54),
        ("Jorien Wuite", "D66", date(2022, 1, 10), 55),
        ("Kim Wuite", "D66", date(2022, 1, 10), None),
        # spellings
        ("KOSTIC", "PvdD", date(2024, 3, 6), 2),
        ("van  der Lee", "GL", date(2018, 3, 6), 12),
        ("Faber – van de Klashorst", "PVV", date(2024, 1, 10), 50),
        ("Faber-Van de Klashorst", "PVV", date(2024, 1, 10), 50),
        ("Lee", "GL", date(2018, 3, 6), None),
        ("Van der Dijk", "CDA", date(2022, 1, 10), None),
        ("Dijk", "CDA", date(2022, 1, 10), None),
        ("Faber", "PVV", date(2024, 1, 10), None),
        ("", "PVV", date(2024, 1, 10), None),
        ("Van Dijk" + " " * 200, "CDA", date(2022, 1, 10), None),
    ],
)
def test_a_name_is_linked_when_one_member_of_that_day_fits(
    naam: str, fractie: str | None, day: date, persoon: int | None
) -> None:
    found = link(naam, fractie, day)
    assert found.persoon_id == persoon
    assert found.bekend_door == (persoon and "naam")
    if persoon is None:
        assert [each.code for each in found.signalen] == ["persoon_onbekend"]


def test_of_namesakes_the_zaak_decides() -> None:
    day = date(2022, 1, 10)
    assert link("Van Dijk", None, day, (20, 3)).persoon_id == 20
    assert link("Van Dijk", None, day, (20, 21)).persoon_id is None
    assert link("Van Dijk", "SP", day, (20, 21)).persoon_id == 21
    # who is not named by the zaak is known by his name alone
    assert link("Ceder", "ChristenUnie", day, (20,)).bekend_door == "naam"
    # without a day nobody sits
    assert link("Van Dijk", None, None, (20,)) == Link(
        persoon_id=20, bekend_door="zaak"
    )
    assert link("Van Dijk", "SP", None, (20, 21)) == Link()
    assert link("Ceder", "ChristenUnie", None) == Link()


def test_zaak_and_printed_group_may_not_point_at_two_namesakes() -> None:
    day = date(2022, 1, 10)
    assert link("Van Dijk", "CDA", day, (21,)).persoon_id is None
    # of a group that none of them sat for, the zaak is right
    found = link("Van Dijk", "VVD", day, (21,))
    assert (found.persoon_id, found.fractie_op_datum) == (21, "SP")
    assert [each.code for each in found.signalen] == ["fractie_wijkt_af"]


@pytest.mark.parametrize(
    ("naam", "actors", "persoon"),
    [
        ("Faber", (50,), 50),
        ("Faber", (51,), None),
        ("Marjolein Faber", (50,), 50),
        ("Piet Faber", (50,), None),
        ("Yeşilgöz-Zegerius", (51,), 51),
        ("Dilan Yesilgöz - Zegerius", (51,), 51),
        ("Yeşilgöz-Zegerius", (), None),
    ],
)
def test_one_of_two_surnames_needs_the_word_of_the_zaak(
    naam: str, actors: tuple[int, ...], persoon: int | None
) -> None:
    assert link(naam, None, date(2024, 1, 10), actors).persoon_id == persoon


def test_one_of_two_surnames_is_none_where_another_bears_it_alone() -> None:
    other = lid(60, "Klaas", "Faber", "K.", sat("VVD", K2023))
    leden = Leden.of([*MEMBERS, other], lookup().fracties)
    assert leden.link(asked("Faber"), date(2024, 1, 10), (50,)).persoon_id is None
    assert leden.link(asked("Faber"), date(2024, 1, 10), (60,)).persoon_id == 60


@pytest.mark.parametrize(
    ("naam", "day", "fractie", "on_that_day", "flagged"),
    [
        ("Westerveld", MERGER - LAST, "GroenLinks", "GL", False),
        ("Westerveld", MERGER - LAST, "GL", "GL", False),
        ("Westerveld", MERGER, "GL-PvdA", "GroenLinks-PvdA", False),
        ("Westerveld", MERGER, "GroenLinks", "GroenLinks-PvdA", True),
        ("Westerveld", MERGER - LAST, "GroenLinks-PvdA", "GL", True),
        ("Westerveld", MERGER, None, "GroenLinks-PvdA", False),
        ("Van Haga", date(2019, 9, 23), "VVD", "VVD", False),
        ("Van Haga", date(2019, 9, 24), "VVD", "Van Haga", True),
        ("Van Haga", date(2019, 9, 24), "Lid Van Haga", "Van Haga", False),
        ("Van Haga", date(2021, 5, 13), "BVNL", "Groep Van Haga", False),
        ("Van Haga", date(2021, 5, 13), "Groep Van Haga", "Groep Van Haga", False),
        ("Van Haga", date(2021, 5, 12), "FvD", "FVD", False),
        ("Omtzigt", date(2021, 9, 14), "Lid-Omtzigt", "CDA", True),
        ("Omtzigt", date(2021, 9, 15), "Lid-Omtzigt", "Omtzigt", False),
        ("Omtzigt", date(2024, 1, 15), "Nieuw Sociaal Contract", "NSC", False),
        # flagged already as standing for no group
        ("Omtzigt", date(2024, 1, 15), "VVD/CDA", "NSC", False),
    ],
)
def test_the_group_of_that_day(
    naam: str, day: date, fractie: str | None, on_that_day: str, flagged: bool
) -> None:
    found = link(naam, fractie, day)
    assert found.fractie_op_datum == on_that_day
    assert [each.code for each in found.signalen] == ["fractie_wijkt_af"] * flagged


TWICE = lid(
    70,
    "Jan",
    "Jansen",
    "J.",
    sat("VVD", date(2020, 1, 1), date(2020, 6, 30)),
    sat("Groep Jansen", date(2020, 6, 30), date(2020, 12, 31), "Groep Jansen"),
    sat("D66", date(2021, 1, 6)),
)


@pytest.mark.parametrize(
    ("day", "printed", "on_that_day"),
    [
        (date(2020, 6, 29), None, "VVD"),
        (date(2020, 6, 30), None, "Groep Jansen"),
        (date(2020, 6, 30), "VVD", "VVD"),
        (date(2020, 6, 30), "Groep Jansen", "Groep Jansen"),
        (date(2020, 6, 30), "D66", "Groep Jansen"),
        (date(2020, 7, 1), "VVD", "Groep Jansen"),
        (date(2019, 12, 29), None, "VVD"),
        (date(2019, 12, 28), None, None),
        # the gap at a change: near both
        (date(2021, 1, 3), None, None),
        (date(2021, 1, 3), "D66", "D66"),
        (date(2021, 1, 3), "Groep Jansen", "Groep Jansen"),
        (date(2021, 1, 3), "VVD", None),
        (date(2021, 1, 2), None, "Groep Jansen"),
        (date(2021, 1, 4), None, "D66"),
    ],
)
def test_a_register_that_is_a_day_or_two_off(
    day: date, printed: str | None, on_that_day: str | None
) -> None:
    leden = Leden.of([TWICE], lookup().fracties)
    assert leden.fractie_on(TWICE, day, printed) == on_that_day


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2021, 1, 3), []),
        (date(2020, 12, 31), ["persoon_onbekend"]),
        (date(2019, 12, 31), []),
        (None, []),
    ],
)
def test_nobody_is_unknown_on_a_day_of_which_the_register_is_silent(
    day: date | None, codes: list[str]
) -> None:
    leden = Leden.of([TWICE], lookup().fracties)
    found = leden.link(asked("Pietersen", "VVD"), day)
    assert [each.code for each in found.signalen] == codes
    assert leden.covers(date(2020, 6, 30))
    assert not leden.covers(date(2021, 1, 5))


def test_an_empty_register_knows_and_flags_nothing() -> None:
    leden = Leden.of([], lookup().fracties)
    assert leden.link(asked("Ceder", "ChristenUnie"), date(2024, 6, 5), (3,)) == Link()


@given(
    st.text(max_size=120)
    | st.sampled_from(["Van Dijk", "Ceder", "Faber", "A. Mulder"]),
    st.none() | st.text(max_size=120) | st.sampled_from(["CDA", "PVV"]),
    st.none() | st.dates(),
    st.sets(st.integers(0, 60)),
)
def test_any_words_on_any_day_link_to_one_who_may_ask_or_to_nobody(
    naam: str, fractie: str | None, day: date | None, actors: set[int]
) -> None:
    found = link(naam, fractie, day, tuple(actors))
    if found.bekend_door == "zaak":
        assert found.persoon_id in actors
    elif found.bekend_door:
        (member,) = [each for each in MEMBERS if each.persoon_id == found.persoon_id]
        assert day is not None
        assert member.sits(day)
    else:
        assert found.persoon_id is found.fractie_op_datum is None
