"""The web servers of a host: which there are is seen inside, what they offer is asked for over the network."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import product
from typing import TypeVar

from hostproof.errors import CannotTell
from hostproof.outside import Family, addresses, http, tls
from hostproof.outside.dialling import directly, place
from hostproof.probes.firewall import Access
from hostproof.probes.listeners import Listener
from hostproof.probes.probe import Probe

T = TypeVar("T")
WEB_SERVERS = ("apache", "nginx", "web")  # of data/well_known_services.yml
PATIENCE = 60.0  # seconds that asking one host's web servers may take in all


@dataclass(frozen=True)
class Secured:
    """HTTPS at one address and port under one name, which is empty for what those are offered who name none.

    Example: Secured("192.0.2.7:443", "www.example.org", Offer(Certificate("www.example.org"), ("TLS 1.0",)))
    """

    place: str
    name: str
    offer: tls.Offer

    def __str__(self) -> str:
        return f"{self.place} for {self.name or 'any name'}"


@dataclass
class Site:
    """One name at one address: its HTTPS, and why some of it could not be seen."""

    name: str
    address: str
    secured: list[Secured] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.name} at {self.address}" if self.name else self.address


class Web(Probe):
    """The web servers that everybody is let in to, asked at the addresses that the inventory gives. It has no readings.

    Blind spots: HTTP/3, sites whose names nobody declared, paths beyond those asked for, what a load balancer in front of the
    host offers in its place.
    """

    _patience = PATIENCE

    @cached_property
    def servers(self) -> list[Listener]:
        """Where web servers wait, by TCP, and the firewall lets everybody in, or may do so. Raises CannotTell."""
        listeners = self.host.listeners
        waiting = (one for one in listeners.beyond_loopback if _serves_web(one) and not listeners.near(one))
        return [one for one in waiting if any(self._open(one, family) for family in one.socket.families)]

    def sites(self, names: Sequence[str], authorities: Sequence[str]) -> list[Site]:
        """What is offered by HTTPS, name by name at each address; without names, what strangers are offered.

        authorities: files of certificates that are trusted beside the system's.
        """
        return [self._site(name, address, authorities) for address in self._addresses for name in names or [""]]

    def plain_pages(self, names: Sequence[str], paths: Sequence[str]) -> tuple[list[http.Page], list[str]]:
        """What is answered to plain HTTP under each name and the bare address, and why some of it could not be seen."""
        pages: list[http.Page] = []
        unclear: list[str] = []
        for address in self._addresses:
            for port in self._ports(address):
                if self._speaks_tls(address, port):
                    continue
                for name, path in product((address, *names), paths):
                    page = self._asked(unclear, partial(http.ask, directly, address, port, name, path))
                    pages += [page] if page else []
        self.cite("plain HTTP, as it answers", "\n".join(map(str, pages)) or "no server speaks it")
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
        return sorted({one.socket.port for one in self.servers if one.socket.waits_on(address) and self._open(one, family)})

    def _open(self, listener: Listener, family: Family) -> bool:
        socket = listener.socket
        own = None if socket.address.is_unspecified else str(socket.address)
        access: Access = self.host.firewall.lets_in(family, "tcp", socket.port, local_address=own)
        return access.from_anywhere != "no"

    def _site(self, name: str, address: str, authorities: Sequence[str]) -> Site:
        site = Site(name, address)
        for port in self._ports(address):
            secured = self._asked(site.unclear, partial(self._secured, address, port, name, authorities))
            site.secured += [secured] if secured else []
        return site

    def _secured(self, address: str, port: int, name: str, authorities: Sequence[str]) -> Secured | None:
        """None when the port does not speak TLS."""
        try:
            offer = tls.offer(directly, address, port, name, authorities=authorities)
        except tls.NoTls:
            return None
        found = Secured(place(address, port), name, offer)
        self.cite(f"TLS of {found}", str(offer))
        return found

    def _speaks_tls(self, address: str, port: int) -> bool:
        try:
            tls.certificate(directly, address, port, "")
        except CannotTell:
            return False  # whether it speaks plain HTTP instead is seen when that is tried
        return True

    def _asked(self, unclear: list[str], question: Callable[[], T]) -> T | None:
        """The answer; None, and the reason noted, when there is none."""
        began = time.monotonic()
        try:
            if self._patience <= 0:
                raise CannotTell(f"asking the web servers of this host took more than {PATIENCE:g} s")
            return question()
        except CannotTell as reason:
            if str(reason) not in unclear:
                unclear.append(str(reason))
            return None
        finally:
            self._patience -= time.monotonic() - began


def _serves_web(listener: Listener) -> bool:
    service = listener.service
    return listener.socket.protocol == "tcp" and service is not None and service.id in WEB_SERVERS
