"""What has to be said to a service before it speaks TLS on a connection that began without: STARTTLS and its like.

Each of these talks takes a connection to the point where a handshake is due. It raises NoTls when the service offers none.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress

from hostproof.errors import CannotTell
from hostproof.outside import tls
from hostproof.outside.dialling import Dial
from hostproof.outside.lines import LINE_END, NotThisProtocol, answer_to, expect, mysql_offers_tls, received, reply, shown, until

EHLO = b"EHLO hostproof.invalid"
_NOT_OFFERED = "it offers no TLS"
# MySQL: long passwords, protocol 4.1, TLS, secure log-ins; the longest packet; utf8
_MYSQL_TLS = struct.pack("<IIB23x", 0x0001 | 0x0200 | 0x0800 | 0x8000, 1 << 24, 33)


def offer(dial: Dial, address: str, port: int, name: str, kind: str, authorities: Sequence[str]) -> tls.Offer:
    """What a service offers by TLS, from the start or after it was asked for it; as tls.offer says.

    kind: its id in data/well_known_services.yml. A service that speaks first is at once seen to speak no TLS; one that waits to be
    spoken to is asked in its own protocol first.
    """
    greet = GREETINGS.get(kind)
    if greet and kind in WAIT_TO_BE_ASKED:
        with suppress(NotThisProtocol):
            return tls.offer(dial, address, port, name, authorities=authorities, greet=greet)
    try:
        return tls.offer(dial, address, port, name, authorities=authorities)
    except tls.NoTls:
        if greet is None or kind in WAIT_TO_BE_ASKED:
            raise
    return tls.offer(dial, address, port, name, authorities=authorities, greet=greet)


def _mail(line: socket.socket) -> None:
    greeting = reply(line)
    if greeting.startswith(b"220"):
        line.sendall(EHLO + LINE_END)
        expect(until(line, rb"(?m)^\d{3} ").splitlines()[-1], b"250")
        _agree(answer_to(line, b"STARTTLS"), b"220", refused=b"5")
    elif greeting.startswith(b"* OK"):
        line.sendall(b"a STARTTLS" + LINE_END)
        _agree(until(line, rb"(?m)^a ").splitlines()[-1], b"a OK", refused=b"a ")
    elif greeting.startswith(b"+OK"):
        _agree(answer_to(line, b"STLS"), b"+OK", refused=b"-ERR")
    else:
        raise CannotTell(f"no greeting of a mail server: {shown(greeting)}")


def _ftp(line: socket.socket) -> None:
    _agree(reply(line), b"220", refused=b"\0")
    _agree(answer_to(line, b"AUTH TLS"), b"234", refused=b"5")


def _postgresql(line: socket.socket) -> None:
    line.sendall(struct.pack(">II", 8, 80877103))  # SSLRequest
    answer = received(line)
    if answer not in (b"S", b"N"):  # S and more would be words that came before TLS
        raise NotThisProtocol("another answer than the protocol's")
    _agree(answer, b"S", refused=b"N")


def _mysql(line: socket.socket) -> None:
    if not mysql_offers_tls(line):
        raise tls.NoTls(_NOT_OFFERED)
    line.sendall(len(_MYSQL_TLS).to_bytes(3, "little") + b"\1" + _MYSQL_TLS)


def _agree(answer: bytes, *beginnings: bytes, refused: bytes) -> None:
    if answer.startswith(beginnings):
        return
    if answer.startswith(refused):
        raise tls.NoTls(_NOT_OFFERED)
    raise CannotTell(f"it does not begin TLS now: {shown(answer)}")


# By service of data/well_known_services.yml.
GREETINGS: Mapping[str, tls.Greet] = {"mail": _mail, "ftp": _ftp, "mysql": _mysql, "postgresql": _postgresql}
WAIT_TO_BE_ASKED = frozenset({"postgresql"})
