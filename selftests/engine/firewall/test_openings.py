"""What the openings of real rules are: whose they are, to whom they lead, and which rules open nothing."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from hostproof.errors import CannotTell
from hostproof.probes.firewall.openings import runs, shortest_prefix, written
from hostproof.probes.firewall.spans import Spans

DROP = "chain input { type filter hook input priority filter; policy drop;"


@pytest.fixture
def firewall(kernel):
    """Makes the probe for a host with these nft rules in the input chain of table f, and these chains beside it."""

    def loaded(rules: str, beside: str = ""):
        kernel.on_host("nft", "-f", "-", given=f"table inet f {{\n{beside}\n{DROP}\n{rules}\n}}\n}}\n")
        return kernel.firewall()

    return loaded


def opened(probe) -> list[str]:
    return sorted(f"{opening}{'' if opening.certain else ' perhaps'}" for opening in probe.openings)


def test_an_opening_names_ports_sources_and_rule(firewall):
    probe = firewall("ip saddr 10.1.0.0/16 tcp dport { 22, 80 } accept\nmeta l4proto ipv6-icmp accept")

    assert opened(probe) == [
        "icmp from anybody over IPv6 (l4proto ipv6-icmp accept (nft inet f, chain input))",
        "tcp 22, 80 from 10.1.0.0/16 over IPv4 (ip saddr 10.1.0.0/16 tcp dport { 22, 80 } accept (nft inet f, chain input))",
    ]


def test_what_is_dropped_before_is_not_opened(firewall):
    probe = firewall("ip saddr 10.1.128.0/17 drop\nip saddr 10.1.0.0/16 tcp dport 22-23 accept\nudp dport 53 drop")

    assert [str(o).partition(" over")[0] for o in probe.openings] == ["tcp 22-23 from 10.1.0.0/17"]
    assert [opening.spanned for opening in probe.openings] == [True]


def test_the_narrowest_of_two_tables_opens(firewall):
    early = "chain early { type filter hook input priority -10; policy drop;\naccept\n}"
    probe = firewall("tcp dport 443 accept", early)

    assert {opening.why for opening in probe.openings} == {"tcp dport 443 accept (nft inet f, chain input)"}


def test_a_policy_that_accepts_opens_what_no_rule_does(kernel):
    rules = "table ip f {\nchain input { type filter hook input priority 0; policy accept; tcp dport 22 accept\n}\n}"
    kernel.on_host("nft", "-f", "-", given=rules)

    found = {opening.named: opening for opening in kernel.firewall().openings if opening.family == "v4" and not opening.by_rule}

    assert set(found) == {"tcp", "udp", "icmp", "protocol 253"}
    assert "tcp 1-21, 23-65535 from anybody" in str(found["tcp"])
    assert found["protocol 253"].any_protocol


def test_protocols_that_rules_name_are_followed(firewall):
    probe = firewall("ip protocol gre accept\nsctp dport 5000 accept")

    assert [o.named + str(o.ports.bit_length()) for o in probe.openings if o.family == "v4"] == ["gre0", "sctp5001"]


def test_what_nat_sends_elsewhere_lands_there(kernel, firewall):
    nat = (
        "chain pre { type nat hook prerouting priority dstnat; policy accept;\n"
        "tcp dport 80 redirect to :8080\ntcp dport 5000 dnat ip to 172.17.0.2:443\n}\n"
        "chain forward { type filter hook forward priority filter; policy drop;\noifname docker0 accept\n}"
    )
    probe = firewall("tcp dport 8080 ct status dnat accept", nat)

    found = {opening.ports.bit_length() - 1: opening for opening in probe.openings if opening.family == "v4"}

    assert set(found) == {80, 5000}
    assert found[80].lands == 1 << 8080
    assert found[5000].lands is None
    assert found[80].unused({80}) is found[80]
    assert found[80].unused({8080}) is None
    assert found[5000].unused(set()) is None
    assert found[80].why == "tcp dport 80 redirect to :8080 (nft inet f, chain pre)"


@pytest.mark.parametrize(
    ("rules", "beside", "spanned"),
    [
        ("tcp dport 22 accept", "", False),
        ("tcp dport { 80, 81, 82 } accept", "", False),
        ("tcp dport 80-81 accept", "", True),
        ("tcp dport > 65530 accept", "", True),
        ("tcp dport != 22 accept", "", True),
        ("ip saddr 10.0.0.1 accept", "", True),
        ("tcp dport vmap { 80 : accept, 90-91 : accept }", "", True),
        ("tcp dport { 80, 81 } jump web", "chain web { ip saddr 10.0.0.0/8 accept\n}", False),
        ("tcp dport 80-81 jump web", "chain web { ip saddr 10.0.0.0/8 accept\n}", True),
        ("tcp dport 80-81 jump web", "chain web { tcp dport { 80, 81 } accept\n}", False),
        ("ip saddr . tcp dport { 10.0.0.1 . 80, 10.0.0.1 . 81 } accept", "", False),
        ("ip saddr . tcp dport { 10.0.0.1 . 80-85 } accept", "", True),
    ],
)
def test_whether_a_rule_names_each_port(firewall, rules, beside, spanned):
    probe = firewall(rules, beside)

    assert any(opening.spanned for opening in probe.openings) == spanned
    assert any(opening.unnamed([]) for opening in probe.openings) == spanned
    assert not any(opening.unnamed(["1-65535/tcp", "1-65535/udp"]) for opening in probe.openings if opening.ports)


def test_what_is_left_of_an_opening(firewall):
    opening = firewall("tcp dport { 22, 80, 443 } accept").openings[0]

    left = opening.beyond(["80/tcp", "22/udp", "icmp", "400-500/tcp"])

    assert (left.ports, left.lands) == (1 << 22, 1 << 22)
    assert left.beyond(["22/tcp"]) is None
    assert left.unused({80}) == left
    assert opening.unused({22, 443}).ports == 1 << 80


def test_a_range_by_many_rules_is_seen(firewall):
    probe = firewall("\n".join(f"tcp dport {port} accept" for port in (80, 443, 9000, 9001, 9002)))

    assert probe.runs_of_ports(3, []) == []
    assert probe.runs_of_ports(2, []) == [f"tcp 9000-9002 over IP{family}, port by port" for family in ("v4", "v6")]
    assert runs(probe.openings, 2, ["9000-9100/tcp"]) == []


def test_answers_of_dhcp_servers_are_no_opening(firewall):
    probe = firewall("udp sport 67 udp dport 68 accept\nip6 daddr fe80::/64 udp dport 546 accept\nudp dport 547 accept")

    assert {opening.ports.bit_length() - 1 for opening in probe.openings} == {547}


def test_strays_are_let_in_by_rules_that_ask_for_no_state(firewall):
    probe = firewall("tcp dport 22 ct state new accept\ntcp dport 80 accept\nct state invalid drop\ntcp dport 443 accept")

    assert {opening.ports for opening in probe.openings_for_strays} == {1 << 80}


def test_all_rules_together_say_who_reaches_a_port(firewall):
    probe = firewall(
        "ip saddr 10.1.0.0/17 tcp dport { 22, 80 } accept\nip saddr 10.1.128.0/17 tcp dport 22-23 accept\ntcp dport 443 accept"
    )

    found = {str(s).partition(" over")[0]: s.shortest_prefix for s in probe.senders(probe.openings) if s.family == "v4"}

    assert found == {
        "tcp 22 from 10.1.0.0/16": 16,
        "tcp 80 from 10.1.0.0/17": 17,
        "tcp 23 from 10.1.128.0/17": 17,
        "tcp 443 from anybody": 0,
    }


@pytest.mark.parametrize(
    ("networks", "length"),
    [
        (["10.0.0.0/8"], 8),
        (["10.0.0.0/9", "10.128.0.0/9"], 8),
        (["10.0.0.0/9", "10.129.0.0/16"], 9),
        (["10.0.0.1/32", "192.0.2.0/24"], 24),
        (["10.0.0.1/32", "10.0.0.2/32"], 32),
        (["169.254.0.0/16"], 32),
        (["0.0.0.0/1", "128.0.0.0/1"], 0),
        ([], 32),
    ],
)
def test_the_widest_network_of_several(networks, length):
    assert shortest_prefix(Spans.of(r for net in networks for r in Spans.network(net)), "v4") == length


def test_a_banned_address_makes_no_network_narrower():
    (first, last), hole = Spans.network("10.0.0.0/8").ranges[0], int(ip_network("10.77.0.1").network_address)

    assert shortest_prefix(Spans.of([(first, hole - 1), (hole + 1, last)]), "v4") == 8


def test_networks_are_written_as_a_person_writes_them():
    assert written(Spans.network("10.0.0.0/8"), "v4") == "10.0.0.0/8"
    assert written(Spans.network("fd00::/8"), "v6") == "fd00::/8"
    assert written(Spans.network("::/0"), "v6") == "anybody"
    assert written(Spans.of(r for n in range(9) for r in Spans.network(f"10.{2 * n}.0.0/16")), "v4").endswith("and more networks")


@pytest.mark.parametrize("mask", ["10.0.0.255 == 10.0.0.7", "255.0.255.0 == 10.0.5.0"])
def test_a_mask_that_is_no_prefix_is_not_guessed(firewall, mask):
    probe = firewall(f"ip saddr & {mask} tcp dport 22 accept")

    with pytest.raises(CannotTell, match="no prefix"):
        _ = probe.openings


def test_too_many_kinds_of_sources_are_not_evaluated_for_ever(firewall):
    probe = firewall("\n".join(f"ip saddr 10.{n}.0.0/16 tcp dport {1000 + n} accept" for n in range(256)))

    with pytest.raises(CannotTell, match="kinds of source addresses"):
        _ = probe.openings


@pytest.mark.parametrize(
    ("rules", "idle"),
    [
        ("drop\ntcp dport 22 accept", "tcp dport 22 accept"),
        ("tcp dport 20-30 drop\nip saddr 10.0.0.0/8 tcp dport 22 accept", "ip saddr 10.0.0.0/8 tcp dport 22 accept"),
        ("ip saddr 10.0.0.0/8 drop\nip saddr 10.1.2.3 udp dport 53 accept", "ip saddr 10.1.2.3 udp dport 53 accept"),
        ("ct state new drop\ntcp dport 22 ct state new accept", "tcp dport 22 ct state new accept"),
        ("iifname ens3 tcp dport 22 accept", "iifname ens3 tcp dport 22 accept"),
        ("tcp dport 22 accept\ntcp dport { 22, 80 } accept", ""),
        ("tcp dport 22 accept\ntcp dport 22 accept", ""),
        ("accept\ntcp dport 22 accept", ""),
        ("ct state established accept\ndrop", ""),
        ("iifname tun0 tcp dport 22 accept", ""),
        ("iifname { ens3, eth0 } tcp dport 22 accept", ""),
        ("iifname lo accept\ndrop", ""),
        ("tcp dport != 22 return\naccept", ""),
        ("limit rate over 5/second drop\ntcp dport 22 accept", ""),
        ("ip daddr 224.0.0.251 udp dport 5353 accept", ""),
        ("tcp flags & (fin|syn|rst|ack) == syn drop\ntcp dport 1024-65535 accept", ""),
    ],
)
def test_rules_that_open_nothing_are_named(firewall, rules, idle):
    found = firewall(rules).idle_rules

    assert [text.partition(" (nft")[0] for text in found] == ([idle] if idle else [])


def test_every_interface_that_leads_to_others_counts(kernel, firewall):
    kernel.on_host("ip", "route", "add", "default", "via", "198.51.100.1", "dev", "eth1", "metric", "500")
    try:
        probe = firewall("tcp dport 22 accept\niifname eth1 tcp dport 80 accept\nip saddr 10.0.0.0/8 tcp dport 443 accept")
        assert probe.interfaces("v4") == ["eth0", "eth1"]
        ports = {port: probe.by_every_interface("v4", "tcp", port).from_anywhere for port in (22, 80, 443)}
        assert ports == {22: "yes", 80: "no", 443: "no"}
    finally:
        kernel.on_host("ip", "route", "del", "default", "dev", "eth1")
