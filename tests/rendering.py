"""Publications as the modern XML and the HTML that the publisher would make of them."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape, quoteattr

from etl.model.publicatie import (
    Ambt,
    Bewindspersoon,
    Blok,
    Indiener,
    Noot,
    Publicatie,
    Rol,
)

MONTHS = (
    "januari februari maart april mei juni "
    "juli augustus september oktober november december"
).split()
NOTE = "\x02{}\x03"
"""Where a text refers to a note: `NOTE.format("1")`; no database takes such signs."""


def document(inner: str, number: str = "1", kop: str = "") -> bytes:
    """Modern XML around vraag and antwoord elements, 2020-2021 in the Tweede Kamer."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<officiele-publicatie>
 <metadata><meta name="OVERHEIDop.externMetadataRecord" scheme=""
  content="https://zoek.officielebekendmakingen.nl/ah-tk-20202021-{number}/metadata.xml"/>
 </metadata>
 <kamervragen>
  <kamervraagkop>
   <tekstregel inhoud="vergaderjaar">Vergaderjaar 2020-2021</tekstregel>
   <tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
   <tekstregel inhoud="kamernummer">2</tekstregel>
  </kamervraagkop>
  <kamervraagnummer>{number}</kamervraagnummer>
  {kop or HEADING}
{inner}
 </kamervragen>
</officiele-publicatie>""".encode()


HEADING = """<kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>
Podt</achternaam></naam> (D66) aan de Minister van Financiën over <kamervraagonderwerp>geld
</kamervraagonderwerp> (ingezonden <datum isodatum="2021-06-03">3 juni 2021</datum>).
</kamervraagomschrijving><kamervraagomschrijving type="antwoord">Antwoord van Minister
<naam><achternaam>Hoekstra</achternaam></naam> (<organisatie>Financiën</organisatie>)
(ontvangen <datum isodatum="2021-06-21">21 juni 2021</datum>).</kamervraagomschrijving>"""


def as_xml(publicatie: Publicatie) -> bytes:
    """Notes stand where `NOTE` marks them in the texts."""
    notes = {noot.nummer: noot for noot in publicatie.noten}
    inner = "".join(
        f"<{kind}><nr status='officieel'>{escape(blok.label)}</nr>"
        f"<al>{_marked(blok.tekst, notes)}</al></{kind}>\n"
        for kind, blokken in (
            ("vraag", publicatie.vragen),
            ("antwoord", publicatie.antwoorden),
        )
        for blok in blokken
    )
    kop = "".join(
        f"<kamervraagomschrijving>{escape(text)}</kamervraagomschrijving>"
        for text in sentences(publicatie)
    )
    return document(inner, str(publicatie.aanhangselnummer), kop)


def _marked(text: str, notes: dict[str, Noot]) -> str:
    text = escape(text)
    for number, noot in notes.items():
        links = "".join(
            f"<extref soort='URL' doc={quoteattr(url)}></extref>" for url in noot.urls
        )
        element = (
            f"<noot id='n{number}' type='voet'><noot.nr>{number}</noot.nr>"
            f"<noot.al>{escape(noot.tekst)}{links}</noot.al></noot>"
        )
        text = text.replace(NOTE.format(number), element)
    return text


def sentences(publicatie: Publicatie) -> list[str]:
    """The heading as printed."""
    asked = (
        f"Vragen van de leden {_members(publicatie.indieners)} aan "
        f"{_offices(publicatie.gericht_aan)} over {publicatie.onderwerp} "
        f"(ingezonden {printed(publicatie.ingezonden)})."
    )
    main = [p for p in publicatie.bewindspersonen if p.rol is Rol.ANTWOORD]
    along = [p for p in publicatie.bewindspersonen if p.rol is Rol.MEDE_NAMENS]
    who = " en ".join(_person(person) for person in main)
    also = f", mede namens {_offices(along)}" if along else ""
    see = "".join(
        f" Zie ook Aanhangsel Handelingen, vergaderjaar "
        f"{z.vergaderjaar.replace('-', '–')}, nr. {z.aanhangselnummer}."
        for z in publicatie.zie_ook
    )
    received = printed(publicatie.ontvangen)
    return [asked, f"Antwoord van {who}{also} (ontvangen {received}).{see}"]


def _members(members: tuple[Indiener, ...]) -> str:
    return _list([f"{member.naam} ({member.fractie})" for member in members])


def _offices(offices: tuple[Ambt, ...] | list[Bewindspersoon]) -> str:
    return _list([f"de {office.functie} van {office.ministerie}" for office in offices])


def _person(person: Bewindspersoon) -> str:
    return f"{person.functie} {person.naam} ({person.ministerie})"


def _list(parts: list[str]) -> str:
    return " en ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def printed(moment: date | None) -> str:
    assert moment is not None
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def without_marks(blok: Blok) -> Blok:
    """The block as a reader gives it back."""
    text = blok.tekst
    while "\x02" in text:
        before, _, rest = text.partition("\x02")
        text = before + rest.partition("\x03")[2]
    return Blok(label=blok.label, nummers=blok.nummers, tekst=" ".join(text.split()))
