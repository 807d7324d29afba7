"""Profiles settle their conflicts, and README.md documents every value and shows how a site writes its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from hostproof import catalogue, profiles

REPOSITORY = Path(__file__).resolve().parents[2]
CATALOGUE = catalogue.load(REPOSITORY)
NAMES = profiles.profile_names(REPOSITORY)
README = (REPOSITORY / "profiles" / "README.md").read_text()


def written(name: str) -> dict:
    return yaml.safe_load((REPOSITORY / "profiles" / f"{name}.yml").read_text())


def load(name: str) -> profiles.Profile:
    return profiles.load(REPOSITORY, name, CATALOGUE)


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_sets_each_value_that_its_parents_set_differently(name):
    parents = written(name).get("extends") or []
    inherited: dict[str, set[str]] = {}
    for parent in [parents] if isinstance(parents, str) else parents:
        for value, set_to in load(parent).values.items():
            inherited.setdefault(value, set()).add(json.dumps(set_to))

    disputed = {value for value, set_to in inherited.items() if len(set_to) > 1}
    assert disputed <= set(written(name).get("values") or {})


def test_strict_asks_everything_but_what_it_leaves_out_for_a_reason():
    everything = load("alliance").recommendations | load("ibm-hpvs").recommendations

    assert load("strict").recommendations == everything - set(written("strict")["without"])


def test_every_value_has_one_row_in_the_readme_and_a_comment_where_it_is_set():
    rows = re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE)

    assert sorted(rows) == sorted({value for name in NAMES for value in load(name).values})
    for name in NAMES:
        text = (REPOSITORY / "profiles" / f"{name}.yml").read_text()
        for value in written(name)["values"]:
            assert re.search(rf"^  # .*\n  {value}:", text, re.MULTILINE), f"{name}: {value} has no comment"


def test_the_readme_lists_the_details_of_every_statement():
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (`.+) \|$", README, re.MULTILINE))

    attested = {r.id: list(r.statement) for r in CATALOGUE.recommendations.values() if r.statement is not None}
    assert {identifier: re.findall(r"`(\w+)`", details) for identifier, details in rows.items()} == attested


def test_the_worked_example_works(tmp_path):
    profile, inventory = re.findall(r"```yaml\n(.+?)```", README, re.DOTALL)
    inventory = inventory.replace("2026-11-20", str(datetime.now(UTC).date()))
    for folder in ("documents", "profiles", "tests"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("conftest.py", "pytest.ini"):
        shutil.copy(REPOSITORY / file, tmp_path)
    (tmp_path / "profiles" / "web-servers.yml").write_text(profile)
    (tmp_path / "inventories").mkdir()
    (tmp_path / "inventories" / "web.yml").write_text(inventory)

    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--hosts=web"]
    run = subprocess.run(command, cwd=tmp_path, env=_environment(), capture_output=True, text=True, timeout=300)

    results = tmp_path / "reports" / "results.jsonl"
    assert results.exists(), run.stdout + run.stderr
    records = {record["recommendation"]: record for record in map(json.loads, results.read_text().splitlines())}
    assert set(records) == load("alliance").recommendations - {"restore-rehearsed"} | {"aide-installed"}
    assert {record["profile"] for record in records.values()} == {"web-servers"}
    assert records["owner-named"]["verdict"] == "pass"

    ours = profiles.load(tmp_path, "web-servers", catalogue.load(tmp_path))
    required = profiles.required_of(ours, yaml.safe_load(inventory)["all"]["hosts"]["www1"], "www1")
    assert required.public_ports == ["80/tcp", "443/tcp", "51820/udp"]
    assert required.package_lists_max_age_days == 3
    assert required.mail_server == "none"


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return {**kept, "PYTHONPATH": str(REPOSITORY)}
