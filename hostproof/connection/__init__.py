"""How commands get to a host and answers come back: one session per host, many commands in one batch."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator

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
        self._coming: Iterator[Answer] = iter(())  # answers to what was asked before the session stood
        self._answers: dict[str, Answer] = {}
        self._unreachable = ""
        self._lost = ""

    def start(self) -> None:
        """Set out, unless that was done; nobody waits for the host yet."""
        if self._session is None and not self._unreachable:
            try:
                argv = shell_argv(self.description, self._connect_timeout)
                self._session = Session(argv, patience=self._connect_timeout + LOGIN_PATIENCE)
            except OSError as error:  # ssh or sudo itself could not be started here
                self._give_up(f"cannot start {error.filename or 'a session'}: {error.strerror}")

    def open(self, ahead: Iterable[Command] = ()) -> None:
        """Wait for the session to stand. Raises Unreachable.

        ahead: commands that are sent along, so that their answers, which `gather` takes, are on their way at once.
        """
        self.start()
        if self._session is not None and (commands := list(ahead)):
            self._coming = self._session.ask(commands)
        self._open()

    @property
    def user_id(self) -> int:
        """The user id that commands run as. Raises Unreachable."""
        return self._open()[1]

    @property
    def remembered(self) -> Collection[str]:
        """The commands that have an answer."""
        return self._answers.keys()

    def gather(self, commands: Iterable[Command] = ()) -> None:
        """Ask all `commands` that have no answer yet, in one batch. Raises Unreachable; keeps what came before a loss."""
        session, _ = self._open()
        self._keep(self._coming)
        wanted = {c.text: c for c in commands if c.text not in self._answers}
        if wanted and not self._lost:
            self._keep(session.ask(list(wanted.values())))

    def _keep(self, answers: Iterator[Answer]) -> None:
        try:
            for answer in answers:
                self._answers[answer.command] = answer
        except SessionLost as lost:
            self._lost = f"the host {lost}, so this question has no answer"
        except Exception as error:  # such as no memory: what breaks in a thread of its own would go unnoticed
            self.abandon()
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

    def _open(self) -> tuple[Session, int]:
        """The session, and the user id in it."""
        self.start()
        if self._session is not None and not self._unreachable:
            try:
                return self._session, self._session.user_id
            except SessionLost as lost:
                seconds = time.monotonic() - self._session.started
                self._give_up(why_unreachable(self.description, lost.last_words, str(lost), seconds))
        raise Unreachable(self._unreachable)

    def _give_up(self, why: str) -> None:
        self._unreachable = f"host {self.description.name}: unreachable: {why}"
