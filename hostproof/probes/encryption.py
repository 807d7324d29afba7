"""Which services talk without encryption beyond the host: which there are is seen inside, how they talk is asked of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from hostproof.errors import CannotTell
from hostproof.outside import Family, addresses, speaking, starttls, tls
from hostproof.outside.calling import Caller
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
        found, passed_over = [], []
        for listener in self.host.listeners.beyond_loopback:
            if reason := self._left_out(listener):
                passed_over.append(f"{listener}: {reason}")
            else:
                found.append(self._talk(listener))
        judged = [f"{talk.listener}: encrypted: {talk.encrypted}, {talk.why}" for talk in found]
        self.cite("how the services talk", "\n".join(passed_over + judged) or "nothing beyond loopback")
        return found

    def offers(self, names: Sequence[str], authorities: Sequence[str]) -> Offers:
        """What the services offer by TLS, from the start or by STARTTLS and its like, at each address. Raises CannotTell.

        names: DNS names by which clients know the host; a service is asked for one after the other until its certificate is for it.
        authorities: files of certificates that are trusted beside the system's.
        """
        found = Offers()
        for listener in self.host.listeners.beyond_loopback:
            if not self._left_out(listener) and _may_speak_tls(listener):
                self._ask_for_tls(listener, names or [""], authorities, found)
        self.cite("what the services offer by TLS", "\n".join(offer.seen for offer in found.known) or "none speaks it")
        return found

    def _ask_for_tls(self, listener: Listener, names: Sequence[str], authorities: Sequence[str], found: Offers) -> None:
        try:
            known = list(self._addresses(listener))
        except CannotTell as reason:
            found.unclear.append(f"{listener}: {reason}")
            return
        if not known:
            found.unclear.append(f"{listener}: {_NO_ADDRESS}")
        for address in known:
            try:
                offer = self._best_offer(listener, address, names, authorities)
            except CannotTell as reason:
                found.unclear.append(f"{listener}: {reason}")
            else:
                found.known += [offer] if offer else []

    def _best_offer(
        self, listener: Listener, address: str, names: Sequence[str], authorities: Sequence[str]
    ) -> tls.Offer | None:
        """What is offered under the first of the names that its certificate is for, else under the first; None without TLS."""
        offers = []
        for name in names:
            offer = self._offer(listener, address, name, authorities)
            if offer is None or (offer.certificate and not offer.certificate.fault):
                return offer
            offers.append(offer)
        return offers[0]

    def _offer(self, listener: Listener, address: str, name: str, authorities: Sequence[str]) -> tls.Offer | None:
        kind = listener.service.id if listener.service else ""
        reasons = []
        for caller in self._callers:
            try:
                return caller.ask(starttls.offer, address, listener.socket.port, name, kind, authorities)
            except tls.NoTls:
                return None
            except CannotTell as reason:
                reasons.append(str(reason))
        raise CannotTell("; ".join(dict.fromkeys(reasons)))

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

    def _talk(self, listener: Listener) -> Talk:
        manner = _speaks(listener)
        if manner == "encrypted":
            return Talk(listener, "yes", "its protocol is encrypted")
        if manner == "clear":
            return self._clear(listener, "its protocol knows no encryption")
        try:
            asked = self._asked(listener)
        except CannotTell as reason:
            return Talk(listener, "perhaps", str(reason))
        if asked.how == "clear":
            return self._clear(listener, asked.why)
        if asked.how == "optional":
            return Talk(listener, "perhaps", f"{asked.why}, and nobody saw whether it insists")
        return Talk(listener, "yes", asked.why)

    def _clear(self, listener: Listener, why: str) -> Talk:
        families = self._families(listener)
        if "yes" in families.values():
            return Talk(listener, "no", why)
        return Talk(listener, "perhaps", f"{why}; whether the firewall lets anybody in to it is not clear")

    def _asked(self, listener: Listener) -> speaking.Manner:
        """The service's own answer, to the first of the callers and at the first of the inventory's addresses where it gives one.

        Raises CannotTell.
        """
        if listener.socket.protocol == "udp":
            raise CannotTell("over UDP it cannot be asked whether it encrypts")
        kind, port = listener.service.id if listener.service else "", listener.socket.port
        reasons = []
        for caller in self._callers:
            for address in self._addresses(listener):
                try:
                    return caller.ask(speaking.ask, address, port, kind)
                except CannotTell as reason:
                    reasons.append(str(reason))
        raise CannotTell("; ".join(dict.fromkeys(reasons)) or _NO_ADDRESS)

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
