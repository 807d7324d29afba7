"""The addresses at which a host is looked at from outside: those of the inventory, and no others.

What a host itself says about its addresses is not asked: it could name anybody's.
"""

from __future__ import annotations

import socket
import subprocess
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from hostproof.errors import CannotTell, UsageError
from hostproof.inventory import HostDescription

VARIABLE = "hostproof_addresses"
MOST = 8  # addresses of one host
SECONDS = 10  # that OpenSSH may take to say how it would connect
ITSELF = f"a machine cannot look at itself from outside; another one can, at the addresses that {VARIABLE} names"
_BEHIND = ("proxyjump", "proxycommand")


@dataclass(frozen=True)
class Addresses:
    """Where strangers find a host: at most MOST addresses."""

    v4: tuple[str, ...] = ()
    v6: tuple[str, ...] = ()


def check(host: HostDescription) -> None:
    """Raises UsageError when the inventory names addresses that are none."""
    _named(host)


def addresses_of(host: HostDescription, *, from_here: bool = False) -> Addresses:
    """The host's addresses. Raises CannotTell with the reason why they are not known here.

    from_here: whether it is this machine that looks; then those of this machine are left out.
    """
    named = _named(host)
    if not named and host.connection == "local":
        raise CannotTell(ITSELF)
    found = named or _resolved(_as_ssh_would(host), host)
    others = [address for address in found if not (from_here and _is_ours(address))]
    if found and not others:
        raise CannotTell(f"{found[0]} is an address of this machine: {ITSELF}")
    return _sorted(others, host)


def _named(host: HostDescription) -> list[IPv4Address | IPv6Address]:
    said: Any = host.variables.get(VARIABLE)
    if said is None:
        return []
    words = said if isinstance(said, list) else [said]
    try:
        return [ip_address(word) for word in words if isinstance(word, str) or _refuse()][:MOST]
    except ValueError:
        raise UsageError(f"host {host.name}: {VARIABLE} in the inventory has to be a list of IP addresses") from None


def _refuse() -> bool:
    raise ValueError  # a number is an address to ip_address


def _as_ssh_would(host: HostDescription) -> str:
    """The host name or address that OpenSSH would connect to."""
    command = ["ssh", "-G", *(["-F", host.ssh_config] if host.ssh_config else []), "--", host.address]
    try:
        ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotTell(f"cannot ask ssh where {host.name} is: {type(error).__name__}") from None
    said = dict(line.split(" ", 1) for line in ran.stdout.splitlines() if " " in line)
    if any(said.get(way, "none") != "none" for way in _BEHIND):
        raise CannotTell(
            f"{host.name} is reached through another machine (ProxyJump or ProxyCommand), so its address here need not be its "
            f"own; name its public addresses in {VARIABLE}"
        )
    return said.get("hostname", host.address)


def _resolved(name: str, host: HostDescription) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CannotTell(f"the name {name} does not resolve: {getattr(error, 'strerror', None) or 'it is no name'}") from None
    return [ip_address(entry[4][0]) for entry in found][:MOST]


def _sorted(found: list[IPv4Address | IPv6Address], host: HostDescription) -> Addresses:
    usable = [address for address in dict.fromkeys(found) if _is_of_one_machine(address)]
    if not usable:
        raise CannotTell(f"{host.name} has no address that others could reach: {', '.join(map(str, found))}")
    v4, v6 = (tuple(str(address) for address in usable if address.version == version) for version in (4, 6))
    return Addresses(v4, v6)


def _is_ours(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is an address of this machine beyond loopback: what it sends there, it sends from there. Nothing is sent."""
    if address.is_loopback or not _is_of_one_machine(address):
        return False
    with socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_DGRAM) as unused:
        try:
            unused.connect((str(address), 9))
        except OSError:  # no route leads there
            return False
        return ip_address(unused.getsockname()[0]) == address


def _is_of_one_machine(address: IPv4Address | IPv6Address) -> bool:
    """Not a loopback address, which is the looking machine's own, nor one of many or of none."""
    return not (address.is_loopback or address.is_multicast or address.is_unspecified or address.is_link_local or _mapped(address))


def _mapped(address: IPv4Address | IPv6Address) -> bool:
    return isinstance(address, IPv6Address) and (address.ipv4_mapped is not None or address.scope_id is not None)
