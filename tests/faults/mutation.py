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
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRAMMAR = "etl/documents/grammar/kamervragen.py"
TESTS = {
    "etl/dedupe.py": (
        "unit/test_dedupe.py unit/test_pipeline.py",
        "integration/test_tweedekamer.py integration/test_two_houses.py",
    ),
    "etl/documents/text.py": (
        "unit/test_text.py unit/test_join.py",
        "unit/test_xml.py unit/test_html.py unit/test_examples.py",
    ),
    GRAMMAR: (
        "unit/test_kamervragen.py unit/test_examples.py",
        "unit/test_roundtrip.py unit/test_xml.py unit/test_parts.py unit/test_docx.py",
    ),
    "etl/store/rows.py": (
        "unit/test_rows.py",
        "integration/test_store_load.py integration/test_two_houses.py",
    ),
}
"""Below tests: the quick ones that should notice, and those that are asked after them."""

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
    """Line, what it does, and the deed, of every change that can be made to a tree.

    But for what decorates: whether a class is frozen no run of it shows.
    """
    decor = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        for inner in ast.walk(decorator)
    }
    for node in ast.walk(tree):
        if id(node) in decor:
            continue
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
    return any(fails(names.split(), copy) for names in TESTS[module])


def fails(names: Sequence[str], copy: Path) -> bool:
    """Whether one of these test modules does."""
    tests = [f"tests/{name}" for name in names]
    ended = subprocess.run(
        (sys.executable, "-P", "-m", "pytest", "-x", "-q", "-n", "0", *tests),
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
