"""References that need no reading: the line "Zie ook", and the addresses in notes."""

from __future__ import annotations

from collections.abc import Iterator

from etl.model.identity import Key
from etl.model.publicatie import Deel, Publicatie, Verwijst, Verwijzing


def plain_verwijzingen(publicatie: Publicatie) -> tuple[Verwijzing, ...]:
    """What `zie_ook` and `noten` point to, in order."""
    return (*_zie_ook(publicatie), *_urls(publicatie))


def _zie_ook(publicatie: Publicatie) -> Iterator[Verwijzing]:
    for ander in publicatie.zie_ook:
        doel = Key(publicatie.kamer or "tk", ander.vergaderjaar, ander.aanhangselnummer)
        yield Verwijzing(
            soort=Verwijst.ZIE_OOK,
            tekst="Aanhangsel Handelingen, vergaderjaar "
            f"{doel.vergaderjaar}, nr. {doel.aanhangselnummer}",
            doel=doel.identifier,
            deel=Deel.KOP,
        )


def _urls(publicatie: Publicatie) -> Iterator[Verwijzing]:
    for place, noot in enumerate(publicatie.noten, start=1):
        for url in noot.urls:
            yield Verwijzing(
                soort=Verwijst.URL,
                tekst=url,
                doel=url,
                deel=Deel.NOOT,
                deel_volgorde=place,
            )
