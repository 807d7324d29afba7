"""Who can reach the services of the host: what it says of itself, joined with what strangers get to see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from hostproof.errors import CannotTell
from hostproof.probes.exposure.row import Row
from hostproof.probes.exposure.table import MOST_ROWS, Table
from hostproof.probes.listeners import Listener, WayIn
from hostproof.probes.outside import OpenPort
from hostproof.probes.probe import Probe
from hostproof.services import Service, usual_on

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
    the host holds that port; an open port that no program of the host holds is known by its usual service alone.
    As long as nobody has said what the machine that looks is to the host, the host's own word decides; but where it says that
    nobody outside gets in, and that machine does, nobody knows who else does.
    Blind spots: those of `host.listeners`, `host.firewall` and `host.outside`; what a proxy passes on to.
    """

    def of(self, services: Collection[str], public_ports: Collection[str]) -> Exposed:
        """Where everybody reaches these services of data/well_known_services.yml, apart from ports declared public for them."""
        return self._joined(lambda service: service is not None and service.id in services, public_ports)

    def of_others(self, services: Collection[str], public_ports: Collection[str]) -> Exposed:
        """Where everybody reaches any other service, known or not."""
        return self._joined(lambda service: service is None or service.id not in services, public_ports)

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
        only_seen = [self._explained(port, ways) for port in seen if not any(way.open == "yes" and _at(way, port) for way in ways)]
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
        found = [port for port in reachable if self._concerned(port, concerns) and not self._declared(port, public_ports)]
        try:
            return found, outside.unseen
        except CannotTell as reason:
            return found, [str(reason)]

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
        holders = self._holders(port)
        offered = [holder.service for holder in holders] if holders else [usual_on(port.protocol, port.port)]
        return any(map(concerns, offered))

    def _declared(self, port: OpenPort, public_ports: Collection[str]) -> bool:
        holders = self._holders(port)
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

    def _explained(self, port: OpenPort, ways: Collection[WayIn]) -> str:
        """What strangers reach, and what the host believes of it."""
        believed = [f"{way.listener}, {way.why}" for way in ways if _at(way, port)]
        holders = "; ".join(believed or map(str, self._holders(port)))
        return f"{port}, where a stranger gets an answer{f' ({holders})' if holders else ', and no listener of the host is seen'}"


def _holds(listener: Listener, port: OpenPort) -> bool:
    socket = listener.socket
    return (socket.protocol, socket.port) == (port.protocol, port.port) and port.family in socket.families


def _at(way: WayIn, port: OpenPort) -> bool:
    return way.family == port.family and _holds(way.listener, port)
