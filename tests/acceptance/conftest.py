"""The real command as a process of its own, against the replica and a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest

from etl.demo.replica import Replica
from etl.demo.shipped import shipped

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60
"""Seconds after which a command hangs."""


CANARY = "kanarie-in-elke-url"
"""The password of every database URL here, which no command may ever tell."""


def with_canary(url: str) -> str:
    """The URL with a password, for which the test server does not ask."""
    return url.replace("@", f":{CANARY}@", 1)


class Database(Protocol):
    """As made by the fixture of the same name."""

    def url(self, role: str = ...) -> str: ...

    def query(self, text: str, *args: object) -> list[tuple[Any, ...]]: ...


@dataclass
class Etl:
    """Starts `etl` in a folder of its own, with only these variables."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __call__(
        self,
        *arguments: object,
        stdin: bytes = b"",
        expect: int = 0,
        **variables: str,
    ) -> Result:
        """Run to the end; its exit code must be the expected one."""
        process = self.start(*arguments, **variables)
        out, err = process.communicate(stdin, timeout=LIMIT)
        result = Result(process.returncode, out.decode("utf-8"), err.decode("utf-8"))
        assert CANARY not in result.out + result.err, "a password was told"
        assert result.code == expect, result.err or result.out
        return result

    def start(self, *arguments: object, **variables: str) -> subprocess.Popen[bytes]:
        """Start it and go on."""
        return self._started(["-m", "etl", *map(str, arguments)], variables)

    def program(self, text: str, **variables: str) -> subprocess.Popen[bytes]:
        """The same for a Python program that changes what no variable does."""
        return self._started(["-c", text], variables)

    def _started(
        self, arguments: list[str], variables: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment(variables),
        )
        self.started.append(process)
        return process

    def environment(self, variables: Mapping[str, str]) -> dict[str, str]:
        """Nothing of the machine's but what a process needs to live."""
        kept = ("PATH", "LANG", "LC_ALL", "TMPDIR", "COVERAGE_PROCESS_START")
        return {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            **self.variables,
            **variables,
        }


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """The log, which is JSON off a terminal."""
        return [json.loads(line) for line in self.err.splitlines() if line[:1] == "{"]

    @property
    def said(self) -> list[str]:
        """The lines on stderr for a person."""
        return [line for line in self.err.splitlines() if line[:1] != "{"]


@pytest.fixture
def bare(folder: Path) -> Iterator[Etl]:
    """The command without any variable."""
    etl = Etl(folder)
    yield etl
    for process in etl.started:
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


@pytest.fixture
def replica() -> Iterator[Replica]:
    """The shipped publications on loopback."""
    with Replica(shipped()) as running:
        yield running


@pytest.fixture
def etl(bare: Etl, database: Database, replica: Replica) -> Etl:
    """The command with a database and one source."""
    bare.variables |= {
        "DATABASE_URL": with_canary(database.url("aanhangsel_writer")),
        "DATABASE_OWNER_URL": with_canary(database.url("aanhangsel_owner")),
        "DATABASE_READER_URL": with_canary(database.url("aanhangsel_reader")),
        # the other house has tests of its own
        "ETL_SOURCES": "officielebekendmakingen",
        "ETL_SRU_URL": replica.sru_url,
        "ETL_PUBLICATIONS_URL": replica.publications_url,
        "ETL_SINCE": "1994-09-01",
    }
    return bare
