"""The web servers of a host: which there are is seen inside, what they offer is asked for over the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Concatenate, ParamSpec, TypeVar

from hostproof.errors import CannotTell
from hostproof.outside import Family, addresses, http, tls
from hostproof.outside.calling import Caller, side_by_side
from hostproof.outside.dialling import Dial
from hostproof.probes.firewall import Access
from hostproof.probes.listeners import Listener
from hostproof.probes.outside import OpenPort
from hostproof.probes.probe import Probe

T = TypeVar("T")
P = ParamSpec("P")
WEB_SERVERS = ("apache", "nginx", "web")  # of data/well_known_services.yml
WEB_PORTS = {("tcp", 80), ("tcp", 443)}
ENOUGH = 2  # questions that are left unanswered; further ones would cost as much time, and hear as little
Place = tuple[str, int]  # address and port
Heard = tls.Offer | CannotTell | None  # what is offered under a name, or why that is not known; None where TLS is not spoken


@dataclass
class Site:
    """One name at one address: its HTTPS, and why some of it could not be seen."""

    name: str
    address: str
    secured: list[tls.Offer] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.name} at {self.address}" if self.name else self.address


class Web(Probe):
    """The web servers that everybody is let in to, asked at the addresses that the inventory gives. It has no readings.

    Where a stranger looked, those behind the host belong to it that answer at its ports 80 and 443, such as a container's.

    The machine of --probe-from asks where there is one: it sees what strangers see. Else this machine does.

    Blind spots: HTTP/3, sites whose names nobody declared, paths beyond those asked for, what a load balancer in front of the
    host offers in its place.
    """

    @cached_property
    def servers(self) -> list[Listener]:
        """Where web servers wait, by TCP, and the firewall lets everybody in, or may do so. Raises CannotTell."""
        listeners = self.host.listeners
        waiting = (one for one in listeners.beyond_loopback if _serves_web(one) and not listeners.near(one))
        return [one for one in waiting if any(self._open(one, family) for family in one.socket.families)]

    @cached_property
    def passed_on(self) -> list[OpenPort]:
        """The usual ports of web servers that strangers reach although nothing listens there: something behind the host answers.

        Empty as long as no stranger has looked.
        """
        if not self.host.outside.asked:
            return []
        try:
            reachable = self.host.outside.reachable
        except CannotTell:  # what is public at all is judged by others, and unknown there
            return []
        listening = [listener.socket for listener in self.host.listeners.beyond_loopback if listener.socket.protocol == "tcp"]
        return [
            port
            for port in reachable
            if (port.protocol, port.port) in WEB_PORTS
            and not any(socket.port == port.port and socket.waits_on(port.address) for socket in listening)
        ]

    @property
    def serves_everybody(self) -> bool:
        """Whether there is a web server that everybody is let in to, on the host or behind it. Raises CannotTell."""
        return bool(self.servers or self.passed_on)

    def sites(self, names: Sequence[str], authorities: Sequence[str]) -> list[Site]:
        """What is offered by HTTPS, name by name at each address, and what is broken there for those who ask for no name.

        authorities: files of certificates that are trusted beside the system's.
        """
        heard = self._everywhere(lambda address, port: self._offers_at(address, port, names, authorities))
        found = [self._site(name, address, heard) for address in self._addresses for name in names or [""]]
        if names:
            nameless = [self._site("", address, heard) for address in self._addresses]
            found += [site for site in nameless if site.secured or site.unclear]
        seen = "\n".join(offer.seen for site in found for offer in site.secured)
        self.cite(f"TLS, as it answers {self._caller.place}", seen or "nobody speaks it")
        return found

    def plain_pages(self, names: Sequence[str], paths: Sequence[str]) -> tuple[list[http.Page], list[str]]:
        """What is answered to plain HTTP under each name and the bare address, and why some of it could not be seen."""
        heard = self._everywhere(lambda address, port: self._pages_at(address, port, names, paths)).values()
        pages = [page for its, _ in heard for page in its]
        unclear = list(dict.fromkeys(reason for _, reasons in heard for reason in reasons))
        self.cite(f"plain HTTP, as it answers {self._caller.place}", "\n".join(map(str, pages)) or "no server speaks it")
        return pages, unclear

    @cached_property
    def _addresses(self) -> list[str]:
        """Those of the inventory at which a web server waits. Raises CannotTell when there are none."""
        found = addresses.addresses_of(self.host.connection.description)
        if served := [address for address in (*found.v4, *found.v6) if self._ports(address)]:
            return served
        raise CannotTell(f"its web servers wait at addresses that the inventory does not name ({addresses.VARIABLE} does)")

    def _ports(self, address: str) -> list[int]:
        """The ports of web servers that strangers reach at this address."""
        family: Family = "v6" if ":" in address else "v4"
        own = {one.socket.port for one in self.servers if one.socket.waits_on(address) and self._open(one, family)}
        return sorted(own | {port.port for port in self.passed_on if port.address == address})

    def _open(self, listener: Listener, family: Family) -> bool:
        socket = listener.socket
        own = None if socket.address.is_unspecified else str(socket.address)
        access: Access = self.host.firewall.lets_in(family, "tcp", socket.port, local_address=own)
        return access.from_anywhere != "no"

    def _everywhere(self, ask: Callable[[str, int], T]) -> dict[Place, T]:
        """What is heard at each address and port, asked side by side."""
        places = [(address, port) for address in self._addresses for port in self._ports(address)]
        return dict(zip(places, side_by_side(lambda where: ask(*where), places), strict=True))

    def _site(self, name: str, address: str, heard: Mapping[Place, Mapping[str, Heard]]) -> Site:
        its = [by_name[name] for (where, _), by_name in heard.items() if where == address and name in by_name]
        unclear = dict.fromkeys(str(one) for one in its if isinstance(one, CannotTell))
        return Site(name, address, [one for one in its if isinstance(one, tls.Offer)], list(unclear))

    def _offers_at(self, address: str, port: int, names: Sequence[str], authorities: Sequence[str]) -> dict[str, Heard]:
        """What is offered there by name, "" among them where any TLS is spoken: what those meet who ask for no name."""
        found: dict[str, Heard] = {}
        for name in names or [""]:
            found[name] = self._asked(_offer, address, port, name, authorities)
            if sum(isinstance(heard, tls.Silent) for heard in found.values()) == ENOUGH:
                return {**dict.fromkeys(names, found[name]), **found}
        if any(isinstance(heard, tls.Offer) for heard in found.values()) and "" not in found:
            found[""] = self._asked(tls.offer_to_the_nameless, address, port)
        return found

    def _pages_at(
        self, address: str, port: int, names: Sequence[str], paths: Sequence[str]
    ) -> tuple[list[http.Page], list[str]]:
        """What is answered there to plain HTTP, and why some of it could not be seen."""
        pages: list[http.Page] = []
        unclear: list[str] = []
        silent = 0
        if self._speaks_tls(address, port):
            return pages, unclear
        for name, path in product((address, *names), paths):
            page = self._asked(http.ask, address, port, name, path)
            if isinstance(page, http.Page):
                pages.append(page)
            else:
                unclear.append(str(page))
            silent += isinstance(page, http.Silent)
            if silent == ENOUGH:
                break
        return pages, unclear

    def _speaks_tls(self, address: str, port: int) -> bool:
        """False where that is not seen: whether it speaks plain HTTP instead is seen when that is tried."""
        return isinstance(self._asked(tls.certificate, address, port, ""), tls.Certificate)

    def _asked(self, question: Callable[Concatenate[Dial, P], T], *args: P.args, **named: P.kwargs) -> T | CannotTell:
        """The answer, or why there is none."""
        try:
            return self._caller.ask(question, *args, **named)
        except CannotTell as reason:
            return reason

    @property
    def _caller(self) -> Caller:
        return self.host.lookout.callers[0]


def _offer(dial: Dial, address: str, port: int, name: str, authorities: Sequence[str]) -> tls.Offer | None:
    """None when the port does not speak TLS."""
    try:
        return tls.offer(dial, address, port, name, authorities=authorities)
    except tls.NoTls:
        return None


def _serves_web(listener: Listener) -> bool:
    service = listener.service
    return listener.socket.protocol == "tcp" and service is not None and service.id in WEB_SERVERS
