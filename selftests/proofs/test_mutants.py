"""A recommendation whose test does not look any more turns its proofs red.

What a test that does not look says is the same on every host. So each mutant of the product judges one golden host by all that a
profile asks, and what it says is held against what the proofs demand.
"""

from __future__ import annotations

import pytest

from hostproof import catalogue, profiles
from selftests.proofs.mutants import mutant
from selftests.proofs.test_proofs import EACH_KIND, REPOSITORY, proofs

SAYS = {"pass": "unknown", "assert True": "pass", "assert False": "fail"}
CATALOGUE = catalogue.load(REPOSITORY)


@pytest.mark.parametrize("body", SAYS)
@pytest.mark.parametrize("profile", EACH_KIND)
def test_proofs_notice_tests_that_do_not_look(profile, body, golden, tmp_path):
    project = mutant(tmp_path / "project", body)

    records = golden("debian12", profile).judge(tmp_path / "reports", project=project)

    demanded = {name: {proof.verdict for proof in proofs(all_kinds=False) if proof.recommendation == name} for name in records}
    assert set(records) == profiles.load(REPOSITORY, profile, CATALOGUE).recommendations
    assert {record["verdict"] for record in records.values()} == {SAYS[body]}
    assert [name for name, verdicts in demanded.items() if not verdicts - {SAYS[body]}] == []


def test_the_profiles_ask_everything_that_there_is():
    asked = set().union(*(profiles.load(REPOSITORY, name, CATALOGUE).recommendations for name in EACH_KIND))

    assert asked == set(CATALOGUE.recommendations)
