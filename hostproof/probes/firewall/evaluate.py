"""The way of a packet through the kernel's hooks, for all its ports at once.

The order is the kernel's: base chains by hook and priority; a drop ends everything, an accept ends only its base
chain, the policy speaks at a base chain's end. Every answer is kept twice, as bits per port: `some` (surely, for
packets that a sender can choose) and `may` (at least possibly), so nothing that is not understood becomes a certainty.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from hostproof.probes.firewall.packet import HIDDEN, Packet
from hostproof.probes.firewall.ruleset import Base, Chain, Hook, Redirect, Ruleset, Table
from hostproof.probes.firewall.spans import EVERY_PORT, port_bits
from hostproof.probes.firewall.symbols import STATUS
from hostproof.probes.firewall.walk import Grant, Passage, Ports, Step, Walker

CONNTRACK = -200  # the priority at which the kernel begins to track connections
Station = tuple[Table, Chain, Base]


@dataclass
class Fate:
    """What becomes of a packet, per port that it is sent to.

    accepted.some: some packets surely get through. dropped.some: some surely do not. Both can hold for one port, where
    the sender's speed or source port decides. straight: the part of `accepted` that NAT sends nowhere else; turns: the
    ports whose packets it does.
    """

    accepted: Ports = field(default_factory=Ports)
    straight: Ports = field(default_factory=Ports)
    dropped: Ports = field(default_factory=Ports)
    turns: list[Turn] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """The ports `asked` turn into those of `packet` (ports None: the same ones), whose fate is `beyond`."""

    asked: Ports
    packet: Packet
    ports: int | None
    beyond: Fate
    text: str


def fate(ruleset: Ruleset, packet: Packet, seconds: float = 10.0) -> Fate:
    """What becomes of the packet, on all ports: an incoming one when it has an `into` interface, else one of ours.

    Raises CannotTell when that takes longer than `seconds`.
    """
    return _Journey(ruleset, Walker(seconds)).begin(packet, Ports(EVERY_PORT, EVERY_PORT))


def granted(ruleset: Ruleset, packet: Packet, seconds: float = 10.0) -> tuple[Fate, list[Grant]]:
    """What becomes of the packet, on all ports, and the rules that let it pass or sent it elsewhere."""
    journey = _Journey(ruleset, Walker(seconds, noting=True))
    return journey.begin(packet, Ports(EVERY_PORT, EVERY_PORT)), journey.walker.grants


def claimed(ruleset: Ruleset, packet: Packet, seconds: float = 10.0) -> list[Grant]:
    """The rules that would let an incoming packet pass on its way to this host if each stood before all others."""
    walker = Walker(seconds, noting=True, unobstructed=True)
    hooks: tuple[Hook, ...] = ("ingress", "prerouting", "input")
    for table, chain, base in (entry for hook in hooks for entry in ruleset.entered_at(hook, packet.family)):
        if not base.nat and (base.devices is None or packet.into in base.devices):
            seen = replace(packet, state=state(packet, base), untracked=walker.untracked)
            walker.through_base(seen, table, chain, base, Ports(EVERY_PORT, EVERY_PORT))
    return walker.grants


def steps(ruleset: Ruleset, packet: Packet, port: int) -> list[Step]:
    """The rules and policies that decide about one port, in the order in which they do."""
    journey = _Journey(ruleset, Walker(seconds=10.0, explaining=True))
    journey.begin(packet, Ports(1 << port, 1 << port))
    return journey.walker.steps


class _Journey:
    def __init__(self, ruleset: Ruleset, walker: Walker) -> None:
        self.ruleset = ruleset
        self.walker = walker

    def begin(self, packet: Packet, ports: Ports) -> Fate:
        first: tuple[Hook, ...] = ("ingress", "prerouting") if packet.into else ("output",)
        return self._pass(packet, self._stations(packet, *first), ports, routed=False)

    def _stations(self, packet: Packet, *hooks: Hook) -> list[Station]:
        return [station for hook in hooks for station in self.ruleset.entered_at(hook, packet.family)]

    def _pass(self, packet: Packet, stations: list[Station], ports: Ports, *, routed: bool) -> Fate:
        """Through these stations, then on by way of routing."""
        found = Fate()
        for at, (table, chain, base) in enumerate(stations):
            passage = self._through(packet, table, chain, base, ports)
            found.dropped.include(passage.dropped)
            for redirect, turned, text in passage.turned:
                if packet.into and not packet.redirected:
                    rest = stations[at + 1 :]
                    redirect = Redirect(unknown=True) if _tied(base, stations) else redirect
                    self._turn(packet, redirect, rest, turned, text, found)
                else:  # only a connection's first translation counts, and where the host's own packets go is its affair
                    passage.accepted.include(turned)
            ports = passage.accepted
            if not ports.may:
                return found
        onward = self._arrived(ports) if routed else self._route(packet, ports)
        found.accepted.include(onward.accepted)
        found.straight.include(onward.straight)
        found.dropped.include(onward.dropped)
        found.turns += onward.turns
        return found

    def _through(self, packet: Packet, table: Table, chain: Chain, base: Base, ports: Ports) -> Passage:
        if base.devices is not None and not {packet.into, packet.out} & set(base.devices):
            return Passage(accepted=ports)
        if base.nat and packet.stray:
            return Passage(accepted=ports)
        packet = replace(packet, state=state(packet, base), untracked=self.walker.untracked)
        passage = self.walker.through_base(packet, table, chain, base, ports)
        if base.nat and self.walker.untracked:  # NAT leaves alone what conntrack does
            passage.accepted = Ports(passage.accepted.some & ~self.walker.untracked, ports.may)
            passage.dropped.some &= ~self.walker.untracked
            for _, turned, _ in passage.turned:
                turned.some &= ~self.walker.untracked
        if base.hook in ("ingress", "egress") and base.devices is None:  # it may be tied to another interface
            passage.accepted = Ports(ports.some & ~passage.dropped.may, ports.may)
            passage.dropped.some = 0
        return passage

    def _route(self, packet: Packet, ports: Ports) -> Fate:
        """Where the packet goes after the first hooks."""
        if not packet.into:
            return self._pass(packet, self._stations(packet, "postrouting", "egress"), ports, routed=True)
        if packet.ends_here:
            return self._pass(packet, self._stations(packet, "input"), ports, routed=True)
        if not packet.around.forwards:
            self.walker.note(False, ports, "this host forwards nothing", by_rule=False)
            return Fate(dropped=ports)
        packet = replace(packet, out=packet.around.way_to(packet.destination))
        return self._pass(packet, self._stations(packet, "forward", "postrouting"), ports, routed=True)

    def _arrived(self, ports: Ports) -> Fate:
        """All hooks are passed; only rules that we could not read can still have stopped it."""
        if not self.ruleset.unseen:
            return Fate(accepted=ports, straight=ports)
        unsure = Ports(0, ports.may)
        self.walker.note(False, unsure, "; ".join(self.ruleset.unseen))
        return Fate(accepted=unsure, straight=unsure, dropped=unsure)

    def _turn(
        self, packet: Packet, redirect: Redirect, stations: list[Station], asked: Ports, text: str, found: Fate
    ) -> None:
        """Follow packets whose destination NAT changes; what becomes of them counts for the port they were sent to."""
        if redirect.unknown:
            for accepts, total in ((True, found.accepted), (False, found.dropped)):
                total.add(0, asked.may)
                self.walker.note(accepts, Ports(0, asked.may), text)
            return
        address = packet.destination if redirect.address is None else redirect.address
        ports = port_bits(redirect.ports.ranges) if redirect.ports else None
        differs = address != packet.destination or (ports is not None and not ports & asked.may)
        status = STATUS["dnat"] if differs else HIDDEN
        turned = replace(packet, destination=address, redirected=True, asked=asked.may, status=status)
        self.walker.note(True, asked, text)
        beyond = self._pass(turned, stations, asked if ports is None else Ports(ports, ports), routed=False)
        found.turns.append(Turn(asked, turned, ports, beyond, text))
        for total, part in ((found.accepted, beyond.accepted), (found.dropped, beyond.dropped)):
            if ports is None:
                total.include(part)
            else:
                total.add(asked.some if part.some else 0, asked.may if part.may else 0)


def _tied(nat: Base, stations: list[Station]) -> bool:
    """Whether other rules that matter have the priority of this NAT chain, so that either may come first."""
    rivals = [
        (table, chain, base) for table, chain, base in stations if base is not nat and base.priority == nat.priority
    ]
    return any(table.redirects if base.nat else chain.rules for table, chain, base in rivals)


def state(packet: Packet, base: Base) -> Literal["new", "invalid", "unsure"]:
    """What conntrack says of a packet when the base chain asks."""
    if base.hook == "ingress" or packet.stray:
        return "invalid"
    if base.hook not in ("prerouting", "output") or base.priority > CONNTRACK:
        return "new"
    return "unsure" if base.priority == CONNTRACK else "invalid"
