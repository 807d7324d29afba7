"""Every recommendation is seen to pass, to fail, and not to be fooled, on real hosts.

A proof is a script `<recommendation>/<what happened>.<verdict>.sh`. It makes one change to a golden host; then the real
engine judges that host over real ssh, and its verdict has to be the one in the script's name. The script's header says on
which kinds of host, for which profile, and what the inventory says otherwise than that of a golden host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from hostproof import catalogue, profiles

REPOSITORY = Path(__file__).resolve().parents[2]
PROOFS = Path(__file__).parent
VERDICTS = ("pass", "fail", "unknown", "not_applicable")
KINDS = sorted(path.stem for path in (REPOSITORY / "lab" / "kinds").glob("*.sh"))
# What golden hosts are judged by. `strict` asks what the two others ask; with --all-kinds it is tried on every kind, too.
EACH_KIND = ("alliance", "ibm-hpvs")
STRICT_KINDS = ("debian12", "fedora")
# Debian 11 gets no security updates any more; nothing can be done to such a host to make it as required.
NOT_GOLDEN = {("debian11", "release-supported"): "fail"}
# Golden hosts have one network card, no web server and nothing else that speaks TLS; no host of the lab was set up by cloud-init.
WITHOUT_OBJECT = {
    *("firewall-openings-limited-to-interfaces", "first-boot-finished", "first-boot-no-password"),
    *("http-only-redirects", "web-offers-https", "tls-services-trusted"),
}


@dataclass(frozen=True)
class Proof:
    """One script, on one kind of host."""

    script: Path
    kind: str
    profile: str

    @property
    def recommendation(self) -> str:
        return self.script.parent.name

    @property
    def verdict(self) -> str:
        return self.script.name.split(".")[1]

    def __str__(self) -> str:
        return f"{self.recommendation}/{self.script.name.removesuffix('.sh')}-{self.kind}"


def headers(script: Path) -> dict[str, str]:
    """The `# name: value` lines that a script starts with."""
    return dict(re.findall(r"^# (hosts|profile|reason): *(.+)$", script.read_text(), re.MULTILINE))


def proofs(all_kinds: bool) -> list[Proof]:
    """All proofs, those of one kind of host together; each on the first kind of its header, or on all of them."""
    found = []
    for script in sorted(PROOFS.glob("*/*.sh")):
        said = headers(script)
        kinds = said.get("hosts", "").split()
        found += [Proof(script, kind, said.get("profile", "")) for kind in (kinds if all_kinds else kinds[:1])]
    return sorted(found, key=lambda p: (p.kind, p.profile))


def golden_hosts(all_kinds: bool) -> list[tuple[str, str]]:
    """(kind, profile) of the golden hosts that are judged, those of one kind together."""
    strict_kinds = KINDS if all_kinds else STRICT_KINDS
    return [(kind, profile) for kind in KINDS for profile in (*EACH_KIND, *(["strict"] if kind in strict_kinds else []))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    all_kinds = metafunc.config.getoption("all_kinds")
    if "proof" in metafunc.fixturenames:
        metafunc.parametrize("proof", proofs(all_kinds), ids=str)
    if "golden_host" in metafunc.fixturenames:
        metafunc.parametrize("golden_host", golden_hosts(all_kinds), ids="-".join)


def test_proof(proof, golden, tmp_path, record_property):
    host = golden(proof.kind, proof.profile)
    host.apply(proof.script)

    record = host.judge(tmp_path, f"--recommendations={proof.recommendation}")[proof.recommendation]

    assert record["reached"], record["reason"]  # what is unknown because nobody came proves nothing
    record_property("seen", record["verdict"])  # for the part `accuracy`, which counts
    record_property("reason", record["reason"])
    assert record["verdict"] == proof.verdict, f"{record['reason']}\n{record['evidence']}"
    assert re.search(headers(proof.script).get("reason", ""), record["reason"])


def test_a_golden_host_passes_everything_of_its_profile(golden_host, golden, tmp_path):
    kind, profile = golden_host
    records = golden(kind, profile).judge(tmp_path)

    usual = {name: "not_applicable" if name in WITHOUT_OBJECT else "pass" for name in records}
    wrong = {name: r["reason"] for name, r in records.items() if r["verdict"] != NOT_GOLDEN.get((kind, name), usual[name])}
    asked = profiles.load(REPOSITORY, profile, catalogue.load(REPOSITORY)).recommendations
    assert (wrong, set(records)) == ({}, set(asked))
