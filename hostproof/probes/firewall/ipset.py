"""The sets that iptables rules look up (`ipset save`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hostproof.probes.firewall import conditions as c
from hostproof.probes.firewall import symbols
from hostproof.probes.firewall.conditions import Condition
from hostproof.probes.firewall.packet import PERHAPS
from hostproof.probes.firewall.spans import Range, Spans

_ADDRESSES = {"hash:ip", "hash:net", "bitmap:ip"}
_ADDRESSES_AND_PORTS = {"hash:ip,port", "hash:net,port"}


@dataclass
class Ipsets:
    """Sets by name: the type, the entries, and those that are marked `nomatch`."""

    types: dict[str, str] = field(default_factory=dict)
    entries: dict[str, list[str]] = field(default_factory=dict)
    exceptions: dict[str, list[str]] = field(default_factory=dict)

    @staticmethod
    def read(text: str) -> Ipsets:
        """`create NAME TYPE ...` and `add NAME ENTRY ...` lines."""
        found = Ipsets()
        for line in text.splitlines():
            words = line.split()
            if words[:1] == ["create"] and len(words) > 2:
                found.types[words[1]] = words[2]
            elif words[:1] == ["add"] and len(words) > 2:
                kept = found.exceptions if "nomatch" in words[3:] else found.entries
                kept.setdefault(words[1], []).append(words[2])
        return found

    def condition(self, values: Sequence[str]) -> Condition:
        """`--match-set NAME src,dst`: the packet is in the set, by these of its parts."""
        name, parts = values[0], values[1].split(",") if len(values) > 1 else []
        kind = self.types.get(name, "")
        entries, exceptions = self.entries.get(name, []), self.exceptions.get(name, [])
        if kind in _ADDRESSES and len(parts) == 1:
            inside = _addresses(parts[0], entries)
            return c.All((inside, c.Not(_addresses(parts[0], exceptions)))) if exceptions else inside
        if kind == "bitmap:port" and len(parts) == 1:
            return _ports(parts[0], Spans.of(map(_port_range, entries)))
        if kind in _ADDRESSES_AND_PORTS and len(parts) == 2 and not exceptions:
            return c.Any(tuple(_pair(parts, entry) for entry in entries))
        if kind == "list:set" and not exceptions:
            return c.Any(tuple(self.condition((member, *values[1:])) for member in entries if member != name))
        return c.Same(PERHAPS, f"set {name} of type {kind or 'unknown'}")


def _addresses(part: str, entries: Sequence[str]) -> Condition:
    ranges: list[Range] = []
    for entry in entries:
        first, _, last = entry.partition("-")
        ranges += Spans.addresses(first, last) if last else Spans.network(entry)
    return c.Field("saddr" if part == "src" else "daddr", Spans.of(ranges))


def _ports(part: str, spans: Spans) -> Condition:
    return c.DestinationPort(spans) if part == "dst" else c.Field("sport", spans)


def _port_range(text: str) -> Range:
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def _pair(parts: Sequence[str], entry: str) -> Condition:
    """`10.0.0.0/8,tcp:22`; tcp where none is named."""
    address, _, rest = entry.partition(",")
    protocol, _, port = rest.rpartition(":")
    number = symbols.PROTOCOLS.get(protocol or "tcp", -1)
    return c.All(
        (
            c.Field("l4proto", Spans.one(number)),
            _addresses(parts[0], [address]),
            _ports(parts[1], Spans.of([_port_range(port)])),
        )
    )
