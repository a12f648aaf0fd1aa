"""The real command as a process of its own, and what is done to it while it runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Deed = tuple[float, Callable[[subprocess.Popen[bytes]], object]]
"""After how many seconds, and what."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and after how many seconds."""

    code: int
    seconds: float
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """Whether SIGKILL ended it."""
        return self.code == -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Command:
    """`python -m etl` in a folder of its own, with only these variables."""

    folder: Path
    variables: Mapping[str, str]
    limit: float = 300

    def __call__(self, *arguments: str, deeds: Sequence[Deed] = ()) -> Ended:
        """Run it to its end, and do the deeds to it that come before that.

        Raises TimeoutError for one that does not end.
        """
        started = time.monotonic()
        with (
            (self.folder / "out").open("w+b") as out,
            (self.folder / "err").open("w+b") as err,
        ):
            process = subprocess.Popen(
                [sys.executable, "-m", "etl", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=self.folder,
                env=self._environment(),
            )
            try:
                for after, deed in sorted(deeds, key=lambda one: one[0]):
                    if _ended(process, started + after - time.monotonic()):
                        break
                    deed(process)
                if not _ended(process, started + self.limit - time.monotonic()):
                    raise TimeoutError(f"etl {arguments} hangs after {self.limit} s")
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
            seconds = time.monotonic() - started
            return Ended(process.returncode, seconds, _text(out), _text(err))

    def _environment(self) -> dict[str, str]:
        kept = ("PATH", "LANG", "LC_ALL", "TMPDIR", "COVERAGE_PROCESS_START")
        return {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            **self.variables,
        }


def kill(process: subprocess.Popen[bytes]) -> None:
    """End it at once."""
    process.kill()


def terminate(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end."""
    process.terminate()


def _ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(max(0.0, seconds))
    except subprocess.TimeoutExpired:
        return False
    return True


def _text(file: object) -> str:
    file.seek(0)  # type: ignore[attr-defined]
    return file.read().decode("utf-8", "replace")  # type: ignore[attr-defined,no-any-return]
