"""Which rules let something in: to which ports, from which addresses, by which interface.

Found by following packets of every kind through all rules, so an accepting rule behind a drop opens nothing, and what
NAT sends elsewhere counts for the port that was asked for. Where a packet passes several accepting rules, because it has
to get past several tables, the narrowest of them is the one that lets it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address, summarize_address_range

from hostproof.probes.firewall.answers import listed
from hostproof.probes.firewall.anywhere import WIDE, public
from hostproof.probes.firewall.conditions import DestinationPort, leaves
from hostproof.probes.firewall.evaluate import Fate
from hostproof.probes.firewall.packet import UNUSED_PROTOCOL, Family, Packet, Protocol
from hostproof.probes.firewall.ruleset import Redirect, Rule
from hostproof.probes.firewall.spans import EVERY_PORT, Range, Spans, port_bits, port_ranges
from hostproof.probes.firewall.symbols import PROTOCOLS
from hostproof.probes.firewall.walk import Grant, Ports

REAL_PORTS = EVERY_PORT & ~1  # 1 to 65535
_BITS: dict[Family, int] = {"v4": 32, "v6": 128}
_ON_THE_LINK: dict[Family, str] = {"v4": "169.254.0.0/16", "v6": "fe80::/10"}
_MOST_NETWORKS = 4  # that a report names
_DHCP_CLIENT = 1 << 68 | 1 << 546  # where DHCP servers answer what this host asked them


@dataclass(frozen=True)
class Opening:
    """What one rule lets in by one interface; written `tcp 22 from 10.0.0.0/8 over IPv4 (the rule)`.

    ports: a bit each; 0 for protocols without ports. sources: who may send. why: the rule and where it stands, or the
    policy (`by_rule` is false). certain: else a rule is involved that we do not understand. spanned: the rule does not
    name each of these ports by itself. lands: the ports of this host that packets end at, None when that is elsewhere.
    """

    family: Family
    protocol: Protocol
    number: int
    interface: str
    ports: int
    sources: Spans
    why: str
    by_rule: bool
    certain: bool
    spanned: bool
    lands: int | None

    @property
    def named(self) -> str:
        """The protocol, as a profile writes it."""
        if self.protocol != "other":
            return self.protocol
        known = {number: name for name, number in reversed(PROTOCOLS.items())}
        return known.get(self.number, f"protocol {self.number}")

    @property
    def any_protocol(self) -> bool:
        """Whether it lets in protocols that nobody named."""
        return self.protocol == "other" and self.number == UNUSED_PROTOCOL

    def without(self, ports: int) -> Opening | None:
        """What is left of it beside some ports, a bit each; None when nothing is."""
        left = self.ports & ~ports
        lands = left if self.lands == self.ports else self.lands
        return replace(self, ports=left, lands=lands) if left else None

    def beyond(self, allowed: Iterable[str]) -> Opening | None:
        """What it lets in beyond a list such as [22/tcp, icmp]; None when nothing."""
        if not self.ports:
            return None if self.named in allowed else self
        return self.without(port_set(allowed, self.named))

    def passes_on(self, family: Family, protocol: Protocol, port: int) -> bool:
        """Whether what comes for that port is sent to another one, or to another machine."""
        return self.lands != self.ports and (self.family, self.protocol) == (family, protocol) and bool(self.ports >> port & 1)

    def unused(self, listening: Iterable[int]) -> Opening | None:
        """What of it leads to no port on which something listens; None when all does, or it ends on another machine."""
        if self.lands is None or self.protocol not in ("tcp", "udp"):
            return None
        served = port_bits(tuple((port, port) for port in sorted(listening)))
        if self.lands == self.ports:
            return self.without(served)
        return None if self.lands & served else self

    def unnamed(self, declared: Iterable[str]) -> Opening | None:
        """What of it no rule names port by port, beside ranges that were declared, such as 60000-61000/udp."""
        if self.any_protocol:
            return self
        left = self.without(port_set(declared, self.named)) if self.spanned else None
        return left if left and left.ports & left.ports >> 1 else None

    @property
    def from_anywhere(self) -> bool:
        """Whether its sources hold a wide range of public addresses."""
        return any(last - first >= WIDE[self.family] for first, last in self.sources.common(public(self.family)))

    def __str__(self) -> str:
        what = "any protocol" if self.any_protocol else self.named
        ports = f" {listed(port_ranges(self.ports))}" if self.ports else ""
        senders = written(self.sources, self.family)
        return f"{what}{ports} from {senders} over IP{self.family} ({self.why})"


@dataclass(frozen=True)
class Senders:
    """Who can reach some ports, which share all their senders; written `tcp 22 from 10.0.0.0/8 over IPv4 (the rules)`."""

    family: Family
    protocol: Protocol
    ports: int
    sources: Spans
    why: str

    @property
    def shortest_prefix(self) -> int:
        """The prefix length of the widest network among them; the host's own link is passed over."""
        return shortest_prefix(self.sources, self.family)

    def beside(self, declared: Iterable[str]) -> Senders | None:
        """Without the ports of a list such as [80/tcp]; None when none is left."""
        left = self.ports & ~port_set(declared, self.protocol)
        return replace(self, ports=left) if left else None

    def __str__(self) -> str:
        senders = written(self.sources, self.family)
        return f"{self.protocol} {listed(port_ranges(self.ports))} from {senders} over IP{self.family} ({self.why})"


def by_port(parts: Iterable[tuple[int, Spans, str]]) -> list[tuple[int, Spans, str]]:
    """Ports, who may send to them and by which rule, with the parts that share ports put together."""
    cells: list[tuple[int, list[tuple[Spans, str]]]] = []
    for ports, sources, why in parts:
        finer: list[tuple[int, list[tuple[Spans, str]]]] = []
        for cell, members in cells:
            finer += [(cell & ports, [*members, (sources, why)]), (cell & ~ports, members)]
            ports &= ~cell
        cells = [cell for cell in [*finer, (ports, [(sources, why)])] if cell[0]]
    return [
        (cell, Spans.of(r for sources, _ in members for r in sources), "; ".join(dict.fromkeys(w for _, w in members)))
        for cell, members in cells
    ]


def port_set(given: Iterable[str], protocol: str) -> int:
    """The ports of a list such as [22/tcp, 60000-61000/udp] that belong to the protocol, a bit each."""
    bits = 0
    for ports, _, of in (entry.partition("/") for entry in given):
        if of == protocol:
            first, _, last = ports.partition("-")
            bits |= port_bits(((int(first), int(last or first)),))
    return bits


def runs(openings: Iterable[Opening], most: int, declared: Iterable[str]) -> list[str]:
    """More than `most` ports in a row, each opened by a rule that names it, beside ranges that were declared."""
    named: dict[tuple[Family, str], int] = {}
    for opening in openings:
        if opening.certain and not opening.spanned:
            kind = (opening.family, opening.named)
            named[kind] = named.get(kind, 0) | opening.ports & ~port_set(declared, opening.named)
    return [
        f"{protocol} {first}-{last} over IP{family}, port by port"
        for (family, protocol), ports in named.items()
        for first, last in port_ranges(ports)
        if last - first + 1 > most
    ]


def shortest_prefix(sources: Spans, family: Family) -> int:
    """The prefix length of the widest network in a set of addresses; those of the own link are passed over.

    A network counts when three quarters of it are in the set: single addresses that are banned do not make it smaller.
    """
    link = Spans.network(_ON_THE_LINK[family]).ranges[0]
    ranges = [(first, last) for first, last in sources if not (link[0] <= first and last <= link[1])]
    return next((length for length in range(_BITS[family]) if _fills(ranges, _BITS[family] - length)), _BITS[family])


def _fills(ranges: Iterable[Range], bits: int) -> bool:
    """Whether the ranges fill three quarters of some network of that many bits."""
    enough = (3 * (1 << bits) + 3) // 4
    held: dict[int, int] = {}
    for first, last in ranges:
        low, high = first >> bits, last >> bits
        if high > low + 1:
            return True
        for network in {low, high}:
            start, end = max(first, network << bits), min(last, ((network + 1) << bits) - 1)
            held[network] = held.get(network, 0) + end - start + 1
            if held[network] >= enough:
                return True
    return False


def written(sources: Spans, family: Family) -> str:
    """A set of addresses as networks; "anybody" when hardly anyone is left out."""
    size = sum(last - first + 1 for first, last in sources)
    if size >= 1 << (_BITS[family] - 1):
        return "anybody"
    nets = [str(net) for r in sources.ranges[:_MOST_NETWORKS] for net in summarize_address_range(*_ends(*r, family))]
    more = len(sources.ranges) > _MOST_NETWORKS or len(nets) > _MOST_NETWORKS
    return ", ".join(nets[:_MOST_NETWORKS]) + (" and more networks" if more else "")


def _ends(first: int, last: int, family: Family) -> tuple[IPv4Address, IPv4Address] | tuple[IPv6Address, IPv6Address]:
    if family == "v4":
        return IPv4Address(first), IPv4Address(last)
    return IPv6Address(first), IPv6Address(last)


@dataclass(frozen=True)
class Share:
    """The part of a packet's ports that one rule lets in (None: no rule does). certain, lands: as in Opening."""

    grant: Grant | None
    ports: int
    certain: bool
    lands: int | None


def shares(found: Fate, grants: list[Grant]) -> Iterator[Share]:
    """Who lets in which ports: the rules that NAT follows, then the narrowest of those that accept, then none."""
    turned: set[str] = set()
    for turn in found.turns:
        turned.add(turn.text)
        grant = next((g for g in grants if g.text == turn.text and not g.redirected), None)
        lands = (turn.ports or 0) if turn.packet.ends_here else None
        some, may = turn.beyond.accepted.some, turn.beyond.accepted.may
        if turn.ports is not None:
            some, may = (turn.asked.some if some else 0), (turn.asked.may if may else 0)
        some &= turn.asked.some
        yield from _both(grant, some, may & turn.asked.may, lands, keeps=turn.ports is None)
    for grant in grants:
        if isinstance(grant.rule.action, Redirect) and not grant.redirected and grant.text not in turned:
            yield from _both(grant, 0, grant.ports.may & found.accepted.may & ~found.straight.may, None)
    undeniable = found.straight.may & ~found.dropped.may
    for turn in found.turns:
        undeniable &= ~turn.asked.may
    straight = Ports(found.straight.some | undeniable, found.straight.may)
    yield from _straight(straight, [g for g in grants if not _sends_elsewhere(g) and not g.redirected])


def _straight(accepted: Ports, grants: list[Grant]) -> Iterator[Share]:
    some, may = accepted.some, accepted.may & ~accepted.some
    latest_first = list(reversed(grants))
    ordered = sorted(latest_first, key=lambda grant: grant.ports.may.bit_count())
    for grant in ordered:
        yield from _both(grant, grant.ports.some & some, 0, 0, keeps=True)
        some &= ~grant.ports.some
    for grant in ordered:
        yield from _both(grant, grant.ports.may & some, grant.ports.may & may, 0, keeps=True)
        some &= ~grant.ports.may
        may &= ~grant.ports.may
    yield from _both(None, some, may, 0, keeps=True)


def _both(grant: Grant | None, some: int, may: int, lands: int | None, keeps: bool = False) -> Iterator[Share]:
    """A share for the certain ports, and one for those that are merely possible. keeps: they stay the same ports."""
    for ports, certain in ((some, True), (may & ~some, False)):
        if ports:
            yield Share(grant, ports, certain, ports if keeps and lands is not None else lands)


def _sends_elsewhere(grant: Grant) -> bool:
    return isinstance(grant.rule.action, Redirect)


def spanned(rules: Iterable[Rule], ports: int) -> bool:
    """Whether a rule, and those that lead to it, let in these ports without naming each: by a range, or unnamed."""
    named = 0
    for leaf in leaves(condition for rule in rules for condition in rule.conditions):
        if isinstance(leaf, DestinationPort) and leaf.spans.widest == 1:
            named |= port_bits(leaf.spans.ranges)
    return bool(ports & ports >> 1) and bool(ports & ~named)


def for_dhcp(packet: Packet, ports: int) -> bool:
    """Whether the ports are just those at which DHCP servers answer this host."""
    return packet.protocol == "udp" and not ports & ~_DHCP_CLIENT
