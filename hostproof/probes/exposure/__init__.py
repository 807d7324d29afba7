"""Who can reach the services of the host: what it says of itself, joined with what strangers get to see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from hostproof.errors import CannotTell
from hostproof.outside import Replies, Reply
from hostproof.probes.exposure.row import Row
from hostproof.probes.exposure.table import MOST_ROWS, Table
from hostproof.probes.listeners import Listener, WayIn
from hostproof.probes.outside import OpenPort
from hostproof.probes.probe import Probe
from hostproof.services import Service, services, usual_on

NEVER_PUBLIC = [service for service in services().values() if service.never_public]
Concerns = Callable[[Service | None], bool]


@dataclass(frozen=True)
class Exposed:
    """open: where everybody gets in, a phrase each. unclear: why there may be more.

    Example: Exposed(("mariadbd (MySQL or MariaDB) at *:3306/tcp over IPv4, accepted by inet filter input",), ())
    """

    open: tuple[str, ...]
    unclear: tuple[str, ...]


class Exposure(Probe):
    """Listeners x firewall x declared public x reachable from outside, for some services at a time. It has no readings of its own.

    A service is known by the program that holds the port, else by the port's usual service; so is what strangers reach, where
    the host holds that port. Where no known program does, what it answers tells (`host.outside.replies`), and else the port's usual
    service. As long as nobody has said what the machine that looks is to the host, the host's own word decides; but where it says
    that nobody outside gets in, and that machine does, nobody knows who else does.
    Blind spots: those of `host.listeners`, `host.firewall` and `host.outside`; what a proxy of HTTP passes on to; services that
    neither nmap's lightest questions nor our own make speak, such as etcd that wants a certificate first.
    """

    def of(self, services: Collection[str], public_ports: Collection[str]) -> Exposed:
        """Where everybody reaches these services of data/well_known_services.yml, apart from ports declared public for them."""
        return self._joined(lambda service: service is not None and service.id in services, public_ports)

    def of_others(self, services: Collection[str], public_ports: Collection[str]) -> Exposed:
        """Where everybody reaches any other service, known or not."""
        return self._joined(lambda service: service is None or service.id not in services, public_ports)

    def password_log_ins(self) -> Exposed:
        """Where SSH offers strangers a way in without a key. Without a stranger who looked there is neither fault nor doubt.

        What was not asked at a port of the host's own SSH server is no doubt either: its settings show it (`host.sshd`).
        """
        offered, unclear = [], []
        for port in self._reached():
            reply = self._reply(port)
            if reply and reply.password_log_ins:
                offered.append(f"{', '.join(reply.password_log_ins)} at {port.name} over IP{port.family}")
            elif port.protocol == "tcp" and not self._known(port) and (why := self._unrecognised(reply, port, "ssh")):
                unclear.append(why)
        return Exposed(tuple(offered), tuple(dict.fromkeys(unclear)))

    def mail_servers(self) -> Exposed:
        """Where mail servers answer strangers, and what they do for them. Without a stranger who looked there is nothing."""
        found, unclear = [], []
        for port in self._reached():
            reply = self._reply(port)
            offered = self._offered(port)
            if any(service is not None and service.id == "mail" for service in offered):
                found.append(", which ".join([f"{port}, where a stranger gets an answer", *(reply.faults if reply else ())]))
            elif port.protocol == "tcp" and not self._known(port) and (why := self._unrecognised(reply, port, "mail")):
                unclear.append(why)
        return Exposed(tuple(found), tuple(dict.fromkeys(unclear)))

    def table(self, public_ports: Collection[str]) -> list[Row]:
        """Every port that was declared, listened at, opened by a rule or seen open: what each source says, and where they disagree.

        The rows with most to tell come first. What a source cannot tell is unknown in its cell; loopback is left out.
        """
        return Table(self.host, public_ports).rows()

    def show_table(self, public_ports: Collection[str]) -> None:
        """Put the table, the first MOST_ROWS of it, into the record of the running test."""
        table = Table(self.host, public_ports)
        rows = table.rows(MOST_ROWS)
        self.host.evidence.attach(exposure=[row.as_json() for row in rows], exposure_left_out=table.size - len(rows))

    def _joined(self, concerns: Concerns, public_ports: Collection[str]) -> Exposed:
        ways, unclear = self._ways_in(concerns, public_ports)
        seen, unseen = self._seen(concerns, public_ports)
        doubted = [f"whether everybody can reach {way}" for way in ways if way.open == "perhaps"]
        told = [str(way) for way in ways if way.open == "yes"]
        only_seen = [
            self._explained(port, ways)
            for port in seen
            if self._faulty(port) or not any(way.open == "yes" and _at(way, port) for way in ways)
        ]
        return Exposed((*told, *only_seen), tuple(dict.fromkeys([*unclear, *doubted, *unseen])))

    def _ways_in(self, concerns: Concerns, public_ports: Collection[str]) -> tuple[list[WayIn], list[str]]:
        """What the host says of itself, and why it cannot say."""
        try:
            return self.host.listeners.ways_in(public_ports, lambda listener: concerns(listener.service)), []
        except CannotTell as reason:
            return [], [str(reason)]

    def _seen(self, concerns: Concerns, public_ports: Collection[str]) -> tuple[list[OpenPort], list[str]]:
        """The undeclared ports of these services that answered strangers, and why there may be more."""
        outside = self.host.outside
        if not outside.asked:
            return [], []
        if not outside.said:
            return [], list(self._unexplained(concerns, public_ports))
        try:
            reachable = outside.reachable
        except CannotTell as reason:
            return [], [str(reason)]
        outside.show_replies()
        found = [port for port in reachable if self._concerned(port, concerns) and not self._declared(port, public_ports)]
        doubts = self._doubts(reachable, concerns)
        try:
            return found, [*doubts, *outside.unseen]
        except CannotTell as reason:
            return found, [*doubts, str(reason)]

    def _reached(self) -> list[OpenPort]:
        """What a stranger reaches; nothing where nobody was asked to look, or nobody could."""
        outside = self.host.outside
        try:
            reachable = outside.reachable if outside.asked else []
        except CannotTell:
            return []
        if reachable:
            outside.show_replies()
        return reachable

    @cached_property
    def _replies(self) -> Replies:
        replies: Replies = self.host.outside.replies
        return replies

    def _reply(self, port: OpenPort) -> Reply | None:
        return self._replies.of(port.address, port.protocol, port.port)

    def _doubts(self, reachable: Collection[OpenPort], concerns: Concerns) -> list[str]:
        """Why one of these services may be what answers at a port, whatever is usual there; and what it was not asked."""
        doubts = []
        for port in reachable:
            reply = self._reply(port)
            if reply and reply.unclear and self._concerned(port, concerns):
                doubts.append(f"{port}: {reply.unclear}")
            elif not reply and port.protocol == "tcp" and not self._known(port) and any(map(concerns, NEVER_PUBLIC)):
                doubts.append(f"what answers at {port} is not known: {self._replies.error or 'it did not answer in time'}")
        return doubts

    def _unrecognised(self, reply: Reply | None, port: OpenPort, service: str) -> str:
        """Why such a service may be what answers there; empty when it is another one."""
        if reply and reply.service == service and reply.unclear:
            return f"{port}: {reply.unclear}"
        return "" if reply else f"what answers at {port} is not known: {self._replies.error or 'it did not answer in time'}"

    def _known(self, port: OpenPort) -> bool:
        """Whether a program of the host tells what is served there."""
        holders = self._holders(port)
        return bool(holders) and all(holder.offered for holder in holders)

    def _unexplained(self, concerns: Concerns, public_ports: Collection[str]) -> Iterator[str]:
        """Why an answer to a machine of which nobody knows what it is contradicts what the host says of itself."""
        try:
            answering = self.host.outside.answering
        except CannotTell:  # nobody was asked to look, so nothing is lost
            return
        place = self.host.outside.place
        for port in answering:
            if not self._concerned(port, concerns) or self._declared(port, public_ports) or self._lets_somebody_in(port):
                continue
            nothing = f"nothing is seen to listen there; another machine may be at {port.address}"
            held = "; ".join(map(str, self._holders(port))) or nothing
            yield (
                f"{port} answers {place}, although the host says that nobody outside gets in ({held}): "
                f"{place} may be in a trusted network, so say what it is (--vantage=untrusted or --vantage=trusted)"
            )

    def _lets_somebody_in(self, port: OpenPort) -> bool:
        """Whether the firewall lets named networks in to what listens there, or passes it on for them; or that cannot be told."""
        firewall, ask = self.host.firewall, (port.family, port.protocol, port.port)
        try:
            for holder in self._holders(port):
                address = None if holder.socket.address.is_unspecified else str(holder.socket.address)
                if firewall.lets_somebody_in(*ask, local_address=address).from_anywhere != "no":
                    return True
        except CannotTell:  # which is told of the listener anyway
            return True
        try:
            ways = [opening for opening in firewall.openings if opening.passes_on(*ask)]
        except CannotTell:
            return False
        return bool(ways) and not any(opening.from_anywhere for opening in ways)

    def _concerned(self, port: OpenPort, concerns: Concerns) -> bool:
        return any(map(concerns, self._offered(port)))

    def _offered(self, port: OpenPort) -> list[Service | None]:
        """What is served there: by the programs of the host that tell it and by what it answers, else by the usual port."""
        holders = self._holders(port)
        told = [service for service in (*(holder.offered for holder in holders), self._answering(port)) if service]
        usual = [holder.service for holder in holders] if holders else [usual_on(port.protocol, port.port)]
        return list(told) or usual

    def _answering(self, port: OpenPort) -> Service | None:
        """The service that it answers as. What comes over HTTP through a web server of the host may be another machine's."""
        reply = self._reply(port)
        behind_proxy = bool(reply and reply.http) and any(holder.offered for holder in self._holders(port))
        return reply.offered if reply and not behind_proxy else None

    def _declared(self, port: OpenPort, public_ports: Collection[str]) -> bool:
        """Whether it was declared public, and what is there may be."""
        reply, answering, holders = self._reply(port), self._answering(port), self._holders(port)
        if reply and reply.faults:
            return False
        over_http = bool(reply and reply.http)  # of which web servers have ports that are theirs
        if answering and answering.never_public and not over_http and port.port not in answering.ports[port.protocol]:
            return False
        return port.name in public_ports and (not holders or any(holder.declared_in(public_ports) for holder in holders))

    def _holders(self, port: OpenPort) -> list[Listener]:
        """The host's own listeners there: those at that address or at all, else those at any; none when that is unknown."""
        try:
            listeners = list(self.host.listeners.beyond_loopback)
        except CannotTell:
            return []
        there = [listener for listener in listeners if _holds(listener, port)]
        nearest = [listener for listener in there if listener.socket.waits_on(port.address)]
        return nearest or there

    def _faulty(self, port: OpenPort) -> bool:
        reply = self._reply(port)
        return bool(reply and reply.faults)

    def _explained(self, port: OpenPort, ways: Collection[WayIn]) -> str:
        """What strangers reach, and what the host believes of it."""
        believed = [f"{way.listener}, {way.why}" for way in ways if _at(way, port)]
        holders = "; ".join(believed or map(str, self._holders(port)))
        reply = self._reply(port)
        said = f", which answers as {reply.said}" if reply and reply.said else ""
        faults = "".join(f", and {fault}" for fault in reply.faults) if reply else ""
        seen = f" ({holders})" if holders else ", and no listener of the host is seen"
        return f"{port}, where a stranger gets an answer{said}{faults}{seen}"


def _holds(listener: Listener, port: OpenPort) -> bool:
    socket = listener.socket
    return (socket.protocol, socket.port) == (port.protocol, port.port) and port.family in socket.families


def _at(way: WayIn, port: OpenPort) -> bool:
    return way.family == port.family and _holds(way.listener, port)
