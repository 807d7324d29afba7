"""All ports of a host that anybody has something to say about, joined row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from hostproof.errors import CannotTell
from hostproof.outside import Family, Protocol
from hostproof.probes.exposure.admissions import Admissions, Bits
from hostproof.probes.exposure.disagreements import Context, disagreements
from hostproof.probes.exposure.row import Row, SecurityGroup, held
from hostproof.probes.exposure.sightings import Sightings
from hostproof.probes.firewall.spans import port_bits
from hostproof.probes.listeners import Listener

if TYPE_CHECKING:
    from hostproof.host import AuditedHost

Key = tuple[Family, Protocol, int]
Place = tuple[Family, Protocol, int, int]  # the first and the last port
MOST_ROWS = 300
FAMILIES: tuple[Family, ...] = ("v4", "v6")


class Table:
    """The rows of one host.

    Where there are too many, those that strangers reach count first, then what was declared, what a rule opens, and what listens.
    """

    def __init__(self, host: AuditedHost, public_ports: Collection[str]) -> None:
        self._public_ports = public_ports
        self._listeners, self._hidden = _listening(host)
        self._families = _families(host)
        self._admissions = Admissions(host.firewall)
        self._sightings = Sightings(host.outside)
        self._places = list(dict.fromkeys(self._found()))

    @property
    def size(self) -> int:
        """How many rows there are in all."""
        return len(self._places)

    def rows(self, most: int | None = None) -> list[Row]:
        """The rows, or the first so many; among them those with a disagreement come first, and of these what strangers reach."""
        rows = [self._row(*place) for place in self._places[:most]]
        return sorted(rows, key=_most_to_tell_first)

    def _found(self) -> Iterator[Place]:
        reached = sorted(set(self._sightings.open))
        declared = list(self._declared())
        listening = sorted(self._listeners)
        for family, protocol, port in [*reached, *declared]:
            yield family, protocol, port, port
        yield from self._admissions.opened(_bits([*reached, *declared, *listening]))
        for family, protocol, port in listening:
            yield family, protocol, port, port

    def _declared(self) -> Iterator[Key]:
        for entry in self._public_ports:
            port, _, protocol = str(entry).partition("/")
            if protocol in ("tcp", "udp") and port.isascii() and port.isdecimal() and 0 < int(port) < 65536:
                for family in self._families:
                    yield family, cast(Protocol, protocol), int(port)

    def _row(self, family: Family, protocol: Protocol, port: int, last: int) -> Row:
        here = self._listeners.get((family, protocol, port), [])
        bound = dict.fromkeys(None if one.socket.address.is_unspecified else str(one.socket.address) for one in here)
        row = Row(
            family,
            protocol,
            port,
            last,
            declared=port == last and f"{port}/{protocol}" in self._public_ports,
            listens=held(here, self._hidden),
            firewall=self._admissions.of(family, protocol, port, bound or [None]),
            security_group=SecurityGroup(),
            outside=self._sightings.of(family, protocol, port, last),
        )
        return replace(row, disagreements=disagreements(row, self._context(row, here)))

    def _context(self, row: Row, here: list[Listener]) -> Context:
        for_others = [one for one in here if not one.socket.address.is_link_local]
        without_v4 = "v4" in self._families and ("v4", row.protocol, row.port) not in self._listeners
        return Context(
            taken=row.declared and bool(here) and not any(one.declared_in(self._public_ports) for one in here),
            only_v6=row.family == "v6" and bool(for_others) and without_v4,
        )


def _most_to_tell_first(row: Row) -> tuple[bool, bool, str, int, str]:
    agreed = not row.disagreements
    return agreed, not agreed and row.outside.state != "open", row.protocol, row.port, row.family


def _listening(host: AuditedHost) -> tuple[dict[Key, list[Listener]], str]:
    """What waits beyond loopback, by family, protocol and port, and why that cannot be told."""
    found: dict[Key, list[Listener]] = {}
    try:
        for listener in host.listeners.beyond_loopback:
            for family in listener.socket.families:
                found.setdefault((family, listener.socket.protocol, listener.socket.port), []).append(listener)
    except CannotTell as reason:
        return {}, str(reason)
    return found, ""


def _families(host: AuditedHost) -> Collection[Family]:
    try:
        families: Collection[Family] = host.firewall.families
    except CannotTell:  # then it may have both
        return FAMILIES
    return families


def _bits(keys: Collection[Key]) -> Bits:
    ports: dict[tuple[Family, Protocol], set[int]] = {}
    for family, protocol, port in keys:
        ports.setdefault((family, protocol), set()).add(port)
    return {kind: port_bits(tuple((port, port) for port in sorted(its))) for kind, its in ports.items()}
