"""How commands get to a host and answers come back: one session per host, many commands in one batch."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable

from hostproof.connection.answer import Answer, Command
from hostproof.connection.session import Session, SessionLost
from hostproof.connection.transport import shell_argv, why_unreachable
from hostproof.errors import CannotTell, Unreachable
from hostproof.inventory import HostDescription

__all__ = ["Answer", "Command", "Connection"]

LOGIN_PATIENCE = 20  # seconds for authentication and sudo, after the TCP connection stands


class Connection:
    """Asks a host each command once, over one session that is opened at the first question.

    A host that could not be reached, or was lost, is not tried again in the same run.
    """

    def __init__(self, description: HostDescription, connect_timeout: int = 10) -> None:
        self.description = description
        self._connect_timeout = connect_timeout
        self._session: Session | None = None
        self._answers: dict[str, Answer] = {}
        self._unreachable = ""
        self._lost = ""

    def open(self) -> None:
        """Start the session, unless it has been tried. Raises Unreachable."""
        self._open()

    @property
    def user_id(self) -> int:
        """The user id that commands run as. Raises Unreachable."""
        return self._open().user_id

    @property
    def remembered(self) -> Collection[str]:
        """The commands that have an answer."""
        return self._answers.keys()

    def gather(self, commands: Iterable[Command]) -> None:
        """Ask all `commands` that have no answer yet, in one batch. Raises Unreachable; keeps what came before a loss."""
        wanted = {c.text: c for c in commands if c.text not in self._answers}
        session = self._open()
        if not wanted or self._lost:
            return
        try:
            for answer in session.ask(list(wanted.values())):
                self._answers[answer.command] = answer
        except SessionLost as lost:
            self._lost = f"the host {lost}, so this question has no answer"
        except Exception as error:  # such as no memory: what breaks in a thread of its own would go unnoticed
            session.kill()
            self._lost = f"asking the host broke off: {error!r}"

    def ask(self, command: Command) -> Answer:
        """The remembered answer, or a fresh one over the same session. Raises Unreachable, CannotTell."""
        if command.text not in self._answers:
            self.gather([command])
        if command.text in self._answers:
            return self._answers[command.text]
        raise CannotTell(self._lost)

    def close(self) -> None:
        """End the session; answers stay."""
        if self._session is not None:
            self._session.close()

    def abandon(self) -> None:
        """End the session at once; a thread that waits for an answer loses it."""
        if self._session is not None:
            self._session.kill()

    def _open(self) -> Session:
        if self._unreachable:
            raise Unreachable(self._unreachable)
        if self._session is None:
            self._session = self._start()
        return self._session

    def _start(self) -> Session:
        host, begun = self.description, time.monotonic()
        try:
            return Session(shell_argv(host, self._connect_timeout), patience=self._connect_timeout + LOGIN_PATIENCE)
        except SessionLost as lost:
            why = why_unreachable(host, lost.last_words, str(lost), time.monotonic() - begun)
        except OSError as error:  # ssh or sudo itself could not be started here
            why = f"cannot start {error.filename or 'a session'}: {error.strerror}"
        self._unreachable = f"host {host.name}: unreachable: {why}"
        raise Unreachable(self._unreachable)
