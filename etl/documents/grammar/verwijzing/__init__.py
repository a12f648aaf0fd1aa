"""References: what a publication points to, read from all its texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from etl.documents.grammar.verwijzing.adres import adressen, noted
from etl.documents.grammar.verwijzing.eu import acts, documents, uitspraken
from etl.documents.grammar.verwijzing.found import Found
from etl.documents.grammar.verwijzing.handelingen import aanhangsels, handelingen
from etl.documents.grammar.verwijzing.identifier import identifiers
from etl.documents.grammar.verwijzing.kamerstuk import kamerstukken
from etl.documents.grammar.verwijzing.wet import bekendmakingen
from etl.documents.grammar.verwijzing.zaak import additions, zaken
from etl.model.identity import Key
from etl.model.publicatie import Deel, Publicatie, Verwijzing, Verwijzingsoort

MOST = 10_000
"""References kept of one publication; the richest real one has some 200."""

LONGEST_ADDRESS = 2000
LONGEST_DOEL = 200
LONGEST_TEKST = 500
"""Characters; what is longer is no address and no identifier, and its text is cut."""

_FIGURES = bytes.maketrans(b"0123456789", b"0" * 10)
_PROSE = bytes(code for code in range(256) if chr(code) not in "0123456789 /w-\n")
_SINGLE = (Deel.KOP, Deel.MEDEDELING, Deel.TOELICHTING)
_ASKED = (Deel.KOP, Deel.VRAAG, Deel.TOELICHTING, Deel.NOOT)
"""Where "aanvulling op" is said of the questions themselves."""


class Place(NamedTuple):
    """A text of the publication, where it stands and the addresses known of it.

    `figures` is the text without its letters, every figure a 0: what it can hold.
    """

    tekst: str
    figures: str
    deel: Deel
    volgorde: int | None = None
    urls: tuple[str, ...] = ()


def verwijzingen(publicatie: Publicatie) -> tuple[Verwijzing, ...]:
    """All references of a publication, each once for every part it stands in.

    First the line "Zie ook", then the heading, the questions, the answers, notice,
    explanation and annexes, the notes. Its own numbers are none.
    """
    every = (*_zie_ook(publicatie), *_in_texts(publicatie))
    distinct = {
        (one.soort, one.doel or one.tekst, one.deel, one.deel_volgorde): one
        for one in reversed(every)
    }
    return tuple(islice(reversed(distinct.values()), MOST))


def _zie_ook(publicatie: Publicatie) -> Iterator[Verwijzing]:
    for ander in publicatie.zie_ook:
        key = Key(publicatie.kamer or "tk", ander.vergaderjaar, ander.aanhangselnummer)
        yield Verwijzing(
            soort=Verwijzingsoort.ZIE_OOK,
            tekst="Aanhangsel Handelingen, vergaderjaar "
            f"{key.vergaderjaar}, nr. {key.aanhangselnummer}",
            doel=key.identifier,
            deel=Deel.KOP,
        )


def _in_texts(publicatie: Publicatie) -> Iterator[Verwijzing]:
    own = {publicatie.identifier or "", *publicatie.zaaknummers}
    kamer = publicatie.kamer or "tk"
    for place in _places(publicatie):
        found = _found(place, kamer)
        for one in _apart(found) if found else ():
            if one.doel not in own:
                yield _verwijzing(one, place)


def _places(publicatie: Publicatie) -> Iterator[Place]:
    """The texts that can hold a reference."""
    for deel, texts in (
        (Deel.KOP, [publicatie.onderwerp or ""]),
        (Deel.VRAAG, [vraag.tekst for vraag in publicatie.vragen]),
        (Deel.ANTWOORD, [antwoord.tekst for antwoord in publicatie.antwoorden]),
        (Deel.MEDEDELING, [publicatie.mededeling or ""]),
        (Deel.TOELICHTING, [publicatie.toelichting or ""]),
        (Deel.BIJLAGE, [bijlage.tekst for bijlage in publicatie.bijlagen]),
    ):
        for place, figures in _telling(texts):
            volgorde = None if deel in _SINGLE else place + 1
            yield Place(texts[place], figures, deel, volgorde)
    telling = dict(_telling([noot.tekst for noot in publicatie.noten]))
    for place, noot in enumerate(publicatie.noten):
        if noot.urls or place in telling:
            figures = telling.get(place, "")
            yield Place(noot.tekst, figures, Deel.NOOT, place + 1, noot.urls)


def _telling(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Which texts can hold a reference at all, with their figures.

    Every reference has a year or a number of four figures, a dossier (21 501), a
    slash or www in it.
    """
    if not any(texts):
        return []
    return [
        (place, line)
        for place, line in enumerate(figures_of(texts))
        if "0000" in line or "00 000" in line or "/" in line or "www" in line
    ]


def figures_of(texts: Sequence[str]) -> list[str]:
    """What is left of texts without their letters: all figures, as 0, and few signs.

    One pass over many texts at once: most are prose that need not be searched.
    """
    whole = "\n".join(texts).encode("utf-8", "replace")
    lines = whole.translate(_FIGURES, _PROSE).decode("ascii").split("\n")
    if len(lines) != len(texts):
        return [figures_of([text.replace("\n", " ")])[0] for text in texts]
    return lines


def _found(place: Place, kamer: str) -> list[Found]:
    """Every reference in one text, as found by the kind: they may overlap."""
    text = place.tekst
    found = [*islice(_printed(place, kamer), MOST)]
    if place.deel is Deel.NOOT:
        found += noted(text, place.urls)
    elif "/" in place.figures or "www" in place.figures:
        found += adressen(text)
    return additions(text, found) if found and place.deel in _ASKED else found


def _printed(place: Place, kamer: str) -> Iterator[Found]:
    """The cheap tests before each kind spare most texts the search for it."""
    text, figures = place.tekst, place.figures
    if "00 000" in figures or "00000" in figures:
        yield from kamerstukken(text)
        yield from zaken(text)
    if "hang" in text:
        yield from aanhangsels(text, kamer)
    if "Hande" in text:
        yield from handelingen(text)
    if "-0000" in figures:
        yield from identifiers(text)
    if "Stb" in text or "taatsb" in text or "Stcrt" in text or "taatsco" in text:
        yield from bekendmakingen(text)
    if "/" in figures:
        yield from acts(text)
    if "COM" in text or "JOIN" in text or "SWD" in text or "ELEX" in text:
        yield from documents(text)
    if "ECLI" in text:
        yield from uitspraken(text)


def _apart(found: list[Found]) -> Iterator[Found]:
    """In reading order, without what stands inside a longer one.

    A list of numbers behind one name is several references at the same place.
    """
    taken: tuple[int, int] = (-1, -1)
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        place = (one.start, one.end)
        if one.start >= taken[1] or place == taken:
            taken = place
            yield one


def _verwijzing(one: Found, place: Place) -> Verwijzing:
    address = one.soort is Verwijzingsoort.URL
    longest = LONGEST_ADDRESS if address else LONGEST_DOEL
    doel = one.doel if one.doel and len(one.doel) <= longest else None
    tekst = (one.doel if address else None) or place.tekst[one.start : one.end]
    return Verwijzing(
        soort=one.soort,
        tekst=tekst[:LONGEST_TEKST],
        doel=doel,
        deel=place.deel,
        deel_volgorde=place.volgorde,
    )
