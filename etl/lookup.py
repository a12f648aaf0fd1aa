"""Reads `sql/reference`: what the parser looks up, without a database."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache

from etl.files import script
from etl.model.lookup import Lookup, Periode, Register, folded

Row = dict[str, str]


@cache
def lookup() -> Lookup:
    """All reference tables as one value."""
    return Lookup(
        fracties=Register.of(_perioden("fractie")),
        ministeries=Register.of(_perioden("ministerie")),
        achternamen=frozenset(folded(row["achternaam"]) for row in table("achternaam")),
    )


@cache
def housed() -> Register:
    """In which ministry each code of `ministerie.tsv` was, by its days."""
    return Register.of(
        (row["code"], _periode(row, row["ondergebracht_bij"]))
        for row in table("ministerie")
    )


def table(name: str) -> list[Row]:
    """The rows of `sql/reference/<name>.tsv` by column."""
    lines = script(f"reference/{name}.tsv").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def spellings(row: Row) -> list[str]:
    """How the name of a row can be printed."""
    return row["varianten"].split("|")


def _perioden(name: str) -> Iterator[tuple[str, Periode]]:
    for row in table(name):
        periode = _periode(row, row["code"])
        for spelling in spellings(row):
            yield spelling, periode


def _periode(row: Row, code: str) -> Periode:
    return Periode(
        code,
        date.fromisoformat(row["van"]) if row["van"] else date.min,
        date.fromisoformat(row["tot"]) if row["tot"] else date.max,
    )
