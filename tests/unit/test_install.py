"""scripts/install.py decides what to install; pip itself is a stand-in here."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Pip:
    """Remembers commands in place of running them; `fails` as often as it says."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, ...]] = []
        self.fails = 0

    def __call__(self, *command: str | Path) -> None:
        words = tuple(map(str, command))
        if "venv" in words:
            Path(words[-1]).mkdir(parents=True, exist_ok=True)
        if self.fails:
            self.fails -= 1
            raise subprocess.CalledProcessError(1, words)
        self.commands.append(words)

    @property
    def made_anew(self) -> bool:
        return any("--clear" in words for words in self.commands)

    @property
    def locks(self) -> list[str]:
        locked = [words for words in self.commands if "--require-hashes" in words]
        return [word for words in locked for word in words if word.endswith(".txt")]


@pytest.fixture
def pip() -> Pip:
    return Pip()


@pytest.fixture
def install(pip: Pip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, working on a project of its own."""
    spec = importlib.util.spec_from_file_location(
        "install", ROOT / "scripts" / "install.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements/runtime.txt", "requirements/build.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "requirements/test.txt").write_text("all")
    (tmp_path / "pyproject.toml").write_text("")
    venv = tmp_path / "build" / "venv"
    for name, value in (("HERE", tmp_path), ("VENV", venv), ("run", pip)):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module, "STAMP", venv / "installed")
    return module


def test_a_clean_clone_gets_what_the_lock_names(install: ModuleType, pip: Pip) -> None:
    assert install.main("runtime") == 0
    assert pip.made_anew
    assert pip.locks == ["requirements/runtime.txt", "requirements/build.txt"]


def test_nothing_is_installed_twice(install: ModuleType, pip: Pip) -> None:
    install.main("runtime")
    pip.commands.clear()
    assert install.main("runtime") == 0
    assert pip.commands == []


def test_the_tests_add_to_what_is_there(install: ModuleType, pip: Pip) -> None:
    install.main("runtime")
    pip.commands.clear()
    install.main("test")
    assert pip.locks == ["requirements/test.txt"]
    assert not pip.made_anew


def test_an_environment_for_the_tests_also_runs_the_job(
    install: ModuleType, pip: Pip
) -> None:
    install.main("test")
    pip.commands.clear()
    install.main("runtime")
    assert pip.commands == []


@pytest.mark.parametrize("name", ["requirements/test.txt", "pyproject.toml"])
def test_a_changed_lock_makes_the_environment_anew(
    install: ModuleType, pip: Pip, tmp_path: Path, name: str
) -> None:
    install.main("runtime")
    pip.commands.clear()
    (tmp_path / name).write_text("newer")
    install.main("runtime")
    assert pip.made_anew


def test_a_changed_lock_keeps_the_tests_installed(
    install: ModuleType, pip: Pip, tmp_path: Path
) -> None:
    install.main("test")
    pip.commands.clear()
    (tmp_path / "pyproject.toml").write_text("newer")
    install.main("runtime")
    assert pip.locks == ["requirements/test.txt"]


@pytest.mark.parametrize("steps", [1, 2])
def test_what_failed_is_started_afresh(
    install: ModuleType,
    pip: Pip,
    steps: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pip.fails = steps
    for _ in range(steps):
        assert install.main("runtime") == 1
    assert "could not install" in capsys.readouterr().err
    assert install.main("runtime") == 0
    assert pip.made_anew


def test_an_unknown_level_is_wrong_usage(
    install: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert install.main("everything") == 2
    assert "'everything' is none of runtime, test" in capsys.readouterr().err
