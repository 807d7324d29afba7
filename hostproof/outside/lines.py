"""Reading and writing on a connection: lines, replies, counted bytes; all of them bounded."""

from __future__ import annotations

import re
import socket
import struct

from hostproof.errors import CannotTell
from hostproof.text import one_line

LONGEST = 8192  # bytes of an answer
LINE_END = b"\r\n"


class NotThisProtocol(CannotTell):
    """Something else than the protocol that was spoken answers; TLS may be what it wants."""


def answer_to(line: socket.socket, command: bytes) -> bytes:
    """The reply to a command."""
    line.sendall(command + LINE_END)
    return reply(line)


def reply(line: socket.socket) -> bytes:
    """One reply; of several lines `220-` to `220 `, the last one ends it."""
    return until(line, rb"(?m)^(\d{3}(?: |\r?\n)|\* |\+|-).*").splitlines()[-1]


def until(line: socket.socket, pattern: bytes) -> bytes:
    """All lines up to the one that a pattern is found in. Raises NotThisProtocol when it does not come."""
    said = b""
    while not re.search(pattern, said) or not said.endswith(b"\n"):
        more = line.recv(LONGEST)
        said += more
        if not more or len(said) > LONGEST:
            raise NotThisProtocol(f"another answer than the protocol's: {shown(said)}")
    return said


def received(line: socket.socket) -> bytes:
    """What comes first, at once."""
    return line.recv(LONGEST)


def counted(line: socket.socket, count: int) -> bytes:
    """So many bytes; fewer where no more come."""
    said = b""
    while missing := min(count, LONGEST) - len(said):
        more = line.recv(missing)
        said += more
        if not more:
            break
    return said


def mysql_offers_tls(line: socket.socket) -> bool:
    """Whether MySQL's greeting says that it can go on by TLS. Raises NotThisProtocol, and CannotTell when it turns us away."""
    header = counted(line, 4)
    greeting = counted(line, int.from_bytes(header[:3], "little"))
    if greeting[:1] == b"\xff":
        raise CannotTell(f"it turns this machine away: {shown(greeting[3:])}")
    able_at = greeting.find(b"\0") + 14  # behind the version, the connection's number and the first part of a challenge
    if greeting[:1] != b"\n" or len(greeting) < able_at + 2:
        raise NotThisProtocol("another answer than the protocol's")
    return bool(struct.unpack_from("<H", greeting, able_at)[0] & 0x0800)


def expect(reply: bytes, *beginnings: bytes) -> None:
    """Raises CannotTell for another reply than one that begins so."""
    if not reply.startswith(beginnings):
        raise CannotTell(f"it does not let us in: {shown(reply)}")


def shown(said: bytes) -> str:
    """What was said, for a person to read."""
    return one_line(said.decode("ascii", "replace"), 80) or "nothing"
