"""Headings made of real names, rendered in every style, are read back exactly."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from reading import parse_blocks
from rendering import printed

from etl.documents.block import Block, Kind
from etl.documents.grammar.kop import parse_kop
from etl.documents.grammar.normalise import normalised
from etl.model.lookup import Lookup, Periode, Register, folded

TABLE = Path(__file__).parents[2] / "sql" / "reference" / "ministerie.tsv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines(), delimiter="\t"))
MINISTERIES = sorted(
    {
        ("voor" if row["soort"] == "minister voor" else "van", row["naam"])
        for row in ROWS
        if not row["tot"] or row["tot"] >= "2010"
    }
)
NASLAG = Lookup(
    ministeries=Register.of(
        (spelling, Periode(folded(row["naam"])))
        for row in ROWS
        for spelling in row["varianten"].split("|")
    )
)
NAMES = (
    "Podt|Van der Lee|Inge van Dijk|Faber-van de Klashorst|Romke de Jong|El Abassi"
    "|Martens-America|Van ’t Wout|Kostić|d’Hondt|Baay-Timmerman|J. de Vries|Öztürk"
    "|Faber – van de Klashorst|Tjeerd de Groot|IJzerman|Van den Hil|Mei Li Vos"
).split("|")
PARTIES = (
    "D66|VVD|GroenLinks-PvdA|50PLUS|Nieuw Sociaal Contract|Groep Van Haga|BIJ1|FvD"
    "|Groep Kuzu/Öztürk|ChristenUnie|Lid Omtzigt|JA21"
).split("|")
MINISTERS = (
    "Hoekstra|Van Weel|De Jonge|Bruins Slot|Yeşilgöz-Zegerius|Faber – van de Klashorst"
    "|Van der Wal-Zeggelink|Szabó|Grapperhaus"
).split("|")
SUBJECTS = (
    "de TOZO|het bericht «Wat nu?»|«Ontslag: het hele team» (en dat)|NAVO-verplichtingen"
    "|de brief aan de Minister van Defensie over drones|analyse(s) van het akkoord"
    "|de vragen van het lid Kat (ingezonden 4 mei 2020)|een ingezonden brief"
).split("|")

DIFFERENT = itemgetter(0, 2)
"""One office printed twice is one office."""

Member = tuple[str, str]
Office = tuple[str, str, str]
"""Functie, "van" or "voor", ministerie."""

FEWER = settings().max_examples // 2
"""Drawing a whole heading is slow."""

days = st.dates(date(2010, 1, 1), date(2030, 12, 31))
groups = st.tuples(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), st.sampled_from(PARTIES)
)
offices = st.tuples(
    st.sampled_from(("Minister", "Staatssecretaris")), st.sampled_from(MINISTERIES)
).map(lambda drawn: (drawn[0], *drawn[1]))


@dataclass(frozen=True)
class Drawn:
    """What a heading says, and the sentences that say it."""

    text: str
    members: list[Member]
    asked: list[Office]
    answering: list[tuple[str, Office]]
    along: list[Office]
    subject: str
    sent: date
    received: date


def listed(parts: list[str]) -> str:
    return " en ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def group(names: list[str], party: str) -> str:
    shared = {1: "", 2: "beiden "}.get(len(names), "allen ")
    return f"{listed(names)} ({shared}{party})"


def one_by_one(whom: list[Office]) -> str:
    return listed([f"de {office} {of} {name}" for office, of, name in whom])


def together(whom: list[Office]) -> str:
    """ "de Ministers van A, voor B en van C en de Staatssecretaris van D"."""
    plurals = {"Minister": "Ministers", "Staatssecretaris": "Staatssecretarissen"}
    parts = []
    for functie, plural in plurals.items():
        names = [f"{of} {name}" for office, of, name in whom if office == functie]
        word = functie if len(names) == 1 else plural
        parts += [f"de {word} {listed(names)}"] if names else []
    return " en ".join(parts)


@st.composite
def headings(draw: st.DrawFn) -> Drawn:
    shared = draw(st.lists(groups, min_size=1, max_size=3))
    asked = draw(st.lists(offices, min_size=1, max_size=4, unique_by=DIFFERENT))
    who = draw(
        st.lists(st.tuples(st.sampled_from(MINISTERS), offices), min_size=1, max_size=2)
    )
    along = draw(st.lists(offices, max_size=3, unique_by=DIFFERENT))
    if draw(st.booleans()):
        asked, along = (sorted(some, key=lambda one: one[0]) for some in (asked, along))
        render = together
    else:
        render = one_by_one
    subject, sent, received = draw(st.sampled_from(SUBJECTS)), draw(days), draw(days)
    opening = draw(
        st.sampled_from(
            ("Vragen van de leden", "Vraag van het lid", "Nadere vragen van het lid")
        )
    )
    day_sent = draw(
        st.sampled_from(("(ingezonden {}).", "(ingezonden {})", ", ingezonden {}."))
    )
    if "ingezonden" in subject:
        day_sent = "(ingezonden {})."
    day_received = draw(
        st.sampled_from(
            ("(ontvangen {}).", "(ontvangen (ontvangen {}).", ", ontvangen {}")
        )
    )
    also = (
        f"{draw(st.sampled_from((', ', ' ')))}mede namens {render(along)}"
        if along
        else ""
    )
    answer = draw(st.sampled_from((" en ", " en van ", " en antwoord van "))).join(
        f"{office} {name} ({ministerie})" for name, (office, _, ministerie) in who
    )
    text = (
        f"{opening} {listed([group(*one) for one in shared])} aan {render(asked)} over "
        f"{subject} {day_sent.format(printed(sent))} Antwoord van {answer}{also} "
        f"{day_received.format(printed(received))}"
    )
    members = [(name, party) for names, party in shared for name in names]
    return Drawn(text, members, asked, who, along, subject, sent, received)


@given(headings())
@settings(max_examples=FEWER)
def test_a_heading_of_real_names_is_read_back(drawn: Drawn) -> None:
    kop = parse_kop(drawn.text)
    assert [(one.naam, one.fractie) for one in kop.indieners] == drawn.members
    assert [(one.functie, one.ministerie) for one in kop.gericht_aan] == [
        (office, name) for office, _, name in drawn.asked
    ]
    assert [(one.naam, one.functie, one.ministerie) for one in kop.bewindspersonen] == [
        *((naam, office, name) for naam, (office, _, name) in drawn.answering),
        *((None, office, name) for office, _, name in drawn.along),
    ]
    assert (kop.onderwerp, kop.ingezonden, kop.ontvangen, kop.signalen) == (
        drawn.subject,
        drawn.sent,
        drawn.received,
        (),
    )


@given(headings(), st.integers(0, 10_000))
@settings(max_examples=FEWER)
def test_a_lost_blank_loses_no_date_or_ministry_unseen(
    drawn: Drawn, place: int
) -> None:
    blanks = [n for n, sign in enumerate(drawn.text) if sign == " "]
    cut = blanks[place % len(blanks)]
    text = drawn.text[:cut] + drawn.text[cut + 1 :]
    publicatie = normalised(parse_blocks([Block(kind=Kind.HEADING, text=text)]), NASLAG)
    codes = {flag.code for flag in publicatie.signalen} - {"vragen_ontbreken"}
    whole = (
        (publicatie.ingezonden, publicatie.ontvangen) == (drawn.sent, drawn.received)
        and [folded(one.ministerie or "") for one in publicatie.gericht_aan]
        == [folded(name) for _, _, name in drawn.asked]
        and [folded(one.ministerie or "") for one in publicatie.bewindspersonen]
        == [folded(name) for _, (_, _, name) in drawn.answering]
        + [folded(name) for _, _, name in drawn.along]
    )
    flagged = codes - {
        "fractie_onbekend",
        "antwoord_ontbreekt",
        "ontvangen_voor_ingezonden",
    }
    assert whole or flagged, text
