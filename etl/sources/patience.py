"""How long to wait for an answer, when to ask again, and when to give up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from etl.errors import TransientError

ATTEMPTS = 5
BACKOFF_FIRST, BACKOFF_MOST = 0.5, 30.0

RETRY_AFTER_CAP = 15 * 60
"""Seconds that a server may ask us to wait; beyond that the run ends and says when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds: for one read, for a whole response, and for all attempts together."""

    read: float
    deadline: float
    budget: float


PAGE = Patience(read=20, deadline=30, budget=120)
DOCUMENT = Patience(read=20, deadline=120, budget=120)
RESOURCE = Patience(read=20, deadline=120, budget=30)
"""For the Kamer's files: one that is missing answers 500, however often it is asked."""
ODATA = Patience(read=90, deadline=120, budget=300)
SRU = Patience(read=150, deadline=180, budget=600)


class Budget:
    """The attempts and seconds of one request; waits a server asked for are free."""

    def __init__(
        self,
        clock: Callable[[], float],
        random: Callable[[], float],
        seconds: float,
        attempts: int = ATTEMPTS,
    ) -> None:
        self._clock = clock
        self._random = random
        self._seconds = seconds
        self._most = attempts
        self._started = clock()
        self._obeyed = 0.0
        self._attempts = 0

    def is_spent(self, attempts: int) -> bool:
        """Whether so many attempts, or the time that they took, are enough."""
        self._attempts = attempts
        spent = self._clock() - self._started - self._obeyed
        return attempts >= self._most or spent >= self._seconds

    def wait(self, attempts: int, error: BaseException | None) -> float:
        """Seconds: what the server asked for, else exponential with full jitter."""
        if isinstance(error, TransientError) and error.wait is not None:
            self._obeyed += error.wait
            return error.wait
        most = min(BACKOFF_MOST, BACKOFF_FIRST * 2.0 ** (attempts - 1))
        return most * self._random()

    def story(self, url: str, error: TransientError) -> str:
        """What happened, how often, and what was asked: the address can be long."""
        times = "once" if self._attempts == 1 else f"{self._attempts} times"
        spent = self._clock() - self._started
        return f"{error} (tried {times} in {spent:.0f} s): {url}"


def asked_wait(text: str, now: datetime) -> float | None:
    """Retry-After in seconds from now; None for the past and for garbage."""
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    wait = (aware - now).total_seconds()
    return wait if wait > 0 else None


def moment_after(now: datetime, wait: float) -> str:
    """The time so many seconds from now, for people."""
    moment = datetime.fromtimestamp(min(now.timestamp() + wait, 2**37), UTC)
    return moment.isoformat(timespec="seconds")
