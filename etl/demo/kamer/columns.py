"""The properties of an entity set in a version of OData, and what they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from etl.demo.kamer.magazijn import Drift, Held
from etl.demo.kamer.shape import FILE_FIELDS, NEWER_NAMES, Kind, Shape
from etl.demo.kamer.values import Value, json_value, moment_of, utc, with_offset

Json = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One property: `json` is how it is shown, `plain` what a filter compares.

    `ref` is the link that it stands for, if it does.
    """

    name: str
    kind: Kind
    json: Callable[[Held], Json]
    plain: Callable[[Held], Value]
    ref: str | None = None


def columns_of(shape: Shape, version: str, drift: Drift) -> dict[str, Column]:
    """By the name in lower case, in the order of a row; `version` is `v4` or `v5`."""
    newer = NEWER_NAMES.get(shape.name, {}) if version == "v5" else {}
    found = []
    for known in shape.columns:
        column = _column(shape, known)
        if known in _OWN:
            found.append(column)
        elif name := drift.name(known.removesuffix("_Id")):
            changed = name != known.removesuffix("_Id")
            end = "_Id" if known.endswith("_Id") else ""
            shown = name[0].upper() + name[1:] + end if changed else known
            found.append(_renamed(column, newer.get(known, shown)))
    for name, value in drift.added.items():
        found.append(_constant(name[0].upper() + name[1:], value))
    return {column.name.lower(): column for column in found}


def _renamed(column: Column, name: str) -> Column:
    return Column(
        name=name,
        kind=column.kind,
        json=column.json,
        plain=column.plain,
        ref=column.ref,
    )


def _column(shape: Shape, known: str) -> Column:
    if known in _OWN:
        return _OWN[known]
    if known.endswith("_Id"):
        return _link(known, shape.ref(known.removesuffix("_Id")))
    name = shape.field(known)
    kind = {**shape.fields, **FILE_FIELDS}[name]
    return Column(
        name=known,
        kind=kind,
        json=lambda held: json_value(kind, _value(held, name)),
        plain=lambda held: _plain(kind, _value(held, name)),
    )


def _link(known: str, ref: str) -> Column:
    def target(held: Held) -> str | None:
        return None if bare(held) else next(iter(held.refs.get(ref, ())), None)

    return Column(name=known, kind=Kind.TEXT, json=target, plain=target, ref=ref)


def _constant(name: str, value: Value) -> Column:
    def shown(held: Held) -> Json:
        return None if bare(held) else json_value(Kind.TEXT, value)

    return Column(name=name, kind=Kind.TEXT, json=shown, plain=shown)


def bare(held: Held) -> bool:
    """Whether the row of this entity has nulls only."""
    return held.deleted or held.placeholder


def _value(held: Held, name: str) -> Value:
    return None if bare(held) else held.fields.get(name)


def _plain(kind: Kind, value: Value) -> Value:
    if kind in {Kind.MOMENT, Kind.DAY}:
        return moment_of(value)
    return json_value(kind, value)


def _api(held: Held) -> int:
    """ApiGewijzigdOp: seen half a second to two seconds after the feed's `updated`."""
    return held.updated + API_LAG


API_LAG = 5_870_382


def _flag(held: Held) -> bool | None:
    return None if held.placeholder else held.deleted


def _stamp(name: str, moment: Callable[[Held], int], *, in_utc: bool) -> Column:
    def shown(held: Held) -> str | None:
        written = utc(moment(held)) if in_utc else with_offset(moment(held))
        return None if held.placeholder else written

    def plain(held: Held) -> Value:
        return None if held.placeholder else moment_of(shown(held))

    return Column(name=name, kind=Kind.MOMENT, json=shown, plain=plain)


_OWN = {
    column.name: column
    for column in (
        Column(
            name="Id",
            kind=Kind.TEXT,
            json=lambda held: held.id,
            plain=lambda held: held.id,
        ),
        _stamp("GewijzigdOp", lambda held: held.changed, in_utc=False),
        _stamp("ApiGewijzigdOp", _api, in_utc=True),
        Column(name="Verwijderd", kind=Kind.FLAG, json=_flag, plain=_flag),
    )
}
