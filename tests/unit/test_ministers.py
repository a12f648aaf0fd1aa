"""Which term of office an answering bewindspersoon is in, by the shipped table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.lookup import housed, lookup, table
from etl.ministers import Ambtsperiode, Ambtsperioden
from etl.model.naam import naam_of
from etl.model.publicatie import Bewindspersoon, Rol

ROWS = table("ambtsperiode")


def day_of(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


PERIODS = [
    Ambtsperiode(
        ambtsperiode_id=nummer,
        achternaam=row["achternaam"],
        tussenvoegsel=row["tussenvoegsel"] or None,
        functie=row["functie"],
        ministerie_code=row["ministerie_code"],
        van=day_of(row["van"]),
        tot=day_of(row["tot"]),
    )
    for nummer, row in enumerate(ROWS)
]
TERMS = Ambtsperioden.of(PERIODS, housed())


def answering(
    naam: str | None,
    ministerie: str | None,
    functie: str,
    op: date | None,
) -> Bewindspersoon:
    parts = naam_of(naam or "", lookup().achternamen, first_names=False)
    return Bewindspersoon(
        naam=naam,
        functie=functie,
        ministerie=ministerie,
        rol=Rol.ANTWOORD,
        ministerie_code=lookup().ministeries.find(ministerie or "", op).code,
        achternaam=parts.achternaam if parts else None,
        tussenvoegsel=parts.tussenvoegsel if parts else None,
    )


def term(
    naam: str | None, ministerie: str | None, op: date | None, functie: str
) -> str | None:
    found = TERMS.find(answering(naam, ministerie, functie, op), op)
    if found is None:
        return None
    row = ROWS[found.ambtsperiode_id]
    return f"{row['voorletters']} {row['ministerie_code']} {row['van'] or '?'}"


MINISTER = "Minister"
PREMIER = "Minister-President"
STAS = "Staatssecretaris"


@pytest.mark.parametrize(
    ("functie", "naam", "ministerie", "op", "found"),
    [
        # answers of the shipped examples, on the day of receipt
        (MINISTER, "Schippers", "VWS", "2014-11-26", "E.I. VWS 2012-11-05"),
        (MINISTER, "Koolmees", "SZW", "2021-06-21", "W. SZW 2017-10-26"),
        (MINISTER, "Hoekstra", "BZ", "2023-02-10", "W.B. BZ 2022-01-10"),
        (MINISTER, "Dijkgraaf", "OCW", "2024-03-25", "R.H. OCW 2022-01-10"),
        (STAS, "Van Huffelen", "BZK", "2024-04-11", "A.C. BZK 2022-01-10"),
        (STAS, "Van Rij", "Financiën", "2024-05-21", "M.L.A. Fin 2022-01-10"),
        (MINISTER, "Bruins Slot", "BZ", "2024-06-28", "H.G.J. BZ 2023-09-05"),
        (STAS, "Karremans", "VWS", "2024-08-12", "V.P.G. VWS 2024-07-02"),
        (MINISTER, "Heinen", "Financiën", "2024-08-29", "E. Fin 2024-07-02"),
        (
            MINISTER,
            "Faber-Van de Klashorst",
            "Asiel en Migratie",
            "2024-11-14",
            "M.H.M. AenM 2024-07-02",
        ),
        (STAS, "Van Marum", "BZK", "2024-11-18", "E. BZK 2024-07-02"),
        # one surname in two cabinets, and in two offices
        (
            MINISTER,
            "Bruins",
            "Medische Zorg en Sport",
            "2019-11-20",
            "B.J. MZ 2017-10-26",
        ),
        (MINISTER, "Bruins", "OCW", "2024-11-14", "E.E.W. OCW 2024-07-02"),
        (MINISTER, "De Jonge", "BZK", "2024-02-20", "H.M. BZK 2023-09-05"),
        (
            MINISTER,
            "De Jonge",
            "Volkshuisvesting en Ruimtelijke Ordening",
            "2024-02-20",
            "H.M. VRO 2022-01-10",
        ),
        (
            MINISTER,
            "Verhagen",
            "Buitenlandse Zaken",
            "2010-04-01",
            "M.J.M. BZ 2007-02-22",
        ),
        (
            MINISTER,
            "Verhagen",
            "Ontwikkelingssamenwerking",
            "2010-04-01",
            "M.J.M. OS 2010-02-23",
        ),
        (MINISTER, "Hirsch Ballin", "Justitie", "2010-04-01", "EMH Jus 2007-02-22"),
        (STAS, "De Vries", "Defensie", "2009-04-01", "J.G. Def 2008-06-24"),
        # an office printed as the ministry that houses it
        (
            MINISTER,
            "Dekker",
            "Justitie en Veiligheid",
            "2020-04-01",
            "S. RB 2017-10-26",
        ),
        (MINISTER, "Leers", "I&A", "2011-12-20", "GBM IIA 2011-12-16"),
        # the premier
        (PREMIER, "Rutte", None, "2013-04-01", "M. AZ 2012-11-05"),
        (PREMIER, "Rutte", "Algemene Zaken", "2013-04-01", "M. AZ 2012-11-05"),
        (MINISTER, "Rutte", "Algemene Zaken", "2013-04-01", "M. AZ 2012-11-05"),
        # between two of his cabinets the new one
        (PREMIER, "Rutte", None, "2012-11-05", "M. AZ 2012-11-05"),
        # one of two surnames
        (MINISTER, "Schultz van Haegen", "IenM", "2014-01-10", "M.H. IenM 2012-11-05"),
        (MINISTER, "Yesilgöz", "J&V", "2023-01-10", "D. J&V 2022-01-10"),
        # the day of dismissal, and an answer that came in after it
        (MINISTER, "Schreinemacher", "BHO", "2024-04-15", "E.N.A.J. BHO 2022-01-10"),
        (STAS, "Van Rij", "Financiën", "2024-07-02", "M.L.A. Fin 2022-01-10"),
        (STAS, "Van Rij", "Financiën", "2024-07-10", "M.L.A. Fin 2022-01-10"),
        # a term of which one border is unknown
        (STAS, "Palmen", "Financiën", "2025-03-01", "S.Th.P.H. Fin ?"),
        (STAS, "Palmen", "Financiën", "2025-10-01", "S.Th.P.H. Fin 2025-09-05"),
        # a ministry that is not known, where one holder of that name sits
        (MINISTER, "Heinen", "Het Geld", "2024-08-29", "E. Fin 2024-07-02"),
    ],
)
def test_the_term_of_a_printed_name(
    functie: str, naam: str, ministerie: str | None, op: str, found: str
) -> None:
    """Initials, ministry and first day tell which."""
    assert term(naam, ministerie, date.fromisoformat(op), functie) == found


@pytest.mark.parametrize(
    ("naam", "functie", "ministerie", "op"),
    [
        (None, STAS, "VWS", "2024-04-11"),
        ("Van Rij", STAS, "Financiën", "2024-07-17"),
        ("Van Rij", "Minister", "Financiën", "2024-05-21"),
        ("Van Rij", STAS, "Defensie", "2024-05-21"),
        ("Rij", STAS, "Financiën", "2024-05-21"),
        ("Iemand", "Minister", "BZ", "2024-05-21"),
        ("Haegen", "Minister", "IenM", "2014-01-10"),
        # two offices at once, and nothing printed to tell which
        ("Verhagen", "Minister", None, "2010-04-01"),
        ("Heinen", "Minister", "Het Geld", "2024-07-01"),
        ("Heinen", "Minister", "Financiën", None),
    ],
)
def test_no_term_is_guessed(
    naam: str | None, functie: str, ministerie: str | None, op: str | None
) -> None:
    assert (
        term(naam, ministerie, date.fromisoformat(op) if op else None, functie) is None
    )


@given(
    st.sampled_from([*(row["achternaam"] for row in ROWS), "", "Iemand"]),
    st.sampled_from(["Minister", STAS, "Minister-President", ""]),
    st.sampled_from([*(row["ministerie_code"] for row in ROWS), None]),
    st.dates(),
)
def test_a_term_found_is_near_the_day_and_of_the_office(
    naam: str, functie: str, code: str | None, op: date
) -> None:
    asked = Bewindspersoon(
        naam=naam,
        functie=functie,
        ministerie=code,
        rol=Rol.ANTWOORD,
        ministerie_code=code,
    )
    found = TERMS.find(asked, op)
    if found is not None:
        assert found.covers(op, timedelta(days=14))
        assert found.functie == functie or (functie, code) == ("Minister", "AZ")
