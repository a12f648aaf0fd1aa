"""The grammar: a stream of blocks to one Publicatie, whatever format they came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from etl.documents.block import Block, Kind
from etl.documents.kop import Kop, parse_kop
from etl.documents.label import Label, Subject, parse_label
from etl.documents.text import squeeze, urls
from etl.errors import DocumentFault
from etl.model.identity import Identifier, parse_vergaderjaar, parse_zaaknummer
from etl.model.publicatie import Blok, Noot, Publicatie, Signaal, Soort
from etl.model.signaal import signaal

_IDENTIFIER = re.compile(r"\b(?:ah|kv)-[0-9A-Za-z-]*\d[0-9A-Za-z-]*")
_KAMER = re.compile(r"\b(Tweede|Eerste)\s+Kamer\b", re.IGNORECASE)
_VERGADERJAAR = re.compile(r"vergaderjaar\s*(\d{4}\s*[-–]\s*\d{2,4})", re.IGNORECASE)
_NUMMER = re.compile(r"(\d{1,5})\s?([a-z])?")
_ZAAK = re.compile(r"\d{4}\s?Z\s?\d{5}")
_FURNITURE = re.compile(
    r"ISSN\s+0921|(?:Tweede|Eerste) Kamer, vergaderjaar \d{4}[–-]\d{4}, (?:Aanhangsel|Vragen)"
)
_UITSTEL = re.compile(
    r"niet\s+(?:\w+\s+){0,6}?binnen\s+(?:de|een)\s+(?:\w+\s+){0,4}?termijn"
    r"|niet\s+tijdig|uitstel"
    r"|binnen\s+(?:de|een)\s+(?:\w+\s+){0,4}?termijn(?:\s+van\s+\w+\s+weken)?\s+niet",
    re.IGNORECASE,
)


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
    key = _key(reading.furniture)
    noten = tuple(
        Noot(
            nummer=note.number or "", tekst=note.text, urls=note.urls or urls(note.text)
        )
        for note in reading.noten
    )
    publicatie = Publicatie(
        **key,
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
    return _flagged(publicatie, reading, kop)


def _read(blocks: Iterable[Block]) -> _Reading:
    reading = _Reading()
    for block in blocks:
        reading.refs.extend(block.refs)
        if block.kind is Kind.FURNITURE:
            reading.furniture.append(block.text)
        elif block.kind is Kind.NOTE:
            reading.noten.append(block)
        elif block.kind is Kind.LABEL:
            reading.parts.append(_Part(_label(block.text)))
        elif block.kind is Kind.HEADING:
            reading.heading.append(block.text)
        elif not block.text:
            continue
        elif reading.parts:
            reading.parts[-1].texts.append(block.text)
        else:
            reading.stray.append(block.text)
    return reading


def _label(text: str) -> Label:
    """A reader is sure that this is a label; an unknown one is a question's."""
    return parse_label(text) or Label(Subject.VRAAG, text)


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
    return " ".join(texts) or None


def _soort(kop: Kop, antwoorden: Sequence[Blok], mededeling: str | None) -> Soort:
    """Decided on heading and text: neither KOOP nor the Kamer files it reliably."""
    if antwoorden:
        return Soort.NADER_ANTWOORD if kop.nader else Soort.ANTWOORD
    if mededeling or kop.mededeling:
        late = _UITSTEL.search(mededeling or "")
        return Soort.UITSTEL if late else Soort.MEDEDELING
    if kop.beantwoord:
        return Soort.NADER_ANTWOORD if kop.nader else Soort.ANTWOORD
    return Soort.VRAAG


def _key(furniture: Sequence[str]) -> dict[str, object]:
    """What the printed head and foot say: the identifier decides, the rest fills in."""
    text = "\n".join(furniture)
    identifier = _identifier(text)
    kamer = _KAMER.search(text)
    jaar = _VERGADERJAAR.search(text)
    nummer = next(
        (m for m in map(_NUMMER.fullmatch, furniture) if m and m[0] != "2"), None
    )
    key = identifier.key if identifier else None
    zaken = dict.fromkeys(parse_zaaknummer(found) for found in _ZAAK.findall(text))
    if identifier and identifier.zaaknummer:
        zaken[identifier.zaaknummer] = None
    if key is None and identifier is None and kamer and jaar and nummer:
        letter = "tk" if kamer[1].lower() == "tweede" else "ek"
        compact = parse_vergaderjaar(jaar[1]).replace("-", "")
        printed = f"ah-{letter}-{compact}-{nummer[1]}{nummer[2] or ''}"
        identifier = Identifier.parse(printed)
        key = identifier.key
    printed_kamer = (
        {"tweede": "tk", "eerste": "ek"}.get(kamer[1].lower()) if kamer else None
    )
    return {
        "identifier": identifier.text if identifier else None,
        "kamer": key.kamer if key else printed_kamer,
        "vergaderjaar": key.vergaderjaar
        if key
        else (parse_vergaderjaar(jaar[1]) if jaar else None),
        "aanhangselnummer": key.aanhangselnummer if key else None,
        "toevoeging": key.toevoeging if key else "",
        "zaaknummers": tuple(zaken),
    }


def _identifier(text: str) -> Identifier | None:
    for found in _IDENTIFIER.findall(text):
        try:
            return Identifier.parse(found)
        except ValueError:
            continue
    return None


def _flagged(publicatie: Publicatie, reading: _Reading, kop: Kop) -> Publicatie:
    found = [
        *kop.signalen,
        *_head_signals(publicatie, reading),
        *_number_signals(publicatie),
        *_text_signals(publicatie, reading),
        *_note_signals(publicatie, reading),
    ]
    return _with_signals(publicatie, found)


def _with_signals(publicatie: Publicatie, found: Sequence[Signaal]) -> Publicatie:
    return replace(publicatie, signalen=tuple(dict.fromkeys(found)))


def _head_signals(publicatie: Publicatie, reading: _Reading) -> Iterator[Signaal]:
    if not reading.heading:
        yield signaal("kop_ontbreekt")
        return
    answered = publicatie.soort is not Soort.VRAAG
    checks = (
        ("onderwerp_ontbreekt", publicatie.onderwerp),
        ("indiener_ontbreekt", publicatie.indieners),
        ("ingezonden_ontbreekt", publicatie.ingezonden),
        ("bewindspersoon_ontbreekt", publicatie.bewindspersonen or not answered),
        ("ontvangen_ontbreekt", publicatie.ontvangen or not answered),
    )
    for code, present in checks:
        if not present:
            yield signaal(code)
    if publicatie.ingezonden and publicatie.ontvangen:
        if publicatie.ontvangen < publicatie.ingezonden:
            yield signaal("ontvangen_voor_ingezonden")


def _number_signals(publicatie: Publicatie) -> Iterator[Signaal]:
    asked = [n for blok in publicatie.vragen for n in blok.nummers]
    answered = [n for blok in publicatie.antwoorden for n in blok.nummers]
    for label, numbers in (("vraag", asked), ("antwoord", answered)):
        twice = [n for n, count in Counter(numbers).items() if count > 1]
        if twice:
            yield signaal("nummer_dubbel", f"{label} {', '.join(twice)}")
    if not asked:
        yield signaal("vragen_ontbreken")
        return
    plain = {int(n) for n in asked if n.isdigit()}
    missing = sorted(set(range(1, max(plain, default=0) + 1)) - plain)
    if missing:
        yield signaal("nummer_ontbreekt", ", ".join(map(str, missing[:20])))
    if publicatie.antwoorden:
        open_ = [n for n in dict.fromkeys(asked) if n not in answered]
        loose = [n for n in dict.fromkeys(answered) if n not in asked]
        if open_:
            yield signaal("antwoord_ontbreekt", ", ".join(open_[:20]))
        if loose:
            yield signaal("antwoord_zonder_vraag", ", ".join(loose[:20]))


def _text_signals(publicatie: Publicatie, reading: _Reading) -> Iterator[Signaal]:
    for blok in (*publicatie.vragen, *publicatie.antwoorden):
        if not blok.tekst:
            yield signaal("blok_leeg", blok.label)
        if not blok.nummers:
            yield signaal("label_zonder_nummer", blok.label)
        if _FURNITURE.search(blok.tekst):
            yield signaal("furniture_vermoed", blok.label)
    if publicatie.soort is Soort.ANTWOORD and not publicatie.antwoorden:
        yield signaal("antwoord_ontbreekt", "geen antwoordblok")
    if reading.stray:
        yield signaal("tekst_buiten_blokken", squeeze(" ".join(reading.stray))[:200])


def _note_signals(publicatie: Publicatie, reading: _Reading) -> Iterator[Signaal]:
    numbers = [noot.nummer for noot in publicatie.noten]
    referred = set(reading.refs)
    unreferred = [n for n in numbers if n not in referred]
    missing = [n for n in dict.fromkeys(reading.refs) if n not in numbers]
    if unreferred:
        yield signaal("noot_zonder_verwijzing", ", ".join(unreferred[:20]))
    if missing:
        yield signaal("verwijzing_zonder_noot", ", ".join(missing[:20]))
