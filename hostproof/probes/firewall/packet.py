"""The packet whose fate is asked, and what a rule's condition can say about it.

One packet stands for up to 65,536: all destination ports at once, a bit each. What a sender may choose freely (source
port, length, time of day, how fast it sends) is CHOSEN; what we cannot know is HIDDEN; neither is ever guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NamedTuple

from hostproof.probes.firewall.spans import EVERY_PORT, Spans

Family = Literal["v4", "v6"]
UNUSED_PROTOCOL = 253
Protocol = Literal["tcp", "udp", "icmp", "other"]


class Hit(NamedTuple):
    """For which ports a condition holds; each member is a bit per port.

    always: for every such packet. some: surely for some packets (the sender chooses which). may: at least possibly;
    `may` without `some` is what we do not understand. `always` is part of `some`, and `some` of `may`.
    """

    always: int
    some: int
    may: int

    @staticmethod
    def on(ports: int) -> Hit:
        return Hit(ports, ports, ports)

    def also(self, other: Hit) -> Hit:
        return Hit(self.always & other.always, self.some & other.some, self.may & other.may)

    def either(self, other: Hit) -> Hit:
        return Hit(self.always | other.always, self.some | other.some, self.may | other.may)

    def negated(self) -> Hit:
        if self.always is self.may:  # no doubt and no choice: the usual case
            return Hit.on(EVERY_PORT & ~self.may)
        never = EVERY_PORT & ~self.may
        return Hit(never, never | (self.some & ~self.always), EVERY_PORT & ~self.always)


YES = Hit.on(EVERY_PORT)
NO = Hit.on(0)
SOME = Hit(0, EVERY_PORT, EVERY_PORT)  # it is the sender's choice
PERHAPS = Hit(0, 0, EVERY_PORT)  # it is not understood


class Unfixed(Enum):
    """Why a field has no single value."""

    CHOSEN = "the sender's choice"
    HIDDEN = "not known"


CHOSEN, HIDDEN = Unfixed.CHOSEN, Unfixed.HIDDEN
Value = int | Unfixed


@dataclass(frozen=True)
class Surroundings:
    """What rules may ask about the host itself, for one address family.

    local: its addresses, and the interface that holds each. nets: the networks it is part of, and by which interface.
    routed: interfaces that hold a default route. forwards: whether it passes on packets for others. marks: bits that
    some rule may set in the mark of a packet or connection.
    """

    local: Mapping[int, str] = field(default_factory=dict)
    nets: tuple[tuple[Spans, str], ...] = ()
    routed: frozenset[str] = frozenset()
    forwards: bool = True
    marks: int = 0

    def way_to(self, address: int) -> str | None:
        """The interface by which packets for the address leave, where that is plain."""
        ways = [name for net, name in self.nets if address in net] or sorted(self.routed)
        return ways[0] if len(set(ways)) == 1 else None


@dataclass(frozen=True)
class Packet:
    """The first packet of a new connection: a TCP SYN, any UDP, an echo request, or one of another protocol.

    source, destination: addresses as integers. into, out: interface names, empty when there is none at that hook; None
    when we cannot tell. state: what rules see of conntrack, `invalid` where they run before it. redirected: a NAT rule
    has set its destination; asked: then the ports it was sent to; status: then the bits that conntrack notes of it.
    untracked: ports for which a rule may have switched conntrack off. number: of the other protocol; 253 is one that is
    kept free for experiments. stray: it answers to nothing and begins nothing (a SYN and ACK), so conntrack calls it
    invalid.
    """

    family: Family
    protocol: Protocol
    source: int
    destination: int
    into: str = ""
    out: str | None = ""
    state: Literal["new", "invalid", "unsure"] = "new"
    redirected: bool = False
    asked: int = EVERY_PORT
    status: Value = 0
    untracked: int = 0
    number: int = UNUSED_PROTOCOL
    stray: bool = False
    around: Surroundings = field(default_factory=Surroundings)

    @property
    def has_ports(self) -> bool:
        """Whether its protocol knows ports; SCTP and its like do."""
        return self.protocol in ("tcp", "udp") or (self.protocol == "other" and self.number in (33, 132, 136))

    @property
    def ends_here(self) -> bool:
        """Whether it is for this host, not for another one behind it."""
        return self.destination in self.around.local

    def value(self, name: str) -> Value:
        """What a field holds. Fields that belong to no such packet are guarded by conditions on its protocol."""
        known = _FIXED.get(name)
        return known(self) if known else CHOSEN if name in _CHOSEN else HIDDEN


def _l4proto(packet: Packet) -> int:
    if packet.protocol == "other":
        return packet.number
    if packet.protocol == "icmp":
        return 1 if packet.family == "v4" else 58
    return 6 if packet.protocol == "tcp" else 17


def _kind_of(address: int, interface: str | None, packet: Packet) -> Value:
    """As the kernel's routing types: 1 unicast, 2 local. With an interface, only its own addresses are local to it."""
    holder = packet.around.local.get(address)
    if holder is None or interface is None or holder == interface:
        return 2 if holder is not None else 1
    return 1 if packet.family == "v4" else HIDDEN


def _way_back(packet: Packet) -> Value:
    """Whether the interface that a packet came by also leads back to its sender (reverse path)."""
    direct = [name for net, name in packet.around.nets if packet.source in net]
    return 1 if packet.into in (direct or packet.around.routed) else HIDDEN


# Numbers are the kernel's and the protocols' own.
_FIXED: dict[str, Callable[[Packet], Value]] = {
    "nfproto": lambda p: 2 if p.family == "v4" else 10,
    "ethertype": lambda p: 0x0800 if p.family == "v4" else 0x86DD,
    "ip version": lambda p: 4 if p.family == "v4" else 6,
    "l4proto": _l4proto,
    "saddr": lambda p: p.source,
    "daddr": lambda p: p.destination,
    "fragment": lambda p: 0,
    "tcp flags": lambda p: 0x12 if p.stray else 0x02,
    "icmp type": lambda p: 8 if p.family == "v4" else 128,
    "icmp code": lambda p: 0,
    "pkttype": lambda p: 0,
    "ipsec": lambda p: 0,
    "ct direction": lambda p: 0,
    "ct status": lambda p: p.status,
    "ct original daddr": lambda p: HIDDEN if p.redirected else p.destination,
    "saddr type": lambda p: _kind_of(p.source, None, p),
    "saddr type here": lambda p: _kind_of(p.source, p.into, p),
    "daddr type": lambda p: _kind_of(p.destination, None, p),
    "daddr type here": lambda p: _kind_of(p.destination, p.into, p),
    "way back": _way_back,
    "extra header": lambda p: CHOSEN if p.into else 0,  # whether there is one that few packets have
    "user": lambda p: HIDDEN if p.into else CHOSEN,
}
_CHOSEN = frozenset({"sport", "header", "rate", "time", "chance"})
