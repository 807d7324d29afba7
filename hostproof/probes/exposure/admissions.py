"""What the firewall says of single ports: whom it lets in, and what it sends elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hostproof.errors import CannotTell
from hostproof.outside import Family, Protocol
from hostproof.probes.exposure.row import LONGEST_WHY, Admission
from hostproof.probes.firewall.answers import Access
from hostproof.probes.firewall.openings import REAL_PORTS, Opening, Senders, written
from hostproof.probes.firewall.spans import port_ranges
from hostproof.text import one_line

if TYPE_CHECKING:
    from hostproof.probes.firewall import Firewall

Bits = dict[tuple[Family, Protocol], int]  # a bit for each port


class Admissions:
    """The firewall's word, asked once for all ports, and once more for each that a row is about."""

    def __init__(self, firewall: Firewall) -> None:
        self._firewall = firewall
        self._unclear = ""
        try:
            openings = [opening for opening in firewall.openings if opening.protocol in ("tcp", "udp")]
        except CannotTell as reason:
            openings, self._unclear = [], str(reason)
        landing = [replace(opening, ports=opening.lands) for opening in openings if opening.lands]
        self._sure = firewall.senders(opening for opening in landing if opening.certain)
        self._unsure = [opening for opening in landing if not opening.certain]
        self._moved = [opening for opening in openings if opening.lands != opening.ports]
        self._by_rule = firewall.senders(opening for opening in landing if opening.by_rule and opening.certain)

    def opened(self, beside: Bits) -> Iterator[tuple[Family, Protocol, int, int]]:
        """The ports beside others that a rule surely opens, or sends elsewhere: those in a row that share their senders are one."""
        found: list[Senders | Opening] = [*self._by_rule, *self._moved]
        ranges = {
            (entry.family, entry.protocol, first, last)
            for entry in found
            for first, last in port_ranges(entry.ports & REAL_PORTS & ~beside.get((entry.family, _narrowed(entry.protocol)), 0))
        }
        for family, protocol, first, last in sorted(ranges):
            yield family, _narrowed(protocol), first, last

    def of(self, family: Family, protocol: Protocol, port: int, addresses: Collection[str | None]) -> Admission:
        """Whom it lets in to a port of the host. addresses: those that something is bound to there, None for all."""
        try:
            found = [self._firewall.lets_in(family, protocol, port, local_address=address) for address in addresses]
        except CannotTell as reason:
            return Admission("unknown", why=one_line(str(reason), LONGEST_WHY))
        widest = max(found, key=lambda access: ("no", "perhaps", "yes").index(access.from_anywhere))
        passed_on = next((opening.why for opening in self._moved if _is_for(opening, family, protocol, port)), "")
        if passed_on:  # who gets through need not get in to the port itself
            widest = Access("no", "")
        said = self._said(family, protocol, port, widest, straight=bool(passed_on))
        return replace(said, why=one_line(said.why, LONGEST_WHY), passed_on=one_line(passed_on, LONGEST_WHY))

    def _said(self, family: Family, protocol: Protocol, port: int, widest: Access, straight: bool) -> Admission:
        """straight: whether `widest` leaves out what comes to the port from everybody as such."""
        if widest.from_anywhere != "no":
            return Admission("anybody" if widest.from_anywhere == "yes" else "perhaps", why=widest.why)
        if self._unclear:
            return Admission("unknown", why=self._unclear)
        for senders in self._sure:
            if _is_for(senders, family, protocol, port):
                networks = written(senders.sources, family)
                if networks != "anybody":
                    return Admission("networks", networks, senders.why)
                return Admission("anybody" if straight else "perhaps", why=senders.why)
        for opening in self._unsure:
            if _is_for(opening, family, protocol, port):
                return Admission("perhaps", written(opening.sources, family), opening.why)
        return Admission("nobody", why=widest.why)


def _is_for(entry: Senders | Opening, family: Family, protocol: Protocol, port: int) -> bool:
    return (entry.family, entry.protocol) == (family, protocol) and bool(entry.ports >> port & 1)


def _narrowed(protocol: str) -> Protocol:
    return "udp" if protocol == "udp" else "tcp"
