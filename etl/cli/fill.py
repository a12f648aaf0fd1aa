"""`etl backfill` and `etl replay`: the past from the sources, and from the archive."""

from __future__ import annotations

from collections.abc import Sequence

import click

from etl.cli.given import Globals, vergaderjaren
from etl.cli.told import summarise, why
from etl.console.exits import utf8


@click.command(epilog="\b\nExample:\n  etl replay --vergaderjaar 2023-2024 --workers 4")
@vergaderjaren("Only this session year, as 2023-2024; more may follow.")
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


@click.command(epilog="\b\nExample:\n  etl backfill --vergaderjaar 2010-2011 2011-2012")
@vergaderjaren("The session year, as 2010-2011; more may follow.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME",
    help="Only this one: officielebekendmakingen or tweedekamer.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), help="At most so many documents a source."
)
@click.pass_obj
def backfill(
    options: Globals,
    vergaderjaren: Sequence[str],
    more: Sequence[str],
    sources: Sequence[str],
    limit: int | None,
) -> None:
    """Load whole session years, older than where `run` began.

    Says beforehand how many documents there are and how long they take at the polite
    rate, and asks nothing. Ended in the middle, it goes on where it was when it is
    given again. What `run` follows is not touched.
    """
    if not (years := tuple(dict.fromkeys((*vergaderjaren, *more)))):
        raise click.UsageError("which session year? --vergaderjaar 2010-2011")
    settings = options.settings()
    from etl.app import run as app
    from etl.app.backfill import backfill as fill
    from etl.app.jobs import Request, followed, named
    from etl.console.screen import progress
    from etl.console.stop import stopping

    request = Request(
        sources=named(sources) if sources else followed(settings), limit=limit
    )
    with stopping() as stop:
        done = fill(settings, request, years, stop, click.echo, progress)
    summarise(done)
    raise click.exceptions.Exit(app.exit_code(done))
