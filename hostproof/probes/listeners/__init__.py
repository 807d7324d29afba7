"""Which sockets wait for others, who holds them, and who can reach them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import PurePosixPath
from typing import Literal

from hostproof.connection.answer import Answer
from hostproof.probes.listeners.sockets import SOCKETS, Family, Socket, read_sockets, without_loopback
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.processes import Process
from hostproof.services import EPHEMERAL, Asking, Service, asking, runs_one_of, services, usual_on

ACTIVATION = r"""
# list the sockets that systemd holds for services
command -v systemctl >/dev/null || exit 0
systemctl list-sockets --all --show-types --full --plain --no-legend --no-pager
"""
PRIVATE_USE = [ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")]


def read_activation(answer: Answer) -> dict[tuple[str, str], str]:
    """("stream" or "datagram", address and port as systemd writes them) -> unit that is started for it.

    A socket that starts an instance for each caller names none before the first one calls: then it stands for itself.
    """
    rows = [row for line in answer.stdout.split("\n") if len(row := line.split()) > 3 and row[1] in ("Stream", "Datagram")]
    return {(row[1].lower(), row[0]): row[2] if row[3] == "-" else row[3] for row in rows}


def read_ephemeral(answer: Answer) -> range:
    """The ports that the system hands out to sockets that ask for none."""
    first, last = map(int, answer.stdout.split())
    return range(first, last + 1)


@dataclass(frozen=True)
class Listener:
    """A socket that waits, with the programs that hold it and the unit that systemd would start for it.

    Example: mariadbd (MySQL or MariaDB) at *:13306/tcp
    """

    socket: Socket
    processes: tuple[Process, ...] = ()
    activates: str = ""

    @property
    def service(self) -> Service | None:
        """What is served here: known by program, by unit, or else by the usual port."""
        return self.offered or usual_on(self.socket.protocol, self.published or self.socket.port)

    @property
    def offered(self) -> Service | None:
        """What is served here, as far as its program or unit tells."""
        known = services().values()
        by_program = (s for s in known if any(s.offered_by(process) for process in self.processes))
        by_unit = (s for s in known if self.activates and s.started_by(self.activates))
        return next(by_program, None) or next(by_unit, None)

    def gives_away(self, service: Service) -> bool:
        """Whether the service is offered here, by its program or by a port that gives it away."""
        if (self.published or self.socket.port) in service.marks[self.socket.protocol]:
            return self.offered in (None, service) or service.marks_decide
        by_listening = any(runs_one_of(process, service.listening_programs) for process in self.processes)
        return self.offered is service or (by_listening and not self.socket.loopback)

    def declared_in(self, public_ports: Collection[str]) -> bool:
        """Whether its port, as in 80/tcp, was declared public, and no private service has taken that port."""
        socket, offered = self.socket, self.offered
        if f"{socket.port}/{socket.protocol}" not in public_ports:
            return False
        return offered is None or not offered.never_public or socket.port in offered.ports[socket.protocol]

    @property
    def published(self) -> int | None:
        """The port of a container that docker passes on from here."""
        for process in self.processes:
            if PurePosixPath(process.executable).name == "docker-proxy" and "-container-port" in process.arguments[:-1]:
                return int(process.arguments[process.arguments.index("-container-port") + 1])
        return None

    @property
    def holder(self) -> str:
        """The program that a person should look for."""
        names = sorted({process.title for process in self.processes if process.pid != 1})
        if not self.processes:
            return "the kernel or a process that hides"
        return " and ".join(names) or f"systemd for {self.activates or 'a service'}"

    def __str__(self) -> str:
        usual = f" (on a port of {self.service.title})" if self.service else ""
        service = f" ({self.offered.title})" if self.offered else usual
        return f"{self.holder}{service} at {self.socket}"


@dataclass(frozen=True)
class WayIn:
    """Whether everybody is let in to a listener over one address family, and by what."""

    listener: Listener
    family: Family
    open: Literal["yes", "no", "perhaps"]
    why: str

    def __str__(self) -> str:
        return f"{self.listener} over IP{self.family}, {self.why}"


class Listeners(Probe):
    """Every TCP socket that listens and every UDP socket that takes datagrams from anybody, v4 and v6.

    Example: [Listener(Socket("tcp", ("v6",), ::, 22), (sshd,)), ...]
    Blind spots: other network namespaces (containers, except for what docker publishes), SCTP, raw sockets, what a
    proxy passes on to; ports that are redirected without any socket are the firewall's to know.
    """

    sockets = Reading(SOCKETS, read_sockets, root=True, limit=20_000_000, shows=without_loopback)
    activation = Reading(ACTIVATION, read_activation, shows=lambda answer: "")
    ephemeral = Reading("cat /proc/sys/net/ipv4/ip_local_port_range", read_ephemeral)

    @property
    def all(self) -> list[Listener]:
        """Every waiting socket, loopback included."""
        running = self.host.processes.running
        return [
            Listener(socket, tuple(running[pid] for pid in socket.pids if pid in running), self._activates(socket))
            for socket in self.sockets
        ]

    @property
    def beyond_loopback(self) -> Iterator[Listener]:
        """What others could reach if no firewall were in between."""
        return (listener for listener in self.all if not listener.socket.loopback)

    def ports(self, family: Family, protocol: str) -> set[int]:
        """The ports at which something waits beyond loopback."""
        sockets = (listener.socket for listener in self.beyond_loopback)
        return {socket.port for socket in sockets if socket.protocol == protocol and family in socket.families}

    def of(self, service: str) -> list[Listener]:
        """The listeners that offer a service of data/well_known_services.yml, loopback included."""
        return [listener for listener in self.all if listener.gives_away(services()[service])]

    def ways_in(self, public_ports: Collection[str], concerns: Callable[[Listener], bool] = lambda _: True) -> list[WayIn]:
        """For every socket beyond loopback that serves somebody and was not declared public: who is let in to it.

        concerns: picks the sockets that are asked about.
        """
        ways, passed_over = [], []
        for listener in filter(concerns, self.beyond_loopback):
            if listener.declared_in(public_ports):
                passed_over.append(f"{listener}: declared public")
            elif asking_for := self.asks_only(listener):
                passed_over.append(f"{listener}: serves nobody, it is a socket for {asking_for.what}")
            elif self.near(listener):
                passed_over.append(f"{listener}: on the local link or a private network")
            else:
                ways += [self._way_in(listener, family) for family in listener.socket.families]
        judged = [f"{way.listener} over IP{way.family}: open to everybody: {way.open}, {way.why}" for way in ways]
        self.cite("who is let in to the listeners", "\n".join(passed_over + judged) or "nothing of that kind beyond loopback")
        return ways

    def asks_only(self, listener: Listener) -> Asking | None:
        """What the socket is kept for, when its program serves nobody there."""
        port, protocol = listener.socket.port, listener.socket.protocol
        numbers = {port, EPHEMERAL} if port in self.ephemeral else {port}
        for entry in asking():
            by_all = listener.processes and all(runs_one_of(process, entry.programs) for process in listener.processes)
            if by_all and numbers & entry.ports[protocol]:
                return entry
        return None

    def near(self, listener: Listener) -> bool:
        """Whether it waits on the local link only, or on a private network that no default route leads through."""
        socket = listener.socket
        if socket.address.is_link_local:
            return True
        network = self.host.firewall.network
        routed = network.routed["v4"] | network.routed["v6"]
        holders = {address.ip: interface.name for interface in network.interfaces for address in interface.addresses}
        interface = socket.interface or holders.get(socket.address)
        private = socket.address.is_unspecified or any(socket.address in addresses for addresses in PRIVATE_USE)
        return bool(private and interface and routed and interface not in routed)

    def _way_in(self, listener: Listener, family: Family) -> WayIn:
        socket = listener.socket
        address = None if socket.address.is_unspecified else str(socket.address)
        found = self.host.firewall.lets_in(family, socket.protocol, socket.port, local_address=address)
        handed_out = socket.protocol == "udp" and socket.port in self.ephemeral and not listener.service
        if handed_out and found.from_anywhere == "yes":
            why = f"{found.why}; the program may only ask others from this random port"
            return WayIn(listener, family, "perhaps", why)
        return WayIn(listener, family, found.from_anywhere, found.why)

    def _activates(self, socket: Socket) -> str:
        if 1 not in socket.pids:
            return ""
        kind = "stream" if socket.protocol == "tcp" else "datagram"
        address = f"[{socket.address}]" if socket.address.version == 6 else str(socket.address)
        return self.activation.get((kind, f"{address}:{socket.port}"), "")
