"""What was seen of a host from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from hostproof.errors import CannotTell
from hostproof.outside.ports import Family, Protocol, Ranges, listed

__all__ = ["WAYS", "Family", "Protocol", "Sighting", "View"]

WAYS = {
    "syn": "half-open connections (raw sockets)",
    "connect": "whole connections (without root there are no raw sockets)",
    "udp": "datagrams",
}


@dataclass(frozen=True)
class View:
    """One address of a host, asked over one protocol.

    how: a key of WAYS. states: nmap's word for ports -> which ones: `open` answers, `closed` is refused, `filtered` is silence
    or a rejection on the way, `open|filtered` is silence where an answer need not come (UDP). Ports that are in none were not
    asked. services: what nmap calls the open ones, by number. alive: whether anything at all came back from the address.
    error: why nothing is known; then there are no states.

    Example: View("v4", "tcp", "192.0.2.7", "syn", {"open": ((22, 22),), "filtered": ((1, 21),)}, {22: "ssh"}, alive=True)
    Blind spots: whether the machine at the address is the one that is judged; what a filter on the way to it hides.
    """

    family: Family
    protocol: Protocol
    address: str
    how: str = ""
    states: Mapping[str, Ranges] = field(default_factory=dict)
    services: Mapping[int, str] = field(default_factory=dict)
    alive: bool = False
    error: str = ""

    def state(self, port: int) -> str:
        """What was seen of the port. Raises CannotTell when it was not asked, or nothing is known."""
        if self.error:
            raise CannotTell(self.error)
        for state, ranges in self.states.items():
            if any(first <= port <= last for first, last in ranges):
                return state
        raise CannotTell(f"{port}/{self.protocol} was not asked at {self.address}")

    @property
    def open(self) -> list[int]:
        """The ports that answered."""
        return [port for first, last in self.states.get("open", ()) for port in range(first, last + 1)]

    @property
    def asked(self) -> Iterator[int]:
        """The ports that were asked, whatever was seen of them."""
        return (port for ranges in self.states.values() for first, last in ranges for port in range(first, last + 1))

    def __str__(self) -> str:
        open_first = sorted(self.states.items(), key=lambda its: its[0] != "open")
        told = (f"{state}: {_told(state, ranges)}" for state, ranges in open_first)
        return f"{self.address} {self.protocol}: {self.error or '; '.join(told) or 'nothing was asked'}"


@dataclass(frozen=True)
class Sighting:
    """All that was seen of one host. error: why nobody looked at it; then there are no views."""

    views: tuple[View, ...] = ()
    error: str = ""

    def of(self, family: Family, protocol: Protocol) -> list[View]:
        """The views over that family and protocol, one for each address, or more where ports were asked later."""
        return [view for view in self.views if (view.family, view.protocol) == (family, protocol)]

    def joined(self, later: Sighting) -> Sighting:
        """This, and what was seen later. What hindered only the second look is an error of its own."""
        return Sighting((*self.views, *later.views), self.error or later.error)

    def as_json(self) -> dict[str, Any]:
        """JSON values; `from_json` takes them back in another process."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Sighting:
        return cls(tuple(_view(view) for view in values["views"]), values["error"])


def _told(state: str, ranges: Ranges) -> str:
    count = sum(last - first + 1 for first, last in ranges)
    return listed(ranges, most=20) if state == "open" or len(ranges) < 6 else f"{count} ports"


def _view(values: Mapping[str, Any]) -> View:
    states = {state: tuple((first, last) for first, last in ranges) for state, ranges in values["states"].items()}
    services = {int(port): service for port, service in values["services"].items()}
    return View(**{**values, "states": states, "services": services})
