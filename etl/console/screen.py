"""What a person sees: summaries, tables and a progress bar. Human output to stdout."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from etl.model.run import Tally

WIDTH = 100
"""Columns of a table where the terminal does not say."""

SHORT = 32
"""A column of values up to this wide is never folded: identifiers, dates, names."""

Row = Sequence[object]
Tick = Callable[[int, int, Tally], None]


def tally_line(source: str, outcome: str, tally: Tally) -> str:
    """`map: complete: seen 10, new 10, changed 0, …`."""
    counts = ", ".join(f"{name} {count}" for name, count in asdict(tally).items())
    return f"{source}: {outcome}: {counts}"


class Rate(ProgressColumn):
    """Documents a second: rich's own column shows it only while no total is known."""

    def render(self, task: Task) -> Text:
        """Nothing until there is something to measure."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "")


@contextmanager
def progress(source: str) -> Iterator[Tick]:
    """A bar with rate and time left on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total, tally: None
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=16),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        Rate(),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(source, total=None)
        yield lambda done, total, tally: bar.update(task, completed=done, total=total)


def write_table(columns: Sequence[str], rows: Sequence[Row], out: TextIO) -> None:
    """A table; numbers to the right, long text folded, short values left whole.

    A terminal too narrow for that gets each row as a list of names and values.
    """
    table = Table(show_edge=False, pad_edge=False)
    cells = [[_cell(value) for value in row] for row in rows]
    widths = []
    for number, name in enumerate(columns):
        numeric = rows and all(
            isinstance(row[number], int | float | Decimal | None) for row in rows
        )
        widest = max(map(len, (name, *(row[number] for row in cells))))
        whole = widest <= SHORT
        widths.append(widest if whole else SHORT)
        table.add_column(
            Text(name),
            justify="right" if numeric else "left",
            overflow="fold",
            no_wrap=whole,
        )
    for row in cells:
        table.add_row(*map(Text, row))
    needed = sum(widths) + 3 * len(widths)
    width = None if out.isatty() else max(WIDTH, needed)
    console = Console(file=out, width=width, highlight=False)
    console.print(_listed(columns, cells) if needed > console.width else table)


def _listed(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> Table:
    """A line for each value, and between two rows a rule."""
    table = Table(show_header=False, show_edge=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in cells:
        for name, cell in zip(columns, row, strict=True):
            table.add_row(Text(name), Text(cell))
        table.add_section()
    return table


def write_csv(columns: Sequence[str], rows: Sequence[Row], out: TextIO) -> None:
    """RFC 4180 with a header; null is empty, a list is JSON."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)


def write_json(columns: Sequence[str], rows: Sequence[Row], out: TextIO) -> None:
    """An array with an object on each line; a second column `a` is named `a_2`."""
    names = _distinct(columns)
    lines = [
        json.dumps(
            dict(zip(names, row, strict=True)), ensure_ascii=False, default=plain
        )
        for row in rows
    ]
    out.write("[" + ",\n ".join(lines) + "]\n")


WRITERS: dict[str, Callable[[Sequence[str], Sequence[Row], TextIO], None]] = {
    "table": write_table,
    "csv": write_csv,
    "json": write_json,
}


def plain(value: object) -> object:
    """A value of the database as JSON knows it: numbers exact, all else as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    return str(value)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=plain)
        case str() | int() | float() | Decimal() | timedelta():
            return str(value)
    return str(plain(value))


def _distinct(names: Sequence[str]) -> list[str]:
    """The names, those seen before with a number behind them."""
    found: list[str] = []
    for name in names:
        number, unique = 1, name
        while unique in found:
            number += 1
            unique = f"{name}_{number}"
        found.append(unique)
    return found
