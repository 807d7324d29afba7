"""A small network on this machine: a host with two interfaces behind a firewall, and an outside that sends it real packets.

Both are network namespaces. The outside puts whole frames on the wire, so source addresses and ports are whatever a test
wants. On the host a last chain notes each packet that got past all other rules, and drops it: nothing leaves the namespaces,
and conntrack remembers no connection from one test to the next.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

import pytest

from hostproof.probes.firewall import iptables, nft
from hostproof.probes.firewall.evaluate import Fate, fate
from hostproof.probes.firewall.ipset import Ipsets
from hostproof.probes.firewall.packet import Packet, Surroundings
from hostproof.probes.firewall.ruleset import Ruleset
from hostproof.probes.firewall.spans import Spans

ADDRESSES = {
    "eth0": ("192.0.2.10/24", "2001:db8:1::10/64"),
    "eth1": ("198.51.100.10/24", "2001:db8:2::10/64"),
    "docker0": ("172.17.0.1/16", "fd00:17::1/64"),
}
FAMILIES: tuple[Literal["v4", "v6"], ...] = ("v4", "v6")

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
    chain forward { type filter hook postrouting priority 2147483646; policy accept; oifname "docker0" jump note; }
}
"""


@dataclass(frozen=True)
class Sent:
    """One packet that a test wants sent to the host's own address on an interface."""

    family: Literal["v4", "v6"]
    protocol: Literal["tcp", "udp", "icmp"]
    source: str
    interface: str
    port: int = 0
    sport: int = 40_000

    @property
    def destination(self) -> str:
        return ADDRESSES[self.interface][self.family == "v6"].partition("/")[0]


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
        settings = "net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=0"
        self.on_host("sysctl", "-qw", *settings.split())
        for interface, addresses in ADDRESSES.items():
            self.on_host("sysctl", "-qw", f"net.ipv4.conf.{interface}.rp_filter=0")
            _run("ip", "-n", self.host, "link", "set", interface, "up")
            for address in addresses:
                extra = ["nodad"] if ":" in address else []
                _run("ip", "-n", self.host, "addr", "add", address, "dev", interface, *extra)
        _run("ip", "-n", self.host, "route", "add", "default", "via", "192.0.2.1", "dev", "eth0")
        _run("ip", "-n", self.host, "-6", "route", "add", "default", "via", "2001:db8:1::1", "dev", "eth0")
        for interface in ADDRESSES:
            self.macs[interface] = (_mac(self.host, interface), _mac(self.outside, f"to-{interface}"))
        self.sender = subprocess.Popen(
            ["ip", "netns", "exec", self.outside, sys.executable, "-c", SENDER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self.sender.communicate()
        for name in (self.outside, self.host):
            subprocess.run(["ip", "netns", "del", name], check=False)

    def on_host(self, *command: str, given: str | None = None) -> str:
        return _run("ip", "netns", "exec", self.host, *command, given=given)

    def clear(self) -> None:
        self.on_host("nft", "flush", "ruleset")
        for tool in ("iptables-legacy", "ip6tables-legacy"):
            if shutil.which(f"{tool}-restore"):
                policies = {"raw": (), "mangle": (), "nat": (), "filter": ("INPUT", "FORWARD", "OUTPUT")}
                for table, chains in policies.items():
                    if table in self.on_host("cat", f"/proc/net/{tool.partition('-')[0].replace('tables', '_tables')}_names"):
                        self.on_host(tool, "-t", table, "-F")
                        self.on_host(tool, "-t", table, "-X")
                        for chain in chains:
                            self.on_host(tool, "-t", table, "-P", chain, "ACCEPT")

    def loaded(self) -> Ruleset:
        """The rules as our readers see them."""
        listed = nft.objects(self.on_host("nft", "-j", "list", "ruleset"))
        saved = {
            family: iptables.saved(self.on_host(tool))
            for family, tool in (("ip", "iptables-nft-save"), ("ip6", "ip6tables-nft-save"))
            if shutil.which(tool)
        }
        ipsets = Ipsets.read(self.on_host("ipset", "save")) if shutil.which("ipset") else Ipsets()
        tables = nft.tables(listed, saved, ipsets)
        for family, tool in (("v4", "iptables-legacy-save"), ("v6", "ip6tables-legacy-save")):
            if shutil.which(tool):
                tables += iptables.tables(iptables.saved(self.on_host(tool)), family, ipsets, "iptables-legacy")
        return Ruleset(tuple(tables))

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

    def _noted(self, family: str) -> set[int]:
        listed = json.loads(self.on_host("nft", "-j", "list", "set", "inet", "hostproof_seen", family))["nftables"]
        return {int(element) for entry in listed for element in entry.get("set", {}).get("elem", [])}

    def _frame(self, packet: Sent, number: int) -> bytes:
        """An Ethernet frame with valid checksums; `number` is the IPv4 identification or the IPv6 flow label."""
        to, own = (bytes.fromhex(mac.replace(":", "")) for mac in self.macs[packet.interface])
        source, destination = ip_address(packet.source).packed, ip_address(packet.destination).packed
        number_of = {"tcp": 6, "udp": 17, "icmp": 1 if packet.family == "v4" else 58}[packet.protocol]
        length = {"tcp": 20, "udp": 8, "icmp": 8}[packet.protocol]
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
        raw = struct.pack("!HHIIBBHHH", packet.sport, packet.port, 1, 0, 0x50, 0x02, 1024, 0, 0)
        return raw[:16] + struct.pack("!H", _checksum(pseudo + raw)) + raw[18:]
    if packet.protocol == "udp":
        raw = struct.pack("!HHHH", packet.sport, packet.port, 8, 0)
        return raw[:6] + struct.pack("!H", _checksum(pseudo + raw) or 0xFFFF)
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


def surroundings(ruleset: Ruleset, family: str) -> Surroundings:
    of_family = {name: pair[family == "v6"] for name, pair in ADDRESSES.items()}
    return Surroundings(
        local={int(ip_address(net.partition("/")[0])): name for name, net in of_family.items()},
        nets=tuple((Spans.network(net), name) for name, net in of_family.items()),
        routed=frozenset({"eth0"}),
        marks=ruleset.marks,
    )


def foretold(ruleset: Ruleset, packets: list[Sent]) -> list[str]:
    """What our evaluation says about each: accepted, dropped, or perhaps."""
    known: dict[tuple[str, ...], Fate] = {}
    words = []
    for packet in packets:
        key = (packet.family, packet.protocol, packet.source, packet.interface)
        if key not in known:
            source, destination = int(ip_address(packet.source)), int(ip_address(packet.destination))
            asked = Packet(
                packet.family,
                packet.protocol,
                source,
                destination,
                into=packet.interface,
                around=surroundings(ruleset, packet.family),
            )
            known[key] = fate(ruleset, asked)
        accepted, dropped = (part.may >> packet.port & 1 for part in (known[key].accepted, known[key].dropped))
        assert accepted or dropped, f"no verdict at all for {packet}"
        words.append("perhaps" if accepted and dropped else "accepted" if accepted else "dropped")
    return words


@pytest.fixture(scope="session")
def namespaces() -> Iterator[Lab]:
    missing = [tool for tool in ("ip", "nft", "iptables-nft", "sysctl") if not shutil.which(tool)]
    if os.geteuid() != 0 or missing:
        reason = f"needs root and {', '.join(missing) or 'nothing else'} to make network namespaces"
        if os.environ.get("HOSTPROOF_REQUIRE_LAB") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    lab = Lab()
    try:
        yield lab
    finally:
        lab.close()


@pytest.fixture
def kernel(namespaces: Lab) -> Iterator[Lab]:
    """The lab without any rules."""
    namespaces.clear()
    yield namespaces
