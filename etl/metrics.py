"""What a monitoring system reads, in the text format of Prometheus. Pure.

Labels are names of sources, codes and outcomes: nothing that a document says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
)

from etl import __version__
from etl.model.run import Verdict
from etl.status import Judgement

PREFIX = "aanhangsel_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The process: when its main loop last came by, and since when it is busy."""

    woke_at: datetime
    busy_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the database told; `judged` is None when it was away."""

    judged: Sequence[Judgement] | None = None
    runs: Sequence[Mapping[str, Any]] = ()
    """Rows of `sql/queries/metrics_runs.sql`."""


def rendered(life: Life, snapshot: Snapshot) -> bytes:
    """All metrics as text; those of the process too where the platform tells them."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(life, snapshot))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


@dataclass(frozen=True, slots=True, eq=False)
class _Collector:
    life: Life
    snapshot: Snapshot

    def collect(self) -> Iterator[Metric]:
        """Called by the library."""
        info = InfoMetricFamily(f"{PREFIX}build", "The version that runs.")
        info.add_metric((), {"version": __version__})
        yield info
        yield _gauge(
            "daemon_wakeup_timestamp_seconds",
            "When the daemon's main loop last came by.",
            [((), self.life.woke_at.timestamp())],
        )
        busy = self.life.busy_since
        yield _gauge(
            "tick_started_timestamp_seconds",
            "When the tick that goes on began; 0 when none does.",
            [((), busy.timestamp() if busy else 0)],
        )
        yield _gauge(
            "database_up",
            "Whether the database answered.",
            [((), float(self.snapshot.judged is not None))],
        )
        judged = self.snapshot.judged or ()
        yield from _of_sources(judged)
        yield from _of_runs(self.snapshot.runs)


Samples = Iterable[tuple[Sequence[str], float | None]]
SOURCE = ("source",)


def _of_sources(judged: Sequence[Judgement]) -> Iterator[Metric]:
    seen = [(each.source, each.freshness) for each in judged]
    yield _gauge(
        "last_success_timestamp_seconds",
        "End of the last good run.",
        [((name,), _epoch(one.last_success)) for name, one in seen],
        SOURCE,
    )
    yield _gauge(
        "last_news_timestamp_seconds",
        "Day of the newest publication that is not in the future, or of the first run.",
        [((name,), _epoch(one.last_news)) for name, one in seen],
        SOURCE,
    )
    yield _gauge(
        "newest_publication_timestamp_seconds",
        "Day of the newest publication.",
        [((name,), _epoch(one.newest)) for name, one in seen],
        SOURCE,
    )
    yield _gauge(
        "problems_open",
        "Documents in quarantine.",
        [
            ((name, code), count)
            for name, one in seen
            for code, count in one.problems.items()
        ],
        ("source", "code"),
    )
    yield _gauge(
        "dead_letters",
        "Documents in quarantine after six attempts or more.",
        [((name,), one.dead_letters) for name, one in seen],
        SOURCE,
    )
    yield _gauge(
        "gaps",
        "Numbers that were looked for in vain.",
        [((name,), one.gaps) for name, one in seen],
        SOURCE,
    )
    yield _gauge(
        "expectation",
        "A figure that is expected to lie between bounds.",
        [((name, m.name), m.value) for name, one in seen for m in one.measured],
        ("source", "name"),
    )
    yield _gauge(
        "fault",
        "1 for each thing that is wrong, as `etl status` says it.",
        [((each.source, fault.code), 1) for each in judged for fault in each.faults],
        ("source", "code"),
    )


def _of_runs(runs: Sequence[Mapping[str, Any]]) -> Iterator[Metric]:
    total = CounterMetricFamily(
        f"{PREFIX}runs", "Runs by how they ended.", labels=("source", "outcome")
    )
    documents = CounterMetricFamily(
        f"{PREFIX}documents",
        "Documents and rows by what became of them.",
        labels=("source", "outcome", "verdict"),
    )
    for row in runs:
        labels = (row["source"], row["outcome"])
        total.add_metric(labels, float(row["runs"]))
        for verdict in Verdict:
            documents.add_metric((*labels, verdict.value), float(row[verdict.value]))
    yield total
    yield documents
    yield _gauge(
        "last_run_duration_seconds",
        "How long the last run that ended so took.",
        [((row["source"], row["outcome"]), row["last_seconds"]) for row in runs],
        ("source", "outcome"),
    )


def _gauge(
    name: str, text: str, samples: Samples, labels: Sequence[str] = ()
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(PREFIX + name, text, labels=labels)
    for values, number in samples:
        if number is not None:
            family.add_metric(values, float(number))
    return family


def _epoch(when: date | datetime | None) -> float | None:
    if when is None:
        return None
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(), UTC)
    return when.timestamp()
