"""Clocks and memory."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that something took."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table; `target` is what it is meant to reach."""

    name: str
    value: float
    unit: str
    target: str = ""
    reached: bool | None = None

    @classmethod
    def at_least(cls, name: str, value: float, unit: str, least: float) -> Result:
        """A result that should not be lower."""
        return cls(name, value, unit, f"≥ {least:g}", value >= least)

    @classmethod
    def at_most(cls, name: str, value: float, unit: str, most: float) -> Result:
        """A result that should not be higher."""
        return cls(name, value, unit, f"≤ {most:g}", value <= most)


def each(work: Callable[[T], object], items: Iterable[T]) -> Spent:
    """What it takes this process to do `work` on all items."""
    wall, cpu = time.perf_counter(), time.process_time()
    for item in items:
        work(item)
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def best(rounds: int, attempt: Callable[[], Spent]) -> Spent:
    """The round with the least CPU: the others were disturbed."""
    return min((attempt() for _ in range(rounds)), key=lambda spent: spent.cpu)


def children_cpu() -> float:
    """CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_mib(process_id: int) -> float:
    """Largest resident size of a running process so far; 0 where that is unknown."""
    try:
        text = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = [line.split()[1] for line in text.splitlines() if line[:5] == "VmHWM"]
    return int(found[0]) / 1024 if found else 0.0


def family(process_id: int) -> list[int]:
    """The children of a running process, on Linux."""
    try:
        listing = Path(f"/proc/{process_id}/task/{process_id}/children")
        return [int(word) for word in listing.read_text(encoding="ascii").split()]
    except OSError:
        return []


def is_pdf_child(process_id: int) -> bool:
    """Whether a process is a spawned worker and not, say, the database."""
    try:
        return b"spawn_main" in Path(f"/proc/{process_id}/cmdline").read_bytes()
    except OSError:
        return False
