"""Whether an incoming publication is new, changed, the same, or older than ours.

Pure: the store says what it holds, the pipeline asks here what to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from etl.errors import DocumentFault
from etl.model.identity import Identifier, Key
from etl.model.publicatie import Metadata, Publicatie, Signaal, content_sha256
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
class Incoming:
    """One understood publication on its way to the store.

    `key` is None while no aanhangselnummer is known; `identifier` then names it.
    """

    key: Key | None
    identifier: str
    herziening: str
    publicatie: Publicatie
    metadata: Metadata
    formaat: Formaat
    dekking: float | None = None
    """Of the document, not of what it says: no part of the hash."""
    sha256: str = field(init=False)
    """Hash (hex) of what the publication says and its source says of it."""

    def __post_init__(self) -> None:
        sha256 = content_sha256(self.publicatie, self.metadata)
        object.__setattr__(self, "sha256", sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """What the store holds of the same publication.

    `former` are the content hashes of the versions it replaced.
    """

    publicatie_id: int
    identifier: str
    herziening: str
    formaat: Formaat
    sha256: str
    metadata: Metadata
    former: frozenset[str]
    withdrawn: bool


def incoming_of(
    record: Record,
    publicatie: Publicatie,
    formaat: Formaat,
    dekking: float | None = None,
) -> Incoming:
    """Join what the document prints with what its record says, flagging conflicts.

    The identifier decides the key. Raises DocumentFault (`key_missing`) when
    nothing names the publication.
    """
    identifier = _identifier(record, publicatie)
    key = identifier.key if identifier else None
    if key is None:
        key = _printed_key(publicatie) or _listed_key(record.metadata)
    name = identifier.text if identifier else key.identifier if key else None
    zaaknummers = publicatie.zaaknummers or record.metadata.zaaknummers
    if name is None and not zaaknummers:
        raise DocumentFault("key_missing", "no identifier, number or zaaknummer found")
    signalen = publicatie.signalen + _conflicts(key, publicatie, record.metadata)
    whole = replace(
        publicatie,
        identifier=name,
        kamer=key.kamer if key else publicatie.kamer or record.metadata.kamer,
        vergaderjaar=key.vergaderjaar if key else publicatie.vergaderjaar,
        aanhangselnummer=key.aanhangselnummer if key else None,
        toevoeging=key.toevoeging if key else "",
        zaaknummers=zaaknummers,
        ontvangen=publicatie.ontvangen or record.metadata.ontvangen,
        signalen=tuple(dict.fromkeys(signalen)),
    )
    return Incoming(
        key=key,
        identifier=name or f"{zaaknummers[0]}-{whole.soort}",
        herziening=identifier.herziening if identifier else "",
        publicatie=whole,
        metadata=record.metadata,
        formaat=formaat,
        dekking=dekking,
    )


def merged(current: Current | None, incoming: Incoming) -> Incoming:
    """The incoming publication, keeping metadata that only an earlier source gave."""
    if current is None:
        return incoming
    held, offered = current.metadata, incoming.metadata
    metadata = replace(
        offered,
        titel=offered.titel or held.titel,
        gepubliceerd=offered.gepubliceerd or held.gepubliceerd,
        zaaknummers=offered.zaaknummers or held.zaaknummers,
    )
    zaaknummers = incoming.publicatie.zaaknummers or held.zaaknummers
    publicatie = replace(incoming.publicatie, zaaknummers=zaaknummers)
    return replace(incoming, publicatie=publicatie, metadata=metadata)


def decide(current: Current | None, incoming: Incoming) -> Decision:
    """What to do with a publication that was passed through `merged`."""
    if current is None:
        return Decision.NEW
    if current.withdrawn:
        return Decision.CHANGED
    if current.sha256 == incoming.sha256:
        return Decision.UNCHANGED
    ours, theirs = _print_order(current.herziening), _print_order(incoming.herziening)
    if theirs < ours:
        known = incoming.sha256 in current.former
        return Decision.UNCHANGED if known else Decision.FORMER
    if theirs == ours and incoming.formaat.rank > current.formaat.rank:
        return Decision.UNCHANGED
    return Decision.CHANGED


def _print_order(herziening: str) -> tuple[int, int]:
    """First print, herdruk (h), then n: the order in which the suffixes came up."""
    if not herziening:
        return (0, 0)
    return ("hn".index(herziening[0]) + 1, int(herziening[1:] or 1))


def _identifier(record: Record, publicatie: Publicatie) -> Identifier | None:
    for text in (record.identifier, publicatie.identifier):
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
