"""Every proof judged by its peers. `./selftest accuracy` runs this, and the proofs themselves, in which Hostproof judges them.

A test here fails only when nothing could be measured. What was measured is in the work file, right or wrong.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from selftests.accuracy import claims, lynis, measurements, openscap
from selftests.proofs.conftest import LabHost, lab
from selftests.proofs.test_proofs import NOT_GOLDEN, Proof, proofs

PEERS: dict[str, ModuleType] = {"lynis": lynis, "openscap": openscap}
CLAIMS = claims.load()
ALL = proofs(all_kinds=False)


@pytest.mark.parametrize(
    "proof",
    [pytest.param(p, id=str(p)) for p in ALL if measurements.peers_of(p)],
)
def test_peers(proof, peers_host, golden_findings, work_file, measured):
    missing = [name for name in measurements.peers_of(proof) if (name, measurements.name_of(proof)) not in measured]
    if not missing:
        return
    golden = {name: golden_findings(name, proof) for name in missing}
    host = peers_host(proof)
    host.apply(proof.script)
    for name in missing:
        line = measurements.about(name, proof)
        line |= {"version": golden[name]["version"], "golden": golden[name]["findings"], "after": _look(name, host, proof)}
        measurements.add(work_file, line)


def _look(name: str, host: LabHost, proof: Proof) -> dict[str, str] | None:
    """A peer's findings; None when it gives no answer, also because of what the proof did."""
    try:
        return PEERS[name].look(host, CLAIMS[name], CLAIMS[name].claims[proof.recommendation])
    except (AssertionError, subprocess.TimeoutExpired):
        return None


@pytest.fixture(scope="session")
def hosts(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """Hosts of this worker by kind and profile, golden whenever they are asked for."""
    if os.geteuid() != 0:
        pytest.skip("the lab needs root")
    booted: dict[tuple[str, str], LabHost] = {}

    def host(proof: Proof) -> LabHost:
        key = (proof.kind, proof.profile)
        if key not in booted:
            name = f"acc-{worker_id}-{proof.kind}-{proof.profile[:3]}"
            booted[key] = LabHost(name, proof.kind, proof.profile, tmp_path_factory.mktemp("ssh"))
            booted[key].spoilt = True  # it may be up since a run that was interrupted
        booted[key].reset()
        return booted[key]

    yield host
    for each in booted.values():
        lab("down", each.name)


@pytest.fixture(scope="session")
def guide(reports: Path) -> tuple[Path, str]:
    """Folder of the data streams, and the version of the guide that they are from."""
    folder = reports / "guide"
    contents = CLAIMS["openscap"].contents or {}
    return folder, openscap.fetch_guide(folder, {stream for streams in contents.values() for stream in streams})


@pytest.fixture(scope="session")
def peers_host(hosts, guide):
    """A golden host that has the peers as well."""
    equipped: set[str] = set()

    def host(proof: Proof) -> LabHost:
        found = hosts(proof)
        if found.name not in equipped:
            equip(found, guide[0])
            lab("keep", found.name)
            equipped.add(found.name)
        return found

    return host


def equip(host: LabHost, guide: Path) -> None:
    """Install the peers that judge this kind of host."""
    contents = CLAIMS["openscap"].contents or {}
    names = [name for name, peer in CLAIMS.items() if peer.contents is None or host.kind in peer.contents]
    lab("shell", host.name, "/usr/local/lib/lab/install", *[package for name in names for package in PEERS[name].PACKAGES])
    if host.kind in contents:
        openscap.send_guide(host, guide, contents[host.kind])


@pytest.fixture(scope="session")
def golden_findings(peers_host, guide):
    """What a peer finds on a golden host, twice, and its version."""
    known: dict[tuple[str, str], dict] = {}

    def findings(name: str, proof: Proof) -> dict:
        key = (name, measurements.golden_of(proof))
        if key not in known:
            host = peers_host(proof)
            version = PEERS[name].version(host) + (f", {guide[1]}" if name == "openscap" else "")
            seen = [_look(name, host, proof) for _ in range(2)]
            assert None not in seen, f"{name} says nothing of a golden host"
            # Where the golden host is at fault itself, any finding counts.
            at_fault = NOT_GOLDEN.get((proof.kind, proof.recommendation)) == "fail"
            known[key] = {"version": version, "findings": [{}, {}] if at_fault else seen}
        return known[key]

    return findings
