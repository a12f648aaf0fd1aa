"""A line of the log is one line, holds no secret and stays small."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog

from etl.console import log

AT = datetime(2026, 11, 24, 12, 31, 5, tzinfo=UTC)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leave logging as it was for the tests after this one."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    yield
    root.handlers[:], root.level = before[0], before[1]
    logging.captureWarnings(False)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def out() -> io.StringIO:
    stream = io.StringIO()
    log.configure("auto", "info", stream, now=lambda: AT)
    return stream


def event(stream: io.StringIO) -> dict[str, Any]:
    (line,) = stream.getvalue().splitlines()
    value: dict[str, Any] = json.loads(line)
    return value


def test_an_event_is_one_json_object_off_a_terminal(out: io.StringIO) -> None:
    log.logger().info("loaded", identifier="ah-tk-20222023-1505", seen=3)
    assert event(out) == {
        "at": "2026-11-24T12:31:05.000+00:00",
        "level": "info",
        "event": "loaded",
        "identifier": "ah-tk-20222023-1505",
        "seen": 3,
    }


def test_an_event_is_a_readable_line_on_a_terminal() -> None:
    stream = Terminal()
    log.configure("auto", "info", stream, now=lambda: AT)
    log.logger().warning("quarantined", identifier="ah-tk-20222023-1505")
    assert stream.getvalue() == (
        "12:31:05 warning quarantined  identifier=ah-tk-20222023-1505\n"
    )


def test_json_can_be_had_on_a_terminal_and_text_elsewhere() -> None:
    for form, stream in (("json", Terminal()), ("text", io.StringIO())):
        log.configure(form, "info", stream, now=lambda: AT)
        log.logger().info("x")
        assert stream.getvalue().startswith("{" if form == "json" else "12:31:05")


def test_what_is_bound_is_in_every_event_until_it_is_not(out: io.StringIO) -> None:
    log.bind(run=7, source="map")
    log.logger().info("first")
    log.unbind("run", "source")
    log.logger().info("second")
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["run"], first["source"]) == (7, "map")
    assert "run" not in second


def test_below_the_level_nothing_is_said(out: io.StringIO) -> None:
    log.logger().debug("detail")
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    "secret",
    [
        "cannot reach postgresql://writer:hunter2@db:5432/aanhangsel",
        "cannot reach postgresql://writer:hun%20ter2hunter2@db/aanhangsel",
        "host=db user=writer password=hunter2 dbname=x",
        "password='hunter2 hunter2' host=db",
        "postgresql://db/x?user=a&password=hunter2&sslmode=require",
        "https://alice:hunter2@alerts.example.org/hook",
    ],
)
def test_a_password_never_gets_through(secret: str, out: io.StringIO) -> None:
    log.logger().info("failed", problem=secret, nested={"url": secret})
    log.logger().info(secret)
    logging.getLogger("psycopg").warning("gave up on %s", secret)
    try:
        raise ValueError(secret)
    except ValueError:
        log.logger().exception("bug")
    assert len(out.getvalue().splitlines()) == 4
    assert "hunter2" not in out.getvalue()
    assert "***" in out.getvalue()


HOSTILE = "title\r\n\x1b[31m{}\u2028\u202e\ud83d\x00 100% %s {}"


def test_a_hostile_text_stays_one_json_line(out: io.StringIO) -> None:
    log.logger().info("loaded", onderwerp=HOSTILE, **{"a\nb": 1})
    out.getvalue().encode("utf-8")
    found = event(out)
    expected = r"title\r\n\x1b[31m{}\u2028\u202e\ud83d\x00 100% %s {}"
    assert found["onderwerp"] == expected
    assert found[r"a\nb"] == 1


def test_a_hostile_text_stays_one_readable_line() -> None:
    stream = io.StringIO()
    log.configure("text", "info", stream, now=lambda: AT)
    log.logger().info(HOSTILE, onderwerp=HOSTILE)
    (line,) = stream.getvalue().splitlines()
    assert "\x1b" not in line


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_megabyte_becomes_a_line_of_at_most_8_kb(form: Any) -> None:
    stream = io.StringIO()
    log.configure(form, "info", stream, now=lambda: AT)
    log.logger().info("begin" + "é" * 1_000_000, other="x" * 50_000 + "end")
    (line,) = stream.getvalue().splitlines()
    assert len(line.encode()) <= 8_000
    if form == "json":
        found = json.loads(line)
        assert found["event"].startswith("begin")
        assert found["other"].endswith("end")


def test_a_traceback_is_kept_in_json_and_indented_in_text() -> None:
    streams = {"json": io.StringIO(), "text": io.StringIO()}
    for form, stream in streams.items():
        log.configure(form, "info", stream, now=lambda: AT)
        try:
            raise ValueError("one\nforged line")
        except ValueError:
            log.logger().exception("bug")
    assert event(streams["json"])["exception"].startswith("Traceback")
    first, *rest = streams["text"].getvalue().splitlines()
    assert first == "12:31:05 error   bug"
    assert rest
    assert all(line.startswith("    ") for line in rest)


def test_libraries_speak_in_the_same_form(out: io.StringIO) -> None:
    logging.getLogger("etl.store").info("migrated", extra={"migration": "0001"})
    logging.getLogger("httpx").info("HTTP Request: GET …")
    found = event(out)
    assert (found["event"], found["logger"]) == ("migrated", "etl.store")
    assert found["migration"] == "0001"


def test_warnings_go_to_the_log(out: io.StringIO) -> None:
    import warnings

    with warnings.catch_warnings():
        # only this kind: what another test left unclosed may be collected just now
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", DeprecationWarning)
        log.configure("json", "info", out, now=lambda: AT)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert "DeprecationWarning: old" in event(out)["event"]
