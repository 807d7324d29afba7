"""What the kernel says about waiting sockets, told by `ss` or by /proc/net."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal, cast

from hostproof.connection.answer import Answer

Family = Literal["v4", "v6"]
Protocol = Literal["tcp", "udp"]

# An `ss` that is missing, fails or says nothing is not the last word: /proc/net knows the same.
SOCKETS = r"""
# list the waiting sockets
if found=$(ss -H -lntupe) && [ -n "$found" ]; then
    printf '%s\n' "$found"
    exit
fi
cd /proc/net && [ -r tcp ] && [ -r udp ] || { echo 'neither ss nor /proc/net answers' >&2; exit 1; }
for table in tcp tcp6 udp udp6; do
    [ ! -e "$table" ] || sed -nE "s/^ *[0-9]+: ([0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:0000 (0A|07) .*)/$table \1/p" "$table"
done
find /proc/[0-9]*/fd -lname 'socket:*' -printf 'owner %h %l\n' 2>/dev/null
exit 0
"""
SS_LINE = re.compile(r"(tcp|udp)\s+(?:LISTEN|UNCONN)\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+(.*)", re.DOTALL)
PROC_LINE = re.compile(
    r"(tcp|udp)(6?) ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) \S+ (\S\S) \S+ \S+ \S+ +\d+ +\d+ (\d+) .*"
)
OWNER_LINE = re.compile(r"owner /proc/(\d+)/fd socket:\[(\d+)\]")
STATES = {("tcp", "0A"), ("udp", "07")}  # listening; not connected to anybody


@dataclass(frozen=True)
class Socket:
    """One socket that waits: a TCP socket that listens, or a UDP socket that takes datagrams from anybody.

    address: 0.0.0.0 or :: means all; a v6 socket for both families has families ("v4", "v6").
    interface: the one it is bound to, or empty. pids: who holds it; none for the kernel's own.
    """

    protocol: Protocol
    families: tuple[Family, ...]
    address: IPv4Address | IPv6Address
    port: int
    interface: str = ""
    pids: tuple[int, ...] = ()

    @property
    def loopback(self) -> bool:
        """Whether only this host can reach it."""
        return self.address.is_loopback or self.interface == "lo"

    @property
    def bound(self) -> bool:
        """Whether it waits at one address or interface only."""
        return bool(self.interface) or not self.address.is_unspecified

    def waits_on(self, address: str) -> bool:
        """Whether what arrives for this address of the host comes to it."""
        given = ip_address(address)
        family = "v4" if given.version == 4 else "v6"
        return family in self.families and (self.address.is_unspecified or self.address == given)

    def __str__(self) -> str:
        address = f"[{self.address}]" if self.address.version == 6 else str(self.address)
        both = "*" if len(self.families) == 2 else address
        return f"{both}{'%' + self.interface if self.interface else ''}:{self.port}/{self.protocol}"


def read_sockets(answer: Answer) -> list[Socket]:
    """All waiting sockets, loopback included. Raises ValueError at a line that it does not know."""
    if told_by_ss(answer):
        # The name of a program may hold a newline: its socket goes on in the next line.
        return [_from_ss(line) for line in re.split(r"\n(?=tcp |udp )", answer.stdout.rstrip("\n"))]
    return _from_proc(_lines(answer))


def told_by_ss(answer: Answer) -> bool:
    """Whether `ss` has answered, and not /proc/net, which does not tell whether a socket at :: takes IPv4 as well."""
    return any(SS_LINE.fullmatch(line) for line in _lines(answer))


def _lines(answer: Answer) -> list[str]:
    return answer.stdout.removesuffix("\n").split("\n") if answer.stdout else []


def without_loopback(answer: Answer) -> str:
    """The lines of the answer that a report shows."""
    private = re.compile(r"\S+ +\S+ +\d+ +\d+ +(127\.|\[::1\]|\[::ffff:127\.|\S+%lo:)|owner ")
    shown = "\n".join(line for line in answer.stdout.split("\n") if not private.match(line))
    return shown or "no socket beyond loopback"


def _from_ss(line: str) -> Socket:
    found = SS_LINE.fullmatch(line.rstrip())
    if not found:
        raise ValueError(f"not a socket: {line!r}")
    protocol, shown, port, details = found.groups()
    host, _, interface = shown.partition("%")
    host = host.strip("[]")
    both = host == "*" and "v6only:1" not in details
    address = ip_address("::" if host == "*" else host)
    pids = {int(pid) for pid in re.findall(r'",pid=(\d+),fd=\d+\)', details)}
    return _socket(protocol, address, both, int(port), interface.rstrip("]"), pids)


def _from_proc(lines: list[str]) -> list[Socket]:
    owners: dict[str, set[int]] = {}
    for pid, inode in (found.groups() for line in lines if (found := OWNER_LINE.fullmatch(line))):
        owners.setdefault(inode, set()).add(int(pid))
    sockets = []
    for line in lines:
        if line.startswith("owner "):
            continue
        found = PROC_LINE.fullmatch(line)
        if not found:
            raise ValueError(f"not a socket: {line!r}")
        protocol, six, address, port, state, inode = found.groups()
        if (protocol, state) in STATES:
            # Whether a v6 socket is for v6 alone is not told here: it counts for both.
            ip = address_of(address)
            sockets.append(
                _socket(protocol, ip, bool(six) and ip.is_unspecified, int(port, 16), "", owners.get(inode, set()))
            )
    return sockets


def address_of(hexadecimal: str) -> IPv4Address | IPv6Address:
    """/proc/net writes an address as words of 32 bits in the byte order of the machine, here always little-endian."""
    words = [bytes.fromhex(hexadecimal[i : i + 8])[::-1] for i in range(0, len(hexadecimal), 8)]
    return ip_address(b"".join(words))


def _socket(
    protocol: str, address: IPv4Address | IPv6Address, both: bool, port: int, interface: str, pids: set[int]
) -> Socket:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    families: tuple[Family, ...] = ("v4", "v6") if both else ("v4",) if mapped or address.version == 4 else ("v6",)
    return Socket(cast(Protocol, protocol), families, mapped or address, port, interface, tuple(sorted(pids)))
