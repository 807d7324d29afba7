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
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Concatenate, ParamSpec, TypeVar

from hostproof.connection.transport import argv_on, shared_argv, through_argv, why_unreachable
from hostproof.errors import CannotTell
from hostproof.inventory import HostDescription
from hostproof.outside.dialling import Dial, directly, place
from hostproof.text import one_line

S = TypeVar("S")
T = TypeVar("T")
P = ParamSpec("P")

PATIENCE = 120.0  # seconds that asking one host's services may take in all
AT_ONCE = 4  # connections of one machine to one host
HEAD_START = 3.0  # seconds that somebody may think before others are asked the same
LEAVE = 1.0  # seconds that a connection may take to end
_MADE = itertools.count(1)
_READY = b"ready\n"
_COULD_NOT = re.compile(r"open failed|forwarding (?:request )?failed|prohibited|[Cc]ontrol socket|mux_client|closed by")


class Caller:
    """Asks the services of one host from one machine, and loses patience with a host that keeps it waiting.

    Several threads may ask; the host never has more than AT_ONCE connections of it.

    place: that machine's name. dial: makes connections from there.
    """

    def __init__(self, place: str = "this machine", dial: Dial = directly) -> None:
        self.place = place
        self._dial = dial
        self._left = PATIENCE
        self._lines = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._asking, self._since = 0, 0.0

    def ask(self, question: Callable[Concatenate[Dial, P], T], *args: P.args, **named: P.kwargs) -> T:
        """The answer to a question. Raises what that raises, and CannotTell when there is no patience left."""
        with self._lines, self._losing_patience():
            return question(self._dial, *args, **named)

    @contextmanager
    def _losing_patience(self) -> Iterator[None]:
        """What is asked side by side takes the time of one."""
        with self._lock:
            now = time.monotonic()
            if self._left <= (now - self._since if self._asking else 0):
                raise CannotTell(f"asking the services of this host took more than {PATIENCE:g} s")
            self._since = self._since if self._asking else now
            self._asking += 1
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1
                if not self._asking:
                    self._left -= time.monotonic() - self._since


def side_by_side(ask: Callable[[S], T], things: Iterable[S]) -> list[T]:
    """What `ask` gives for each of the things, in their order; it is called for several at once. Raises what it raises."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, things))


def first_answer(questions: Sequence[Callable[[], T]], nobody: str) -> T:
    """The answer to the first question that gets one; after all, one of them is enough.

    The others are only asked when the first one has failed, or keeps us waiting for longer than HEAD_START; then all of them are
    waited for side by side. Raises CannotTell with all reasons, with `nobody` where there is no question.
    """
    reasons: list[str] = []
    with ThreadPoolExecutor(max(1, len(questions))) as pool:
        asked = [pool.submit(question) for question in questions[:1]]
        if not wait(asked, HEAD_START).done or any(one.done() and one.exception() for one in asked):
            asked += [pool.submit(question) for question in questions[1:]]
        for one in asked:
            try:
                return one.result()
            except CannotTell as reason:
                reasons.append(str(reason))
    raise CannotTell("; ".join(dict.fromkeys(reasons)) or nobody)


class Away:
    """Makes connections from another machine and starts programs there, by OpenSSH. It logs in once, when first asked for one.

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

    def command(self, program: Sequence[str]) -> list[str]:
        """The argument list that starts a program there, by the same log-in. Raises CannotTell as above."""
        self._log_in()
        return argv_on(self.origin, self._connect_timeout, program, self._control)

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
        return f"{self.origin.name} is unreachable: {why}"


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
