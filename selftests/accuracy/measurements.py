"""The work file: one line of JSON for each judge and proof, written as soon as it is known."""

from __future__ import annotations

import fcntl
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from selftests.accuracy import claims
from selftests.accuracy.scoring import Line
from selftests.proofs.test_proofs import PROOFS, Proof, proofs

OURS = "hostproof"
# Whether a peer is right can be told of these only: peers know no "could not tell", so nothing is expected of them there.
SCORED = ("pass", "fail")


def name_of(proof: Proof) -> str:
    """`ssh-no-passwords/switched-on.fail`."""
    return f"{proof.recommendation}/{proof.script.name.removesuffix('.sh')}"


def golden_of(proof: Proof) -> str:
    """What the proofs have in common that share a golden run of the peers."""
    return f"{proof.recommendation}-{proof.kind}-{proof.profile}"


def wanted() -> dict[tuple[str, str], Proof]:
    """Every (judge, name of the proof) that a whole run measures."""
    found: dict[tuple[str, str], Proof] = {}
    for proof in proofs(all_kinds=False):
        found[OURS, name_of(proof)] = proof
        for peer in peers_of(proof):
            found[peer, name_of(proof)] = proof
    return found


def peers_of(proof: Proof) -> list[str]:
    """The peers that are to judge a proof."""
    if proof.verdict not in SCORED:
        return []
    return [name for name, peer in claims.load().items() if peer.judges(proof.recommendation, proof.kind)]


def about(judge: str, proof: Proof) -> Line:
    """What every line says of its proof."""
    return {
        "judge": judge,
        "proof": name_of(proof),
        "recommendation": proof.recommendation,
        "expected": proof.verdict,
        "kind": proof.kind,
        "script": _hash(proof.script),
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def add(path: Path, line: Line) -> None:
    """Several workers may do this at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(json.dumps(line) + "\n")


def load(path: Path) -> dict[tuple[str, str], Line]:
    """The latest line for each (judge, proof), without those of scripts that have changed or gone since.

    A last line that an interruption cut short is passed over.
    """
    found: dict[tuple[str, str], Line] = {}
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            line = json.loads(text)
        except ValueError:
            continue
        script = PROOFS / f"{line['proof']}.sh"
        if script.exists() and _hash(script) == line["script"]:
            found[line["judge"], line["proof"]] = line
    return found


def _hash(script: Path) -> str:
    return hashlib.sha256(script.read_bytes()).hexdigest()[:16]
