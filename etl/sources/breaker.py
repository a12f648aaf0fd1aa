"""A host that gives no answer is asked less: a circuit breaker. Pure.

Asking each document five times of a host that is down makes its outage worse and takes
hours. So after some requests in a row whose every attempt failed, a request is one
attempt only, until one gets an answer: one bad document more or less tells nothing.
"""

from __future__ import annotations

from collections import Counter

from etl.sources.patience import ATTEMPTS

OPENS = 3
"""Requests in a row that spent all of their attempts."""


class Breaker:
    """Counts, by host, the requests in a row that came to nothing."""

    def __init__(self) -> None:
        self._failed: Counter[str] = Counter()

    def attempts(self, host: str) -> int:
        """How often the next request to this host may be tried."""
        return 1 if self._failed[host] >= OPENS else ATTEMPTS

    def failed(self, host: str) -> None:
        """A request spent its attempts, or the time for them."""
        self._failed[host] += 1

    def answered(self, host: str) -> None:
        """The host answered, whatever it said."""
        del self._failed[host]
