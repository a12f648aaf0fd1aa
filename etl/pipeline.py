"""One run: discover, fetch, understand, decide, load.

The only place where sources and store meet. Everything here is told what time
it is and when to stop; nothing here knows HTTP or SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from etl.dedupe import Decision, decide, reading_of
from etl.documents import Understood
from etl.errors import (
    DocumentFault,
    EtlError,
    SourceChanged,
    SourceUnreachable,
    Stopped,
)
from etl.model.reading import Reading
from etl.model.record import (
    Bron,
    Known,
    Record,
    Unmodified,
    Validators,
    Withdrawn,
)
from etl.model.run import Outcome, Tally, Verdict
from etl.ports import Source, Store, Unit
from etl.suspects import (
    SUSPECTS,
    VAGUE,
    WITNESSES,
    Suspect,
    answers_again,
    witnesses_among,
)


@dataclass(slots=True)
class Report:
    """What a run did and, if it failed, why."""

    source: str
    tally: Tally = field(default_factory=Tally)
    outcome: Outcome = Outcome.RUNNING
    error: EtlError | None = None
    bug: Exception | None = None


def recorded(
    store: Store,
    report: Report,
    work: Callable[[int], Outcome],
    event: Callable[..., None],
) -> Report:
    """Do `work`, handed the id of its run, and close that; never raises EtlError."""
    run_id = store.open_run(report.source)
    event("run_started", run=run_id)
    try:
        report.outcome = work(run_id)
    except Stopped:
        report.outcome = Outcome.INTERRUPTED
    except EtlError as error:
        report.outcome, report.error = Outcome.FAILED, error
    except Exception as bug:  # noqa: BLE001 - the boundary: a bug closes the run
        report.outcome, report.bug = Outcome.FAILED, bug
    finally:
        if report.outcome is Outcome.RUNNING:
            report.outcome = Outcome.INTERRUPTED
        problem = report.error or report.bug
        text = f"{type(problem).__name__}: {problem}" if problem else None
        store.close_run(run_id, report.outcome, report.tally, text)
    return report


@dataclass(slots=True)
class Run:
    """One pass over one source; made anew for each.

    `understand` turns a body into a publication or raises DocumentFault.
    `stopping` is asked between documents; `limit` bounds the documents fetched.
    """

    source: Source
    store: Store
    understand: Callable[[bytes], Understood]
    stopping: Callable[[], bool] = lambda: False
    since: str | None = None
    limit: int | None = None
    progress: Callable[[int, int, Tally], None] = lambda done, total, tally: None
    event: Callable[..., None] = lambda name, **details: None
    before: Callable[[int, Tally], None] = lambda run_id, tally: None
    """What the source needs done before it can list; handed the run and its counts."""
    after: Callable[[int], None] = lambda run_id: None
    """What is joined once all is loaded."""
    label: str | None = None
    """What the run is recorded as, where that is not the source."""
    moves: bool = True
    """Whether the cursor follows; not where the listing is no part of its order."""
    tally: Tally = field(default_factory=Tally)
    _run_id: int = 0
    _fetched: int = 0
    _place: str | None = None
    _answered: bool = False
    _suspects: list[Suspect] = field(default_factory=list)
    _witnesses: set[str] = field(default_factory=set)
    _due: set[str] = field(default_factory=set)
    _loaded: set[str] = field(default_factory=set)

    def __call__(self) -> Report:
        """Do the run and close it, whatever happens; never raises EtlError."""
        report = Report(self.label or self.source.name, self.tally)
        return recorded(self.store, report, self._pass, self.event)

    def _pass(self, run_id: int) -> Outcome:
        self._run_id, name = run_id, self.source.name
        self.before(self._run_id, self.tally)
        records = self.source.records(self._start())
        due = {record.identifier: record for record in self.store.due(name)}
        self._due = set(due)
        waiting = self.store.waiting(name)
        known = self.store.known(name, [record.identifier for record in records])
        self._loaded = set(known)
        for record in self._unlisted(due, records):
            if self._done():
                break
            self._take(record, None, retry=True)
            if len(self._suspects) >= SUSPECTS:
                self._judge(records, known)
        for number, record in enumerate(records, start=1):
            if self._done():
                break
            before = known.get(record.identifier)
            held = waiting.get(record.identifier) == record.fingerprint
            covered = before is not None and before.covers(record)
            if record.identifier in self._witnesses:
                self._mark(record)
            elif held or (covered and record.identifier not in due):
                self._pass_by(record)
            else:
                self._take(record, before)
                self._question(records, number, known)
            self.progress(number, len(records), self.tally)
        self._judge(records, known)
        self._reach_place()
        self.after(self._run_id)
        return self._ending()

    def _unlisted(
        self, due: Mapping[str, Record], records: Sequence[Record]
    ) -> list[Record]:
        """Quarantined records to try again that the listing does not bring itself."""
        if self.source.lists_all:
            return []
        listed = {record.identifier for record in records}
        return [record for record in due.values() if record.identifier not in listed]

    def _start(self) -> str | None:
        """The cursor, or an earlier date that was asked for: never a later one."""
        since, name = self.since, self.source.name
        position = self.store.position(name)
        if since is not None and position is not None and since < position:
            self.store.transact(self._run_id, lambda unit: unit.rewind(name, since))
            return since
        return position or since

    def _done(self) -> bool:
        return self.stopping() or (
            self.limit is not None and self._fetched >= self.limit
        )

    def _ending(self) -> Outcome:
        if self.stopping():
            return Outcome.INTERRUPTED
        return Outcome.PARTIAL if self.tally.quarantined else Outcome.COMPLETE

    def _count(self, verdict: Verdict) -> None:
        self.tally.seen += 1
        self.tally.count(verdict)

    def _pass_by(self, record: Record) -> None:
        """Nothing new: no write, not even of the cursor, until there is one."""
        self._count(Verdict.UNCHANGED)
        self._mark(record)

    def _mark(self, record: Record) -> None:
        """The cursor may go this far, unless something before it is undecided."""
        if self.moves and not self._suspects:
            self._place = record.position

    def _reach_place(self) -> None:
        place, name = self._place, self.source.name
        if place is not None and place != self.store.position(name):
            self.store.transact(self._run_id, lambda unit: unit.advance(name, place))

    def _take(self, record: Record, known: Known | None, retry: bool = False) -> None:
        """Fetch and load one record; a document's own fault costs only itself."""
        self._fetched += 1
        bronnen: list[Bron] = []
        try:
            verdict = self._load(record, known, bronnen, retry)
        except SourceUnreachable as away:
            fault = DocumentFault("document_unreachable", str(away))
            self._suspects.append(Suspect(record, fault, away, bronnen))
        except DocumentFault as fault:
            if fault.code in VAGUE:
                told = SourceChanged(f"{VAGUE[fault.code]}: {fault.explanation}")
                self._suspects.append(Suspect(record, fault, told, bronnen))
                return
            self._clear_suspects()
            self._quarantine(record, fault, bronnen, retry)
            self._count(Verdict.QUARANTINED)
        else:
            self._count(verdict)

    def _question(
        self, records: Sequence[Record], number: int, known: Mapping[str, Known]
    ) -> None:
        """With too many suspects, see whether the source answers for others.

        Three bad documents in a row must not block the good ones behind them for
        ever. Raises the error of the last suspect when no witness gets an answer.
        """
        if len(self._suspects) < SUSPECTS:
            return
        error = self._suspects[-1].error
        witnesses = witnesses_among(records[number:])
        for witness in witnesses:
            if self._done():
                return
            self._witnesses.add(witness.identifier)
            self._take(witness, known.get(witness.identifier), retry=True)
            if not self._suspects:
                return
        if len(witnesses) == WITNESSES or not self._answers(records, known):
            raise error
        self._clear_suspects()

    def _judge(self, records: Sequence[Record], known: Mapping[str, Known]) -> None:
        """What becomes of suspects: the fault is theirs, if the source does answer.

        Raises the error of the last one where it gives no sensible answer. Where
        nobody can tell, the silence of what was in quarantine already is no news.
        """
        if not self._suspects or self.stopping():
            return
        last = self._suspects[-1].error
        if isinstance(last, SourceUnreachable) and not self._answered:
            awake = self._answers(records, known)
            if awake is None:
                awake = all(
                    each.record.identifier in self._due for each in self._suspects
                )
            if not awake:
                raise last
        self._clear_suspects()

    def _answers(
        self, records: Sequence[Record], known: Mapping[str, Known]
    ) -> bool | None:
        """Whether the source still answers for what it gave before; None if unknown."""
        good = self._loaded - {each.record.identifier for each in self._suspects}
        loaded = [record for record in records if record.identifier in good]
        return answers_again(self.source, loaded, known)

    def _load(
        self, record: Record, known: Known | None, bronnen: list[Bron], retry: bool
    ) -> Verdict:
        # Where the source says that something changed, "not modified" is not what we
        # want to hear: a cache on the way may not know yet, and would be believed.
        same = known is not None and known.fingerprint == record.fingerprint
        validators = known.validators if known and same else {}
        found = self._reread(record, known, bronnen) or self._understood(
            record, validators, bronnen
        )
        self._answered = True
        self._clear_suspects()

        def work(unit: Unit) -> Verdict:
            verdict = self._write(unit, record, found, bronnen)
            unit.settle(record)
            if self.moves and not retry:
                unit.advance(record.source, record.position)
            return verdict

        verdict = self.store.transact(self._run_id, work)
        self._loaded.add(record.identifier)
        self.event("loaded", identifier=record.identifier, verdict=verdict.value)
        return verdict

    def _write(
        self,
        unit: Unit,
        record: Record,
        found: Reading | Unmodified | Withdrawn,
        bronnen: Sequence[Bron],
    ) -> Verdict:
        if isinstance(found, Unmodified):
            return Verdict.UNCHANGED
        if isinstance(found, Withdrawn):
            changed = unit.withdraw(record)
            return Verdict.WITHDRAWN if changed else Verdict.UNCHANGED
        held = unit.held(found)
        whole = held.whole(found)
        decision = decide(held, whole, found)
        publicatie_id = unit.load(decision, held, whole, found)
        for bron in bronnen:
            unit.attach(publicatie_id, record.source, bron)
        return VERDICTS[decision]

    def _reread(
        self, record: Record, known: Known | None, bronnen: list[Bron]
    ) -> Reading | None:
        """From the archive, where only the metadata changed; None to ask the source."""
        if known is None or record.metadata.ingetrokken:
            return None
        if known.says_the_same(record) or not known.has_the_body(record):
            return None
        bron = self.store.archived(record.source, known.sha256 or "")
        if bron is None:
            return None
        bronnen.append(bron)
        return self._read(record, bron)

    def _read(self, record: Record, bron: Bron) -> Reading:
        understood = self.understand(bron.body)
        return reading_of(
            self.source.completed(record),
            understood.publicatie,
            understood.formaat,
            understood.dekking,
            bron.sha256,
        )

    def _understood(
        self,
        record: Record,
        validators: Mapping[str, Validators],
        bronnen: list[Bron],
    ) -> Reading | Unmodified | Withdrawn:
        """The first offer that can be understood; else the fault of the best one.

        Every body fetched on the way is put into `bronnen`, so that it is archived.
        """
        first: DocumentFault | None = None
        for offer in self.source.offers(record, validators):
            if not isinstance(offer, Bron):
                return offer
            bronnen.append(offer)
            try:
                return self._read(record, offer)
            except DocumentFault as fault:
                first = first or fault
        raise first or DocumentFault("document_missing", record.identifier)

    def _quarantine(
        self,
        record: Record,
        fault: DocumentFault,
        bronnen: Sequence[Bron],
        retry: bool,
    ) -> None:
        def work(unit: Unit) -> datetime | None:
            until = unit.quarantine(record, fault, bronnen)
            if self.moves and not retry:
                unit.advance(record.source, record.position)
            return until

        until = self.store.transact(self._run_id, work)
        self.event(
            "quarantined",
            identifier=record.identifier,
            reason=str(fault),
            url=bronnen[0].url if bronnen else None,
            zaaknummers=",".join(record.metadata.zaaknummers) or None,
            next=f"{until:%Y-%m-%d %H:%M} UTC" if until else None,
        )

    def _clear_suspects(self) -> None:
        """The source answered, so each suspect has a fault of its own."""
        suspects, self._suspects = self._suspects, []
        for each in suspects:
            self._quarantine(each.record, each.fault, each.bronnen, retry=True)
            self._count(Verdict.QUARANTINED)


VERDICTS = {
    Decision.NEW: Verdict.NEW,
    Decision.CHANGED: Verdict.CHANGED,
    Decision.FORMER: Verdict.CHANGED,
    Decision.UNCHANGED: Verdict.UNCHANGED,
}
"""What each decision counts as."""
