"""Known vulnerabilities of the locked packages, by pip-audit in a venv of its own.

Without an index of advisories within reach it says so loudly and passes: a build must
not depend on another site being up, and silence must not look like a clean bill.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "build" / "audit"
LOCK = ROOT / "requirements" / "runtime.txt"
AUDITOR = "pip-audit>=2.9,<3"
SECONDS = 60.0
"""For all of it."""


def main() -> int:
    """Install, ask, tell. The exit code of the program."""
    end = time.monotonic() + SECONDS
    try:
        python = installed(end)
        found = asked(python, end)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        return skipped(error)
    return told(found)


def installed(end: float) -> Path:
    """The interpreter of a venv that has pip-audit."""
    python = HOME / "bin" / "python"
    if not (HOME / "bin" / "pip-audit").exists():
        venv.create(HOME, with_pip=True, clear=True)
        run(end, python, "-m", "pip", "install", "--quiet", AUDITOR)
    return python


def asked(python: Path, end: float) -> list[dict[str, Any]]:
    """What is known of each package. Raises ValueError where nothing came back."""
    done = run(
        end, python, "-m", "pip_audit", "--progress-spinner=off", "--format=json",
        "--disable-pip", "--require-hashes", f"--requirement={LOCK}",
        check=False,
    )  # fmt: skip
    if not done.stdout.strip():
        raise ValueError((done.stderr.strip().splitlines() or ["no answer"])[-1])
    dependencies: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    if all("skip_reason" in each for each in dependencies):
        raise ValueError("not a single package could be looked up")
    return dependencies


def told(dependencies: list[dict[str, Any]]) -> int:
    """A line for each vulnerability; 1 where there is one."""
    lines = [
        f"{each['name']} {each['version']}: {one['id']}"
        f" (mended in {', '.join(one['fix_versions']) or 'no version'})"
        for each in dependencies
        for one in each.get("vulns", ())
    ]
    if lines:
        print("scripts/audit: KNOWN VULNERABILITIES")
        print("\n".join(lines))
        return 1
    print(f"scripts/audit: none known in {len(dependencies)} packages")
    return 0


def skipped(error: Exception) -> int:
    """Say it so that nobody overlooks it."""
    reason = " ".join(str(error).split())[-300:]
    print("=" * 72)
    print("scripts/audit: SKIPPED, nobody looked for known vulnerabilities:")
    print(f"  {reason}")
    print("=" * 72)
    return 0


def run(
    end: float, *argv: object, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """A command within what is left of the time."""
    return subprocess.run(
        [str(each) for each in argv],
        check=check,
        capture_output=True,
        text=True,
        timeout=max(1.0, end - time.monotonic()),
    )


if __name__ == "__main__":
    sys.exit(main())
