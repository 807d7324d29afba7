"""The rule sets in rulesets/, and real packets: the kernel does with each what we say it does.

A file's suffix says which tool loads it: `.nft`, or `.v4` and `.v6` for both variants of iptables. Where we may answer
"perhaps", the file's first line says why; everywhere else every answer is certain.
"""

from __future__ import annotations

from pathlib import Path

import pytest

RULESETS = Path(__file__).parent / "rulesets"
IPTABLES = {".v4": "iptables", ".v6": "ip6tables"}


def names(*suffixes: str) -> list[str]:
    return sorted(path.name for path in RULESETS.iterdir() if path.suffix in suffixes)


@pytest.mark.parametrize("name", names(".nft"))
def test_nftables(name, kernel, compare, check_openings):
    agrees(name, kernel, compare, check_openings, "nft", "-f", "-")


@pytest.mark.parametrize("name", names(".v4", ".v6"))
@pytest.mark.parametrize("variant", ["nft", "legacy"])
def test_iptables(name, variant, kernel, compare, check_openings):
    agrees(name, kernel, compare, check_openings, f"{IPTABLES[Path(name).suffix]}-{variant}-restore")


@pytest.mark.parametrize("variant", ["nft", "legacy"])
def test_ipsets(variant, kernel, compare):
    sets = """
create admins hash:net family inet
add admins 10.0.0.0/8
add admins 10.1.2.0/24 nomatch
create doors hash:net,port family inet
add doors 8.0.0.0/8,tcp:22
add doors 150.0.0.0/8,udp:53
create ports bitmap:port range 0-65535
add ports 8080
create all list:set
add all admins
"""
    rules = """*filter
:INPUT DROP
-A INPUT -m set --match-set all src -p tcp -m tcp --dport 443 -j ACCEPT
-A INPUT -m set --match-set doors src,dst -j ACCEPT
-A INPUT -p tcp -m set ! --match-set admins src -m set --match-set ports dst -j ACCEPT
COMMIT
"""
    kernel.on_host("ipset", "restore", given=sets)
    try:
        kernel.on_host(f"iptables-{variant}-restore", given=rules)
        incoming, _ = compare()
    finally:
        kernel.clear()
        kernel.on_host(
            "sh", "-c", "ipset flush; for n in 1 2 3 4 5 6 7 8 9; do ipset destroy && exit; sleep 0.2; done; exit 1"
        )

    assert incoming.disagreements == []
    assert (incoming.doubts, any(incoming.passed)) == (0, True)


def agrees(name, kernel, compare, check_openings, *tool):
    rules = (RULESETS / name).read_text()
    kernel.on_host(*tool, given=rules)

    incoming, outgoing = compare()

    assert incoming.disagreements + outgoing.disagreements + check_openings(incoming) == []
    assert not incoming.doubts + outgoing.doubts or rules.startswith("# perhaps: ")
