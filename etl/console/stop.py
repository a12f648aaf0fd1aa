"""How the process is asked to end: politely once, and at once the second time."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

TERMINATED = 143
"""Exit code of a process that SIGTERM ended (128 + 15)."""


@dataclass(slots=True)
class Stop:
    """Whether we were asked to stop, and a way to wait that notices it at once.

    A pipe, not a threading.Event: a signal may arrive while the very same thread
    holds the event's lock.
    """

    clock: Callable[[], float] = time.monotonic
    asked: bool = False
    rung: bool = False
    _ends: tuple[int, int] = field(default_factory=os.pipe)

    def __call__(self) -> bool:
        """Whether we were asked to stop."""
        return self.asked

    def ask(self) -> None:
        """Ask to stop; safe in a signal handler and from another thread."""
        self.asked = True
        os.write(self._ends[1], b"!")

    def ring(self) -> None:
        """Wake who waits in `listen`, without asking to stop."""
        self.rung = True
        os.write(self._ends[1], b"!")

    def sleep(self, seconds: float) -> None:
        """Wait, but not beyond being asked to stop."""
        end = self.clock() + seconds
        while not self.asked and (left := end - self.clock()) > 0:
            ready, _, _ = select.select([self._ends[0]], [], [], left)
            if ready and not self.asked:
                os.read(self._ends[0], 4096)  # only a ring, which `rung` remembers

    def listen(self) -> bool:
        """Wait for a ring or to be asked; several rings are one. True for a ring."""
        while not (self.asked or self.rung):
            os.read(self._ends[0], 4096)
        rung, self.rung = self.rung, False
        return rung and not self.asked

    def close(self) -> None:
        """Give the pipe back."""
        for end in self._ends:
            os.close(end)


@contextmanager
def stopping(patience: float | None = None) -> Iterator[Stop]:
    """A Stop that SIGTERM asks. A second SIGTERM ends the process at once, with 143.

    So does `patience` seconds of going on after the first one (None: for ever).
    Whatever was begun is unwound: transactions roll back, locks and servers go.
    For the main thread only.
    """
    stop = Stop()

    def first(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, _leave)
        if patience is not None:
            signal.setitimer(signal.ITIMER_REAL, patience)
        stop.ask()

    before = signal.signal(signal.SIGTERM, first)
    alarm = signal.signal(signal.SIGALRM, _leave)
    try:
        yield stop
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, alarm)
        signal.signal(signal.SIGTERM, before)
        stop.close()


def _leave(_number: int, _frame: FrameType | None) -> None:
    # should the unwinding hang, a third one needs no consent
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raise SystemExit(TERMINATED)
