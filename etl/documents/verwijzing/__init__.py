"""References: what a publication points to, read from all its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from etl.documents.verwijzing.adres import adressen, noted
from etl.documents.verwijzing.eu import europees, uitspraken
from etl.documents.verwijzing.found import Found
from etl.documents.verwijzing.handelingen import aanhangsels, handelingen
from etl.documents.verwijzing.kamerstuk import kamerstukken
from etl.documents.verwijzing.wet import bekendmakingen
from etl.documents.verwijzing.zaak import additions, zaken
from etl.model.identity import Key
from etl.model.publicatie import Deel, Publicatie, Verwijst, Verwijzing

MOST = 10_000
"""References kept of one publication; the richest real one has some 200."""

LONGEST_DOEL = 200
LONGEST_TEKST = 500
"""Characters that the database takes; a longer address is no target but still told."""

_FIGURES = 6
"""Every reference but an address has as many figures; most prose has fewer."""

_NO_FIGURE = bytes(code for code in range(128) if chr(code) not in "0123456789/\n")
_SINGLE = (Deel.KOP, Deel.MEDEDELING, Deel.TOELICHTING)
_ASKED = (Deel.KOP, Deel.VRAAG, Deel.TOELICHTING, Deel.NOOT)
"""Where "aanvulling op" is said of the questions themselves."""


class Place(NamedTuple):
    """A text of the publication, where it stands and the addresses known of it."""

    tekst: str
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
            soort=Verwijst.ZIE_OOK,
            tekst="Aanhangsel Handelingen, vergaderjaar "
            f"{key.vergaderjaar}, nr. {key.aanhangselnummer}",
            doel=key.identifier,
            deel=Deel.KOP,
        )


def _in_texts(publicatie: Publicatie) -> Iterator[Verwijzing]:
    own = {publicatie.identifier or "", *publicatie.zaaknummers}
    kamer = publicatie.kamer or "tk"
    for place in _places(publicatie):
        for one in _apart(_found(place, kamer)):
            if one.doel not in own:
                yield _verwijzing(one, place)


def _places(publicatie: Publicatie) -> Iterator[Place]:
    """The texts that can hold a reference."""
    noten = publicatie.noten
    for deel, texts in (
        (Deel.KOP, [publicatie.onderwerp or ""]),
        (Deel.VRAAG, [vraag.tekst for vraag in publicatie.vragen]),
        (Deel.ANTWOORD, [antwoord.tekst for antwoord in publicatie.antwoorden]),
        (Deel.MEDEDELING, [publicatie.mededeling or ""]),
        (Deel.TOELICHTING, [publicatie.toelichting or ""]),
        (Deel.BIJLAGE, [bijlage.tekst for bijlage in publicatie.bijlagen]),
    ):
        for place in _telling(texts):
            yield Place(texts[place], deel, None if deel in _SINGLE else place + 1)
    told = {*_telling([noot.tekst for noot in noten])}
    for place, noot in enumerate(noten):
        if noot.urls or place in told:
            yield Place(noot.tekst, Deel.NOOT, place + 1, noot.urls)


def _telling(texts: Sequence[str]) -> Iterable[int]:
    """Which texts can hold a reference, told by the figures and slashes in them.

    One pass over many texts at once: most are prose that need not be searched.
    """
    whole = "\n".join(texts)
    figures = whole.encode("ascii", "replace").translate(None, _NO_FIGURE).split(b"\n")
    if len(figures) != len(texts) or "www." in whole:
        return range(len(texts))
    return (
        place
        for place, told in enumerate(figures)
        if len(told) >= _FIGURES or b"/" in told
    )


def _found(place: Place, kamer: str) -> list[Found]:
    """Every reference in one text, as found by the kind: they may overlap."""
    text = place.tekst
    if place.deel is Deel.NOOT:
        found = [*noted(text, place.urls), *_printed(text, kamer)]
    else:
        found = [*adressen(text), *_printed(text, kamer)]
    return additions(text, found) if place.deel in _ASKED and found else found


def _printed(text: str, kamer: str) -> Iterator[Found]:
    """The cheap tests before each kind spare most texts the search for it."""
    yield from kamerstukken(text)
    if "hang" in text or "ah-" in text:
        yield from aanhangsels(text, kamer)
    if "Hande" in text or "h-" in text:
        yield from handelingen(text)
    yield from zaken(text)
    yield from bekendmakingen(text)
    yield from europees(text)
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
    address = one.doel if one.soort is Verwijst.URL else None
    tekst = address or place.tekst[one.start : one.end]
    doel = one.doel if one.doel and len(one.doel) <= LONGEST_DOEL else None
    return Verwijzing(
        soort=one.soort,
        tekst=tekst[:LONGEST_TEKST],
        doel=doel,
        deel=place.deel,
        deel_volgorde=place.volgorde,
    )
