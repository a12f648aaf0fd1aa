"""The part of `$filter` that the replica understands; anything else is refused.

Comparisons (eq ne gt ge lt le), `in`, `and`, `or`, `not`, brackets, and the functions
year, month, day, contains, startswith and endswith.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from etl.demo.kamer.columns import Column
from etl.demo.kamer.magazijn import Held
from etl.demo.kamer.values import AMSTERDAM, Value, moment_of

Test = Callable[[Held], bool]
Getter = Callable[[Held], Value]

NODES = 100
"""How many nodes a filter may have."""


class Refused(Exception):
    """A request that the server answers with 400."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A test, and if it can be told: the only column and values that can pass it."""

    test: Test
    nodes: int
    only: tuple[Column, tuple[str, ...]] | None = None


def compiled(text: str, columns: Mapping[str, Column]) -> Filter:
    """The filter that a text asks for; Refused if it is not understood or too long."""
    found = _Parser(text, columns).whole()
    if found.nodes > NODES:
        raise Refused(f"The node count limit of '{NODES}' has been exceeded.")
    return found


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>'(?:[^']|'')*')
  | (?P<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})
  | (?P<moment>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)
  | (?P<number>-?\d+)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>[(),]))""",
    re.VERBOSE,
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_PARTS = ("year", "month", "day")
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part.lower() in text.lower(),
    "startswith": lambda text, part: text.lower().startswith(part.lower()),
    "endswith": lambda text, part: text.lower().endswith(part.lower()),
}


class _Parser:
    def __init__(self, text: str, columns: Mapping[str, Column]) -> None:
        self.columns = columns
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise Refused(f"Syntax error at position {at} in '{text}'.")
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()

    def whole(self) -> Filter:
        found = self.either()
        if self.tokens:
            raise Refused(f"Syntax error at '{self.tokens[0][1]}'.")
        return found

    def either(self) -> Filter:
        found = self.both()
        while self.next_is("or"):
            found = _or(found, self.both())
        return found

    def both(self) -> Filter:
        found = self.one()
        while self.next_is("and"):
            found = _and(found, self.one())
        return found

    def one(self) -> Filter:
        if self.next_is("not"):
            found = self.one()
            return Filter(test=lambda held: not found.test(held), nodes=found.nodes + 1)
        if self.next_is("("):
            found = self.either()
            self.expect(")")
            return found
        return self.comparison()

    def comparison(self) -> Filter:
        kind, word = self.take()
        if kind != "word":
            raise Refused(f"A property was expected, not '{word}'.")
        name = word.lower()
        if name in _TEXTS:
            return self.text_test(name)
        column = None
        if name in _PARTS:
            get = self.part(name)
        else:
            column = self.column(word)
            get = column.plain
        if self.next_is("in"):
            values = self.listed()
            return _in(get, values, column)
        kind, how = self.take()
        if how not in _COMPARE:
            raise Refused(f"Unknown operator '{how}'.")
        return _compared(get, how, self.literal(), column)

    def text_test(self, name: str) -> Filter:
        self.expect("(")
        get = self.column(self.take()[1]).plain
        self.expect(",")
        part = self.literal()
        self.expect(")")
        function = _TEXTS[name]

        def test(held: Held) -> bool:
            value = get(held)
            return isinstance(value, str) and function(value, str(part))

        return Filter(test=test, nodes=4)

    def part(self, name: str) -> Getter:
        self.expect("(")
        inner = self.column(self.take()[1]).plain
        self.expect(")")

        def get(held: Held) -> Value:
            moment = inner(held)
            if not isinstance(moment, datetime):
                return None
            value: int = getattr(moment.astimezone(AMSTERDAM), name)
            return value

        return get

    def column(self, word: str) -> Column:
        try:
            return self.columns[word.lower()]
        except KeyError:
            raise Refused(f"Could not find a property named '{word}'.") from None

    def listed(self) -> list[Value]:
        self.expect("(")
        values = [self.literal()]
        while self.next_is(","):
            values.append(self.literal())
        self.expect(")")
        return values

    def literal(self) -> Value:
        kind, text = self.take()
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind == "guid":
            return str(UUID(text))
        if kind == "number":
            return int(text)
        if kind == "moment":
            # A day is the midnight of UTC, as the framework of the server takes it.
            return moment_of(text if "T" in text else f"{text}T00:00:00+00:00")
        if text in {"true", "false", "null"}:
            return {"true": True, "false": False, "null": None}[text]
        raise Refused(f"A literal was expected, not '{text}'.")

    def take(self) -> tuple[str, str]:
        if not self.tokens:
            raise Refused("The filter ends too early.")
        return self.tokens.pop(0)

    def next_is(self, text: str) -> bool:
        if self.tokens[:1] in ([("word", text)], [("mark", text)]):
            self.tokens.pop(0)
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.next_is(text):
            raise Refused(f"'{text}' was expected.")


def _compared(get: Getter, how: str, wanted: Value, column: Column | None) -> Filter:
    compare = _COMPARE[how]

    def test(held: Held) -> bool:
        value = get(held)
        if value is None or wanted is None:
            return how in {"eq", "ne"} and compare(value, wanted)
        if isinstance(value, datetime) and isinstance(wanted, datetime):
            return compare(value - wanted, timedelta(0))
        if type(value) is not type(wanted):
            raise Refused("A binary operator with incompatible types was detected.")
        return compare(value, wanted)

    only = _only(column, [wanted]) if how == "eq" else None
    return Filter(test=test, nodes=4, only=only)


def _in(get: Getter, wanted: list[Value], column: Column | None) -> Filter:
    chosen = set(wanted)
    return Filter(
        test=lambda held: get(held) in chosen, nodes=3, only=_only(column, wanted)
    )


def _only(
    column: Column | None, wanted: list[Value]
) -> tuple[Column, tuple[str, ...]] | None:
    if column is None or not (column.ref or column.name == "Id"):
        return None
    return column, tuple(value for value in wanted if isinstance(value, str))


def _and(one: Filter, other: Filter) -> Filter:
    return Filter(
        test=lambda held: one.test(held) and other.test(held),
        nodes=one.nodes + other.nodes + 1,
        only=one.only or other.only,
    )


def _or(one: Filter, other: Filter) -> Filter:
    only = None
    if one.only and other.only and one.only[0].name == other.only[0].name:
        only = (one.only[0], one.only[1] + other.only[1])
    return Filter(
        test=lambda held: one.test(held) or other.test(held),
        nodes=one.nodes + other.nodes + 1,
        only=only,
    )
