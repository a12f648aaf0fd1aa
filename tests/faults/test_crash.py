"""Killed at every single step of a load, at both houses: the next run mends it.

A step is a statement, a COMMIT or what comes after one, and of each request its sending,
the head, the first and the last piece of the answer. What a process does between two
steps nobody else can see. A next run is made from each state that a kill leaves; states
are compared row by row, and from the same one the same run follows.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest
from faults import twelve
from faults.crash import Stage, errors, stage

from etl.store.embedded import Server

PARTS = 4
"""Of all points, so that several processes share them."""


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
    points = range(1 + part * count // PARTS, 1 + (part + 1) * count // PARTS)
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
