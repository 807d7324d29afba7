"""`host.socket`: whether somebody listens, over TCP, UDP and unix sockets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import testinfra.modules.socket as stock

from hostproof.errors import CannotTell
from hostproof.probes.listeners.sockets import Socket as Waiting
from hostproof.probes.listeners.sockets import address_of

Address = IPv4Address | IPv6Address
ALL_V4, ALL_V6 = IPv4Address(0), IPv6Address(0)
_CONNECTED = r"""
# list the connected TCP and UDP sockets
cd /proc/net && [ -r tcp ] && [ -r udp ] || { echo '/proc/net does not answer' >&2; exit 1; }
for table in tcp tcp6 udp udp6; do
    [ ! -e "$table" ] || sed -nE "s/^ *[0-9]+: ([0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4}) 01 .*/$table \1/p" "$table"
done
""".strip()
_CONNECTION = re.compile(r"(tcp|udp)6? ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4})")


class Socket(stock.Socket):  # type: ignore[misc] # testinfra is typed in part
    """A place where a program may listen. The forms of its name, and when `is_listening` is true:

    tcp://22             others can reach the port: a socket is bound to it beyond loopback, on all addresses or on one, over IPv4
                         or IPv6. So `assert not host.socket("tcp://3306").is_listening` says that MySQL is at most on loopback.
    tcp://0.0.0.0:22     bound to all IPv4 addresses: 0.0.0.0, or `::` unless that is for IPv6 only.
    tcp://:::22          bound to all IPv6 addresses: `::`.
    tcp://127.0.0.1:22   bound to this very address, or to all of its family. ::ffff:127.0.0.1 is the same address. Whether the
                         host has that address is not asked.
    udp://...            the same, for sockets that take datagrams from anybody.
    unix:///run/x.sock   a stream or seqpacket socket listens there; datagram sockets do not listen. /var/run is /run where it
                         leads there; an abstract socket is `unix://@name`.

    A socket bound to all addresses, but of one interface, counts as bound to all unless that is loopback; whether it is reached
    at one certain address cannot be told. Needs neither root nor `ss`. Where sockets cannot be read, CannotTell is raised.
    Blind spots: other network namespaces; a firewall in between. Without `ss`, whether `::` takes IPv4 as well cannot be told.
    """

    @classmethod
    def get_module_class(cls, host: Any) -> Any:
        """Ours for Linux; other systems have testinfra's own."""
        return cls if host.system_info.type == "linux" else super().get_module_class(host)

    @property
    def is_listening(self) -> bool:
        """Whether a program listens there; the class says what that means for each form of name."""
        if self.protocol == "unix":
            unix = self._host.sockets.unix
            return unix.plain(self.host) in unix.listening
        inet = self._host.sockets.inet
        found = [socket for socket in inet.sockets if (socket.protocol, socket.port) == (self.protocol, self.port)]
        if self.host is None:
            return any(not socket.loopback for socket in found)
        answers = {_serves(socket, _plain(ip_address(self.host)), inet.certain) for socket in found}
        if None in answers and True not in answers:
            raise CannotTell(f"cannot tell whether {' or '.join(map(str, found))} listens at {self.host}")
        return True in answers

    @property
    def clients(self) -> list[tuple[str, int] | None]:
        """Who is connected: (address, port) of each over TCP and UDP, one None for each over a unix socket."""
        if self.protocol == "unix":
            unix = self._host.sockets.unix
            return [None] * unix.taken.count(unix.plain(self.host))
        asked = None if self.host is None else _plain(ip_address(self.host))
        return [
            (str(remote), remote_port)
            for protocol, own, port, remote, remote_port in self._connections()
            if (protocol, port) == (self.protocol, self.port) and _is_at(own, asked)
        ]

    def _connections(self) -> Iterator[tuple[str, Address, int, Address, int]]:
        """Protocol, own end and other end of what is connected."""
        answer = self.run(_CONNECTED)
        lines = answer.stdout.splitlines()
        understood = [found.groups() for found in map(_CONNECTION.fullmatch, lines) if found]
        if answer.rc != 0 or len(understood) < len(lines):
            raise CannotTell("the connected sockets of /proc/net cannot be read")
        for protocol, own, port, remote, remote_port in understood:
            yield protocol, _plain(address_of(own)), int(port, 16), _plain(address_of(remote)), int(remote_port, 16)

    def _iter_sockets(self, listening: bool) -> Iterator[tuple[Any, ...]]:
        """What testinfra's `get_listening_sockets` makes its list of."""
        inet = self._host.sockets.inet
        for socket in inet.sockets:
            if len(socket.families) == 2 and not inet.certain:
                raise CannotTell(f"cannot tell whether {socket} takes IPv4 as well: `ss` does not answer on this host")
            interface = f"%{socket.interface}" if socket.interface else ""
            for address in (ALL_V6, ALL_V4) if len(socket.families) == 2 else (socket.address,):
                yield socket.protocol, f"{address}{interface}", socket.port
        for path in self._host.sockets.unix.listening:
            yield "unix", path


def _plain(address: Address) -> Address:
    """An IPv4 address that is written as one of IPv6, as what it is."""
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _serves(socket: Waiting, asked: Address, certain: bool) -> bool | None:
    """Whether it is bound to an address; None when that cannot be told. certain: else a socket for both families may not be."""
    if f"v{asked.version}" not in socket.families:
        return False
    if asked.version == 4 and len(socket.families) == 2 and not certain:
        return None
    if not socket.address.is_unspecified:
        return socket.address == asked
    if asked.is_unspecified:
        return socket.interface != "lo"
    if socket.interface and not asked.is_loopback:
        return None
    return socket.interface in ("", "lo")


def _is_at(address: Address, asked: Address | None) -> bool:
    """Whether a connection's own end is where a socket that is asked for listens."""
    if asked is None:
        return True
    return address.version == asked.version if asked.is_unspecified else address == asked
