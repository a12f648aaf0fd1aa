"""Every SQLSTATE means retry, one document's fault, or stop."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from etl.errors import DocumentFault, EtlError, StoreError, StoreUnreachable
from etl.store.faults import Meaning, meaning, meaning_of_state, translated

STATES = sorted(
    {
        value.sqlstate
        for value in vars(errors).values()
        if isinstance(value, type)
        and issubclass(value, psycopg.Error)
        and value.sqlstate is not None
    }
)


@pytest.mark.parametrize(
    ("sqlstate", "expected"),
    [
        ("08006", Meaning.RETRY),
        ("57P01", Meaning.RETRY),
        ("57P03", Meaning.RETRY),
        ("57P04", Meaning.STOP),
        ("57014", Meaning.RETRY),
        ("40001", Meaning.RETRY),
        ("40P01", Meaning.RETRY),
        ("55P03", Meaning.RETRY),
        ("53300", Meaning.RETRY),
        ("53100", Meaning.STOP),
        ("22001", Meaning.ROW),
        ("22P05", Meaning.ROW),
        ("23514", Meaning.ROW),
        ("54000", Meaning.ROW),
        ("25006", Meaning.STOP),
        ("28P01", Meaning.STOP),
        ("3D000", Meaning.STOP),
        ("42501", Meaning.STOP),
        ("42P01", Meaning.STOP),
        ("XX001", Meaning.STOP),
    ],
)
def test_what_a_state_asks_for(sqlstate: str, expected: Meaning) -> None:
    assert meaning_of_state(sqlstate) is expected


def test_every_state_has_a_meaning_and_a_line() -> None:
    assert len(STATES) > 230
    for sqlstate in STATES:
        error = errors.lookup(sqlstate)("wat er mis is\nDETAIL: geheim")
        assert isinstance(translated(error), EtlError)
        assert "geheim" not in str(translated(error))


@pytest.mark.parametrize("prefix", ["22", "23", "54"])
def test_a_value_is_never_tried_again(prefix: str) -> None:
    found = [state for state in STATES if state.startswith(prefix)]
    assert found
    assert {meaning_of_state(state) for state in found} == {Meaning.ROW}


@pytest.mark.parametrize("prefix", ["42", "28", "3D", "3F", "XX", "25"])
def test_what_waiting_does_not_mend_stops_the_run(prefix: str) -> None:
    found = [state for state in STATES if state.startswith(prefix)]
    assert found
    assert {meaning_of_state(state) for state in found} == {Meaning.STOP}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (psycopg.OperationalError("server closed the connection"), Meaning.RETRY),
        (psycopg.InterfaceError("the connection is closed"), Meaning.RETRY),
        (psycopg.DataError("cannot contain NUL"), Meaning.ROW),
        (psycopg.ProgrammingError("wrong placeholder"), Meaning.STOP),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), Meaning.ROW),
        (KeyError("bug"), Meaning.STOP),
    ],
)
def test_an_error_without_a_state(error: Exception, expected: Meaning) -> None:
    assert meaning(error) is expected


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ('password authentication failed for user "w"', "refuses the password"),
        ("fe_sendauth: no password supplied", "refuses the password"),
        ('role "w" does not exist', "refuses this user"),
        ('role "w" is not permitted to log in', "refuses this user"),
        ('no pg_hba.conf entry for host "10.0.0.1", user "w"', "refuses this user"),
        ('database "d" does not exist', "no such database"),
    ],
)
def test_a_connection_that_is_refused_tells_by_its_words(
    words: str, advice: str
) -> None:
    """libpq hands over no SQLSTATE while connecting."""
    error = psycopg.OperationalError(
        f'connection to server at "10.0.0.2", port 5432 failed: FATAL:  {words}'
    )
    assert error.sqlstate is None
    assert meaning(error) is Meaning.STOP
    assert advice in str(translated(error))
    assert words in str(translated(error))


@pytest.mark.parametrize(
    "words",
    ["sorry, too many clients already", "the database system is starting up"],
)
def test_a_connection_that_is_put_off_is_tried_again(words: str) -> None:
    assert meaning(psycopg.OperationalError(f"FATAL:  {words}")) is Meaning.RETRY


def test_a_full_disk_is_said_in_words() -> None:
    error = translated(errors.DiskFull("could not extend file"))
    assert isinstance(error, StoreUnreachable)
    assert "make room" in str(error)


def test_a_surrogate_is_named_by_its_number() -> None:
    fault = translated(UnicodeEncodeError("utf-8", "a\ud800", 1, 2, "surrogates"))
    assert isinstance(fault, DocumentFault)
    assert fault.code == "row_refused"
    assert "U+D800" in fault.explanation


def test_an_unknown_answer_names_its_state() -> None:
    error = translated(errors.InternalError_("cache lookup failed"))
    assert type(error) is StoreError
    assert "XX000" in str(error)
