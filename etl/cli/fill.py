"""`etl backfill` and `etl replay`: the past from the sources, and from the archive."""

from __future__ import annotations

from collections.abc import Sequence

import click

from etl.cli.given import Globals, vergaderjaar
from etl.cli.told import why
from etl.console.exits import utf8


@click.command(epilog="\b\nExample:\n  etl replay --vergaderjaar 2023-2024 --workers 4")
@click.option(
    "--vergaderjaar",
    "vergaderjaren",
    multiple=True,
    callback=vergaderjaar,
    metavar="YEAR",
    help="Only this session year, as 2023-2024; more than once for more.",
)
@click.argument("more", nargs=-1, metavar="[YEAR]...", callback=vergaderjaar)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Read in so many processes, at most as many as there are cores.",
)
@click.pass_obj
def replay(
    options: Globals,
    vergaderjaren: Sequence[str],
    more: Sequence[str],
    workers: int,
) -> None:
    """Read the whole archive again with today's parser, without the network.

    Prints which values changed. What is not understood any more keeps its former
    reading (exit code 3); what is in quarantine is left to the next run.
    """
    settings = options.settings()
    from etl.app import replay as app
    from etl.console.screen import progress
    from etl.console.stop import stopping

    years = tuple(dict.fromkeys((*vergaderjaren, *more)))
    with stopping() as stop:
        done = app.replay(settings, years, workers, stop, progress)
    with utf8():
        app.tell(done, click.echo)
    why(done.done.report)
    raise click.exceptions.Exit(done.exit_code)
