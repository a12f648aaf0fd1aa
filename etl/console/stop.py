"""How the process is asked to end: politely once, and at once the second time."""

from __future__ import annotations

import faulthandler
import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from etl.errors import Overdue

TERMINATED = 143
"""Exit code of a process that SIGTERM ended (128 + 15)."""

LEAVING = 0.5
"""Seconds that the unwinding may take once the process is to end at once."""


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
    _stall: tuple[float, float] | None = None

    def __call__(self) -> bool:
        """Whether the work under way is to end: asked to stop, or late."""
        return self.asked or self.late

    def ask(self) -> None:
        """Ask to stop; safe in a signal handler and from another thread."""
        self.asked = True
        os.write(self._ends[1], b"!")

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
    def limited(self, seconds: float, grace: float) -> Iterator[None]:
        """Give what happens inside so much time.

        Then it is asked to end, as by a first SIGTERM but only this work; `grace`
        seconds later Overdue is raised in it; and when that is not heard either for
        as long, the process ends with 1 and the stacks of all threads on stderr: who
        supervises it starts it again. For the main thread, inside `stopping`.
        """
        # The last resort needs no Python: a hang in C code may never give way to it.
        faulthandler.dump_traceback_later(seconds + 2 * grace, exit=True)
        if not self.asked:  # else the alarm is the one that ends the draining
            signal.setitimer(signal.ITIMER_REAL, seconds, grace)
        try:
            try:
                yield
            finally:
                self._disarm()
        finally:
            # once more: the alarm may have come at the very end, and raised right there
            self._disarm()

    def _disarm(self) -> None:
        if not self.asked:
            signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        self.late = False

    @contextmanager
    def watched(self, seconds: float, grace: float) -> Iterator[None]:
        """End what happens inside when nothing moves for so long (`beat`).

        It is asked to end, and `grace` seconds later Overdue is raised in it: a server
        that is frozen, but whose machine still answers, would be waited for for ever.
        For the main thread, inside `stopping`.
        """
        self._stall = (seconds, grace)
        self.beat()
        try:
            yield
        finally:
            self._stall = None
            if not self.asked:
                signal.setitimer(signal.ITIMER_REAL, 0)
            self.late = False

    def beat(self, _step: str = "") -> None:
        """Something moved: a statement or a request, by the name of `on_step`."""
        if self._stall and not self():
            signal.setitimer(signal.ITIMER_REAL, *self._stall)

    def close(self) -> None:
        """Give the pipe back."""
        for end in self._ends:
            os.close(end)


@contextmanager
def stopping(patience: float | None = None) -> Iterator[Stop]:
    """A Stop that SIGTERM asks. A second SIGTERM ends the process at once, with 143.

    So does `patience` seconds of going on after the first one (None: for ever).
    Whatever was begun is unwound: transactions roll back, locks and servers go. What
    hangs in that, as a database that is frozen does, is left behind after a moment.
    For the main thread only.
    """
    stop = Stop()

    def first(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, _leave)
        if patience is not None:
            signal.setitimer(signal.ITIMER_REAL, patience)
        stop.ask()

    def rings(number: int, frame: FrameType | None) -> None:
        if stop.asked:
            _leave(number, frame)
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


def _leave(_number: int, _frame: FrameType | None) -> None:
    # should the unwinding hang, neither the alarm nor a third one needs consent
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, lambda _number, _frame: os._exit(TERMINATED))
    signal.setitimer(signal.ITIMER_REAL, LEAVING)
    raise SystemExit(TERMINATED)
