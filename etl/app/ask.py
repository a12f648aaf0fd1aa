"""`etl sql` and `etl status`: questions, as the reader."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from etl.app.database import Database, database
from etl.app.freshness import judgements
from etl.app.jobs import now
from etl.errors import ConfigurationError
from etl.incidents import Incident
from etl.settings import Settings
from etl.status import Judgement
from etl.store import reading
from etl.store.migrations import unmigrated


@dataclass(frozen=True, slots=True)
class Address:
    """How to connect. `stays` when the server is up only as long as we are."""

    url: str
    password: str | None
    stays: bool


def query(settings: Settings, text: str) -> reading.Table:
    """The answer to a query. Raises StoreError, ConfigurationError for a wrong one."""
    with database(settings) as found:
        return reading.query(found.url("reader"), text)


@contextmanager
def connection(settings: Settings, port: int | None) -> Iterator[Address]:
    """How the reader connects; through 127.0.0.1:`port` if that is given."""
    with database(settings) as found:
        if port is not None:
            with _door(found, port) as address:
                yield address
        else:
            url = without_password(found.url("reader"))
            yield Address(url, None, stays=found.server is not None)


@contextmanager
def _door(found: Database, port: int) -> Iterator[Address]:
    if found.server is None:
        raise ConfigurationError(
            "--port is for the embedded database; this one is reached by its URL"
        )
    password = secrets.token_hex(12)
    with found.server.listen(port, password) as door:
        yield Address(door.url(), password, stays=True)


def without_password(url: str) -> str:
    """The same libpq URL, fit to be shown."""
    parts = urlsplit(url)
    user, at, place = parts.netloc.rpartition("@")
    netloc = user.partition(":")[0] + at + place
    options = [pair for pair in parse_qsl(parts.query) if "password" not in pair[0]]
    query = urlencode(options, quote_via=quote, safe="/")
    # not urlunsplit: it would drop the slashes of an address without a host
    return f"{parts.scheme}://{netloc}{parts.path}" + (f"?{query}" if query else "")


def status(settings: Settings) -> list[Judgement]:
    """How each source is. Raises StoreError when the database cannot tell."""
    with database(settings) as found:
        return judgements(settings, found.url("reader"), now())


def incidents(settings: Settings) -> list[Incident]:
    """Those that are not over, as the last run saw them. Raises StoreError."""
    with database(settings) as found:
        url = found.url("reader")
        rows = [] if unmigrated(url) else reading.incident_rows(url)
    return [Incident(**row) for row in rows]


def problems(settings: Settings) -> reading.Table:
    """What is in quarantine, what was tried most often first. Raises StoreError."""
    with database(settings) as found:
        url = found.url("reader")
        return reading.Table((), []) if unmigrated(url) else reading.problems(url)
