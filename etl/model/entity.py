"""A row of the Kamer's own data, the same whether SyncFeed or OData brought it.

Names are those of the XSD in lower case; values are canonical text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from etl.model.canonical import XML_SPACE, Kind, canonical, instant, shown

ZAAK_SOORT = "Schriftelijke vragen"
"""The Soort of the zaken about written questions."""

QUESTION_SOORTEN = (
    "Schriftelijke vragen",
    "Antwoord schriftelijke vragen",
    "Antwoord schriftelijke vragen (nader)",
    "Mededeling (uitstel antwoord)",
    "Mededeling",
    "Aanhangsel van de Handelingen",
)
"""The Soort of the documents about written questions."""


class Category(StrEnum):
    """The kinds of row that are followed, as the feed names them."""

    DOCUMENT = "Document"
    DOCUMENT_ACTOR = "DocumentActor"
    DOCUMENT_VERSIE = "DocumentVersie"
    ZAAK = "Zaak"
    ZAAK_ACTOR = "ZaakActor"
    PERSOON = "Persoon"
    FRACTIE = "Fractie"
    FRACTIE_ZETEL = "FractieZetel"
    FRACTIE_ZETEL_PERSOON = "FractieZetelPersoon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One row at its last change.

    `id` is its guid in lower case. `changed_at` is bijgewerkt or GewijzigdOp, aware
    UTC. `fields` holds what the source sent and nothing else, null as None; `refs`
    the guids it points to, in the order of the source and each once. A deleted row
    has neither. `oddities` are lines about values that were refused.
    """

    category: Category
    id: str
    deleted: bool
    changed_at: datetime | None
    fields: Mapping[str, str | None]
    refs: Mapping[str, tuple[str, ...]]
    oddities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place in a listing, mostly with an entity.

    `token` is where to resume right after it (None for OData), `updated` when the
    source received it (aware UTC), `problem` why there is no entity.
    """

    token: str | None
    updated: datetime | None
    entity: Entity | None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a source.

    `following` is the token of the page's own next link, None at the end; `resume`
    the token to begin with next time, on an empty page that says so. `drift` are
    lines about names that appeared or vanished, each once.
    """

    category: Category
    entries: tuple[Entry, ...]
    following: str | None
    resume: str | None
    drift: tuple[str, ...] = ()


_ACTOR = dict.fromkeys(
    ("actornaam", "actorfractie", "functie", "relatie", "sidactor"), Kind.TEXT
)
_FILE = {"contenttype": Kind.TEXT, "contentlength": Kind.NUMBER}
"""Attributes of the row where SyncFeed sends them: absent means null."""

FIELDS: Mapping[Category, Mapping[str, Kind]] = {
    Category.DOCUMENT: {
        **_FILE,
        "soort": Kind.NAME,
        "documentnummer": Kind.NAME,
        "titel": Kind.TEXT,
        "onderwerp": Kind.TEXT,
        "datum": Kind.MOMENT,
        "volgnummer": Kind.NUMBER,
        "vergaderjaar": Kind.NAME,
        "kamer": Kind.NUMBER,
        "citeertitel": Kind.TEXT,
        "alias": Kind.TEXT,
        "datumregistratie": Kind.MOMENT,
        "datumontvangst": Kind.MOMENT,
        "aanhangselnummer": Kind.NAME,
        "kenmerkafzender": Kind.TEXT,
        "organisatie": Kind.TEXT,
    },
    Category.DOCUMENT_ACTOR: _ACTOR,
    Category.DOCUMENT_VERSIE: {
        "status": Kind.TEXT,
        "versienummer": Kind.NUMBER,
        "bestandsgrootte": Kind.NUMBER,
        "extensie": Kind.TEXT,
        "datum": Kind.MOMENT,
        "externeidentifier": Kind.NAME,
    },
    Category.ZAAK: {
        "nummer": Kind.NAME,
        "soort": Kind.NAME,
        "onderwerp": Kind.TEXT,
        "gestartop": Kind.MOMENT,
        "organisatie": Kind.TEXT,
        "titel": Kind.TEXT,
        "citeertitel": Kind.TEXT,
        "alias": Kind.TEXT,
        "grondslagvoorhang": Kind.TEXT,
        "termijn": Kind.MOMENT,
        "vergaderjaar": Kind.NAME,
        "volgnummer": Kind.NUMBER,
        "status": Kind.TEXT,
        "huidigebehandelstatus": Kind.TEXT,
        "afgedaan": Kind.FLAG,
        "grootproject": Kind.FLAG,
        "kabinetsappreciatie": Kind.TEXT,
    },
    Category.ZAAK_ACTOR: {**_ACTOR, "actorafkorting": Kind.TEXT},
    Category.PERSOON: {
        **_FILE,
        "nummer": Kind.NUMBER,
        "titels": Kind.TEXT,
        "initialen": Kind.TEXT,
        "tussenvoegsel": Kind.TEXT,
        "achternaam": Kind.TEXT,
        "voornamen": Kind.TEXT,
        "roepnaam": Kind.TEXT,
        "geslacht": Kind.TEXT,
        "functie": Kind.TEXT,
        "fractielabel": Kind.TEXT,
    },
    Category.FRACTIE: {
        **_FILE,
        "nummer": Kind.NUMBER,
        "afkorting": Kind.NAME,
        "naamnl": Kind.TEXT,
        "naamen": Kind.TEXT,
        "aantalzetels": Kind.NUMBER,
        "aantalstemmen": Kind.NUMBER,
        "datumactief": Kind.DAY,
        "datuminactief": Kind.DAY,
    },
    Category.FRACTIE_ZETEL: {"gewicht": Kind.NUMBER},
    Category.FRACTIE_ZETEL_PERSOON: {
        "functie": Kind.TEXT,
        "van": Kind.DAY,
        "totenmet": Kind.DAY,
    },
}
"""The fields that are kept, with their kind."""

ATTRIBUTES = frozenset(_FILE)

_ACTOR_REFS = frozenset({"persoon", "fractie", "commissie"})

REFS: Mapping[Category, frozenset[str]] = {
    Category.DOCUMENT: frozenset({"huidigedocumentversie", "brondocument", "zaak"}),
    Category.DOCUMENT_ACTOR: _ACTOR_REFS | {"document"},
    Category.DOCUMENT_VERSIE: frozenset({"document"}),
    Category.ZAAK: frozenset({"gerelateerdvanuit", "vervangenvanuit"}),
    Category.ZAAK_ACTOR: _ACTOR_REFS | {"zaak"},
    Category.PERSOON: frozenset(),
    Category.FRACTIE: frozenset(),
    Category.FRACTIE_ZETEL: frozenset({"fractie"}),
    Category.FRACTIE_ZETEL_PERSOON: frozenset({"fractiezetel", "persoon"}),
}
"""The references that are kept."""

_ELSEWHERE = frozenset({"activiteit", "agendapunt", "kamerstukdossier", "annotatie"})

IGNORED: Mapping[Category, frozenset[str]] = {
    **dict.fromkeys(Category, frozenset({"annotatie"})),
    Category.DOCUMENT: _ELSEWHERE,
    Category.ZAAK: _ELSEWHERE,
    # Nobody needs where members were born or live, so it is not kept.
    Category.PERSOON: frozenset(
        "annotatie geboortedatum geboorteplaats geboorteland overlijdensdatum"
        " overlijdensplaats woonplaats land".split()
    ),
}
"""Names that are known, not kept and no news."""

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(slots=True, kw_only=True)
class Row:
    """A row as a source spelled it, its names already in lower case.

    Values are what XML or JSON gives for them; absent names were not sent.
    """

    id: object = None
    deleted: object = None
    changed: object = None
    values: dict[str, object] = field(default_factory=dict)
    refs: dict[str, list[object]] = field(default_factory=dict)


def entity_of(category: Category, row: Row) -> Entity:
    """The entity that a row is.

    Raises ValueError, saying why, for a placeholder and for a row without a guid.
    """
    guid = guid_of(row.id)
    if guid is None:
        raise ValueError(f"{category}: {shown(row.id)} is no guid")
    oddities: list[str] = []
    deleted = _value("verwijderd", Kind.FLAG, row.deleted, oddities) == "true"
    changed_at = _changed_at(row.changed, oddities)
    # What a deleted row still says is not to be relied on, least of all its nulls.
    fields = {} if deleted else _fields(category, row, oddities)
    refs = {} if deleted else _refs(category, row, oddities)
    if row.deleted is None and not refs and not any(fields.values()):
        raise ValueError(f"{category} {guid}: a placeholder, everything is empty")
    return Entity(
        category=category,
        id=guid,
        deleted=deleted,
        changed_at=changed_at,
        fields=fields,
        refs=refs,
        oddities=tuple(oddities),
    )


def guid_of(value: object) -> str | None:
    """A guid in lower case; None for anything else."""
    text = value.strip(XML_SPACE).lower() if isinstance(value, str) else ""
    return text if _GUID.fullmatch(text) else None


def _fields(category: Category, row: Row, oddities: list[str]) -> dict[str, str | None]:
    return {
        name: _value(name, kind, row.values[name], oddities)
        for name, kind in FIELDS[category].items()
        if name in row.values
    }


def _refs(
    category: Category, row: Row, oddities: list[str]
) -> dict[str, tuple[str, ...]]:
    found = {
        name: _guids(name, row.refs.get(name, ()), oddities)
        for name in sorted(REFS[category])
    }
    return {name: guids for name, guids in found.items() if guids}


def _value(name: str, kind: Kind, value: object, oddities: list[str]) -> str | None:
    try:
        return canonical(kind, value)
    except ValueError as problem:
        oddities.append(f"{name}: {problem}")
        return None


def _guids(name: str, values: Sequence[object], oddities: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in values:
        guid = guid_of(value)
        if guid is not None:
            found[guid] = None
        elif value not in (None, ""):
            oddities.append(f"{name}: {shown(value)} is no guid")
    return tuple(found)


def _changed_at(value: object, oddities: list[str]) -> datetime | None:
    if value is None:
        return None
    try:
        return instant(value if isinstance(value, str) else shown(value))
    except ValueError as problem:
        oddities.append(f"bijgewerkt: {problem}")
        return None


class Drift:
    """What the rows of one page have that they should not, or lack altogether."""

    MOST = 20
    """Lines at most: one page cannot flood the log."""

    def __init__(self) -> None:
        self._sent: dict[Category, set[str]] = {}
        self._lines: dict[str, None] = {}

    def note(self, line: str) -> None:
        """Report something, once."""
        self._lines[line] = None

    def row(self, category: Category, names: Iterable[str]) -> None:
        """A row that is not deleted, with the names of the fields it sent."""
        self._sent.setdefault(category, set()).update(names)

    def unknown(self, category: Category, what: str, name: str) -> None:
        """A name that is in no table."""
        self.note(f"{category}: unknown {what} {shown(name)}")

    def lines(self) -> tuple[str, ...]:
        """What was noted, and the fields that no row sent at all."""
        for category, sent in self._sent.items():
            for name in FIELDS[category]:
                if name not in sent and name not in ATTRIBUTES:
                    self.note(f"{category}: field '{name}' is gone")
        lines = tuple(self._lines)
        if len(lines) <= self.MOST:
            return lines
        return (*lines[: self.MOST], f"and {len(lines) - self.MOST} more")
