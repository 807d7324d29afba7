"""One shell on one host, kept open for as long as the host is judged."""

from __future__ import annotations

import os
import secrets
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO, cast

from hostproof.connection.answer import Answer, Command
from hostproof.connection.framing import AnswerReader, Garbled, in_order, preamble, program, ready_line
from hostproof.errors import HostproofError
from hostproof.text import one_line

GREETING_LIMIT = 64 * 1024  # bytes that a login may print before its shell is ready
OUTPUT_LIMIT = 64 * 1024 * 1024  # bytes that one host may send in all
WAIT_LIMIT = 600  # seconds that we wait for one host in all
GRACE = 15  # seconds beyond a command's own bound before we call its host hung


class SessionLost(HostproofError):
    """The session ended or fell silent; what it had answered until then stands.

    last_words: what ssh or sudo itself complained about, at most 8 KiB.
    """

    last_words = ""


class Session:
    """A running `argv` that reads shell text: `sh`, `ssh host sh`, `ssh host sudo -n sh`.

    It is told nothing until it is asked something, so that all of that takes one round trip.
    argv: list of arguments, started without a shell. patience: seconds that we wait for its shell, once it was told something.
    """

    def __init__(self, argv: Sequence[str], *, patience: float) -> None:
        self.started = time.monotonic()
        self._patience = patience
        self._user_id: int | None = None
        self._token = secrets.token_hex(8)
        self._asked = 0
        self._received = 0
        self._waited = 0.0
        self._buffer = bytearray()
        self._stderr = bytearray()
        self._process = subprocess.Popen(  # a list and no shell; every part was validated by the inventory
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        stdin, stdout, stderr = self._process.stdin, self._process.stdout, self._process.stderr
        self._streams = [cast("IO[bytes]", stream) for stream in (stdin, stdout, stderr)]
        self._stdin_fd, self._stdout_fd, self._stderr_fd = (stream.fileno() for stream in self._streams)
        self._selector = selectors.DefaultSelector()
        for descriptor in (self._stdin_fd, self._stdout_fd, self._stderr_fd):
            os.set_blocking(descriptor, False)
        self._selector.register(self._stdout_fd, selectors.EVENT_READ)
        self._selector.register(self._stderr_fd, selectors.EVENT_READ)
        self._outgoing = bytearray()
        self._send(preamble(self._token))

    @property
    def user_id(self) -> int:
        """The user id that its shell runs as, which is waited for. Raises SessionLost."""
        if self._user_id is None:
            try:
                self._user_id = self._greet()
            except SessionLost as lost:
                lost.last_words = bytes(self._stderr).decode("utf-8", errors="backslashreplace")
                raise
        return self._user_id

    def ask(self, commands: Sequence[Command]) -> Iterator[Answer]:
        """Send all `commands` at once, and give their answers as they come, the slow ones last.

        They go out as soon as somebody waits for an answer, or for the shell. What is given raises SessionLost.
        """
        numbered = list(enumerate(commands, self._asked + 1))
        self._asked += len(numbered)
        self._send(program(numbered))
        return self._answers(numbered)

    def _answers(self, numbered: list[tuple[int, Command]]) -> Iterator[Answer]:
        _ = self.user_id  # nobody else's words are taken for answers
        for number, command in in_order(numbered):
            reader = AnswerReader(command, number, self._token)
            deadline = time.monotonic() + command.seconds + GRACE
            try:
                while not reader.take(self._line(deadline)):
                    pass
                answer = reader.answer()
            except Garbled as error:
                self.close()
                raise SessionLost(f"sent something that is no answer: {one_line(str(error))}") from None
            yield answer

    def close(self) -> None:
        """End the session; harmless when it has ended."""
        self._selector.close()
        for stream in self._streams:
            with suppress(OSError):
                stream.close()
        self._signal(signal.SIGTERM)  # ssh then takes its leave without waiting for the host's
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()

    def kill(self) -> None:
        """End it from another thread than the one that waits for its answers."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self._process.poll() is None:
            with suppress(OSError):  # it has ended, or is another user's
                os.killpg(self._process.pid, number)

    def _greet(self) -> int:
        ready, greeting, deadline = ready_line(self._token), 0, time.monotonic() + self._patience
        while True:
            line = self._line(deadline)
            if found := ready.match(line):
                return int(found[1])
            greeting += len(line) + 1
            if greeting > GREETING_LIMIT:
                self.close()
                raise SessionLost(f"its login prints more than {GREETING_LIMIT} bytes before its shell answers")

    def _send(self, text: str) -> None:
        if not self._outgoing:
            self._selector.register(self._stdin_fd, selectors.EVENT_WRITE)
        self._outgoing += text.encode("utf-8", errors="surrogateescape")

    def _line(self, deadline: float) -> bytes:
        searched = 0  # an endless line is not searched from its start again and again
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            self._exchange(deadline)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _exchange(self, deadline: float) -> None:
        """Write what waits to be written and read what has come, until something has come."""
        waited_from, remaining = time.monotonic(), deadline - time.monotonic()
        if remaining <= 0:
            self.close()
            raise SessionLost("did not come to the end of its answer in time")
        events = self._selector.select(remaining)
        waited = time.monotonic() - waited_from
        self._waited += waited
        if not events:
            self.close()
            raise SessionLost(f"fell silent: no answer within {waited:.0f} s")
        if self._waited > WAIT_LIMIT:
            self.close()
            raise SessionLost(f"kept us waiting for more than {WAIT_LIMIT} s in all")
        for key, _ in events:
            if key.fd == self._stdin_fd:
                self._write()
            elif key.fd == self._stdout_fd:
                self._read()
            else:
                self._read_stderr()

    def _write(self) -> None:
        try:
            written = os.write(self._stdin_fd, self._outgoing[:65536])
        except BrokenPipeError:
            written = len(self._outgoing)  # the other end has gone: its last output tells why
        except BlockingIOError:
            return
        del self._outgoing[:written]
        if not self._outgoing:
            self._selector.unregister(self._stdin_fd)

    def _read(self) -> None:
        chunk = os.read(self._stdout_fd, 1 << 16)
        self._received += len(chunk)
        if not chunk:
            self._drain_stderr()
            self.close()
            raise SessionLost("closed the session")
        if self._received > OUTPUT_LIMIT:
            self.close()
            raise SessionLost(f"sent more than {OUTPUT_LIMIT} bytes")
        self._buffer += chunk

    def _read_stderr(self) -> bool:
        try:
            chunk = os.read(self._stderr_fd, 1 << 16)
        except BlockingIOError:
            return False
        if not chunk:
            self._selector.unregister(self._stderr_fd)
            return False
        self._stderr += chunk
        del self._stderr[:-8192]
        return True

    def _drain_stderr(self) -> None:
        with suppress(subprocess.TimeoutExpired, KeyError, ValueError):
            self._process.wait(timeout=2)
            while self._read_stderr():
                pass
