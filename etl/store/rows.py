"""A publication as the parameters of the statements in `sql/queries`: pure.

Dates and numbers travel as text: psycopg then prepares one statement, not one for
each combination of absent values.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import zstandard

from etl.combine import Whole
from etl.dedupe import Current
from etl.model.identity import Identifier, Key
from etl.model.publicatie import Metadata, Publicatie, Verwijzing
from etl.model.reading import Reading
from etl.model.record import Bron, Known, Record, Validators

Row = dict[str, Any]


def key_row(key: Key | None) -> Row:
    """The four columns that number a publication."""
    return {
        "kamer": key.kamer if key else None,
        "vergaderjaar": key.vergaderjaar if key else None,
        "aanhangselnummer": str(key.aanhangselnummer) if key else None,
        "toevoeging": key.toevoeging if key else "",
    }


def key_of(identifier: str) -> tuple[Key | None, str]:
    """Number and print (h1, n1 or empty) that an identifier names, if it names one."""
    try:
        parsed = Identifier.parse(identifier)
    except ValueError:
        return None, ""
    return parsed.key, parsed.herziening


def withdrawn_row(record: Record) -> Row:
    """The columns of a publication of which only the record was ever seen."""
    metadata = record.metadata
    return {
        "identifier": storable(record.identifier),
        "titel": metadata.titel,
        "gepubliceerd": day_text(metadata.gepubliceerd),
        "metadata": as_json(metadata.as_json()),
    }


def publicatie_row(whole: Whole, parser: str) -> Row:
    """The columns of `publicatie` but for its id and the time."""
    publicatie, metadata = whole.publicatie, whole.metadata
    key = key_row(whole.key)
    if whole.key is None:
        key["kamer"], key["vergaderjaar"] = publicatie.kamer, publicatie.vergaderjaar
    named = publicatie.identifier is not None
    return {
        **key,
        "identifier": publicatie.identifier,
        "voorlopige_sleutel": None if named else whole.identifier,
        "herziening": whole.herziening,
        "soort": publicatie.soort.value,
        "onderwerp": publicatie.onderwerp,
        "titel": metadata.titel,
        "ingezonden": day_text(publicatie.ingezonden),
        "ontvangen": day_text(publicatie.ontvangen),
        "gepubliceerd": day_text(metadata.gepubliceerd),
        "mededeling": publicatie.mededeling,
        "toelichting": publicatie.toelichting,
        "reden_uitstel": publicatie.reden_uitstel,
        "status": "ingetrokken" if whole.withdrawn else "geldig",
        "dekking": None if whole.dekking is None else str(whole.dekking),
        "formaat": whole.formaat.value,
        "parser": parser,
        "metadata": as_json(metadata.as_json()),
        "herkomst": herkomst_json(whole),
        "inhoud_sha256": whole.sha256,
    }


def herkomst_json(whole: Whole) -> str:
    """The source of each value."""
    return json.dumps(whole.herkomst, sort_keys=True)


def inhoud_row(whole: Whole) -> Row:
    """All rows below the publication as one JSON text."""
    publicatie = whole.publicatie
    inhoud = {
        "indiener": numbered(map(_fields, publicatie.indieners)),
        "bewindspersoon": numbered(_bewindspersonen(publicatie)),
        "vraag": numbered(map(_fields, publicatie.vragen)),
        "antwoord": numbered(map(_fields, publicatie.antwoorden)),
        "noot": numbered(map(_fields, publicatie.noten)),
        "bijlage": numbered(map(_fields, publicatie.bijlagen)),
        "verwijzing": numbered(map(_verwijzing, publicatie.verwijzingen)),
        "zaak": [
            {"zaaknummer": zaaknummer, "bekend_door": told}
            for zaaknummer, told in whole.zaken
        ],
        "signaal": numbered(map(_fields, publicatie.signalen)),
    }
    return {"inhoud": as_json(inhoud), "soort": publicatie.soort.value}


def former_json(whole: Whole) -> str:
    """The content of a print that never held here, shaped as `versie_replace` does."""
    publicatie, metadata = whole.publicatie, whole.metadata
    value = publicatie.as_json()
    value["verwijzingen"] = list(map(_verwijzing, publicatie.verwijzingen))
    del value["zie_ook"]
    value["signalen"] = list(map(_fields, publicatie.signalen))
    value["titel"] = metadata.titel
    value["gepubliceerd"] = day_text(metadata.gepubliceerd)
    value["formaat"] = whole.formaat.value
    value["dekking"] = whole.dekking
    value["metadata"] = metadata.as_json()
    return as_json(value)


def numbered(values: Iterable[Row]) -> list[Row]:
    """The values with their `volgorde`, from 1."""
    return [{"volgorde": place, **value} for place, value in enumerate(values, start=1)]


def _bewindspersonen(publicatie: Publicatie) -> Iterator[Row]:
    for ambt in publicatie.gericht_aan:
        yield {"rol": "gericht aan", **_fields(ambt)}
    for persoon in publicatie.bewindspersonen:
        yield _fields(persoon)


def _fields(value: Any) -> Row:
    """One value with its fields named as the columns are."""
    return {name: getattr(value, name) for name in value.__slots__}


def _verwijzing(verwijzing: Verwijzing) -> Row:
    return {
        "soort": verwijzing.soort,
        "tekst": verwijzing.tekst,
        "doel_identifier": verwijzing.doel,
        "deel": verwijzing.deel,
        "deel_volgorde": verwijzing.deel_volgorde,
    }


def reden_of(current: Current, whole: Whole, reading: Reading) -> str:
    """Why a new version starts; `attach` may say it more exactly."""
    if whole.withdrawn and not current.withdrawn:
        return "ingetrokken"
    if current.withdrawn and not whole.withdrawn:
        return "teruggekeerd"
    if current.herziening != whole.herziening and whole.herziening:
        return "herdruk" if whole.herziening.startswith("h") else "nieuwe versie"
    if current.formaat != whole.formaat:
        return "andere vorm"
    return "gewijzigd" if reading is whole.best else "andere bron"


def bron_row(bron: Bron, compressor: zstandard.ZstdCompressor) -> Row:
    """A body as stored: compressed where that makes it smaller."""
    packed = compressor.compress(bron.body)
    smaller = len(packed) < len(bron.body)
    return {
        "sha256": bron.sha256,
        "media_type": bron.media_type,
        "body": packed if smaller else bron.body,
        "compressie": "zstd" if smaller else "geen",
        "lengte": str(len(bron.body)),
        "url": bron.url,
        "url_sha256": hashlib.sha256(bron.url.encode()).hexdigest(),
        "fetched_at": bron.fetched_at,
    }


def unpacked(body: bytes, compressie: str) -> bytes:
    """The bytes as received; the inverse of what `bron_row` does."""
    if compressie == "geen":
        return body
    return zstandard.ZstdDecompressor().decompress(body)


def settle_row(record: Record, bronnen: Sequence[Bron]) -> Row:
    """What is remembered of a processed record, but for the times of an empty fetch."""
    validators = {
        bron.url: {"etag": bron.etag, "last_modified": bron.last_modified}
        for bron in bronnen
        if bron.etag or bron.last_modified
    }
    return {
        "source": record.source,
        "identifier": record.identifier,
        "fingerprint": record.fingerprint,
        "validators": as_json(validators),
        "changed_on": day_text(record.changed_on),
    }


def known_of(row: Row) -> Known:
    """A row of `record_known` as a value."""
    validators = {
        url: Validators(etag=value["etag"], last_modified=value["last_modified"])
        for url, value in row["validators"].items()
    }
    return Known(
        fingerprint=row["fingerprint"],
        fetched_at=row["fetched_at"],
        validators=validators,
        sha256=row["sha256"],
    )


def bron_of(row: Row) -> Bron:
    """A row of `bron_get` as a value."""
    return Bron(
        body=unpacked(row["body"], row["compressie"]),
        url=row["url"],
        media_type=row["media_type"],
        fetched_at=row["opgehaald_op"],
    )


def record_json(record: Record) -> str:
    """A record so that `record_of` can rebuild it, in characters that a row accepts."""
    value = {
        "source": record.source,
        "identifier": record.identifier,
        "position": record.position,
        "fingerprint": record.fingerprint,
        "metadata": record.metadata.as_json(),
        "changed_on": day_text(record.changed_on),
    }
    return storable_text(value)


def record_of(value: Row) -> Record:
    """The inverse of `record_json`, from the parsed JSON."""
    day = value["changed_on"]
    return Record(
        source=value["source"],
        identifier=value["identifier"],
        position=value["position"],
        fingerprint=value["fingerprint"],
        metadata=Metadata.from_json(value["metadata"]),
        changed_on=date.fromisoformat(day) if day else None,
    )


def storable(text: str) -> str:
    """The text without NUL and lone surrogates, for what must not fail to be said."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")


def storable_json(value: Any) -> Any:
    """The same JSON value with texts that a row accepts."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: storable_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(item) for item in value]
    return value


def storable_text(value: Any) -> str:
    """Compact JSON in characters that a row accepts; quick where they all are."""
    text = as_json(value)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return as_json(storable_json(value))
    return as_json(storable_json(value)) if "\\u0000" in text else text


def as_json(value: Any) -> str:
    """Compact JSON; a lone surrogate stays one, so that the driver refuses it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def day_text(day: date | None) -> str | None:
    """In ISO form; None stays None."""
    return day.isoformat() if day else None
