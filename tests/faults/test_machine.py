"""Whatever happens at a source, in whatever order, and whatever ends the runs between.

A state machine: events at KOOP, runs that fail and runs that die at some step, then a
look at whether the tables hold what a model of forty lines says. Every commit tries a
few; `MACHINES=60 MACHINE_STEPS=50` more.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from faults.chaos import age
from faults.crash import Stage, errors
from faults.material import made, name_of, zaak_of
from faults.zygote import zygote
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from made import NOTICES
from rendering import as_xml

from etl.demo.faults import page, raw, reset, status
from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.documents.uitstel import reason_of
from etl.model.publicatie import Publicatie, Soort
from etl.store.embedded import Server
from etl.store.reading import row_versions

MACHINES = int(os.environ.get("MACHINES", "4"))
STEPS = int(os.environ.get("MACHINE_STEPS", "20"))
FAULTS = (status(500), status(404), status(403), page(), raw(b""), reset())
HELD = """
    select aanhangselnummer, status, soort, onderwerp, array(
        select tekst from aanhangsel.antwoord as a
        where a.publicatie_id = p.publicatie_id order by volgorde
    )
    from aanhangsel.publicatie as p
"""


def postponed(number: int) -> Publicatie:
    """A notice that the answer comes later."""
    notice = NOTICES[0]
    return replace(
        made(number),
        soort=Soort.UITSTEL,
        antwoorden=(),
        mededeling=notice,
        reden_uitstel=reason_of(notice),
    )


class Machine(RuleBasedStateMachine):
    """The model is `truth`: by number what was published last, None if withdrawn."""

    def __init__(self, stage: Stage, koop: Replica) -> None:
        super().__init__()
        self.stage, self.koop, self.day = stage, koop, 1
        self.truth: dict[int, Publicatie | None] = {}
        self.reprinted: set[int] = set()
        self.versions = 1
        self.stack = ExitStack()
        self.database = self.stack.enter_context(stage.database())
        koop.publications.clear()
        koop._next_faults.clear()

    def teardown(self) -> None:
        """The last word, whatever came before."""
        with self.stack:
            self.look()

    @property
    def modified(self) -> str:
        self.day += 1
        return f"2024-{1 + self.day // 28 % 12:02}-{1 + self.day % 28:02}"

    def print(self, number: int, value: Publicatie, suffix: str = "") -> None:
        fields = {"w.vraagnummer": zaak_of(number)}
        name = f"{name_of(number)}{suffix}"
        self.koop.publish(name, {"xml": as_xml(value)}, self.modified, fields)
        self.truth[number] = value

    def standing(self, data: st.DataObject) -> int:
        there = [number for number, value in self.truth.items() if value]
        return int(data.draw(st.sampled_from(there)))

    @rule()
    def publish(self) -> None:
        number = len(self.truth) + 1
        self.print(number, made(number))

    @rule()
    def postpone(self) -> None:
        number = len(self.truth) + 1
        self.print(number, postponed(number))

    @precondition(lambda self: any(self.truth.values()))
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        """Also: a postponement is replaced by an answer."""
        number, self.versions = self.standing(data), self.versions + 1
        suffix = "-h1" if number in self.reprinted else ""
        self.print(number, made(number, self.versions), suffix)

    @precondition(lambda self: any(self.truth.values()))
    @rule(data=st.data())
    def reprint(self, data: st.DataObject) -> None:
        number, self.versions = self.standing(data), self.versions + 1
        self.reprinted.add(number)
        self.print(number, made(number, self.versions), "-h1")

    @precondition(lambda self: any(self.truth.values()))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        number = self.standing(data)
        if number not in self.reprinted:
            self.koop.withdraw(name_of(number), self.modified)
            self.truth[number] = None

    @rule(seed=st.integers(0, 99))
    def reorder(self, seed: int) -> None:
        """The publisher lists in another order."""
        names = list(self.koop.publications)
        random.Random(seed).shuffle(names)
        self.koop.publications = {name: self.koop.publications[name] for name in names}

    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        """A run in which some requests go wrong."""
        some = st.lists(st.sampled_from([None, *FAULTS]), max_size=12)
        self.koop.fault(*data.draw(some))
        self.stage.run(self.database)
        self.koop._next_faults.clear()

    @rule(step=st.integers(25, 85))
    def die(self, step: int) -> None:
        """A run that is killed, with something to do about when it gets to documents."""
        self.publish()
        self.stage.run(self.database, die_at=step)
        assert errors(self.database) == []

    @rule()
    def look(self) -> None:
        """In peace all is as published, and once more writes nothing."""
        age(self.database)
        self.stage.run(self.database)
        # what failed as one of a whole that did not answer was left for this one
        age(self.database)
        answer = self.stage.run(self.database)
        assert {one[0] for one in answer.reports} == {"complete"}, answer.reports
        held = {
            number: None if state == "ingetrokken" else rest
            for number, state, *rest in self.database.query(HELD)
        }
        assert held == {
            number: value
            and [
                value.soort.value,
                value.onderwerp,
                [blok.tekst for blok in value.antwoorden],
            ]
            for number, value in self.truth.items()
        }
        assert errors(self.database) == []
        url = self.database.url("aanhangsel_reader")
        before = set(row_versions(url))
        self.stage.run(self.database)
        assert set(row_versions(url)) == before


@pytest.fixture
def sources() -> Iterator[tuple[Replica, Kamer]]:
    with Replica() as koop, Kamer() as kamer:
        yield koop, kamer


def test_whatever_happens_the_tables_follow(
    server: Server, template: str, sources: tuple[Replica, Kamer]
) -> None:
    koop, kamer = sources
    addresses: dict[str, Any] = {
        "ETL_SRU_URL": koop.sru_url,
        "ETL_PUBLICATIONS_URL": koop.publications_url,
        "ETL_SYNCFEED_URL": kamer.syncfeed_url,
        "ETL_ODATA_URL": kamer.odata_url,
        "ETL_SINCE": "1994-09-01",
    }
    with zygote() as process:
        stage = Stage(server, process, addresses, template)
        run_state_machine_as_test(
            lambda: Machine(stage, koop),
            settings=settings(
                max_examples=MACHINES,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                derandomize=MACHINES < 10,
                suppress_health_check=list(HealthCheck),
            ),
        )
