"""Random firewalls, and real packets: whatever rules the kernel takes, we say about them what it does."""

from __future__ import annotations

import json
from random import Random

import pytest

from hostproof.probes.firewall.nft_text import statement_text

PORTS = (22, 53, 80, 443, 999, 1000, 2000, 8080, 65535)
NETS4 = ("8.8.8.8", "8.0.0.0/8", "0.0.0.0/1", "10.0.0.0/8", "10.1.2.0/24", "203.0.113.0/28", "128.0.0.0/1")
NETS6 = ("2a00:1450::8", "2a00::/16", "2000::/3", "fd00::/8", "2001:db8:99::/48", "8000::/1")
OWN4, OWN6 = ("192.0.2.10", "198.51.100.0/24"), ("2001:db8:1::10", "2001:db8:2::/64")


class Nft:
    """One nftables rule set: a table or two, chains that jump to later ones, named sets and maps."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.sets: list[str] = []

    def text(self) -> str:
        return "\n".join(self._table(number) for number in range(self.random.choice((1, 1, 2))))

    def _table(self, number: int) -> str:
        pick = self.random.choice
        self.family = pick(("inet", "inet", "inet", "ip", "ip6"))
        self.v4, self.v6 = self.family != "ip6", self.family != "ip"
        chains = [f"c{n}" for n in range(self.random.randrange(4))]
        lines = [f"table {self.family} t{number} {{", *self._sets()]
        for at, chain in enumerate(chains):
            lines += [f"chain {chain} {{", *self._rules(chains[at + 1 :]), "}"]
        hooks = [("input", pick(("filter", "filter", "10", "-150")))]
        if pick((0, 0, 1)):
            hooks.append(("prerouting", pick(("-150", "-300", "-100", "0"))))
        for hook, priority in hooks:
            policy = pick(("accept", "drop"))
            lines.append(f"chain base_{hook} {{ type filter hook {hook} priority {priority}; policy {policy};")
            lines += [*self._rules(chains), "}"]
        if pick((0, 0, 0, 1)):
            lines.append("chain base_nat { type nat hook prerouting priority -100; policy accept;")
            lines += [self._redirect() for _ in range(2)]
            lines.append("}")
        return "\n".join([*lines, "}"])

    def _sets(self) -> list[str]:
        some = self.random.sample
        lines, interval = [], "flags interval; auto-merge"
        if self.v4:
            lines.append(f"set n4 {{ type ipv4_addr; {interval}; elements = {{ {', '.join(some(NETS4, 2))} }}; }}")
            lines.append(
                "set c4 { type ipv4_addr . inet_service; flags interval; "
                f"elements = {{ 8.0.0.0/8 . 20-90, 10.1.2.3 . {self.random.choice(PORTS)} }}; }}"
            )
        if self.v6:
            lines.append(f"set n6 {{ type ipv6_addr; {interval}; elements = {{ {', '.join(some(NETS6, 2))} }}; }}")
        ports = ", ".join(map(str, some(PORTS, 3)))
        lines.append(f"set p {{ type inet_service; flags interval; elements = {{ {ports}, 3000-4000 }}; }}")
        return lines

    def _rules(self, chains: list[str]) -> list[str]:
        return [self._rule(chains) for _ in range(self.random.randrange(1, 6))]

    def _rule(self, chains: list[str]) -> str:
        pick = self.random.choice
        if pick((0,) * 7 + (1,)):
            return self._vmap(chains)
        matches = [pick(self._matches()) for _ in range(pick((0, 1, 1, 1, 2, 2, 3)))]
        verdicts = [
            "accept",
            "accept",
            "drop",
            "drop",
            "return",
            "reject",
            "counter",
            "continue",
            'log prefix "x" accept',
            "meta mark set 0x10",
            "reject with icmpx admin-prohibited",
            "ct mark set 0x3",
        ]
        verdicts += [f"jump {chain}" for chain in chains] * 2 + [f"goto {chain}" for chain in chains]
        return " ".join([*matches, pick(verdicts)])

    def _port(self) -> str:
        pick = self.random.choice
        return pick(
            (
                str(pick(PORTS)),
                str(pick(PORTS)),
                f"!= {pick(PORTS)}",
                "1-1024",
                "!= 20-90",
                "@p",
                "!= @p",
                "> 1000",
                "<= 80",
                f"{{ {pick(PORTS)}, 500-1000 }}",
                f"!= {{ 22, 400-{pick((500, 1000))} }}",
            )
        )

    def _matches(self) -> list[str]:
        pick = self.random.choice
        found = [
            f"tcp dport {self._port()}",
            f"udp dport {self._port()}",
            f"th dport {self._port()}",
            "tcp sport >= 1024",
            "meta l4proto tcp",
            "meta l4proto != udp",
            "meta l4proto { tcp, udp }",
            "meta l4proto { icmp, ipv6-icmp }",
            f"meta l4proto {{ tcp, udp }} th dport {self._port()}",
            'iifname "eth0"',
            'iifname != "eth0"',
            'iifname "eth*"',
            'iifname { "eth1", "lo" }',
            "iif eth1",
            "iif lo",
            "ct state new",
            "ct state established,related",
            "ct state != new",
            "ct state { new, untracked }",
            "ct state invalid",
            "ct state & (new|established) == new",
            "ct status dnat",
            "ct direction original",
            "ct state != established,related",
            "tcp flags & (fin|syn|rst|ack) == syn",
            "tcp flags syn",
            "tcp flags != syn",
            "tcp flags { ack, rst }",
            "meta mark 0x10",
            "meta mark & 0xf0 == 0x10",
            "meta mark 0x77",
            "ct mark & 3 != 0",
            "meta pkttype host",
            "fib daddr type local",
            "fib daddr type != local",
            "fib saddr . iif oif missing",
            "fib saddr . iif oif exists",
            "limit rate 1/hour",
            "limit rate over 1/hour",
            "tcp sport 53",
            "meta length > 10",
            "meta skuid 0",
            "fib daddr . iif type local",
            "fib daddr . iif type != { local, multicast }",
            "numgen random mod 2 0",
            f"ct original proto-dst {pick(PORTS)}",
            "meta iifname . meta l4proto { eth0 . tcp, eth1 . udp }",
            f"tcp dport . meta iifname {{ {pick(PORTS)} . eth0, {pick(PORTS)} . eth1 }}",
        ]
        found = [m if "ct original" not in m else "meta l4proto tcp " + m for m in found]
        if self.v4:
            found += [
                f"ip saddr {pick(NETS4)}",
                f"ip saddr != {pick(NETS4)}",
                "ip saddr @n4",
                "ip saddr != @n4",
                "ip ttl > 3",
                f"ip daddr {pick(OWN4)}",
                f"ip daddr != {pick(OWN4)}",
                "ip saddr 8.8.0.0-10.1.2.255",
                "ip protocol udp",
                "ip saddr . tcp dport @c4",
                "ip saddr . tcp dport != @c4",
                "ip frag-off & 0x1fff != 0",
                "icmp type echo-request",
                "icmp type { destination-unreachable, time-exceeded }",
                "ip saddr & 255.0.0.0 == 10.0.0.0",
                "ip version 4",
                "ip saddr . ip daddr { 8.8.8.8 . 192.0.2.10 }",
            ]
        if self.v6:
            found += [
                f"ip6 saddr {pick(NETS6)}",
                f"ip6 saddr != {pick(NETS6)}",
                "ip6 saddr @n6",
                f"ip6 daddr {pick(OWN6)}",
                f"ip6 daddr != {pick(OWN6)}",
                "ip6 nexthdr tcp",
                "icmpv6 type echo-request",
                "ip6 hoplimit 255",
                "icmpv6 type { nd-neighbor-solicit, nd-router-advert }",
            ]
        if self.family == "inet":
            found += ["meta nfproto ipv4", "meta nfproto ipv6", "meta nfproto != ipv4", "meta protocol ip"] * 2
        return found

    def _vmap(self, chains: list[str]) -> str:
        pick = self.random.choice
        verdicts = [
            "accept",
            "drop",
            "return",
            "continue",
            *(f"jump {chain}" for chain in chains),
            *(f"goto {c}" for c in chains),
        ]
        maps = [
            f"tcp dport vmap {{ 22 : {pick(verdicts)}, 500-1000 : {pick(verdicts)}, 8080 : {pick(verdicts)} }}",
            f"meta l4proto vmap {{ tcp : {pick(verdicts)}, udp : {pick(verdicts)} }}",
            f"iifname vmap {{ eth0 : {pick(verdicts)}, lo : accept }}",
            f"ct state vmap {{ established : accept, invalid : drop, new : {pick(verdicts)} }}",
            f"iifname . th dport vmap {{ eth0 . 53 : {pick(verdicts)}, eth1 . 1000 : {pick(verdicts)} }}",
            f"meta l4proto . th dport vmap {{ tcp . 443 : {pick(verdicts)}, udp . 53 : {pick(verdicts)} }}",
            f"udp dport vmap {{ 53 : {pick(verdicts)}, * : {pick(verdicts)} }}",
        ]
        if self.v4:
            maps.append(f"ip saddr vmap {{ 10.0.0.0/8 : {pick(verdicts)}, 8.0.0.0/7 : {pick(verdicts)} }}")
            maps.append(f"ip saddr . tcp dport vmap {{ 8.0.0.0/8 . 1-1000 : {pick(verdicts)}, 10.1.2.3 . 22 : drop }}")
        if self.v6:
            maps.append(f"ip6 saddr vmap {{ fd00::/8 : {pick(verdicts)}, 2a00::/12 : {pick(verdicts)} }}")
        return pick(maps)

    def _redirect(self) -> str:
        pick = self.random.choice
        targets = [f"redirect to :{pick(PORTS)}", "redirect"]
        if self.v4:
            targets += [
                f"ip daddr 192.0.2.10 dnat {'ip ' * (self.family == 'inet')}to 172.17.0.2:{pick(PORTS)}",
                f"dnat {'ip ' * (self.family == 'inet')}to 198.51.100.10",
            ]
        return f"{pick(('tcp', 'udp'))} dport {pick((str(pick(PORTS)), '500-1000'))} {pick(targets)}"


class Iptables:
    """One iptables-restore input for the tables filter, raw and sometimes nat, of one family."""

    def __init__(self, random: Random, family: str) -> None:
        self.random, self.v6 = random, family == "v6"
        self.nets = [net for net in (NETS6 if self.v6 else NETS4) if net not in ("128.0.0.0/1", "8000::/1")]

    def text(self) -> str:
        lines = []
        for table, hook in (
            ("raw", "PREROUTING"),
            ("mangle", "PREROUTING"),
            ("nat", "PREROUTING"),
            ("filter", "INPUT"),
        ):
            if table == "filter" or self.random.randrange(3) == 0:
                lines += self._table(table, hook)
        return "\n".join(lines) + "\n"

    def _table(self, table: str, hook: str) -> list[str]:
        pick = self.random.choice
        chains = [] if table == "nat" else [f"u{n}" for n in range(self.random.randrange(4))]
        policy = pick(("ACCEPT", "DROP")) if table == "filter" else "ACCEPT"
        lines = [f"*{table}", f":{hook} {policy} [0:0]", *(f":{chain} - [0:0]" for chain in chains)]
        if table == "nat":
            return [*lines, *(self._nat(hook) for _ in range(2)), "COMMIT"]
        for at, chain in enumerate([*chains, hook]):
            after = chains[at + 1 :] if chain != hook else chains
            lines += [self._rule(table, chain, after) for _ in range(self.random.randrange(1, 7))]
        return [*lines, "COMMIT"]

    def _rule(self, table: str, chain: str, chains: list[str]) -> str:
        pick = self.random.choice
        protocol, matches = pick(self._protocols())
        parts = [f"-A {chain}", pick(self._heads()), protocol, pick(matches)]
        extra = [m for m in self._extras(table) if not ("-m icmp" in m and protocol)]
        parts += [pick(extra) for _ in range(pick((0, 0, 1, 2)))]
        targets = ["-j ACCEPT", "-j ACCEPT", "-j DROP", "-j DROP", "-j RETURN", "", "-j LOG"]
        if table == "filter":
            targets.append("-j REJECT")
        if table == "mangle":
            targets.append("-j MARK --set-xmark 0x10/0xf0")
        if table == "raw":
            targets.append("-j NOTRACK")
        targets += [f"-j {c}" for c in chains] * 2 + [f"-g {c}" for c in chains]
        return " ".join(filter(None, [*parts, pick(targets)]))

    def _nat(self, hook: str) -> str:
        pick = self.random.choice
        inner = "[fd00:17::2]" if self.v6 else "172.17.0.2"
        target = pick(
            (f"REDIRECT --to-ports {pick(PORTS)}", "REDIRECT", f"DNAT --to-destination {inner}:{pick(PORTS)}")
        )
        local = pick(("", "-m addrtype --dst-type LOCAL", "! -i docker0"))
        if local.startswith("!"):
            return f"-A {hook} {local} -p tcp -m tcp --dport {pick(PORTS)} -j {target}"
        return f"-A {hook} -p {pick(('tcp', 'udp'))} --dport {pick(PORTS)} {local} -j {target}"

    def _heads(self) -> list[str]:
        pick = self.random.choice
        own = OWN6 if self.v6 else OWN4
        return [
            "",
            "",
            "",
            f"-s {pick(self.nets)}",
            f"! -s {pick(self.nets)}",
            f"-d {pick(own)}",
            f"! -d {pick(own)}",
            "-i eth0",
            "! -i eth0",
            "-i eth+",
            "-i lo",
            f"-s {pick(self.nets)} -i eth1",
        ]

    def _protocols(self) -> list[tuple[str, list[str]]]:
        pick = self.random.choice
        port = pick((str(pick(PORTS)), "1:1024", "500:1000", ":80", "1000:"))
        ports = [
            f"--dport {port}",
            f"! --dport {port}",
            f"-m multiport --dports 22,{pick(PORTS)},500:1000",
            "",
            f"-m multiport ! --dports {pick(PORTS)}",
            "--sport 1024:65535",
            "--sport 53",
            "-m multiport --ports 22,80",
        ]
        flags = ["--syn", "! --syn", "--tcp-flags SYN,ACK SYN", "--tcp-flags ALL NONE", "--tcp-flags SYN,RST SYN,RST"]
        icmp = (
            "ipv6-icmp",
            ["", "-m icmp6 --icmpv6-type 128", "-m icmp6 ! --icmpv6-type 128", "-m icmp6 --icmpv6-type 1"],
        )
        if not self.v6:
            icmp = ("icmp", ["", "-m icmp --icmp-type 8", "-m icmp ! --icmp-type 8", "-m icmp --icmp-type 3/4"])
        return [
            ("", [""]),
            ("-p tcp -m tcp", ports + flags),
            ("-p udp -m udp", ports),
            (f"-p {icmp[0]}", icmp[1]),
            ("! -p tcp", [""]),
            ("-p 132", [""]),
        ]

    def _extras(self, table: str) -> list[str]:
        ranges = "2a00::-2b00::" if self.v6 else "8.0.0.0-10.1.2.3"
        found = [
            "-m conntrack --ctstate NEW",
            "-m conntrack --ctstate RELATED,ESTABLISHED",
            "-m conntrack ! --ctstate INVALID",
            "-m conntrack --ctstate DNAT",
            "-m state --state NEW,ESTABLISHED",
            '-m comment --comment "a -j b"',
            "-m conntrack --ctstate INVALID",
            "-m addrtype --dst-type LOCAL",
            "-m addrtype ! --dst-type LOCAL",
            "-m addrtype --src-type LOCAL",
            "-m limit --limit 3/hour",
            "-m mark --mark 0x10/0xf0",
            "-m mark ! --mark 0x10",
            "-m mark --mark 0x400/0x400",
            f"-m iprange --src-range {ranges}",
            f"-m iprange ! --src-range {ranges}",
            "-m pkttype --pkt-type unicast",
            "-m pkttype ! --pkt-type unicast",
            "-m recent --set --name a",
            "-m recent --rcheck --seconds 5 --name b",
            "-m policy --dir in --pol none",
            "-m policy --dir in --pol ipsec",
            "-m length --length 1:20",
            "-m statistic --mode random --probability 0.5",
            "-m conntrack --ctorigdstport 80",
            "-m mac --mac-source 02:00:00:00:00:01",
            "-m connlimit --connlimit-above 3",
            "-m hashlimit --hashlimit-upto 1/hour --hashlimit-name x --hashlimit-mode srcip",
        ]
        if table == "raw" or table == "mangle":
            found += ["-m rpfilter", "-m rpfilter --invert"]
        return found


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311


@pytest.mark.parametrize("seed", range(12))
def test_nftables(seed, kernel, compare, check_openings):
    kernel.load_what_it_takes("nft", "-f", "-", rules=Nft(seeded(seed)).text())

    incoming, outgoing = compare()

    assert [incoming.disagreements, outgoing.disagreements, check_openings(incoming)] == [[], [], []]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("variant", ["nft", "legacy"])
def test_iptables(variant, seed, kernel, compare, check_openings):
    random = seeded(seed)
    for family, tool in (("v4", "iptables"), ("v6", "ip6tables")):
        kernel.load_what_it_takes(f"{tool}-{variant}-restore", rules=Iptables(random, family).text())

    incoming, outgoing = compare()

    assert [incoming.disagreements, outgoing.disagreements, check_openings(incoming)] == [[], [], []]


def test_both_iptables_and_nftables_have_to_let_a_packet_in(kernel, compare):
    kernel.load_what_it_takes("iptables-legacy-restore", rules=Iptables(seeded(100), "v4").text())
    kernel.load_what_it_takes("iptables-nft-restore", rules=Iptables(seeded(101), "v4").text())
    kernel.load_what_it_takes("nft", "-f", "-", rules=Nft(seeded(102)).text())

    assert [found.disagreements for found in compare()] == [[], []]


@pytest.mark.parametrize("seed", range(200, 206))
def test_rules_that_open_nothing_are_met_by_no_packet(seed, kernel, compare, survey):
    """What is called idle has counted nothing when all packets are through; unless the same rule stands there twice."""
    rules = Nft(seeded(seed)).text().replace(" accept\n", " counter accept\n")
    kernel.load_what_it_takes("nft", "-f", "-", rules=rules)
    idle = survey().idle

    compare()

    listed = json.loads(kernel.on_host("nft", "-j", "list", "ruleset"))["nftables"]
    met = set()
    for rule in (entry["rule"] for entry in listed if "rule" in entry):
        if any(statement.get("counter", {}).get("packets") for statement in rule["expr"]):
            text = " ".join(filter(None, map(statement_text, rule["expr"])))
            met.add(f"{text} (nft {rule['family']} {rule['table']}, chain {rule['chain']})")
    assert [text for text in idle if text.partition("): ")[0] + ")" in met] == []
