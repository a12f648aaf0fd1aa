"""How to connect: bounded waits, a name, and an error that keeps the password."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from etl.errors import ConfigurationError, StoreUnreachable
from etl.store.faults import ADVICE, one_line, state_of
from etl.store.statements import script

Connection = psycopg.Connection[tuple[Any, ...]]

KEEPALIVE = {
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""Seconds, but for the last one, which libpq wants in milliseconds."""


def connect(url: str, name: str = "etl") -> Connection:
    """A connection in autocommit mode with the job's time limits.

    Raises StoreUnreachable, whose one line names the place but no password;
    ConfigurationError for an address that is none.
    """
    place = place_of(url)
    try:
        connection = open_connection(url, name)
    except (psycopg.Error, UnicodeError) as error:
        raise StoreUnreachable(_refused(error, url, place)) from None
    encoding = connection.info.parameter_status("server_encoding")
    if encoding and encoding != "UTF8":
        connection.close()
        raise StoreUnreachable(
            f"the database {place} is in {encoding}, which cannot hold every text: "
            "create one with encoding 'UTF8' template template0"
        )
    return connection


def open_connection(url: str, name: str) -> Connection:
    """The same with the driver's own errors."""
    defaults: dict[str, Any] = {
        key: value for key, value in KEEPALIVE.items() if f"{key}=" not in url
    }
    connection = psycopg.connect(
        url,
        autocommit=True,
        application_name=f"aanhangsel-{name}",
        client_encoding="utf8",
        **defaults,
    )
    connection.execute(script("session.sql"))
    return connection


def place_of(url: str) -> str:
    """Where a URL points, as `database at host:port`: never its password."""
    if url.startswith(("postgres://", "postgresql://")) and url.count("@") > 1:
        raise ConfigurationError(
            "the database URL holds more than one @: write the one in the password "
            "or user as %40"
        )
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        raise ConfigurationError(
            "the database URL is no libpq URL; expected "
            "postgresql://user@host:5432/database"
        ) from None
    host = parts.get("host") or parts.get("hostaddr") or "the default host"
    port = f":{parts['port']}" if parts.get("port") else ""
    return f"{parts.get('dbname') or 'the default database'} at {host}{port}"


def _refused(error: Exception, url: str, place: str) -> str:
    state = state_of(error) if isinstance(error, psycopg.Error) else None
    reason = one_line(error)
    secret = str(conninfo_to_dict(url).get("password") or "")
    if secret:
        reason = reason.replace(secret, "***")
    if state is None:
        reason += "; is it up, and its URL right?"
    advice = f"{ADVICE[state]} ({reason})" if state in ADVICE else reason
    return f"cannot use the database {place}: {advice}"
