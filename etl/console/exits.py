"""The process around the commands: what they raise becomes a line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from types import TracebackType
from typing import Any, NoReturn, TextIO

import click

from etl.console.harmless import printable, redacted
from etl.errors import ConfigurationError, EtlError

INTERRUPTED = 130
"""Exit code after Ctrl-C (128 + 2), as shells expect."""


class Commands(click.Group):
    """Who reads our output may have had enough of it: that is no error."""

    def invoke(self, context: click.Context, /) -> Any:
        """Run the command; click itself would end with 1, which is a bug's code."""
        try:
            return super().invoke(context)
        except BrokenPipeError:
            raise click.exceptions.Exit(0) from None


def run(commands: click.Group) -> NoReturn:
    """Run the command line; what is no expected error reaches `sys.excepthook`."""
    sys.excepthook = _report_bug
    open_streams()
    code = 0
    try:
        # in this mode click hands over the code of an Exit that it was raised with
        code = commands.main(prog_name="etl", standalone_mode=False) or 0
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        code = INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = ConfigurationError.exit_code
    except click.ClickException as error:
        place = getattr(getattr(error, "ctx", None), "command_path", "etl")
        say(f"{error.format_message()} (see: {place} --help)")
        code = ConfigurationError.exit_code
    except EtlError as error:
        for line in str(error).splitlines():
            say(line)
        code = error.exit_code
    _flush()
    sys.exit(code)


def open_streams() -> None:
    """Streams that were closed lead nowhere: a file could take their place.

    What the terminal has no sign for becomes a question mark.
    """
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(spare, True)
    os.close(spare)
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8")
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def say(line: str) -> None:
    """One readable line on stderr, whatever a source put into it."""
    click.echo(f"etl: {printable(redacted(line))}", err=True)


@contextmanager
def utf8() -> Iterator[TextIO]:
    """Stdout in UTF-8, whatever the locale."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    yield sys.stdout


def _flush() -> None:
    """Flush now, so that a reader that went away is no error at the very end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """The traceback to the log, one line to the person; Python then exits with 1."""
    from etl.console.log import logger  # noqa: PLC0415 - `--help` needs no log

    logger().critical("bug", exc_info=(kind, error, trace))
    say(f"a bug: {kind.__name__}: {error} (the traceback is in the log)")
