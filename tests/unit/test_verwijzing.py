"""References: what a text prints, and the canonical name of what it points to."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.grammar.verwijzing import (
    LONGEST_DOEL,
    LONGEST_TEKST,
    MOST,
    verwijzingen,
)
from etl.model.publicatie import (
    Bijlage,
    Blok,
    Deel,
    Noot,
    Publicatie,
    Soort,
    Verwijzingsoort,
    ZieOok,
)


def publicatie(antwoord: str = "", **fields: object) -> Publicatie:
    blok = Blok(label="Antwoord 1", nummers=("1",), tekst=antwoord)
    values: dict[str, object] = {
        "identifier": "ah-tk-20232024-1770",
        "kamer": "tk",
        "vergaderjaar": "2023-2024",
        "aanhangselnummer": 1770,
        "soort": Soort.ANTWOORD,
        "onderwerp": None,
        "ingezonden": None,
        "ontvangen": None,
        "antwoorden": (blok,) if antwoord else (),
    }
    return Publicatie(**{**values, **fields})  # type: ignore[arg-type]


def found(text: str, **fields: object) -> list[tuple[str, str, str | None]]:
    """Kind, text and target of what one answer refers to."""
    return [
        (one.soort.value, one.tekst, one.doel)
        for one in verwijzingen(publicatie(text, **fields))
    ]


def doelen(text: str, soort: str) -> list[str | None]:
    return [doel for kind, _, doel in found(text) if kind == soort]


KAMERSTUKKEN = [
    (
        "(zie Kamerstuk 21 501-02, nr. 2602, dd. 23 januari 2023)",
        "Kamerstuk 21 501-02, nr. 2602",
        "kst-21501-02-2602",
    ),
    (
        "Kamerstukken II 2017/18, 34775, nr. 12.",
        "Kamerstukken II 2017/18, 34775, nr. 12",
        "kst-34775-12",
    ),
    (
        "Kamerstukken II 2021–2022, 29 279, nr. 339",
        "Kamerstukken II 2021–2022, 29 279, nr. 339",
        "kst-29279-339",
    ),
    (
        "Kamerstukken II, 2021–2022, 29 279, nr. 353",
        "Kamerstukken II, 2021–2022, 29 279, nr. 353",
        "kst-29279-353",
    ),
    (
        "Kamerstukken II , 2023/24, 28 828, nr. 137.",
        "Kamerstukken II , 2023/24, 28 828, nr. 137",
        "kst-28828-137",
    ),
    (
        "Kamerstukken ll 2023/24, 36 410 XVI, nr. 160.",
        "Kamerstukken ll 2023/24, 36 410 XVI, nr. 160",
        "kst-36410-XVI-160",
    ),
    ("een brief (Kamerstuk 36 471-64) van juni", "Kamerstuk 36 471-64", "kst-36471-64"),
    (
        "over Ambtelijke analyses hoofdlijnenakkoord (36 471-64) op 7 juni 2024.",
        "36 471-64",
        "kst-36471-64",
    ),
    (
        "van LNV, 30 juni 2023 (36 200 XIV, nr. 126).",
        "36 200 XIV, nr. 126",
        "kst-36200-XIV-126",
    ),
    ("van LNV, 24 april 2020 (35 334, nr. 82).", "35 334, nr. 82", "kst-35334-82"),
    (
        "(Kamerstuk 36180, nr. 107), die de regering verzoekt",
        "Kamerstuk 36180, nr. 107",
        "kst-36180-107",
    ),
    (
        "motie Beckerman/Bushoff (Kamerstuk33 529, nr. 1219) over",
        "Kamerstuk33 529, nr. 1219",
        "kst-33529-1219",
    ),
    ("(zie bv. Kamerstuk23 432, nr.502).", "Kamerstuk23 432, nr.502", "kst-23432-502"),
    (
        "(Kamerstuk 23 432,nr.537)is ter ondersteuning",
        "Kamerstuk 23 432,nr.537",
        "kst-23432-537",
    ),
    (
        "(Kamerstuk 36 410 X, nr 49) over uitspreken",
        "Kamerstuk 36 410 X, nr 49",
        "kst-36410-X-49",
    ),
    ("Kamerstuk 33 009 nr. 131.", "Kamerstuk 33 009 nr. 131", "kst-33009-131"),
    ("Kamerstukken 34 104, nr. 382", "Kamerstukken 34 104, nr. 382", "kst-34104-382"),
    (
        "motie Klaver c.s. (Kamerstuk 21501-20-2128) niet uit",
        "Kamerstuk 21501-20-2128",
        "kst-21501-20-2128",
    ),
    (
        "Staat van de Oorlog in Europa, nr. 21501-20-2019) is ook",
        "21501-20-2019",
        "kst-21501-20-2019",
    ),
    (
        "Kamerbrief Staat van de Oorlog in Europa, 21 501-20, nr. 2019",
        "21 501-20, nr. 2019",
        "kst-21501-20-2019",
    ),
    ("11 en 12 juli 2023, 28 676, nr. 440", "28 676, nr. 440", "kst-28676-440"),
    (
        "Tweede Kamer, vergaderjaar 2023–2024, 19 637, nr. 3198",
        "Tweede Kamer, vergaderjaar 2023–2024, 19 637, nr. 3198",
        "kst-19637-3198",
    ),
    (
        "(Zie: Tweede Kamer, 29 638, nr. 104; verder niets)",
        "Tweede Kamer, 29 638, nr. 104",
        "kst-29638-104",
    ),
    (
        "brief aan uw Kamer van 8 juni 2015 (TK 29 984, nr. 604).",
        "TK 29 984, nr. 604",
        "kst-29984-604",
    ),
    (
        "motie Alkaya (Kamerstuk 35 925-A, nr. 68)",
        "Kamerstuk 35 925-A, nr. 68",
        "kst-35925-A-68",
    ),
    ("Kamerstuk 32 404 nr. 3532", "Kamerstuk 32 404 nr. 3532", "kst-32404-3532"),
    ("Kamerstuk, 28 828, nr. 70", "Kamerstuk, 28 828, nr. 70", "kst-28828-70"),
    (
        "5bijlage bij Kamerstuk 32 847, nr. 996",
        "Kamerstuk 32 847, nr. 996",
        "kst-32847-996",
    ),
    ("Kamerstuk 30 821 , nr. 138 .", "Kamerstuk 30 821 , nr. 138", "kst-30821-138"),
    (
        "Kamerstuk\u00a021\u00a0501-20, nr.\u00a01993",
        "Kamerstuk\u00a021\u00a0501-20, nr.\u00a01993",
        "kst-21501-20-1993",
    ),
    ("Eerste Kamer, 36 373, H", "Eerste Kamer, 36 373, H", "kst-36373-H"),
    (
        "Kamerstukken I 2023/24, 36 373, AB.",
        "Kamerstukken I 2023/24, 36 373, AB",
        "kst-36373-AB",
    ),
    (
        "Kamerstukken I, 36 200 VIII, C)",
        "Kamerstukken I, 36 200 VIII, C",
        "kst-36200-VIII-C",
    ),
    (
        "Kamerstukken I/II 2019/20, 35 300, nr. 4",
        "Kamerstukken I/II 2019/20, 35 300, nr. 4",
        "kst-35300-4",
    ),
    (
        "Kamerstuk 33 990 (R2034), nr. 3",
        "Kamerstuk 33 990 (R2034), nr. 3",
        "kst-33990-3",
    ),
    (
        "Kamerstukken I, 35 934 (R2158), D.",
        "Kamerstukken I, 35 934 (R2158), D",
        "kst-35934-D",
    ),
    ("Kamerstuk 26 643-A, nr. 7", "Kamerstuk 26 643-A, nr. 7", "kst-26643-A-7"),
    ("Kamerstuk 31 839, nr. 9 herdruk", "Kamerstuk 31 839, nr. 9", "kst-31839-9"),
    (
        "Kamerstukken II 2003/04, 29 210, 3.",
        "Kamerstukken II 2003/04, 29 210, 3",
        "kst-29210-3",
    ),
    ("zie kst-35925-A-68 en verder", "kst-35925-A-68", "kst-35925-A-68"),
    ("zie kst-29638-104.", "kst-29638-104", "kst-29638-104"),
    (
        "In de beantwoording (Kamerstuk 2024D28457) van vragen",
        "Kamerstuk 2024D28457",
        "2024D28457",
    ),
    ("ChristenUnie-leden (2022D22285), niets doen", "2022D22285", "2022D22285"),
    ("het hele dossier Kamerstuk 31 066 is openbaar", "Kamerstuk 31 066", None),
    ("Kamerstuk 36 200 XIV is aangenomen", "Kamerstuk 36 200 XIV", None),
    (
        "van der Graaf c.s. (Kamerstuk 21 501, nr. 20). Hier",
        "Kamerstuk 21 501, nr. 20",
        None,
    ),
]


@pytest.mark.parametrize(("text", "tekst", "doel"), KAMERSTUKKEN, ids=lambda v: v)
def test_a_kamerstuk_is_named_by_dossier_and_number(
    text: str, tekst: str, doel: str | None
) -> None:
    assert found(text) == [("kamerstuk", tekst, doel)]


@pytest.mark.parametrize(
    ("text", "doelen_"),
    [
        ("Kamerstuk 21 501-02, nrs. 12 en 13", ["kst-21501-02-12", "kst-21501-02-13"]),
        (
            "Kamerstukken II, 25 424, nr. 679, nr. 684 en 685.",
            ["kst-25424-679", "kst-25424-684", "kst-25424-685"],
        ),
        (
            "Kamerstuk 25 424, nrs. 3 t/m 5",
            ["kst-25424-3", "kst-25424-4", "kst-25424-5"],
        ),
        (
            "Kamerstuk 29 282, nr. 521 en 31 765, nr. 700",
            ["kst-29282-521", "kst-31765-700"],
        ),
        (
            "(Kamerstukken II 2021/22,36 021, nr.6; I 2022/23, 36 021, B).",
            ["kst-36021-6", "kst-36021-B"],
        ),
        (
            "(Zie: Tweede Kamer, 29 638, nr. 104; Tweede Kamer, 29 638, nr. 105)",
            ["kst-29638-104", "kst-29638-105"],
        ),
        (
            "Kamerstuk 29 282, nr. 12 en nr. 13 van de Minister",
            ["kst-29282-12", "kst-29282-13"],
        ),
        ("Kamerstukken 26 643 en 32 761, nr. 500", [None]),
        ("Kamerstukken I 2016/17, 34 550 VI, nr. A", ["kst-34550-VI-A"]),
        # the number of a paper in two dossiers is that of the first
        ("Kamerstuk 29 629, 32 761, nr. 1156", ["kst-29629-1156", None]),
        (
            "mijn begeleidende brief (25 087 / 31 066, nr.191) bij",
            ["kst-25087-191", None],
        ),
        ("Kamerstuk 29 282, nr. 521 en 2 oktober 2024", ["kst-29282-521"]),
        ("Kamerstuk 29 282, nr. 521, 12 mei 2023", ["kst-29282-521"]),
        ("Kamerstuk 29 282, nr. 521. 300 mensen", ["kst-29282-521"]),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_several_numbers_are_several_kamerstukken(
    text: str, doelen_: list[str | None]
) -> None:
    assert doelen(text, "kamerstuk") == doelen_


AANHANGSELS = [
    (
        "Aanhangsel Handelingen, vergaderjaar 2018–2019, nr. 3932, en",
        ["ah-tk-20182019-3932"],
    ),
    (
        "Aanhangsel Handelingen II, vergaderjaar 2023–2024, nr. 869.",
        ["ah-tk-20232024-869"],
    ),
    ("Aanhangsel Handelingen II 2007/08, 1234", ["ah-tk-20072008-1234"]),
    ("Aanhangsel Handelingen I 2019/20, nr. 4", ["ah-ek-20192020-4"]),
    (
        "Aanhangsel van de Handelingen, vergaderjaar 2010–2011, nr. 12.",
        ["ah-tk-20102011-12"],
    ),
    ("Aanhangsel der Handelingen II 1999/2000, nr. 77", ["ah-tk-19992000-77"]),
    (
        "Aanhangsel Handelingen Tweede Kamer, vergaderjaar 2017–2018, nr. 1394",
        ["ah-tk-20172018-1394"],
    ),
    ("Aanhangsel Handelingen,vergaderjaar 2024–2025,nr. 318", ["ah-tk-20242025-318"]),
    ("AanhangselHandelingen, vergaderjaar2023–2024, nr. 1673", ["ah-tk-20232024-1673"]),
    ("Aanhangsel Handelingen, verga- derjaar 2018–2019, nr. 5", ["ah-tk-20182019-5"]),
    ("Aanhang-sel Handelin-gen, verga-derjaar 2018–2019, nr. 5", ["ah-tk-20182019-5"]),
    ("Kamervragen (Aanhangsel) 2020–2021, nr. 2345).", ["ah-tk-20202021-2345"]),
    (
        "Aanhangsel Handelingen, vergaderjaar 2023-2024, nrs. 12 en 13",
        ["ah-tk-20232024-12", "ah-tk-20232024-13"],
    ),
    (
        "Aanhangsels Handelingen, vergaderjaar 2023–2024, nr. 1767 en 1775.",
        ["ah-tk-20232024-1767", "ah-tk-20232024-1775"],
    ),
    (
        "Aanhangsel Handelingen, vergaderjaar 2019–2020, nr. 584, Aanhangsel Handelingen, vergaderjaar 2021–2022, nr. 1410 en Aanhangsel Handelingen, vergaderjaar 2022–2023, nr. 1943",
        ["ah-tk-20192020-584", "ah-tk-20212022-1410", "ah-tk-20222023-1943"],
    ),
    (
        "Aanhangsel Handelingen, vergaderjaar 2018–2019, nr. 3 en vergaderjaar 2019–2020, nr. 4.",
        ["ah-tk-20182019-3", "ah-tk-20192020-4"],
    ),
    (
        "Aanhangsel Handelingen nr. 1234, vergaderjaar 2020–2021",
        ["ah-tk-20202021-1234"],
    ),
    ("(Aanhangsel Handelingen, vergaderjaar 2022–203, nr. 844)", [None]),
    ("Aanhangsel Handelingen, vergaderjaar 2018–2018, nr. 8", [None]),
    ("zie ah-tk-20152016-537 hierover", ["ah-tk-20152016-537"]),
    ("(zie bv. ah-tk-20202021–2345,Kamervragen)", ["ah-tk-20202021-2345"]),
    ("Kamerstuk; ah-tk-2017–2018, nr.2509).", ["ah-tk-20172018-2509"]),
]


@pytest.mark.parametrize(
    ("text", "doelen_"), AANHANGSELS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_an_aanhangsel_is_named_by_year_and_number(
    text: str, doelen_: list[str | None]
) -> None:
    assert doelen(text, "aanhangsel") == doelen_
    assert len(found(text)) == len(doelen_)


def test_the_publication_says_which_kamer_is_meant_where_the_text_does_not() -> None:
    text = "Aanhangsel Handelingen, vergaderjaar 2018–2019, nr. 3"
    assert found(text, kamer="ek")[0][2] == "ah-ek-20182019-3"


OTHERS = [
    (
        "Handelingen II 2023/24, nr. 45, item 7.",
        "handelingen",
        "Handelingen II 2023/24, nr. 45, item 7",
        "h-tk-20232024-45-7",
    ),
    (
        "Handelingen Tweede Kamer, vergaderjaar 2019–2020, nr. 12, item 4",
        "handelingen",
        "Handelingen Tweede Kamer, vergaderjaar 2019–2020, nr. 12, item 4",
        "h-tk-20192020-12-4",
    ),
    (
        "Handelingen II, vergaderjaar 2019–2020, nr. 28, item 3",
        "handelingen",
        "Handelingen II, vergaderjaar 2019–2020, nr. 28, item 3",
        "h-tk-20192020-28-3",
    ),
    (
        "Handelingen I 2021/22, nr. 3, item 8",
        "handelingen",
        "Handelingen I 2021/22, nr. 3, item 8",
        "h-ek-20212022-3-8",
    ),
    (
        "Handelingen II, vergaderjaar 2024–2025, nr. 8",
        "handelingen",
        "Handelingen II, vergaderjaar 2024–2025, nr. 8",
        None,
    ),
    (
        "Handelingen II 2003/04, nr. 45, blz. 1234",
        "handelingen",
        "Handelingen II 2003/04, nr. 45",
        None,
    ),
    (
        "zie h-tk-20192020-28-3.",
        "handelingen",
        "h-tk-20192020-28-3",
        "h-tk-20192020-28-3",
    ),
    (
        "(Staatsblad 2020, 118). Bij",
        "staatsblad",
        "Staatsblad 2020, 118",
        "stb-2020-118",
    ),
    ("(Stb. 2020, 118)", "staatsblad", "Stb. 2020, 118", "stb-2020-118"),
    ("Stb. 2020, nr. 118", "staatsblad", "Stb. 2020, nr. 118", "stb-2020-118"),
    ("Staatsblad 2004, 314", "staatsblad", "Staatsblad 2004, 314", "stb-2004-314"),
    ("Stb.2017, 52", "staatsblad", "Stb.2017, 52", "stb-2017-52"),
    ("zie stb-2020-118", "staatsblad", "stb-2020-118", "stb-2020-118"),
    (
        "Stcrt. 2021, nr. 12345",
        "staatscourant",
        "Stcrt. 2021, nr. 12345",
        "stcrt-2021-12345",
    ),
    (
        "Staatscourant 2021, 12345",
        "staatscourant",
        "Staatscourant 2021, 12345",
        "stcrt-2021-12345",
    ),
    ("Stcrt. 2002, 120", "staatscourant", "Stcrt. 2002, 120", None),
    ("zie stcrt-2021-12345", "staatscourant", "stcrt-2021-12345", "stcrt-2021-12345"),
    ("het voorstel COM(2021) 206 van", "eu", "COM(2021) 206", "COM(2021)206"),
    ("het voorstel COM (2020) 682 final", "eu", "COM (2020) 682 final", "COM(2020)682"),
    ("JOIN(2020) 18", "eu", "JOIN(2020) 18", "JOIN(2020)18"),
    ("Richtlijn 2004/38/EG van", "eu", "Richtlijn 2004/38/EG", "32004L0038"),
    ("Richtlijn 93/13/EEG", "eu", "Richtlijn 93/13/EEG", "31993L0013"),
    ("Richtlijn (EU) 2019/1937", "eu", "Richtlijn (EU) 2019/1937", "32019L1937"),
    (
        "de Ontbossingswet (Verordening (EU) 2023/1115)), waar",
        "eu",
        "Verordening (EU) 2023/1115",
        "32023R1115",
    ),
    (
        "Verordening (EG) nr. 883/2004",
        "eu",
        "Verordening (EG) nr. 883/2004",
        "32004R0883",
    ),
    (
        "Verordening (EG) nr. 2201/2003",
        "eu",
        "Verordening (EG) nr. 2201/2003",
        "32003R2201",
    ),
    (
        "Verordening (EEG) nr. 1408/71",
        "eu",
        "Verordening (EEG) nr. 1408/71",
        "31971R1408",
    ),
    (
        "Verordening (EU) nr. 604/2013",
        "eu",
        "Verordening (EU) nr. 604/2013",
        "32013R0604",
    ),
    ("Verordening 2016/679", "eu", "Verordening 2016/679", "32016R0679"),
    ("Verordening (EU) 2016/2031", "eu", "Verordening (EU) 2016/2031", "32016R2031"),
    (
        "Uitvoeringsverordening (EU) 2020/1201",
        "eu",
        "Uitvoeringsverordening (EU) 2020/1201",
        "32020R1201",
    ),
    ("Besluit (GBVB) 2014/145", "eu", "Besluit (GBVB) 2014/145", "32014D0145"),
    ("Kaderbesluit 2002/584/JBZ", "eu", "Kaderbesluit 2002/584/JBZ", "32002F0584"),
    ("Besluit nr. 1313/2013/EU", "eu", "Besluit nr. 1313/2013/EU", "32013D1313"),
    ("de procedure 2023/0234 (COD)", "eu", "2023/0234 (COD)", "2023/0234(COD)"),
    ("CELEX 32016R0679", "eu", "32016R0679", "32016R0679"),
    ("arrest ECLI:EU:C:2019:622.", "eu", "ECLI:EU:C:2019:622", "ECLI:EU:C:2019:622"),
    (
        "(ABRS 2 oktober2024, ECLI:NL:RVS:2024:3946) gedaan",
        "uitspraak",
        "ECLI:NL:RVS:2024:3946",
        "ECLI:NL:RVS:2024:3946",
    ),
    (
        "ECLI:NL:RBZWB:2014:5503.",
        "uitspraak",
        "ECLI:NL:RBZWB:2014:5503",
        "ECLI:NL:RBZWB:2014:5503",
    ),
    ("de eerdere vraag 2024Z14250 hierover", "zaak", "2024Z14250", "2024Z14250"),
    ("2024Z 14250", "zaak", "2024Z 14250", "2024Z14250"),
    ("(kenmerk 2024 Z14250)", "zaak", "2024 Z14250", "2024Z14250"),
    ("3 2024Z15585", "zaak", "2024Z15585", "2024Z15585"),
    ("vraagnummer 2070812345", "zaak", "vraagnummer 2070812345", "2070812345"),
    ("de vraag-nummer 2024Z14250", "zaak", "2024Z14250", "2024Z14250"),
    (
        "zie http://www.elsevier.nl.",
        "url",
        "http://www.elsevier.nl",
        "http://www.elsevier.nl",
    ),
    ("(zie www.swab.nl)", "url", "www.swab.nl", "www.swab.nl"),
    (
        "NOS, nos.nl/artikel/2505780-werkgevers, gezien",
        "url",
        "nos.nl/artikel/2505780-werkgevers",
        "nos.nl/artikel/2505780-werkgevers",
    ),
    (
        "https://zoek.officielebekendmakingen.nl/kst-29638-104.html",
        "url",
        "https://zoek.officielebekendmakingen.nl/kst-29638-104.html",
        "https://zoek.officielebekendmakingen.nl/kst-29638-104.html",
    ),
    (
        "https://www.tweedekamer.nl/detail?id=2022Z25169",
        "url",
        "https://www.tweedekamer.nl/detail?id=2022Z25169",
        "https://www.tweedekamer.nl/detail?id=2022Z25169",
    ),
]


@pytest.mark.parametrize(("text", "soort", "tekst", "doel"), OTHERS, ids=lambda v: v)
def test_other_things_are_referred_to_in_these_words(
    text: str, soort: str, tekst: str, doel: str | None
) -> None:
    assert found(text) == [(soort, tekst, doel)]


def test_directives_in_a_row_are_one_each() -> None:
    text = "de Richtlijnen 2004/38/EG en 2003/86/EG"
    assert doelen(text, "eu") == ["32004L0038", "32003L0086"]


@pytest.mark.parametrize(
    "text",
    [
        "op grond van artikel 12, nr. 3 van de wet",
        "Zie het antwoord op vraag 8.",
        "Zie ook het antwoord op vraag 8 en 9.",
        "bel 070-318 3000 of 06 12 34 56 78",
        "een bedrag van € 35 334, nr. 2 op de lijst",
        "in totaal 35 334 huishoudens en 21 501 bedrijven",
        "ISSN 0921 - 7398 ’s-Gravenhage 2024",
        "op 24 april 2020 en op 2020-04-24",
        "tussen 2018-2019 en 2023/2024",
        "Aanhangsel van de Handelingen",
        "Tweede Kamer, vergaderjaar 2021–2022, Aanhangsel 4",
        "de Staatscommissie Demografische Ontwikkelingen 2050 bericht",
        "het Staatsblad van 2020",
        "de Algemene Plaatselijke Verordening Leusden 2025",
        "de Algemene verordening gegevensbescherming (AVG)",
        "uit de OESO-richtlijnen van 2011",
        "het Besluit 2019/12 van de gemeente",
        "lijst van alle Kamerstukken over deze zaak",
        "behandelingen 2019/20, nr. 3, item 2 in de kliniek",
        "Discriminatie.nl/Fryslân/Tumba heeft en/of kreeg",
        "een e-mail aan info@voorbeeld.nl/",
        "1234AB Den Haag, Postbus 20 018",
        "in de periode 2016/679 dagen",
        "de Kamer telt 150 leden (35 334)",
        "COM (2020)",
        "vraag 2024, 14250 keer gesteld",
    ],
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert found(text) == []


def test_its_own_numbers_are_no_references() -> None:
    text = "vraag 2024Z11859 en ah-tk-20232024-1770; zie 2024Z11860"
    assert found(text, zaaknummers=("2024Z11859",)) == [
        ("zaak", "2024Z11860", "2024Z11860")
    ]


TOELICHTING = (
    "Deze vragen dienen ter aanvulling op eerdere vragen terzake van de leden "
    "Van Nispen (SP) en Bamenga (D66), ingezonden 25 september 2024 "
)


@pytest.mark.parametrize(
    ("named", "doel"),
    [
        ("(vraagnummer 2024Z14250).", "2024Z14250"),
        ("(vraag-nummer 2024Z14250).", "2024Z14250"),
        ("(vraagnummer2024Z14250).", "2024Z14250"),
        ("(vraagnummer 2070812345).", "2070812345"),
        (". Zie Aanhangsel Handelingen II 2007/08, 12.", "ah-tk-20072008-12"),
    ],
)
def test_a_toelichting_names_the_questions_that_these_are_an_addition_to(
    named: str, doel: str
) -> None:
    (one,) = verwijzingen(publicatie(toelichting=TOELICHTING + named))
    assert (one.soort, one.doel) == (Verwijzingsoort.AANVULLING_OP, doel)
    assert (one.deel, one.deel_volgorde) == (Deel.TOELICHTING, None)


def test_a_question_can_say_what_it_follows_up() -> None:
    vraag = Blok(
        label="Vraag 1",
        nummers=("1",),
        tekst="Vervolg op vragen met nummer 2018Z04835: klopt 2018Z04835?",
    )
    found_ = verwijzingen(publicatie(vragen=(vraag,)))
    assert [one.soort for one in found_] == [Verwijzingsoort.AANVULLING_OP]


def test_an_answer_that_adds_to_a_letter_is_no_addition_to_questions() -> None:
    text = "In aanvulling op de antwoorden op vragen (2023Z01234) meld ik"
    assert found(text) == [("zaak", "2023Z01234", "2023Z01234")]


def test_the_line_zie_ook_comes_first_and_the_rest_in_reading_order() -> None:
    stuk = "Kamerstuk 36 180, nr. {}"
    whole = publicatie(
        stuk.format(3),
        zie_ook=(ZieOok(vergaderjaar="2023-2024", aanhangselnummer=2147),) * 2,
        onderwerp=stuk.format(1),
        vragen=(Blok(label="Vraag 1", nummers=("1",), tekst=stuk.format(2)),),
        mededeling=stuk.format(4),
        toelichting=stuk.format(5),
        bijlagen=(Bijlage(label="Bijlage", tekst=stuk.format(6)),),
        noten=(
            Noot(nummer="1", tekst="niets"),
            Noot(nummer="2", tekst=stuk.format(7)),
        ),
    )
    found_ = [
        (one.soort.value, one.doel, one.deel.value, one.deel_volgorde)
        for one in verwijzingen(whole)
    ]
    assert found_ == [
        ("zie ook", "ah-tk-20232024-2147", "kop", None),
        ("kamerstuk", "kst-36180-1", "kop", None),
        ("kamerstuk", "kst-36180-2", "vraag", 1),
        ("kamerstuk", "kst-36180-3", "antwoord", 1),
        ("kamerstuk", "kst-36180-4", "mededeling", None),
        ("kamerstuk", "kst-36180-5", "toelichting", None),
        ("kamerstuk", "kst-36180-6", "bijlage", 1),
        ("kamerstuk", "kst-36180-7", "noot", 2),
    ]


def test_zie_ook_reads_as_the_publisher_prints_it() -> None:
    other = ZieOok(vergaderjaar="2023-2024", aanhangselnummer=2147)
    (one,) = verwijzingen(publicatie(zie_ook=(other,)))
    assert one.tekst == "Aanhangsel Handelingen, vergaderjaar 2023-2024, nr. 2147"


def test_what_is_named_twice_in_a_part_is_one_reference() -> None:
    text = "Kamerstuk 36 180, nr. 107; later (Kamerstuk 36180, nr. 107)"
    assert found(text) == [("kamerstuk", "Kamerstuk 36 180, nr. 107", "kst-36180-107")]


def test_a_note_refers_to_the_addresses_that_its_markup_holds() -> None:
    noot = Noot(
        nummer="1",
        tekst="FD, 17 december 2014: fd.nl/economie, Kamerstuk 36 180, nr. 107",
        urls=("http://fd.nl/economie", "http://elders.nl"),
    )
    found_ = verwijzingen(publicatie(noten=(noot,)))
    assert [(one.soort.value, one.doel) for one in found_] == [
        ("kamerstuk", "kst-36180-107"),
        ("url", "http://fd.nl/economie"),
        ("url", "http://elders.nl"),
    ]


def test_an_address_that_is_too_long_is_told_but_is_no_target() -> None:
    (one,) = verwijzingen(publicatie("https://a.nl/" + "x" * 2000))
    assert one.doel is None
    assert len(one.tekst) == LONGEST_TEKST


def test_a_text_of_several_lines_is_read_like_any_other() -> None:
    assert found("Zie\nKamerstuk 36 180, nr. 107\nen\nStb. 2020, 118") == [
        ("kamerstuk", "Kamerstuk 36 180, nr. 107", "kst-36180-107"),
        ("staatsblad", "Stb. 2020, 118", "stb-2020-118"),
    ]


DOSSIERS = st.integers(10_000, 39_999).filter(lambda n: n != 21501)
NUMBERS = st.integers(1, 9999)
YEARS = st.integers(1995, 2098)
TOEVOEGINGEN = st.sampled_from(["", "XIV", "VIII", "X"])


@given(DOSSIERS, TOEVOEGINGEN, NUMBERS, YEARS)
def test_a_kamerstuk_is_found_in_every_style(
    dossier: int, toevoeging: str, number: int, year: int
) -> None:
    wanted = "-".join(filter(None, ("kst", str(dossier), toevoeging, str(number))))
    spaced = f"{dossier // 1000} {dossier % 1000:03d}"
    jaar = f"{year}/{(year + 1) % 100:02d}"
    heads = ("", "Kamerstuk ", "Kamerstukken II ", f"Kamerstukken II {jaar}, ")
    for head, base, nr in product(
        heads, (spaced, str(dossier)), (", nr. ", ",nr.", " nr ")
    ):
        text = f"zie ({head}{base}{toevoeging and ' ' + toevoeging}{nr}{number})."
        assert doelen(text, "kamerstuk") == [wanted]


@given(YEARS, NUMBERS, st.sampled_from(["", " II", " van de Handelingen"]))
def test_an_aanhangsel_is_found_in_every_style(year: int, number: int, of: str) -> None:
    name = "Aanhangsel" + (of if "van" in of else f" Handelingen{of}")
    following = year + 1
    for jaar in (
        f"{year}–{following}",
        f"{year}-{following}",
        f"{year}/{following % 100:02d}",
    ):
        for text in (
            f"{name}, vergaderjaar {jaar}, nr. {number}.",
            f"{name} {jaar}, {number}",
            f"ah-tk-{year}{following}-{number}",
        ):
            wanted = f"ah-tk-{year}{following}-{number}"
            assert [d for _, _, d in found(text, identifier=None)] == [wanted]


@given(YEARS.filter(lambda year: year >= 2010), NUMBERS)
def test_a_number_of_an_official_journal_is_found_in_every_style(
    year: int, number: int
) -> None:
    for text in (f"Stb. {year}, {number}", f"Staatsblad {year}, nr. {number}"):
        assert doelen(text, "staatsblad") == [f"stb-{year}-{number}"]
    for text in (f"Stcrt. {year}, {number}", f"stcrt-{year}-{number}"):
        assert doelen(text, "staatscourant") == [f"stcrt-{year}-{number}"]


@given(st.text(max_size=300))
def test_any_text_gives_clean_references(text: str) -> None:
    for one in verwijzingen(publicatie(text, onderwerp=text)):
        assert 0 < len(one.tekst) <= LONGEST_TEKST
        assert one.doel is None or 0 < len(one.doel) <= LONGEST_DOEL


PIECES = (
    "Kamerstuk 21 501-02, ", "35 334, ", "(35 334-", "nr. 1 en ", "I 2020/21, 35 334",
    "Aanhangsel Handelingen, vergaderjaar 2018", "Aanhang-", "Aanhangsel nr. 1, 2, ",
    "Handelin-", "a.", "http://", "http://a.nl/)", "http://a.nl/((((", "www.", "COM (",
    "Verordening (EU) nr. ", "besluit 1/2 ", "1/", "ECLI:NL:", "CELEX 32016R", "2024Z",
    "aanvulling op vra 2024Z14250 ", "Stb. 2020, 1 ", "vraagnummer 1234567 en ",
    "kst-12345-", "ah-tk-2018", "Kamerstuk   ", "TK, ", "1", "K",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_made_to_keep_a_search_busy_is_read_as_well(piece: str) -> None:
    text = "0000 00 000 / www " + piece * (300_000 // len(piece))
    assert len(verwijzingen(publicatie(text))) <= MOST
