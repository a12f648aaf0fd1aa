"""What every command is given: the global options, which become the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from etl.model.identity import parse_vergaderjaar

if TYPE_CHECKING:
    from etl.settings import Settings


@dataclass(slots=True)
class Globals:
    """The global options, by variable; read into settings when a command needs them."""

    given: dict[str, str | None] = field(default_factory=dict)

    def settings(self) -> Settings:
        """All settings, with the log configured by them."""
        from etl.console import log
        from etl.console.harmless import hide
        from etl.settings import loose_secrets, read_settings, token_of

        found = read_settings(self.given)
        log.configure(found.log_format, found.log_level)
        hide(token_of(found.alert_url or ""))
        for line in loose_secrets():
            log.logger().warning("loose_secret", advice=line)
        return found


def variable(name: str, **more: Any) -> Callable[..., Any]:
    """A global option that wins over its variable: ETL_RATE is --rate."""
    option = "--" + name.removeprefix("ETL_").lower().replace("_", "-")
    return click.option(option, name, show_envvar=False, **more)


def vergaderjaren(help: str) -> Callable[[Callable[..., None]], Callable[..., None]]:  # noqa: A002 - as click calls it
    """Session years, each after --vergaderjaar or all after the first.

    The command takes those after the option as `vergaderjaren`, the rest as `more`.
    """
    option = click.option(
        "--vergaderjaar",
        "vergaderjaren",
        multiple=True,
        callback=_years,
        metavar="YEAR",
        help=help,
    )
    argument = click.argument("more", nargs=-1, metavar="[YEAR]...", callback=_years)
    return lambda command: option(argument(command))


def _years(
    context: click.Context, parameter: click.Parameter, texts: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_year(context, parameter, text) for text in texts))


def _year(context: click.Context, parameter: click.Parameter, text: str) -> str:
    try:
        year = parse_vergaderjaar(text)
    except ValueError:
        year = ""
    first, _, last = year.partition("-")
    if not year or int(last) != int(first) + 1:
        raise click.BadParameter(
            f"{text!r}: write a vergaderjaar as 2010-2011", context, parameter
        )
    return year
