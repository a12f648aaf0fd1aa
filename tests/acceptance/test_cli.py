"""What is wrong is one line and the contract's exit code, before any work."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [
    "backfill",
    "check",
    "demo",
    "migrate",
    "parse",
    "replay",
    "run",
    "serve",
    "sql",
    "status",
]


def test_help_lists_what_works_and_an_example(bare: Any) -> None:
    text = bare("--help").out
    listed = re.findall(r"^  (\w+) ", text.partition("Commands:")[2], re.MULTILINE)
    assert listed[: len(COMMANDS)] == COMMANDS
    assert text.count("Example:") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shows_one_example(command: str, bare: Any) -> None:
    text = bare(command, "--help").out
    assert text.count("Example:") == 1
    assert f"\n    etl {command}" in text


def test_help_costs_at_most_a_quarter_of_a_second(bare: Any) -> None:
    costs = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "etl", "--help"],
            check=True,
            capture_output=True,
            cwd=bare.folder,
            env=bare.environment({}),
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
        costs.append(spent)
    assert min(costs) <= 0.25


def test_the_version_is_the_packages(bare: Any) -> None:
    from etl import __version__

    assert bare("--version").out == f"etl, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "variables", "line"),
    [
        (
            ["run"],
            {"ETL_SOURCE": "map"},
            (
                "etl: ETL_SOURCE in the environment is no variable of etl;"
                " did you mean ETL_SOURCES?"
            ),
        ),
        (
            ["run"],
            {"DATABASE_URL": "mysql://x/y"},
            "etl: DATABASE_URL: write postgresql://user@host:port/database",
        ),
        *(
            (
                [command],
                {"ETL_ALERT_URL": "https://no_!name/hunter2/hunter2"},
                "etl: ETL_ALERT_URL: its host is no name; ",
            )
            for command in ("run", "serve")
        ),
        (["run"], {"ETL_RATE": "fast"}, "etl: ETL_RATE: 'fast' is no rate; "),
        (
            ["run", "--source", "kamer"],
            {},
            "etl: there is no source 'kamer', only officielebekendmakingen, tweedekamer,",
        ),
        (
            ["run"],
            {"ETL_SOURCES": "kamer"},
            "etl: ETL_SOURCES 'kamer': 'kamer' is none of officielebekendmakingen,",
        ),
        (["run"], {"ETL_SOURCES": "map"}, "etl: ETL_SOURCES: map is a directory"),
        (
            ["run", "--source", "map"],
            {},
            "etl: --source map and --path DIR belong together",
        ),
        (["run", "--path", "."], {}, "etl: --source map and --path DIR belong"),
        (
            ["run", "--source", "map", "--path", "nowhere"],
            {},
            "etl: Invalid value for '--path': Directory 'nowhere' does not exist.",
        ),
        (
            ["run", "--since", "gisteren"],
            {},
            "etl: Invalid value for '--since': 'gisteren': write a date as 2024-09-01",
        ),
        (["run", "--limit", "0"], {}, "etl: Invalid value for '--limit'"),
        (["runn"], {}, "etl: No such command 'runn'."),
        (["--log-format", "xml", "run"], {}, "etl: ETL_LOG_FORMAT 'xml': input should"),
        (
            ["--database-url", "postgresql://a:hunter2@b/c", "run"],
            {},
            "etl: --database-url with a password shows it to every user",
        ),
        (["parse", "nowhere.pdf"], {}, "etl: nowhere.pdf is no file: No such file"),
        (["parse", "."], {}, "etl: . is no file but a directory"),
        (["parse", "x" * 300], {}, f"etl: {'x' * 300} is no file: File name too long"),
        (["serve"], {"ETL_SCHEDULE": "0 25 * * *"}, "etl: ETL_SCHEDULE '0 25 * * *':"),
        (["sql", " "], {}, "etl: the query is empty;"),
        (["sql", "--port", "1", "select 1"], {}, "etl: --port goes without a query"),
    ],
)
def test_wrong_usage_is_exit_2_and_one_line(
    arguments: list[str], variables: dict[str, str], line: str, bare: Any
) -> None:
    result = bare(*arguments, expect=2, **variables)
    (said,) = result.err.splitlines()
    assert said.startswith(line)
    assert result.out == ""
    assert "hunter2" not in said
    # nothing was begun: no database was made
    assert sorted(path.name for path in bare.folder.iterdir()) == []


def test_without_a_command_the_help_is_shown(bare: Any) -> None:
    result = bare(expect=2)
    assert result.err == bare("--help").out


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("arguments", "code"), [(["--help"], 0), (["parse", "-"], 3), (["runn"], 2)]
)
def test_a_standard_stream_that_is_closed_is_no_bug(
    closed: str, arguments: list[str], code: int, bare: Any
) -> None:
    command = [sys.executable, "-m", "etl", *arguments]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=bare.folder,
        env=bare.environment({}),
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr


def test_dotenv_in_the_working_directory_is_read(bare: Any) -> None:
    (bare.folder / ".env").write_text("ETL_NONSENSE=1\n")
    (said,) = bare("status", expect=2).said
    assert said.startswith("etl: ETL_NONSENSE in .env is no variable of etl")


def test_a_database_that_cannot_start_is_exit_5(bare: Any) -> None:
    (bare.folder / "file").write_text("")
    (said,) = bare("status", expect=5, ETL_DATA_DIR="file").said
    assert said.startswith("etl: cannot use the data directory")


def test_programs_that_are_not_there_are_named(bare: Any) -> None:
    variables = {"ETL_DATA_DIR": "data", "ETL_PG_BIN": "nowhere"}
    (said,) = bare("status", expect=5, **variables).said
    assert "nowhere" in said


def test_a_loose_secret_is_warned_of(etl: Any) -> None:
    file = etl.folder / "url"
    file.write_text(etl.variables.pop("DATABASE_URL"))
    file.chmod(0o644)
    result = etl("migrate", "--status", DATABASE_URL_FILE=str(file))
    (warning,) = [e for e in result.events if e["event"] == "loose_secret"]
    assert warning["advice"].endswith(f"chmod 600 {file}")


def test_a_bug_is_exit_1_with_its_traceback_in_the_log(
    bare: Any, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import etl.settings\n"
        "def broken(_given):\n"
        "    raise KeyError('vergaderjaar')\n"
        "etl.settings.read_settings = broken\n"
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    result = bare("status", expect=1, PYTHONPATH=path)
    assert result.said[-1] == (
        "etl: a bug: KeyError: 'vergaderjaar' (the traceback is in the log)"
    )
    assert "Traceback" in result.err


def test_migrate_says_what_it_did(bare: Any, empty_database: Any) -> None:
    bare.variables["DATABASE_URL"] = empty_database.url("aanhangsel_owner")
    assert "missing: 0001_initial" in bare("migrate", "--status").out
    assert "applied: 0001_initial" in bare("migrate").out
    assert bare("migrate").out == "the schema is up to date\n"
    assert bare("migrate", "--status").out == "the schema is up to date\n"


def test_a_run_without_the_right_to_migrate_says_who_has_it(
    bare: Any, empty_database: Any
) -> None:
    bare.variables["DATABASE_URL"] = empty_database.url("aanhangsel_writer")
    (said,) = bare("run", expect=5).said
    assert "etl migrate" in said
    (said,) = bare("run", "--no-migrate", expect=5).said
    assert said.startswith("etl: the schema is behind (first missing: 0001_initial)")
