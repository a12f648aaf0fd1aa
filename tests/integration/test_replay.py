"""The archive read again: what differs is written once, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hand import SOURCE, Clock, Loader, antwoord, publicatie, understood

from etl.documents import Understood
from etl.errors import DocumentFault
from etl.model.archive import Archived
from etl.model.publicatie import Publicatie
from etl.model.record import Formaat
from etl.model.run import Outcome
from etl.pipeline import Report
from etl.replay import Replay
from etl.store import open_store

NAME = "ah-tk-20222023-1505"


@dataclass
class Parser:
    """Reads a body as what it was loaded from, or as the test says by its record."""

    loaded: dict[bytes, Publicatie] = field(default_factory=dict)
    now: dict[str, Publicatie | DocumentFault] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)

    def __call__(
        self, items: Iterable[Archived]
    ) -> Iterator[tuple[Archived, Understood | DocumentFault]]:
        for item in items:
            name = item.reading.record
            self.read.append(name)
            found = self.now.get(name, self.loaded[item.bron.body])
            if isinstance(found, DocumentFault):
                yield item, found
            else:
                formaat = item.reading.formaat
                yield item, Understood(publicatie=found, formaat=formaat)


@dataclass
class Archive:
    """Loads with the old parser, reads again with the new one."""

    database: Any
    clock: Clock
    load: Loader
    parser: Parser = field(default_factory=Parser)

    def put(self, value: Publicatie, **more: Any) -> int:
        body = (more.get("identifier", "") + repr(value)).encode()
        self.parser.loaded[body] = value
        return self.load(value, body=body, dekking=1.0, **more)[1]

    def replay(self, **options: Any) -> tuple[Replay, Report]:
        self.clock.forward(days=1)
        url = self.database.url("aanhangsel_writer")
        with open_store(url, now=self.clock, parser="p2") as store:
            job = Replay(store=store, read=self.parser, **options)
            report = job()
        assert report.bug is None, report.bug
        return job, report

    def versies(self, publicatie_id: int) -> list[Any]:
        return self.database.query(
            "select versie, reden, geldig_tot is null from aanhangsel.publicatie_versie"
            " where publicatie_id = %s order by versie",
            publicatie_id,
        )


@pytest.fixture
def archive(database: Any, clock: Clock, load: Loader) -> Archive:
    return Archive(database, clock, load)


@pytest.fixture
def written(database: Any, digest: Callable[[], Any]) -> Callable[[], tuple[Any, ...]]:
    def versions() -> tuple[Any, ...]:
        kept = "select ctid::text, xmin::text from etl.reading order by 1"
        return digest(), database.query(kept)

    return versions


def lines(job: Replay) -> list[str]:
    return [f"{one.identifier}: {each}" for one in job.changed for each in one.changes]


def test_what_is_read_the_same_writes_nothing(archive: Archive, written: Any) -> None:
    archive.put(understood())
    archive.put(understood(1506, zaaknummers=("2023Z00307",)))
    before = written()
    job, report = archive.replay()
    assert (report.outcome, report.tally.unchanged) == (Outcome.COMPLETE, 2)
    assert (job.changed, written()) == ([], before)


def test_a_value_that_is_read_otherwise_is_a_new_version(
    archive: Archive, written: Any
) -> None:
    publicatie_id = archive.put(understood())
    archive.parser.now[NAME] = understood(
        onderwerp="visa",
        antwoorden=(antwoord("1", tekst="Nee."), antwoord("2")),
    )
    job, report = archive.replay()
    assert (report.outcome, report.tally.changed) == (Outcome.COMPLETE, 1)
    assert lines(job) == [
        f"{NAME}: onderwerp: «het bericht dat visa worden geweigerd» -> «visa»",
        f"{NAME}: Antwoord 1: «Ja.» -> «Nee.»",
    ]
    assert archive.versies(publicatie_id) == [
        (1, "eerste", False),
        (2, "herlezen", True),
    ]
    assert archive.database.query(
        "select onderwerp, parser from aanhangsel.publicatie"
    ) == [("visa", "p2")]
    before = written()
    job, report = archive.replay()
    assert (report.tally.unchanged, lines(job), written()) == (1, [], before)


def test_what_is_not_understood_any_more_keeps_its_reading(
    archive: Archive, written: Any
) -> None:
    archive.put(understood())
    archive.put(understood(1506, zaaknummers=("2023Z00307",)))
    archive.parser.now[NAME] = DocumentFault("no_publication", "nothing in it")
    before = written()
    job, report = archive.replay()
    assert report.outcome is Outcome.PARTIAL
    assert job.failed == [(NAME, "no_publication: nothing in it")]
    assert (report.tally.quarantined, report.tally.unchanged) == (1, 1)
    assert written() == before
    assert archive.database.query("select * from etl.run_problem") == []


def test_two_records_of_a_publication_make_one_version(archive: Archive) -> None:
    publicatie_id = archive.put(understood())
    word = understood(None, kamer=None, vergaderjaar=None)
    other = archive.put(word, identifier="ah-1", formaat=Formaat.PDF)
    assert other == publicatie_id
    former = len(archive.versies(publicatie_id))
    archive.parser.now[NAME] = understood(onderwerp="visa")
    archive.parser.now["ah-1"] = replace(word, onderwerp="visums")
    job, report = archive.replay()
    assert report.tally.changed == 2
    assert [one.identifier for one in job.changed] == [NAME]
    assert len(archive.versies(publicatie_id)) == former + 1
    assert archive.database.query("select onderwerp from aanhangsel.publicatie") == [
        ("visa",)
    ]
    _, report = archive.replay()
    assert report.tally.unchanged == 2


def test_a_number_that_is_now_read_joins_what_belongs_together(
    archive: Archive,
) -> None:
    archive.put(understood(ontvangen=None, zaaknummers=()))
    word = understood(None, kamer=None, vergaderjaar=None)
    archive.put(word, identifier="ah-1")
    assert archive.database.query("select count(*) from aanhangsel.publicatie") == [
        (2,)
    ]
    archive.parser.now["ah-1"] = replace(
        word, kamer="tk", vergaderjaar="2022-2023", aanhangselnummer=1505
    )
    _, report = archive.replay()
    assert report.tally.changed == 1
    assert archive.database.query(
        "select identifier, ontvangen::text from aanhangsel.publicatie"
    ) == [(NAME, "2023-02-13")]


def test_a_withdrawn_publication_stays_withdrawn(archive: Archive) -> None:
    archive.put(understood())
    archive.load.withdraw(NAME)
    archive.parser.now[NAME] = understood(onderwerp="visa")
    _, report = archive.replay()
    assert report.tally.changed == 1
    assert archive.database.query(
        "select status, onderwerp from aanhangsel.publicatie"
    ) == [("ingetrokken", "visa")]


def test_only_the_years_asked_for_are_read(archive: Archive) -> None:
    archive.put(understood())
    name = "ah-tk-20232024-1"
    later = {"identifier": name, "vergaderjaar": "2023-2024", "aanhangselnummer": 1}
    archive.put(publicatie(zaaknummers=("2023Z99999",), **later))
    archive.replay(vergaderjaren=["2023-2024"])
    assert archive.parser.read == [name]


def test_what_was_loaded_before_readings_were_kept_is_read_too(
    archive: Archive, written: Any
) -> None:
    archive.put(understood())
    archive.put(understood(1506, zaaknummers=("2023Z00307",)))
    archive.database.query("delete from etl.reading")
    archive.parser.now[NAME] = understood(onderwerp="visa")
    job, report = archive.replay()
    assert (report.tally.changed, report.tally.unchanged) == (1, 1)
    assert lines(job)[0].startswith(f"{NAME}: onderwerp: ")
    assert archive.database.query("select count(*), min(parser) from etl.reading") == [
        (2, "p2")
    ]
    before = written()
    _, report = archive.replay()
    assert (report.tally.unchanged, written()) == (2, before)


@pytest.mark.parametrize("after", range(1, 4))
def test_stopped_or_killed_in_the_middle_it_is_done_again(
    archive: Archive, after: int
) -> None:
    numbers = range(1505, 1509)
    for number in numbers:
        archive.put(understood(number, zaaknummers=(f"2023Z0{number}",)))
        changed = understood(
            number, zaaknummers=(f"2023Z0{number}",), onderwerp=f"visa {number}"
        )
        archive.parser.now[changed.identifier or ""] = changed
    _, report = archive.replay(
        stopping=lambda: len(archive.parser.read) >= after,
    )
    assert report.outcome is Outcome.INTERRUPTED
    assert 0 < report.tally.changed < len(numbers)
    archive.database.query(
        "insert into etl.run (source, started_at, outcome)"
        " values ('replay', now(), 'running')"
    )
    _, report = archive.replay()
    assert report.outcome is Outcome.COMPLETE
    assert archive.database.query(
        "select onderwerp from aanhangsel.publicatie order by 1"
    ) == [(f"visa {number}",) for number in numbers]
    outcomes = "select outcome from etl.run where source = 'replay' order by run_id"
    assert archive.database.query(outcomes) == [
        ("interrupted",),
        ("interrupted",),
        ("complete",),
    ]


def test_it_is_no_source(archive: Archive) -> None:
    archive.put(understood())
    archive.replay()
    assert archive.database.query("select source from aanhangsel.versheid") == [
        (SOURCE,)
    ]
