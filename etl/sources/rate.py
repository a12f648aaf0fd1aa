"""How often a host may be asked: the grammar of `ETL_RATE`, and pacing by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from etl.errors import ConfigurationError

_RATE = re.compile(
    r"(?:(?P<host>[^=\s]+)\s*=\s*)?(?P<count>\d+(?:\.\d+)?)"
    r"(?:\s*/\s*(?P<seconds>\d+(?:\.\d+)?))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Rates:
    """Seconds between two requests to each host; `*` stands for all others."""

    intervals: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Rates:
        """Read `zoek.officielebekendmakingen.nl=10/30,*=1/1`: requests per seconds.

        A bare number is requests a second for every host. Raises
        ConfigurationError naming the part that cannot be read.
        """
        intervals: dict[str, float] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            found = _RATE.fullmatch(part)
            count = float(found["count"]) if found else 0.0
            seconds = float(found["seconds"] or 1) if found else 0.0
            if not found or not count or not seconds:
                raise ConfigurationError(
                    f"ETL_RATE: {part!r} is no rate; write host=requests/seconds,"
                    " as in zoek.officielebekendmakingen.nl=10/30,*=1/1"
                )
            host = (found["host"] or "*").lower().strip("[]")
            intervals[host] = seconds / count
        return cls(intervals)

    def interval(self, host: str) -> float:
        """Seconds between requests to `host`; loopback is unlimited unless named."""
        host = host.lower().strip("[]")
        if host in self.intervals:
            return self.intervals[host]
        return 0.0 if is_loopback(host) else self.intervals.get("*", 0.0)


class Pace:
    """Spreads the requests to each host evenly, so that no window exceeds its rate."""

    def __init__(self, rates: Rates, clock: Callable[[], float]) -> None:
        self._rates = rates
        self._clock = clock
        self._free: dict[str, float] = {}

    def book(self, host: str) -> float:
        """Take the next turn at `host`; returns the seconds to wait for it."""
        now = self._clock()
        turn = max(now, self._free.get(host, now))
        self._free[host] = turn + self._rates.interval(host)
        return turn - now


def is_loopback(host: str) -> bool:
    """Whether the host, as written, is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
