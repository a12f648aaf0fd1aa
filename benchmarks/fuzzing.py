"""`scripts/fuzz [N] [SEED]`: damaged examples of every format, and what reading does.

A reading may end in a publication that every JSON reader and database takes, or in a
DocumentFault, within `LATE` seconds; anything else is a bug, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from etl.documents import Reader
from etl.documents.readers.pdf.worker import PdfWorker
from etl.errors import DocumentFault
from tests.mutants import Mutant, mutant, outcome_of

LATE = 25
"""Seconds a reading may take, the start of a new PDF process included."""

SLOWEST = 5


@dataclass(frozen=True, slots=True)
class Done:
    """One mutant: what reading it came to, after how many seconds of wall clock."""

    mutant: Mutant
    outcome: str
    seconds: float
    trace: str = ""

    @property
    def wrong(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.trace)


def main() -> int:
    """Read, count, print; returns 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=5000, metavar="N")
    parser.add_argument("seed", type=int, nargs="?", default=1, metavar="SEED")
    given = parser.parse_args()
    done = []
    with PdfWorker() as worker:
        for one in read_all(given.count, given.seed, worker.read):
            if one.wrong:
                print(f"{one.mutant} ({one.seconds:.1f} s)\n{one.trace}", flush=True)
            done.append(one)
    print("\n".join([*table(done), *slowest(done)]))
    return int(any(one.wrong for one in done))


def read_all(count: int, seed: int, read_pdf: Reader) -> Iterator[Done]:
    """The mutants of `count` seeds from `seed` on, one after the other."""
    for number in range(seed, seed + count):
        yield read_one(mutant(number), read_pdf)


def read_one(one: Mutant, read_pdf: Reader) -> Done:
    """What reading came to: a soort, the code of a fault, or the name of an error."""
    started = time.perf_counter()
    trace = ""
    signal.signal(signal.SIGALRM, ring)
    signal.alarm(LATE)
    try:
        outcome = outcome_of(one.body, read_pdf)
    except DocumentFault as fault:
        outcome = fault.code
    except Late:
        outcome, trace = "!! late", traceback.format_exc()
    except Exception as error:  # noqa: BLE001 - whatever it is, is what we look for
        outcome, trace = f"!! {type(error).__name__}", traceback.format_exc()
    finally:
        signal.alarm(0)
    return Done(one, outcome, time.perf_counter() - started, trace)


class Late(BaseException):
    """Raised by the alarm, its trace says where the time went."""


def ring(*_: object) -> None:
    """End a reading that takes too long."""
    raise Late


def table(done: list[Done]) -> Iterator[str]:
    """Counts by format and outcome."""
    formats = list(dict.fromkeys(one.mutant.extension for one in done))
    counts = Counter((one.outcome, one.mutant.extension) for one in done)
    yield f"{'outcome':<24}" + "".join(f"{name:>8}" for name in formats)
    for outcome in sorted({outcome for outcome, _ in counts}):
        row = "".join(f"{counts[outcome, name]:>8}" for name in formats)
        yield f"{outcome:<24}{row}"


def slowest(done: list[Done]) -> Iterator[str]:
    """The slowest readings, to be made again from their seeds."""
    for one in sorted(done, key=lambda each: -each.seconds)[:SLOWEST]:
        yield f"{one.seconds:6.2f} s  {one.outcome}: {one.mutant}"


if __name__ == "__main__":
    sys.exit(main())
