"""What is held of a publication: its row, and what its records were read as."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import zstandard

from etl.combine import kind_and_day, rank
from etl.dedupe import Current
from etl.model import archive
from etl.model.publicatie import Metadata
from etl.model.reading import Reading, reading_from
from etl.model.record import Formaat, Record
from etl.store.rows import (
    Row,
    as_json,
    bron_of,
    day_text,
    key_of,
    key_row,
    storable,
    storable_json,
)

Filing = tuple[int, str, str]
"""What a reading is filed under: publicatie_id, source and record."""


def lookup_row(reading: Reading) -> Row:
    """What an incoming reading is looked up by."""
    names = (reading.identifier, *reading.metadata.identifiers)
    key = reading.key.identifier if reading.key else None
    soort, ontvangen = kind_and_day(reading)
    return {
        **key_row(reading.key),
        "source": reading.source,
        "record": storable(reading.record),
        "identifiers": list(dict.fromkeys(filter(None, (*names, key)))),
        "zaaknummers": sorted(reading.zaaknummers),
        "soort": soort.value,
        "ontvangen": day_text(ontvangen),
    }


def record_row(record: Record) -> Row:
    """What a record without a body is looked up by."""
    return {
        "source": record.source,
        "record": storable(record.identifier),
        "identifiers": [storable(record.identifier)],
        "zaaknummers": [],
        "soort": None,
        "ontvangen": None,
        "metadata": as_json(storable_json(record.metadata.as_json())),
    }


def current_of(row: Row) -> Current:
    """A row of `publicatie_held` as a value."""
    return Current(
        publicatie_id=row["publicatie_id"],
        identifier=row["identifier"] or row["voorlopige_sleutel"],
        herziening=row["herziening"],
        # one that was withdrawn before it was read has neither
        formaat=Formaat(row["formaat"] or Formaat.TEKST),
        sha256=row["inhoud_sha256"] or "",
        former=frozenset(row["former"]),
        withdrawn=row["withdrawn"],
    )


def same_publication(found: Sequence[Row], reading: Reading) -> list[Row]:
    """The rows of `publicatie_held` that are the same publication as this reading.

    Two numbers are two publications, unless only this record ever gave the first one.
    Of those that merely fit by zaak and day at most one has a number.
    """
    ours = key_row(reading.key) if reading.key else None
    fits = [row for row in found if row["alone"] or _fits(row, ours)]
    if ours is None:
        numbered = sorted(
            (row for row in fits if row["aanhangselnummer"] is not None),
            key=lambda row: (not row["named"], row["vergaderjaar"], _number(row)),
        )
        fits = [row for row in fits if row["aanhangselnummer"] is None]
        fits += numbered[:1]
    return sorted(fits, key=lambda row: int(row["publicatie_id"]))


def _number(row: Row) -> tuple[int, str]:
    return (row["aanhangselnummer"], row["toevoeging"])


def _fits(row: Row, key: Row | None) -> bool:
    if key is None or row["aanhangselnummer"] is None:
        return True
    held = {
        **{name: row[name] for name in key},
        "aanhangselnummer": str(_number(row)[0]),
    }
    return held == key


def best_row(found: Sequence[Row], readings: Mapping[Filing, Reading]) -> Row:
    """The row that stays where several are one: whose reading ranks first."""
    best = {
        row["publicatie_id"]: [
            rank(reading)
            for (publicatie_id, _, _), reading in readings.items()
            if publicatie_id == row["publicatie_id"]
        ]
        for row in found
    }
    return min(
        found,
        key=lambda row: (
            not best[row["publicatie_id"]],
            min(best[row["publicatie_id"]], default=()),
            row["publicatie_id"],
        ),
    )


def reading_row(
    reading: Reading, publicatie_id: int, compressor: zstandard.ZstdCompressor
) -> Row:
    """A reading as stored, but for the parser."""
    content = as_json(reading.content()).encode("utf-8", "surrogatepass")
    return {
        "source": reading.source,
        "record": storable(reading.record),
        "publicatie_id": publicatie_id,
        "sha256": reading.sha256,
        "formaat": reading.formaat.value,
        "withdrawn": reading.withdrawn,
        "metadata": as_json(reading.metadata.as_json()),
        "content": compressor.compress(content),
    }


def reading_of_row(row: Row) -> Reading | None:
    """The inverse of `reading_row`; None for one withdrawn before it was read."""
    if row["content"] is None:
        return None
    content = zstandard.ZstdDecompressor().decompress(row["content"])
    return reading_from(
        json.loads(content),
        source=row["source"],
        record=row["identifier"],
        metadata=Metadata.from_json(row["metadata"]),
        formaat=Formaat(row["formaat"]),
        sha256=row["sha256"],
        withdrawn=row["withdrawn"],
    )


def archived_of(place: archive.Place, row: Row, bron: Row) -> archive.Archived | None:
    """A row of `archive_reading`, or of `publicatie_content`, with its body."""
    reading = legacy_reading(row) if place.record is None else reading_of_row(row)
    if reading is None:
        return None
    at = replace(place, publicatie_id=row["publicatie_id"])
    return archive.Archived(place=at, reading=reading, bron=bron_of(bron))


def legacy_reading(row: Row) -> Reading:
    """What a publication was read as before readings were kept, from its tables."""
    inhoud = row["inhoud"]
    identifier = inhoud["identifier"]
    key, herziening = key_of(identifier or "")
    value = {name: inhoud[name] for name in _PRINTED}
    value["verwijzingen"] = [
        {
            "soort": one["soort"],
            "tekst": one["tekst"],
            "doel": one["doel_identifier"],
            # what was loaded before parts were told apart is said to be in the heading
            "deel": one["deel"] or "kop",
            "deel_volgorde": one["deel_volgorde"],
        }
        for one in inhoud["verwijzingen"]
    ]
    value["zie_ook"] = list(_zie_ook(inhoud["verwijzingen"]))
    content = {
        "key": key and [getattr(key, name) for name in key.__slots__],
        "identifier": identifier,
        "herziening": herziening,
        "dekking": inhoud["dekking"],
        "publicatie": value,
    }
    return reading_from(
        content,
        source=row["source"] or "map",
        record=identifier or f"publicatie {row['publicatie_id']}",
        metadata=Metadata.from_json(row["metadata"]),
        formaat=Formaat(row["formaat"]),
        sha256=row["sha256"],
        withdrawn=inhoud["status"] == "ingetrokken",
    )


_PRINTED = (
    "identifier",
    "kamer",
    "vergaderjaar",
    "aanhangselnummer",
    "toevoeging",
    "zaaknummers",
    "soort",
    "onderwerp",
    "ingezonden",
    "ontvangen",
    "indieners",
    "gericht_aan",
    "bewindspersonen",
    "vragen",
    "antwoorden",
    "noten",
    "bijlagen",
    "mededeling",
    "reden_uitstel",
    "toelichting",
    "signalen",
)


def _zie_ook(verwijzingen: Iterable[Row]) -> Iterator[Row]:
    for one in verwijzingen:
        key, _ = key_of(one["doel_identifier"] or "")
        if one["soort"] == "zie ook" and key:
            yield {
                "vergaderjaar": key.vergaderjaar,
                "aanhangselnummer": key.aanhangselnummer,
            }
