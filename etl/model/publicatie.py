"""The publication as a value: what one Aanhangsel says, in the words it prints."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Soort(StrEnum):
    """What a publication is to its questions."""

    ANTWOORD = "antwoord"
    UITSTEL = "uitstel"
    MEDEDELING = "mededeling"
    VRAAG = "vraag"
    NADER_ANTWOORD = "nader_antwoord"


class Rol(StrEnum):
    """How a bewindspersoon (minister or state secretary) takes part in the answer."""

    ANTWOORD = "antwoord"
    MEDE_NAMENS = "mede namens"


class Deel(StrEnum):
    """A part of a publication that a note or a reference can stand in."""

    KOP = "kop"
    VRAAG = "vraag"
    ANTWOORD = "antwoord"
    MEDEDELING = "mededeling"
    TOELICHTING = "toelichting"
    BIJLAGE = "bijlage"
    NOOT = "noot"


class Verwijzingsoort(StrEnum):
    """What kind of thing a reference points to."""

    ZIE_OOK = "zie ook"
    AANVULLING_OP = "aanvulling op"
    AANHANGSEL = "aanhangsel"
    ZAAK = "zaak"
    KAMERSTUK = "kamerstuk"
    HANDELINGEN = "handelingen"
    STAATSBLAD = "staatsblad"
    STAATSCOURANT = "staatscourant"
    EU = "eu"
    UITSPRAAK = "uitspraak"
    URL = "url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indiener:
    """A member who asks, and the fractie (parliamentary group) printed behind.

    As printed first; `fractie_code` and the parts of the name are read from it and
    stay None where that is not certain.
    """

    naam: str
    fractie: str | None
    fractie_code: str | None = None
    achternaam: str | None = None
    tussenvoegsel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambt:
    """An office that is asked: Minister, Staatssecretaris or Minister-President."""

    functie: str
    ministerie: str | None
    ministerie_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bewindspersoon:
    """Who answers or signs; `naam` is None for an office that answers along."""

    naam: str | None
    functie: str
    ministerie: str | None
    rol: Rol
    ministerie_code: str | None = None
    achternaam: str | None = None
    tussenvoegsel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZieOok:
    """An earlier number from the line "Zie ook Aanhangsel Handelingen …"."""

    vergaderjaar: str
    aanhangselnummer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blok:
    """One printed vraag (question) or antwoord (answer) block.

    `nummers` are the question numbers it stands for, as text: 2a exists, and
    one answer may serve several questions.
    """

    label: str
    nummers: tuple[str, ...]
    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noot:
    """A note; `urls` are the addresses in its text, in order.

    `deel` and `deel_volgorde` say where it is first referred to: in which part, and
    in which block of that part, counted from 1 (None where there is only one).
    """

    nummer: str
    tekst: str
    urls: tuple[str, ...] = ()
    deel: Deel | None = None
    deel_volgorde: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bijlage:
    """An annex that is printed in the publication itself."""

    label: str
    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verwijzing:
    """A reference to something else, `tekst` as printed.

    `doel` is what it points to in a canonical form, None where that is not certain:
    an identifier of the Official Publications (`ah-tk-20232024-2147`,
    `kst-36471-64`, `stb-2020-118`), a zaaknummer, a CELEX number, an ECLI or an
    address.
    """

    soort: Verwijzingsoort
    tekst: str
    doel: str | None
    deel: Deel
    deel_volgorde: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaal:
    """Something odd in the source: kept as printed and flagged, never repaired."""

    code: str
    uitleg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicatie:
    """One publication. Texts are NFC prose without note markers or page furniture."""

    identifier: str | None
    kamer: str | None
    vergaderjaar: str | None
    aanhangselnummer: int | None
    toevoeging: str = ""
    zaaknummers: tuple[str, ...] = ()
    soort: Soort
    onderwerp: str | None
    ingezonden: date | None
    ontvangen: date | None
    indieners: tuple[Indiener, ...] = ()
    gericht_aan: tuple[Ambt, ...] = ()
    bewindspersonen: tuple[Bewindspersoon, ...] = ()
    zie_ook: tuple[ZieOok, ...] = ()
    vragen: tuple[Blok, ...] = ()
    antwoorden: tuple[Blok, ...] = ()
    noten: tuple[Noot, ...] = ()
    bijlagen: tuple[Bijlage, ...] = ()
    verwijzingen: tuple[Verwijzing, ...] = ()
    mededeling: str | None = None
    reden_uitstel: str | None = None
    toelichting: str | None = None
    signalen: tuple[Signaal, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The object of contract section 3, without `bestand` and `bron`."""
        value = _fields(self)
        for name in ("ingezonden", "ontvangen"):
            value[name] = _day(value[name])
        for name in _LISTS:
            value[name] = [_fields(item) for item in value[name]]
        value["signalen"] = [signaal.code for signaal in self.signalen]
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a source says about a publication beside its body; all may be absent.

    `gepubliceerd` is the day it was placed on the site (dcterms:available).
    `identifiers` are other names that the source knows it by, `aanhangsels` the
    answers and postponements that a question publication names. `soort`,
    `documentnummer`, `ingezonden` and `lengte` (bytes of the body) are what the Tweede
    Kamer says of its document; `ingetrokken` that it took it back.
    """

    titel: str | None = None
    kamer: str | None = None
    vergaderjaar: str | None = None
    aanhangselnummer: int | None = None
    zaaknummers: tuple[str, ...] = ()
    ontvangen: date | None = None
    gepubliceerd: date | None = None
    documentstatus: str | None = None
    identifiers: tuple[str, ...] = ()
    aanhangsels: tuple[str, ...] = ()
    soort: str | None = None
    documentnummer: str | None = None
    ingezonden: date | None = None
    indieners: tuple[Indiener, ...] = ()
    lengte: int | None = None
    ingetrokken: bool = False

    def as_json(self) -> dict[str, Any]:
        """A JSON object with ISO dates, without what is absent; `from_json` reads it.

        Leaving out what is absent keeps the hash of a listing when a field is added.
        """
        value = _fields(self)
        for name in _METADATA_DATES:
            value[name] = _day(value[name])
        value["indieners"] = [_fields(one) for one in self.indieners]
        for name in _METADATA_LATER:
            if not value[name]:
                del value[name]
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Metadata:
        """The inverse of `as_json`."""
        read = {name: value[name] for name in value if name in cls.__slots__}
        for name in _METADATA_DATES:
            read[name] = date.fromisoformat(value[name]) if value.get(name) else None
        for name in ("zaaknummers", "identifiers", "aanhangsels"):
            read[name] = tuple(value.get(name) or ())
        read["indieners"] = tuple(
            Indiener(**one) for one in value.get("indieners") or ()
        )
        return cls(**read)


_METADATA_DATES = ("ontvangen", "gepubliceerd", "ingezonden")
_METADATA_LATER = (
    "identifiers",
    "aanhangsels",
    "soort",
    "documentnummer",
    "ingezonden",
    "indieners",
    "lengte",
    "ingetrokken",
)


_LISTS = (
    "indieners",
    "gericht_aan",
    "bewindspersonen",
    "zie_ook",
    "vragen",
    "antwoorden",
    "noten",
    "bijlagen",
    "verwijzingen",
)


def _fields(value: Any) -> dict[str, Any]:
    """The fields of one dataclass; `asdict` copies deeply, at ten times the cost."""
    return {name: getattr(value, name) for name in value.__slots__}


def _day(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def content_sha256(publicatie: Publicatie, metadata: Metadata) -> str:
    """Hash (hex) of all that is stored of a publication: decides changed or not."""
    value = {
        **publicatie.as_json(),
        "signalen": [_fields(signaal) for signaal in publicatie.signalen],
        "titel": metadata.titel,
        "gepubliceerd": metadata.as_json()["gepubliceerd"],
    }
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
