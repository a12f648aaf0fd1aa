"""The part of CQL, the query language of SRU, that a client of KOOP needs."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence

Fields = Mapping[str, Sequence[str]]
"""The values of one record by index name, `dt.modified` or `w.vergaderjaar`."""
Test = Callable[[Fields], bool]

_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<sign>==|>=|<=|<>|[()=<>])'
    r'|(?P<word>[^\s()=<>"]+))'
)
_COMPARED = {
    "==": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
INDEXES = frozenset(
    """c.product-area c.content-area cd.datumTijdstipWijzigingWork dt.available
    dt.creator dt.date dt.identifier dt.issued dt.modified dt.title dt.type
    w.aanhangsel w.aanhangselnummer w.datumIndiening w.datumOntvangst w.documentstatus
    w.organisatietype
    w.publicatienaam w.vergaderjaar w.vraagnummer""".split()
)


class Unreadable(Exception):
    """A query that the server would answer with this diagnostic."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number
        self.message = message


def compiled(query: str) -> Test:
    """The test that a query is. Raises Unreadable."""
    reader = _Reader(query)
    test = reader.boolean()
    reader.end()
    return test


class _Reader:
    """Reads a query from left to right; all booleans bind alike, as in CQL 1.2."""

    def __init__(self, query: str) -> None:
        self._tokens = _tokens(query)
        self._at = 0

    def boolean(self) -> Test:
        left = self._clause()
        while (word := self._peek().lower()) in ("and", "or", "not"):
            self._at += 1
            left = _joined(word, left, self._clause())
        return left

    def end(self) -> None:
        if self._peek():
            self._fail()

    def _clause(self) -> Test:
        if self._peek() == "(":
            self._at += 1
            test = self.boolean()
            self._take(")")
            return test
        index, sign, value = self._next(), self._next(), self._next()
        if sign not in _COMPARED or value in ("", "(", ")"):
            self._at -= 1
            self._fail()
        if index not in INDEXES:
            raise Unreadable(16, f"Unsupported index: {index}")
        return _compared(index, sign, _unquoted(value))

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _take(self, expected: str) -> None:
        if self._next() != expected:
            self._at -= 1
            self._fail()

    def _fail(self) -> None:
        found = self._peek() or "<EOF>"
        raise Unreadable(10, f"line 1:{self._at} mismatched input '{found}'")


def _tokens(query: str) -> list[str]:
    found, at = [], 0
    query = query.rstrip()
    while at < len(query):
        token = _TOKEN.match(query, at)
        if not token:
            raise Unreadable(10, f"line 1:{at} token recognition error")
        found.append(token.group().strip())
        at = token.end()
    return found


def _unquoted(value: str) -> str:
    if value.startswith('"'):
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value


def _compared(index: str, sign: str, value: str) -> Test:
    compare = _COMPARED[sign]
    return lambda fields: any(compare(held, value) for held in fields.get(index, ()))


def _joined(word: str, left: Test, right: Test) -> Test:
    if word == "and":
        return lambda fields: left(fields) and right(fields)
    if word == "or":
        return lambda fields: left(fields) or right(fields)
    return lambda fields: left(fields) and not right(fields)
