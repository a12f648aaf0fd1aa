"""Ten thousand publications at once: how long, how much memory, and again for nothing.

`python -m faults.bulk --documents 10000`; the embedded database, with fsync, is started
for each run. A tenth of the documents first, to see that time and memory do not grow
faster than the work.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from pathlib import Path

from faults.world import World
from hand import make_folder

from benchmarks.commands import Ended, watched
from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.store.embedded import LocalPostgres
from etl.store.reading import row_versions

COLD, AGAIN = 600, 60
"""Seconds for ten thousand, at first and again."""

MEMORY = 300
"""MiB of the parent."""

LINEAR = 1.5
"""So much longer than ten times a tenth it may take, and no more memory than that."""

A_DAY = 40


def load(koop: Replica, folder: Path, *more: str) -> Ended:
    """`etl run`, watched."""
    variables = {
        "ETL_SRU_URL": koop.sru_url,
        "ETL_PUBLICATIONS_URL": koop.publications_url,
        "ETL_SOURCES": "officielebekendmakingen",
        "ETL_SINCE": "1994-09-01",
    }
    folder.mkdir(exist_ok=True)
    return watched(("run", *more), folder, variables)


def versions(folder: Path) -> set[object]:
    """Which row versions the analysts' tables hold."""
    with LocalPostgres(folder / "data").serve() as server:
        return set(row_versions(server.url("aanhangsel_reader")))


def play(documents: int, folder: Path) -> list[str]:
    """All of it; what is not as it should be."""
    wrong: list[str] = []
    with Replica() as koop, Kamer() as kamer:
        world = World(koop, kamer, random.Random(1))
        few = documents // 10
        while len(world.versions) < few:
            world.tick(min(few, len(world.versions) + A_DAY), 0)
        small = load(koop, folder / "few")
        sys.stdout.write(f"{few}: {told(small)}\n")
        while len(world.versions) < documents:
            world.tick(min(documents, len(world.versions) + A_DAY), 0)
        large = load(koop, folder / "many")
        sys.stdout.write(f"{documents}: {told(large)}\n")
        before = versions(folder / "many")
        again = load(koop, folder / "many", "--since", "1994-09-01")
        same = versions(folder / "many") == before
        sys.stdout.write(f"again: {told(again)}, row versions written: {not same}\n")
    if large.seconds > COLD or again.seconds > AGAIN:
        wrong.append(f"too slow: {large.seconds:.0f} s, again {again.seconds:.0f} s")
    if large.parent > MEMORY:
        wrong.append(f"too large: {large.parent:.0f} MiB")
    if large.seconds > LINEAR * 10 * small.seconds:
        wrong.append("not linear")
    if not same:
        wrong.append("the second run wrote rows")
    return wrong


def told(ended: Ended) -> str:
    return f"{ended.seconds:.1f} s, peak {ended.parent:.0f} MiB, exit {ended.code}"


def main() -> int:
    """Parse, play; 1 where something is not as it should be."""
    parser = argparse.ArgumentParser(prog="faults.bulk")
    parser.add_argument("--documents", type=int, default=10_000)
    given = parser.parse_args()
    folder = make_folder("etl-bulk-")
    try:
        wrong = play(given.documents, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write("".join(f"WRONG {line}\n" for line in wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
