"""Which services talk without encryption beyond the host: which there are is seen inside, how they talk is asked of themselves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hostproof.errors import CannotTell
from hostproof.outside import Family, addresses, speaking
from hostproof.outside.dialling import directly
from hostproof.probes.listeners import Listener
from hostproof.probes.probe import Probe

WEB_SERVERS = ("apache", "nginx", "web")  # of data/well_known_services.yml
WEB_PORTS = (80, 443)
PATIENCE = 60.0  # seconds that asking one host's services may take in all


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
    cannot ask (unknown); how good the encryption is; public web servers on 80 and 443, which http-only-redirects judges; mail
    between servers, for which TLS is an offer at best; a port that speaks TLS and also, unknown to us, a clear protocol.
    """

    _patience = PATIENCE

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
        """The service's own answer, at the first of the inventory's addresses where it gives one. Raises CannotTell."""
        if listener.socket.protocol == "udp":
            raise CannotTell("over UDP it cannot be asked whether it encrypts")
        kind = listener.service.id if listener.service else ""
        reasons = []
        for address in self._addresses(listener):
            began = time.monotonic()
            try:
                if self._patience <= 0:
                    raise CannotTell(f"asking the services of this host took more than {PATIENCE:g} s")
                return speaking.ask(kind, directly, address, listener.socket.port)
            except CannotTell as reason:
                reasons.append(str(reason))
            finally:
                self._patience -= time.monotonic() - began
        raise CannotTell("; ".join(dict.fromkeys(reasons)) or f"the inventory names no address of it ({addresses.VARIABLE} does)")

    def _addresses(self, listener: Listener) -> Iterator[str]:
        description = self.host.connection.description
        if description.connection == "local":
            raise CannotTell("a machine cannot ask its own services as others would")
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


def _speaks(listener: Listener) -> str:
    """How its service talks, by protocol alone. A clear protocol is known by program or unit: its port may be anybody's."""
    if not listener.service:
        return ""
    manner = listener.service.speaks.get(listener.socket.protocol, "")
    return manner if listener.offered else ""
