"""One publication out of all that its sources say: pure, whatever came in first.

The readings are put in order by `rank`. The first gives the text and, where it says
so, each value; what it leaves empty comes from the next that does not. Where sources
differ the first one holds and a signal records the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from etl.model.identity import Identifier, Key
from etl.model.publicatie import Metadata, Publicatie, Signaal, Soort, content_sha256
from etl.model.reading import Reading
from etl.model.record import Formaat
from etl.model.signaal import signaal

PRECEDENCE = ("officielebekendmakingen", "map", "tweedekamer")
"""Whose words hold where two sources give a publication in the same form."""

TYPESET = frozenset({Formaat.XML, Formaat.HTML, Formaat.PDF})
"""Forms of the edited text: a Word pre-publication may well differ from it."""

FURTHER = "(nader)"
"""In what the Tweede Kamer calls a further answer, which the text does not say."""

_HEAD = ("onderwerp", "ingezonden", "ontvangen")
_LISTS = ("indieners", "gericht_aan", "bewindspersonen")
_LACKING = {
    "onderwerp": "onderwerp_ontbreekt",
    "ingezonden": "ingezonden_ontbreekt",
    "ontvangen": "ontvangen_ontbreekt",
    "indieners": "indiener_ontbreekt",
    "bewindspersonen": "bewindspersoon_ontbreekt",
}
"""What a reading says when it lacks a value: no longer so when another fills it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A publication as all of its readings give it.

    `names` are the other official names it goes by; `zaken` its zaaknummers with how
    each is known; `herkomst` the source of each value.
    """

    best: Reading
    key: Key | None
    identifier: str
    herziening: str
    publicatie: Publicatie
    metadata: Metadata
    names: tuple[str, ...] = ()
    zaken: tuple[tuple[str, str], ...] = ()
    herkomst: Mapping[str, str] = field(default_factory=dict)
    sha256: str = field(init=False)
    """Hash (hex) of what the publication says and its sources say of it."""

    def __post_init__(self) -> None:
        sha256 = content_sha256(self.publicatie, self.metadata)
        object.__setattr__(self, "sha256", sha256)

    @property
    def formaat(self) -> Formaat:
        """The form that its text was read from."""
        return self.best.formaat

    @property
    def dekking(self) -> float | None:
        """Of the document, not of what it says: no part of the hash."""
        return self.best.dekking

    @property
    def withdrawn(self) -> bool:
        """Whether every source took it back."""
        return self.best.withdrawn


def print_order(herziening: str) -> tuple[int, int]:
    """First print, herdruk (h), then n: the order in which the suffixes came up."""
    if not herziening:
        return (0, 0)
    return ("hn".index(herziening[0]) + 1, int(herziening[1:] or 1))


def rank(reading: Reading) -> tuple[Any, ...]:
    """The documented precedence; the least is the best.

    What still stands before what was withdrawn; the newest print; the richest form;
    a numbered record before a placeholder; then the source, and its name for it.
    """
    kind, number = print_order(reading.herziening)
    return (
        reading.withdrawn,
        -kind,
        -number,
        reading.formaat.rank,
        reading.key is None,
        not _is_numbered(reading.record),
        _source_order(reading.source),
        reading.source,
        reading.record,
    )


def _source_order(source: str) -> int:
    return PRECEDENCE.index(source) if source in PRECEDENCE else len(PRECEDENCE)


def combined(readings: Sequence[Reading]) -> Whole:
    """The publication. `readings` is not empty; their order does not matter."""
    ordered = sorted(readings, key=rank)
    best = ordered[0]
    heard = [one for one in ordered if _is_heard(one, best)]
    herkomst = {"tekst": best.source}
    values = _values(heard, herkomst)
    key = next((one.key for one in heard if one.key), None)
    official = _official(ordered)
    zaken = _zaken(heard)
    if zaken:
        herkomst["zaaknummers"] = next(one.source for one in heard if one.zaaknummers)
    name = _name(key, official, heard)
    jaar = next((one.publicatie.vergaderjaar for one in heard), None)
    publicatie = replace(
        best.publicatie,
        **values,
        identifier=name,
        kamer=key.kamer if key else _first(heard, "kamer"),
        vergaderjaar=key.vergaderjaar if key else jaar,
        aanhangselnummer=key.aanhangselnummer if key else None,
        toevoeging=key.toevoeging if key else "",
        zaaknummers=tuple(zaaknummer for zaaknummer, _ in zaken),
        soort=_soort(heard),
        signalen=_signalen(best, heard, values),
    )
    return Whole(
        best=best,
        key=key,
        identifier=name or _provisional(publicatie),
        herziening=best.herziening,
        publicatie=publicatie,
        metadata=_metadata(best, heard, herkomst),
        names=tuple(one for one in official if one != name),
        zaken=zaken,
        herkomst=herkomst,
    )


def kind_and_day(reading: Reading) -> tuple[Soort, date | None]:
    """The soort and `ontvangen` that `combined` gives for this reading alone.

    What a publication without a number is found by, without joining all the rest.
    """
    return _soort([reading]), (
        reading.publicatie.ontvangen or reading.metadata.ontvangen
    )


def _is_heard(reading: Reading, best: Reading) -> bool:
    """Not an older print by the same source, nor what was withdrawn if others stand."""
    if reading.withdrawn and not best.withdrawn:
        return False
    return reading.source != best.source or reading.herziening == best.herziening


def _values(heard: Sequence[Reading], herkomst: dict[str, str]) -> dict[str, Any]:
    """The first value of each field of the head that is not empty."""
    values: dict[str, Any] = {}
    for name in (*_HEAD, *_LISTS):
        for reading in heard:
            value = getattr(reading.publicatie, name) or getattr(
                reading.metadata, name, None
            )
            if value:
                values[name] = value
                herkomst[name] = reading.source
                break
    return values


def _first(heard: Sequence[Reading], name: str) -> Any:
    for reading in heard:
        value = getattr(reading.publicatie, name) or getattr(reading.metadata, name)
        if value:
            return value
    return None


def _metadata(
    best: Reading, heard: Sequence[Reading], herkomst: dict[str, str]
) -> Metadata:
    """Those of the best reading, with what only others were told of it."""
    titled = sorted(heard, key=lambda one: (_source_order(one.source), rank(one)))
    found: dict[str, Any] = {}
    for name in ("titel", "gepubliceerd"):
        for reading in titled:
            if value := getattr(reading.metadata, name):
                found[name] = value
                herkomst[name] = reading.source
                break
    named = (one.metadata.aanhangsels for one in heard)
    found["aanhangsels"] = next(filter(None, named), ())
    return replace(best.metadata, **found)


def _official(ordered: Sequence[Reading]) -> tuple[str, ...]:
    """All official names, those of the records that stand first."""
    named = [
        name
        for reading in ordered
        for name in (reading.identifier, *reading.metadata.identifiers)
        if name and _is_identifier(name)
    ]
    return tuple(dict.fromkeys(named))


def _is_identifier(text: str) -> bool:
    try:
        Identifier.parse(text)
    except ValueError:
        return False
    return True


def _provisional(publicatie: Publicatie) -> str:
    """What a publication without any official name is filed under.

    Zaak and soort; of a postponement, of which a zaak may have several, also its day.
    """
    name = f"{publicatie.zaaknummers[0]}-{publicatie.soort}"
    if publicatie.soort is Soort.UITSTEL and publicatie.ontvangen:
        return f"{name}-{publicatie.ontvangen}"
    return name


def _is_numbered(record: str) -> bool:
    return _is_identifier(record) and Identifier.parse(record).key is not None


def _name(
    key: Key | None, official: Sequence[str], heard: Sequence[Reading]
) -> str | None:
    """The name in force: as its publisher spells the number, else as it is usual."""
    if key is None:
        return official[0] if official else None
    spelled = [
        reading.identifier
        for reading in heard
        if reading.key == key and reading.identifier and _records(reading)
    ]
    spelled += [name for name in official if Identifier.parse(name).key == key]
    return spelled[0] if spelled else key.identifier


def _records(reading: Reading) -> bool:
    """Whether the source itself calls its record so, not only a body or a reader."""
    return reading.identifier == reading.record


def _zaken(heard: Sequence[Reading]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for reading in heard:
        for zaaknummer in reading.zaaknummers:
            told = (
                "zaak"
                if reading.source == "tweedekamer"
                and zaaknummer not in reading.publicatie.zaaknummers
                else "vraagnummer"
            )
            if found.get(zaaknummer) != "vraagnummer":
                found[zaaknummer] = told
    return tuple(found.items())


def _soort(heard: Sequence[Reading]) -> Soort:
    """As the text of the best shows; that it is a further answer only a source says."""
    soort = heard[0].publicatie.soort
    if soort is Soort.ANTWOORD and any(
        FURTHER in (one.metadata.soort or "") for one in heard
    ):
        return Soort.NADER_ANTWOORD
    return soort


def _signalen(
    best: Reading, heard: Sequence[Reading], values: Mapping[str, Any]
) -> tuple[Signaal, ...]:
    filled = {
        _LACKING[name]
        for name in values
        if name in _LACKING and not getattr(best.publicatie, name)
    }
    own = [one for one in best.publicatie.signalen if one.code not in filled]
    return tuple(dict.fromkeys((*own, *_differences(best, heard, values))))


def _differences(
    best: Reading, heard: Sequence[Reading], values: Mapping[str, Any]
) -> Iterator[Signaal]:
    """What another source says otherwise, one signal a value."""
    for other in heard:
        if other.source == best.source:
            continue
        for name, ours, theirs in _compared(best, other, values):
            if ours and theirs and ours != theirs:
                detail = (
                    f"{name} is {_text(ours)} volgens {best.source},"
                    f" {_text(theirs)} volgens {other.source}"
                )
                yield signaal("bron_wijkt_af", detail)


def _compared(
    best: Reading, other: Reading, values: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    for name in ("ingezonden", "ontvangen"):
        theirs = getattr(other.publicatie, name) or getattr(other.metadata, name)
        yield name, values.get(name), theirs
        listed = getattr(other.metadata, name)
        if listed != theirs:
            yield name, values.get(name), listed
    ours, theirs = set(best.zaaknummers), set(other.zaaknummers)
    if not ours & theirs:
        yield "zaaknummer", tuple(sorted(ours)), tuple(sorted(theirs))
    if best.formaat in TYPESET and other.formaat in TYPESET:
        one, two = best.publicatie, other.publicatie
        yield "soort", one.soort.value, two.soort.value
        yield "aantal vragen", _numbers(one), _numbers(two)
        yield "aantal antwoorden", len(one.antwoorden), len(two.antwoorden)


def _numbers(publicatie: Publicatie) -> int:
    return sum(len(vraag.nummers) or 1 for vraag in publicatie.vragen)


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return " en ".join(value) if isinstance(value, tuple) else str(value)
