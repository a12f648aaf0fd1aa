"""The catalogue of faults: each has a test, or a line that says why not.

The numbers are those of the faults that were thought of beforehand: A deaths, B network,
C what a source says, D XML, E PDF, F text, G database, H time and company, I quality of
data, J security, K long runs.
"""

from __future__ import annotations

import ast
import csv
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "catalogue"
SIZES = {
    "A": 11, "B": 25, "C": 18, "D": 6, "E": 9, "F": 4, "G": 18, "H": 10, "I": 9,
    "J": 13, "K": 5,
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    found = []
    for letter in SIZES:
        text = (FOLDER / f"{letter}.tsv").read_text(encoding="utf-8")
        found += csv.DictReader(text.splitlines(), delimiter="\t", quotechar="\0")
    return found


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    )


def test_every_fault_of_the_catalogue_has_one_line() -> None:
    expected = [
        f"{letter}{number}"
        for letter, size in SIZES.items()
        for number in range(1, size + 1)
    ]
    assert [row["id"] for row in rows()] == expected


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row["id"]))
def test_its_evidence_exists(row: dict[str, str]) -> None:
    assert len(row["fault"]) > 3
    if row["evidence"].startswith("none: "):
        assert len(row["evidence"]) > 30, "say why not"
        return
    for name in row["evidence"].split(" "):
        path, _, test = name.partition("::")
        assert test.startswith("test_"), name
        assert test in named_in(path), name
