"""Which services talk without encryption beyond the host: which there are is seen inside, how they talk is asked of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Literal

from hostproof.errors import CannotTell
from hostproof.outside import Family, addresses, speaking, starttls, tls
from hostproof.outside.calling import Caller, first_answer, side_by_side
from hostproof.probes.listeners import Listener
from hostproof.probes.probe import Probe

WEB_SERVERS = ("apache", "nginx", "web")  # of data/well_known_services.yml
WEB_PORTS = (80, 443)
_NO_ADDRESS = f"the inventory names no address of it ({addresses.VARIABLE} does)"


@dataclass
class Offers:
    """What services offer by TLS, and why some of it could not be seen."""

    known: list[tls.Offer] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Talk:
    """How a service talks with those whom the firewall lets in.

    Example: Talk(Listener(...), "no", "it answers PING without encryption")
    """

    listener: Listener
    encrypted: Literal["yes", "no", "perhaps"]
    why: str

    def __str__(self) -> str:
        return f"{self.listener}: {self.why}"


@dataclass(frozen=True)
class Whereabouts:
    """A service, who may be let in to it, and where it can be asked by whom. unclear: why nobody can ask."""

    listener: Listener
    families: Mapping[Family, Literal["yes", "perhaps"]]
    callers: tuple[Caller, ...] = ()
    addresses: tuple[str, ...] = ()
    unclear: str = ""

    def clear(self, why: str) -> Talk:
        """It talks without encryption."""
        if "yes" in self.families.values():
            return Talk(self.listener, "no", why)
        return Talk(self.listener, "perhaps", f"{why}; whether the firewall lets anybody in to it is not clear")


class Encryption(Probe):
    """How the services talk that anybody beyond the host is let in to. It has no readings of its own.

    A service that a few networks reach is on the wire like any other. What waits on loopback, in a tunnel or on a private network
    that leads nowhere else is not looked at, nor is what the firewall keeps from everybody.
    Blind spots: ports that are passed on to another machine without a listener here; who is told otherwise than this machine by a
    service that trusts it; whether MySQL insists on the TLS that it offers (unknown then); LDAP, SMB, NFS, SNMP and others that we
    cannot ask (unknown); public web servers on 80 and 443, which http-only-redirects judges; mail
    between servers, for which TLS is an offer at best; a port that speaks TLS and also, unknown to us, a clear protocol.
    """

    def talks(self) -> list[Talk]:
        """Every service that somebody may be let in to, but for those that are clear by nature. Raises CannotTell."""
        asked, passed_over = [], []
        for listener in self.host.listeners.beyond_loopback:
            if reason := self._left_out(listener):
                passed_over.append(f"{listener}: {reason}")
            else:
                asked.append(self._whereabouts(listener))
        found = side_by_side(self._talk, asked)
        judged = [f"{talk.listener}: encrypted: {talk.encrypted}, {talk.why}" for talk in found]
        self.cite("how the services talk", "\n".join(passed_over + judged) or "nothing beyond loopback")
        return found

    def offers(self, names: Sequence[str], authorities: Sequence[str]) -> Offers:
        """What the services offer by TLS, from the start or by STARTTLS and its like, at each address. Raises CannotTell.

        names: DNS names by which clients know the host; a service is asked for one after the other until its certificate is for it.
        authorities: files of certificates that are trusted beside the system's.
        """
        asked = [
            self._whereabouts(listener)
            for listener in self.host.listeners.beyond_loopback
            if not self._left_out(listener) and _may_speak_tls(listener)
        ]
        offered = side_by_side(lambda one: self._offers_of(one, names or [""], authorities), asked)
        found = Offers([offer for its in offered for offer in its.known], [reason for its in offered for reason in its.unclear])
        self.cite("what the services offer by TLS", "\n".join(offer.seen for offer in found.known) or "none speaks it")
        return found

    def _whereabouts(self, listener: Listener) -> Whereabouts:
        """What has to be known before it is asked; what the host has to be asked for is not, beside other services."""
        try:
            return Whereabouts(listener, self._families(listener), self._callers, tuple(self._addresses(listener)))
        except CannotTell as reason:
            return Whereabouts(listener, self._families(listener), unclear=str(reason))

    def _offers_of(self, one: Whereabouts, names: Sequence[str], authorities: Sequence[str]) -> Offers:
        """What a service offers at each of its addresses, asked side by side."""

        def ask(address: str) -> tls.Offer | str | None:
            try:
                return self._best_offer(one, address, names, authorities)
            except CannotTell as reason:
                return f"{one.listener}: {reason}"

        if one.unclear or not one.addresses:
            return Offers(unclear=[f"{one.listener}: {one.unclear or _NO_ADDRESS}"])
        heard = side_by_side(ask, one.addresses)
        return Offers([its for its in heard if isinstance(its, tls.Offer)], [its for its in heard if isinstance(its, str)])

    def _best_offer(self, one: Whereabouts, address: str, names: Sequence[str], authorities: Sequence[str]) -> tls.Offer | None:
        """What is offered under the first of the names that its certificate is for, else under the first; None without TLS."""
        offers = []
        for name in names:
            offer = self._offer(one, address, name, authorities)
            if offer is None or (offer.certificate and not offer.certificate.fault):
                return offer
            offers.append(offer)
        return offers[0]

    def _offer(self, one: Whereabouts, address: str, name: str, authorities: Sequence[str]) -> tls.Offer | None:
        """What the first of the callers is offered that gets an answer. Raises CannotTell."""
        kind = one.listener.service.id if one.listener.service else ""

        def ask(caller: Caller) -> tls.Offer | None:
            try:
                return caller.ask(starttls.offer, address, one.listener.socket.port, name, kind, authorities)
            except tls.NoTls:
                return None

        return first_answer([partial(ask, caller) for caller in one.callers], _NO_ADDRESS)

    def _left_out(self, listener: Listener) -> str:
        """Why nobody needs to ask how it talks; empty when somebody does."""
        listeners, service, socket = self.host.listeners, listener.service, listener.socket
        if asking_for := listeners.asks_only(listener):
            return f"serves nobody, it is a socket for {asking_for.what}"
        if _speaks(listener) == "openly":
            return "clear by nature"
        of_the_web = service and service.id in WEB_SERVERS and socket.protocol == "tcp" and socket.port in WEB_PORTS
        if of_the_web and self._public(listener):
            return "a public web server, judged by http-only-redirects"
        if listeners.near(listener):
            return "on the local link, in a tunnel or on a private network"
        return "" if self._families(listener) else "the firewall lets nobody in"

    def _talk(self, one: Whereabouts) -> Talk:
        listener = one.listener
        manner = _speaks(listener)
        if manner == "encrypted":
            return Talk(listener, "yes", "its protocol is encrypted")
        if manner == "clear":
            return one.clear("its protocol knows no encryption")
        try:
            asked = self._asked(one)
        except CannotTell as reason:
            return Talk(listener, "perhaps", str(reason))
        if asked.how == "clear":
            return one.clear(asked.why)
        if asked.how == "optional":
            return Talk(listener, "perhaps", f"{asked.why}, and nobody saw whether it insists")
        return Talk(listener, "yes", asked.why)

    def _asked(self, one: Whereabouts) -> speaking.Manner:
        """The service's own answer, to the first of the callers and at the first of the inventory's addresses where it gives one.

        Raises CannotTell.
        """
        if one.listener.socket.protocol == "udp":
            raise CannotTell("over UDP it cannot be asked whether it encrypts")
        if one.unclear:
            raise CannotTell(one.unclear)
        kind, port = one.listener.service.id if one.listener.service else "", one.listener.socket.port
        ways = product(one.callers, one.addresses)
        return first_answer([partial(caller.ask, speaking.ask, address, port, kind) for caller, address in ways], _NO_ADDRESS)

    @property
    def _callers(self) -> tuple[Caller, ...]:
        """Who may ask; what a machine is told by itself is not what others are told. Raises CannotTell when nobody may."""
        callers: tuple[Caller, ...] = self.host.lookout.callers
        if self.host.connection.description.connection == "local":
            callers = callers[:-1]
        if not callers:
            raise CannotTell("a machine cannot ask its own services as others would")
        return callers

    def _addresses(self, listener: Listener) -> Iterator[str]:
        description = self.host.connection.description
        known = addresses.addresses_of(description)
        by_family: dict[Family, tuple[str, ...]] = {"v4": known.v4, "v6": known.v6}
        for family in self._families(listener):
            yield from (address for address in by_family[family] if listener.socket.waits_on(address))

    def _public(self, listener: Listener) -> bool:
        """Whether everybody is let in to it, or may be."""
        socket, lets_in = listener.socket, self.host.firewall.lets_in
        own = None if socket.address.is_unspecified else str(socket.address)
        return any(lets_in(family, socket.protocol, socket.port, own).from_anywhere != "no" for family in socket.families)

    def _families(self, listener: Listener) -> dict[Family, Literal["yes", "perhaps"]]:
        """The families over which somebody is let in to it, or may be."""
        socket = listener.socket
        own = None if socket.address.is_unspecified else str(socket.address)
        found: dict[Family, Literal["yes", "perhaps"]] = {}
        for family in socket.families:
            access = self.host.firewall.lets_somebody_in(family, socket.protocol, socket.port, own).from_anywhere
            if access != "no":
                found[family] = access
        return found


def _may_speak_tls(listener: Listener) -> bool:
    return listener.socket.protocol == "tcp" and not _speaks(listener)


def _speaks(listener: Listener) -> str:
    """How its service talks, by protocol alone. A clear protocol is known by program or unit: its port may be anybody's."""
    if not listener.service:
        return ""
    manner = listener.service.speaks.get(listener.socket.protocol, "")
    return manner if listener.offered else ""
