"""Two runs forced past the lock, at the same time: the constraints alone hold.

Each may lose to the other and say so; nothing is doubled, and the next run finds all.
`RACES=n` for more.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from faults import twelve
from faults.crash import Stage, different, errors, stage
from faults.zygote import Answer, Order, Zygote, zygote

from etl.store.embedded import Server

RACES = int(os.environ.get("RACES", "8"))


@pytest.fixture
def crash(server: Server, template: str) -> Iterator[Stage]:
    with stage(server, template) as it:
        yield it


def test_two_runs_at_once_double_nothing(crash: Stage) -> None:
    """Who came too late to write anything was in no race, so that one is run again."""
    ended: Counter[str] = Counter()
    races = tries = 0
    with zygote() as other, ThreadPoolExecutor(2) as pool:
        while races < RACES:
            tries += 1
            assert tries < 10 * RACES, "hardly ever do both write"
            with crash.database() as database:
                order = Order(database.url(), crash.settings, lock=False)
                both = pool.map(Zygote.__call__, (crash.zygote, other), (order, order))
                answers = list(both)
                assert [answer.signal for answer in answers] == [0, 0]
                ended.update(each[0] for one in answers for each in one.reports)
                races += all(map(wrote, answers))
                crash.run(database)
                assert errors(database) == []
                assert different(twelve.left(database), crash.undisturbed) == ""
    sys.stdout.write(f"{races} races in {tries} tries: {dict(ended)}\n")


def wrote(answer: Answer) -> bool:
    return any(tally["new"] + tally["changed"] for _, tally, _ in answer.reports)
