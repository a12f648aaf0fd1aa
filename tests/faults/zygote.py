"""Runs that die at the n-th step, each a fork of a process that has all modules loaded.

`python -m faults.zygote` reads an Order a line on stdin and answers with one line each:
the steps that were taken and how the run ended. It has one thread, so that a fork is a
whole process; a replica has many, and lives elsewhere.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from faults.bugs import BUGS

from etl.app.jobs import Jobs, Request
from etl.documents import understand
from etl.errors import DocumentFault
from etl.lookup import lookup
from etl.settings import Settings
from etl.sources.client import Client, Rates
from etl.store import open_store

BOTH = ("officielebekendmakingen", "tweedekamer")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Order:
    """A run of both houses; `die_at` is the number of the step, from 1, it dies at.

    `bug` is one of BUGS; without the `lock` another run may be at it too.
    """

    url: str
    settings: dict[str, str]
    die_at: int = 0
    bug: str = ""
    lock: bool = True


@dataclass(frozen=True)
class Answer:
    """The steps of the run, and the signal that ended it (0: it ended by itself)."""

    steps: list[str]
    signal: int
    reports: list[list[Any]]


@dataclass
class Steps:
    """Counts steps, tells each to a pipe, and dies at one of them."""

    die_at: int
    pipe: int
    count: int = 0
    held: list[str] = field(default_factory=list)

    def __call__(self, step: str) -> None:
        self.count += 1
        self.held.append(step)
        if self.count == self.die_at:
            self.tell([])
            os.kill(os.getpid(), signal.SIGKILL)

    def tell(self, reports: list[list[Any]]) -> None:
        with open(self.pipe, "w", encoding="utf-8", closefd=False) as out:
            out.write(json.dumps([self.held, reports]))


def no_pdf(body: bytes) -> Any:
    """None of the documents is one, so that no run starts a child."""
    raise DocumentFault("pdf_corrupt", f"no PDF expected: {body[:20]!r}")


def run(order: Order, steps: Steps) -> list[list[Any]]:
    """One pass over both houses; how each ended."""
    settings = Settings(**order.settings)
    with ExitStack() as stack:
        if order.bug:
            stack.enter_context(BUGS[order.bug]())
        bases = (settings.sru_url, settings.publications_url, settings.syncfeed_url)
        client = stack.enter_context(
            Client(
                bases=bases,
                rates=Rates(),
                user_agent="test",
                sleep=lambda _: None,
                on_step=steps,
            )
        )
        store = stack.enter_context(
            open_store(
                order.url, now=lambda: datetime.now(UTC), parser="p1", on_step=steps
            )
        )
        if order.lock:
            stack.enter_context(store.lock())
        jobs = Jobs(
            settings=settings,
            request=Request(sources=BOTH),
            store=store,
            client=client,
            understand=partial(understand, read_pdf=no_pdf, lookup=lookup()),
            stopping=lambda: False,
        )
        reports = [jobs.run(name, lambda _name, **_: None)() for name in BOTH]
        return [
            [one.outcome.value, asdict(one.tally), str(one.error or one.bug or "")]
            for one in reports
        ]


def child(order: Order) -> Answer:
    """Fork, run, and see how it ended."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reader)
        steps = Steps(order.die_at, writer)
        try:
            steps.tell(run(order, steps))
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as pipe:  # noqa: PTH123
        text = pipe.read()
    _, status = os.waitpid(process, 0)
    held, reports = json.loads(text) if text else ([], [])
    return Answer(held, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, reports)


def main() -> None:
    """Until stdin ends."""
    for line in sys.stdin:
        answer = child(Order(**json.loads(line)))
        sys.stdout.write(json.dumps(asdict(answer)) + "\n")
        sys.stdout.flush()


@dataclass
class Zygote:
    """The process as a test sees it."""

    process: subprocess.Popen[str]

    def __call__(self, order: Order) -> Answer:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asdict(order)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the zygote died"
        return Answer(**json.loads(line))


@contextmanager
def zygote() -> Iterator[Zygote]:
    """One that is ended when left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "faults.zygote"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )
    with process:
        yield Zygote(process)
        assert process.stdin is not None
        process.stdin.close()


if __name__ == "__main__":
    main()
