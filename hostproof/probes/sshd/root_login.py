"""How root can log in: who is root by user id, from which addresses, and by what."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from hostproof.errors import CannotTell
from hostproof.probes.sshd.records import not_allowed, setting
from hostproof.probes.sshd.servers import Login, Server

_ANYWHERE = {"203.0.113.7", "2001:db8::7"}  # as in logins.awk: they stand for all addresses that no Match block names
_WILDCARD = re.compile(r"(?i)\baddress[ =]\S*[*?]")


def root_doors(server: Server, allowed: str, networks: Collection[str], roots: dict[str, list[str]]) -> list[str]:
    """How root gets in although only `allowed` is: `never`, or `key` (without a password). Each as a phrase.

    networks: from where a key lets root in nevertheless. roots: names whose user id is 0, with their groups.
    """
    if allowed not in ("never", "key"):
        raise CannotTell(f"root_login is {allowed!r}; it has to be `never` or `key`")
    if server.kind in ("dropbear", "tinysshd"):
        return _other_server(server, allowed)
    if server.newer:
        return []
    spans = [ip_network(network) for network in networks]
    found: dict[str, list[str]] = {}
    for login in server.logins:
        for name in _roots_of(login, roots):
            how = _lets_in(login, name, roots[name], "key" if _is_within(login, server, spans) else allowed)
            if how:
                found.setdefault(f"{name} {how}", []).append("anywhere" if login.address in _ANYWHERE else login.address)
    return [f"{server.name} lets in {who} from {_some(where)}" for who, where in found.items()]


def _other_server(server: Server, allowed: str) -> list[str]:
    if server.kind == "tinysshd":
        return [f"{server.name} lets in root by a key, which it cannot refuse"] if allowed == "never" else []
    refuses = {"w"} if allowed == "never" else {"w", "g", "s", "t"}
    asked_for = "-w" if allowed == "never" else "-w or -g"
    return [] if server.dropbear_flags & refuses else [f"{server.name} lets in root (it was started without {asked_for})"]


def _roots_of(login: Login, roots: dict[str, list[str]]) -> list[str]:
    """The names of root that this kind of log-in may stand for: `root` has one of its own, other names may be among any."""
    return ["root"] if login.user == "root" and "root" in roots else [name for name in roots if name != "root"]


def _lets_in(login: Login, name: str, groups: list[str], allowed: str) -> str | None:
    value = setting(login.settings, "permitrootlogin")
    if value == "no" or not_allowed(login.settings, name, groups):
        return None
    if allowed == "never":
        return f"(PermitRootLogin {value})"
    methods = replace(login, user="root").password_methods
    return f"by a password ({' and '.join(methods)})" if methods else None


def _is_within(login: Login, server: Server, networks: list[IPv4Network | IPv6Network]) -> bool:
    """Whether all addresses that this log-in stands for are in one of the networks.

    Match blocks cut the line of addresses into pieces, and each piece is asked about by its first address; see logins.awk.
    """
    if not networks or login.address in _ANYWHERE or any(_WILDCARD.search(criteria) for criteria in server.matches):
        return False
    first = ip_address(login.address)
    asked = {address for other in server.logins if (address := ip_address(other.address)).version == first.version}
    later = [int(address) for address in asked if int(address) > int(first) and str(address) not in _ANYWHERE]
    last = min(later) - 1 if later else int(first) | (2**first.max_prefixlen - 1)
    return any(_covers(network, int(first), last) for network in networks if network.version == first.version)


def _covers(network: IPv4Network | IPv6Network, first: int, last: int) -> bool:
    return int(network.network_address) <= first and last <= int(network.broadcast_address)


def _some(where: list[str]) -> str:
    named = list(dict.fromkeys(where))
    return ", ".join(named[:3]) + (" and others" if len(named) > 3 else "")
