"""A small network on this machine: a host with two interfaces behind a firewall, and an outside that sends it real
packets.

Both are network namespaces. The outside puts whole frames on the wire, so source addresses and ports are whatever a
test wants. On the host a last chain notes each packet that got past all other rules, and drops it: nothing leaves the
namespaces, and conntrack remembers no connection from one test to the next.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_address
from itertools import product
from types import SimpleNamespace
from typing import Literal

import pytest

from hostproof.connection.answer import Answer, Command
from hostproof.evidence import EvidenceLog
from hostproof.probes.firewall import Firewall, commands, unlisted
from hostproof.probes.firewall.cases import Cases
from hostproof.probes.firewall.evaluate import Fate, fate
from hostproof.probes.firewall.openings import Opening
from hostproof.probes.firewall.packet import Packet, Surroundings
from hostproof.probes.firewall.probe import compiled
from hostproof.probes.firewall.ruleset import Ruleset
from hostproof.probes.firewall.spans import Spans
from hostproof.probes.firewall.survey import Survey

ADDRESSES = {
    "eth0": ("192.0.2.10/24", "2001:db8:1::10/64"),
    "eth1": ("198.51.100.10/24", "2001:db8:2::10/64"),
    "docker0": ("172.17.0.1/16", "fd00:17::1/64"),
}
FAMILIES: tuple[Literal["v4", "v6"], ...] = ("v4", "v6")

POLICIES = ":INPUT ACCEPT\n:FORWARD ACCEPT\n:OUTPUT ACCEPT\n"

# Reads "INTERFACE HEX" lines, sends each as a frame, and answers an empty line by a line when all before it are sent.
SENDER = """
import socket, sys
opened = {}
for line in sys.stdin:
    name, _, frame = line.partition(" ")
    if frame:
        if name not in opened:
            opened[name] = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
            opened[name].bind((name, 0))
        opened[name].send(bytes.fromhex(frame))
    else:
        print("sent", flush=True)
"""

SEEN = """
table inet hostproof_seen {
    set v4 { typeof ip id; size 65535; flags dynamic; }
    set v6 { typeof ip6 flowlabel; size 65535; flags dynamic; }
    chain note { update @v4 { ip id }
        update @v6 { ip6 flowlabel }
        drop
    }
    chain input { type filter hook input priority 2147483646; policy accept; iifname "eth*" jump note; }
    chain silence { type filter hook output priority -2147483648; policy drop; }
    chain forward { type filter hook postrouting priority 2147483646; policy accept; oifname "docker0" jump note; }
}
"""


# Sends what is asked for by the host's own sockets: "4|6 tcp|udp|icmp ADDRESS PORT" lines.
OWN_SENDER = """
import socket, sys
kinds = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM, "icmp": socket.SOCK_RAW}
kept = []
for line in sys.stdin:
    version, protocol, address, port = line.split()
    family = socket.AF_INET if version == "4" else socket.AF_INET6
    number = {"4": socket.IPPROTO_ICMP, "6": socket.IPPROTO_ICMPV6}[version] if protocol == "icmp" else 0
    kept.append(socket.socket(family, kinds[protocol], number))
    kept[-1].setblocking(False)
    try:
        if protocol == "tcp":
            kept[-1].connect((address, int(port)))
        elif protocol == "udp":
            kept[-1].sendto(b"x", (address, int(port)))
        else:
            echo = bytes.fromhex("0800f7ff00000000" if version == "4" else "8000000000000000")
            kept[-1].sendto(echo, (address, 0))
    except OSError:
        pass
"""
LEFT = """
table inet hostproof_left {
    set v4 { typeof ip daddr . meta l4proto . th dport; size 65535; flags dynamic; }
    set v6 { typeof ip6 daddr . meta l4proto . th dport; size 65535; flags dynamic; }
    set e4 { typeof ip daddr; size 65535; flags dynamic; }
    set e6 { typeof ip6 daddr; size 65535; flags dynamic; }
    chain postrouting { type filter hook postrouting priority 2147483646; policy accept;
        icmp type echo-request update @e4 { ip daddr }
        icmpv6 type echo-request update @e6 { ip6 daddr }
        meta l4proto { tcp, udp } update @v4 { ip daddr . meta l4proto . th dport }
        meta l4proto { tcp, udp } update @v6 { ip6 daddr . meta l4proto . th dport }
        oifname "eth*" drop
    }
}
"""


@dataclass(frozen=True)
class Sent:
    """One packet that a test wants sent to the host's own address on an interface."""

    family: Literal["v4", "v6"]
    protocol: Literal["tcp", "udp", "icmp", "other"]
    source: str
    interface: str
    port: int = 0
    sport: int = 40_000
    stray: bool = False  # a SYN and ACK that answers nothing

    @property
    def destination(self) -> str:
        return ADDRESSES[self.interface][self.family == "v6"].partition("/")[0]


@dataclass(frozen=True)
class Outgoing:
    """One packet that a test wants the host to send."""

    family: Literal["v4", "v6"]
    protocol: Literal["tcp", "udp", "icmp"]
    destination: str
    port: int = 0


class Lab:
    """The two namespaces, and what can be done in them."""

    def __init__(self) -> None:
        self.outside, self.host = f"hp-fw-out-{os.getpid()}", f"hp-fw-host-{os.getpid()}"
        self.macs: dict[str, tuple[str, str]] = {}
        for name in (self.outside, self.host):
            _run("ip", "netns", "add", name)
        for interface in ADDRESSES:
            peer = f"to-{interface}"
            _run("ip", "-n", self.host, "link", "add", interface, "type", "veth", "peer", peer, "netns", self.outside)
            _run("ip", "-n", self.outside, "link", "set", peer, "up")
        self.configure()
        for interface in ADDRESSES:
            self.macs[interface] = (_mac(self.host, interface), _mac(self.outside, f"to-{interface}"))
        self.sender = subprocess.Popen(
            ["ip", "netns", "exec", self.outside, sys.executable, "-c", SENDER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def configure(self) -> None:
        """Addresses, routes and settings of the host, as they are before and after each test."""
        settings = "net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=0"
        self.on_host("sysctl", "-qw", *settings.split())
        for interface, addresses in ADDRESSES.items():
            own = f"net.ipv4.conf.{interface}.rp_filter=0 net.ipv6.conf.{interface}.disable_ipv6=0"
            self.on_host("sysctl", "-qw", *own.split())
            _run("ip", "-n", self.host, "link", "set", interface, "up")
            for address in addresses:
                extra = ["nodad"] if ":" in address else []
                _run("ip", "-n", self.host, "addr", "replace", address, "dev", interface, *extra)
        _run("ip", "-n", self.host, "route", "replace", "default", "via", "192.0.2.1", "dev", "eth0")
        _run("ip", "-n", self.host, "-6", "route", "replace", "default", "via", "2001:db8:1::1", "dev", "eth0")

    def close(self) -> None:
        self.sender.communicate()
        for name in (self.outside, self.host):
            subprocess.run(["ip", "netns", "del", name], check=False)

    def on_host(self, *command: str, given: str | None = None) -> str:
        return _run("ip", "netns", "exec", self.host, *command, given=given)

    def clear(self) -> None:
        """Away with all rules."""
        self.on_host("nft", "flush", "ruleset")
        for family in ("ip", "ip6"):
            for table in self.on_host("cat", f"/proc/net/{family}_tables_names").split():
                chains = POLICIES if table == "filter" else ""
                self.on_host(f"{family}tables-legacy-restore", given=f"*{table}\n{chains}COMMIT\n")

    def load_what_it_takes(self, *tool: str, rules: str) -> None:
        """Load random rules, without the lines that the tool refuses (conflicting protocols and the like)."""
        for _ in range(30):
            done = subprocess.run(
                ["ip", "netns", "exec", self.host, *tool], capture_output=True, text=True, input=rules, check=False
            )
            if done.returncode == 0:
                return
            refused = {int(a or b) for a, b in re.findall(r"stdin:(\d+):|line:? (\d+)", done.stderr)}
            assert refused, done.stderr
            lines = rules.splitlines()
            rules = "\n".join(line for at, line in enumerate(lines, 1) if at not in refused) + "\n"
        raise AssertionError(f"{tool} refuses everything: {done.stderr}")

    def loaded(self) -> Ruleset:
        """The rules as the probe sees them: its own commands, its own readers."""
        nft, hidden, iptables = map(self._answer, (commands.NFT, commands.UNLISTED, commands.IPTABLES))
        return compiled(commands.read_nft(nft), unlisted.read(hidden), commands.read_iptables(iptables))

    def _answer(self, command: str) -> Answer:
        given = ["ip", "netns", "exec", self.host, "sh", "-c", command]
        done = subprocess.run(given, capture_output=True, text=True, check=False)
        return Answer(command, done.returncode, done.stdout, done.stderr)

    def firewall(self, without: str = "") -> Firewall:
        """The probe, asking this host; `without` names a tool that is not installed."""
        hidden = f"{without}() {{ return 127; }}\n" if without else ""
        return probe_of(lambda command: self._answer(hidden + command.text))

    def arrived(self, packets: list[Sent]) -> list[bool]:
        """Send all packets; which of them got past every rule."""
        self.on_host("nft", "-f", "-", given=SEEN)
        for number, packet in enumerate(packets, 1):
            frame = self._frame(packet, number)
            print(f"to-{packet.interface} {frame.hex()}", file=self.sender.stdin)
        print("", file=self.sender.stdin, flush=True)
        assert self.sender.stdout.readline() == "sent\n"
        noted = {family: self._noted(family) for family in FAMILIES}
        self.on_host("nft", "delete", "table", "inet", "hostproof_seen")
        return [number in noted[packet.family] for number, packet in enumerate(packets, 1)]

    def left(self, packets: list[Outgoing]) -> list[bool]:
        """Let the host itself send all packets; which of them got out past every rule."""
        self.on_host("nft", "-f", "-", given=LEFT)
        lines = (f"{p.family[1]} {p.protocol} {p.destination} {p.port}\n" for p in packets)
        self.on_host(sys.executable, "-c", OWN_SENDER, given="".join(lines))
        ports = [e["concat"] for family in FAMILIES for e in self._elements("hostproof_left", family)]
        echoes = [[e, "icmp", 0] for name in ("e4", "e6") for e in self._elements("hostproof_left", name)]
        self.on_host("nft", "delete", "table", "inet", "hostproof_left")
        return [[p.destination, p.protocol, p.port] in ports + echoes for p in packets]

    def _noted(self, family: str) -> set[int]:
        return {int(element) for element in self._elements("hostproof_seen", family)}

    def _elements(self, table: str, name: str) -> list:
        listed = json.loads(self.on_host("nft", "-j", "list", "set", "inet", table, name))["nftables"]
        return [element for entry in listed for element in entry.get("set", {}).get("elem", [])]

    def _frame(self, packet: Sent, number: int) -> bytes:
        """An Ethernet frame with valid checksums; `number` is the IPv4 identification or the IPv6 flow label."""
        to, own = (bytes.fromhex(mac.replace(":", "")) for mac in self.macs[packet.interface])
        source, destination = ip_address(packet.source).packed, ip_address(packet.destination).packed
        number_of = {"tcp": 6, "udp": 17, "icmp": 1 if packet.family == "v4" else 58, "other": 253}[packet.protocol]
        length = {"tcp": 20, "udp": 8, "icmp": 8, "other": 8}[packet.protocol]
        pseudo = source + destination + struct.pack("!II", length, number_of)
        payload = _transport(packet, b"" if packet.protocol == "icmp" and packet.family == "v4" else pseudo)
        if packet.family == "v4":
            head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + length, number, 0, 64, number_of, 0) + source + destination
            head = head[:10] + struct.pack("!H", _checksum(head)) + head[12:]
            return to + own + b"\x08\x00" + head + payload
        head = struct.pack("!IHBB", 0x60000000 | number, length, number_of, 64) + source + destination
        return to + own + b"\x86\xdd" + head + payload


def _transport(packet: Sent, pseudo: bytes) -> bytes:
    if packet.protocol == "tcp":
        flags, answered = (0x12, 7) if packet.stray else (0x02, 0)
        raw = struct.pack("!HHIIBBHHH", packet.sport, packet.port, 1, answered, 0x50, flags, 1024, 0, 0)
        return raw[:16] + struct.pack("!H", _checksum(pseudo + raw)) + raw[18:]
    if packet.protocol == "udp":
        raw = struct.pack("!HHHH", packet.sport, packet.port, 8, 0)
        return raw[:6] + struct.pack("!H", _checksum(pseudo + raw) or 0xFFFF)
    if packet.protocol == "other":
        return bytes(8)
    raw = struct.pack("!BBHHH", 8 if packet.family == "v4" else 128, 0, 0, 7, 1)
    return raw[:2] + struct.pack("!H", _checksum(pseudo + raw)) + raw[4:]


def _checksum(data: bytes) -> int:
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def _run(*command: str, given: str | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, input=given, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}\n{given or ''}"
    return done.stdout


def _mac(namespace: str, interface: str) -> str:
    return json.loads(_run("ip", "-n", namespace, "-j", "link", "show", interface))[0]["address"]


def probe_of(ask: Callable[[Command], Answer]) -> Firewall:
    """The probe of a host that answers root so."""
    connection = SimpleNamespace(ask=ask, user_id=0)
    return Firewall(SimpleNamespace(connection=connection, evidence=EvidenceLog()))


def surroundings(ruleset: Ruleset, family: str) -> Surroundings:
    of_family = {name: pair[family == "v6"] for name, pair in ADDRESSES.items()}
    return Surroundings(
        local={int(ip_address(net.partition("/")[0])): name for name, net in of_family.items()},
        nets=tuple((Spans.network(net), name) for name, net in of_family.items()),
        routed=frozenset({"eth0"}),
        marks=ruleset.marks,
    )


def foretold(ruleset: Ruleset, packets: list[Sent] | list[Outgoing]) -> list[str]:
    """What our evaluation says about each: accepted, dropped, or perhaps."""
    known: dict[Sent | Outgoing, Fate] = {}
    words = []
    for packet in packets:
        kind = replace(packet, port=0)
        if kind not in known:
            known[kind] = fate(ruleset, _asked(ruleset, packet))
        accepted, dropped = (part.may >> packet.port & 1 for part in (known[kind].accepted, known[kind].dropped))
        assert accepted or dropped, f"no verdict at all for {packet}"
        words.append("perhaps" if accepted and dropped else "accepted" if accepted else "dropped")
    return words


def _asked(ruleset: Ruleset, packet: Sent | Outgoing) -> Packet:
    around = surroundings(ruleset, packet.family)
    destination = int(ip_address(packet.destination))
    if isinstance(packet, Sent):
        source = int(ip_address(packet.source))
        into, stray = packet.interface, packet.stray
        return Packet(packet.family, packet.protocol, source, destination, into=into, stray=stray, around=around)
    source = next(address for address, name in around.local.items() if name == "eth0")
    return Packet(packet.family, packet.protocol, source, destination, out="eth0", around=around)


@dataclass(frozen=True)
class Comparison:
    """What the kernel did with packets, and what we said it would do."""

    packets: list[Sent] | list[Outgoing]
    passed: list[bool]
    words: list[str]

    @property
    def disagreements(self) -> list[str]:
        told = {True: "accepted", False: "dropped"}
        rows = zip(self.packets, self.passed, self.words, strict=True)
        return [
            f"{p}: {word}, but the kernel says {told[ok]}" for p, ok, word in rows if word not in ("perhaps", told[ok])
        ]

    @property
    def doubts(self) -> int:
        return self.words.count("perhaps")


@pytest.fixture
def asking() -> Callable[[Callable[[Command], Answer]], Firewall]:
    """Makes the probe of a host that answers as it is told."""
    return probe_of


@pytest.fixture(scope="module")  # a table of iptables-legacy that was loaded once stays, if only with its policies
def namespaces() -> Iterator[Lab]:
    tools = ("ip", "sysctl", "nft", "ipset", "iptables-nft-save", "iptables-legacy-save")
    missing = [tool for tool in tools if not shutil.which(tool)]
    if os.geteuid() != 0 or missing:
        reason = f"network namespaces need root and {', '.join(missing or tools)}"
        if os.environ.get("HOSTPROOF_REQUIRE_LAB") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    lab = Lab()
    yield lab
    lab.close()


@pytest.fixture
def kernel(namespaces: Lab) -> Lab:
    """The host behind the firewall, without any rules."""
    namespaces.clear()
    return namespaces


@pytest.fixture
def compare(kernel: Lab) -> Callable[[], tuple[Comparison, Comparison]]:
    """Sends packets from outside to the host, and from the host to outside, under the rules that are loaded."""

    def both() -> tuple[Comparison, Comparison]:
        rules = kernel.loaded()
        incoming, outgoing = list(_incoming()), list(_outgoing())
        return (
            Comparison(incoming, kernel.arrived(incoming), foretold(rules, incoming)),
            Comparison(outgoing, kernel.left(outgoing), foretold(rules, outgoing)),
        )

    return both


@pytest.fixture
def survey(kernel: Lab) -> Callable[[], Survey]:
    """What the loaded rules open, by both interfaces that lead outside."""

    def surveyed() -> Survey:
        network = kernel.firewall().network
        cards = [replace(i, kind="") if i.name.startswith("eth") else i for i in network.interfaces]
        return Survey(AsSent(replace(network, interfaces=tuple(cards)), kernel.loaded()), 30.0)

    return surveyed


class AsSent(Cases):
    """Packets to the address of the interface by which they come, as the tests send them."""

    def _destinations(self, family: str, interface: str, own: int | None) -> list[int]:
        return [int(ip_address(ADDRESSES[interface][family == "v6"].partition("/")[0]))]


def contradicted(survey: Survey, incoming: Comparison) -> list[str]:
    """Packets of which the openings say something else than the kernel did."""
    found = []
    fates: dict[Sent, Fate] = {}
    for sent, passed, word in zip(incoming.packets, incoming.passed, incoming.words, strict=True):
        openings = survey.for_strays if sent.stray else survey.openings
        covering = [opening for opening in openings if _lets_in(opening, sent)]
        if passed and not covering:
            found.append(f"{sent}: the kernel lets it in, and no opening says so")
        if not passed and word == "dropped" and covering:
            found.append(f"{sent}: the kernel drops it, and yet {covering[0]}")
        kind = replace(sent, port=0)
        fates.setdefault(kind, fate(survey.ruleset, _asked(survey.ruleset, kind)))
        if fates[kind].accepted.some >> sent.port & 1 and not any(opening.certain for opening in covering):
            found.append(f"{sent}: we are sure of it, but of no opening")
    return found


def _lets_in(opening: Opening, sent: Sent) -> bool:
    same = (opening.family, opening.protocol, opening.interface) == (sent.family, sent.protocol, sent.interface)
    port = opening.ports >> sent.port & 1 if opening.protocol in ("tcp", "udp") else opening.number in (0, 253)
    return bool(same and port and int(ip_address(sent.source)) in opening.sources)


@pytest.fixture
def check_openings(survey: Callable[[], Survey]) -> Callable[[Comparison], list[str]]:
    return lambda incoming: contradicted(survey(), incoming)


SOURCES = {
    "v4": ("8.8.8.8", "10.1.2.3", "203.0.113.5", "198.51.100.77", "150.1.1.1"),
    "v6": ("2a00:1450::8", "fd00::5", "2001:db8:99::1", "2001:db8:1::77"),
}
PORTS = (22, 53, 80, 443, 500, 999, 1000, 1001, 2000, 3500, 8080, 30000, 65535)


def _incoming() -> Iterator[Sent]:
    for family, interface in product(FAMILIES, ("eth0", "eth1")):
        for source in SOURCES[family]:
            yield Sent(family, "icmp", source, interface)
            yield Sent(family, "other", source, interface)
            yield Sent(family, "tcp", source, interface, 443, stray=True)
            yield Sent(family, "tcp", source, interface, 1000, stray=True)
            for port in PORTS:
                yield Sent(family, "tcp", source, interface, port)
                yield Sent(family, "udp", source, interface, port)
            yield Sent(family, "tcp", source, interface, 22, sport=53)
            yield Sent(family, "udp", source, interface, 30000, sport=53)


def _outgoing() -> Iterator[Outgoing]:
    for family in FAMILIES:
        for destination in SOURCES[family][:3]:
            yield Outgoing(family, "icmp", destination)
            for port in (22, 25, 53, 80, 443, 8080):
                yield Outgoing(family, "tcp", destination, port)
                yield Outgoing(family, "udp", destination, port)
