"""The host's interfaces, addresses and routes, as far as a firewall's answer depends on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Interface, IPv6Interface, ip_interface
from typing import Any

from hostproof.connection.answer import Answer
from hostproof.probes.firewall.anywhere import is_public
from hostproof.probes.firewall.packet import Family, Surroundings
from hostproof.probes.firewall.spans import Spans

COMMAND = """
# ip -j address, default routes, and whether the kernel forwards and speaks IPv6
echo '## interfaces'; ip -j -d address show || exit
echo '## v4'; ip -j -4 route show table all default
echo '## v6'; ip -j -6 route show table all default
echo '## forwards'; cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding 2>/dev/null
echo '## without IPv6'
for file in /proc/sys/net/ipv6/conf/*/disable_ipv6; do
    [ -r "$file" ] && echo "$file $(cat "$file")"
done
:
"""
# Interfaces that lead to machines inside this one, or into a tunnel, unless a default route or a public address says
# otherwise
_TUNNELS = {"tun", "wireguard", "vxlan", "geneve", "ipip", "sit", "gre", "gretap"}
_INSIDE = {"bridge", "veth", "dummy", "ifb", "nlmon"} | _TUNNELS


@dataclass(frozen=True)
class Interface:
    """One network interface. kind: as the kernel calls virtual ones (`bridge`, `veth`, ...), empty for hardware."""

    name: str
    kind: str
    up: bool
    enslaved: bool
    addresses: tuple[IPv4Interface | IPv6Interface, ...]
    speaks_v6: bool

    def holds_public(self) -> bool:
        return any(is_public(int(a.ip), "v4" if a.version == 4 else "v6") for a in self.addresses)


@dataclass(frozen=True)
class Network:
    """All interfaces but loopback; by family, which hold a default route and whether the host forwards for others."""

    interfaces: tuple[Interface, ...]
    routed: dict[Family, frozenset[str]]
    forwards: dict[Family, bool]

    @property
    def outward(self) -> list[Interface]:
        """The interfaces that packets from outside may come in by.

        Not those that are down or part of another, nor such as only lead to containers and tunnels.
        """
        candidates = [i for i in self.interfaces if i.up and not i.enslaved]
        routed = self.routed["v4"] | self.routed["v6"]
        faced = [i for i in candidates if i.kind not in _INSIDE or i.name in routed or i.holds_public()]
        return faced or candidates

    @property
    def connected(self) -> list[Interface]:
        """The interfaces that lead to other machines: the outward ones, and tunnels in use."""
        outward = self.outward
        return [i for i in self.interfaces if i in outward or (i.up and i.kind in _TUNNELS and i.addresses)]

    def senders(self, family: Family, interface: str) -> Spans | None:
        """Whose packets can come by an interface and be answered: all (None), or its own networks where no default
        route leads through it but one does through another."""
        if interface in self.routed[family] or not self.routed[family]:
            return None
        held = [a for i in self.interfaces if i.name == interface for a in i.addresses if _is(a, family)]
        return Spans.of(r for a in held for r in Spans.network(str(a.network)))

    @property
    def families(self) -> list[Family]:
        """The families that reach beyond the host: IPv6 also when it has no address yet but could be given one."""
        found: list[Family] = []
        if any(a.version == 4 for i in self.outward for a in i.addresses):
            found.append("v4")
        if any(i.speaks_v6 for i in self.outward):
            found.append("v6")
        return found

    def addresses(self, family: Family, interfaces: list[Interface]) -> list[int]:
        """The addresses on the interfaces that can be reached from beyond the link."""
        return [int(a.ip) for i in interfaces for a in i.addresses if _is(a, family) and not a.is_link_local]

    def surroundings(self, family: Family, marks: int, also_local: int | None = None) -> Surroundings:
        """What rules may ask about this host; `also_local`: an address to take for its own."""
        held = [(a, i.name) for i in self.interfaces for a in i.addresses if _is(a, family)]
        local = {int(a.ip): name for a, name in held}
        if also_local is not None:
            local.setdefault(also_local, self.outward[0].name)
        nets = tuple((Spans.network(str(a.network)), name) for a, name in held)
        return Surroundings(local, nets, self.routed[family], self.forwards[family], marks)


def read(answer: Answer) -> Network:
    """Read what COMMAND printed."""
    parts = _sections(answer.stdout)
    without_v6 = dict(line.split()[:2] for line in parts["without IPv6"].splitlines())
    forwards = parts["forwards"].split()
    return Network(
        interfaces=tuple(_interfaces(json.loads(parts["interfaces"] or "[]"), without_v6)),
        routed={"v4": _routed(parts["v4"]), "v6": _routed(parts["v6"])},
        forwards={"v4": forwards[:1] == ["1"], "v6": forwards[1:2] == ["1"]},
    )


def show(answer: Answer) -> str:
    """A line per interface that matters, and what leads where."""
    try:
        network = read(answer)
    except (AttributeError, KeyError, ValueError, TypeError):
        return answer.stdout or answer.stderr
    lines = [f"{i.name} {i.kind}: {', '.join(map(str, i.addresses))}" for i in network.outward]
    families: tuple[Family, ...] = ("v4", "v6")
    for family in families:
        routes = ", ".join(sorted(network.routed[family])) or "nowhere"
        lines.append(f"IP{family}: default route by {routes}{'; forwards' if network.forwards[family] else ''}")
    return "\n".join(lines)


def _sections(text: str) -> dict[str, str]:
    """What follows each `## name` line."""
    parts: dict[str, str] = {}
    for part in text.split("## ")[1:]:
        name, _, body = part.partition("\n")
        parts[name] = body.strip()
    return parts


def _interfaces(listed: list[dict[str, Any]], without_v6: dict[str, str]) -> Iterator[Interface]:
    for entry in listed:
        if "LOOPBACK" in entry.get("flags", ()) or "ifname" not in entry:
            continue
        link = entry.get("linkinfo", {})
        addresses = (f"{a['local']}/{a['prefixlen']}" for a in entry.get("addr_info", ()) if "local" in a)
        yield Interface(
            name=entry["ifname"],
            kind=link.get("info_kind", ""),
            up="UP" in entry["flags"],
            enslaved="master" in entry and link.get("info_slave_kind") in ("bridge", "bond", "team"),
            addresses=tuple(map(ip_interface, addresses)),
            speaks_v6=without_v6.get(f"/proc/sys/net/ipv6/conf/{entry['ifname']}/disable_ipv6") == "0",
        )


def _routed(text: str) -> frozenset[str]:
    """The interfaces of default routes."""
    found = set()
    for route in json.loads(text or "[]"):
        if route.get("type", "unicast") == "unicast":
            found |= {hop["dev"] for hop in [route, *route.get("nexthops", ())] if "dev" in hop}
    return frozenset(found - {"lo"})


def _is(address: IPv4Interface | IPv6Interface, family: Family) -> bool:
    return (address.version == 4) == (family == "v4")
