"""What `host.iptables` says of nftables' own rules: iptables, given these lines, lets the same packets in and out.

Where iptables has no words, nothing is said; WORDLESS holds why, so that no rule set falls silent unnoticed.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from hostproof.errors import CannotTell
from hostproof.modules.iptables import Iptables

RULESETS = Path(__file__).parent / "rulesets"
ELSEWHERE = ("hook prerouting", "hook ingress", "hook postrouting")  # not in iptables' table `filter`
NATIVE = sorted(path.name for path in RULESETS.glob("*.nft") if not any(hook in path.read_text() for hook in ELSEWHERE))
TOOLS = {4: "iptables-nft-restore", 6: "ip6tables-nft-restore"}
WORDLESS = {
    "family-then-kind-of-address.nft": "(daddr type)",
    "flags-and-fragments.nft": "(tcp flags)",
    "limited-rate.nft": "(rate)",
    "marks-that-no-rule-sets.nft": "(a mark)",
    "redirected.nft": "(the port before NAT)",
    "two-comparisons-in-a-row.nft": "(merged comparisons)",
    "two-tables-both-must-let-in.nft": "decide one after the other: nft ip first input and nft inet second input",
    "verdict-maps-and-sets.nft": "(alternatives)",
}


def rules_of(firewall):
    """`host.iptables.rules` of a host with this firewall."""
    return Iptables.get_module(SimpleNamespace(firewall=firewall)).rules


def as_saved(lines: list[str]) -> str:
    """What `iptables -S` prints, as iptables-restore takes it."""
    chains = {"-P": ":{} {}", "-N": ":{} -"}
    heads = [chains[line[:2]].format(*line.split()[1:]) for line in lines if line[:2] in chains]
    rules = [line for line in lines if line.startswith("-A")]
    return "\n".join(["*filter", *heads, *rules, "COMMIT", ""])


@pytest.mark.parametrize("name", sorted(set(NATIVE) - WORDLESS.keys()))
def test_the_kernel_does_the_same_with_these_words(name, kernel, compare):
    kernel.on_host("nft", "-f", "-", given=(RULESETS / name).read_text())
    native = compare()
    said = {version: rules_of(kernel.firewall())("filter", version=version) for version in TOOLS}
    kernel.clear()
    for version, lines in said.items():
        kernel.on_host(TOOLS[version], given=as_saved(lines))
    translated = compare()

    for before, after in zip(native, translated, strict=True):
        differing = [p for p, one, other in zip(before.packets, before.passed, after.passed, strict=True) if one != other]
        assert not differing, said


@pytest.mark.parametrize("name", WORDLESS)
def test_nothing_is_said_where_iptables_has_no_words(name, kernel):
    kernel.on_host("nft", "-f", "-", given=(RULESETS / name).read_text())

    with pytest.raises(CannotTell, match=re.escape(WORDLESS[name])):
        rules_of(kernel.firewall())()


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("variant", ["nft", "legacy"])
def test_what_iptables_wrote_is_as_it_lists_it(variant, version, kernel):
    name, tool = f"classic.v{version}", {4: "iptables", 6: "ip6tables"}[version]
    kernel.on_host(f"{tool}-{variant}-restore", given=(RULESETS / name).read_text())
    rules = rules_of(kernel.firewall())

    for table in ("filter", "mangle", "nat"):
        listed = kernel.on_host(f"{tool}-{variant}", "-t", table, "-S").splitlines()
        assert rules(table, version=version) == listed
    listed = kernel.on_host(f"{tool}-{variant}", "-S", "INPUT").splitlines()
    assert rules("filter", "INPUT", version=version) == listed
    assert len(listed) > 1


def test_no_rules_at_all_let_everything_pass(kernel):
    assert rules_of(kernel.firewall())() == ["-P INPUT ACCEPT", "-P FORWARD ACCEPT", "-P OUTPUT ACCEPT"]


BLOCKING = """
table inet blocked {
    set many { type ipv4_addr; elements = { 192.0.2.1, 198.51.100.7 }; }
    chain first { type filter hook input priority -1; policy accept;
        tcp dport 22 ip saddr @many reject
    }
}
"""


@pytest.mark.parametrize("variant", ["nft", "legacy"])
def test_what_only_drops_comes_before_what_iptables_lets_in(variant, kernel):
    kernel.on_host("nft", "-f", "-", given=BLOCKING)
    lets_in = "*filter\n:INPUT DROP\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT\n"
    kernel.on_host(f"iptables-{variant}-restore", given=lets_in)

    assert rules_of(kernel.firewall())("filter", "INPUT") == [
        "-P INPUT DROP",
        "-A INPUT -s 192.0.2.1/32 -p tcp -m tcp --dport 22 -j REJECT",
        "-A INPUT -s 198.51.100.7/32 -p tcp -m tcp --dport 22 -j REJECT",
        "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT",
    ]


def test_two_tools_that_both_decide_are_not_told_as_one(kernel):
    for variant in ("nft", "legacy"):
        kernel.on_host(f"iptables-{variant}-restore", given="*filter\n:INPUT DROP\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n")

    with pytest.raises(CannotTell, match=r"one after the other: .*iptables-legacy filter INPUT"):
        rules_of(kernel.firewall())("filter", "INPUT")


INPUT = "type filter hook input priority 0;"
NAT = "type nat hook prerouting priority -100;"


@pytest.mark.parametrize(
    ("rules", "table", "chain", "reason"),
    [
        (f"table ip n {{ chain c {{ {NAT} tcp dport 80 redirect to :8080; }}; }}", "nat", None, "NAT"),
        ("", "filter", "nope", "there is no chain nope"),
        ("", "nope", None, "no table nope"),
        (f"table inet f {{ chain nope {{ {INPUT} policy drop; }}; }}", "filter", "nope", "there is no chain nope"),
        (f"table inet f {{ chain ACCEPT {{ drop; }}; chain c {{ {INPUT} jump ACCEPT; }}; }}", "filter", None, "called ACCEPT"),
    ],
)
def test_what_cannot_be_said_is_not_told(rules, table, chain, reason, kernel):
    kernel.on_host("nft", "-f", "-", given=rules)

    with pytest.raises(CannotTell, match=reason):
        rules_of(kernel.firewall())(table, chain)


def test_rules_that_cannot_be_listed_are_not_taken_for_none(kernel):
    with pytest.raises(CannotTell, match="not found"):
        rules_of(kernel.firewall(without="nft"))()
