"""Are the tests awake? Small changes to a module, each of which some test should notice.

`python -m faults.mutation --count 40 --seed 1` changes one comparison, number, truth or
joint at a time in a copy of the package and runs the tests of that module. A mutant that
no test notices is printed; a few mean the same as what they were made from.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRAMMAR = "etl/documents/grammar/kamervragen.py"
TESTS = {
    "etl/dedupe.py": ("tests/unit/test_dedupe.py", "tests/unit/test_pipeline.py"),
    "etl/documents/text.py": ("tests/unit/test_text.py", "tests/unit/test_join.py"),
    GRAMMAR: ("tests/unit/test_kamervragen.py", "tests/unit/test_examples.py"),
    "etl/store/rows.py": (
        "tests/unit/test_rows.py",
        "tests/integration/test_store_load.py",
        "tests/integration/test_store_runs.py",
        "tests/integration/test_store_inhoud.py",
        "tests/integration/test_store_verwijzing.py",
    ),
}
"""The tests that are meant to notice."""

LEAST = 0.9
"""Share of the mutants that some test has to notice."""

SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
Change = Callable[[], None]


def changes(tree: ast.Module) -> Iterator[tuple[int, str, Change]]:
    """Line, what it does, and the deed, of every change that can be made to a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for at, kind in enumerate(node.ops):
                other = SWAPPED[type(kind)]
                yield (
                    node.lineno,
                    f"{type(kind).__name__} becomes {other.__name__}",
                    lambda node=node, at=at, other=other: node.ops.__setitem__(
                        at, other()
                    ),
                )
        elif isinstance(node, ast.BoolOp):
            joint = ast.And if isinstance(node.op, ast.Or) else ast.Or
            yield (
                node.lineno,
                f"the joint becomes {joint.__name__}",
                lambda node=node, joint=joint: setattr(node, "op", joint()),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
            value = not node.value if isinstance(node.value, bool) else node.value + 1
            yield (
                node.lineno,
                f"{node.value} becomes {value}",
                lambda node=node, value=value: setattr(node, "value", value),
            )
        elif isinstance(node, ast.If | ast.IfExp):
            yield (
                node.lineno,
                "the condition is turned round",
                lambda node=node: setattr(
                    node, "test", ast.UnaryOp(ast.Not(), node.test)
                ),
            )


def notices(module: str, copy: Path) -> bool:
    """Whether a test fails on the package in `copy`."""
    ended = subprocess.run(
        (sys.executable, "-P", "-m", "pytest", "-x", "-q", "-n", "0", *TESTS[module]),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{copy}:{ROOT / 'tests'}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=600,
        check=False,
    )
    return ended.returncode != 0


def survivors(
    module: str, count: int, chance: random.Random, copy: Path
) -> tuple[int, list[str]]:
    """How many mutants were made, and those that nobody noticed."""
    source = (ROOT / module).read_text(encoding="utf-8")
    assert not notices(module, copy), f"{module}: its tests fail without any change"
    number = len(list(changes(ast.parse(source))))
    chosen = sorted(chance.sample(range(number), min(count, number)))
    left = []
    for one in chosen:
        tree = ast.parse(source)
        line, what, change = list(changes(tree))[one]
        change()
        (copy / module).write_text(ast.unparse(ast.fix_missing_locations(tree)))
        if not notices(module, copy):
            left.append(f"{module}:{line}: {what}")
    (copy / module).write_text(source, encoding="utf-8")
    return len(chosen), left


def main() -> int:
    """Print each survivor and the share of each module; 1 where it is too small."""
    parser = argparse.ArgumentParser(prog="faults.mutation")
    parser.add_argument("--count", type=int, default=40, help="mutants of each module")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    low = False
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "etl", copy / "etl")
        (copy / "sql").symlink_to(ROOT / "sql")
        for module in TESTS:
            made, left = survivors(module, given.count, random.Random(given.seed), copy)
            share = 1 - len(left) / made
            low = low or share < LEAST
            sys.stdout.write("".join(f"  not noticed: {line}\n" for line in left))
            sys.stdout.write(f"{module}: {share:.0%} of {made} noticed\n")
            sys.stdout.flush()
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
