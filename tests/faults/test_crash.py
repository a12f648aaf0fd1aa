"""Killed at every single step of a load, at both houses: the next run mends it.

A step is a statement, a COMMIT or what comes after one, and of each request its sending,
the head, the first and the last piece of the answer. What a process does between two
steps nobody else can see. A next run is made from each state that a kill leaves; states
are compared row by row, and from the same one the same run follows.

Every commit tries one point in `EVERY`, from a random first one; `POINTS=all` tries each.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pytest
from chance import seeded
from faults import twelve
from faults.bugs import BUGS
from faults.crash import Stage, errors, stage

from etl.store.embedded import Server

PARTS = 4
"""Of all points, so that several processes share them."""

EVERY = 1 if os.environ.get("POINTS") == "all" else 8
KILLS = 20
"""Within so many each of the seeded bugs has to be found."""


@pytest.fixture
def crash(server: Server, template: str) -> Iterator[Stage]:
    with stage(server, template) as it:
        yield it


@pytest.mark.parametrize("part", range(PARTS))
def test_a_run_killed_at_any_step_ends_as_if_it_never_was(
    crash: Stage, part: int
) -> None:
    count = len(crash.steps)
    kinds = {"commit", "committed", "request", "head", "first piece", "last piece"}
    assert kinds < set(crash.steps)
    assert count >= 210
    first = seeded().randrange(EVERY)
    sys.stdout.write(f"every {EVERY}th point from {first} on\n")
    points = range(1 + part * count // PARTS, 1 + (part + 1) * count // PARTS)
    points = points[first::EVERY]
    proven: set[str] = set()
    for point in points:
        with crash.database() as database:
            killed = crash.run(database, die_at=point)
            assert killed.signal == signal.SIGKILL
            assert killed.steps == crash.steps[:point]
            assert errors(database) == []
            place = twelve.state(database)
            if place not in proven:
                crash.well(database)
                assert errors(database) == []
                assert twelve.left(database) == crash.undisturbed, killed.steps[-1]
                proven.add(place)
    told = f"{len(points)} of {count} points, {len(proven)} states\n"
    sys.stdout.write(told)


def test_the_undisturbed_run_is_what_it_is_meant_to_be(crash: Stage) -> None:
    """Twelve documents: what is lost or doubled would show in one of these."""
    left = crash.undisturbed
    assert len(left["publicatie"]) == 9
    assert len(left["quarantine"]) == 1
    assert len(left["waiting"]) == 0
    for table in ("publicatie", "vraag", "antwoord", "zaak", "records", "readings"):
        assert len(left[table]) == len(set(left[table]))


@pytest.mark.parametrize("bug", BUGS)
def test_a_seeded_bug_is_found_within_twenty_kills(crash: Stage, bug: str) -> None:
    for number, point in enumerate(points(crash), start=1):
        with crash.database() as database:
            if loss := crash.loss(database, point, bug):
                sys.stdout.write(f"{bug}: found at kill {number}, {loss[:200]}\n")
                return
    pytest.fail(f"{bug}: not found in {KILLS} kills")


def test_the_loader_without_a_bug_survives_the_same_kills(crash: Stage) -> None:
    for point in points(crash):
        with crash.database() as database:
            assert crash.loss(database, point) == "", point


def points(crash: Stage) -> list[int]:
    """Where to kill, by chance, while a publication is being written: elsewhere nothing
    is half done. `SEED=n` chooses the same again.
    """
    writing, among = False, []
    for point, step in enumerate(crash.steps, start=1):
        writing = (writing or step == "publicatie_held") and step != "committed"
        if writing:
            among.append(point)
    return seeded().choices(among, k=KILLS)
