"""deploy/kubernetes: applied in the order of docs/operations.md, nothing is missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
WORKLOADS = ("serve.yaml", "run.yaml")


def order(workload: str) -> list[str]:
    """The files that the handbook names, as far as this one of the two workloads."""
    text = (ROOT / "docs" / "operations.md").read_text()
    (paragraph,) = re.findall(
        r"^\*\*Kubernetes\.\*\*.*?\n\n", text, re.MULTILINE | re.DOTALL
    )
    named = list(dict.fromkeys(re.findall(r"([\w.]+\.yaml)", paragraph)))
    assert {path.name for path in FOLDER.iterdir()} == set(named)
    return [name for name in named if name not in WORKLOADS] + [workload]


def manifests(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((FOLDER / name).read_text()))


def pods(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    spec = manifest.get("spec", {})
    template = spec.get("jobTemplate", {"spec": spec})["spec"].get("template")
    return [template] if template else []


@pytest.mark.parametrize("workload", WORKLOADS)
def test_what_a_pod_needs_is_applied_before_it(workload: str) -> None:
    there: set[tuple[str, str]] = set()
    seen = 0
    for name in order(workload):
        for manifest in manifests(name):
            for pod in pods(manifest):
                seen += 1
                spec = pod["spec"]
                assert ("ServiceAccount", spec["serviceAccountName"]) in there, name
                for volume in spec["volumes"]:
                    if "secret" in volume:
                        assert ("Secret", volume["secret"]["secretName"]) in there, name
            there.add((manifest["kind"], manifest["metadata"]["name"]))
    assert seen == 2


@pytest.mark.parametrize("workload", WORKLOADS)
def test_no_pod_runs_without_the_network_policy(workload: str) -> None:
    chosen: list[dict[str, str]] = []
    for name in order(workload):
        for manifest in manifests(name):
            for pod in pods(manifest):
                labels = pod["metadata"]["labels"].items()
                assert any(one.items() <= labels for one in chosen), name
            if manifest["kind"] == "NetworkPolicy":
                chosen.append(manifest["spec"]["podSelector"]["matchLabels"])
