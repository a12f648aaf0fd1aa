"""The mirror of the Tweede Kamer's entities, as parameters and back: pure.

What concerns written questions is kept in full; the rest passes by.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.model.entity import QUESTION_SOORTEN, ZAAK_SOORT, Category, Entity, Page
from etl.model.identity import Identifier, Key, parse_aanhangselnummer
from etl.model.naam import name_of_actor
from etl.model.publicatie import Indiener, Metadata
from etl.model.record import Record
from etl.store.rows import Row, storable_text

PARENT = {
    Category.ZAAK_ACTOR: "zaak",
    Category.DOCUMENT_ACTOR: "document",
    Category.DOCUMENT_VERSIE: "document",
}
"""The reference by which a part belongs to its whole."""

PEOPLE = {
    Category.PERSOON,
    Category.FRACTIE,
    Category.FRACTIE_ZETEL,
    Category.FRACTIE_ZETEL_PERSOON,
}
"""Categories that are kept whole: they say who sat for which group when."""

UNCERTAIN = "mededeling"
"""A Soort that concerns written questions only where its zaak does."""

_SOORTEN = frozenset(soort.casefold() for soort in QUESTION_SOORTEN) - {UNCERTAIN}
_ANSWERS = frozenset(
    soort.casefold() for soort in QUESTION_SOORTEN if soort != ZAAK_SOORT
)


def page_row(page: Page) -> Row:
    """A page as one JSON text, each entity with its place."""
    entities = [
        {
            "plaats": place,
            "ordered": entry.token is not None,
            **_entity(entry.entity),
        }
        for place, entry in enumerate(page.entries)
        if entry.entity
    ]
    return {"entities": storable_text(entities)}


def ids(page: Page, *categories: Category) -> list[str]:
    """The entities of a page that are of one of these categories."""
    return [
        entry.entity.id
        for entry in page.entries
        if entry.entity and entry.entity.category in categories
    ]


def _entity(entity: Entity) -> Row:
    parent = entity.refs.get(PARENT.get(entity.category, ""), ())
    return {
        "id": entity.id,
        "category": entity.category.value,
        "parent_id": parent[0] if parent else None,
        "concerns": concerns(entity),
        "deleted": entity.deleted,
        "fields": dict(entity.fields),
        "refs": {name: list(ids) for name, ids in entity.refs.items() if ids},
        "oddities": list(entity.oddities),
        "changed_at": entity.changed_at.isoformat() if entity.changed_at else None,
    }


def concerns(entity: Entity) -> bool | None:
    """Whether it concerns written questions; None where its whole decides.

    A Soort that nobody has seen yet counts when it speaks of written questions.
    """
    if entity.category in PEOPLE:
        return True
    soort = (entity.fields.get("soort") or "").casefold()
    if entity.category is Category.ZAAK and soort:
        return soort == ZAAK_SOORT.casefold()
    if entity.category is Category.DOCUMENT and soort and soort != UNCERTAIN:
        return soort in _SOORTEN or ZAAK_SOORT.casefold() in soort
    return None


def document_record(row: Row, source: str) -> Record:
    """A row of `document_due` as the pipeline takes it."""
    told = row["metadata"]
    return Record(
        source=source,
        identifier=row["identifier"],
        position=f"{row['place']} {row['identifier']}",
        fingerprint=row["fingerprint"],
        metadata=_metadata(told, row["lengte"]),
    )


def _metadata(told: dict[str, Any], lengte: int | None) -> Metadata:
    key = _key(told)
    datum = date.fromisoformat(told["datum"]) if told["datum"] else None
    answers = (told["soort"] or "").casefold() in _ANSWERS
    gestart = date.fromisoformat(told["gestart_op"]) if told["gestart_op"] else None
    external = told["externe_identifier"]
    return Metadata(
        titel=told["titel"],
        kamer="tk",
        vergaderjaar=key.vergaderjaar if key else told["vergaderjaar"],
        aanhangselnummer=key.aanhangselnummer if key else None,
        zaaknummers=tuple(told["zaaknummers"]),
        ontvangen=datum if answers else None,
        identifiers=(external,) if external else (),
        soort=told["soort"],
        documentnummer=told["documentnummer"],
        ingezonden=gestart or (None if answers else datum),
        indieners=tuple(_indiener(one) for one in told["indieners"]),
        lengte=lengte,
        ingetrokken=told["deleted"],
    )


def _key(told: dict[str, Any]) -> Key | None:
    """The number, by whichever of its two spellings is there."""
    try:
        return parse_aanhangselnummer(told["aanhangselnummer"] or "")
    except ValueError:
        pass
    try:
        return Identifier.parse(told["externe_identifier"] or "").key
    except ValueError:
        return None


def _indiener(told: dict[str, Any]) -> Indiener:
    """A member as a heading would print him: first name and surname."""
    parts = name_of_actor(told["naam"])
    if parts is None:
        return Indiener(naam=told["naam"], fractie=told["fractie"])
    words = (parts.roepnaam, parts.tussenvoegsel, parts.achternaam)
    return Indiener(
        naam=" ".join(filter(None, words)),
        fractie=told["fractie"],
        achternaam=parts.achternaam,
        tussenvoegsel=parts.tussenvoegsel,
    )
