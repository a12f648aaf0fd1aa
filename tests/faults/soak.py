"""`scripts/soak`: what is too long for every commit, one step after the other.

Each step prints its name, its seconds and how it ended; what it said is in build/soak.
The exit code is 1 where any failed. Seeds are printed; a step is repeated by its name:
`scripts/soak --only kills --seed 7`.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTEST = ("-m", "pytest", "-n", "2", "-rP", "-o", "faulthandler_timeout=7200")
FAULTS = "tests/faults"


@dataclass(frozen=True, slots=True)
class Step:
    """A command of this Python, with what it is told by the environment."""

    name: str
    arguments: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)


def steps(given: argparse.Namespace) -> list[Step]:
    """All of a tier, what finds most first."""
    long = given.tier == "nightly"
    seed = str(given.seed)
    chaos = ["--minutes", str(given.minutes), "--documents", str(given.documents)]
    chaos += ["--seed", seed]
    return [
        Step("chaos", ("-m", "faults.chaos", *chaos)),
        _tests(
            "points",
            [
                f"{FAULTS}/test_crash.py",
                f"{FAULTS}/test_migrate_killed.py",
                f"{FAULTS}/test_any_call.py",
            ],
            POINTS="all",
        ),
        _tests(
            "kills",
            [f"{FAULTS}/test_kills.py"],
            KILLS="200" if long else "400",
            TERMS="20",
        ),
        _tests("races", [f"{FAULTS}/test_races.py"], RACES="50"),
        _tests(
            "machine",
            [f"{FAULTS}/test_machine.py"],
            MACHINES="60" if long else "10",
            MACHINE_STEPS="50",
        ),
        _tests("orders", ["tests/integration/test_any_order.py"], ORDERS="50"),
        _tests(
            "lists",
            [
                "tests/integration/test_officielebekendmakingen.py",
                "tests/integration/test_kamer_feed.py",
            ],
            SHUFFLES="1000",
            MOVES="1000",
        ),
        _tests("database", [f"{FAULTS}/test_database.py"], RESTARTS="20", LOST="50"),
        _tests("plans", [f"{FAULTS}/test_plans.py"], ROWS="200000"),
        _tests("weather", [f"{FAULTS}/test_network.py"], SEEDS="40" if long else "10"),
        _tests("ticks", [f"{FAULTS}/test_flat.py"], TICKS="1000"),
        _tests("secrets", [f"{FAULTS}/test_security.py"], CANARIES="6"),
        Step("mutants", ("-m", "benchmarks.fuzzing", "5000", seed)),
        _tests(
            "properties",
            ["tests/unit", "-m", "hypothesis"],
            HYPOTHESIS_PROFILE="nightly" if long else "fixed",
        ),
        Step("lowest", ("scripts/lowest.py", "tests/unit", "tests/integration")),
        Step("mutations", ("-m", "faults.mutation", "--seed", seed)),
        Step("bulk", ("-m", "faults.bulk")),
    ]


def _tests(name: str, arguments: Sequence[str], **variables: str) -> Step:
    return Step(name, (*PYTEST, *arguments), variables)


def perform(step: Step, seed: int, folder: Path) -> bool:
    """Do it; whether it went well."""
    started = time.monotonic()
    said = folder / f"{step.name}.log"
    with said.open("wb") as out:
        ended = subprocess.run(
            (sys.executable, *step.arguments),
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}",
                "SEED": str(seed),
                "MUTANTS_SEED": str(seed),
                **step.variables,
            },
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    good = ended.returncode == 0
    result = "well" if good else f"FAILED, see {said.relative_to(ROOT)}"
    seconds = time.monotonic() - started
    sys.stdout.write(f"{step.name:<12} {seconds:7.0f} s  {result}\n")
    sys.stdout.flush()
    return good


def main() -> int:
    """Parse, do all, say how it went."""
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--tier", choices=("nightly", "release"), default="nightly")
    parser.add_argument("--minutes", type=float, help="of chaos")
    parser.add_argument("--documents", type=int, help="of chaos")
    parser.add_argument("--seed", type=int, help="to repeat one that was printed")
    parser.add_argument("--only", action="append", metavar="STEP")
    given = parser.parse_args()
    given.seed = given.seed or random.SystemRandom().randrange(1, 10**6)
    given.minutes = given.minutes or {"nightly": 60, "release": 15}[given.tier]
    given.documents = given.documents or int(10_000 * min(1, given.minutes / 60))
    wanted = [one for one in steps(given) if one.name in (given.only or [one.name])]
    if unknown := set(given.only or ()) - {one.name for one in wanted}:
        parser.error(f"no step {', '.join(sorted(unknown))}")
    folder = ROOT / "build" / "soak"
    folder.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"{given.tier}, seed {given.seed}\n")
    sys.stdout.flush()
    good = [perform(step, given.seed, folder) for step in wanted]
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
