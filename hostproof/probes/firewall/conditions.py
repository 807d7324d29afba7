"""The conditions of rules, whatever tool wrote them: each says for which ports it holds for a packet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from hostproof.probes.firewall.packet import HIDDEN, NO, PERHAPS, SOME, YES, Hit, Packet
from hostproof.probes.firewall.spans import EVERY_PORT, Spans, port_bits
from hostproof.probes.firewall.symbols import STATES


class Condition(Protocol):
    """One thing that a rule asks of a packet."""

    def hit(self, packet: Packet) -> Hit:
        """For which ports it holds."""
        ...

    def parts(self) -> Sequence[Condition]:
        """The conditions it is made of."""
        ...


class _Simple:
    def parts(self) -> Sequence[Condition]:
        return ()


@dataclass(frozen=True)
class Same(_Simple):
    """The same answer for every packet: always, never, or not understood (`text` says what)."""

    answer: Hit
    text: str = ""

    def hit(self, packet: Packet) -> Hit:
        return self.answer


@dataclass(frozen=True)
class Field(_Simple):
    """A field of the packet, under a mask, lies in `spans`."""

    name: str
    spans: Spans
    mask: int = -1

    def hit(self, packet: Packet) -> Hit:
        value = packet.value(self.name)
        if isinstance(value, int):
            return YES if value & self.mask in self.spans else NO
        if not self.spans.ranges:
            return NO
        if value is HIDDEN:
            return PERHAPS
        every = self.name == "sport" and port_bits(self.spans.ranges) == EVERY_PORT
        return YES if every else SOME


@dataclass(frozen=True)
class DestinationPort(_Simple):
    """The port that a packet is sent to; `original` is the one before NAT changed it."""

    spans: Spans
    original: bool = False

    def hit(self, packet: Packet) -> Hit:
        ports = port_bits(self.spans.ranges)
        if not packet.has_ports:
            return SOME if 0 < ports < EVERY_PORT else Hit.on(ports)  # other bytes stand at that place
        if not (self.original and packet.redirected):
            return Hit.on(ports)
        if packet.asked & ports == packet.asked:
            return YES
        return PERHAPS if packet.asked & ports else NO


@dataclass(frozen=True)
class Interface(_Simple):
    """The interface that a packet came in by or goes out by; `eth*` covers all that begin so."""

    way: Literal["into", "out"]
    names: tuple[str, ...]

    def hit(self, packet: Packet) -> Hit:
        name = packet.into if self.way == "into" else packet.out
        if name is None:
            return PERHAPS
        return YES if any(covers(pattern, name) for pattern in self.names) else NO


def covers(pattern: str, name: str) -> bool:
    """Whether a rule's `eth0` or `eth*` means that interface."""
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


@dataclass(frozen=True)
class Tracking(_Simple):
    """The state that conntrack gives a packet, under a mask, lies in `spans`."""

    spans: Spans
    mask: int = -1

    def hit(self, packet: Packet) -> Hit:
        if packet.state == "unsure":
            return PERHAPS
        tracked = STATES[packet.state] & self.mask in self.spans
        untracked = STATES["untracked"] & self.mask in self.spans
        if tracked == untracked or not packet.untracked:
            return YES if tracked else NO
        elsewhere = EVERY_PORT & ~packet.untracked if tracked else 0
        return Hit(elsewhere, elsewhere, elsewhere | packet.untracked)


@dataclass(frozen=True)
class Tracked(_Simple):
    """Conntrack knows the packet's connection. Without that, rules that ask for more of it than a state never match."""

    def hit(self, packet: Packet) -> Hit:
        if packet.state == "invalid":
            return NO
        known = PERHAPS if packet.state == "unsure" else YES
        tracked = EVERY_PORT & ~packet.untracked
        return Hit(known.always & tracked, known.some & tracked, known.may)


@dataclass(frozen=True)
class Mark(_Simple):
    """The mark of the packet or its connection, under a mask, lies in `spans`. It is 0 until a rule sets bits."""

    spans: Spans
    mask: int = 0xFFFFFFFF

    def hit(self, packet: Packet) -> Hit:
        settable = packet.around.marks & self.mask
        if not settable:
            return YES if 0 in self.spans else NO
        return PERHAPS if any(_reachable(first, last, settable) for first, last in self.spans) else NO


def _reachable(first: int, last: int, settable: int) -> bool:
    return first != last or not first & ~settable


@dataclass(frozen=True)
class All(_Simple):
    """Every one of its parts holds."""

    conditions: tuple[Condition, ...]

    def hit(self, packet: Packet) -> Hit:
        return all_of(self.conditions, packet)

    def parts(self) -> Sequence[Condition]:
        return self.conditions


@dataclass(frozen=True)
class Any(_Simple):
    """One of its parts holds."""

    conditions: tuple[Condition, ...]

    def hit(self, packet: Packet) -> Hit:
        hit = NO
        for condition in self.conditions:
            hit = hit.either(condition.hit(packet))
            if hit.always == EVERY_PORT:
                break
        return hit

    def parts(self) -> Sequence[Condition]:
        return self.conditions


@dataclass(frozen=True)
class Not:
    """Its part does not hold."""

    condition: Condition

    def hit(self, packet: Packet) -> Hit:
        return self.condition.hit(packet).negated()

    def parts(self) -> Sequence[Condition]:
        return (self.condition,)


def all_of(conditions: Iterable[Condition], packet: Packet) -> Hit:
    """For which ports all of the conditions hold. YES and NO are told by identity: this is the hot path."""
    hit = YES
    for condition in conditions:
        found = condition.hit(packet)
        if found is NO:
            return NO
        if found is not YES:
            hit = found if hit is YES else hit.also(found)
    return hit


def leaves(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The simple conditions that these are made of."""
    for condition in conditions:
        parts = condition.parts()
        if parts:
            yield from leaves(parts)
        else:
            yield condition
