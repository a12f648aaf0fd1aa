"""docker-compose.yml against the Compose Specification, and its promises one by one.

No engine is needed: compose-pydantic's models are generated from the specification's
own JSON schema and refuse every key that it does not know.
"""

from __future__ import annotations

import re
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_pydantic import ComposeSpecification
from pydantic import ValidationError

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = {
    key: value
    for key, value in yaml.safe_load((ROOT / "docker-compose.yml").read_text()).items()
    # Extension fields hold the anchors only.
    if not key.startswith("x-")
}
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("etl", "migrate")
DOCKERFILE = (ROOT / "Dockerfile").read_text()

every_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
our_service = pytest.mark.parametrize("service", [SERVICES[name] for name in OURS])


def test_it_follows_the_compose_specification() -> None:
    ComposeSpecification.model_validate(COMPOSE)


def test_the_specification_refuses_a_key_that_does_not_exist() -> None:
    services = {**SERVICES, "etl": {**SERVICES["etl"], "read_onyl": True}}
    with pytest.raises(ValidationError, match="read_onyl"):
        ComposeSpecification.model_validate({**COMPOSE, "services": services})


def test_it_runs_the_database_the_migrations_and_the_daemon() -> None:
    assert set(SERVICES) == {"postgres", "migrate", "etl", "backup"}
    # only when it is asked for
    assert SERVICES["backup"]["profiles"] == ["backup"]
    assert SERVICES["migrate"]["command"] == ["migrate"]
    assert SERVICES["etl"]["command"] == ["serve"]


@every_service
def test_nothing_is_published_to_the_network(service: dict[str, Any]) -> None:
    assert not {"ports", "expose", "network_mode"} & set(service)


def test_only_the_daemon_reaches_outside() -> None:
    assert COMPOSE["networks"]["database"] == {"internal": True}
    outside = [name for name, each in SERVICES.items() if "outside" in each["networks"]]
    assert outside == ["etl"]


@every_service
def test_the_root_file_system_is_read_only(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert any(mount.startswith("/tmp:") for mount in service["tmpfs"])


@every_service
def test_no_process_gains_a_privilege(service: dict[str, Any]) -> None:
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


@our_service
def test_our_services_run_as_a_user_without_capabilities(
    service: dict[str, Any],
) -> None:
    assert service["user"] == "10001:10001"
    assert "cap_add" not in service


@every_service
def test_memory_and_processes_are_limited(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert 0 < service["pids_limit"] <= 200


@every_service
def test_the_log_does_not_fill_the_disk(service: dict[str, Any]) -> None:
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}


@pytest.mark.parametrize("name", ["postgres", "etl"])
def test_what_runs_on_is_watched_and_restarted(name: str) -> None:
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_health_is_not_the_age_of_the_data() -> None:
    assert "status" not in SERVICES["etl"]["healthcheck"]["test"]
    assert "status" not in DOCKERFILE
    port = SERVICES["etl"]["environment"]["ETL_METRICS_PORT"]
    assert f"127.0.0.1:{port}/healthz" in SERVICES["etl"]["healthcheck"]["test"][-1]


def test_a_backup_is_whole_before_it_has_its_name() -> None:
    assert SERVICES["backup"]["secrets"] == ["owner_url"]
    script = SERVICES["backup"]["entrypoint"][-1]
    assert script.index("pg_dump") < script.index("mv /backup/new.dump")
    # "$$" is how the file writes "$"
    checked = script.replace("$$", "$")
    subprocess.run(["sh", "-n", "-c", checked], check=True)


@pytest.mark.parametrize("code", [0, 1])
def test_a_backup_that_fails_leaves_no_dump(tmp_path: Path, code: int) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(
        "#!/bin/sh\n"
        'for word in "$@"; do case $word in --file=*) file=${word#--file=} ;; esac; done\n'
        'printf %s "$PGPASSWORD" >"$file"\n'
        f"exit {code}\n"
    )
    program.chmod(0o755)
    (tmp_path / "owner_url").write_text(
        "postgresql://aanhangsel_owner:s3cret@postgres/a"
    )
    (tmp_path / "dumps").mkdir()
    script = SERVICES["backup"]["entrypoint"][-1].replace("$$", "$")
    script = script.replace("/run/secrets", str(tmp_path))
    script = script.replace("/backup/", f"{tmp_path}/dumps/")
    done = subprocess.run(
        ["sh", "-euc", script],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == code
    named = list((tmp_path / "dumps").glob("aanhangsel-*Z.dump"))
    assert [path.read_text() for path in named] == ([] if code else ["s3cret"])


def test_the_daemon_starts_on_a_healthy_migrated_database() -> None:
    healthy = {"condition": "service_healthy"}
    done = {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"] == {"postgres": healthy}
    assert SERVICES["etl"]["depends_on"] == {"postgres": healthy, "migrate": done}


def test_the_daemon_has_time_to_drain() -> None:
    assert SERVICES["etl"]["stop_grace_period"] == "30s"


def test_a_commit_survives_a_power_cut() -> None:
    command = SERVICES["postgres"]["command"]
    assert {"-cfsync=on", "-csynchronous_commit=on"} <= set(command)


def test_the_data_live_in_a_named_volume() -> None:
    assert "database:/var/lib/postgresql" in SERVICES["postgres"]["volumes"]
    assert "database" in COMPOSE["volumes"]


def test_what_is_mounted_from_here_exists_and_is_read_only() -> None:
    mounted = [each.split(":") for each in SERVICES["postgres"]["volumes"]]
    for source, _, *mode in mounted:
        if source.startswith("./"):
            assert (ROOT / source).exists()
            assert mode == ["ro"]


@every_service
def test_no_secret_stands_in_the_environment(service: dict[str, Any]) -> None:
    for name, value in service["environment"].items():
        assert "PASSWORD" not in name or name.endswith("_FILE")
        assert "://" not in str(value)


def test_each_service_sees_its_own_secrets_only() -> None:
    assert SERVICES["etl"]["secrets"] == ["writer_url", "reader_url"]
    assert SERVICES["migrate"]["secrets"] == ["owner_url"]


@every_service
def test_every_secret_is_a_file_outside_version_control(
    service: dict[str, Any],
) -> None:
    for name in service["secrets"]:
        assert COMPOSE["secrets"][name] == {"file": f"./secrets/{name}"}
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_image_is_pinned_to_the_major_version_of_the_tests() -> None:
    assert SERVICES["postgres"]["image"].startswith("postgres:18")


def test_the_final_image_has_our_user_and_no_build_tools() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert "USER 10001:10001" in final
    check = final.partition("HEALTHCHECK")[2].partition("ENTRYPOINT")[0]
    assert "ETL_METRICS_PORT=9464" in final
    assert 'os.environ[\\"ETL_METRICS_PORT\\"]}/healthz' in check
    assert "sql" not in check, "the daemon outlives its database"
    assert "pip install" not in final
    assert "apt-get" not in final


def test_the_image_takes_only_what_the_lock_names() -> None:
    steps = DOCKERFILE.replace("\\\n", " ").split("&&")
    installs = [step for step in steps if "pip install" in step]
    assert installs
    for step in installs:
        assert "--require-hashes" in step or "--no-index" in step


def test_secrets_are_made_once_and_kept(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "secrets"
    script.write_text((ROOT / "scripts" / "secrets").read_text())
    subprocess.run(["sh", script], check=True)
    folder = tmp_path / "secrets"
    first = {path.name: path.read_text() for path in folder.iterdir()}
    subprocess.run(["sh", script], check=True)
    assert {path.name: path.read_text() for path in folder.iterdir()} == first
    assert set(first) == set(COMPOSE["secrets"])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    passwords = {
        value.rpartition("@")[0].rpartition(":")[2] for value in first.values()
    }
    # The superuser's secret is the bare password: no "@" in it, so it drops out as "".
    assert len(passwords) == len(first)
    url = r"postgresql://aanhangsel_writer:[0-9a-f]{48}@postgres/aanhangsel"
    assert re.fullmatch(url, first["writer_url"])
