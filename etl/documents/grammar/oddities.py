"""What is odd about a publication: flagged for the reader, never repaired."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.documents.label import is_misprint
from etl.model.publicatie import Blok, Publicatie, Signaal, Soort
from etl.model.signaal import signaal

_FURNITURE = re.compile(
    r"ISSN\s*0921"
    r"|(?:Tweede|Eerste)\s*Kamer,\s*vergaderjaar\s*\d{4}[–-]\d{4},\s*(?:Aanhangsel|Vragen)"
    r"|(?:[ak][hv]-[te]k-\w+|\d)\s*[’']s-Gravenhage\s*\d{4}"
    r"|Vragen gesteld door de leden der Kamer"
)

_COUNTED = re.compile(r"\d|\b[IVX]+\b")
"""A number in a label."""

SHOWN = 20
"""So many numbers are named in an explanation; a longer list helps nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the stream held beside the publication itself.

    `refs` are the notes referred to, `stray` text before the first label that is no
    heading. `mondeling` marks a heading of oral questions. `counted` says that some
    number is that of the order.
    """

    headed: bool
    refs: tuple[str, ...]
    stray: str
    mondeling: bool = False
    counted: bool = False


def oddities(publicatie: Publicatie, seen: Seen) -> Iterator[Signaal]:
    """Every flag that applies, from head to notes."""
    yield from _head_signals(publicatie, seen)
    yield from _number_signals(publicatie, seen)
    yield from _text_signals(publicatie, seen)
    yield from _note_signals(publicatie, seen)


def _head_signals(publicatie: Publicatie, seen: Seen) -> Iterator[Signaal]:
    if not seen.headed:
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
    asked, received = publicatie.ingezonden, publicatie.ontvangen
    if asked and received and received < asked:
        yield signaal("ontvangen_voor_ingezonden")


def _number_signals(publicatie: Publicatie, seen: Seen) -> Iterator[Signaal]:
    asked = [n for blok in publicatie.vragen for n in blok.nummers]
    answered = [n for blok in publicatie.antwoorden for n in blok.nummers]
    for label, numbers in (("vraag", asked), ("antwoord", answered)):
        twice = [n for n, count in Counter(numbers).items() if count > 1]
        if twice:
            yield signaal("nummer_dubbel", f"{label} {', '.join(twice)}")
    if not publicatie.vragen and not _is_bare_notice(publicatie):
        yield signaal("mondelinge_vragen" if seen.mondeling else "vragen_ontbreken")
    if seen.counted or _is_uncounted(publicatie.vragen):
        yield signaal("vraag_ongenummerd", f"{len(publicatie.vragen)} vragen")
    if not asked:
        return
    plain = {int(n) for n in asked if n.isdigit()}
    missing = sorted(set(range(1, max(plain, default=0) + 1)) - plain)
    if missing:
        yield signaal("nummer_ontbreekt", ", ".join(map(str, missing[:SHOWN])))
    if publicatie.antwoorden:
        questions, answers = dict.fromkeys(asked), dict.fromkeys(answered)
        open_ = [n for n in questions if n not in answers]
        loose = [n for n in answers if n not in questions]
        if open_:
            yield signaal("antwoord_ontbreekt", ", ".join(open_[:SHOWN]))
        if loose:
            yield signaal("antwoord_zonder_vraag", ", ".join(loose[:SHOWN]))


def _is_bare_notice(publicatie: Publicatie) -> bool:
    """A notice in its first days, without an identifier: it repeats no questions."""
    return publicatie.mededeling is not None and publicatie.identifier is None


def _is_uncounted(vragen: Sequence[Blok]) -> bool:
    """Whether questions have numbers that no label prints; a single one needs none."""
    return len(vragen) > 1 and any(
        blok.nummers and not _COUNTED.search(blok.label) for blok in vragen
    )


def _text_signals(publicatie: Publicatie, seen: Seen) -> Iterator[Signaal]:
    for blok in (*publicatie.vragen, *publicatie.antwoorden):
        if not blok.tekst:
            yield signaal("blok_leeg", blok.label)
        if not blok.nummers:
            yield signaal("label_zonder_nummer", blok.label)
        if is_misprint(blok.label):
            yield signaal("label_verschreven", blok.label)
        if _holds_furniture(blok.tekst):
            yield signaal("paginatekst_vermoed", blok.label)
    for naam in ("mededeling", "toelichting"):
        if _holds_furniture(getattr(publicatie, naam) or ""):
            yield signaal("paginatekst_vermoed", naam)
    for noot in publicatie.noten:
        if _holds_furniture(noot.tekst):
            yield signaal("paginatekst_vermoed", f"noot {noot.nummer}")
    if publicatie.soort is Soort.ANTWOORD and not publicatie.antwoorden:
        yield signaal("antwoord_ontbreekt", "geen antwoordblok")
    if seen.stray:
        yield signaal("tekst_buiten_blokken", seen.stray[:200])


def _holds_furniture(text: str) -> bool:
    # The plain searches come first: they cost a tenth of the pattern.
    hint = (
        "ISSN" in text
        or "vergaderjaar" in text
        or "s-Gravenhage" in text
        or "leden der Kamer" in text
    )
    return hint and _FURNITURE.search(text) is not None


def _note_signals(publicatie: Publicatie, seen: Seen) -> Iterator[Signaal]:
    numbers = [noot.nummer for noot in publicatie.noten]
    referred = set(seen.refs)
    unreferred = [n for n in numbers if n not in referred]
    known = set(numbers)
    missing = [n for n in dict.fromkeys(seen.refs) if n not in known]
    if unreferred:
        yield signaal("noot_zonder_verwijzing", ", ".join(unreferred[:SHOWN]))
    if missing:
        yield signaal("verwijzing_zonder_noot", ", ".join(missing[:SHOWN]))
