"""The first words of TLS, spoken by ourselves: what a service agrees to that no library of today offers any more.

An OpenSSL of today knows neither SSL 3 nor 3DES or RC4, and in some distributions not even TLS 1.0: what it cannot connect by says
nothing about the service. So we send a ClientHello of our own and read whether a ServerHello comes back. No key is made, and
nothing is encrypted: the service's choice is all that is wanted.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from itertools import chain
from pathlib import Path
from typing import Any

from hostproof import trusted_yaml
from hostproof.errors import CannotTell
from hostproof.text import one_line

DATA = Path(__file__).parent.parent / "data" / "tls_suites.yml"
VERSIONS: Mapping[int, str] = {0x0300: "SSL 3", 0x0301: "TLS 1.0", 0x0302: "TLS 1.1", 0x0303: "TLS 1.2"}
MOST_RECORDS = 8  # warnings may come before the answer
LONGEST = 1 << 14  # bytes of a record
PADDED = 512  # bytes that our words have at least: there are load balancers that hang on those of 256 to 511 (RFC 7685)
_ALERT, _HANDSHAKE, _SERVER_HELLO, _FATAL = 21, 22, 2, 2
# Alerts that say something else than "not in this version, not with these suites", by their numbers in RFC 8446.
_NO_ANSWER = {10: "unexpected message", 22: "record overflow", 50: "decode error", 90: "user canceled", 112: "unrecognized name"}
_UNRECOGNIZED_NAME = 112  # a refusal like others where no name was asked for
_SECURE_RENEGOTIATION = 0x00FF
# x25519, secp256r1, secp384r1, secp521r1, and the older secp224r1, secp192r1
_GROUPS = (0x001D, 0x0017, 0x0018, 0x0019, 0x0015, 0x0013)
# ECDSA, Ed25519, RSA-PSS and RSA with SHA-2; then RSA, ECDSA and DSA with SHA-1, DSA with SHA-2, RSA with MD5
_SIGNATURES = (
    *(0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601),
    *(0x0201, 0x0203, 0x0202, 0x0402, 0x0101),
)


@dataclass(frozen=True)
class Agreed:
    """What a service chose of that which it was offered. version: a key of VERSIONS. suite: its number in IANA's registry.

    Example: Agreed(0x0303, 0x000A) is TLS 1.2 by TLS_RSA_WITH_3DES_EDE_CBC_SHA
    """

    version: int
    suite: int


class NotTls(Exception):
    """What comes back is no TLS."""


def agreed(line: socket.socket, name: str, version: int, suites: tuple[int, ...]) -> Agreed | None:
    """What the service at the other end chooses, offered a version and older ones, with these suites.

    name: the site's, or an address, or empty. None when it refuses all of that: by an alert, or by hanging up. Who hangs up may do
    so whatever is said, so the caller has to see that it does speak a TLS of today. Raises NotTls, CannotTell, OSError.
    """
    line.sendall(_client_hello(name, version, suites))
    for kind, content in _records(line):
        if kind == _HANDSHAKE:
            return _chosen(content, version, suites)
        if len(content) != 2:
            raise NotTls
        level, why = content
        if why in _NO_ANSWER and level == _FATAL and (name or why != _UNRECOGNIZED_NAME):
            raise CannotTell(f"it ends the handshake for another reason than version and suites: {_NO_ANSWER[why]}")
        if level == _FATAL:
            return None
    return None


@cache
def weak() -> Mapping[int, str]:
    """Weak suites by number: their names, and what is wrong with them."""
    return {number: f"{name} ({why})" for why, suites in _data()["weak"].items() for name, number in suites.items()}


@cache
def usual() -> tuple[int, ...]:
    """The suites that services speak by TLS 1.1 and older, weak ones included."""
    return tuple(chain(_data()["usual"].values(), weak()))


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = trusted_yaml.parse(DATA.read_text(encoding="utf-8"))
    return loaded


def _client_hello(name: str, version: int, suites: tuple[int, ...]) -> bytes:
    offered = struct.pack(f">{len(suites) + 1}H", *suites, _SECURE_RENEGOTIATION)
    body = struct.pack(">H", version) + os.urandom(32) + _counted(b"", 1) + _counted(offered, 2) + _counted(b"\0", 1)
    extensions = b"".join(_extension(kind, content) for kind, content in _extensions(name, version))
    missing = PADDED - len(body) - len(extensions) - 2
    if missing > 0:
        extensions += _extension(21, bytes(missing))
    body += _counted(extensions, 2)
    handshake = b"\1" + _counted(body, 3)
    return bytes([_HANDSHAKE]) + struct.pack(">H", min(version, 0x0301)) + _counted(handshake, 2)


def _extensions(name: str, version: int) -> Iterator[tuple[int, bytes]]:
    if name and not _is_address(name):
        yield 0, _counted(b"\0" + _counted(_in_dns(name), 2), 2)
    yield 10, _counted(struct.pack(f">{len(_GROUPS)}H", *_GROUPS), 2)
    yield 11, _counted(b"\0", 1)  # points of curves come whole
    if version >= 0x0303:
        yield 13, _counted(struct.pack(f">{len(_SIGNATURES)}H", *_SIGNATURES), 2)


def _in_dns(name: str) -> bytes:
    try:
        return name.encode("idna")
    except UnicodeError:
        raise CannotTell(f"{one_line(name, 120)} is no DNS name") from None


def _extension(kind: int, content: bytes) -> bytes:
    return struct.pack(">H", kind) + _counted(content, 2)


def _counted(content: bytes, width: int) -> bytes:
    """The content with its length in front, in so many bytes."""
    return len(content).to_bytes(width, "big") + content


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def _records(line: socket.socket) -> Iterator[tuple[int, bytes]]:
    """(type, content) of what comes back, until it hangs up."""
    for _ in range(MOST_RECORDS):
        head = _exactly(line, 5)
        if not head:
            return
        kind, major, length = head[0], head[1], int.from_bytes(head[3:], "big")
        if kind not in (_ALERT, _HANDSHAKE) or major != 3 or not 0 < length <= LONGEST:
            raise NotTls
        content = _exactly(line, length)
        if not content:
            raise CannotTell("it hangs up in the middle of its answer")
        yield kind, content
    raise CannotTell("it answers with warnings only")


def _exactly(line: socket.socket, count: int) -> bytes:
    """So many bytes; none when it hangs up before the first of them. Raises CannotTell when it does so later."""
    said = b""
    while len(said) < count:
        try:
            more = line.recv(count - len(said))
        except ConnectionResetError:
            more = b""
        if not more:
            break
        said += more
    if said and len(said) < count:
        raise CannotTell("it hangs up in the middle of its answer")
    return said


def _chosen(message: bytes, highest: int, suites: tuple[int, ...]) -> Agreed:
    """What a ServerHello names of that which was offered; it may be followed by other messages in the same record."""
    try:
        if message[0] != _SERVER_HELLO:
            raise NotTls
        session = message[38]
        version, suite = struct.unpack_from(">H", message, 4)[0], struct.unpack_from(">H", message, 39 + session)[0]
    except (IndexError, struct.error):
        raise NotTls from None
    if version not in VERSIONS:
        raise NotTls
    if version > highest or suite not in suites:
        raise CannotTell(f"it chooses what it was not offered: version {version:#06x}, suite {suite:#06x}")
    return Agreed(version, suite)
