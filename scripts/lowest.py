"""The tests with the lowest versions that pyproject.toml allows, in a venv of its own.

What is locked is the newest; who installs the package beside others may have any
version within the bounds, so the lower ones must hold too.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "build" / "lowest"


def main(arguments: Sequence[str]) -> int:
    """Install, then run pytest with `arguments`; its exit code, or that of pip."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    venv.create(HOME, with_pip=True, clear=True)
    constraints = HOME / "constraints.txt"
    lowest = pinned(project["project"]["dependencies"])
    constraints.write_text("\n".join(lowest) + "\n", encoding="utf-8")
    python = str(HOME / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--constraint", str(constraints), "--editable", ".[test]"]
    if failed := subprocess.run(install, cwd=ROOT, check=False).returncode:
        return failed
    tests = [python, "-m", "pytest", "-n", "2", *arguments]
    return subprocess.run(tests, cwd=ROOT, check=False).returncode


def pinned(dependencies: Iterable[str]) -> list[str]:
    """Each dependency at its lower bound, as a constraint for pip."""
    found = []
    for dependency in dependencies:
        one = Requirement(dependency)
        (lowest,) = (each.version for each in one.specifier if each.operator == ">=")
        found.append(f"{one.name}=={lowest}")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
