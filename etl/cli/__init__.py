"""The command line: arguments in, exit code out.

What a command needs is imported when it runs, so that `--help` stays quick.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl import __version__
from etl.cli.fill import backfill, replay
from etl.cli.given import Globals, variable
from etl.cli.told import summarise
from etl.console.exits import Commands, utf8
from etl.console.exits import run as run_commands
from etl.errors import ConfigurationError

if TYPE_CHECKING:
    from etl.settings import Settings

DRAIN = 8.0
"""Seconds that `serve` gets to end by itself; the rest of the ten is for unwinding."""

EXAMPLES = """\b
Example:
  etl run --since 2026-11-01      then: etl sql "select * from aanhangsel.publicatie"
"""


def main() -> None:
    """The console script."""
    run_commands(cli)


@click.group(
    cls=Commands,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(__version__, prog_name="etl")
@variable("DATABASE_URL", metavar="URL", help="PostgreSQL to use; no password in it.")
@variable("ETL_DATA_DIR", metavar="DIR", help="Use the embedded database in DIR.")
@variable("ETL_SRU_URL", metavar="URL", help="SRU endpoint to search.")
@variable("ETL_PUBLICATIONS_URL", metavar="URL", help="Where the documents are.")
@variable("ETL_SYNCFEED_URL", metavar="URL", help="Feed of the Tweede Kamer.")
@variable("ETL_ODATA_URL", metavar="URL", help="OData of the Tweede Kamer.")
@variable("ETL_RATE", metavar="RATES", help="Requests per seconds, by host: *=1/1.")
@variable("ETL_CONTACT", metavar="TEXT", help="Who asks, for the User-Agent.")
@variable("ETL_LOG_FORMAT", metavar="FORMAT", help="auto, json or text.")
@variable("ETL_LOG_LEVEL", metavar="LEVEL", help="debug, info, warning or error.")
@click.pass_context
def cli(context: click.Context, /, **given: str | None) -> None:
    """Written questions of the Dutch parliament, from publication to PostgreSQL rows.

    Each option below has a variable (ETL_RATE for --rate), also read from .env.
    """
    address = given["DATABASE_URL"]
    if address is not None and _has_password(address):
        raise ConfigurationError(
            "--database-url with a password shows it to every user of this machine;"
            " use DATABASE_URL, DATABASE_URL_FILE or PGPASSWORD"
        )
    if given["ETL_DATA_DIR"] is not None:
        # asked for by hand, it is this database that is meant
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_READER_URL"):
            given[name] = given.get(name) or ""
    elif address is not None:
        given |= {"DATABASE_OWNER_URL": "", "DATABASE_READER_URL": ""}
    context.obj = Globals(given)


def _has_password(address: str) -> bool:
    from urllib.parse import parse_qs, urlsplit

    try:
        parts = urlsplit(address)
    except ValueError:
        return False  # no URL at all, which the settings will say
    return parts.password is not None or "password" in parse_qs(parts.query)


cli.add_command(backfill)
cli.add_command(replay)


def command(example: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command whose help ends with this example."""
    return cli.command(epilog=f"\b\nExample:\n  {example}")


@command("etl demo")
@click.pass_obj
def demo(options: Globals) -> None:
    """Show the whole path without the internet, on real publications."""
    settings = options.settings()
    from etl.app.demo import demo as show
    from etl.console import log

    if settings.log_level == "info":
        # the demo tells its own story
        log.configure(settings.log_format, "warning")
    with utf8():
        code = show(settings, _this_command(), click.echo)
    raise click.exceptions.Exit(code)


def _this_command() -> str:
    """How the user starts us, so that what we print can be typed."""
    import shlex
    import shutil

    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m etl"
    found = shutil.which("etl")
    if found and Path(found).samefile(started):
        return "etl"
    return shlex.quote(str(started))


def _day(
    context: click.Context, parameter: click.Parameter, text: str | None
) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r}: write a date as 2024-09-01", context, parameter
        ) from None


@command("etl run --source officielebekendmakingen --since 2026-11-01")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME",
    help="Only this one: officielebekendmakingen, tweedekamer, or map with --path.",
)
@click.option(
    "--since",
    callback=_day,
    metavar="DATE",
    help="Go back to what changed since this day.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many documents.")
@click.option("--dry-run", is_flag=True, help="Fetch and decide, but write nothing.")
@click.option(
    "--path",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The directory of --source map.",
)
@click.option("--no-migrate", is_flag=True, help="Refuse when the schema is behind.")
@click.pass_obj
def run(  # noqa: PLR0913, PLR0917 - one parameter an option
    options: Globals,
    sources: Sequence[str],
    since: date | None,
    limit: int | None,
    dry_run: bool,
    path: Path | None,
    no_migrate: bool,
) -> None:
    """Fetch what is new or changed, and load it: one pass, for cron or by hand."""
    settings = options.settings()
    from etl.app import run as app
    from etl.app.jobs import Request, followed, named
    from etl.console.screen import progress
    from etl.console.stop import GRACE, STALL, stopping

    request = Request(
        sources=named(sources) if sources else followed(settings),
        since=since,
        limit=limit,
        path=path,
        dry=dry_run,
        migrate=not no_migrate,
    )
    with stopping() as stop, stop.watched(STALL, GRACE):
        done = app.run(settings, request, stop, progress)
    summarise(done)
    raise click.exceptions.Exit(app.exit_code(done))


@command("etl serve")
@click.pass_obj
def serve(options: Globals) -> None:
    """Run on ETL_SCHEDULE (cron, UTC) until SIGTERM."""
    settings = options.settings()
    from etl.app.serve import serve as start
    from etl.console.stop import stopping

    with stopping(DRAIN) as stop:
        start(settings, stop)


@command("etl parse ah-tk-20232024-1076.pdf")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--pretty", is_flag=True, help="Indent the JSON.")
@click.option(
    "--explain",
    "explained",
    is_flag=True,
    help="Instead, show how each block was understood, and by what rule.",
)
@click.pass_obj
def parse(
    options: Globals, files: Sequence[str], pretty: bool, explained: bool
) -> None:
    """Print publications as JSON Lines, without database or network; - is stdin."""
    if explained and pretty:
        raise ConfigurationError("--pretty is for JSON, which --explain does not print")
    for file in files:
        if file != "-":
            _expect_file(file)
    options.settings()
    from etl.app.explain import write_explained
    from etl.app.parse import write_json

    with utf8() as out:
        if explained:
            faults = write_explained(files, out)
        else:
            faults = write_json(files, out, indent=2 if pretty else None)
    raise click.exceptions.Exit(3 if faults else 0)


def _expect_file(file: str) -> None:
    """Raise ConfigurationError for what can be known to be no readable file."""
    try:
        mode = Path(file).stat().st_mode
    except OSError as error:
        raise ConfigurationError(f"{file} is no file: {error.strerror}") from error
    if stat.S_ISDIR(mode):
        raise ConfigurationError(f"{file} is no file but a directory")
    if not os.access(file, os.R_OK):
        raise ConfigurationError(f"{file} may not be read")


@command("etl migrate --status")
@click.option("--status", is_flag=True, help="Only say what is missing.")
@click.pass_obj
def migrate(options: Globals, status: bool) -> None:
    """Bring the tables to this version, as the owner."""
    settings = options.settings()
    from etl.app.database import database
    from etl.store.migrations import migrate as apply
    from etl.store.migrations import pending

    with database(settings) as found:
        owner = found.url("owner")
        names = pending(owner) if status else apply(owner)
    for name in names:
        click.echo(f"{'missing' if status else 'applied'}: {name}")
    if not names:
        click.echo("the schema is up to date")


@command('etl sql --format csv "select * from aanhangsel.publicatie"')
@click.argument("query", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Without a query: let programs in at 127.0.0.1:PORT (0: any), by password.",
)
@click.pass_obj
def sql(options: Globals, query: str | None, form: str, port: int | None) -> None:
    """Ask as the reader; without a query, say how to connect."""
    if query is not None and port is not None:
        raise ConfigurationError("--port goes without a query")
    if query is not None and not query.strip():
        raise ConfigurationError("the query is empty; leave it out to connect yourself")
    settings = options.settings()
    if query is None:
        _connect(settings, port)
        return
    from etl.app.ask import query as ask
    from etl.console.screen import WRITERS

    table = ask(settings, query)
    with utf8() as out:
        WRITERS[form](table.columns, table.rows, out)


def _connect(settings: Settings, port: int | None) -> None:
    """Say how to connect, and keep the embedded database up until told to stop."""
    from etl.app.ask import connection
    from etl.console.stop import stopping

    with (
        stopping() as stop,
        connection(settings, port) as address,
        suppress(KeyboardInterrupt),
    ):
        click.echo(address.url)
        if address.password:
            click.echo(f"password: {address.password}", err=True)
        if address.stays:
            click.echo("the database stays up until Ctrl-C", err=True)
            stop.listen()


@command("etl status --json")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--problems", is_flag=True, help="List what is in quarantine, and why.")
@click.pass_obj
def status(options: Globals, as_json: bool, problems: bool) -> None:
    """Say how fresh each source is; exit 7 when one is stale or broken."""
    settings = options.settings()
    from etl.app import ask
    from etl.console.screen import WRITERS
    from etl.status import in_json, in_words

    judgements = ask.status(settings)
    ok = not any(each.faults for each in judgements)
    table = ask.problems(settings) if problems else None
    with utf8() as out:
        if as_json:
            quarantine = table.as_dicts() if table else None
            open_now = ask.incidents(settings)
            out.write(in_json(judgements, open_now, quarantine) + "\n")
        else:
            for each in judgements:
                out.write("\n".join(in_words(each)) + "\n")
            if table and table.rows:
                WRITERS["table"](table.columns, table.rows, out)
    raise click.exceptions.Exit(0 if ok else 7)


@command("etl check --json")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def check(options: Globals, as_json: bool) -> None:
    """Run the checks on what is loaded; exit 7 when one finds an error."""
    settings = options.settings()
    from etl.app import check as app

    found = app.check(settings)
    with utf8() as out:
        (app.write_findings_json if as_json else app.write_findings)(found, out)
    raise click.exceptions.Exit(0 if app.passes(found) else 7)
