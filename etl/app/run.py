"""`etl run`: one pass over each source, under the lock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial

from etl.app.database import Database, configured, data_dir, database, make_ready
from etl.app.dry import DryStore
from etl.app.jobs import BY_HAND, Jobs, Request, named, now
from etl.app.review import StoreAway, review
from etl.console import log
from etl.console.stop import TERMINATED, Stop
from etl.documents import PARSER, understand
from etl.documents.readers.pdf.worker import PdfWorker
from etl.errors import EXIT_ORDER, ConfigurationError, StoreError
from etl.lookup import lookup
from etl.model.run import Outcome, Tally
from etl.pipeline import Report, Run
from etl.ports import Store
from etl.replay import Replay
from etl.settings import Settings
from etl.sources.client import Client, Rates, user_agent
from etl.sources.webhook import check_address
from etl.store import PostgresStore, open_store
from etl.store.migrations import everything, pending

Tick = Callable[[int, int, Tally], None]
Progress = Callable[[str], AbstractContextManager[Tick]]


@contextmanager
def no_progress(_source: str) -> Iterator[Tick]:
    """For who has no terminal."""
    yield lambda done, total, tally: None


NEXT = "what is committed stays; the next run goes on from there"
"""What becomes of a run that failed."""

LOUD = {"quarantined", "drift", "vanished", "mirror_incomplete", "reconcile_failed"}
"""Events that somebody should look at."""


@dataclass(slots=True)
class Listener:
    """Hears what the pipeline tells, logs it and remembers what was quarantined."""

    quarantined: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, name: str, **details: object) -> None:
        """One event."""
        if name == "run_started":
            log.bind(run=details["run"])
        if name == "quarantined":
            told = (str(details["identifier"]), str(details["reason"]))
            self.quarantined.append(told)
        loud = name in LOUD
        say = log.logger().warning if loud else log.logger().info
        say(name, **details)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One source's report and what was quarantined: identifier and reason."""

    report: Report
    quarantined: Sequence[tuple[str, str]]


def check(settings: Settings, request: Request) -> None:
    """Raise ConfigurationError for whatever can be known to be wrong beforehand."""
    named(request.sources)
    Rates.parse(settings.rate)
    if settings.alert_url is not None:
        check_address(settings.alert_url)
    if (BY_HAND in request.sources) != (request.path is not None):
        raise ConfigurationError("--source map and --path DIR belong together")
    if request.path is not None and not request.path.is_dir():
        raise ConfigurationError(f"--path {request.path} is no directory")


def run(
    settings: Settings,
    request: Request,
    stop: Stop,
    progress: Progress = no_progress,
) -> list[Done]:
    """Run each source in turn; a failing one does not keep the next from running.

    Raises ConfigurationError, StoreError, RunLocked before any of it is done.
    """
    if request.dry:
        with at_work(settings, request, stop) as jobs:
            return in_turn(request.sources, jobs.run, stop, progress)
    try:
        with database(settings) as found:
            with at_work(settings, request, stop) as jobs:
                done = in_turn(request.sources, jobs.run, stop, progress)
            last = done[-1].report.error
            if isinstance(last, StoreError):
                StoreAway(settings, stop).away(last)
            elif not stop():
                review(settings, found.url("writer"), request.sources, stop)
            return done
    except StoreError as error:
        StoreAway(settings, stop).away(error)
        raise


@contextmanager
def at_work(settings: Settings, request: Request, stop: Stop) -> Iterator[Jobs]:
    """All that runs need, under the lock.

    Raises ConfigurationError, StoreError, RunLocked.
    """
    check(settings, request)
    with ExitStack() as stack:
        store = stack.enter_context(_store(settings, request, stop))
        client = stack.enter_context(_client(settings, stop))
        pdf = stack.enter_context(PdfWorker())
        yield Jobs(
            settings=settings,
            request=request,
            store=store,
            client=client,
            understand=partial(understand, read_pdf=pdf.read, lookup=lookup()),
            stopping=stop,
        )


def in_turn(
    names: Sequence[str],
    make: Callable[[str, Listener], Run],
    stop: Stop,
    progress: Progress,
) -> list[Done]:
    """One run after the other, until one loses the database or we are stopped."""
    done: list[Done] = []
    for name in names:
        listener = Listener()
        done.append(run_one(name, make(name, listener), listener, progress))
        if stop() or isinstance(done[-1].report.error, StoreError):
            break
    return done


def run_one(
    name: str, job: Run | Replay, listener: Listener, progress: Progress
) -> Done:
    """Do one job, with its progress shown and its end in the log."""
    log.bind(source=name)
    began = time.monotonic()
    try:
        with progress(name) as tick:
            job.progress = tick
            report = job()
        _log_end(report, time.monotonic() - began)
        return Done(report=report, quarantined=listener.quarantined)
    finally:
        log.unbind("source", "run")


def _log_end(report: Report, seconds: float) -> None:
    problem = report.bug or report.error
    level = "error" if problem else "info"
    getattr(log.logger(), level)(
        "run_ended",
        outcome=report.outcome.value,
        **asdict(report.tally),
        seconds=round(seconds, 1),
        documents_per_second=round(report.tally.seen / max(seconds, 0.001), 1),
        **({"problem": str(problem), "next": NEXT} if problem else {}),
        exc_info=report.bug,
    )


@contextmanager
def _store(settings: Settings, request: Request, stop: Stop) -> Iterator[Store]:
    """The store, locked and ready; for a dry run one that writes nothing."""
    if request.dry and not configured(settings) and not _has_data(settings):
        yield DryStore(None)
        return
    with database(settings) as found:
        if request.dry:
            with _dry(found, stop) as store:
                yield store
            return
        make_ready(found, may_migrate=request.migrate)
        with opened(found, stop) as real, real.lock():
            yield real


def _has_data(settings: Settings) -> bool:
    return (data_dir(settings) / "pgdata").exists()


@contextmanager
def _dry(found: Database, stop: Stop) -> Iterator[Store]:
    if pending(found.url("writer")) == everything():
        yield DryStore(None)
        return
    make_ready(found, may_migrate=False)
    with opened(found, stop) as real:
        yield DryStore(real)


def opened(found: Database, stop: Stop) -> AbstractContextManager[PostgresStore]:
    """The writer's store; an embedded server that died is started again."""
    return open_store(
        found.url("writer"),
        now=now,
        parser=PARSER,
        revive=found.server.ensure if found.server else lambda: None,
        stopping=stop,
        sleep=stop.sleep,
        on_step=stop.beat,
    )


def _client(settings: Settings, stop: Stop) -> Client:
    return Client(
        bases=[
            settings.sru_url,
            settings.publications_url,
            settings.syncfeed_url,
            settings.odata_url,
        ],
        rates=Rates.parse(settings.rate),
        user_agent=user_agent(settings.contact),
        stopping=stop,
        sleep=stop.sleep,
        now=now,
        on_step=stop.beat,
    )


def exit_code(done: Sequence[Done]) -> int:
    """The contract's: the worst of what went wrong, then interrupted, then partial."""
    reports = [each.report for each in done]
    found = {1 for report in reports if report.bug}
    found |= {report.error.exit_code for report in reports if report.error}
    if not found and any(r.outcome is Outcome.INTERRUPTED for r in reports):
        return TERMINATED
    found |= {3 for report in reports if report.outcome is Outcome.PARTIAL}
    return next((code for code in EXIT_ORDER if code in found), max(found, default=0))
