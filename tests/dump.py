"""All that analysts see, by names instead of numbers, to compare two databases."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

NAMES = {
    "publicatie_id": "select publicatie_id, coalesce(identifier, voorlopige_sleutel)"
    " from aanhangsel.publicatie",
    "persoon_id": "select persoon_id, tk_id::text from aanhangsel.persoon",
    "fractie_id": "select fractie_id, tk_id::text from aanhangsel.fractie",
    "ambtsperiode_id": "select ambtsperiode_id, concat_ws(' ', naam, functie,"
    " ministerie_code, van) from aanhangsel.ambtsperiode",
}
"""What stands for the number of a row that others point to."""

COLUMNS = """
    select table_name, column_name, is_identity = 'YES', data_type
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = 'aanhangsel'
        and table_type = 'BASE TABLE'
    order by table_name, column_name
"""
SHIPPED = {
    "fractie_schrijfwijze",
    "ministerie",
    "prinsjesdag",
    "reces",
    "reces_dekking",
}
"""Tables that come with the software and are the same everywhere."""


def dump(database: Any, without: Collection[str] = ()) -> dict[str, list[str]]:
    """The rows of each table as lines of JSON, in order, but for times and numbers.

    `without` are tables to leave out.
    """
    named = {
        column: {str(number): name for number, name in database.query(query)}
        for column, query in NAMES.items()
    }
    named["doel_publicatie_id"] = named["publicatie_id"]
    dropped: dict[str, set[str]] = {}
    for table, column, identity, kind in database.query(COLUMNS):
        gone = dropped.setdefault(table, set())
        if kind == "timestamp with time zone" or (identity and column not in named):
            gone.add(column)
    found = {}
    for table in sorted(dropped.keys() - SHIPPED - set(without)):
        rows = database.query(f"select to_jsonb(held) from aanhangsel.{table} as held")
        found[table] = sorted(_line(row, dropped[table], named) for (row,) in rows)
    return found


def _line(
    row: dict[str, Any], dropped: Collection[str], named: dict[str, dict[str, str]]
) -> str:
    told = {
        column: named[column].get(str(value)) if column in named else value
        for column, value in row.items()
        if column not in dropped
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
