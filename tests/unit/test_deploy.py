"""deploy/: each file is parsed, and holds what it promises."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from etl.cli import cli
from etl.cron import normal_schedule
from etl.settings import Settings, variable

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [
    path for path in UNITS if "run" in path.name or path.name.endswith("etl.service")
]
VARIABLES = {variable(name) for name in Settings.model_fields}
VARIABLES |= {f"{name}_FILE" for name in VARIABLES if name.endswith("_URL")}


class Unit(configparser.RawConfigParser):
    """A unit file: names keep their case, and one that repeats adds to a list."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None, delimiters="=")
        self.text = path.read_text()
        self.read_string(self.text)

    def optionxform(self, optionstr: str) -> str:
        return optionstr

    def every(self, name: str) -> list[str]:
        return re.findall(rf"^{name}=(.*)$", self.text, re.MULTILINE)


MOST_EXPOSED = 2.0
"""Of 10, as `systemd-analyze security` counts; systemd itself calls this OK."""


def known(command: str) -> bool:
    """Whether `etl …` is a command of ours with its options."""
    _, name, *options = command.split()
    found = cli.commands.get(name)
    if not isinstance(found, click.Command):
        return False
    spelt = {each for one in found.params for each in one.opts}
    return all(option in spelt for option in options if option.startswith("--"))


# --------------------------------------------------------------------------- systemd


@pytest.mark.parametrize("path", UNITS, ids=lambda path: str(path.name))
def test_systemd_understands_the_unit(path: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("NOT TESTED: systemd-analyze is not installed")
    for unit in UNITS:
        # where the program would be installed
        text = unit.read_text().replace("/opt/aanhangsel-etl/bin/etl", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    name = path.name.replace("@.", "@x.")
    done = subprocess.run(
        [program, "verify", "--man=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "aanhangsel" in line]
    assert ours == []


@pytest.mark.parametrize(
    "path",
    [path for path in UNITS if path.suffix == ".service"],
    ids=lambda path: str(path.name),
)
def test_systemd_finds_a_service_little_exposed(path: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("NOT TESTED: systemd-analyze is not installed")
    unit = tmp_path / path.name.replace("@.", "@x.")
    unit.write_text(path.read_text())
    done = subprocess.run(
        [program, "security", "--offline=yes", "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"exposure level for \S+: (\d+\.\d)", done.stdout)
    if found is None:
        pytest.skip("NOT TESTED: this systemd-analyze does not score files")
    assert float(found[1]) <= MOST_EXPOSED


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: str(path.name))
def test_a_service_has_the_least_privilege(path: Path) -> None:
    if path.suffix != ".service":
        return
    service = Unit(path)["Service"]
    for name in (
        "DynamicUser", "NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices",
        "ProtectKernelModules", "RestrictSUIDSGID", "MemoryDenyWriteExecute",
    ):  # fmt: skip
        assert service[name] == "yes", name
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["RestrictAddressFamilies"] == "AF_INET AF_INET6 AF_UNIX"
    assert service["MemoryMax"] == "1G"
    assert int(service["TasksMax"]) <= 200


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: str(path.name))
def test_a_service_runs_a_command_of_ours_with_variables_of_ours(path: Path) -> None:
    if path.suffix != ".service":
        return
    unit = Unit(path)
    assert known(unit["Service"]["ExecStart"])
    named = re.findall(r"\b([A-Z_]+)=", " ".join(unit.every("Environment")))
    assert named
    assert set(named) <= VARIABLES
    credentials = [one.split(":")[0] for one in unit.every("LoadCredential")]
    for file in re.findall(r"%d/(\w+)", unit.text):
        assert file in credentials
    assert "password" not in unit.text.lower()


def test_the_daemon_drains_and_is_started_again() -> None:
    service = Unit(DEPLOY / "systemd" / "aanhangsel-etl.service")["Service"]
    assert service["Restart"] == "on-failure"
    assert int(service["TimeoutStopSec"]) >= 20
    # a wrong setting is not mended by starting again
    assert service["RestartPreventExitStatus"] == "2"


def test_the_timer_is_in_utc_and_catches_up() -> None:
    timer = Unit(DEPLOY / "systemd" / "aanhangsel-etl-run.timer")["Timer"]
    assert timer["OnCalendar"].endswith(" UTC")
    assert timer["Persistent"] == "yes"
    once = Unit(DEPLOY / "systemd" / "aanhangsel-etl-run.service")["Service"]
    assert once["Type"] == "oneshot"
    assert once["SuccessExitStatus"].split() == ["3", "6", "143"]


# --------------------------------------------------------------------------- cron

LINES = [
    line
    for line in (DEPLOY / "crontab").read_text().splitlines()
    if line and not line.startswith("#") and not re.match(r"\w+=", line)
]


def test_the_crontab_has_schedules_that_cron_knows() -> None:
    assert len(LINES) == 2
    for line in LINES:
        normal_schedule(" ".join(line.split()[:5]))
        command = re.search(r"/opt/aanhangsel-etl/bin/(etl \w+)", line)
        assert command
        assert known(command[1])
        # cron would read a % as the end of the line
        assert "%" not in line


@pytest.mark.parametrize(
    ("code", "mail"), [(0, ""), (3, ""), (6, ""), (4, "etl run: exit code 4\nbroken\n")]
)
def test_cron_sends_mail_only_for_what_failed(
    tmp_path: Path, code: int, mail: str
) -> None:
    program = tmp_path / "etl"
    program.write_text(f"#!/bin/sh\necho done\necho broken >&2\nexit {code}\n")
    program.chmod(0o755)
    command = LINES[0].split(None, 6)[6]
    command = command.replace("/srv/aanhangsel-etl", str(tmp_path))
    command = command.replace("/opt/aanhangsel-etl/bin/etl", str(program))
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, mail, "")
    assert (tmp_path / "etl.jsonl").read_text() == "broken\n"


# --------------------------------------------------------------------------- kubernetes

MANIFESTS: list[dict[str, Any]] = [
    manifest
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for manifest in yaml.safe_load_all(path.read_text())
]


def of(kind: str) -> dict[str, Any]:
    (found,) = [each for each in MANIFESTS if each["kind"] == kind]
    return found


def pod(kind: str) -> dict[str, Any]:
    spec: dict[str, Any] = of(kind)["spec"]
    found: dict[str, Any] = spec.get("jobTemplate", {"spec": spec})["spec"]["template"]
    return dict(found["spec"])


WORKLOADS = ("Deployment", "CronJob", "Job")


def test_the_manifests_are_those() -> None:
    assert sorted(each["kind"] for each in MANIFESTS) == sorted(
        [*WORKLOADS, "ServiceAccount", "NetworkPolicy", "Secret"]
    )
    for each in MANIFESTS:
        assert each["apiVersion"] in {
            "v1",
            "apps/v1",
            "batch/v1",
            "networking.k8s.io/v1",
        }
        assert each["metadata"]["name"].startswith("aanhangsel-etl")


@pytest.mark.parametrize("kind", WORKLOADS)
def test_a_pod_has_the_least_privilege(kind: str) -> None:
    spec = pod(kind)
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] == 10001
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (container,) = spec["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"] == "1Gi"
    assert "hostNetwork" not in spec
    assert spec["terminationGracePeriodSeconds"] >= 20


@pytest.mark.parametrize("kind", WORKLOADS)
def test_a_pod_runs_a_command_of_ours_and_sees_its_own_secrets(kind: str) -> None:
    spec = pod(kind)
    (container,) = spec["containers"]
    assert known(f"etl {' '.join(container['args'])}")
    values = {each["name"]: each["value"] for each in container["env"]}
    assert set(values) <= VARIABLES
    files = {
        f"/run/secrets/etl/{item['path']}"
        for volume in spec["volumes"]
        for item in volume.get("secret", {}).get("items", ())
    }
    assert {value for name, value in values.items() if name.endswith("_FILE")} == files
    secret = of("Secret")["stringData"]
    assert {Path(file).name for file in files} <= set(secret)
    assert ("/run/secrets/etl/owner_url" in files) == (kind == "Job")
    assert all(isinstance(value, str) for value in values.values())


def cron_job(tmp_path: Path, body: str) -> subprocess.Popen[str]:
    """The command of the CronJob, with a shell script in place of `etl`."""
    program = tmp_path / "etl"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    (container,) = pod("CronJob")["containers"]
    return subprocess.Popen(
        [*container["command"], *container["args"]],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(("code", "told"), [(0, 0), (3, 0), (6, 0), (4, 4), (143, 143)])
def test_a_job_fails_only_when_a_run_did(tmp_path: Path, code: int, told: int) -> None:
    job = cron_job(tmp_path, f'echo "$@"; exit {code}')
    assert job.communicate(timeout=30)[0] == "run\n"
    assert job.returncode == told


def test_a_job_that_is_asked_to_end_waits_until_the_run_has(tmp_path: Path) -> None:
    body = (
        "trap 'kill $!; echo drained; exit 143' TERM\n"
        "sleep 60 >/dev/null 2>&1 &\necho begun\nwait"
    )
    job = cron_job(tmp_path, body)
    assert job.stdout is not None
    assert job.stdout.readline() == "begun\n"
    job.terminate()
    assert job.communicate(timeout=30)[0] == "drained\n"
    assert job.returncode == 143


def test_no_secret_is_filled_in() -> None:
    for value in of("Secret")["stringData"].values():
        assert ":PASSWORD@HOST:" in value


def test_the_daemon_is_probed_where_it_answers() -> None:
    (container,) = pod("Deployment")["containers"]
    values = {each["name"]: each["value"] for each in container["env"]}
    (port,) = container["ports"]
    assert str(port["containerPort"]) == values["ETL_METRICS_PORT"]
    assert container["livenessProbe"]["httpGet"] == {
        "path": "/healthz",
        "port": "metrics",
    }
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert of("Deployment")["spec"]["strategy"] == {"type": "Recreate"}
    rule = of("NetworkPolicy")["spec"]["ingress"][0]
    assert rule["ports"] == [{"port": port["containerPort"]}]


def test_the_cron_job_never_overlaps_and_ends() -> None:
    spec = of("CronJob")["spec"]
    normal_schedule(spec["schedule"])
    assert spec["timeZone"] == "Etc/UTC"
    assert spec["concurrencyPolicy"] == "Forbid"
    assert spec["startingDeadlineSeconds"] == 3600
    assert spec["jobTemplate"]["spec"]["activeDeadlineSeconds"] == 6 * 3600
    assert spec["jobTemplate"]["spec"]["backoffLimit"] == 0


def test_a_pod_that_had_to_move_is_told_by_a_whole_condition() -> None:
    """The published schemas want `status`, which the examples leave out."""
    policy = of("CronJob")["spec"]["jobTemplate"]["spec"]["podFailurePolicy"]
    assert policy["rules"] == [
        {
            "action": "Ignore",
            "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}],
        }
    ]


def test_selectors_and_labels_agree() -> None:
    spec = of("Deployment")["spec"]
    assert spec["selector"]["matchLabels"] == spec["template"]["metadata"]["labels"]
