"""The grammar: a stream of blocks to one Publicatie, whatever format they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from etl.documents.grammar.kop import Kop, parse_kop
from etl.documents.grammar.oddities import Seen, oddities
from etl.documents.grammar.parts import Part, Parts
from etl.documents.grammar.printed import printed
from etl.documents.grammar.verwijzing import verwijzingen
from etl.documents.text import addresses, squeeze
from etl.documents.uitstel import is_late, reason_of
from etl.errors import DocumentFault
from etl.model.publicatie import Bijlage, Blok, Deel, Noot, Publicatie, Soort


def parse_publicatie(parts: Parts) -> Publicatie:
    """The publication that sorted blocks spell.

    What is odd is kept and flagged in `signalen`. Raises DocumentFault
    (`no_publication`) when there is neither a heading nor a labelled block.
    """
    kop = parse_kop(parts.heading)
    if not parts.parts and kop.onderwerp is None:
        raise DocumentFault(
            "no_publication", "neither a heading sentence nor a Vraag or Antwoord block"
        )
    publicatie = _content(parts, kop)
    seen = Seen(
        headed=bool(parts.heading),
        refs=tuple(parts.refs),
        stray=squeeze(parts.stray),
        mondeling=kop.mondeling,
        counted=parts.counted,
    )
    flags = dict.fromkeys([*kop.signalen, *oddities(publicatie, seen)])
    return replace(
        publicatie, verwijzingen=verwijzingen(publicatie), signalen=tuple(flags)
    )


def _content(parts: Parts, kop: Kop) -> Publicatie:
    """All that the document says, without what is concluded from it."""
    antwoorden = tuple(_blokken(parts.parts, Deel.ANTWOORD))
    mededeling = _single(parts.parts, Deel.MEDEDELING)
    names = printed(parts.furniture)
    soort = _soort(kop, antwoorden, mededeling)
    return Publicatie(
        identifier=names.identifier,
        kamer=names.kamer,
        vergaderjaar=names.vergaderjaar,
        aanhangselnummer=names.aanhangselnummer,
        toevoeging=names.toevoeging,
        zaaknummers=names.zaaknummers,
        soort=soort,
        onderwerp=kop.onderwerp,
        ingezonden=kop.ingezonden,
        ontvangen=kop.ontvangen,
        indieners=kop.indieners,
        gericht_aan=kop.gericht_aan,
        bewindspersonen=kop.bewindspersonen,
        zie_ook=kop.zie_ook,
        vragen=tuple(_blokken(parts.parts, Deel.VRAAG)),
        antwoorden=antwoorden,
        noten=tuple(_noten(parts)),
        bijlagen=tuple(_bijlagen(parts.parts)),
        mededeling=mededeling,
        reden_uitstel=reason_of(mededeling or "") if soort is Soort.UITSTEL else None,
        toelichting=_single(parts.parts, Deel.TOELICHTING),
    )


def _blokken(parts: Iterable[Part], deel: Deel) -> Iterator[Blok]:
    for part in parts:
        if part.label.deel is deel:
            label = part.label
            yield Blok(label=label.text, nummers=label.nummers, tekst=part.tekst)


def _bijlagen(parts: Iterable[Part]) -> Iterator[Bijlage]:
    for part in parts:
        if part.label.deel is Deel.BIJLAGE:
            yield Bijlage(label=part.label.text, tekst=part.tekst)


def _single(parts: Iterable[Part], deel: Deel) -> str | None:
    texts = [part.tekst for part in parts if part.label.deel is deel]
    return " ".join(filter(None, texts)) or None


def _noten(parts: Parts) -> Iterator[Noot]:
    places = _places(parts)
    for block in parts.noten:
        deel, volgorde = places.get(block.number or "", (None, None))
        yield Noot(
            nummer=block.number or "",
            tekst=block.text,
            urls=addresses(block.text, block.urls),
            deel=deel,
            deel_volgorde=volgorde,
        )


def _places(parts: Parts) -> dict[str, tuple[Deel, int | None]]:
    """Where each note is first referred to."""
    places: dict[str, tuple[Deel, int | None]] = dict.fromkeys(
        parts.heading_refs, (Deel.KOP, None)
    )
    count: dict[Deel, int] = {}
    single = (Deel.MEDEDELING, Deel.TOELICHTING)
    for part in parts.parts:
        deel = part.label.deel
        count[deel] = count.get(deel, 0) + 1
        for ref in part.refs:
            places.setdefault(ref, (deel, None if deel in single else count[deel]))
    return places


def _soort(kop: Kop, antwoorden: Sequence[Blok], mededeling: str | None) -> Soort:
    """Decided on heading and text: neither KOOP nor the Kamer files it reliably."""
    if antwoorden:
        return Soort.NADER_ANTWOORD if kop.nader else Soort.ANTWOORD
    if mededeling or kop.mededeling:
        return Soort.UITSTEL if is_late(mededeling or "") else Soort.MEDEDELING
    if kop.beantwoord:
        return Soort.NADER_ANTWOORD if kop.nader else Soort.ANTWOORD
    return Soort.VRAAG
