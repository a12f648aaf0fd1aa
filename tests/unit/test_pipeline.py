"""One run from end to end, with a source and a store that live in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from etl.combine import Whole
from etl.dedupe import Current, Decision, Held
from etl.documents import Understood
from etl.errors import (
    DocumentFault,
    SourceChanged,
    SourceUnreachable,
    StoreUnreachable,
)
from etl.model.publicatie import Metadata, Publicatie, Soort
from etl.model.reading import Reading
from etl.model.record import (
    Bron,
    Formaat,
    Known,
    Offer,
    Record,
    Unmodified,
    Validators,
    Withdrawn,
)
from etl.model.run import Outcome, Tally
from etl.pipeline import Report, Run
from etl.suspects import SUSPECTS, WITNESSES

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def record(number: int, day: str = "2024-05-01", **changes: Any) -> Record:
    identifier = f"ah-tk-20232024-{number}"
    made = Record(
        source="test",
        identifier=identifier,
        position=f"{day} {identifier}",
        fingerprint=f"{day}-{number}",
        metadata=Metadata(),
    )
    return replace(made, **changes)


@dataclass
class Shelf:
    """A source: what it lists, and for each identifier what it offers or raises."""

    listing: list[Record] = field(default_factory=list)
    bodies: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    since: list[str | None] = field(default_factory=list)
    name: str = "test"
    lists_all: bool = False

    def records(self, position: str | None) -> Sequence[Record]:
        self.since.append(position)
        return self.listing

    def offers(
        self, record: Record, validators: Mapping[str, Validators]
    ) -> Iterator[Offer]:
        self.asked.append(record.identifier)
        for offer in self.bodies.get(record.identifier, [b"text"]):
            if isinstance(offer, Exception):
                raise offer
            yield offer if not isinstance(offer, bytes) else bron(offer)

    def completed(self, record: Record) -> Record:
        return record


def bron(body: bytes) -> Bron:
    return Bron(body=body, url="u", media_type=None, fetched_at=NOW)


@dataclass
class Memory:
    """A store and its own unit of work: nothing is kept when `work` raises."""

    place: str | None = None
    rows: dict[str, Whole] = field(default_factory=dict)
    settled: dict[str, Known] = field(default_factory=dict)
    problems: dict[str, Record] = field(default_factory=dict)
    retry: list[Record] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    archived_bodies: list[bytes] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)
    writes: int = 0
    closed: tuple[Outcome, Tally, str | None] | None = None
    broken: bool = False

    def open_run(self, source: str) -> int:
        return 1

    def close_run(
        self, run_id: int, outcome: Outcome, tally: Tally, problem: str | None
    ) -> None:
        self.closed = (outcome, tally, problem)

    def position(self, source: str) -> str | None:
        return self.place

    def known(self, source: str, identifiers: Sequence[str]) -> Mapping[str, Known]:
        return {
            name: self.settled[name] for name in identifiers if name in self.settled
        }

    def due(self, source: str) -> Sequence[Record]:
        return self.retry

    def waiting(self, source: str) -> Mapping[str, str]:
        due = {record.identifier for record in self.retry}
        held = self.problems.items()
        return {name: r.fingerprint for name, r in held if name not in due}

    def transact(self, run_id: int, work: Callable[[Any], Any]) -> Any:
        if self.broken:
            raise StoreUnreachable("the database is away")
        self.writes += 1
        return work(self)

    def held(self, reading: Reading) -> Held:
        known = self.rows.get(reading.record)
        if known is None:
            return Held(current=None)
        current = Current(
            publicatie_id=1,
            identifier=known.identifier,
            herziening=known.herziening,
            formaat=known.formaat,
            sha256=known.sha256,
            former=frozenset(),
            withdrawn=reading.record in self.withdrawn,
        )
        return Held(current=current)

    def load(
        self, decision: Decision, held: Held, whole: Whole, reading: Reading
    ) -> int:
        self.rows[reading.record] = whole
        return 1

    def archived(self, source: str, sha256: str) -> Bron | None:
        bodies = [body for body in self.archived_bodies if bron(body).sha256 == sha256]
        return bron(bodies[0]) if bodies else None

    def attach(self, publicatie_id: int, source: str, bron: Bron) -> None:
        self.archived_bodies.append(bron.body)

    def withdraw(self, record: Record) -> bool:
        known = record.identifier in self.withdrawn
        self.withdrawn.add(record.identifier)
        return not known

    def quarantine(
        self, record: Record, fault: DocumentFault, bronnen: Sequence[Bron]
    ) -> None:
        self.problems[record.identifier] = record
        self.codes[record.identifier] = fault.code
        self.archived_bodies += [found.body for found in bronnen]

    def settle(self, record: Record) -> None:
        self.problems.pop(record.identifier, None)
        self.settled[record.identifier] = Known(
            fingerprint=record.fingerprint, fetched_at=NOW, validators={}
        )

    def advance(self, source: str, position: str) -> None:
        self.place = max(self.place or "", position)

    def rewind(self, source: str, position: str) -> None:
        self.place = position


def understand(body: bytes) -> Understood:
    if body.startswith(b"bad"):
        raise DocumentFault("pdf_corrupt", body.decode())
    publicatie = Publicatie(
        identifier=None,
        kamer=None,
        vergaderjaar=None,
        aanhangselnummer=None,
        soort=Soort.ANTWOORD,
        onderwerp=body.decode(),
        ingezonden=None,
        ontvangen=None,
    )
    return Understood(publicatie=publicatie, formaat=Formaat.XML)


def run(shelf: Shelf, memory: Memory, **options: Any) -> Report:
    report = Run(source=shelf, store=memory, understand=understand, **options)()
    assert memory.closed is not None
    assert memory.closed[0] is report.outcome
    if report.outcome is not Outcome.FAILED:
        assert report.tally.balances
    return report


def away() -> SourceUnreachable:
    return SourceUnreachable("no answer")


def test_everything_listed_is_loaded_and_the_cursor_is_at_the_last() -> None:
    shelf, memory = Shelf([record(1), record(2), record(3)]), Memory()
    report = run(shelf, memory)
    assert report.outcome is Outcome.COMPLETE
    assert (report.tally.seen, report.tally.new) == (3, 3)
    assert memory.place == record(3).position


def test_a_second_run_asks_for_nothing_and_writes_nothing() -> None:
    shelf, memory = Shelf([record(1), record(2)]), Memory()
    run(shelf, memory)
    memory.writes = 0
    shelf.asked.clear()
    report = run(shelf, memory)
    assert report.tally.unchanged == 2
    assert shelf.asked == []
    assert memory.writes == 0


def test_one_bad_document_costs_one_document() -> None:
    shelf = Shelf([record(1), record(2), record(3)])
    shelf.bodies["ah-tk-20232024-2"] = [b"bad bytes"]
    memory = Memory()
    report = run(shelf, memory)
    assert report.outcome is Outcome.PARTIAL
    assert (report.tally.new, report.tally.quarantined) == (2, 1)
    assert memory.codes == {"ah-tk-20232024-2": "pdf_corrupt"}
    assert b"bad bytes" in memory.archived_bodies
    assert memory.place == record(3).position


def test_a_waiting_problem_is_not_tried_before_its_time() -> None:
    shelf = Shelf([record(1)], {"ah-tk-20232024-1": [b"bad"]})
    memory = Memory()
    run(shelf, memory)
    shelf.asked.clear()
    report = run(shelf, memory)
    assert report.outcome is Outcome.COMPLETE
    assert shelf.asked == []


def test_a_due_problem_outside_the_listing_is_tried_again() -> None:
    shelf, memory = Shelf(), Memory(place="2024-06-01 z")
    memory.problems["ah-tk-20232024-1"] = record(1)
    memory.retry = [record(1)]
    report = run(shelf, memory)
    assert report.tally.new == 1
    assert memory.problems == {}
    assert memory.place == "2024-06-01 z"


def test_a_due_problem_that_changed_meanwhile_is_read_as_listed_now() -> None:
    newer = record(1, day="2024-05-20")
    shelf, memory = Shelf([newer]), Memory()
    memory.problems["ah-tk-20232024-1"] = record(1)
    memory.retry = [record(1)]
    run(shelf, memory)
    assert shelf.asked == ["ah-tk-20232024-1"]
    assert memory.settled["ah-tk-20232024-1"].fingerprint == newer.fingerprint


def test_a_source_that_lists_all_is_not_asked_for_what_it_does_not_list() -> None:
    shelf, memory = Shelf(lists_all=True), Memory()
    memory.retry = [record(1)]
    assert run(shelf, memory).tally.seen == 0


def test_the_first_form_that_is_understood_is_taken_and_all_are_archived() -> None:
    shelf = Shelf([record(1)], {"ah-tk-20232024-1": [b"bad xml", b"good", b"unused"]})
    memory = Memory()
    run(shelf, memory)
    assert memory.rows["ah-tk-20232024-1"].publicatie.onderwerp == "good"
    assert memory.archived_bodies == [b"bad xml", b"good"]


def test_the_fault_of_the_best_form_is_the_one_reported() -> None:
    shelf = Shelf([record(1)], {"ah-tk-20232024-1": [b"bad first", b"bad second"]})
    memory = Memory()
    reasons: list[str] = []
    run(
        shelf,
        memory,
        event=lambda name, **d: reasons.extend(filter(None, [d.get("reason")])),
    )
    assert reasons == ["pdf_corrupt: bad first"]


def test_one_silent_document_among_answers_has_a_fault_of_its_own() -> None:
    shelf = Shelf([record(1), record(2)], {"ah-tk-20232024-1": [away()]})
    memory = Memory()
    report = run(shelf, memory)
    assert report.outcome is Outcome.PARTIAL
    assert memory.codes == {"ah-tk-20232024-1": "document_unreachable"}
    assert memory.place == record(2).position


def test_a_source_that_falls_silent_ends_the_run_with_the_cursor_before_it() -> None:
    listing = [record(number) for number in range(1, 9)]
    shelf = Shelf(listing, {r.identifier: [away()] for r in listing[1:]})
    memory = Memory()
    report = run(shelf, memory)
    assert report.outcome is Outcome.FAILED
    assert report.error is not None
    assert report.error.exit_code == 4
    assert memory.place == record(1).position
    assert memory.problems == {}
    assert len(shelf.asked) == 1 + SUSPECTS + WITNESSES


def test_silent_documents_in_a_row_do_not_block_the_good_ones_behind_them() -> None:
    listing = [record(number) for number in range(1, 10)]
    shelf = Shelf(listing, {r.identifier: [away()] for r in listing[1:6]})
    memory = Memory()
    report = run(shelf, memory)
    assert report.outcome is Outcome.PARTIAL
    assert (report.tally.new, report.tally.quarantined) == (4, 5)
    assert set(memory.codes.values()) == {"document_unreachable"}
    assert memory.place == record(9).position


@pytest.mark.parametrize(
    "fault", [SourceUnreachable("away"), DocumentFault("error_page", "oops")]
)
def test_bad_documents_at_the_very_end_are_told_by_one_that_was_good(fault) -> None:
    listing = [record(number) for number in range(1, 8)]
    shelf = Shelf(listing, {r.identifier: [fault] for r in listing[4:]})
    memory = Memory()
    report = run(shelf, memory)
    assert (report.outcome, report.error) == (Outcome.PARTIAL, None)
    assert (report.tally.new, report.tally.quarantined) == (4, 3)
    assert sorted(memory.problems) == [r.identifier for r in listing[4:]]


def test_changed_documents_that_fell_silent_are_told_by_one_that_did_not() -> None:
    shelf, memory = Shelf([record(number) for number in range(1, 8)]), Memory()
    run(shelf, memory)
    changed = [record(number, "2024-05-02") for number in range(4, 8)]
    shelf.listing = [*shelf.listing[:3], *changed]
    shelf.bodies = {r.identifier: [away()] for r in changed}
    report = run(shelf, memory)
    assert (report.tally.unchanged, report.tally.quarantined) == (3, 4)
    assert report.outcome is Outcome.PARTIAL


def test_a_source_that_falls_silent_at_the_very_end_is_told_by_one_that_was_good() -> (
    None
):
    listing = [record(number) for number in range(1, 8)]
    shelf, memory = Shelf(listing), Memory()

    def fall_silent(done: int, total: int, tally: Tally) -> None:
        if done == 4:
            shelf.bodies = {r.identifier: [away()] for r in listing}

    report = run(shelf, memory, progress=fall_silent)
    assert isinstance(report.error, SourceUnreachable)
    assert memory.problems == {}
    assert memory.place == record(4).position


@pytest.mark.parametrize(
    ("code", "told"),
    [("error_page", "error pages for"), ("request_refused", "documents are refused")],
)
def test_one_answer_for_every_document_is_a_source_that_changed(
    code: str, told: str
) -> None:
    page = DocumentFault(code, "HTTP 403")
    listing = [record(number) for number in range(1, 9)]
    shelf = Shelf(listing, {r.identifier: [page] for r in listing})
    memory = Memory()
    report = run(shelf, memory)
    assert isinstance(report.error, SourceChanged)
    assert str(report.error).startswith(told)
    assert memory.place is None
    assert memory.problems == {}


@pytest.mark.parametrize("code", ["error_page", "request_refused"])
def test_one_such_answer_costs_one_document_even_when_it_comes_alone(code: str) -> None:
    page = DocumentFault(code, "a maintenance page")
    memory = Memory()
    report = run(Shelf([record(1)], {"ah-tk-20232024-1": [page]}), memory)
    assert report.outcome is Outcome.PARTIAL
    assert memory.codes == {"ah-tk-20232024-1": code}


def test_a_silent_last_document_behind_an_answer_waits_in_quarantine() -> None:
    shelf = Shelf([record(1), record(2)], {"ah-tk-20232024-2": [away()]})
    memory = Memory()
    assert run(shelf, memory).outcome is Outcome.PARTIAL
    assert memory.codes == {"ah-tk-20232024-2": "document_unreachable"}


def test_a_silent_only_document_is_a_silent_source() -> None:
    memory = Memory()
    report = run(Shelf([record(1)], {"ah-tk-20232024-1": [away()]}), memory)
    assert report.outcome is Outcome.FAILED
    assert memory.place is None
    assert memory.problems == {}


def test_a_silent_document_in_quarantine_does_not_fail_every_later_run() -> None:
    shelf, memory = Shelf([record(1)]), Memory()
    run(shelf, memory)
    silent = record(2)
    shelf.bodies[silent.identifier] = [away()]
    memory.problems, memory.retry = {silent.identifier: silent}, [silent]
    shelf.asked.clear()
    report = run(shelf, memory)
    assert (report.outcome, report.error) == (Outcome.PARTIAL, None)
    assert (report.tally.unchanged, report.tally.quarantined) == (1, 1)
    assert memory.codes == {silent.identifier: "document_unreachable"}
    assert shelf.asked == [silent.identifier, record(1).identifier]


@pytest.mark.parametrize("listing", [[], [record(1)]])
def test_a_silent_document_in_quarantine_is_no_news_when_it_is_alone(listing) -> None:
    silent = record(1)
    memory = Memory(problems={silent.identifier: silent}, retry=[silent])
    report = run(Shelf(listing, {silent.identifier: [away()]}), memory)
    assert report.outcome is Outcome.PARTIAL
    assert memory.codes == {silent.identifier: "document_unreachable"}


def test_a_full_quarantine_does_not_keep_a_silent_source_busy() -> None:
    shelf, memory = Shelf([record(1)]), Memory()
    run(shelf, memory)
    memory.retry = [record(number) for number in range(2, 50)]
    memory.problems = {one.identifier: one for one in memory.retry}
    shelf.bodies = {one.identifier: [away()] for one in [record(1), *memory.retry]}
    shelf.asked.clear()
    report = run(shelf, memory)
    assert isinstance(report.error, SourceUnreachable)
    assert memory.codes == {}
    assert len(shelf.asked) == SUSPECTS + 1


def test_an_unchanged_record_behind_a_silent_one_does_not_move_the_cursor() -> None:
    shelf, memory = Shelf([record(2)]), Memory()
    run(shelf, memory)
    memory.place = "2024-04-01"
    shelf.listing = [record(1), record(2)]
    shelf.bodies["ah-tk-20232024-1"] = [away()]
    run(shelf, memory)
    assert memory.place == "2024-04-01"


def test_a_listing_that_makes_no_sense_fails_the_run_before_any_write() -> None:
    class Nonsense(Shelf):
        def records(self, position: str | None) -> Sequence[Record]:
            raise SourceChanged("an HTML page")

    memory = Memory()
    report = run(Nonsense(), memory)
    assert report.outcome is Outcome.FAILED
    assert memory.writes == 0


def test_a_stop_ends_the_run_between_documents() -> None:
    shelf, memory = Shelf([record(1), record(2), record(3)]), Memory()
    report = run(shelf, memory, stopping=lambda: len(shelf.asked) >= 2)
    assert report.outcome is Outcome.INTERRUPTED
    assert report.tally.seen == 2
    assert memory.place == record(2).position


def test_a_limit_bounds_what_is_fetched_and_not_what_is_passed_by() -> None:
    shelf, memory = Shelf([record(1), record(2), record(3)]), Memory()
    run(shelf, memory, limit=1)
    report = run(shelf, memory, limit=1)
    assert (report.tally.unchanged, report.tally.new) == (1, 1)


def test_an_earlier_since_rewinds_the_cursor_and_a_later_one_skips_nothing() -> None:
    memory = Memory(place="2024-05-01 a")
    shelf = Shelf()
    run(shelf, memory, since="1994-09-01")
    assert shelf.since == ["1994-09-01"]
    assert memory.place == "1994-09-01"
    memory.place = "2024-05-01 a"
    run(shelf, memory, since="2024-12-31")
    assert shelf.since[-1] == "2024-05-01 a"


def test_a_withdrawn_publication_is_counted_once() -> None:
    shelf = Shelf([record(1)], {"ah-tk-20232024-1": [Withdrawn("u")]})
    memory = Memory()
    assert run(shelf, memory).tally.withdrawn == 1
    shelf.listing = [record(1, fingerprint="touched")]
    assert run(shelf, memory).tally.unchanged == 1


def test_a_body_that_stands_unmodified_is_unchanged() -> None:
    day = date(2024, 6, 1)
    shelf, memory = Shelf([record(1, changed_on=day)]), Memory()
    run(shelf, memory)
    shelf.bodies["ah-tk-20232024-1"] = [Unmodified("u")]
    report = run(shelf, memory)
    assert report.tally.unchanged == 1
    assert shelf.asked == ["ah-tk-20232024-1"] * 2


@pytest.mark.parametrize(("changed", "sent"), [(False, True), (True, False)])
def test_only_what_is_said_not_to_have_changed_is_asked_for_conditionally(
    changed: bool, sent: bool
) -> None:
    """A cache that does not know of a change yet would answer "not modified"."""
    kept = {"u": Validators(etag='"1"', last_modified=None)}
    asked: list[Mapping[str, Validators]] = []

    class Noting(Shelf):
        def offers(
            self, record: Record, validators: Mapping[str, Validators]
        ) -> Iterator[Offer]:
            asked.append(validators)
            return super().offers(record, validators)

    class Remembering(Memory):
        def known(self, source: str, identifiers: Sequence[str]) -> dict[str, Known]:
            found = super().known(source, identifiers)
            return {name: replace(one, validators=kept) for name, one in found.items()}

    day, memory = date(2024, 6, 1), Remembering()
    run(Noting([record(1, changed_on=day)]), memory)
    again = record(1, changed_on=day)
    if changed:
        again = replace(again, fingerprint=again.fingerprint + "later")
    run(Noting([again]), memory)
    assert asked == [{}, kept if sent else {}]


def test_a_database_that_goes_away_ends_the_run_with_its_own_code() -> None:
    memory = Memory(broken=True)
    report = run(Shelf([record(1)]), memory)
    assert report.error is not None
    assert report.error.exit_code == 5


def test_a_bug_still_closes_the_run() -> None:
    shelf = Shelf([record(1)], {"ah-tk-20232024-1": [ZeroDivisionError("a bug")]})
    report = run(shelf, Memory())
    assert isinstance(report.bug, ZeroDivisionError)
    assert report.outcome is Outcome.FAILED


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_an_abrupt_end_is_recorded_and_not_swallowed(stop: type[BaseException]) -> None:
    class Abrupt(Shelf):
        def records(self, position: str | None) -> Sequence[Record]:
            raise stop

    memory = Memory()
    with pytest.raises(stop):
        run(Abrupt(), memory)
    assert memory.closed is not None
    assert memory.closed[0] is Outcome.INTERRUPTED
