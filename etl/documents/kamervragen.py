"""The grammar: a stream of blocks to one Publicatie, whatever format they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from etl.documents.block import Block, Kind
from etl.documents.kop import Kop, parse_kop
from etl.documents.label import Label, Subject, numbers_alone, parse_label
from etl.documents.oddities import Seen, oddities
from etl.documents.text import squeeze, urls
from etl.errors import DocumentFault
from etl.model.identity import Identifier, parse_vergaderjaar, parse_zaaknummer
from etl.model.publicatie import Blok, Noot, Publicatie, Soort

_IDENTIFIER = re.compile(r"\b(?:ah|kv)-[0-9A-Za-z-]*\d[0-9A-Za-z-]*")
_KAMER = re.compile(r"\b(Tweede|Eerste)\s+Kamer\b", re.IGNORECASE)
_VERGADERJAAR = re.compile(r"vergaderjaar\s*(\d{4}\s*[-–]\s*\d{2,4})", re.IGNORECASE)
_NUMMER = re.compile(r"(\d{1,5})\s?([a-z])?")
_ZAAK = re.compile(r"\d{4}\s?Z\s?\d{5}")
_LATE = re.compile(
    r"\bniet\b[^.]{0,200}?\bbinnen\b[^.]{0,80}?(?:termijn|weken)"
    r"|\bbinnen\b[^.]{0,80}?(?:termijn|weken)[^.]{0,80}?\bniet\b",
    re.IGNORECASE,
)
"""The core of a notice of delay."""

_BY_LETTER = re.compile(r"\bbeantwoord\b[^.]{0,60}\bbrie(?:f|ven)\b", re.IGNORECASE)
_LATE_TOO = re.compile(
    r"\bniet\s+(?:\w+\s+){0,3}?tijdig|\bmeer\s+tijd|\buitstel\b"
    r"|\bzo\s+spoedig\s+mogelijk[^.]{0,60}(?:antwoord|inform)",
    re.IGNORECASE,
)
"""Other words for delay, which a final notice may use too."""

_TOELICHTING = re.compile(r"Toelichting\s*:\s+(?=\S)")


@dataclass(slots=True)
class _Part:
    """One labelled block in the making."""

    label: Label
    texts: list[str] = field(default_factory=list)

    @property
    def tekst(self) -> str:
        return " ".join(self.texts)


@dataclass(slots=True)
class _Reading:
    """Everything the stream holds, sorted by what it is."""

    furniture: list[str] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    noten: list[Block] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)


def parse_publicatie(blocks: Iterable[Block]) -> Publicatie:
    """The publication that the blocks spell.

    What is odd is kept and flagged in `signalen`. Raises DocumentFault
    (`no_publication`) when there is neither a heading nor a labelled block.
    """
    reading = _read(blocks)
    kop = parse_kop(" ".join(reading.heading))
    if not reading.parts and kop.onderwerp is None:
        raise DocumentFault(
            "no_publication", "neither a heading sentence nor a Vraag or Antwoord block"
        )
    parts = _numbered(reading.parts)
    vragen = tuple(_blokken(parts, Subject.VRAAG))
    antwoorden = tuple(_blokken(parts, Subject.ANTWOORD))
    mededeling = _single(parts, Subject.MEDEDELING)
    printed = _printed(reading.furniture)
    key = printed.identifier.key if printed.identifier else None
    noten = tuple(
        Noot(
            nummer=note.number or "", tekst=note.text, urls=note.urls or urls(note.text)
        )
        for note in reading.noten
    )
    publicatie = Publicatie(
        identifier=printed.identifier.text if printed.identifier else None,
        kamer=key.kamer if key else printed.kamer,
        vergaderjaar=key.vergaderjaar if key else printed.vergaderjaar,
        aanhangselnummer=key.aanhangselnummer if key else None,
        toevoeging=key.toevoeging if key else "",
        zaaknummers=printed.zaaknummers,
        soort=_soort(kop, antwoorden, mededeling),
        onderwerp=kop.onderwerp,
        ingezonden=kop.ingezonden,
        ontvangen=kop.ontvangen,
        indieners=kop.indieners,
        gericht_aan=kop.gericht_aan,
        bewindspersonen=kop.bewindspersonen,
        zie_ook=kop.zie_ook,
        vragen=vragen,
        antwoorden=antwoorden,
        noten=noten,
        mededeling=mededeling,
        toelichting=_single(parts, Subject.TOELICHTING),
    )
    seen = Seen(
        headed=bool(reading.heading),
        refs=tuple(reading.refs),
        stray=squeeze(" ".join(reading.stray)),
    )
    flags = dict.fromkeys([*kop.signalen, *oddities(publicatie, seen)])
    return replace(publicatie, signalen=tuple(flags))


def _read(blocks: Iterable[Block]) -> _Reading:
    reading = _Reading()
    for block in blocks:
        reading.refs.extend(block.refs)
        if block.kind is Kind.FURNITURE:
            reading.furniture.append(block.text)
        elif block.kind is Kind.NOTE:
            reading.noten.append(block)
        elif block.kind is Kind.LABEL:
            reading.parts.append(_Part(_label(block)))
        elif block.kind is Kind.HEADING:
            reading.heading.append(block.text)
        elif block.text:
            _add_text(reading, block.text)
    return reading


def _add_text(reading: _Reading, text: str) -> None:
    """Running text belongs to the label before it, but for an annex."""
    opening = _TOELICHTING.match(text)
    if opening and reading.parts:
        label = Label(Subject.TOELICHTING, opening[0].strip())
        reading.parts.append(_Part(label, [text[opening.end() :]]))
    elif reading.parts and reading.parts[-1].label.subject is not Subject.BIJLAGE:
        reading.parts[-1].texts.append(text)
    else:
        reading.stray.append(text)


def _label(block: Block) -> Label:
    """A reader is sure that this is a label; markup says whose where words do not."""
    found = parse_label(block.text)
    subject = block.subject or Subject.VRAAG
    if found and (block.subject is None or not found.nummers):
        subject = found.subject
    nummers = found.nummers if found else numbers_alone(block.text)
    return Label(subject, block.text, nummers)


def _numbered(parts: Sequence[_Part]) -> list[_Part]:
    """Give a bare "Antwoord" the numbers of the questions that stand right before it.

    A bare "Vraag" is question 1 when it is the only one.
    """
    vragen = [part for part in parts if part.label.subject is Subject.VRAAG]
    if len(vragen) == 1 and not vragen[0].label.nummers:
        vragen[0].label = Label(Subject.VRAAG, vragen[0].label.text, ("1",))
    waiting: list[str] = []
    for part in parts:
        if part.label.subject is Subject.VRAAG:
            waiting.extend(part.label.nummers)
        elif part.label.subject is Subject.ANTWOORD:
            if not part.label.nummers:
                part.label = Label(Subject.ANTWOORD, part.label.text, tuple(waiting))
            waiting = []
    return list(parts)


def _blokken(parts: Iterable[_Part], subject: Subject) -> Iterator[Blok]:
    for part in parts:
        if part.label.subject is subject:
            label = part.label
            yield Blok(label=label.text, nummers=label.nummers, tekst=part.tekst)


def _single(parts: Iterable[_Part], subject: Subject) -> str | None:
    texts = [part.tekst for part in parts if part.label.subject is subject]
    return " ".join(filter(None, texts)) or None


def _soort(kop: Kop, antwoorden: Sequence[Blok], mededeling: str | None) -> Soort:
    """Decided on heading and text: neither KOOP nor the Kamer files it reliably."""
    if antwoorden:
        return Soort.NADER_ANTWOORD if kop.nader else Soort.ANTWOORD
    if mededeling or kop.mededeling:
        return Soort.UITSTEL if _is_late(mededeling or "") else Soort.MEDEDELING
    if kop.beantwoord:
        return Soort.NADER_ANTWOORD if kop.nader else Soort.ANTWOORD
    return Soort.VRAAG


def _is_late(mededeling: str) -> bool:
    if _LATE.search(mededeling):
        return True
    return not _BY_LETTER.search(mededeling) and bool(_LATE_TOO.search(mededeling))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    """What the printed head and foot name the publication."""

    identifier: Identifier | None
    kamer: str | None
    vergaderjaar: str | None
    zaaknummers: tuple[str, ...]


def _printed(furniture: Sequence[str]) -> _Printed:
    """The identifier if one is printed, else the one that number and year make."""
    text = "\n".join(furniture)
    kamer, jaar = _KAMER.search(text), _VERGADERJAAR.search(text)
    letters = ("tk" if kamer[1].lower() == "tweede" else "ek") if kamer else None
    vergaderjaar = parse_vergaderjaar(jaar[1]) if jaar else None
    identifier = _identifier(text)
    if identifier is None and letters and vergaderjaar:
        identifier = _numbered_identifier(furniture, letters, vergaderjaar)
    zaken = [parse_zaaknummer(found) for found in _ZAAK.findall(text)]
    if identifier and identifier.zaaknummer:
        zaken.append(identifier.zaaknummer)
    return _Printed(
        identifier=identifier,
        kamer=letters,
        vergaderjaar=vergaderjaar,
        zaaknummers=tuple(dict.fromkeys(zaken)),
    )


def _numbered_identifier(
    furniture: Sequence[str], kamer: str, vergaderjaar: str
) -> Identifier | None:
    """From the number on a line of its own; a lone 2 is the number of the Kamer."""
    for line in furniture:
        found = _NUMMER.fullmatch(line)
        if found and found[0] != "2":
            jaar = vergaderjaar.replace("-", "")
            return Identifier.parse(f"ah-{kamer}-{jaar}-{found[1]}{found[2] or ''}")
    return None


def _identifier(text: str) -> Identifier | None:
    for found in _IDENTIFIER.findall(text):
        try:
            return Identifier.parse(found)
        except ValueError:
            continue
    return None
