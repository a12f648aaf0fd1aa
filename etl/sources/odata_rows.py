"""OData's JSON as the Kamer speaks it: rows in, the entities SyncFeed gives out. Pure.

What the versions call differently is in one table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from etl.errors import SourceChanged
from etl.model.canonical import instant, shown
from etl.model.entity import (
    FIELDS,
    IGNORED,
    REFS,
    Category,
    Drift,
    Entry,
    Page,
    Row,
    entity_of,
    guid_of,
)
from etl.sources.sensible import Failing
from etl.sources.sru import Nonsense, opening

Names = Mapping[Category, Mapping[str, str]]

VERSIONS: Mapping[str, Names] = {
    "v4/2.0": {},
    "v5": {
        Category.DOCUMENT: {"nummer": "documentnummer", "ondernummer": "volgnummer"}
    },
}
"""What a version calls differently: its name in lower case, and the XSD's."""

CHILDREN: Mapping[Category, Mapping[str, Category]] = {
    Category.ZAAK: {"zaakactor": Category.ZAAK_ACTOR},
    Category.DOCUMENT: {
        "documentversie": Category.DOCUMENT_VERSIE,
        "documentactor": Category.DOCUMENT_ACTOR,
    },
}
"""Rows that come inside others, by the name of their list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One page of JSON, unjudged but for its shape."""

    rows: list[object]
    following: object = None
    count: object = None


def version_of(base_url: str) -> str:
    """`v5` of `https://…/OData/v5`. Raises SourceChanged for one that is not known."""
    found = re.search(r"/(v\d+(?:/\d+\.\d+)?)/*$", base_url, re.IGNORECASE)
    version = str(found[1]).lower() if found else ""
    if version not in VERSIONS:
        known = " or ".join(VERSIONS)
        raise SourceChanged(
            f"{base_url} is no known version of OData; ETL_ODATA_URL ends in {known}"
        )
    return version


def read_answer(body: bytes) -> Answer:
    """Raises Nonsense, or Failing for an error message."""
    try:
        value = json.loads(body, parse_constant=_refuse)
    # Hostile nesting is too deep for the parser; hostile numbers are too long.
    except (ValueError, RecursionError):
        raise Nonsense(f"no JSON but {opening(body)}") from None
    if not isinstance(value, dict):
        raise Nonsense(f"no rows but {opening(body)}")
    named = {name.lower(): each for name, each in value.items()}
    rows = named.get("value")
    if not isinstance(rows, list):
        kind = Failing if "error" in named or "message" in named else Nonsense
        raise kind(f"no rows but {opening(body)}")
    return Answer(
        rows=rows,
        following=named.get("@odata.nextlink"),
        count=named.get("@odata.count"),
    )


def read_rows(category: Category, rows: Sequence[object], names: Names) -> Page:
    """A page of these rows, each followed by those inside it."""
    drift = Drift()
    entries = [
        entry for row in rows for entry in _entries(category, row, names, drift, {})
    ]
    return Page(
        category=category,
        entries=tuple(entries),
        following=None,
        resume=None,
        drift=drift.lines(),
    )


def _entries(
    category: Category,
    given: object,
    names: Names,
    drift: Drift,
    parent: Mapping[str, object],
) -> Iterator[Entry]:
    """The entry of a row, and of the rows in it. `parent` is what it lies in."""
    if not isinstance(given, dict):
        drift.note(f"{category}: a row that is no object")
        problem = f"{category}: {shown(given)} is no row"
        yield Entry(token=None, updated=None, entity=None, problem=problem)
        return
    values = {name.lower(): value for name, value in given.items()}
    updated = _updated(values.get("apigewijzigdop"))
    row = _spelled(category, values, names, drift)
    for name, guid in parent.items():
        if not any(row.refs.get(name, ())):
            row.refs[name] = [guid]
    try:
        entity = entity_of(category, row)
    except ValueError as odd:
        if guid_of(row.id) is None:
            drift.note(f"{odd}: its row is left out")
        yield Entry(token=None, updated=updated, entity=None, problem=str(odd))
    else:
        if not entity.deleted:
            drift.row(category, row.values)
        yield Entry(token=None, updated=updated, entity=entity)
    for name, kind in CHILDREN.get(category, {}).items():
        lying = {category.lower(): values.get("id")}
        for child in _list(values.get(name)):
            yield from _entries(kind, child, names, drift, lying)


def _spelled(
    category: Category, values: Mapping[str, object], names: Names, drift: Drift
) -> Row:
    row = Row(
        id=values.get("id"),
        deleted=values.get("verwijderd"),
        changed=values.get("gewijzigdop"),
    )
    for given, value in values.items():
        name = names.get(category, {}).get(given, given)
        target = given.removesuffix("_id")
        if "@" in given or given in _ENVELOPE or given in CHILDREN.get(category, {}):
            continue
        if target in REFS[category]:
            guids = [value] if target != given else _ids(value)
            row.refs.setdefault(target, []).extend(guids)
        elif name in FIELDS[category]:
            row.values.setdefault(name, value)
        elif given not in IGNORED[category]:
            what = "reference" if target != given else "field"
            drift.unknown(category, what, given)
    return row


_ENVELOPE = frozenset({"id", "verwijderd", "gewijzigdop", "apigewijzigdop"})


def _ids(value: object) -> list[object]:
    """The ids of the rows that a row is linked to."""
    found: list[object] = []
    for each in _list(value):
        linked = each if isinstance(each, dict) else {}
        found += [guid for name, guid in linked.items() if name.lower() == "id"]
    return found


def _list(value: object) -> list[object]:
    """A list; one row alone is a list of one, and null one of none."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _updated(value: object) -> datetime | None:
    try:
        return instant(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
