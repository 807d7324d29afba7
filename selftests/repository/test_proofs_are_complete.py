"""No recommendation without its proofs, no proof that nobody runs."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from hostproof import catalogue, profiles
from selftests.proofs.conftest import inventory_of

REPOSITORY = Path(__file__).resolve().parents[2]
PROOFS = REPOSITORY / "selftests" / "proofs"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(pass|fail|unknown|not_applicable)\.sh")
KINDS = {path.stem for path in (REPOSITORY / "lab" / "kinds").glob("*.sh")}

CATALOGUE = catalogue.load(REPOSITORY)
SCRIPTS = sorted(path for path in PROOFS.glob("*/*") if path.parent.name != "__pycache__")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(PROOFS)))
def test_a_proof_is_named_and_headed_so_that_it_runs(script):
    text = script.read_text()
    kinds = re.search(r"^# hosts: (.+)$", text, re.MULTILINE)
    profile = re.search(r"^# profile: (\S+)$", text, re.MULTILINE)

    assert NAME.fullmatch(script.name)
    assert script.parent.name in CATALOGUE.recommendations
    assert kinds
    assert set(kinds[1].split()) <= KINDS
    assert profile
    assert profile[1] in profiles.profile_names(REPOSITORY)
    assert script.parent.name in profiles.load(REPOSITORY, profile[1], CATALOGUE).recommendations
    assert all(name.startswith("hostproof_") for name in inventory_of(script))


@pytest.mark.parametrize("identifier", sorted(CATALOGUE.recommendations))
def test_a_recommendation_is_seen_to_fail_twice_and_not_to_be_fooled(identifier):
    verdicts = defaultdict(int)
    for script in (PROOFS / identifier).glob("*.sh"):
        verdicts[script.name.split(".")[1]] += 1

    assert verdicts["fail"] >= 2
    assert verdicts["pass"] >= 1
    assert verdicts["unknown"] >= 1
