"""Who asks a host's services: this machine, or the one of --probe-from, through one log-in that all questions share."""

from __future__ import annotations

import atexit
import itertools
import os
import re
import select
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Concatenate, ParamSpec, TypeVar

from hostproof.connection.transport import shared_argv, through_argv, why_unreachable
from hostproof.errors import CannotTell
from hostproof.inventory import HostDescription
from hostproof.outside.dialling import Dial, directly, place
from hostproof.text import one_line

T = TypeVar("T")
P = ParamSpec("P")

PATIENCE = 120.0  # seconds that asking one host's services may take in all
LEAVE = 1.0  # seconds that a connection may take to end
_MADE = itertools.count(1)
_READY = b"ready\n"
_COULD_NOT = re.compile(r"open failed|forwarding (?:request )?failed|prohibited|[Cc]ontrol socket|mux_client|closed by")


class Caller:
    """Asks the services of one host from one machine, and loses patience with a host that keeps it waiting.

    place: that machine's name. dial: makes connections from there.
    """

    def __init__(self, place: str = "this machine", dial: Dial = directly) -> None:
        self.place = place
        self._dial = dial
        self._left = PATIENCE

    def ask(self, question: Callable[Concatenate[Dial, P], T], *args: P.args, **named: P.kwargs) -> T:
        """The answer to a question. Raises what that raises, and CannotTell when there is no patience left."""
        if self._left <= 0:
            raise CannotTell(f"asking the services of this host took more than {PATIENCE:g} s")
        began = time.monotonic()
        try:
            return question(self._dial, *args, **named)
        finally:
            self._left -= time.monotonic() - began


class Away:
    """Makes connections from another machine, by OpenSSH. It logs in once, when the first one is made.

    The log-in ends when this process does, however it ends: nobody holds its input then.

    folder: where a socket for it can be made, private to this user.
    """

    def __init__(self, origin: HostDescription, connect_timeout: int, folder: Path) -> None:
        self.origin = origin
        self._connect_timeout = connect_timeout
        self._control = folder / f"vantage-{os.getpid()}-{next(_MADE)}"
        self._lock = threading.Lock()
        self._login: subprocess.Popen[bytes] | None = None
        self._failed = ""

    @contextmanager
    def dial(self, address: str, port: int, seconds: float) -> Iterator[socket.socket]:
        """A connection from there. It seems to exist at once; on leaving, ConnectionError is raised when it never did.

        Raises CannotTell when there is no way to that machine.
        """
        argv = self.way(address, port)
        ours, theirs = socket.socketpair()
        with ours, tempfile.TemporaryFile() as complaints:
            with theirs:
                process = _started(argv, theirs.fileno(), theirs.fileno(), complaints)
            try:
                yield ours
            finally:
                ours.close()
                _end(process)
                if why := _why_not(complaints):
                    raise ConnectionError(f"{why}, from {self.origin.name}")

    def way(self, address: str, port: int) -> list[str]:
        """The argument list whose input and output are a connection from there, once more by the same log-in.

        Raises CannotTell when there is no way to that machine.
        """
        self._log_in()
        return through_argv(self.origin, self._connect_timeout, self._control, place(address, port))

    def close(self) -> None:
        """End the log-in."""
        with self._lock:
            if self._login:
                _gone(self._login)
                self._login = None

    def _log_in(self) -> None:
        with self._lock:
            if self._login is None and not self._failed:
                self._failed = self._try_to_log_in()
            if self._failed:
                raise CannotTell(self._failed)

    def _try_to_log_in(self) -> str:
        """Why it did not work; empty when it did."""
        began = time.monotonic()
        with tempfile.TemporaryFile() as complaints:
            try:
                login = _started(
                    shared_argv(self.origin, self._connect_timeout, self._control), subprocess.PIPE, subprocess.PIPE, complaints
                )
            except CannotTell as reason:
                return str(reason)
            if _repeats(login, 2 * self._connect_timeout):
                self._login = login
                atexit.register(self.close)
                return ""
            _gone(login)
            why = why_unreachable(self.origin, _said(complaints), "it does not answer", time.monotonic() - began)
        return f"nobody could ask from outside: {self.origin.name}: {why}"


def _started(argv: list[str], stdin: int, stdout: int, stderr: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # a list and no shell
            argv, stdin=stdin, stdout=stdout, stderr=stderr, start_new_session=True
        )
    except OSError as error:
        raise CannotTell(f"cannot start {argv[0]}: {error.strerror}") from None


def _repeats(login: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether what is said to it comes back in time."""
    to, out = login.stdin, login.stdout
    if to is None or out is None:
        return False
    with suppress(OSError):
        to.write(_READY)
        to.flush()
        if select.select([out], [], [], seconds)[0]:
            return os.read(out.fileno(), len(_READY)) == _READY
    return False


def _gone(login: subprocess.Popen[bytes]) -> None:
    login.kill()
    login.wait()
    for pipe in (login.stdin, login.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(LEAVE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _why_not(complaints: IO[bytes]) -> str:
    """What ssh says of a connection that could not be made; empty when it could."""
    said = _said(complaints)
    if not _COULD_NOT.search(said):
        return ""
    if told := re.search(r"open failed: (?:connect failed: )?(.+)", said):
        return one_line(told[1])
    if "open refused" in said:  # through a shared log-in, ssh knows no more
        return "no connection"
    return one_line(said.strip().rpartition("\n")[2], 120)


def _said(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read(4096).decode("utf-8", errors="replace")
