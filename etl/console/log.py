"""One event a line: readable on a terminal, JSON elsewhere; never a secret.

structlog renders what we say and, through stdlib logging, what libraries say.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

import structlog

from etl.console.harmless import printable, redacted

LINE_CAP = 8_000
"""Most bytes of a line, its newline aside."""

NOISY = {"httpx": "warning", "httpcore": "warning", "apscheduler": "warning"}
"""Libraries that tell each request or tick; we say the same ourselves, once."""

Event = MutableMapping[str, Any]

_TRACE = "exception"


def configure(
    form: Literal["auto", "json", "text"] = "auto",
    level: str = "info",
    stream: TextIO | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Send the log to `stream`, stderr if None; `auto` is text on a terminal."""
    text = form == "text" or (form == "auto" and (stream or sys.stderr).isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _stamp(now),
        structlog.processors.format_exc_info,
        harmless,
    ]
    handler = logging.StreamHandler(stream) if stream else _Stderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                *shared,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                render_text if text else render_json,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, quiet in NOISY.items():
        logging.getLogger(name).setLevel("DEBUG" if level == "debug" else quiet.upper())
    logging.captureWarnings(True)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


class _Stderr(logging.StreamHandler[TextIO]):
    """Whatever stderr is at the moment: a progress bar puts itself in between."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _value: TextIO) -> None:
        pass


def logger() -> structlog.stdlib.BoundLogger:
    """Where to say things: `logger().info("loaded", identifier=…)`."""
    if not structlog.is_configured():
        configure()
    found: structlog.stdlib.BoundLogger = structlog.get_logger("etl")
    return found


def bind(**values: object) -> Mapping[str, Any]:
    """Put these into every event from now on, as run and source are; see `unbind`."""
    return structlog.contextvars.bind_contextvars(**values)


def unbind(*names: str) -> None:
    """Leave these out of the events to come."""
    structlog.contextvars.unbind_contextvars(*names)


def harmless(_logger: object, _name: str, event: Event) -> Event:
    """Second line of defence: whatever was said, no secret and no control character."""
    return {printable(str(key)): _harmless(key, event[key]) for key in event}


def _harmless(key: str, value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if key.startswith("_"):
        return value  # structlog's own, removed before rendering
    text = redacted(str(value))
    if key == _TRACE:
        return "\n".join(printable(line) for line in text.split("\n"))
    return printable(text)


def render_json(_logger: object, _name: str, event: Event) -> str:
    """One JSON object; too long a value is cut in its middle, so it stays JSON."""
    ordered = {
        name: event.pop(name) for name in ("at", "level", "event") if name in event
    }
    ordered |= event
    while (
        _size(line := json.dumps(ordered, ensure_ascii=False, default=str)) > LINE_CAP
    ):
        longest = max(ordered, key=lambda name: _size(str(ordered[name])))
        ordered[longest] = _middle_out(str(ordered[longest]))
    return line


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


def _middle_out(text: str) -> str:
    """About half of a text, both its ends: a traceback's last line says most."""
    keep = max(len(text) // 4, 10)
    return f"{text[:keep]} […] {text[-keep:]}"


def render_text(_logger: object, _name: str, event: Event) -> str:
    """`12:31:05 warning what happened  name=value`, a traceback indented below it."""
    at = str(event.pop("at", ""))[11:19]
    level, what = event.pop("level", "info"), event.pop("event", "")
    trace = event.pop(_TRACE, None)
    told = "".join(f"  {name}={value}" for name, value in event.items())
    line = _cut(f"{at} {level:<7} {what}{told}")
    if trace:
        line += _cut("\n" + str(trace)).replace("\n", "\n    ")
    return line


def _cut(text: str) -> str:
    while _size(text) > LINE_CAP:
        text = _middle_out(text)
    return text


def _stamp(now: Callable[[], datetime]) -> structlog.typing.Processor:
    def stamp(_logger: object, _name: str, event: Event) -> Event:
        event["at"] = now().isoformat(timespec="milliseconds")
        return event

    return stamp
