"""The command line as a person or cron starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.material import bodies, xml_documents
from benchmarks.measure import Result, children_cpu, family, is_pdf_child, peak_mib
from etl.demo.replica import Replica

ETL = (sys.executable, "-P", "-m", "etl")
LISTED = 1000
"""Publications that the source lists when there is nothing new."""


@dataclass(slots=True)
class Ended:
    """What a finished command took; peaks in MiB, of itself and of its PDF children."""

    seconds: float
    code: int
    parent: float
    child: float
    errors: str = field(repr=False)


def results(documents: int, folder: Path) -> Iterator[Result]:
    """Help, a first run over a folder, and runs that find nothing new."""
    yield from help_text()
    yield from first_run(documents, folder)
    yield from nothing_new(folder)


def help_text() -> Iterator[Result]:
    """CPU of `etl --help`, the best of five."""
    spent = []
    for _ in range(5):
        before = children_cpu()
        subprocess.run((*ETL, "--help"), check=True, capture_output=True)
        spent.append(children_cpu() - before)
    yield Result.at_most("etl --help: CPU", min(spent), "s", 0.25)


def first_run(documents: int, folder: Path) -> Iterator[Result]:
    """XML and PDF files from a folder, with the peaks of memory."""
    place = folder / "publications"
    place.mkdir()
    for name, text in xml_documents(documents):
        (place / f"{name}.xml").write_bytes(text)
    for number, text in enumerate(bodies("pdf") * 5, start=1):
        (place / f"ah-tk-20192020-{number}.pdf").write_bytes(text)
    arguments = ("run", "--source", "map", "--path", str(place))
    first = watched(arguments, folder, {})
    total = documents + number
    yield Result("run: from a folder", total / first.seconds, "documents/s")
    yield Result.at_most("run: peak of the parent", first.parent, "MiB", 300)
    yield Result.at_most("run: peak of a PDF child", first.child, "MiB", 512)
    again = watched(arguments, folder, {})
    yield Result(f"run: {total} files, nothing new", again.seconds, "s")


def nothing_new(folder: Path) -> Iterator[Result]:
    """A source that lists what is all loaded."""
    with Replica() as replica:
        for name, text in xml_documents(LISTED):
            replica.publish(name, {"xml": text}, modified="2026-11-02")
        variables = {
            "ETL_SRU_URL": replica.sru_url,
            "ETL_PUBLICATIONS_URL": replica.publications_url,
        }
        arguments = (
            "run",
            "--source",
            "officielebekendmakingen",
            "--since",
            "2026-11-01",
        )
        first = watched(arguments, folder, variables)
        yield Result("run: over HTTP", LISTED / first.seconds, "documents/s")
        again = watched(arguments, folder, variables)
        yield Result(f"run: {LISTED} listed, nothing new", again.seconds, "s")


def watched(arguments: Sequence[str], folder: Path, variables: dict[str, str]) -> Ended:
    """Run `etl` to its end; raises RuntimeError where it fails."""
    environment = {**os.environ, "ETL_DATA_DIR": str(folder / "data"), **variables}
    started = time.perf_counter()
    errors = folder / "stderr"
    with errors.open("wb") as sink:
        process = subprocess.Popen(  # our own command
            (*ETL, *arguments), env=environment, stdout=subprocess.DEVNULL, stderr=sink
        )
        parent = child = 0.0
        while process.poll() is None:
            parent = max(parent, peak_mib(process.pid))
            children = filter(is_pdf_child, family(process.pid))
            child = max([child, *map(peak_mib, children)])
            time.sleep(0.05)
    seconds = time.perf_counter() - started
    text = errors.read_text(encoding="utf-8")
    if process.returncode not in (0, 3):
        what = " ".join(("etl", *arguments))
        raise RuntimeError(f"{what} ended with {process.returncode}: {text[-2000:]}")
    return Ended(seconds, process.returncode, parent, child, text)
