"""What one record of one source was read as: all that a publication is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from etl.model.identity import Key
from etl.model.publicatie import (
    Ambt,
    Bewindspersoon,
    Bijlage,
    Blok,
    Deel,
    Indiener,
    Metadata,
    Noot,
    Publicatie,
    Rol,
    Signaal,
    Soort,
    Verwijzing,
    Verwijzingsoort,
    ZieOok,
)
from etl.model.record import Formaat


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A record as understood; `record` is its name at its source.

    `identifier` is the official name that the record or its body goes by, `key` the
    number that follows from it or is printed: both None while nothing is numbered.
    `publicatie` carries what this reading itself found odd. `sha256` (hex) is of the
    body that was read. Withdrawn is what its source took back.
    """

    source: str
    record: str
    key: Key | None
    identifier: str | None
    herziening: str
    publicatie: Publicatie
    metadata: Metadata
    formaat: Formaat
    dekking: float | None = None
    sha256: str | None = None
    withdrawn: bool = False

    @property
    def zaaknummers(self) -> tuple[str, ...]:
        """Those printed, then those that its source knows."""
        return tuple(
            dict.fromkeys((*self.publicatie.zaaknummers, *self.metadata.zaaknummers))
        )

    def content(self) -> dict[str, Any]:
        """Everything but source, record, hash and metadata as a JSON object."""
        key = self.key
        value = self.publicatie.as_json()
        value["signalen"] = [_fields(one) for one in self.publicatie.signalen]
        return {
            "key": key and [getattr(key, name) for name in key.__slots__],
            "identifier": self.identifier,
            "herziening": self.herziening,
            "dekking": self.dekking,
            "publicatie": value,
        }


def reading_from(  # noqa: PLR0913 - all by keyword: the columns of its row
    content: dict[str, Any],
    *,
    source: str,
    record: str,
    metadata: Metadata,
    formaat: Formaat,
    sha256: str | None,
    withdrawn: bool,
) -> Reading:
    """The inverse of `Reading.content`."""
    key = content["key"]
    return Reading(
        source=source,
        record=record,
        key=Key(*key) if key else None,
        identifier=content["identifier"],
        herziening=content["herziening"],
        publicatie=publicatie_from(content["publicatie"]),
        metadata=metadata,
        formaat=formaat,
        dekking=content["dekking"],
        sha256=sha256,
        withdrawn=withdrawn,
    )


def publicatie_from(value: dict[str, Any]) -> Publicatie:
    """The inverse of `Publicatie.as_json` with its signals written out."""
    read: dict[str, Any] = {
        **value,
        "soort": Soort(value["soort"]),
        "zaaknummers": tuple(value["zaaknummers"]),
    }
    for name in ("ingezonden", "ontvangen"):
        read[name] = date.fromisoformat(value[name]) if value[name] else None
    for name, one in _PARTS.items():
        read[name] = tuple(one(item) for item in value[name])
    return Publicatie(**read)


def _bewindspersoon(value: dict[str, Any]) -> Bewindspersoon:
    return Bewindspersoon(**{**value, "rol": Rol(value["rol"])})


def _blok(value: dict[str, Any]) -> Blok:
    return Blok(**{**value, "nummers": tuple(value["nummers"])})


def _noot(value: dict[str, Any]) -> Noot:
    deel = value["deel"] and Deel(value["deel"])
    return Noot(**{**value, "urls": tuple(value["urls"]), "deel": deel})


def _verwijzing(value: dict[str, Any]) -> Verwijzing:
    read = Verwijzing(**value)
    return replace(read, soort=Verwijzingsoort(read.soort), deel=Deel(read.deel))


_PARTS: dict[str, Any] = {
    "indieners": lambda value: Indiener(**value),
    "gericht_aan": lambda value: Ambt(**value),
    "bewindspersonen": _bewindspersoon,
    "zie_ook": lambda value: ZieOok(**value),
    "vragen": _blok,
    "antwoorden": _blok,
    "noten": _noot,
    "bijlagen": lambda value: Bijlage(**value),
    "verwijzingen": _verwijzing,
    "signalen": lambda value: Signaal(**value),
}


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}
