"""Does a service talk without encryption? One polite question in its own protocol, as far as nobody has to log in for the answer.

Each question is about one kind of service and gets a connection of its own. What it learns is `Manner`: "clear" when the service
goes on without encryption, "encrypted" when it refuses to, "optional" when it offers TLS and we do not see whether it insists.
"""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Literal

from hostproof.errors import CannotTell
from hostproof.outside import http, tls
from hostproof.outside.dialling import Dial, call, place
from hostproof.outside.lines import (
    LINE_END,
    LONGEST,
    NotThisProtocol,
    answer_to,
    counted,
    expect,
    mysql_offers_tls,
    received,
    reply,
    shown,
    until,
)
from hostproof.text import one_line

SECONDS = 5.0  # for one question, connecting included
NOBODY = "hostproof"  # the name under which a log-in is begun; it never ends, there is no password
HTTP_PATHS = ("/", "/hostproof")


@dataclass(frozen=True)
class Manner:
    """How a service talks, and what showed it.

    Example: Manner("clear", "it answers PING without encryption")
    """

    how: Literal["clear", "encrypted", "optional"]
    why: str


Question = Callable[[socket.socket], Manner]


def ask(dial: Dial, address: str, port: int, kind: str) -> Manner:
    """How the service there talks. kind: a key of QUESTIONS; of any other kind it is asked for TLS, then for HTTP.

    Raises CannotTell when nobody answers, or nothing that is understood.
    """
    if kind not in QUESTIONS:
        return _tls(dial, address, port) or _web(dial, address, port)
    with suppress(NotThisProtocol):
        return _worst_of(QUESTIONS[kind], dial, address, port)
    with suppress(CannotTell):
        if encrypted := _tls(dial, address, port):
            return encrypted
    raise CannotTell(f"{place(address, port)} answers this machine neither in its protocol nor by TLS")


def recognised(dial: Dial, address: str, port: int, kinds: Sequence[str]) -> str:
    """The first of these kinds, keys of QUESTIONS, that answers there in its protocol; empty when none does.

    Who hears the words of another protocol than its own hangs up, complains, or has greeted before: one that keeps silent is
    taken for none of the others, and costs one question's time.
    """
    for kind in kinds:
        began = time.monotonic()
        with suppress(CannotTell):
            _asked(QUESTIONS[kind][0], dial, address, port)
            return kind
        if time.monotonic() - began >= SECONDS:
            break
    return ""


def _worst_of(questions: Sequence[Question], dial: Dial, address: str, port: int) -> Manner:
    """The first question is whether TLS is offered, the others whether it is insisted upon: all of them have to say so."""
    manners: list[Manner] = []
    for question in questions:
        manners.append(_asked(question, dial, address, port))
        if manners[-1].how == "clear":
            return manners[-1]
    return max(manners[1:] or manners, key=lambda manner: manner.how == "optional")


def _asked(question: Question, dial: Dial, address: str, port: int) -> Manner:
    try:
        with call(dial, address, port, SECONDS) as line:
            return question(line)
    except ConnectionResetError:
        raise NotThisProtocol(f"{place(address, port)} hangs up") from None
    except TimeoutError:
        raise NotThisProtocol(f"{place(address, port)} does not answer") from None
    except OSError as error:
        raise CannotTell(f"nobody could be asked at {place(address, port)}: {one_line(error.strerror or str(error))}") from None


def _tls(dial: Dial, address: str, port: int) -> Manner | None:
    """None when something else than TLS is spoken. Raises CannotTell when that is not clear."""
    try:
        tls.certificate(dial, address, port, "")
    except tls.NoTls:
        return None
    return Manner("encrypted", "it speaks TLS")


def _web(dial: Dial, address: str, port: int) -> Manner:
    pages = [http.ask(dial, address, port, address, path) for path in HTTP_PATHS]
    if all(page.status in http.REDIRECTIONS and not page.fault for page in pages):
        return Manner("encrypted", "it only redirects to HTTPS")
    return Manner("clear", f"it answers plain HTTP (status {pages[0].status})")


# --- services that wait to be spoken to


def _replies(line: socket.socket, *, say: bytes, pattern: bytes, what: str) -> Manner:
    """A service that is clear when it answers this at all."""
    line.sendall(say)
    if re.match(pattern, received(line)):
        return Manner("clear", f"it answers {what} without encryption")
    raise NotThisProtocol("another answer than the protocol's")


def _postgresql(line: socket.socket) -> Manner:
    line.sendall(struct.pack(">II", 8, 80877103))  # SSLRequest
    answer = received(line)  # one byte; a greeting of MySQL may begin with the same
    if answer == b"N":
        return Manner("clear", "it offers no encryption")
    if answer == b"S":
        return Manner("optional", "it offers TLS")
    raise NotThisProtocol("another answer than the protocol's")


def _postgresql_log_in(line: socket.socket) -> Manner:
    """Begin to log in without TLS. That nobody of that name may do so says nothing about others."""
    words = f"user\0{NOBODY}\0database\0{NOBODY}\0\0".encode()
    line.sendall(struct.pack(">II", 8 + len(words), 3 << 16) + words)
    if received(line).startswith(b"R"):
        return Manner("clear", "it offers TLS, and lets people log in without it")
    return Manner("optional", "it offers TLS")


def _etcd(line: socket.socket) -> Manner:
    line.sendall(b"GET /version HTTP/1.0\r\n\r\n")
    said = received(line)
    if said.startswith(b"HTTP/1") and re.match(rb'(?s)HTTP/1\.[01] 200 .*"etcdserver":', said + counted(line, LONGEST)):
        return Manner("clear", "it tells its version without encryption")
    raise NotThisProtocol("another answer than the protocol's")


# --- services that speak first


def _mysql(line: socket.socket) -> Manner:
    return Manner("optional", "it offers TLS") if mysql_offers_tls(line) else Manner("clear", "it offers no encryption")


def _ftp(line: socket.socket) -> Manner:
    expect(reply(line), b"220")
    if not answer_to(line, b"AUTH TLS").startswith(b"234"):
        return Manner("clear", "it offers no encryption (AUTH TLS)")
    return Manner("optional", "it offers TLS")


def _ftp_log_in(line: socket.socket, *, name: str = NOBODY) -> Manner:
    """Begin to log in without TLS, on another connection: the first one waits for a handshake now."""
    expect(reply(line), b"220")
    answer = answer_to(line, f"USER {name}".encode())
    if answer.startswith(b"2") or (answer.startswith(b"3") and name == NOBODY):
        return Manner("clear", "it offers TLS, and lets people log in without it")
    if re.search(rb"(?i)encrypt|TLS|SSL", answer) and answer.startswith((b"4", b"5")):
        return Manner("encrypted", "it lets nobody log in without TLS")
    return Manner("optional", f"it offers TLS, and does not turn {name} away for want of it")


def _mail(line: socket.socket) -> Manner:
    greeting = reply(line)
    for beginning, question in ((b"220", _smtp), (b"* OK", _imap), (b"+OK", _pop3)):
        if greeting.startswith(beginning):
            return question(line)
    raise CannotTell(f"no greeting of a mail server: {shown(greeting)}")


def _imap(line: socket.socket) -> Manner:
    line.sendall(b"a CAPABILITY" + LINE_END)
    said = until(line, rb"(?m)^a (OK|NO|BAD)")
    return _capable(set(said.upper().split()), tls_word=b"STARTTLS", no_log_in=b"LOGINDISABLED" in said.upper())


def _pop3(line: socket.socket) -> Manner:
    line.sendall(b"CAPA" + LINE_END)
    said = until(line, rb"(?m)^\.\r?$|^-ERR").upper()
    open_to_passwords = re.search(rb"(?m)^(USER|SASL .+?)\r?$", said) or said.startswith(b"-ERR")
    return _capable(set(said.split()), tls_word=b"STLS", no_log_in=not open_to_passwords)


def _capable(words: set[bytes], *, tls_word: bytes, no_log_in: bool) -> Manner:
    if tls_word not in words:
        return Manner("clear", "it offers no encryption")
    if no_log_in and not any(word.startswith(b"AUTH=") for word in words):
        return Manner("encrypted", "it lets nobody log in without TLS")
    return Manner("clear", "it offers TLS, and lets people log in without it")


def _smtp(line: socket.socket) -> Manner:
    """Between mail servers TLS is never demanded (RFC 3207): offering it is what a server can do, for passwords it is more."""
    line.sendall(f"EHLO {NOBODY}.invalid".encode() + LINE_END)
    words = [row[4:].upper().split() for row in until(line, rb"(?m)^\d{3} ").splitlines()]
    offered = {row[0] for row in words if row}
    if b"STARTTLS" not in offered:
        return Manner("clear", "it offers no encryption (STARTTLS)")
    if b"AUTH" in offered:
        return Manner("clear", "it offers TLS, and takes passwords without it")
    return Manner("encrypted", "it offers TLS, and takes no password without it")


def _vnc(line: socket.socket) -> Manner:
    if not re.match(rb"RFB \d{3}\.\d{3}\n", counted(line, 12)):
        raise NotThisProtocol("another answer than the protocol's")
    line.sendall(b"RFB 003.008\n")
    if set(counted(line, int.from_bytes(counted(line, 1)))) & {1, 2}:
        return Manner("clear", "it offers sessions without encryption")
    return Manner("optional", "which encryption it offers is not understood")


def _telnet(line: socket.socket) -> Manner:
    if re.match(rb"\xff[\xfb-\xfe]", received(line)):
        return Manner("clear", "it begins to talk without encryption")
    raise NotThisProtocol("another answer than the protocol's")


_CQL = rb"(?s)[\x81-\x86].+(CQL_VERSION|protocol version)"  # what it supports, or that it does not support this version of us
# By service of data/well_known_services.yml. Further questions are asked where TLS is offered.
QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    "redis": (partial(_replies, say=b"PING\r\n", pattern=rb"\+PONG|-[A-Z]+ ", what="PING"),),
    "memcached": (partial(_replies, say=b"version\r\n", pattern=rb"VERSION |[A-Z_]*ERROR", what="version"),),
    "mqtt": (partial(_replies, say=b"\x10\x0e\x00\x04MQTT\x04\x02\x00\x05\x00\x02hp", pattern=rb"\x20\x02", what="CONNECT"),),
    "cassandra": (partial(_replies, say=b"\4\0\0\0\5\0\0\0\0", pattern=_CQL, what="OPTIONS"),),
    "zookeeper": (partial(_replies, say=b"srvr", pattern=rb"Zookeeper version|srvr is not|This ZooKeeper", what="srvr"),),
    "etcd": (_etcd,),
    "telnet": (_telnet,),
    "vnc": (_vnc,),
    "postgresql": (_postgresql, _postgresql_log_in),
    "mysql": (_mysql,),
    "ftp": (_ftp, _ftp_log_in, partial(_ftp_log_in, name="anonymous")),
    "mail": (_mail,),
}
