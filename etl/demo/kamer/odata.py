"""OData v4/2.0 and v5: entity sets, single entities, paging and expanding."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import quote

from etl.demo.kamer.columns import Column, columns_of
from etl.demo.kamer.filters import Filter, Refused, compiled
from etl.demo.kamer.magazijn import Held, Magazijn
from etl.demo.kamer.shape import Link, Shape
from etl.demo.kamer.values import Value

Row = dict[str, object]
PAGE = {"v4": 250, "v5": 100}
"""Rows of a page; in v5 also the largest $top."""
_OPTIONS = {
    f"${name}" for name in "filter expand select count skiptoken top orderby".split()
}


class Absent(Exception):
    """There is no such entity set or entity."""


@dataclass(slots=True)
class Service:
    """One version of the API over the state; the caller holds its lock."""

    held: Magazijn
    version: str
    page: int
    known: dict[str, dict[str, Column]] = field(default_factory=dict)
    sorted_rows: dict[tuple[str, str | None], _Sorted] = field(default_factory=dict)

    def answer(self, base: str, path: str, query: Mapping[str, str]) -> Row:
        """The document at a path below `base`; Refused or Absent."""
        self.known.clear()  # names may have drifted since
        if unknown := {name for name in query if name.startswith("$")} - _OPTIONS:
            raise Refused(f"The query parameter '{min(unknown)}' is not supported.")
        name, _, key = path.partition("(")
        if not name:
            return self._index(base)
        shape = self._shape(name)
        select = query.get("$select")
        context = f"{base}/$metadata#{shape.name}" + (f"({select})" if select else "")
        if key:
            held = self.held.held.get(key.rstrip(")").lower())
            if held is None or held.shape is not shape:
                raise Absent(path)
            row = self._row(held, query)
            return {"@odata.context": f"{context}/$entity", **row}
        return {"@odata.context": context, **self._set(base, shape, query)}

    def _index(self, base: str) -> Row:
        names = self.held.shapes
        sets = [{"name": each, "kind": "EntitySet", "url": each} for each in names]
        return {"@odata.context": f"{base}/$metadata", "value": sets}

    def _shape(self, name: str) -> Shape:
        for known, shape in self.held.shapes.items():
            if known.lower() == name.lower():
                return shape
        raise Absent(name)

    def _columns(self, shape: Shape) -> dict[str, Column]:
        if shape.name not in self.known:
            found = columns_of(shape, self.version, self.held.drift)
            self.known[shape.name] = found
        return self.known[shape.name]

    def _set(self, base: str, shape: Shape, query: Mapping[str, str]) -> Row:
        columns = self._columns(shape)
        top = _top(query)
        if top is not None and self.version == "v5" and top > PAGE["v5"]:
            raise Refused(
                f"The limit of '{PAGE['v5']}' for Top query has been exceeded."
                f" The value from the incoming request is '{top}'."
            )
        chosen = compiled(query["$filter"], columns) if "$filter" in query else None
        order = _Order(query.get("$orderby"), columns, self.version)
        rows = self._candidates(shape, chosen, order)
        found: Row = {}
        if query.get("$count") == "true":
            found["@odata.count"] = sum(1 for _ in _passing(rows, chosen))
        if token := query.get("$skiptoken"):
            rows = rows[bisect_right(rows, self._last(token, order), key=order) :]
        passing = _passing(rows, chosen)
        size = self.page if top is None else min(top, self.page)
        shown = list(islice(passing, size + 1))
        found["value"] = [self._row(each, query) for each in shown[:size]]
        if len(shown) > size and top is None:
            kept = {
                name: value for name, value in query.items() if name != "$skiptoken"
            }
            kept["$skiptoken"] = f"Id-{shown[size - 1].id}"
            asked = "&".join(f"{name}={quote(kept[name], safe='')}" for name in kept)
            found["@odata.nextLink"] = f"{base}/{shape.name}?{asked}"
        return found

    def _last(self, token: str, order: _Order) -> tuple[object, ...]:
        try:
            return order(self.held.held[token.removeprefix("Id-")])
        except KeyError:
            raise Refused("The skiptoken is not valid.") from None

    def _candidates(
        self, shape: Shape, chosen: Filter | None, order: _Order
    ) -> list[Held]:
        """The rows that a filter has to look at, in order."""
        if chosen is None or chosen.only is None:
            return self._all(shape, order)
        column, values = chosen.only
        found: list[Held] = []
        for value in dict.fromkeys(values):
            if column.ref is not None:
                found += self.held.pointing(shape.name, column.ref, value)
            elif (one := self.held.held.get(value)) and one.shape is shape:
                found.append(one)
        return sorted(found, key=order)

    def _all(self, shape: Shape, order: _Order) -> list[Held]:
        kept = self.sorted_rows.get((shape.name, order.text))
        if kept is None or kept.head != self.held.head:
            rows = sorted(self.held.of(shape.name), key=order)
            kept = _Sorted(head=self.held.head, rows=rows)
            self.sorted_rows[shape.name, order.text] = kept
        return kept.rows

    def _row(self, held: Held, query: Mapping[str, str]) -> Row:
        columns = self._columns(held.shape)
        if select := query.get("$select"):
            names = [name.strip() for name in select.split(",")]
            if unknown := [name for name in names if name.lower() not in columns]:
                raise Refused(f"Could not find a property named '{unknown[0]}'.")
            chosen = {name.lower() for name in names}
            columns = {name: columns[name] for name in columns if name in chosen}
        row: Row = {each.name: each.json(held) for each in columns.values()}
        for part in _split(query.get("$expand", ""), ","):
            name, _, inside = part.strip().partition("(")
            link = held.shape.links.get(name)
            if link is None:
                raise Refused(f"Could not find a property named '{name}'.")
            options = dict(
                one.strip().partition("=")[::2]
                for one in _split(inside.removesuffix(")"), ";")
            )
            row[name] = self._expanded(held, link, options)
        return row

    def _expanded(
        self, held: Held, link: Link, options: Mapping[str, str]
    ) -> Row | list[Row] | None:
        if unknown := set(options) - {"$select", "$filter", "$expand"}:
            raise Refused(f"'{min(unknown)}' is not supported inside $expand.")
        found = self._linked(held, link)
        if "$filter" in options:
            columns = self._columns(self.held.shapes[link.target])
            test = compiled(options["$filter"], columns).test
            found = [each for each in found if test(each)]
        rows = [self._row(each, options) for each in found]
        if link.single:
            return rows[0] if rows else None
        return rows

    def _linked(self, held: Held, link: Link) -> list[Held]:
        if link.back:
            return self.held.pointing(link.target, link.ref, held.id)
        if held.deleted or held.placeholder:
            return []
        targets = held.refs.get(link.ref, ())
        known = (self.held.held.get(target) for target in targets)
        return [each for each in known if each]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """All rows of a set in an order, as they were at this token."""

    head: int
    rows: list[Held]


class _Order:
    """The key by which a set is ordered: as asked, then as the version does it."""

    def __init__(
        self, text: str | None, columns: Mapping[str, Column], version: str
    ) -> None:
        self.text = text
        name, _, direction = (text or "").strip().partition(" ")
        if name and name.lower() not in columns:
            raise Refused(f"Could not find a property named '{name}'.")
        if direction.strip() not in {"", "asc"}:
            raise Refused("Only an ascending order is supported.")
        self.column = columns[name.lower()] if name else None
        self.version = version

    def __call__(self, held: Held) -> tuple[object, ...]:
        last = held.id
        if self.version == "v4":
            # The database orders its ids by their last group first.
            last = held.id[24:] + held.id[19:23] + held.id
        if self.column is None:
            return (last,)
        value: Value = self.column.plain(held)
        return (value is not None, value, last) if value is not None else (False, last)


def _passing(rows: Iterable[Held], chosen: Filter | None) -> Iterator[Held]:
    return (each for each in rows if chosen is None or chosen.test(each))


def _top(query: Mapping[str, str]) -> int | None:
    if "$top" not in query:
        return None
    if not query["$top"].isdigit():
        raise Refused("Invalid value for $top.")
    return int(query["$top"])


def _split(text: str, mark: str) -> list[str]:
    """Parts between marks that stand outside brackets and quotes."""
    parts, depth, quoted = [""], 0, False
    for char in text:
        quoted ^= char == "'"
        depth += 0 if quoted else {"(": 1, ")": -1}.get(char, 0)
        if char == mark and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return [part for part in parts if part.strip()]


def body(document: Row) -> bytes:
    """As the server writes it."""
    return json.dumps(document, ensure_ascii=True, separators=(",", ":")).encode()
