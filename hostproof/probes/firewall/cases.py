"""The packets that have to be followed to know what becomes of all: one of each kind that the rules can tell apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address
from typing import TypeVar

from hostproof.probes.firewall import conditions as c
from hostproof.probes.firewall.anywhere import Side, classes, representatives
from hostproof.probes.firewall.network import Network
from hostproof.probes.firewall.packet import UNUSED_PROTOCOL, Family, Packet, Protocol, Surroundings
from hostproof.probes.firewall.ruleset import Ruleset
from hostproof.probes.firewall.spans import Spans

T = TypeVar("T")
# For a host that has no address of the family yet
_SOME_ADDRESS: dict[Family, int] = {"v4": int(IPv4Address("198.18.0.1")), "v6": int(IPv6Address("2001:db8::1"))}


class Cases:
    """Packets between anywhere and this host."""

    def __init__(self, network: Network, ruleset: Ruleset) -> None:
        self.network = network
        self.ruleset = ruleset
        self._far: dict[tuple[Side, Family], list[int]] = {}
        self._sources: dict[Family, list[tuple[Spans, int]]] = {}
        self._around: dict[tuple[Family, int], Surroundings] = {}

    def arriving(self, family: Family, protocol: Protocol, own: int | None = None, *, few: bool = False) -> Iterator[Packet]:
        """New packets from anywhere; `own` is an address to which some of them must go. few: also from those whom rules name."""
        for interface in self._ways_in(family):
            for destination in self._destinations(family, interface, own):
                for source in self._all_sources(family) if few else self._anywhere("saddr", family):
                    around = self._surroundings(family, destination)
                    yield Packet(family, protocol, source, destination, into=interface, around=around)

    def surveyed(
        self, family: Family, protocol: Protocol, number: int = UNUSED_PROTOCOL, stray: bool = False
    ) -> Iterator[tuple[Spans, Packet]]:
        """Packets by every interface from every kind of source that rules tell apart, public or not, and who they
        stand for. number, stray: as in Packet."""
        for interface in self.network.connected:
            for destination in self._destinations(family, interface.name, None):
                around = self._surroundings(family, destination)
                for sources, source in self._sources_of(family):
                    yield (
                        sources,
                        Packet(
                            family,
                            protocol,
                            source,
                            destination,
                            into=interface.name,
                            number=number,
                            stray=stray,
                            around=around,
                        ),
                    )

    def leaving(self, family: Family, protocol: Protocol) -> Iterator[Packet]:
        """New packets of this host to anywhere."""
        for interface in self.network.outward:
            if interface.name in self.network.routed[family] or not self.network.routed[family]:
                source = (self.network.addresses(family, [interface]) or [_SOME_ADDRESS[family]])[0]
                around = self._surroundings(family, source)
                for destination in self._anywhere("daddr", family):
                    yield Packet(family, protocol, source, destination, out=interface.name, around=around)

    def _ways_in(self, family: Family) -> list[str]:
        """An interface of each kind that rules tell apart."""

        def kind(name: str) -> object:
            told = tuple(any(c.covers(pattern, name) for pattern in names) for names in self._interface_names)
            return told, name in self.network.routed[family]

        return _one_of_each([interface.name for interface in self.network.outward], kind)

    def _destinations(self, family: Family, interface: str, own: int | None) -> list[int]:
        """An address of this host of each kind that rules tell apart for packets that come by that interface."""
        local = self.network.addresses(family, self.network.outward) or [_SOME_ADDRESS[family]]
        holder = self._surroundings(family, local[0]).local

        def kind(address: int) -> object:
            told = tuple(address & field.mask in field.spans for field in self._destination_fields)
            return told, holder.get(address) == interface

        found = _one_of_each(local, kind)
        return found if own is None or own in found else [*found, own]

    def _surroundings(self, family: Family, own: int) -> Surroundings:
        if (family, own) not in self._around:
            self._around[family, own] = self.network.surroundings(family, self._marks, also_local=own)
        return self._around[family, own]

    def _anywhere(self, side: Side, family: Family) -> list[int]:
        if (side, family) not in self._far:
            self._far[side, family] = representatives(self.ruleset, side, family)
        return self._far[side, family]

    def _all_sources(self, family: Family) -> list[int]:
        return [address for _, address in self._sources_of(family)]

    def _sources_of(self, family: Family) -> list[tuple[Spans, int]]:
        if family not in self._sources:
            around = self.network.surroundings(family, 0)
            self._sources[family] = classes(self.ruleset, family, [net for net, _ in around.nets], around.local)
        return self._sources[family]

    @cached_property
    def _marks(self) -> int:
        return self.ruleset.marks

    @cached_property
    def _interface_names(self) -> list[tuple[str, ...]]:
        """The names and patterns that rules and base chains ask for."""
        asked = {leaf.names for leaf in self.ruleset.conditions() if isinstance(leaf, c.Interface)}
        tied = {
            chain.base.devices
            for table in self.ruleset.tables
            for chain in table.chains.values()
            if chain.base and chain.base.devices
        }
        return sorted(asked | tied)

    @cached_property
    def _destination_fields(self) -> list[c.Field]:
        fields = {leaf: None for leaf in self.ruleset.conditions() if isinstance(leaf, c.Field)}
        return [field for field in fields if field.name in ("daddr", "ct original daddr")]


def _one_of_each(candidates: Iterable[T], kind: Callable[[T], object]) -> list[T]:
    """The first of the candidates of each kind."""
    first: dict[object, T] = {}
    for candidate in candidates:
        first.setdefault(kind(candidate), candidate)
    return list(first.values())
