"""Whether an incoming publication is new, changed, the same, or older than ours.

Pure: the store says what it holds, the pipeline asks here what to do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from etl.combine import Whole, combined, print_order
from etl.errors import DocumentFault
from etl.model.identity import Identifier, Key, near_prinsjesdag
from etl.model.publicatie import Metadata, Publicatie, Signaal
from etl.model.reading import Reading
from etl.model.record import Formaat, Record
from etl.model.signaal import signaal


class Decision(StrEnum):
    """What the store does with an incoming publication."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FORMER = "former"
    """An older print than the one we hold: kept as a former version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The row that the store holds of a publication.

    `former` are the content hashes of the versions it replaced.
    """

    publicatie_id: int
    identifier: str
    herziening: str
    formaat: Formaat
    sha256: str
    former: frozenset[str]
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the store holds of the publication that a reading belongs to.

    `current` is the row that stays, None for a new publication; `others` are rows that
    turn out to be the same one. `readings` are all of theirs but that of the same
    record, which the incoming one replaces.
    """

    current: Current | None
    others: tuple[int, ...] = ()
    readings: tuple[Reading, ...] = ()

    def whole(self, reading: Reading) -> Whole:
        """The publication with this reading among its others."""
        return combined((*self.readings, reading))


def reading_of(
    record: Record,
    publicatie: Publicatie,
    formaat: Formaat,
    dekking: float | None = None,
    sha256: str | None = None,
) -> Reading:
    """Join what the document prints with what its record says, flagging conflicts.

    The identifier decides the key. Raises DocumentFault (`key_missing`) when
    nothing names the publication.
    """
    identifier = _identifier(record, publicatie)
    key = identifier.key if identifier else None
    if key is None and not (identifier and identifier.is_question):
        key = (
            _printed_key(publicatie)
            or _listed_key(record.metadata)
            or _half_printed_key(publicatie, record.metadata)
        )
    zaaknummers = publicatie.zaaknummers or record.metadata.zaaknummers
    if identifier is None and key is None and not zaaknummers:
        raise DocumentFault("key_missing", "no identifier, number or zaaknummer found")
    signalen = publicatie.signalen + _conflicts(key, publicatie, record.metadata)
    return Reading(
        source=record.source,
        record=record.identifier,
        key=key,
        identifier=identifier.text if identifier else None,
        herziening=identifier.herziening if identifier else "",
        publicatie=replace(publicatie, signalen=tuple(dict.fromkeys(signalen))),
        metadata=record.metadata,
        formaat=formaat,
        dekking=dekking,
        sha256=sha256,
    )


def decide(held: Held, whole: Whole, reading: Reading) -> Decision:
    """What to do with a publication now that this reading of it has come in."""
    current = held.current
    if current is None:
        return Decision.NEW
    if held.others or current.withdrawn is not whole.withdrawn:
        return Decision.CHANGED
    older = print_order(reading.herziening) < print_order(whole.herziening)
    if older and reading.source == whole.best.source:
        alone = combined([reading]).sha256
        known = alone in current.former or alone == current.sha256
        if not known:
            return Decision.FORMER
    if current.sha256 == whole.sha256:
        return Decision.UNCHANGED
    return Decision.CHANGED


def _identifier(record: Record, publicatie: Publicatie) -> Identifier | None:
    names = (record.identifier, publicatie.identifier, *record.metadata.identifiers)
    for text in names:
        try:
            return Identifier.parse(text) if text else None
        except ValueError:
            continue
    return None


def _printed_key(publicatie: Publicatie) -> Key | None:
    kamer, jaar = publicatie.kamer, publicatie.vergaderjaar
    nummer = publicatie.aanhangselnummer
    if kamer is None or jaar is None or nummer is None:
        return None
    return Key(kamer, jaar, nummer, publicatie.toevoeging)


def _half_printed_key(publicatie: Publicatie, metadata: Metadata) -> Key | None:
    """A Word pre-publication prints "AH 612" alone; its source says in which year."""
    nummer, day = publicatie.aanhangselnummer, publicatie.ontvangen
    jaar = metadata.vergaderjaar
    if nummer is None or jaar is None or metadata.documentnummer is None:
        return None
    if day is None or near_prinsjesdag(day):
        return None
    return Key(publicatie.kamer or "tk", jaar, nummer, publicatie.toevoeging)


def _listed_key(metadata: Metadata) -> Key | None:
    kamer, jaar = metadata.kamer, metadata.vergaderjaar
    nummer = metadata.aanhangselnummer
    if kamer is None or jaar is None or nummer is None:
        return None
    return Key(kamer, jaar, nummer)


def _conflicts(
    key: Key | None, publicatie: Publicatie, metadata: Metadata
) -> tuple[Signaal, ...]:
    found = []
    if key:
        first, last = (int(jaar) for jaar in key.vergaderjaar.split("-"))
        if last != first + 1:
            found.append(signaal("vergaderjaar_onmogelijk", key.vergaderjaar))
        for code, other in (
            ("nummer_wijkt_af", _printed_key(publicatie)),
            ("metadata_wijkt_af", _listed_key(metadata)),
        ):
            if other and _comparable(other) != _comparable(key):
                found.append(signaal(code, other.identifier))
    listed, printed = metadata.ontvangen, publicatie.ontvangen
    if listed and printed and listed != printed:
        found.append(signaal("ontvangen_wijkt_af", listed.isoformat()))
    return tuple(found)


def _comparable(key: Key) -> tuple[str, str, int]:
    return (key.kamer, key.vergaderjaar, key.aanhangselnummer)
