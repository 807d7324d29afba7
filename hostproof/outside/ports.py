"""Which ports are asked, by level, and how sets of ports are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from hostproof.services import EPHEMERAL, services

Level = Literal["none", "declared", "top", "full"]
LEVELS: tuple[Level, ...] = ("none", "declared", "top", "full")
Family = Literal["v4", "v6"]
Protocol = Literal["tcp", "udp"]
PROTOCOLS: tuple[Protocol, ...] = ("tcp", "udp")
Ranges = tuple[tuple[int, int], ...]
Ports = dict[Protocol, frozenset[int]]

HIGHEST = 65535
TOP: Mapping[Protocol, int] = {"tcp": 1000, "udp": 100}  # how many of the ports that nmap finds open most often
# Ports of one host beyond the level's that are asked because something listens there, or because its firewall passes them on; a
# host cannot make us ask more.
MOST_LISTENING: Mapping[Protocol, int] = {"tcp": 400, "udp": 60}
_DECLARED = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?/(tcp|udp)")
_ITEM = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?")


def named() -> Ports:
    """The usual ports of every service that we know by name: those of the documents, and the many others."""
    known = services().values()
    return {p: frozenset(port for service in known for port in service.ports[p]) - {EPHEMERAL} for p in PROTOCOLS}


def declared(public_ports: Iterable[Any]) -> Ports:
    """The ports that a profile declares public, such as 80/tcp; what is not written like that names none."""
    found: dict[Protocol, set[int]] = {protocol: set() for protocol in PROTOCOLS}
    for entry in public_ports:
        if match := _DECLARED.fullmatch(str(entry)):
            first, last = int(match[1]), int(match[2] or match[1])
            found["tcp" if match[3] == "tcp" else "udp"].update(range(max(first, 1), min(last, HIGHEST) + 1))
    return {protocol: frozenset(ports) for protocol, ports in found.items()}


def union(*sets: Mapping[Protocol, frozenset[int]]) -> Ports:
    """All ports of all the sets."""
    return {p: frozenset().union(*(ports.get(p, frozenset()) for ports in sets)) for p in PROTOCOLS}


def ranges(ports: Iterable[int]) -> Ranges:
    """The same ports as ranges, in order: {1, 2, 3, 80} -> ((1, 3), (80, 80))."""
    found: list[tuple[int, int]] = []
    for port in sorted(ports):
        if found and found[-1][1] == port - 1:
            found[-1] = (found[-1][0], port)
        else:
            found.append((port, port))
    return tuple(found)


def parsed(text: str) -> frozenset[int]:
    """The ports that nmap writes as `1,3-4,6`. Raises ValueError."""
    found: set[int] = set()
    for item in filter(None, text.split(",")):
        match = _ITEM.fullmatch(item)
        if not match or not int(match[1]) <= int(match[2] or match[1]) <= HIGHEST:
            raise ValueError(f"not ports: {text[:60]!r}")
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(found)


def listed(ports: Ranges, most: int | None = None, between: str = ", ") -> str:
    """`22, 80-443`, and how many more where there are more than `most` ranges."""
    shown = between.join(str(first) if first == last else f"{first}-{last}" for first, last in ports[:most])
    return shown if most is None or len(ports) <= most else f"{shown} and {len(ports) - most} more ranges"
