"""What an error of the database means: try again, quarantine the document, or stop.

psycopg's classes do not tell (a program limit is an OperationalError), so the
SQLSTATE decides.
"""

from __future__ import annotations

import re
from enum import StrEnum

import psycopg

from etl.errors import DocumentFault, EtlError, StoreError, StoreUnreachable


class Meaning(StrEnum):
    """What to do about an error of the database."""

    RETRY = "retry"
    ROW = "row"
    STOP = "stop"


RETRY = ("08", "57P0", "40001", "40P01", "55P03", "57014", "53")
"""SQLSTATE prefixes that pass; 57014 is the statement timeout."""

ROW = ("22", "23", "54")
"""SQLSTATE prefixes that are one document's fault."""

DISK_FULL = "53100"


def meaning(error: Exception) -> Meaning:
    """What an exception out of psycopg asks for."""
    if isinstance(error, psycopg.Error):
        state = state_of(error)
        if state is not None:
            return meaning_of_state(state)
        # Without a SQLSTATE it never reached the server: a value that psycopg
        # cannot send, or a connection that is gone.
        if isinstance(error, psycopg.DataError):
            return Meaning.ROW
        lost = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        return Meaning.RETRY if lost else Meaning.STOP
    # a lone surrogate is a UnicodeEncodeError, which is a ValueError
    return Meaning.ROW if isinstance(error, ValueError) else Meaning.STOP


REFUSALS = {
    r"password authentication failed|no password supplied": "28P01",
    r'role ".*" does not exist|not permitted to log in|no pg_hba\.conf entry': "28000",
    r'database ".*" does not exist': "3D000",
}
"""What a server says, in English, to a client that it does not let in."""


def state_of(error: psycopg.Error) -> str | None:
    """Its SQLSTATE, None where there is none.

    libpq hands over none while connecting, so there the server's words count. In
    another language they are not known, and the connection is tried till the end.
    """
    if error.sqlstate is not None or not isinstance(error, psycopg.OperationalError):
        return error.sqlstate
    told = str(error)
    return next(
        (state for words, state in REFUSALS.items() if re.search(words, told)), None
    )


def meaning_of_state(sqlstate: str) -> Meaning:
    """The same for a SQLSTATE alone."""
    if sqlstate.startswith(ROW):
        return Meaning.ROW
    # 57P04: the database was dropped
    if sqlstate in {DISK_FULL, "57P04"} or not sqlstate.startswith(RETRY):
        return Meaning.STOP
    return Meaning.RETRY


ADVICE = {
    "53100": "the database's disk is full: make room, then run again",
    "25006": "the database is read-only: use its primary server",
    "28P01": "the database refuses the password: check DATABASE_URL or PGPASSWORD",
    "28000": "the database refuses this user: check DATABASE_URL and pg_hba.conf",
    "3D000": "there is no such database: create it or check DATABASE_URL",
    "42501": "this role lacks a right on the tables: run `etl migrate` as the owner, "
    "and grant this role aanhangsel_writer or aanhangsel_reader",
    "42P01": "a table is missing: run `etl migrate`",
    "3F000": "a schema is missing: run `etl migrate`",
    "42703": "a column is missing: run `etl migrate`",
}
"""What to do about a SQLSTATE that stops the run."""


def translated(error: Exception) -> EtlError:
    """The error to raise for one that is not, or no longer, retried."""
    line = one_line(error)
    if meaning(error) is Meaning.ROW:
        return DocumentFault("row_refused", line)
    state = state_of(error) if isinstance(error, psycopg.Error) else None
    if state in ADVICE:
        return StoreUnreachable(f"{ADVICE[state]} ({line})")
    if meaning(error) is Meaning.RETRY:
        return StoreUnreachable(f"the database is away or too busy: {line}")
    return StoreError(f"the database answers {state}: {line}")


def one_line(error: Exception) -> str:
    """The first line of what went wrong, without the values of a row."""
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        constraint = error.diag.constraint_name
        name = f" [{constraint}]" if constraint else ""
        return f"{error.diag.message_primary}{name}"
    if isinstance(error, UnicodeEncodeError):
        return f"a text holds the character U+{ord(error.object[error.start]):04X}"
    return str(error).strip().split("\n")[0] or type(error).__name__
