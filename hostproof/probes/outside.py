"""What strangers get to see of the host."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Literal

from hostproof.errors import CannotTell, HostproofError
from hostproof.outside import WAYS, Family, Protocol, Replies, Trust, View, ports
from hostproof.probes.firewall.openings import REAL_PORTS
from hostproof.probes.firewall.spans import port_ranges
from hostproof.probes.listeners import Listener
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

    As long as nobody has said what that machine is to the host, it tells nothing about strangers: `said` is false.

    Example: reachable == [OpenPort("v6", "tcp", "2001:db8::7", 6379, "redis")]
    Blind spots: ports that were not asked (all TCP ports are with --probe=full; UDP ports in numbers never are); UDP services that
    leave questions unanswered that they do not like; filters on the way; what is open at other times.
    """

    @property
    def asked(self) -> bool:
        """Whether this host is looked at from outside."""
        return self.host.lookout.asked

    @property
    def said(self) -> bool:
        """Whether anybody said what the machine that looks is to the host: then what it cannot see is unknown."""
        return self.host.lookout.said

    @property
    def trust(self) -> Trust:
        """What the machine that looks is to the host; empty when nobody said."""
        return self.host.lookout.trust

    @property
    def reachable(self) -> list[OpenPort]:
        """The ports that answered a stranger. Raises CannotTell when it was no stranger who asked, or nobody could."""
        if not self.said:
            raise CannotTell(_not_a_stranger(self.host.lookout.place, ""))
        return self.answering

    @property
    def answering(self) -> list[OpenPort]:
        """The ports that answered whoever looked, unless it was a friend. Raises CannotTell when it was, or nobody could."""
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
        """Have the ports looked at where something listens beyond loopback, and those that the firewall passes on.

        What listens goes first where there are too many. Without knowing them, the usual ones are looked at.
        """
        usual = ports.named()
        of_host = {p: [self._known(kind, p) - usual[p] for kind in (self._listening, self._passed_on)] for p in PROTOCOLS}
        self.host.lookout.expect({p: _first(ports.MOST_LISTENING[p], *of_host[p]) for p in PROTOCOLS})

    def name_services(self) -> None:
        """Tell at which TCP ports nobody needs to ask what answers: programs tell it, of no service that is asked in any case."""
        tcp: list[Listener] = []
        with suppress(HostproofError):
            tcp = [listener for listener in self.host.listeners.beyond_loopback if listener.socket.protocol == "tcp"]
        listening = {listener.socket.port for listener in tcp} - self._known(self._passed_on, "tcp")
        unknown = {listener.socket.port for listener in tcp if not listener.offered or listener.offered.asked}
        self.host.lookout.name(listening, listening - unknown)

    @property
    def replies(self) -> Replies:
        """What the open ports answered a stranger who asked further, and why there may be more."""
        try:
            return self.host.lookout.replies
        except CannotTell as reason:
            return Replies(error=str(reason))

    def show_replies(self) -> None:
        """Put what they answered into the evidence of the running test."""
        replies = self.replies
        shown = [f"{reply.address} {reply.port}/{reply.protocol}: {reply}" for reply in replies.known]
        told = "\n".join([*shown, replies.error] if replies.error else shown)
        self.cite(f"what the open ports answered, asked from {self.host.lookout.place}", told or "no port needed to be asked")

    @property
    def place(self) -> str:
        """The machine that looks; empty when none does."""
        return self.host.lookout.place if self.asked else ""

    def views(self) -> tuple[View, ...]:
        """All that was seen, address by address. Raises CannotTell when it was a friend who looked, or nobody could."""
        lookout = self.host.lookout
        if lookout.trust == "trusted":
            raise CannotTell(_not_a_stranger(lookout.place, lookout.trust))
        sighting = lookout.sighting
        shown = "\n".join(map(str, sighting.views))
        self.cite(f"nmap from {lookout.place} (level {lookout.depth}; {_ways(sighting.views)})", shown or sighting.error)
        if sighting.error and not sighting.views:
            raise CannotTell(sighting.error)
        return sighting.views

    def _left_out(self) -> Iterator[str]:
        """What listens beyond loopback or is passed on, and was not asked from outside: there was too much of it."""
        views = self.host.lookout.sighting.views
        if error := self.host.lookout.sighting.error:
            yield error
        asked = {(view.protocol, port) for view in views for port in view.asked}
        for protocol in PROTOCOLS:
            if any(view.error for view in views if view.protocol == protocol):
                continue
            passed_on = self._known(self._passed_on, protocol)
            for which, its in (("where something listens", self._listening(protocol)), ("that are passed on", passed_on)):
                if left := [port for port in its if (protocol, port) not in asked]:
                    yield f"{len(left)} {protocol} ports {which} were not asked from outside, such as {min(left)}"

    def _known(self, kind: Callable[[Protocol], set[int]], protocol: Protocol) -> set[int]:
        try:
            return kind(protocol)
        except HostproofError:  # the tests meet what hinders to tell
            return set()

    def _listening(self, protocol: Protocol) -> set[int]:
        """The ports where something listens beyond loopback."""
        return {o.socket.port for o in self.host.listeners.beyond_loopback if o.socket.protocol == protocol}

    def _passed_on(self, protocol: Protocol) -> set[int]:
        """The ports that the firewall sends to other ports or machines, such as a container's: nothing need listen there."""
        bits = 0
        for opening in self.host.firewall.openings:
            if opening.protocol == protocol and opening.lands != opening.ports:
                bits |= opening.ports & REAL_PORTS
        return {port for first, last in port_ranges(bits) for port in range(first, last + 1)}


def _first(most: int, *kinds: set[int]) -> frozenset[int]:
    """At most so many of the ports: those of the first kind before those of the next, the lowest of each."""
    return frozenset(list(dict.fromkeys(port for kind in kinds for port in sorted(kind)))[:most])


def _not_a_stranger(place: str, trust: Literal["trusted", ""]) -> str:
    who = f"{place} is trusted" if trust else f"nobody said what {place} is to the host"
    return f"{who}: only what a stranger sees (--vantage=untrusted) tells what is public"


def _ways(views: Collection[View]) -> str:
    return ", ".join(dict.fromkeys(WAYS[view.how] for view in views if view.how)) or "no answer"
