"""Which sockets wait for others, who holds them, and who can reach them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address, ip_interface, ip_network
from pathlib import PurePosixPath

from hostproof.connection.answer import Answer
from hostproof.probes.listeners.sockets import SOCKETS, Family, Protocol, Socket, read_sockets, without_loopback
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.processes import Process
from hostproof.services import EPHEMERAL, Asking, Service, asking, runs_one_of, services, usual_on

ACTIVATION = r"""
# list the sockets that systemd holds for services
command -v systemctl >/dev/null || exit 0
systemctl list-sockets --all --show-types --full --plain --no-legend --no-pager
"""
LINKS = r"""
# list addresses and default routes
ip -o address show && ip -o -4 route show table all && ip -o -6 route show table all
"""
EVERYWHERE = r"(?:unicast )?(?:default|0\.0\.0\.0/1|128\.0\.0\.0/1|::/1|8000::/1|2000::/3)"
PRIVATE_USE = [ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")]


@dataclass(frozen=True)
class Links:
    """The host's network interfaces: those that hold each address, and those that lead everywhere (default routes)."""

    holders: dict[str, str]
    to_everywhere: frozenset[str]


def read_activation(answer: Answer) -> dict[tuple[str, str], str]:
    """("stream" or "datagram", address and port as systemd writes them) -> unit that is started for it."""
    rows = (line.split() for line in answer.stdout.splitlines())
    return {(row[1].lower(), row[0]): row[3] for row in rows if len(row) > 3 and row[1] in ("Stream", "Datagram")}


def read_links(answer: Answer) -> Links:
    """Interfaces by address, and those with a route to everywhere."""
    holders, routed = {}, set()
    for line in answer.stdout.splitlines():
        if found := re.match(r"\d+: ([^\s@]+)(?:@\S+)?\s+inet6? (\S+)", line):
            holders[str(ip_interface(found[2]).ip)] = found[1]
        elif re.match(EVERYWHERE + r"\s", line):
            routed.update(re.findall(r"\bdev (\S+)", line))
    return Links(holders, frozenset(routed))


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
        return " and ".join(names) or (f"systemd for {self.activates or 'a service'}" if self.processes else "the kernel")

    def __str__(self) -> str:
        service = f" ({self.service.title})" if self.service else ""
        return f"{self.holder}{service} at {self.socket}"


class Listeners(Probe):
    """Every TCP socket that listens and every UDP socket that takes datagrams from anybody, v4 and v6.

    Example: [Listener(Socket("tcp", ("v6",), ::, 22), (sshd,)), ...]
    Blind spots: other network namespaces (containers, except for what docker publishes), SCTP, raw sockets, what a
    proxy passes on to; ports that are redirected without any socket are the firewall's to know.
    """

    sockets = Reading(SOCKETS, read_sockets, root=True, limit=20_000_000, shows=without_loopback)
    activation = Reading(ACTIVATION, read_activation, shows=lambda answer: "")
    links = Reading(LINKS, read_links, shows=lambda answer: "")
    ephemeral = Reading("cat /proc/sys/net/ipv4/ip_local_port_range", read_ephemeral)

    @cached_property
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

    def asks_only(self, listener: Listener) -> Asking | None:
        """What the socket is kept for, when its program serves nobody there."""
        port, protocol = listener.socket.port, listener.socket.protocol
        numbers = {port, EPHEMERAL} if port in self.ephemeral else {port}
        return next(
            (
                entry
                for entry in asking()
                if numbers & entry.ports[protocol]
                and listener.processes
                and all(runs_one_of(process, entry.programs) for process in listener.processes)
            ),
            None,
        )

    def near(self, listener: Listener) -> bool:
        """Whether it waits on the local link or on a private network alone, behind which there is no way to everywhere."""
        socket = listener.socket
        if socket.address.is_link_local:
            return True
        interface = socket.interface or self.links.holders.get(str(socket.address), "")
        private = socket.address.is_unspecified or _private(socket.address)
        return bool(interface and self.links.to_everywhere and private and interface not in self.links.to_everywhere)

    def _activates(self, socket: Socket) -> str:
        if 1 not in socket.pids:
            return ""
        kind = "stream" if socket.protocol == "tcp" else "datagram"
        address = f"[{socket.address}]" if socket.address.version == 6 else str(socket.address)
        return self.activation.get((kind, f"{address}:{socket.port}"), "")


def _private(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in PRIVATE_USE)
