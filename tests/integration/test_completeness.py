"""What a source lists against the store, and the numbers that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hand import Clock, publicatie, record

from etl.completeness import Completeness
from etl.documents import Understood
from etl.errors import DocumentFault, SourceUnreachable
from etl.gaps import PROBES
from etl.model.identity import Identifier, Key, vergaderjaar_on
from etl.model.publicatie import Metadata
from etl.model.record import Bron, Formaat, Offer, Record, Validators, Withdrawn
from etl.model.run import Outcome
from etl.pipeline import Report, Run
from etl.reconciliation import MirrorCount
from etl.store import PostgresStore

SOURCE = "officielebekendmakingen"
YEAR, BEFORE = "2026-2027", "2025-2026"


def name(number: int, vergaderjaar: str = YEAR) -> str:
    return Key("tk", vergaderjaar, number).identifier


def listed(number: int, vergaderjaar: str = YEAR, day: str = "2026-11-20") -> Record:
    identifier = name(number, vergaderjaar)
    metadata = Metadata(vergaderjaar=vergaderjaar, kamer="tk")
    return record(identifier, position=f"{day} {identifier}", metadata=metadata)


@dataclass
class Publisher:
    """Lists `changed` as news and `all` by year; has a file for these and `hidden`."""

    all: dict[str, Record] = field(default_factory=dict)
    changed: list[Record] = field(default_factory=list)
    hidden: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    away: bool = False
    name: str = SOURCE
    lists_all: bool = False

    def publish(self, *records: Record, news: bool = True) -> None:
        self.all |= {one.identifier: one for one in records}
        if news:
            self.changed += records

    def records(self, position: str | None) -> Sequence[Record]:
        return sorted(self.changed, key=lambda one: one.position)

    def of_year(self, vergaderjaar: str) -> Sequence[Record]:
        self.years.append(vergaderjaar)
        if self.away:
            raise SourceUnreachable("the search is away")
        found = self.all.values()
        return [one for one in found if one.metadata.vergaderjaar == vergaderjaar]

    def missing(self, key: Key) -> Record:
        return record(key.identifier, position="", fingerprint="0" * 64)

    def offers(
        self, record: Record, validators: Mapping[str, Validators]
    ) -> Iterator[Offer]:
        self.asked.append(record.identifier)
        found = self.hidden.get(record.identifier)
        if isinstance(found, Exception):
            raise found
        if isinstance(found, Withdrawn):
            yield found
        elif found or record.identifier in self.all:
            yield Bron(
                body=record.identifier.encode(),
                url=f"https://example.org/{record.identifier}",
                media_type=None,
                fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
            )
        else:
            raise DocumentFault("document_missing", record.identifier)

    def completed(self, record: Record) -> Record:
        return record


def understand(body: bytes) -> Understood:
    identifier = body.decode()
    key = Identifier.parse(identifier).key
    assert key is not None
    found = publicatie(
        identifier=identifier,
        vergaderjaar=key.vergaderjaar,
        aanhangselnummer=key.aanhangselnummer,
        zaaknummers=(),
    )
    return Understood(publicatie=found, formaat=Formaat.XML)


@dataclass
class Job:
    """Runs as `etl run` does for KOOP."""

    store: PostgresStore
    clock: Clock
    database: Any
    source: Publisher = field(default_factory=Publisher)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, since: str | None = None, **options: Any) -> Report:
        self.source.asked.clear()
        self.source.years.clear()
        self.events.clear()

        def event(name: str, **details: Any) -> None:
            self.events.append((name, details))

        complete = Completeness(
            self.source, self.store, now=self.clock, since=since, event=event
        )
        run = Run(complete, self.store, understand, since=since, event=event, **options)
        run.before, run.after = complete.before, complete.after
        report = run()
        assert report.bug is None, report.bug
        return report

    def week(self, **options: Any) -> Report:
        self.clock.forward(days=7)
        return self(**options)

    def told(self, name: str) -> list[dict[str, Any]]:
        return [details for one, details in self.events if one == name]

    def here(self) -> list[str]:
        query = "select identifier from aanhangsel.publicatie order by 1"
        return [name for (name,) in self.database.query(query)]

    def gaps(self) -> list[tuple[Any, ...]]:
        return self.database.query(
            "select aanhangselnummer, attempts, (next_try_at - last_tried_at)::text,"
            " reason from etl.gap order by 1"
        )


@pytest.fixture
def job(store: PostgresStore, clock: Clock, database: Any) -> Job:
    return Job(store, clock, database)


# ----------------------------------------------------------------------- reconciliation


def test_what_no_news_told_of_is_found_within_a_week(job: Job) -> None:
    job.source.publish(*(listed(number) for number in (1, 2, 3)))
    job(since="2026-10-25")
    job.source.publish(listed(4, day="2026-11-01"), news=False)
    job.clock.forward(days=6)
    assert job().tally.new == 0
    assert job.source.years == []
    job.clock.forward(days=1)
    report = job()
    assert (report.outcome, report.tally.new) == (Outcome.COMPLETE, 1)
    assert job.here() == [name(number) for number in (1, 2, 3, 4)]
    assert job.source.years == [YEAR]
    place = job.store.position(SOURCE)
    assert place == f"2026-11-20 {name(3)}"
    job()
    assert job.source.years == []


def test_what_is_older_than_what_is_followed_is_left_to_backfill(job: Job) -> None:
    job.source.publish(listed(2), listed(3))
    job.source.publish(listed(1, day="2026-09-30"), news=False)
    job(since="2026-10-25")
    assert job.week().tally.new == 0
    # going back further is to follow more
    job(since="2026-09-01")
    assert job.week().tally.new == 1


def test_a_year_that_is_here_nearly_whole_is_completed(job: Job, database: Any) -> None:
    job.source.publish(*(listed(number) for number in range(1, 10)))
    job(since="2026-11-01")
    job.source.publish(listed(10, day="2026-09-30"), news=False)
    assert job.week().tally.new == 1


def test_a_listing_that_fails_costs_nothing_and_is_asked_again(job: Job) -> None:
    job.source.publish(listed(1))
    job(since="2026-10-25")
    job.source.publish(listed(2), news=False)
    job.source.publish(listed(3))
    job.source.away = True
    report = job.week()
    assert (report.outcome, report.tally.new) == (Outcome.COMPLETE, 1)
    assert job.told("reconcile_failed") == [{"problem": "the search is away"}]
    job.source.away = False
    assert job().tally.new == 1


def test_ended_in_the_middle_it_is_done_again(job: Job) -> None:
    job.source.publish(listed(1))
    job(since="2026-10-25")
    job.source.publish(listed(2), listed(3), news=False)
    asked = job.source.asked
    report = job.week(stopping=lambda: name(2) in asked)
    assert report.outcome is Outcome.INTERRUPTED
    job()
    assert job.source.years == [YEAR]
    assert job.here() == [name(1), name(2), name(3)]
    job()
    assert job.source.years == []


def test_what_cannot_be_loaded_does_not_keep_the_week_from_being_done(
    job: Job,
) -> None:
    job.source.publish(listed(1))
    job(since="2026-10-25")
    job.source.publish(listed(2), news=False)
    job.source.hidden[name(2)] = DocumentFault("pdf_corrupt", "broken")
    assert job.week().outcome is Outcome.PARTIAL
    report = job()
    assert (report.outcome, job.source.years) == (Outcome.COMPLETE, [])


def test_what_is_no_longer_listed_is_told(job: Job) -> None:
    placeholder = replace(listed(1), identifier="ah-1234")
    job.source.publish(listed(1), listed(2), placeholder)
    job.source.hidden["ah-1234"] = DocumentFault("document_missing", "gone")
    job(since="2026-10-25")
    del job.source.all[name(2)], job.source.all["ah-1234"]
    job.week()
    (told,) = job.told("vanished")
    assert told == {"year": YEAR, "count": 1, "records": [name(2)]}
    assert name(2) in job.here()


def test_older_years_take_turns(job: Job) -> None:
    years = [f"{year}-{year + 1}" for year in range(2020, 2027)]
    job.source.publish(*(listed(1, year) for year in years))
    job.source.publish(replace(listed(1, "1995-1995")))
    job(since="1994-09-01")
    turns = []
    for _ in range(5):
        job.week()
        recent, (older,) = job.source.years[:2], job.source.years[2:]
        assert recent == [YEAR, BEFORE]
        turns.append(older)
    assert sorted(turns) == years[:-2]


# ---------------------------------------------------------------------- missing numbers


def test_a_missing_number_is_asked_for_with_growing_patience(job: Job) -> None:
    job.source.publish(*(listed(number) for number in (1, 2, 3, 5)))
    job(since="2026-10-25")
    assert job.gaps() == []
    for attempts, days in enumerate((1, 3, 7, 30, 30), start=1):
        report = job()
        assert report.outcome is Outcome.COMPLETE
        assert job.source.asked == [name(4)]
        age = f"{days} day" if days == 1 else f"{days} days"
        assert job.gaps() == [(4, attempts, age, "bij de bron niet gevonden")]
        job.clock.forward(days=days, hours=-1)
        job()
        assert job.source.asked == []
        job.clock.forward(hours=1)
    query = "select aanhangselnummer, reden from aanhangsel.hiaat"
    assert job.database.query(query) == [(4, "bij de bron niet gevonden")]
    assert job.database.query("select * from etl.run_problem") == []


def test_a_number_that_a_wrong_clock_asked_for_does_not_wait_for_that_day(
    job: Job,
) -> None:
    job.source.publish(*(listed(number) for number in (1, 2, 3, 5)))
    job(since="2026-10-25")
    job.clock.forward(days=60)
    job()
    assert job.source.asked == [name(4)]
    job.clock.forward(days=-60)
    job()
    assert job.source.asked == [name(4)]


def test_a_number_that_is_there_after_all_is_loaded(job: Job) -> None:
    job.source.publish(*(listed(number) for number in (1, 3)))
    job(since="2026-10-25")
    job.source.hidden[name(2)] = True
    place = job.store.position(SOURCE)
    report = job()
    assert (report.outcome, report.tally.new) == (Outcome.COMPLETE, 1)
    # the body that showed that it is there is the one that is read
    assert job.source.asked == [name(2)]
    assert job.store.position(SOURCE) == place
    assert job.database.query("select * from aanhangsel.hiaat") == []
    assert job().tally.new == 0


def test_a_number_that_was_withdrawn_fills_its_gap(job: Job) -> None:
    job.source.publish(*(listed(number) for number in (1, 3)))
    job(since="2026-10-25")
    job.source.hidden[name(2)] = Withdrawn("https://example.org")
    assert job().tally.withdrawn == 1
    assert job.database.query("select * from aanhangsel.hiaat") == []


def test_a_number_that_cannot_be_opened_says_so(job: Job) -> None:
    job.source.publish(*(listed(number) for number in (1, 3)))
    job(since="2026-10-25")
    job.source.hidden[name(2)] = DocumentFault("error_page", "maintenance")
    assert job().outcome is Outcome.COMPLETE
    assert job.gaps()[0][3] == "bij de bron niet te openen: error_page"


def test_a_source_that_goes_away_is_no_miss(job: Job) -> None:
    job.source.publish(*(listed(number) for number in (1, 3)))
    job(since="2026-10-25")
    job.source.hidden[name(2)] = SourceUnreachable("no answer")
    assert job().outcome is Outcome.COMPLETE
    assert job.gaps() == []
    assert job.told("gaps_unanswered") == [{"problem": "no answer"}]


def test_what_is_in_quarantine_is_no_gap_to_ask_for(job: Job) -> None:
    job.source.publish(*(listed(number) for number in (1, 2, 3)))
    job.source.hidden[name(2)] = DocumentFault("pdf_corrupt", "broken")
    job(since="2026-10-25")
    job()
    assert job.source.asked == []


def test_only_so_many_are_asked_for_in_a_run(job: Job) -> None:
    there = [number for number in range(1, 400) if number % 12]
    job.source.publish(*(listed(number) for number in there))
    job(since="2026-10-25")
    job()
    assert len(job.source.asked) == PROBES
    first = set(job.source.asked)
    job()
    assert len(job.source.asked) == 399 // 12 - PROBES
    assert not first & set(job.source.asked)


@pytest.mark.parametrize(
    ("vergaderjaar", "numbers", "asked"),
    [
        # recent: a few between two that are here, none below the first or in a long row
        (YEAR, [5, 7, 20, 40], [6]),
        (BEFORE, [5, 16], list(range(6, 16))),
        # long ago and loaded in part
        ("2014-2015", [5, 7], []),
        # long ago and loaded nearly whole
        ("2014-2015", [*range(2, 10), 10, 11], [1]),
    ],
)
def test_what_is_older_than_what_is_followed_is_no_gap_to_ask_for(
    job: Job, vergaderjaar: str, numbers: list[int], asked: list[int]
) -> None:
    job.source.publish(*(listed(number, vergaderjaar) for number in numbers))
    job(since="2026-10-25")
    job()
    assert sorted(job.source.asked) == sorted(name(n, vergaderjaar) for n in asked)


# --------------------------------------------------------------- the mirror of the Kamer


def test_the_mirror_is_counted_once_a_week(
    store: PostgresStore, clock: Clock, tables: Any
) -> None:
    told: list[Any] = []
    asked: list[str] = []

    def count(year: str) -> int:
        asked.append(year)
        if len(asked) == 3:
            raise SourceUnreachable("closed for good")
        return 2

    counting = MirrorCount(
        "tweedekamer",
        store,
        count,
        clock,
        lambda name, **details: told.append((name, details.get("mirrored"))),
    )
    run_id = store.open_run("tweedekamer")
    tables.entity("a", "Zaak", fields={"vergaderjaar": YEAR})
    counting(run_id)
    clock.forward(days=6)
    counting(run_id)
    assert (asked, told) == ([YEAR], [("mirror_incomplete", 1)])
    tables.entity("b", "Zaak", fields={"vergaderjaar": YEAR})
    for _ in range(2):
        clock.forward(days=7)
        counting(run_id)
        counting(run_id)
    assert told[1:] == [("reconciled", 2), ("reconcile_failed", None)]
    assert asked == [YEAR] * 3


@pytest.mark.parametrize(
    ("day", "vergaderjaar"),
    [
        (date(2024, 9, 16), "2023-2024"),
        (date(2024, 9, 17), "2024-2025"),
        (date(2024, 12, 31), "2024-2025"),
        (date(2025, 1, 1), "2024-2025"),
    ],
)
def test_the_vergaderjaar_of_a_day(day: date, vergaderjaar: str) -> None:
    assert vergaderjaar_on(day) == vergaderjaar
