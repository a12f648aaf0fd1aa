"""Publications as the modern XML and the HTML that the publisher would make of them."""

from __future__ import annotations

import re
import textwrap
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from etl.model.publicatie import (
    Ambt,
    Bewindspersoon,
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


PARAGRAPH = "\x04"
"""Between two paragraphs of a text."""


def as_xml(publicatie: Publicatie) -> bytes:
    """Notes stand where `NOTE` marks them in the texts."""
    noten = {noot.nummer: _xml_note(noot) for noot in publicatie.noten}
    inner = "".join(
        f"<{element}><nr status='officieel'>{escape(label)}</nr>"
        f"{''.join(f'<al>{text}</al>' for text in _marked(tekst, noten))}</{element}>\n"
        for element, label, tekst in in_order(publicatie)
    )
    kop = "".join(
        f"<kamervraagomschrijving>{escape(text)}</kamervraagomschrijving>"
        for text in sentences(publicatie)
    )
    return document(inner, str(publicatie.aanhangselnummer), kop)


def _xml_note(noot: Noot) -> str:
    text = _linked(noot, "<extref soort='URL' doc={0}>{1}</extref>")
    return (
        f"<noot id='n{noot.nummer}' type='voet'><noot.nr>{noot.nummer}</noot.nr>"
        f"<noot.al>{text}</noot.al></noot>"
    )


def as_html(publicatie: Publicatie) -> bytes:
    """The publisher's page: notes behind the text."""
    noten = {
        n.nummer: f'<a class="nootnum supernote-click-n{n.nummer}" '
        f'href="#n{n.nummer}">{n.nummer}</a>'
        for n in publicatie.noten
    }
    kop = "".join(
        f'<h1 class="kamervraagomschrijving_kop no-toc">{escape(text)}</h1>'
        for text in sentences(publicatie)
    )
    blocks = "".join(
        f'<div class="{element}"><h2 class="stuktitel no-toc">{escape(label)}</h2>'
        f"{''.join(f'<p>{text}</p>' for text in _marked(tekst, noten))}</div>\n"
        for element, label, tekst in in_order(publicatie)
    )
    notes = "".join(map(_html_note, publicatie.noten))
    return f"""<!DOCTYPE html><html><head>
<meta name="DC.identifier" content="{publicatie.identifier}" /><title></title></head>
<body><div id="broodtekst">{kop}{blocks}</div><div id="noten"><hr/>{notes}</div></body>
</html>""".encode()


def _html_note(noot: Noot) -> str:
    return (
        '<div class="voet noot"><h5 class="note-close"><a>X</a> Noot</h5><sup>'
        f'<span class="nootnum">{noot.nummer}</span></sup>'
        f"<p>{_linked(noot, '<a href={0}>{1}</a>')}</p></div>"
    )


def _linked(noot: Noot, element: str) -> str:
    """The text of a note with its addresses as links."""
    text = escape(noot.tekst)
    for url in noot.urls:
        text = text.replace(escape(url), element.format(quoteattr(url), escape(url)))
    return text


def _marked(text: str, noten: dict[str, str]) -> list[str]:
    """The paragraphs, with markup where they refer to notes."""
    text = escape(text)
    for number, markup in noten.items():
        text = text.replace(NOTE.format(number), markup)
    return text.split(PARAGRAPH)


def in_order(publicatie: Publicatie) -> list[tuple[str, str, str]]:
    """Element, label and text of every block: an answer follows its questions."""
    blocks, waiting = [], list(publicatie.antwoorden)
    asked: set[str] = set()
    for vraag in publicatie.vragen:
        blocks.append(("vraag", vraag.label, vraag.tekst))
        asked.update(vraag.nummers)
        while waiting and asked.issuperset(waiting[0].nummers):
            antwoord = waiting.pop(0)
            blocks.append(("antwoord", antwoord.label, antwoord.tekst))
    if publicatie.mededeling:
        blocks.append(("kamervraagopmerking", "Mededeling", publicatie.mededeling))
    if publicatie.toelichting:
        blocks.append(("toelicht", "Toelichting", publicatie.toelichting))
    annexes = (("kamervraagbijlage", b.label, b.tekst) for b in publicatie.bijlagen)
    return [*blocks, *annexes]


def sentences(publicatie: Publicatie) -> list[str]:
    """The heading as printed; none of a publication that only has its questions."""
    if not publicatie.indieners:
        return []
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
    what = "Mededeling" if publicatie.mededeling else "Antwoord"
    return [asked, f"{what} van {who}{also} (ontvangen {received}).{see}"]


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


WIDTH = 75
PAGE = 12
"""Lines of body on a page of the plain text."""

HEAD = """Tweede Kamer der Staten-Generaal
2
Vergaderjaar 2020–2021 Aanhangsel van de Handelingen
Vragen gesteld door de leden der Kamer, met de daarop door de
regering gegeven antwoorden
"""
HYPHENS = {"verantwoordelijkheid": "verantwoor-", "beantwoording": "beant-"}
"""Words that break at the end of a line, and no others: the result must be certain."""


def as_pdf_text(publicatie: Publicatie, *, lone: bool = False) -> bytes:
    """As an extractor leaves a PDF: notes before the foot of the page they are on.

    `lone` puts every marker on a line of its own, else it sticks to the word.
    """
    pages = _Pages(publicatie)
    for sentence in sentences(publicatie):
        pages.lines += [*_wrapped(sentence), ""]
    for _, label, tekst in in_order(publicatie):
        pages.add(label)
        for text in tekst.split(PARAGRAPH):
            for line in _wrapped(text, lone=lone):
                pages.add(line)
        pages.lines.append("")
    pages.end()
    return _MARK.sub(r"\1", "\n".join(pages.lines)).encode()


_MARK = re.compile("\x02([^\x03]*)\x03")


class _Pages:
    """Lines down the pages, those of notes kept for the page's foot."""

    def __init__(self, publicatie: Publicatie) -> None:
        self.lines = [HEAD + f"{publicatie.aanhangselnummer}", ""]
        self._identifier = publicatie.identifier or ""
        self._noten = {noot.nummer: noot for noot in publicatie.noten}
        self._notes: list[str] = []
        self._page = 1
        self._room = PAGE

    def add(self, line: str) -> None:
        """One line of the body; where the page is full its foot comes first."""
        if self._room <= 0:
            self.end()
        self._room -= 1
        self.lines.append(line)
        for number in _MARK.findall(line):
            first, *more = _wrapped(self._noten[number].tekst)
            self._notes += [f"{number} {first}", *more]

    def end(self) -> None:
        """The notes and the foot."""
        first = [self._identifier, "ISSN 0921 - 7398", "’s-Gravenhage 2021"]
        self.lines += [*self._notes, "", *(first if self._page == 1 else [])]
        foot = f"Tweede Kamer, vergaderjaar 2020–2021, Aanhangsel {self._page}"
        self.lines += [foot, ""]
        self._page, self._notes, self._room = self._page + 1, [], PAGE


_LONE = re.compile("(\x02[^\x03]*\x03)+")
_SEVERAL = re.compile("(\x02[^\x03]*\x03){2,}")
"""Two markers stuck to a word are one number: nothing in "woord?12" tells 1 and 2."""


def _wrapped(text: str, *, lone: bool = False) -> list[str]:
    """Printed lines; markers stick to the word, or stand on a line of their own."""
    pattern = _LONE if lone else _SEVERAL
    lines: list[str] = []
    place = 0
    for found in pattern.finditer(text):
        lines += _lines(text[place : found.start()])
        lines.append(found[0].replace("\x03\x02", "\x03 \x02"))
        place = found.end()
    return lines + _lines(text[place:])


def _lines(text: str) -> list[str]:
    """Broken between words, or where a word's hyphenation is certain."""
    return _hyphened(
        textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    )


def _hyphened(lines: list[str]) -> list[str]:
    lines = list(lines)
    for place in range(1, len(lines)):
        word = lines[place].split(" ")[0]
        part = HYPHENS.get(word)
        if part:
            lines[place - 1] += f" {part}"
            lines[place] = lines[place].removeprefix(part[:-1])
    return lines
