"""Make build/venv hold what requirements/ locks; do nothing when it already does.

Interrupted, the next call starts afresh; called twice at once, the second waits.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
VENV = HERE / "build" / "venv"
STAMP = VENV / "installed"
LOCKS = {"runtime": ("runtime.txt", "build.txt"), "test": ("test.txt",)}
"""What each level installs; `test` contains `runtime`, version for version."""


def main(level: str) -> int:
    """Install `level` unless it is there; returns the exit code."""
    if level not in LOCKS:
        print(
            f"scripts/setup: {level!r} is none of {', '.join(LOCKS)}", file=sys.stderr
        )
        return 2
    wanted = fingerprint()
    if holds(level, wanted):
        return 0
    try:
        VENV.parent.mkdir(exist_ok=True)
        with (VENV.parent / "venv.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # pip inherits the lock: should we be killed, it still holds it.
            os.set_inheritable(lock.fileno(), True)
            if not holds(level, wanted):
                # Who once ran the tests here will again.
                install("test" if stamp()[0] == "test" else level, wanted)
    except PermissionError as error:
        print(f"scripts/setup: cannot write {error.filename}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as error:
        what = "could not install what requirements/ lists; the lines above say why"
        print(f"scripts/setup: {what}", file=sys.stderr)
        return error.returncode if error.returncode > 0 else 1
    except KeyboardInterrupt:
        return 130
    return 0


def fingerprint() -> str:
    """Hash of all that decides what the environment must look like."""
    names = [f"requirements/{name}" for names in LOCKS.values() for name in names]
    parts = [(HERE / name).read_bytes() for name in [*sorted(names), "pyproject.toml"]]
    parts += [str(HERE).encode(), sys.version.encode(), os.fsencode(sys.base_prefix)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def holds(level: str, wanted: str) -> bool:
    """Whether the environment is complete for `level`."""
    return stamp() in {(level, wanted), ("test", wanted)}


def stamp() -> tuple[str, str]:
    """Level and fingerprint of the last finished installation."""
    try:
        level, found = STAMP.read_text().split()
    except (OSError, ValueError):
        return ("", "")
    return (level, found)


def install(level: str, wanted: str) -> None:
    """Add `level` to a sound environment, or make a new one."""
    print(f"Installing into {VENV.relative_to(HERE)} …", file=sys.stderr, flush=True)
    if stamp()[1] != wanted:
        STAMP.unlink(missing_ok=True)
        run(sys.executable, "-m", "venv", "--clear", VENV)
    locks = [part for name in LOCKS[level] for part in ("-r", f"requirements/{name}")]
    pip("--require-hashes", "--only-binary=:all:", *locks)
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(f"{level} {wanted}\n")
    fresh.replace(STAMP)


def pip(*arguments: str) -> None:
    """Install with the environment's own pip."""
    quiet = ("-qq", "--disable-pip-version-check", "--no-input")
    run(VENV / "bin" / "python", "-m", "pip", "install", *quiet, *arguments)


def run(*command: str | Path) -> None:
    """Run a command in the project's folder; its words go to stderr."""
    # The callers choose every word of the command.
    subprocess.run(command, check=True, cwd=HERE, stdout=sys.stderr, close_fds=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "runtime"))
