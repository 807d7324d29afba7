"""The examples of docs/scaling.md: they are what GitLab and Kubernetes take, and their very commands work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "docs" / "examples"
GITLAB = yaml.safe_load((EXAMPLES / "gitlab-shards.yml").read_text())
KUBERNETES = yaml.safe_load((EXAMPLES / "kubernetes-indexed-job.yml").read_text())
HOSTS = tuple(f"host{n}" for n in range(9))

TEXTS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
# What the keyword reference of GitLab CI says of the keywords that the example uses; any other keyword is a slip.
GITLAB_JOB = {
    "type": "object",
    "additionalProperties": False,
    "required": ["stage", "script"],
    "properties": {
        "stage": {"enum": GITLAB["stages"]},
        "rules": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": False, "properties": {"if": {"type": "string"}}},
        },
        "parallel": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"matrix": {"type": "array", "items": {"type": "object", "additionalProperties": TEXTS}}},
        },
        "script": TEXTS,
        "allow_failure": {"type": "boolean"},
        "artifacts": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "when": {"enum": ["always", "on_success", "on_failure"]},
                "paths": TEXTS,
                "reports": {"type": "object", "additionalProperties": False, "properties": {"junit": {"type": "string"}}},
            },
        },
    },
}
# Of batch/v1 Job, likewise, with the rules between its fields.
KUBERNETES_SPEC = {
    "type": "object",
    "additionalProperties": False,
    "required": ["completionMode", "completions", "parallelism", "template"],
    "properties": {
        "completionMode": {"const": "Indexed"},
        "completions": {"type": "integer", "minimum": 1},
        "parallelism": {"type": "integer", "minimum": 1},
        "backoffLimitPerIndex": {"type": "integer", "minimum": 0},
        "maxFailedIndexes": {"type": "integer", "maximum": KUBERNETES["spec"]["completions"]},
        "podFailurePolicy": {
            "type": "object",
            "properties": {
                "rules": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "action": {"enum": ["FailJob", "FailIndex", "Ignore", "Count"]},
                            "onExitCodes": {
                                "type": "object",
                                "required": ["operator", "values"],
                                "properties": {
                                    "containerName": {"type": "string"},
                                    "operator": {"enum": ["In", "NotIn"]},
                                    "values": {"type": "array", "items": {"type": "integer", "minimum": 1}},
                                },
                            },
                        },
                    },
                }
            },
        },
        "template": {"type": "object"},
    },
}


@pytest.fixture
def checkout(project):
    """The project, with `./audit` and `.venv/bin/hostproof` as a checkout has them."""
    project.hosts(*HOSTS)
    for name, module in (("audit", "pytest"), (".venv/bin/hostproof", "hostproof.cli")):
        project.write(name, f'#!/bin/sh\nPYTHONPATH={REPOSITORY} exec {sys.executable} -m {module} "$@"\n')
        (project.folder / name).chmod(0o755)
    return project


def run(project, script: str, **variables: str) -> str:
    env = {**os.environ, **variables}
    done = subprocess.run(["sh", "-ec", script], cwd=project.folder, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_gitlab_takes_the_jobs() -> None:
    for name, job in GITLAB.items():
        if name not in ("stages", "variables"):
            jsonschema.validate(job, GITLAB_JOB)


def test_the_gitlab_jobs_judge_all_hosts(checkout) -> None:
    variables = {**GITLAB["variables"], "FLEET": "many", "CI_PIPELINE_ID": "4711"}
    (matrix,) = GITLAB["audit"]["parallel"]["matrix"]
    assert len(matrix["SHARD"]) == int(variables["SHARDS"])
    for shard in matrix["SHARD"]:
        run(checkout, "\n".join(GITLAB["audit"]["script"]), SHARD=shard, **variables)
        (path,) = GITLAB["audit"]["artifacts"]["paths"]
        assert (checkout.folder / path.replace("$SHARD", shard) / "run.json").exists()
    run(checkout, "\n".join(GITLAB["report"]["script"]), **variables)
    assert {host for host, _ in checkout.results("reports")} == set(HOSTS)
    assert (checkout.folder / GITLAB["report"]["artifacts"]["reports"]["junit"]).exists()


def test_kubernetes_takes_the_job() -> None:
    assert (KUBERNETES["apiVersion"], KUBERNETES["kind"]) == ("batch/v1", "Job")
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", KUBERNETES["metadata"]["name"])
    jsonschema.validate(KUBERNETES["spec"], KUBERNETES_SPEC)
    pod = KUBERNETES["spec"]["template"]["spec"]
    assert pod["restartPolicy"] == "Never", "backoffLimitPerIndex and podFailurePolicy need it"
    (container,) = pod["containers"]
    (rule,) = KUBERNETES["spec"]["podFailurePolicy"]["rules"]
    assert rule["onExitCodes"]["containerName"] == container["name"]
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}


def test_the_pods_judge_all_hosts(checkout, tmp_path: Path) -> None:
    (container,) = KUBERNETES["spec"]["template"]["spec"]["containers"]
    assert container["command"] == ["sh", "-c"]
    (script,) = container["args"]
    set_by_pod = {each["name"]: each["value"] for each in container["env"]}
    variables = {**set_by_pod, "FLEET": "many", "REPORTS": str(tmp_path / "reports")}
    for index in range(KUBERNETES["spec"]["completions"]):
        run(checkout, script, JOB_COMPLETION_INDEX=str(index), **variables)
    text = (EXAMPLES / "kubernetes-indexed-job.yml").read_text()
    merge = re.search(r"hostproof merge .*", text)
    assert merge
    run(checkout, f".venv/bin/{merge[0].replace('/reports/', '$REPORTS/')}", **variables)
    results = (tmp_path / "reports" / variables["RUN"] / "results.jsonl").read_text().splitlines()
    assert len(results) == 2 * len(HOSTS)
