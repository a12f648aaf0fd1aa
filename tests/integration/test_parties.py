"""For which group each indiener sat on the day of asking, from the Kamer's own rows.

Days of groups are those of data/odata (Fractie) and of persoon_entry; of members who
changed groups, those of the Tweede Kamer's pages about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from houses import Houses, houses, rows

from etl.demo.kamer import guid
from etl.demo.shipped import shipped

KOOP, KAMER = "officielebekendmakingen", "tweedekamer"

FRACTIES = {
    "GroenLinks-PvdA": (
        "0208097d-ef04-438a-8c29-eebb84956204",
        "2023-10-27",
        "2026-06-10",
    ),
    "GL": ("8fd1a907-0355-4d27-8dc1-fd5a531b471e", "1990-01-01", "2023-10-26"),
    "Groep Lazrak": (
        "037d290b-4b01-46b3-b95e-c145ddfd1474",
        "2004-02-04",
        "2006-11-29",
    ),
    "Groep Wilders": (
        "06c7d1e6-394d-40db-ad2a-141a20124714",
        "2004-09-02",
        "2006-11-29",
    ),
    "BIJ1": ("18e95d6d-1684-4fa0-968a-1a6140d2d793", "2021-03-31", "2023-12-05"),
    "DPK": ("43eff828-86b7-4cb1-9c73-4ea0e33f93ac", "2012-09-20", "2012-09-20"),
    "BRINK": ("e133cd98-1b5c-47e0-ac4d-031f34199767", "2012-03-20", "2012-09-19"),
    "PvdD": ("d3b4d880-ef37-4ce6-99ec-4940266ac466", "2006-11-30", None),
    "Van Haga": (guid("Van Haga"), "2019-09-24", "2021-03-30"),
    "Groep Van Haga": (guid("Groep Van Haga"), "2021-05-13", "2023-12-05"),
    "Groep K/Ö": (guid("Groep K/Ö"), "2014-11-13", "2017-03-22"),
    **{
        name: (guid(f"fractie {name}"), van, None)
        for name, van in (
            ("CDA", "1980"),
            ("ChristenUnie", "2001-05-16"),
            ("D66", "1966-09"),
            ("DENK", "2017-03-23"),
            ("FVD", "2017-03-23"),
            ("PVV", "2006-11-30"),
            ("PvdA", "1946-W06-6"),
            ("SP", "1994-05-17"),
            ("VVD", "1948-01-24"),
            ("Volt", "2021-03-31"),
        )
    },
}
NAMES = {
    "BRINK": "Brinkman",
    "DPK": "Democratisch Politiek Keerpunt",
    "GL": "GroenLinks",
    "Groep K/Ö": "Groep Kuzu/Öztürk",
    "PvdD": "Partij voor de Dieren",
    "Volt": "Volt",
}

Period = tuple[str, str | None, str | None]
K2017, K2021, K2023 = "2017-03-23", "2021-03-31", "2023-12-06"

MEMBERS: dict[str, tuple[Period, ...]] = {
    "Lea|Bouwmeester|L.T.": (("PvdA", "2006-11-30", "2017-03-22"),),
    "Steven|van Weyenberg|S.P.R.A.": (("D66", "2012-09-20", "2021-08-10"),),
    "Romke|de Jong|R.H.": (("D66", K2021, "2023-12-05"),),
    "Hülya|Kat|H.": (("D66", K2021, "2023-12-05"),),
    "Wybren|van Haga|W.R.": (
        ("VVD", "2017-10-31", "2019-09-23"),
        ("Van Haga", "2019-09-24", "2021-03-30"),
        ("FVD", K2021, "2021-05-12"),
        ("Groep Van Haga", "2021-05-13", "2023-12-05"),
    ),
    "Songül|Mutluer|S.": (
        ("PvdA", K2021, "2023-10-26"),
        ("GroenLinks-PvdA", "2023-10-27", None),
    ),
    "Ines|Kostić|I.": (("PvdD", K2023, None),),
    "Marieke|Koekkoek|M.": (("Volt", K2021, None),),
    "Daniëlle|Hirsch|D.H.": (("GroenLinks-PvdA", K2023, None),),
    "Christine|Teunissen|C.": (("PvdD", "2021-10-19", None),),
    "Joost|Sneller|J.C.": (("D66", K2017, None),),
    "Glimina|Chakor|G.": (("GroenLinks-PvdA", K2023, None),),
    "Michiel|van Nispen|M.": (("SP", "2014-03-20", None),),
    "Don|Ceder|D.G.M.": (("ChristenUnie", K2021, None),),
    "Sarah|Dobbe|S.E.M.": (("SP", K2023, None),),
    "Lisa|Westerveld|E.M.": (
        ("GL", K2017, "2023-10-26"),
        ("GroenLinks-PvdA", "2023-10-27", None),
    ),
    # the last day of one period is a day off, as seen at every change
    "Tom|van der Lee|T.M.T.": (
        ("GL", K2017, "2023-10-28"),
        ("GroenLinks-PvdA", "2023-10-27", None),
    ),
    "Inge|van Dijk|I.": (("CDA", K2021, None),),
    "Jasper|van Dijk|J.J.": (("SP", "2006-11-30", "2024-09-03"),),
    "Emiel|van Dijk|E.": (("PVV", K2017, None),),
    "Gijs|van Dijk|G.J.": (("PvdA", K2017, "2022-02-14"),),
    "Hero|Brinkman|H.": (
        ("PVV", "2006-11-30", "2012-03-19"),
        ("BRINK", "2012-03-20", "2012-09-19"),
        # a row of one day, for the books
        ("DPK", "2012-09-20", "2012-09-19"),
    ),
    "Ali|Lazrak|A.": (
        ("SP", "2003-01-30", "2004-02-03"),
        ("Groep Lazrak", "2004-02-04", "2006-11-29"),
    ),
    "Geert|Wilders|G.": (
        ("VVD", "2002-07-26", "2004-09-01"),
        ("Groep Wilders", "2004-09-02", "2006-11-29"),
        ("PVV", "2006-11-30", None),
    ),
    "Sylvana|Simons|S.H.": (("BIJ1", K2021, "2023-12-05"),),
    # as much of a day as is known
    "Tunahan|Kuzu|T.": (
        ("PvdA", "2012-09", "2014-11-12"),
        ("Groep K/Ö", "2014-11-13", "2017-W12-3"),
        ("DENK", "2017-W12-4", "2023"),
    ),
}


@dataclass(frozen=True)
class Asked:
    """One indiener: as printed, when, and who that was for which group."""

    naam: str
    fractie: str
    day: str
    who: str | None
    group: str | None
    flag: str | None = None
    joined: Sequence[str] = field(default=())
    """The groups by the table of memberships alone; the group unless given."""


PRINTED = [
    Asked("Brinkman", "PVV", "2012-03-19", "Hero|Brinkman|H.", "PVV"),
    Asked("Brinkman", "Brinkman", "2012-03-20", "Hero|Brinkman|H.", "BRINK"),
    Asked(
        "Brinkman", "PVV", "2012-04-10", "Hero|Brinkman|H.", "BRINK", "fractie_wijkt_af"
    ),
    Asked("Lazrak", "SP", "2004-02-03", "Ali|Lazrak|A.", "SP"),
    Asked("Lazrak", "Groep Lazrak", "2005-06-01", "Ali|Lazrak|A.", "Groep Lazrak"),
    Asked("Wilders", "VVD", "2004-09-01", "Geert|Wilders|G.", "VVD"),
    Asked(
        "Wilders", "Groep Wilders", "2006-11-29", "Geert|Wilders|G.", "Groep Wilders"
    ),
    Asked("Wilders", "PVV", "2006-11-30", "Geert|Wilders|G.", "PVV"),
    Asked("Simons", "BIJ1", "2023-12-05", "Sylvana|Simons|S.H.", "BIJ1"),
    # a day or two after the last one in the register she still asks for her group
    Asked("Simons", "BIJ1", "2023-12-07", "Sylvana|Simons|S.H.", "BIJ1", None, ["-"]),
    Asked("Simons", "BIJ1", "2023-12-20", None, None, "persoon_onbekend"),
    Asked("Kuzu", "PvdA", "2012-09-01", "Tunahan|Kuzu|T.", "PvdA"),
    Asked("Kuzu", "Groep Kuzu/Öztürk", "2017-03-22", "Tunahan|Kuzu|T.", "Groep K/Ö"),
    Asked("Kuzu", "DENK", "2017-03-23", "Tunahan|Kuzu|T.", "DENK"),
    Asked("Kuzu", "DENK", "2023-12-31", "Tunahan|Kuzu|T.", "DENK"),
    Asked("Westerveld", "GroenLinks", "2023-10-26", "Lisa|Westerveld|E.M.", "GL"),
    Asked(
        "Westerveld",
        "GroenLinks-PvdA",
        "2023-10-27",
        "Lisa|Westerveld|E.M.",
        "GroenLinks-PvdA",
    ),
    Asked(
        "Van der Lee",
        "GroenLinks-PvdA",
        "2023-10-27",
        "Tom|van der Lee|T.M.T.",
        "GroenLinks-PvdA",
        None,
        ["GL", "GroenLinks-PvdA"],
    ),
    Asked(
        "Van Haga",
        "VVD",
        "2019-09-24",
        "Wybren|van Haga|W.R.",
        "Van Haga",
        "fractie_wijkt_af",
    ),
    Asked("Van Haga", "Van Haga", "2019-09-24", "Wybren|van Haga|W.R.", "Van Haga"),
    Asked("Van Haga", "FVD", "2021-05-12", "Wybren|van Haga|W.R.", "FVD"),
    Asked("Van Dijk", "SP", "2020-05-12", "Jasper|van Dijk|J.J.", "SP"),
    Asked("Van Dijk", "PvdA", "2020-05-12", "Gijs|van Dijk|G.J.", "PvdA"),
    Asked("Emiel van Dijk", "PVV", "2020-05-12", "Emiel|van Dijk|E.", "PVV"),
    # two of that name sat for neither
    Asked("Van Dijk", "D66", "2020-05-12", None, None, "persoon_onbekend"),
    Asked("Jansen", "SP", "2020-05-12", None, None, "persoon_onbekend"),
]

SHIPPED = [
    ("ah-tk-20142015-698", 1, "Lea|Bouwmeester|L.T.", "PvdA"),
    ("ah-tk-20202021-3235", 1, "Steven|van Weyenberg|S.P.R.A.", "D66"),
    ("ah-tk-20202021-3235", 2, "Romke|de Jong|R.H.", "D66"),
    ("ah-tk-20202021-3235", 3, "Hülya|Kat|H.", "D66"),
    ("ah-tk-20232024-1076", 1, "Wybren|van Haga|W.R.", "Groep Van Haga"),
    ("ah-tk-20232024-1314", 1, "Songül|Mutluer|S.", "GroenLinks-PvdA"),
    ("ah-tk-20232024-1314", 2, "Ines|Kostić|I.", "PvdD"),
    ("ah-tk-20232024-1481", 1, "Marieke|Koekkoek|M.", "Volt"),
    ("ah-tk-20232024-1786", 1, "Daniëlle|Hirsch|D.H.", "GroenLinks-PvdA"),
    # printed as of the PvdA
    ("ah-tk-20232024-1786", 2, "Christine|Teunissen|C.", "PvdD"),
    ("ah-tk-20232024-1999", 1, "Joost|Sneller|J.C.", "D66"),
    ("ah-tk-20232024-1999", 2, "Glimina|Chakor|G.", "GroenLinks-PvdA"),
    ("ah-tk-20232024-1999", 3, "Michiel|van Nispen|M.", "SP"),
    ("ah-tk-20232024-2129", 1, "Don|Ceder|D.G.M.", "ChristenUnie"),
    ("ah-tk-20232024-2129", 2, "Sarah|Dobbe|S.E.M.", "SP"),
    ("ah-tk-20232024-2271", 1, "Lisa|Westerveld|E.M.", "GroenLinks-PvdA"),
    ("ah-tk-20232024-2367", 1, "Tom|van der Lee|T.M.T.", "GroenLinks-PvdA"),
    ("ah-tk-20232024-878", 1, "Inge|van Dijk|I.", "CDA"),
]

JOINED = """
    select
        publicatie.identifier,
        indiener.volgorde,
        persoon.tk_id::text,
        indiener.fractie_op_datum,
        indiener.bekend_door,
        (
            select coalesce(array_agg(fractie.afkorting order by fractie.afkorting), '{}')
            from aanhangsel.lidmaatschap
            join aanhangsel.fractie using (fractie_id)
            where lidmaatschap.persoon_id = indiener.persoon_id
                and lidmaatschap.van <= publicatie.ingezonden
                and publicatie.ingezonden <= coalesce(lidmaatschap.tot, 'infinity')
        ) as groepen,
        (
            select coalesce(array_agg(code order by volgorde), '{}')
            from aanhangsel.signaal
            where signaal.publicatie_id = publicatie.publicatie_id
                and volgorde > 1000
        ) as gebleken
    from aanhangsel.publicatie
    join aanhangsel.indiener using (publicatie_id)
    left join aanhangsel.persoon using (persoon_id)
    order by publicatie.identifier collate "C", indiener.volgorde
"""


@pytest.fixture
def both(database: Any) -> Iterator[Houses]:
    with houses(database) as it:
        yield it


def guid_of(who: str) -> str:
    return guid(f"persoon {who}")


def publish_fracties(both: Houses) -> None:
    for afkorting, (known, van, tot) in FRACTIES.items():
        fields = {
            "afkorting": afkorting,
            "naamNl": NAMES.get(afkorting, afkorting),
            "datumActief": van,
            "datumInactief": tot,
        }
        both.kamer.put("Fractie", known, fields)
    # as the real list has them: one all null, and what was deleted
    both.kamer.placeholder("Fractie", "01f208f2-6565-439e-9c06-3a5191fe4779")
    gone = both.kamer.put("Fractie", "1ffd89a8-9db9-437f-a064-651770ce85f3", {})
    both.kamer.delete(gone)


def publish_persoon(both: Houses, who: str, **more: Any) -> str:
    roepnaam, surname, initialen = who.split("|")
    between, _, achternaam = surname.rpartition(" ")
    fields = {
        "roepnaam": roepnaam,
        "initialen": initialen,
        "tussenvoegsel": between or None,
        "achternaam": achternaam,
        "functie": "Tweede Kamerlid",
        "geboortedatum": "1980-03",
        **more,
    }
    return both.kamer.put("Persoon", guid_of(who), fields)


def sit(both: Houses, who: str, period: Period, fractie: str | None = None) -> str:
    """One membership; its Persoon and Fractie may be there or not."""
    group, van, tot = period
    known = guid(f"{who} {group} {van}")
    both.kamer.put(
        "FractieZetel",
        guid(f"zetel {known}"),
        {},
        {"fractie": [fractie or FRACTIES[group][0]]},
    )
    return both.kamer.put(
        "FractieZetelPersoon",
        known,
        {"functie": "Lid", "van": van, "totEnMet": tot},
        {"fractieZetel": [guid(f"zetel {known}")], "persoon": [guid_of(who)]},
    )


def publish_register(both: Houses) -> None:
    """Memberships before persons before groups: no order is promised."""
    for who, periods in MEMBERS.items():
        for period in periods:
            sit(both, who, period)
    for who in MEMBERS:
        publish_persoon(both, who)
    publish_fracties(both)
    both.kamer.placeholder("Persoon", guid("a placeholder"))
    # seen: a tombstone without its seat, and a membership of a seat that is not there
    orphan = both.kamer.put("FractieZetelPersoon", guid("orphan"), {})
    both.kamer.delete(orphan)
    both.kamer.put(
        "FractieZetelPersoon",
        guid("seatless"),
        {"van": "2020-01-01"},
        {"persoon": [guid_of("Geert|Wilders|G.")], "fractieZetel": [guid("no seat")]},
    )


MAANDEN = (
    "januari februari maart april mei juni juli augustus september oktober november"
    " december"
).split()


def answer(nummer: int, jaar: str, naam: str, fractie: str, day: str) -> bytes:
    y, m, d = day.split("-")
    printed = f"{int(d)} {MAANDEN[int(m) - 1]} {y}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<officiele-publicatie><kamervragen>
 <kamervraagkop>
  <tekstregel inhoud="vergaderjaar">Vergaderjaar {jaar}</tekstregel>
  <tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
 </kamervraagkop>
 <kamervraagnummer>{nummer}</kamervraagnummer>
 <kamervraagomschrijving type="vraag">Vragen van het lid
  <naam><achternaam>{naam}</achternaam></naam> ({fractie}) aan de Minister van
  Financiën over <kamervraagonderwerp>geld</kamervraagonderwerp> (ingezonden
  <datum isodatum="{day}">{printed}</datum>).</kamervraagomschrijving>
 <kamervraagomschrijving type="antwoord">Antwoord van Minister
  <naam><achternaam>Heinen</achternaam></naam> (Financiën) (ontvangen
  <datum isodatum="{day}">{printed}</datum>).</kamervraagomschrijving>
 <vraag><nr>Vraag 1</nr><al>Klopt het?</al></vraag>
 <antwoord><nr>Antwoord 1</nr><al>Ja.</al></antwoord>
</kamervragen></officiele-publicatie>""".encode()


def publish(both: Houses, nummer: int, asked: Asked, **fields: Any) -> str:
    year = date.fromisoformat(asked.day).year
    jaar = f"{year}-{year + 1}"
    identifier = f"ah-tk-{year}{year + 1}-{nummer}"
    body = answer(nummer, jaar, asked.naam, asked.fractie, asked.day)
    both.koop.publish(identifier, {"xml": body}, "2026-11-02", fields)
    return identifier


def told(asked: Asked, bekend_door: str = "naam") -> tuple[Any, ...]:
    """The row of JOINED that should come of it, but for its identifier."""
    joined = [one for one in asked.joined if one != "-"]
    groups = joined if asked.joined else [asked.group] if asked.group else []
    return (
        1,
        guid_of(asked.who) if asked.who else None,
        asked.group,
        bekend_door if asked.who else None,
        groups,
        [asked.flag] if asked.flag else [],
    )


@pytest.mark.parametrize("order", [(KOOP, KAMER), (KAMER, KOOP)])
def test_everybody_sat_for_the_group_of_that_day(
    both: Houses, database: Any, order: Sequence[str]
) -> None:
    expected = {publish(both, n, one): told(one) for n, one in enumerate(PRINTED, 1)}
    publish_register(both)
    both.well(*order)
    found = {row[0]: row[1:] for row in rows(database, JOINED)}
    for identifier, row in expected.items():
        assert (identifier, found[identifier]) == (identifier, row)
    assert len(found) == len(PRINTED)


def test_the_askers_of_the_shipped_publications(both: Houses, database: Any) -> None:
    publish_register(both)
    for one in shipped():
        both.koop.publish(one.identifier, one.files, "2026-11-02")
    both.well()
    found = rows(database, JOINED)
    assert [(row[0], row[1], row[2], row[3], row[5]) for row in found] == [
        (identifier, place, guid_of(who), group, [group])
        for identifier, place, who, group in SHIPPED
    ]
    query = "select uitleg from aanhangsel.signaal where code = 'fractie_wijkt_af'"
    ((uitleg,),) = rows(database, query)
    assert "Teunissen: gedrukt PvdA, op die dag PvdD" in uitleg


def only(database: Any) -> tuple[Any, ...]:
    (row,) = rows(database, JOINED)
    return tuple(row[1:])


HIRSCH = Asked(
    "Hirsch", "GroenLinks-PvdA", "2024-04-04", "Daniëlle|Hirsch|D.H.", "GroenLinks-PvdA"
)
UNKNOWN = Asked(
    "Hirsch", "GroenLinks-PvdA", "2024-04-04", None, None, "persoon_onbekend"
)


def test_what_is_mended_in_the_register_is_mended_here(
    both: Houses, database: Any
) -> None:
    """Each row in its turn, a run between any two."""
    who, period = HIRSCH.who or "", ("GroenLinks-PvdA", K2023, None)
    publish(both, 1, HIRSCH)
    publish_fracties(both)
    sit(both, "Joost|Sneller|J.C.", ("D66", K2017, None))
    publish_persoon(both, "Joost|Sneller|J.C.")
    seat = sit(both, who, period)
    both.well()
    assert only(database) == told(UNKNOWN)
    publish_persoon(both, who, achternaam="Hirsh")
    both.well()
    assert only(database) == told(UNKNOWN)
    publish_persoon(both, who)
    both.well()
    assert only(database) == told(HIRSCH)
    # the same person under a longer name
    publish_persoon(both, who, roepnaam="Daniëlle Helena", achternaam="HIRSCH")
    both.well()
    assert only(database) == told(HIRSCH)
    both.kamer.change(seat, van="2024-05-01")
    both.well()
    assert only(database) == told(UNKNOWN)
    both.kamer.change(seat, van=K2023)
    both.well()
    assert only(database) == told(HIRSCH)
    both.kamer.delete(seat)
    both.well()
    assert only(database) == told(UNKNOWN)
    both.kamer.restore(seat)
    both.well()
    assert only(database) == told(HIRSCH)
    both.kamer.delete(guid_of(who))
    both.well()
    # who left the register asked all the same
    assert only(database) == told(HIRSCH)


def test_the_seat_may_turn_out_to_be_of_another_group(
    both: Houses, database: Any
) -> None:
    publish(both, 1, HIRSCH)
    publish_register(both)
    both.well()
    assert only(database) == told(HIRSCH)
    seat = guid(f"zetel {guid(f'{HIRSCH.who} GroenLinks-PvdA {K2023}')}")
    both.kamer.link(seat, "fractie", [FRACTIES["PvdA"][0]])
    both.well()
    assert only(database) == told(
        Asked(
            HIRSCH.naam,
            HIRSCH.fractie,
            HIRSCH.day,
            HIRSCH.who,
            "PvdA",
            "fractie_wijkt_af",
        )
    )


def test_a_group_that_takes_another_name_has_it_everywhere(
    both: Houses, database: Any
) -> None:
    publish(both, 1, HIRSCH)
    publish_register(both)
    both.well()
    both.kamer.change(FRACTIES["GroenLinks-PvdA"][0], afkorting="PRO")
    both.well()
    assert only(database) == told(
        Asked(HIRSCH.naam, HIRSCH.fractie, HIRSCH.day, HIRSCH.who, "PRO")
    )


def test_a_party_that_returned_is_one_party(both: Houses, database: Any) -> None:
    """Its rows are two, and seats still point to the closed one."""
    closed = both.kamer.fractie("50PLUS", "50PLUS", "2012-09-20", "2021-05-05")
    again = both.kamer.fractie("50PLUS", "50PLUS", "2025-11-12")
    assert closed != again
    asked = [
        Asked("Krol", "50PLUS", "2013-01-15", "Henk|Krol|H.C.M.", "50PLUS"),
        Asked("Struijs", "50PLUS", "2026-01-15", "Jan|Struijs|J.", "50PLUS"),
        Asked("Van Brenk", "50PLUS", "2026-01-15", "Corrie|van Brenk|C.M.", "50PLUS"),
    ]
    sit(both, "Henk|Krol|H.C.M.", ("50PLUS", "2012-09-20", "2020-05-02"), closed)
    sit(both, "Jan|Struijs|J.", ("50PLUS", "2025-11-12", None), closed)
    sit(both, "Corrie|van Brenk|C.M.", ("50PLUS", "2025-11-12", None), again)
    for one in asked:
        publish_persoon(both, one.who or "")
    expected = {publish(both, n, one): told(one) for n, one in enumerate(asked, 1)}
    both.well()
    assert {row[0]: row[1:] for row in rows(database, JOINED)} == expected


def test_who_the_zaak_names_is_known_by_it(both: Houses, database: Any) -> None:
    """The register holds two of that name in one group; the zaak says which it was."""
    publish_fracties(both)
    for who in ("Emiel|van Dijk|E.", "Evert|van Dijk|E."):
        publish_persoon(both, who)
        sit(both, who, ("PVV", K2017, None))
    asked = Asked("Van Dijk", "PVV", "2020-05-12", "Evert|van Dijk|E.", "PVV")
    publish(both, 1, asked, **{"w.vraagnummer": "2020Z00001"})
    both.well()
    assert only(database) == told(
        Asked(asked.naam, asked.fractie, asked.day, None, None, "persoon_onbekend")
    )
    zaak = both.kamer.zaak("2020Z00001", "Geld", asked.day)
    both.kamer.zaak_actor(zaak, "E. van Dijk", persoon=guid_of(asked.who or ""))
    both.well()
    assert only(database) == told(asked, "zaak")
