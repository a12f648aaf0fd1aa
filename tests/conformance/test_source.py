"""What every source keeps, whoever publishes; a new one is one line in HOUSES."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from houses import houses

from etl.app.jobs import Request
from etl.demo.kamer.rows import Rows
from etl.demo.replica import Replica
from etl.demo.shipped import fill, shipped
from etl.errors import DocumentFault
from etl.model.record import Bron, Record
from etl.model.run import Tally
from etl.ports import Source
from etl.sources import SOURCES
from etl.sources.client import Client, Rates
from etl.sources.map import Map
from etl.sources.officielebekendmakingen import OfficieleBekendmakingen

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DATA = Path(__file__).parents[2] / "etl" / "demo" / "data"
FORMS = ("xml", "html", "pdf", "odt")
TOZO = "ah-tk-20202021-3235"
REKENINGGLUREN = "1b2d2126-a21e-4c3e-9b18-42206b4cc791"

Bodies = Mapping[str, Sequence[bytes]]
"""By the source's own name, the best form first."""


@dataclass(frozen=True)
class House:
    """A source with what is known of it beforehand: one of its records by heart."""

    source: Source
    bodies: Bodies
    name: str
    zaaknummers: tuple[str, ...]
    titel_end: str
    absent: str


def published() -> Bodies:
    return {
        one.identifier: [one.files[form] for form in FORMS if form in one.files]
        for one in shipped()
    }


def deposited() -> Bodies:
    rows = Rows()
    fill(rows)
    return {name: [body] for name, (body, _) in rows.files.items()}


def of_publications(source: Source) -> House:
    return House(
        source,
        published(),
        TOZO,
        ("2021Z09739",),
        "over de Tozo",
        "ah-tk-20202021-9999",
    )


@contextmanager
def koop(database: Any) -> Iterator[House]:
    with (
        Replica(shipped()) as replica,
        Client(bases=[replica.sru_url], rates=Rates(), user_agent="test") as client,
    ):
        yield of_publications(
            OfficieleBekendmakingen(
                client, replica.sru_url, replica.publications_url, now=lambda: NOW
            )
        )


@contextmanager
def folder(database: Any) -> Iterator[House]:
    yield of_publications(Map(DATA, lambda: NOW))


@contextmanager
def kamer(database: Any) -> Iterator[House]:
    """Listed from a mirror that has followed the whole feed."""
    with houses(database) as both:
        fill(both.kamer)
        both.kamer.missing = "json404"
        run = both.jobs(Request(sources=["tweedekamer"])).run("tweedekamer", both.hear)
        run.before(both.store.open_run("tweedekamer"), Tally())
        yield House(
            run.source,
            deposited(),
            REKENINGGLUREN,
            ("2024Z11524",),
            "krantenbericht van de NRC van 26 juni 2024",
            "1b2d2126-0000-4000-8000-000000000000",
        )


Make = Callable[[Any], AbstractContextManager[House]]
HOUSES: dict[str, Make] = {
    "officielebekendmakingen": koop,
    "tweedekamer": kamer,
    "map": folder,
}


@pytest.fixture(params=SOURCES)
def house(request: pytest.FixtureRequest, database: Any) -> Iterator[House]:
    with HOUSES[request.param](database) as house:
        assert house.source.name == request.param
        yield house


@pytest.fixture
def source(house: House) -> Source:
    return house.source


def listed(source: Source) -> dict[str, Record]:
    return {record.identifier: record for record in source.records(None)}


def test_everything_is_listed_once_under_its_own_name(house: House) -> None:
    records = house.source.records(None)
    assert sorted(one.identifier for one in records) == sorted(house.bodies)
    assert {one.source for one in records} == {house.source.name}


def test_the_cursor_never_goes_back_along_the_list(source: Source) -> None:
    positions = [one.position for one in source.records(None)]
    assert positions == sorted(positions)
    assert len(set(positions)) == len(positions)


def test_listing_twice_gives_the_same_fingerprints(source: Source) -> None:
    assert listed(source) == listed(source)


def test_the_last_position_brings_nothing_that_was_not_listed(source: Source) -> None:
    before = listed(source)
    last = max(one.position for one in before.values())
    again = {one.identifier: one for one in source.records(last)}
    assert again
    assert all(before[name] == one for name, one in again.items())


def test_the_best_form_comes_first_and_the_others_when_asked_for(
    house: House,
) -> None:
    for name, record in listed(house.source).items():
        offers = list(house.source.offers(record, {}))
        assert all(isinstance(one, Bron) for one in offers)
        bodies = [one.body for one in offers if isinstance(one, Bron)]
        assert bodies == list(house.bodies[name])


def test_an_address_tells_nothing_of_this_machine(house: House) -> None:
    for offer in house.source.offers(listed(house.source)[house.name], {}):
        assert str(DATA.parent) not in offer.url


def test_completing_a_record_changes_neither_name_nor_place(source: Source) -> None:
    for record in source.records(None):
        whole = source.completed(record)
        assert (whole.identifier, whole.position) == (
            record.identifier,
            record.position,
        )
        assert whole.fingerprint == record.fingerprint


def test_what_the_source_says_of_a_publication_is_read(house: House) -> None:
    metadata = house.source.completed(listed(house.source)[house.name]).metadata
    assert metadata.zaaknummers == house.zaaknummers
    assert metadata.titel is not None
    assert metadata.titel.endswith(house.titel_end)


def test_a_record_without_a_body_is_the_fault_of_that_record(house: House) -> None:
    record = listed(house.source)[house.name]
    absent = Record(
        source=record.source,
        identifier=house.absent,
        position=record.position,
        fingerprint=record.fingerprint,
        metadata=record.metadata,
    )
    with pytest.raises(DocumentFault) as raised:
        list(house.source.offers(absent, {}))
    assert raised.value.code == "document_missing"
