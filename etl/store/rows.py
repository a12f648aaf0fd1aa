"""A publication as the parameters of the statements in `sql/queries`: pure.

Dates and numbers travel as text: psycopg then prepares one statement, not one for
each combination of absent values.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import zstandard

from etl.dedupe import Current, Incoming
from etl.model.identity import Identifier, Key
from etl.model.publicatie import Metadata, Publicatie, Verwijzing
from etl.model.record import Bron, Formaat, Known, Record, Validators

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """Under what a publication is filed: one of the first two is None."""

    identifier: str | None
    voorlopige_sleutel: str | None
    alias: str | None = None


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


def lookup_row(incoming: Incoming) -> Row:
    """What an incoming publication is looked up by."""
    names = names_of(None, incoming)
    return {
        **key_row(incoming.key),
        "identifier": names.identifier,
        "voorlopige_sleutel": names.voorlopige_sleutel,
        "zaaknummers": list(incoming.publicatie.zaaknummers),
        "soort": incoming.publicatie.soort.value,
    }


def names_of(held: str | None, incoming: Incoming) -> Names:
    """The best name known, and the other one; `held` is the identifier of our row.

    A placeholder `ah-<n>` or no name at all does not replace a numbered identifier.
    """
    offered = incoming.publicatie.identifier
    if offered is None:
        return Names(held, None if held else incoming.identifier)
    if held is None or held == offered:
        return Names(offered, None)
    if key_of(held)[0] and not key_of(offered)[0]:
        return Names(held, None, offered)
    return Names(offered, None, held)


def publicatie_row(incoming: Incoming, names: Names, parser: str) -> Row:
    """The columns of `publicatie` but for its id and the time."""
    publicatie, metadata = incoming.publicatie, incoming.metadata
    key = key_row(incoming.key)
    if incoming.key is None:
        key["kamer"], key["vergaderjaar"] = publicatie.kamer, publicatie.vergaderjaar
    return {
        **key,
        "identifier": names.identifier,
        "voorlopige_sleutel": names.voorlopige_sleutel,
        "herziening": incoming.herziening,
        "soort": publicatie.soort.value,
        "onderwerp": publicatie.onderwerp,
        "titel": metadata.titel,
        "ingezonden": _day(publicatie.ingezonden),
        "ontvangen": _day(publicatie.ontvangen),
        "gepubliceerd": _day(metadata.gepubliceerd),
        "mededeling": publicatie.mededeling,
        "toelichting": publicatie.toelichting,
        "reden_uitstel": publicatie.reden_uitstel,
        "dekking": None if incoming.dekking is None else str(incoming.dekking),
        "formaat": incoming.formaat.value,
        "parser": parser,
        "metadata": as_json(metadata.as_json()),
        "inhoud_sha256": incoming.sha256,
    }


def inhoud_row(incoming: Incoming) -> Row:
    """All rows below the publication as one JSON text."""
    publicatie = incoming.publicatie
    inhoud = {
        "indiener": numbered(map(_fields, publicatie.indieners)),
        "bewindspersoon": numbered(_bewindspersonen(publicatie)),
        "vraag": numbered(map(_fields, publicatie.vragen)),
        "antwoord": numbered(map(_fields, publicatie.antwoorden)),
        "noot": numbered(map(_fields, publicatie.noten)),
        "bijlage": numbered(map(_fields, publicatie.bijlagen)),
        "verwijzing": numbered(map(_verwijzing, publicatie.verwijzingen)),
        "zaak": publicatie.zaaknummers,
        "signaal": numbered(map(_fields, publicatie.signalen)),
    }
    return {"inhoud": as_json(inhoud), "soort": publicatie.soort.value}


def former_json(incoming: Incoming) -> str:
    """The content of a print that never held here, shaped as `versie_replace` does."""
    publicatie, metadata = incoming.publicatie, incoming.metadata
    value = publicatie.as_json()
    value["verwijzingen"] = list(map(_verwijzing, publicatie.verwijzingen))
    del value["zie_ook"]
    value["signalen"] = list(map(_fields, publicatie.signalen))
    value["titel"] = metadata.titel
    value["gepubliceerd"] = _day(metadata.gepubliceerd)
    value["formaat"] = incoming.formaat.value
    value["dekking"] = incoming.dekking
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


def reden_of(current: Current, incoming: Incoming) -> str:
    """Why a new version starts; `attach` may say it more exactly."""
    if current.withdrawn:
        return "teruggekeerd"
    if current.herziening != incoming.herziening and incoming.herziening:
        return "herdruk" if incoming.herziening.startswith("h") else "nieuwe versie"
    if current.formaat != incoming.formaat:
        return "andere vorm"
    return "gewijzigd"


def current_of(row: Row) -> Current | None:
    """The row of `publicatie_current` as a value; None where nothing is held."""
    if row["publicatie_id"] is None:
        return None
    return Current(
        publicatie_id=row["publicatie_id"],
        identifier=row["identifier"] or row["voorlopige_sleutel"],
        herziening=row["herziening"],
        # one that was withdrawn before it was read has neither
        formaat=Formaat(row["formaat"] or Formaat.TEKST),
        sha256=row["inhoud_sha256"] or "",
        metadata=Metadata.from_json(row["metadata"]) if row["metadata"] else Metadata(),
        former=frozenset(row["former"]),
        withdrawn=row["withdrawn"],
    )


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
        "changed_on": _day(record.changed_on),
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
    )


def record_json(record: Record) -> str:
    """A record so that `record_of` can rebuild it, in characters that a row accepts."""
    value = {
        "source": record.source,
        "identifier": record.identifier,
        "position": record.position,
        "fingerprint": record.fingerprint,
        "metadata": record.metadata.as_json(),
        "changed_on": _day(record.changed_on),
    }
    return as_json(_storable(value))


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


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value


def as_json(value: Any) -> str:
    """Compact JSON; a lone surrogate stays one, so that the driver refuses it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
