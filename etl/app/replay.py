"""`etl replay`: the archive read again, under the lock and without the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from etl.app.database import database, make_ready
from etl.app.readers import reading
from etl.app.run import Done, Listener, Progress, exit_code, opened, run_one
from etl.console.harmless import printable
from etl.console.stop import Stop
from etl.linking import Linking
from etl.lookup import housed, lookup
from etl.replay import NAME, Replay, Reread
from etl.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What came of it; `failed` are identifier and reason."""

    done: Done
    changed: Sequence[Reread]
    failed: Sequence[tuple[str, str]]

    @property
    def exit_code(self) -> int:
        """3 when something is not understood any more."""
        return exit_code([self.done])


def replay(
    settings: Settings,
    vergaderjaren: Sequence[str],
    workers: int,
    stop: Stop,
    progress: Progress,
) -> Replayed:
    """Read the archive again. Raises StoreError, RunLocked before any of it is done."""
    listener = Listener()
    with database(settings) as found:
        make_ready(found, may_migrate=True)
        with opened(found, stop) as store, store.lock(), reading(workers) as read:
            job = Replay(
                store=store,
                read=read,
                vergaderjaren=vergaderjaren,
                stopping=stop,
                event=listener,
                after=Linking(store, lookup(), housed(), stopping=stop, event=listener),
            )
            done = run_one(NAME, job, listener, progress)
    return Replayed(done=done, changed=job.changed, failed=job.failed)


def tell(replayed: Replayed, say: Callable[[str], None]) -> None:
    """A line for each value that changed, and how often each kind did."""
    for one in replayed.changed:
        for change in one.changes:
            say(printable(f"{one.identifier}: {change}"))
    for identifier, reason in replayed.failed:
        say(printable(f"{identifier}: keeps its former reading: {reason}"))
    report = replayed.done.report
    counts = asdict(report.tally)
    say(
        f"{report.source}: {report.outcome.value}: read {counts['seen']},"
        f" changed {counts['changed']}, unchanged {counts['unchanged']},"
        f" not understood {counts['quarantined']}"
    )
    kinds = Counter(
        part
        for one in replayed.changed
        for part in {change.part for change in one.changes}
    )
    if kinds:
        named = ", ".join(f"{part} {many}" for part, many in kinds.most_common())
        say(f"publications of which a value changed, by value: {named}")
