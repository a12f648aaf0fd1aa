"""What a person sees, off a terminal and on one."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from rich.progress import Task, TaskID
from rich.text import Text

from etl.console.screen import (
    Rate,
    progress,
    tally_line,
    write_csv,
    write_json,
    write_table,
)
from etl.model.run import Tally


def test_a_summary_names_every_count() -> None:
    tally = Tally(seen=6, new=1, changed=2, unchanged=1, withdrawn=1, quarantined=1)
    assert tally_line("map", "partial", tally) == (
        "map: partial: seen 6, new 1, changed 2, unchanged 1, withdrawn 1,"
        " quarantined 1"
    )


def test_numbers_stand_to_the_right_and_text_is_no_markup() -> None:
    out = io.StringIO()
    write_table(["naam", "n"], [("[bold]a[/bold]", 1), ("b", 200)], out)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert lines[2] == "[bold]a[/bold] │   1"
    assert lines[3] == "b              │ 200"


def test_a_long_text_is_folded() -> None:
    out = io.StringIO()
    write_table(["a", "b"], [("x" * 300, "y " * 100)], out)
    assert max(map(len, out.getvalue().splitlines())) <= 100
    assert out.getvalue().count("x") == 300


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("width", "first"), [("80", "a"), ("40", "a │ 1")])
def test_a_row_too_wide_for_the_terminal_becomes_a_list(
    width: str, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", width)
    out = Terminal()
    write_table(["a", "b", "c"], [(1, "[b]" + "x" * 60, "y" * 30)], out)
    lines = Text.from_ansi(out.getvalue()).plain.splitlines()
    assert lines[0].split("┃")[0].strip() == first
    assert max(map(len, lines)) <= int(width)
    assert out.getvalue().count("x") == 60
    assert "[b]" in out.getvalue()


def test_the_bar_shows_the_rate_once_there_is_one() -> None:
    task = Task(TaskID(1), "map", 10, 5, _get_time=lambda: 0.0)
    assert Rate().render(task).plain == ""
    task.finished_speed = 2.5
    assert Rate().render(task).plain == "2.5/s"


def test_csv_keeps_numbers_exact() -> None:
    out = io.StringIO()
    write_csv(["n", "t"], [(Decimal("1.10"), timedelta(days=2))], out)
    assert out.getvalue() == 'n,t\n1.10,"2 days, 0:00:00"\n'


def test_json_of_no_rows_is_an_empty_array() -> None:
    out = io.StringIO()
    write_json(["n"], [], out)
    assert json.loads(out.getvalue()) == []


def test_json_is_a_line_a_row() -> None:
    out = io.StringIO()
    write_json(["n", "d"], [(Decimal(3), date(2026, 1, 2)), (None, None)], out)
    assert out.getvalue() == '[{"n": 3, "d": "2026-01-02"},\n {"n": null, "d": null}]\n'


def test_off_a_terminal_there_is_no_bar(capfd: object) -> None:
    with progress("map") as tick:
        tick(1, 2, Tally())
    assert capfd.readouterr() == ("", "")
