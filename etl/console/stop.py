"""How the process is asked to end: politely once, and at once the second time."""

from __future__ import annotations

import faulthandler
import math
import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

from etl.errors import Overdue

TERMINATED = 143
"""Exit code of a process that SIGTERM ended (128 + 15)."""

STALL = 1800.0
"""Seconds without a statement or a request after which work hangs; a publisher may ask
for a quarter of an hour of patience."""

GRACE = 60.0
"""Seconds that late work gets to end by itself, then to be unwound."""

UNWINDING = 1.5
"""Seconds for rolling back and giving back, once the process has to end at once: a
server that is frozen takes no farewell, and what is left there rolls back by itself."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """When work is late, how long it may stand still, and what it gets then."""

    end: float
    grace: float
    stall: float


@dataclass(slots=True)
class Stop:
    """Whether we were asked to stop, and a way to wait that notices it at once.

    A pipe, not a threading.Event: a signal may arrive while the very same thread
    holds the event's lock.
    """

    clock: Callable[[], float] = time.monotonic
    asked: bool = False
    rung: bool = False
    late: bool = False
    """Whether the work under way has had its time (`limited`)."""
    _ends: tuple[int, int] = field(default_factory=os.pipe)
    _allowance: Allowance | None = None
    _drained_by: float | None = None
    """When the process is made to end, once it was asked to."""
    _leaving: bool = False

    def __call__(self) -> bool:
        """Whether the work under way is to end: asked to stop, or late."""
        return self.asked or self.late

    def ask(self) -> None:
        """Ask to stop; safe in a signal handler and from another thread."""
        self.asked = True
        os.write(self._ends[1], b"!")

    def drain(self, seconds: float) -> None:
        """Ask to stop, and give the process so long for it."""
        self._drained_by = self.clock() + seconds
        signal.setitimer(signal.ITIMER_REAL, seconds)
        self.ask()

    def leave(self) -> NoReturn:
        """End the process: unwound if that goes quickly. For a signal handler."""
        self._leaving = True
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, UNWINDING)
        signal.signal(signal.SIGALRM, _gone)
        raise SystemExit(TERMINATED)

    def ring(self) -> None:
        """Wake who waits in `listen`, without asking to stop."""
        self.rung = True
        os.write(self._ends[1], b"!")

    def hurry(self) -> None:
        """Say that the work under way is late; safe in a signal handler."""
        self.late = True
        os.write(self._ends[1], b"!")

    def sleep(self, seconds: float) -> None:
        """Wait, but not beyond being asked to stop or late."""
        end = self.clock() + seconds
        while not self() and (left := end - self.clock()) > 0:
            ready, _, _ = select.select([self._ends[0]], [], [], left)
            if ready and not self():
                os.read(self._ends[0], 4096)  # only a ring, which `rung` remembers

    def listen(self, patience: float | None = None) -> bool | None:
        """Wait for a ring or to be asked; several rings are one.

        True for a ring, False when asked to stop, None when neither came within so
        many seconds.
        """
        while not (self.asked or self.rung):
            ready, _, _ = select.select([self._ends[0]], [], [], patience)
            if not ready:
                return None
            os.read(self._ends[0], 4096)
        rung, self.rung = self.rung, False
        return rung and not self.asked

    @contextmanager
    def limited(
        self, seconds: float, grace: float, stall: float = math.inf
    ) -> Iterator[None]:
        """Give what happens inside so much time, and end it when nothing moves.

        After `seconds`, or `stall` seconds without a `beat`, it is asked to end, as by
        a first SIGTERM but only this work; `grace` seconds later Overdue is raised in
        it; and when that is not heard either for as long after `seconds`, the process
        ends with 1 and the stacks of all threads on stderr: who supervises it starts it
        again. For the main thread, inside `stopping`.
        """
        # The last resort needs no Python: a hang in C code may never give way to it.
        faulthandler.dump_traceback_later(seconds + 2 * grace, exit=True)
        try:
            with self._timed(seconds, grace, stall):
                yield
        finally:
            faulthandler.cancel_dump_traceback_later()

    @contextmanager
    def watched(self, stall: float, grace: float) -> Iterator[None]:
        """The same without any limit but that something moves."""
        with self._timed(math.inf, grace, stall):
            yield

    @contextmanager
    def _timed(self, seconds: float, grace: float, stall: float) -> Iterator[None]:
        self._allowance = Allowance(self.clock() + seconds, grace, stall)
        self.beat()
        try:
            try:
                yield
            finally:
                self._disarm()
        finally:
            # once more: the alarm may have come at the very end, and raised right there
            self._disarm()

    def _disarm(self) -> None:
        self._allowance = None
        self._alarm(0)
        self.late = False

    def beat(self, _step: str = "") -> None:
        """Something moved: a statement or a request, by the name of `on_step`.

        A server that is frozen, but whose machine still answers, would be waited for
        for ever.
        """
        if self._allowance and not self():
            left = self._allowance.end - self.clock()
            wait = min(self._allowance.stall, max(left, 0.001))  # 0 would be no alarm
            self._alarm(wait, self._allowance.grace)

    def _alarm(self, seconds: float, again: float = 0) -> None:
        """Set the one alarm there is; the one that ends the draining goes first.

        A signal may come between any look at `asked` and this, so it looks afterwards.
        """
        if self._leaving:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds, again)
        if self._drained_by is not None:
            left = self._drained_by - self.clock()
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001))

    def close(self) -> None:
        """Give the pipe back."""
        for end in self._ends:
            os.close(end)


@contextmanager
def stopping(patience: float | None = None) -> Iterator[Stop]:
    """A Stop that SIGTERM asks. A second SIGTERM ends the process at once, with 143.

    So does `patience` seconds of going on after the first one (None: for ever).
    Whatever was begun is unwound: transactions roll back, locks and servers go, unless
    that takes longer than UNWINDING. For the main thread only.
    """
    stop = Stop()

    def second(_number: int, _frame: FrameType | None) -> None:
        stop.leave()

    def first(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, second)
        if patience is None:
            stop.ask()
        else:
            stop.drain(patience)

    def rings(_number: int, _frame: FrameType | None) -> None:
        if stop.asked:
            stop.leave()
        if stop.late:
            raise Overdue("the run went on long after it was asked to end")
        stop.hurry()

    before = signal.signal(signal.SIGTERM, first)
    alarm = signal.signal(signal.SIGALRM, rings)
    try:
        yield stop
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, alarm)
        signal.signal(signal.SIGTERM, before)
        stop.close()


def _gone(_number: int, _frame: FrameType | None) -> None:
    os._exit(TERMINATED)
