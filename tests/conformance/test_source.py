"""What every source keeps, whoever publishes; a new one is one line in SOURCES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.demo.replica import Replica
from etl.demo.shipped import shipped
from etl.errors import DocumentFault
from etl.model.record import Bron, Record
from etl.ports import Source
from etl.sources.client import Client, Rates
from etl.sources.map import Map
from etl.sources.officielebekendmakingen import OfficieleBekendmakingen

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DATA = Path(__file__).parents[2] / "etl" / "demo" / "data"
BODIES = {
    (one.identifier, form): body
    for one in shipped()
    for form, body in one.files.items()
}
TOZO = "ah-tk-20202021-3235"


@contextmanager
def koop() -> Iterator[Source]:
    with (
        Replica(shipped()) as replica,
        Client(bases=[replica.sru_url], rates=Rates(), user_agent="test") as client,
    ):
        yield OfficieleBekendmakingen(
            client, replica.sru_url, replica.publications_url, now=lambda: NOW
        )


@contextmanager
def folder() -> Iterator[Source]:
    yield Map(DATA, lambda: NOW)


Make = Callable[[], AbstractContextManager[Source]]
SOURCES: dict[str, Make] = {"officielebekendmakingen": koop, "map": folder}


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest) -> Iterator[Source]:
    with SOURCES[request.param]() as source:
        assert source.name == request.param
        yield source


def listed(source: Source) -> dict[str, Record]:
    return {record.identifier: record for record in source.records(None)}


def test_everything_is_listed_once_under_its_own_name(source: Source) -> None:
    records = source.records(None)
    assert sorted(one.identifier for one in records) == sorted(
        {identifier for identifier, _ in BODIES}
    )
    assert {one.source for one in records} == {source.name}


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
    source: Source,
) -> None:
    offers = list(source.offers(listed(source)[TOZO], {}))
    assert all(isinstance(one, Bron) for one in offers)
    bodies = [one.body for one in offers if isinstance(one, Bron)]
    assert bodies == [BODIES[TOZO, form] for form in ("xml", "html", "pdf", "odt")]


def test_a_pdf_is_all_there_is_of_the_others(source: Source) -> None:
    for name, record in listed(source).items():
        if name != TOZO:
            (only,) = source.offers(record, {})
            assert isinstance(only, Bron)
            assert only.body == BODIES[name, "pdf"]


def test_an_address_tells_nothing_of_this_machine(source: Source) -> None:
    for offer in source.offers(listed(source)[TOZO], {}):
        assert str(DATA.parent) not in offer.url


def test_completing_a_record_changes_neither_name_nor_place(source: Source) -> None:
    for record in source.records(None):
        whole = source.completed(record)
        assert (whole.identifier, whole.position) == (
            record.identifier,
            record.position,
        )
        assert whole.fingerprint == record.fingerprint


def test_the_metadata_beside_a_publication_are_read(source: Source) -> None:
    metadata = source.completed(listed(source)[TOZO]).metadata
    assert metadata.zaaknummers == ("2021Z09739",)
    assert metadata.titel is not None
    assert metadata.titel.endswith("over de Tozo")


def test_a_record_without_a_body_is_the_fault_of_that_record(source: Source) -> None:
    record = listed(source)[TOZO]
    absent = Record(
        source=source.name,
        identifier="ah-tk-20202021-9999",
        position=record.position,
        fingerprint=record.fingerprint,
        metadata=record.metadata,
    )
    with pytest.raises(DocumentFault) as raised:
        list(source.offers(absent, {}))
    assert raised.value.code == "document_missing"
