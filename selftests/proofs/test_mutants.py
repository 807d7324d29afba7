"""A recommendation whose test does not look any more turns its proofs red."""

from __future__ import annotations

import pytest

from selftests.proofs.mutants import mutant
from selftests.proofs.test_proofs import PROOFS, Proof, headers


def plain_fault(recommendation: str) -> Proof:
    """One proof that the recommendation fails, on the first kind of host that its header names."""
    script = min((PROOFS / recommendation).glob("*.fail.sh"))
    said = headers(script)
    return Proof(script, said["hosts"].split()[0], said["profile"])


@pytest.fixture(scope="session")
def mutants(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutants")
    return {body: mutant(folder / body.replace(" ", "-"), body) for body in ("pass", "assert True", "assert False")}


@pytest.mark.parametrize("recommendation", sorted(path.name for path in PROOFS.iterdir() if any(path.glob("*.sh"))))
def test_proofs_notice_a_test_that_does_not_look(recommendation, mutants, golden, tmp_path):
    proof = plain_fault(recommendation)
    host = golden(proof.kind, proof.profile)

    def verdict(body: str) -> str:
        reports = tmp_path / body.replace(" ", "-")
        return host.judge(reports, f"--recommendations={recommendation}", project=mutants[body])[recommendation]["verdict"]

    assert verdict("assert False") == "fail"  # where the golden host has to pass
    host.apply(proof.script)
    assert verdict("pass") == "unknown"  # where the proof demands a fail
    assert verdict("assert True") == "pass"
