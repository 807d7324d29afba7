"""What may be called what: the alphabets of host names, groups, addresses, users and ports.

Names end up in reports, file names, ssh's argv and log lines, so nothing passes that any of them could misread.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from hostproof.errors import UsageError

LONGEST_NAME = 253  # characters of a DNS name

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_GROUP = re.compile(r"(?!\.\.?$)[A-Za-z0-9._][A-Za-z0-9._-]*")
_USER = re.compile(r"[A-Za-z0-9._@\\][A-Za-z0-9._@\\-]*")
_ZONE = re.compile(r"[A-Za-z0-9._-]{1,32}")


def shown(value: Any) -> str:
    """`value` quoted for a message: ASCII only, control characters escaped, shortened."""
    text = ascii(value)
    return text if len(text) <= 60 else text[:50] + "..." + text[-1]


def is_ip_address(text: str) -> bool:
    """Is `text` an IPv4 address, or an IPv6 address (no brackets), perhaps with a zone such as `%eth0`?"""
    address, percent, zone = text.partition("%")
    if percent and not _ZONE.fullmatch(zone):
        return False
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return False
    return version == 6 or not percent


def host_name(value: Any, where: str) -> str:
    """`value` when it may name a host; `where` is the file (and line) that says so."""
    if not isinstance(value, str):
        raise UsageError(f"{where}: the host name {shown(value)} is not text; put it in quotes")
    if _is_host(value):
        return value
    raise UsageError(
        f"{where}: {shown(value)} cannot name a host: use letters, digits, '.', '_' and '-' (not first), "
        f"or an IPv6 address; at most {LONGEST_NAME} characters"
    )


def group_name(value: Any, where: str) -> str:
    """`value` when it may name a group."""
    if not isinstance(value, str):
        raise UsageError(f"{where}: the group name {shown(value)} is not text; put it in quotes")
    if len(value) <= LONGEST_NAME and _GROUP.fullmatch(value):
        return value
    raise UsageError(
        f"{where}: {shown(value)} cannot name a group: use letters, digits, '.', '_' and '-' (not first), "
        f"at most {LONGEST_NAME} characters"
    )


def network_address(value: str, where: str) -> str:
    """A host name or IP address as OpenSSH takes it: brackets around IPv6 are removed."""
    bare = value[1:-1] if value.startswith("[") and value.endswith("]") and ":" in value else value
    if _is_host(bare):
        return bare
    raise UsageError(f"{where}: {shown(value)} is neither a host name nor an IP address")


def user_name(value: str, where: str) -> str:
    if len(value) <= LONGEST_NAME and _USER.fullmatch(value):
        return value
    raise UsageError(
        f"{where}: {shown(value)} cannot be a user: use letters, digits, '.', '_', '@', '\\' and '-' (not first)"
    )


def port_number(value: Any, where: str) -> int:
    """1..65535, from a number or its digits. The message does not repeat the value: it may be a misplaced password."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,5}", value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 65535:
        return value
    raise UsageError(f"{where}: the port is not a number from 1 to 65535")


def _is_host(text: str) -> bool:
    return len(text) <= LONGEST_NAME and (_NAME.fullmatch(text) is not None or is_ip_address(text))
