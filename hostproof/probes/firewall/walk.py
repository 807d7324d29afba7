"""The way of a packet through one base chain and the chains that it jumps to, for all ports at once."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from hostproof.errors import CannotTell
from hostproof.probes.firewall.conditions import all_of
from hostproof.probes.firewall.packet import NO, Hit, Packet
from hostproof.probes.firewall.ruleset import (
    Accept,
    Base,
    Chain,
    Drop,
    Jump,
    Redirect,
    Return,
    Rule,
    Table,
    Undecided,
    Untrack,
)

DEEPEST = 64  # jumps within jumps; the kernel allows 16


@dataclass
class Ports:
    """A set of ports, a bit each, known twice: surely in it, and possibly in it."""

    some: int = 0
    may: int = 0

    def add(self, some: int, may: int) -> None:
        self.some |= some
        self.may |= may

    def include(self, other: Ports) -> None:
        self.add(other.some, other.may)


@dataclass(frozen=True)
class Step:
    """What decided something. sure: it surely did, for the port that was asked about. by_rule: not by a policy."""

    accepts: bool
    sure: bool
    text: str
    by_rule: bool = True


@dataclass(frozen=True)
class Grant:
    """A rule that let ports pass, or sent them elsewhere. redirected: NAT had set the packet's destination before.

    callers: the rules that led to its chain. text: the rule and where it stands, as in Step.
    """

    rule: Rule
    callers: tuple[Rule, ...]
    text: str
    ports: Ports
    redirected: bool


@dataclass
class Passage:
    """What a chain made of the packets that entered it. turned: whom NAT sends elsewhere, and by which rule."""

    accepted: Ports = field(default_factory=Ports)
    dropped: Ports = field(default_factory=Ports)
    returned: Ports = field(default_factory=Ports)
    turned: list[tuple[Redirect, Ports, str]] = field(default_factory=list)

    @property
    def ended(self) -> int:
        """Ports for which the packet's way through this base chain may have ended in here."""
        bits = self.accepted.may | self.dropped.may
        for _, ports, _ in self.turned:
            bits |= ports.may
        return bits

    def absorb(self, inner: Passage) -> None:
        """Take over what ended in a chain that was called."""
        self.accepted.include(inner.accepted)
        self.dropped.include(inner.dropped)
        self.turned += inner.turned


class Walker:
    """Walks one packet through chains; remembers across them which ports conntrack leaves alone.

    seconds: how long all walks may take. steps: what decided, in order; kept only when `explaining`, which makes sense
    when a single port is walked. grants: who let which ports pass, in order; kept only when `noting`. unobstructed: no
    rule ends the way of a packet, so that each is met that would apply if it stood first.
    """

    def __init__(
        self, seconds: float, explaining: bool = False, noting: bool = False, unobstructed: bool = False
    ) -> None:
        self._deadline = time.monotonic() + seconds
        self.explaining = explaining
        self.noting = noting
        self.unobstructed = unobstructed
        self.steps: list[Step] = []
        self.grants: list[Grant] = []
        self._callers: list[Rule] = []
        self.untracked = 0

    def through_base(self, packet: Packet, table: Table, chain: Chain, base: Base, ports: Ports) -> Passage:
        """Through a base chain, its policy included; nothing is `returned`."""
        place = f"({table.title}, chain {chain.name})"
        passage = self._walk(packet, table, chain, ports, ())
        rest, passage.returned = passage.returned, Ports()
        if not base.nat:
            self.note(base.accepts, rest, f"policy {'accept' if base.accepts else 'drop'} {place}", by_rule=False)
        (passage.accepted if base.accepts else passage.dropped).include(rest)
        never_stopped = ports.some & ~passage.dropped.may
        for _, turned, _ in passage.turned:
            never_stopped &= ~turned.may
        passage.accepted.some |= never_stopped
        return passage

    def _walk(self, packet: Packet, table: Table, chain: Chain, ports: Ports, callers: tuple[str, ...]) -> Passage:
        """Through a chain's rules; who leaves it at its end or by a return is `returned`."""
        passage = Passage()
        some, may = ports.some, ports.may
        for rule in chain.rules:
            if not may:
                break
            if self.untracked != packet.untracked:
                packet = replace(packet, untracked=self.untracked)
            hit = self._hit(rule, packet, may)
            inside = Ports(some & hit.some, may & hit.may)
            if not inside.may:
                continue
            action = rule.action
            outside = hit.negated()
            if self.noting and isinstance(action, Accept | Redirect | Undecided):
                sure = 0 if isinstance(action, Undecided) else inside.some
                text = f"{rule.text} ({table.title}, chain {chain.name})"
                self.grants.append(Grant(rule, tuple(self._callers), text, Ports(sure, inside.may), packet.redirected))
            if self.unobstructed and isinstance(action, Accept | Drop | Redirect | Undecided):
                continue
            if isinstance(action, Jump):
                self._callers.append(rule)
                inner = self._called(packet, table, action, inside, (*callers, chain.name))
                self._callers.pop()
                passage.absorb(inner)
                if action.goto:
                    passage.returned.include(inner.returned)
                else:
                    either_way = some & inside.may & ~hit.some & ~inner.ended  # perhaps called, but surely back
                    some = (some & outside.some) | inner.returned.some | either_way
                    may = (may & outside.may) | inner.returned.may
                    continue
            elif not self._ends(action, inside, passage, f"{rule.text} ({table.title}, chain {chain.name})"):
                if isinstance(action, Undecided):
                    some &= ~inside.may
                continue
            some, may = some & outside.some, may & outside.may
        passage.returned.add(some, may)
        return passage

    def _ends(self, action: object, inside: Ports, passage: Passage, text: str) -> bool:
        """Do what a rule says; whether packets that it applies to leave the chain there."""
        match action:
            case Accept():
                passage.accepted.include(inside)
                self.note(True, inside, text)
            case Drop():
                passage.dropped.include(inside)
                self.note(False, inside, text)
            case Undecided():
                for accepts, ports in ((True, passage.accepted), (False, passage.dropped)):
                    ports.add(0, inside.may)
                    self.note(accepts, Ports(0, inside.may), text)
                return not action.goes_on
            case Return():
                passage.returned.include(inside)
            case Redirect():
                passage.turned.append((action, inside, text))
            case Untrack():
                self.untracked |= inside.may
                return False
            case _:
                return False
        return True

    def _called(self, packet: Packet, table: Table, jump: Jump, ports: Ports, callers: tuple[str, ...]) -> Passage:
        if len(callers) > DEEPEST:
            raise CannotTell(f"chains of {table.title} call each other without end: {' -> '.join(callers[-3:])}")
        if jump.target not in table.chains:
            raise CannotTell(f"{table.title}: chain {callers[-1]} jumps to {jump.target}, which is not listed")
        return self._walk(packet, table, table.chains[jump.target], ports, callers)

    def _hit(self, rule: Rule, packet: Packet, ports: int) -> Hit:
        """For which of the ports a rule applies."""
        if time.monotonic() > self._deadline:
            raise CannotTell("the firewall has too many rules, or they call each other too often, to be evaluated")
        hit = all_of(rule.conditions, packet)
        return hit if hit.may & ports else NO

    def note(self, accepts: bool, ports: Ports, text: str, by_rule: bool = True) -> None:
        if self.explaining and ports.may:
            self.steps.append(Step(accepts, bool(ports.some), text, by_rule))
