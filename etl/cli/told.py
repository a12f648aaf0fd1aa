"""What a command that ran over sources says at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from etl.console.exits import say
from etl.console.harmless import printable
from etl.errors import SourceUnreachable

if TYPE_CHECKING:
    from etl.app.run import Done
    from etl.pipeline import Report


def summarise(done: Sequence[Done]) -> None:
    """Counts of each source on stdout, and why it failed on stderr."""
    from etl.console.screen import tally_line
    from etl.store.statements import script

    problems = script("examples/open_problems.sql").strip()
    for each in done:
        report = each.report
        click.echo(tally_line(report.source, report.outcome.value, report.tally))
        for identifier, reason in each.quarantined:
            click.echo(f"  {printable(identifier)}: {printable(reason)}")
        if each.quarantined:
            click.echo(
                "  kept in quarantine: tried again by itself, later and after each"
                f' change of the parser; all of them: etl sql "{problems}"'
            )
        why(report)


def why(report: Report) -> None:
    """On stderr, why a run failed."""
    if report.error:
        later = isinstance(report.error, SourceUnreachable)
        advice = "; what is loaded stays: run it again later" if later else ""
        say(f"{report.source}: {report.error}{advice}")
    if report.bug:
        bug = f"{type(report.bug).__name__}: {report.bug}"
        say(f"{report.source}: a bug: {bug} (the traceback is in the log)")
