"""Sets of whole numbers as sorted ranges: addresses, ports, protocol numbers, mark values.

Sets of ports are also kept as one big integer with a bit per port, because then a rule is applied to all 65,536 ports
by a single `&`. `EVERY_PORT` has all those bits; protocols without ports (icmp) use them too, and all bits share one
fate.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from ipaddress import ip_address, ip_network

PORTS = 65_536
EVERY_PORT = (1 << PORTS) - 1

Range = tuple[int, int]  # first and last, both included


@dataclass(frozen=True)
class Spans:
    """A set of whole numbers: sorted ranges that neither overlap nor touch.

    widest: how many numbers the widest of the ranges held that it was made of: {80, 81} are two, 80-81 is one of two.
    """

    ranges: tuple[Range, ...]
    widest: int = field(default=0, compare=False)

    @staticmethod
    def of(ranges: Iterable[Range]) -> Spans:
        """The union of any ranges, in any order."""
        joined: list[Range] = []
        widest = 0
        for first, last in sorted(r for r in ranges if r[0] <= r[1]):
            widest = max(widest, last - first + 1)
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(joined[-1][1], last))
            else:
                joined.append((first, last))
        return Spans(tuple(joined), widest)

    @staticmethod
    def one(value: int) -> Spans:
        return Spans(((value, value),), 1)

    @staticmethod
    def network(text: str) -> Spans:
        """An address or a network in any notation (`10.0.0.0/8`, `10.0.0.0/255.0.0.0`, host bits allowed)."""
        network = ip_network(text, strict=False)
        return Spans(((int(network.network_address), int(network.broadcast_address)),))

    @staticmethod
    def addresses(first: str, last: str) -> Spans:
        return Spans.of([(int(ip_address(first)), int(ip_address(last)))])

    def __contains__(self, value: int) -> bool:
        at = bisect_right(self._firsts, value) - 1
        return at >= 0 and value <= self.ranges[at][1]

    def __iter__(self) -> Iterator[Range]:
        return iter(self.ranges)

    def within(self, limits: Range) -> Iterator[Range]:
        """The part of the set that lies between the limits, both included."""
        for first, last in self.ranges[max(bisect_right(self._firsts, limits[0]) - 1, 0) :]:
            if first > limits[1]:
                return
            if last >= limits[0]:
                yield max(first, limits[0]), min(last, limits[1])

    def common(self, other: Spans) -> Spans:
        """What both sets hold."""
        return Spans.of(part for limits in other for part in self.within(limits))

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        return tuple(first for first, _ in self.ranges)


@lru_cache(maxsize=2048)
def port_bits(ranges: tuple[Range, ...]) -> int:
    """A bit for each port in the ranges."""
    bits = 0
    for first, last in ranges:
        first, last = max(first, 0), min(last, PORTS - 1)
        if first <= last:
            bits |= ((1 << (last - first + 1)) - 1) << first
    return bits


def port_ranges(bits: int) -> list[Range]:
    """The ranges that a bit per port stands for, sorted."""
    ranges = []
    base = 0
    while bits:
        gap = (bits & -bits).bit_length() - 1
        bits >>= gap
        run = (~bits & (bits + 1)).bit_length() - 1
        ranges.append((base + gap, base + gap + run - 1))
        bits >>= run
        base += gap + run
    return ranges
