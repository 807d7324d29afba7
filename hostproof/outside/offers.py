"""What a service offers to strangers: short dialogues that stop before anything happens.

How somebody may log in over SSH, whether a name server looks up other people's names, whether a mail server passes on their mail.
"""

from __future__ import annotations

import re
import shlex
import socket
import ssl
import struct
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from typing import TypeVar

from hostproof.errors import CannotTell
from hostproof.outside.calling import Away
from hostproof.outside.dialling import Dial, call, place
from hostproof.outside.lines import LINE_END, answer_to, counted, expect, reply, shown
from hostproof.text import one_line

T = TypeVar("T")

SECONDS = 15.0  # for one dialogue, connecting included
LONGEST = 16_384  # bytes of what it says
LONGEST_LOG = 262_144
ASKED_NAME = "example.org"
# Sender and recipient of mail that is none of the server's business: domains that are nobody's (RFC 2606).
LETTERS = ((b"", b"hostproof@example.org"), (b"hostproof@example.net", b"hostproof@example.org"))
ANSWER = 14  # bytes of an answer over TCP up to the end of its header
ANSWERED = {0, 2, 3}  # DNS: with an answer, it tried and failed, no such name

_MOST_METHODS = 50
_METHODS = re.compile(r"^debug1: Authentications that can continue: ([\x21-\x7e]*)\r?$", re.MULTILINE)
_LET_IN = re.compile(r'^(?:debug1: )?Authenticated to .* using "none"', re.MULTILINE)
# The user's own configuration is not read: it is about hosts that somebody means to log in to. Old algorithms are welcome.
_SSH = (
    *("-F", "/dev/null", "-v", "-N", "-T", "-a", "-x"),
    *("-o", "BatchMode=yes", "-o", "PreferredAuthentications=none", "-o", "IdentityFile=none", "-o", "IdentityAgent=none"),
    *("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "GlobalKnownHostsFile=/dev/null"),
    *("-o", "UpdateHostKeys=no", "-o", "HostKeyAlgorithms=+ssh-rsa", "-o", "KexAlgorithms=+diffie-hellman-group14-sha1"),
)


def log_ins(away: Away | None, address: str, port: int, user: str) -> tuple[str, ...]:
    """The methods by which an SSH server lets a stranger of that name try to log in; ("none",) when he is in already.

    Nothing is tried but the method `none`, which asks for the others. Raises CannotTell.
    away: the machine that asks, when it is another one than this.
    """
    command = ["ssh", *_SSH, "-o", f"ConnectTimeout={max(1, int(SECONDS))}", "-p", str(port), "-l", user]
    if away:
        command += ["-o", f"ProxyCommand={shlex.join(away.way(address, port))}"]
    logged = _logged_by([*command, "--", address])
    if _LET_IN.search(logged):
        return ("none",)
    found = [method for listed in _METHODS.findall(logged) for method in listed.split(",")]
    if not found:
        raise CannotTell(f"{place(address, port)} does not say how one may log in: {_last_words(logged)}")
    return tuple(one_line(method, 40) for method in dict.fromkeys(found))[:_MOST_METHODS]


def _logged_by(command: Sequence[str]) -> str:
    """What ssh logs until it ends, or for as long as it may take: one that was let in waits for ever. Raises CannotTell.

    The log is apart from what the server has ssh show to the user, which could look like it.
    """
    with tempfile.TemporaryFile() as log:
        logging = [command[0], "-E", "/dev/stdout", *command[1:]]
        nowhere = subprocess.DEVNULL
        try:
            subprocess.run(logging, stdin=nowhere, stdout=log, stderr=nowhere, timeout=SECONDS + 5, start_new_session=True)
        except subprocess.TimeoutExpired:
            pass
        except OSError as error:
            raise CannotTell(f"cannot start ssh: {error.strerror}") from None
        log.seek(0)
        logged = log.read(LONGEST_LOG + 1)
    if len(logged) > LONGEST_LOG:
        raise CannotTell("ssh has more to log than anybody can read")
    return logged.decode("utf-8", "replace")


def _last_words(logged: str) -> str:
    words = [line for line in logged.splitlines() if line.strip() and not line.startswith("debug1: ")]
    return one_line(words[-1], 120) if words else "it hangs up"


def looks_up_names_for_anybody(dial: Dial, address: str, port: int, *, tls: bool = False) -> bool:
    """Whether a name server takes on a question about somebody else's name over TCP.

    tls: whether it expects TLS at once. Raises CannotTell.
    """
    name = b"".join(bytes([len(label)]) + label.encode() for label in ASKED_NAME.split("."))
    question = struct.pack(">6H", 0x6870, 0x0100, 1, 0, 0, 0) + name + struct.pack(">xHH", 1, 1)  # recursion desired; A, IN
    asked = struct.pack(">H", len(question)) + question
    return _dialogue(dial, address, port, lambda line: _looks_up(line, asked), tls)


def _looks_up(line: socket.socket, asked: bytes) -> bool:
    line.sendall(asked)
    answer = counted(line, ANSWER)
    if len(answer) < ANSWER or answer[2:4] != asked[2:4]:
        raise CannotTell("it does not answer as a name server")
    flags = struct.unpack_from(">H", answer, 4)[0]
    return bool(flags & 0x8000 and flags & 0x0080 and flags & 0x000F in ANSWERED)


def relays_mail_of_anybody(dial: Dial, address: str, port: int, *, tls: bool = False) -> bool:
    """Whether a mail server takes mail from strangers to strangers. None is sent: it ends before DATA.

    tls: whether it expects TLS at once. Raises CannotTell.
    """
    return _dialogue(dial, address, port, _relays, tls)


def _relays(line: socket.socket) -> bool:
    expect(reply(line), b"220")
    expect(answer_to(line, b"EHLO hostproof.example.net"), b"250")
    undecided = b""
    for sender, recipient in LETTERS:
        answer = answer_to(line, b"MAIL FROM:<%s>" % sender)
        if answer.startswith(b"250"):
            answer = answer_to(line, b"RCPT TO:<%s>" % recipient)
            if answer.startswith((b"250", b"251")):
                _part(line)
                return True
        if answer.startswith(b"4"):
            undecided = answer
        answer_to(line, b"RSET")
    _part(line)
    if undecided:
        raise CannotTell(f"it puts off whether it relays mail: {shown(undecided)}")
    return False


def _part(line: socket.socket) -> None:
    """Say good-bye; what it answers does not matter any more."""
    with suppress(OSError):
        line.sendall(b"QUIT" + LINE_END)


def _dialogue(dial: Dial, address: str, port: int, talk: Callable[[socket.socket], T], tls: bool) -> T:
    where = place(address, port)
    try:
        with call(dial, address, port, SECONDS) as line, _secured(line) if tls else nullcontext(line) as spoken:
            try:
                return talk(spoken)
            except CannotTell as reason:
                raise CannotTell(f"{where}: {reason}") from None
    except OSError as error:
        said = one_line(error.strerror or str(error) or type(error).__name__)
        raise CannotTell(f"nobody could be asked at {where}: {said}") from None


def _secured(line: socket.socket) -> ssl.SSLSocket:
    """TLS on a copy: the line itself stays there to be cut. Whose certificate it is does not matter to what is asked."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(line.dup())
