"""The questions that tests ask, put to a host that really has such rules, addresses and routes."""

from __future__ import annotations

import pytest

from hostproof.errors import CannotTell
from hostproof.probes.firewall import Access, Gates

DROP = "chain input { type filter hook input priority filter; policy drop;"
EVERYTHING = ((1, 65535),)


@pytest.fixture
def firewall(kernel):
    """Makes the probe for a host with these nft rules."""

    def loaded(rules: str, without: str = ""):
        kernel.on_host("nft", "-f", "-", given=rules)
        return kernel.firewall(without)

    return loaded


def test_a_host_without_rules_is_open(firewall):
    probe = firewall("")

    assert probe.families == ["v4", "v6"]
    for family in probe.families:
        assert probe.open_to_anyone(family, "tcp").some == EVERYTHING
        assert probe.lets_in(family, "tcp", 22) == Access("yes", "no firewall rule applies")
        assert probe.closed_outwards(family, "udp") == Gates(family, "udp")


def test_reasons_name_the_rule_or_the_policy(firewall):
    probe = firewall(f"table inet f {{\n{DROP} tcp dport {{ 80, 443 }} accept\n}}\n}}")

    assert probe.lets_in("v6", "tcp", 443) == Access("yes", "tcp dport { 80, 443 } accept (nft inet f, chain input)")
    assert probe.lets_in("v4", "tcp", 22) == Access("no", "policy drop (nft inet f, chain input)")
    assert str(probe.open_to_anyone("v4", "tcp")) == (
        "tcp 80, 443 over IPv4 (tcp dport { 80, 443 } accept (nft inet f, chain input))"
    )


@pytest.mark.parametrize(
    ("source", "anywhere"),
    [
        ("ip saddr 203.0.113.0/24", "no"),
        ("ip saddr 10.0.0.0/8", "no"),
        ("ip saddr 8.8.0.0/16", "no"),
        ("ip saddr 8.8.0.0/15", "yes"),
        ("ip saddr 0.0.0.0/1", "yes"),
        ("ip saddr 1.0.0.0-9.255.255.255", "yes"),
        ("ip saddr { 8.8.8.8, 9.0.0.0/8 }", "yes"),
        ("ip saddr != 10.0.0.0/8", "yes"),
        ("ip saddr != 0.0.0.0/0", "no"),
        ("ip saddr & 0.0.0.1 == 0.0.0.1", "yes"),
        ("meta nfproto ipv4", "yes"),
        ("ip6 saddr ::/0", "no"),
    ],
)
def test_from_anywhere_means_a_wide_and_public_range(firewall, source, anywhere):
    probe = firewall(f"table inet f {{\n{DROP} {source} tcp dport 22 accept\n}}\n}}")

    assert probe.lets_in("v4", "tcp", 22).from_anywhere == anywhere


@pytest.mark.parametrize(
    ("rules", "somebody"),
    [
        ("tcp dport 22 accept", "yes"),
        ("ip saddr 10.0.0.0/8 tcp dport 22 accept", "yes"),
        ("ip saddr 8.8.8.8 tcp dport 22 accept", "yes"),
        ("ip saddr 8.8.8.0/24 drop; ip saddr 8.8.8.8 tcp dport 22 accept", "no"),
        ("ip saddr 8.8.8.128/25 drop; ip saddr 8.8.8.0/24 tcp dport 22 accept", "yes"),
        ("ip saddr 8.8.8.128/25 tcp dport 22 drop; ip saddr 8.8.8.0/25 tcp dport 23 drop; ip saddr 8.8.8.0/24 accept", "yes"),
        ("ip saddr 127.0.0.0/8 tcp dport 22 accept", "no"),
        ("ip saddr 10.0.0.0/8 tcp dport 23 accept", "no"),
        ("ip6 saddr fe80::/10 tcp dport 22 accept", "no"),
    ],
)
def test_somebody_may_be_a_single_machine(firewall, rules, somebody):
    probe = firewall(f"table inet f {{\n{DROP} {rules}\n}}\n}}")

    assert probe.lets_somebody_in("v4", "tcp", 22).from_anywhere == somebody


def test_somebody_may_be_on_the_link(firewall):
    probe = firewall(f"table inet f {{\n{DROP} ip6 saddr fe80::/10 tcp dport 22 accept\n}}\n}}")

    assert probe.lets_in("v6", "tcp", 22).from_anywhere == "no"
    assert probe.lets_somebody_in("v6", "tcp", 22).from_anywhere == "yes"


def test_a_wide_range_dropped_first_does_not_hide_the_rest(firewall):
    rules = "ip saddr 0.0.0.0/1 drop\nip saddr { 128.0.0.0/2, 224.0.0.0/3 } drop\ntcp dport 22 accept"
    probe = firewall(f"table inet f {{\n{DROP} {rules}\n}}\n}}")

    assert probe.lets_in("v4", "tcp", 22).from_anywhere == "yes"


def test_halves_that_are_dropped_on_different_ports_are_told_apart(firewall):
    rules = "ip saddr 0.0.0.0/1 tcp dport 22 drop\nip saddr 128.0.0.0/1 tcp dport 80 drop\ntcp dport { 22, 80 } accept"
    probe = firewall(f"table inet f {{\n{DROP} {rules}\n}}\n}}")

    assert probe.open_to_anyone("v4", "tcp").some == ((22, 22), (80, 80))


def test_the_most_open_interface_counts(kernel, firewall):
    kernel.on_host("ip", "route", "add", "default", "via", "198.51.100.1", "dev", "eth1", "metric", "500")
    try:
        probe = firewall(f'table inet f {{\n{DROP} iifname "eth1" tcp dport 22 accept\n}}\n}}')
        assert probe.lets_in("v4", "tcp", 22).from_anywhere == "yes"
    finally:
        kernel.on_host("ip", "route", "del", "default", "dev", "eth1")


def test_containers_behind_a_bridge_are_not_outside(kernel, firewall):
    kernel.on_host("ip", "link", "add", "br0", "type", "bridge")
    kernel.on_host("ip", "link", "set", "br0", "up")
    try:
        probe = firewall(f'table inet f {{\n{DROP} iifname "br0" accept\n}}\n}}')
        assert probe.lets_in("v4", "tcp", 22).from_anywhere == "no"
    finally:
        kernel.on_host("ip", "link", "del", "br0")


@pytest.mark.parametrize(
    ("address", "anywhere"),
    [
        (None, "yes"),
        ("192.0.2.10", "yes"),
        ("::ffff:192.0.2.10", "yes"),
        ("198.51.100.10", "no"),
        ("127.0.0.1", "no"),
        ("169.254.3.4", "no"),
        ("0.0.0.0", "yes"),  # noqa: S104
    ],
)
def test_the_address_that_a_service_is_bound_to(firewall, address, anywhere):
    probe = firewall(f"table inet f {{\n{DROP} ip daddr 192.0.2.10 tcp dport 22 accept\n}}\n}}")

    assert probe.lets_in("v4", "tcp", 22, local_address=address).from_anywhere == anywhere


def test_a_port_is_open_when_another_is_redirected_to_it(firewall):
    nat = "chain pre { type nat hook prerouting priority dstnat; policy accept; tcp dport 13306 redirect to :3306\n}"
    probe = firewall(f"table ip f {{\n{nat}\n{DROP} ct status dnat accept\n}}\n}}")

    assert probe.lets_in("v4", "tcp", 3306) == Access("yes", "tcp dport 13306 redirect to :3306 (nft ip f, chain pre)")
    assert probe.lets_in("v4", "tcp", 13306).from_anywhere == "yes"
    assert probe.lets_in("v4", "tcp", 3307).from_anywhere == "no"


def test_a_published_container_port_is_open_though_input_denies_it(kernel, firewall):
    kernel.on_host("iptables-nft-restore", given=DOCKER)
    probe = kernel.firewall()

    found = probe.lets_in("v4", "tcp", 8080)

    assert (found.from_anywhere, "-o docker0" in found.why) == ("yes", True)
    assert probe.lets_in("v4", "tcp", 80).from_anywhere == "no"
    assert probe.open_to_anyone("v4", "tcp").some == ((8080, 8080),)


DOCKER = """*nat
:PREROUTING ACCEPT
:DOCKER -
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
COMMIT
*filter
:INPUT DROP
:FORWARD DROP
:DOCKER -
-A FORWARD -o docker0 -j DOCKER
-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
COMMIT
"""


def test_ipv6_that_is_switched_off_is_not_judged(kernel, firewall):
    for interface in ("eth0", "eth1", "docker0"):
        kernel.on_host("sysctl", "-qw", f"net.ipv6.conf.{interface}.disable_ipv6=1")
    try:
        probe = firewall("")
        assert probe.families == ["v4"]
        assert probe.lets_in("v6", "tcp", 22) == Access("no", "nothing leads to this host over IPv6")
        assert probe.open_to_anyone("v6", "tcp") == Gates("v6", "tcp")
    finally:
        kernel.configure()


def test_without_nft_a_drop_is_sure_and_an_accept_is_not(kernel, firewall):
    kernel.on_host(
        "iptables-legacy-restore", given="*filter\n:INPUT DROP\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n"
    )
    probe = kernel.firewall(without="nft")

    assert probe.lets_in("v4", "tcp", 23) == Access("no", "policy drop (iptables-legacy filter, chain INPUT)")
    assert probe.lets_in("v4", "tcp", 22).from_anywhere == "perhaps"
    assert "not found on this host" in probe.lets_in("v4", "tcp", 22).why
    assert probe.open_to_anyone("v6", "tcp").may == EVERYTHING
    assert not any(opening.certain for opening in probe.openings)
    with pytest.raises(CannotTell, match="not found on this host"):
        _ = probe.idle_rules


def test_who_is_not_root_cannot_look(kernel):
    probe = kernel.firewall()
    probe.host.connection.user_id = 1000

    with pytest.raises(CannotTell, match="needs root"):
        probe.open_to_anyone("v4", "tcp")


def test_looking_makes_the_kernel_load_no_legacy_table(kernel):
    before = kernel.on_host("sh", "-c", "cat /proc/net/ip_tables_names /proc/net/ip6_tables_names")
    kernel.firewall().open_to_anyone("v4", "tcp")

    assert kernel.on_host("sh", "-c", "cat /proc/net/ip_tables_names /proc/net/ip6_tables_names") == before


def test_each_question_leaves_its_evidence(firewall):
    probe = firewall("table inet f {\nchain c { drop\n}\n}")
    probe.open_to_anyone("v4", "tcp")
    probe.host.evidence.start()
    probe.lets_in("v4", "tcp", 22)

    shown = {piece["command"].splitlines()[0]: piece["output"] for piece in probe.host.evidence.as_json()}
    assert "rule inet f c: drop" in shown["# nft -j list ruleset"]
    assert {"# ip -j address, default routes, and whether the kernel forwards and speaks IPv6"} < shown.keys()
