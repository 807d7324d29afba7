"""What strangers get to see of the host."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Literal

from hostproof.errors import CannotTell, HostproofError
from hostproof.outside import WAYS, Family, Protocol, View
from hostproof.probes.probe import Probe

FAMILIES: tuple[Family, ...] = ("v4", "v6")
PROTOCOLS: tuple[Protocol, ...] = ("tcp", "udp")


@dataclass(frozen=True)
class OpenPort:
    """A port that answered. service: what nmap calls it, by its number."""

    family: Family
    protocol: Protocol
    address: str
    port: int
    service: str = ""

    @property
    def name(self) -> str:
        """As profiles write it: 80/tcp."""
        return f"{self.port}/{self.protocol}"

    def __str__(self) -> str:
        service = f" (usually {self.service})" if self.service else ""
        return f"{self.name}{service} over IP{self.family}"


class Outside(Probe):
    """What answers from outside, over IPv4 and IPv6, TCP and UDP. It has no readings: another machine was looking.

    Example: reachable == [OpenPort("v6", "tcp", "2001:db8::7", 6379, "redis")]
    Blind spots: ports that were not asked (all TCP ports are with --probe=full; UDP ports in numbers never are); UDP services that
    leave questions unanswered that they do not like; filters on the way; what is open at other times.
    """

    @property
    def asked(self) -> bool:
        """Whether anybody wanted this host to be looked at from outside."""
        return self.host.lookout.asked

    @property
    def reachable(self) -> list[OpenPort]:
        """The ports that answered a stranger. Raises CannotTell when it was no stranger who asked, or nobody could."""
        return [
            OpenPort(view.family, view.protocol, view.address, port, view.services.get(port, ""))
            for view in self.views()
            for port in view.open
        ]

    @property
    def unseen(self) -> list[str]:
        """What could not be seen, and why: with any of it, nobody knows that there is no more than `reachable`."""
        views = self.views()
        missing = [view.error for view in views if view.error]
        missing += [
            f"nothing at all came back from {view.address}: it may be down, or another address than the host's, as well as closed"
            for view in views
            if not (view.error or view.alive) and view.protocol == "tcp"
        ]
        seen = {(view.family, view.protocol) for view in views}
        for family, protocol in product(self.host.firewall.families, PROTOCOLS):
            if (family, protocol) not in seen:
                missing.append(f"the host has IP{family}, and no such address of it is in the inventory (hostproof_addresses)")
        return list(dict.fromkeys([*missing, *self._left_out()]))

    def expect_listeners(self) -> None:
        """Have the ports looked at where something listens beyond loopback. Without knowing them, the usual ones are."""
        with suppress(HostproofError):
            beyond = list(self.host.listeners.beyond_loopback)
            self.host.lookout.expect({p: frozenset(o.socket.port for o in beyond if o.socket.protocol == p) for p in PROTOCOLS})

    @property
    def place(self) -> str:
        """The machine that looks; empty when none does."""
        return self.host.lookout.place if self.asked else ""

    def views(self) -> tuple[View, ...]:
        """All that a stranger saw, address by address. Raises CannotTell when it was no stranger who asked, or nobody could."""
        lookout = self.host.lookout
        if lookout.trust != "untrusted":
            who = _what(lookout.place, lookout.trust)
            raise CannotTell(f"{who}: only what a stranger sees (--vantage=untrusted) tells what is public")
        sighting = lookout.sighting
        shown = "\n".join(map(str, sighting.views))
        self.cite(f"nmap from {lookout.place} (level {lookout.depth}; {_ways(sighting.views)})", shown or sighting.error)
        if sighting.error and not sighting.views:
            raise CannotTell(sighting.error)
        return sighting.views

    def _left_out(self) -> Iterator[str]:
        """What listens beyond loopback, and was not asked from outside: there was too much of it."""
        views = self.host.lookout.sighting.views
        if error := self.host.lookout.sighting.error:
            yield error
        asked = {(view.protocol, port) for view in views for port in view.asked}
        for protocol in PROTOCOLS:
            if any(view.error for view in views if view.protocol == protocol):
                continue
            ports = {o.socket.port for o in self.host.listeners.beyond_loopback if o.socket.protocol == protocol}
            if left := [port for port in ports if (protocol, port) not in asked]:
                yield f"{len(left)} {protocol} ports where something listens were not asked from outside, such as {min(left)}"


def _what(place: str, trust: Literal["untrusted", "trusted", ""]) -> str:
    return f"{place} is trusted" if trust == "trusted" else f"nobody said what {place} is to the host"


def _ways(views: Collection[View]) -> str:
    return ", ".join(dict.fromkeys(WAYS[view.how] for view in views if view.how)) or "no answer"
