"""The `host` of a test: testinfra's Host, with our probes as further modules."""

from __future__ import annotations

from typing import Any

import testinfra.host
from testinfra.backend.base import BaseBackend, CommandResult

from hostproof import probes
from hostproof.connection import Command, Connection
from hostproof.errors import CannotTell
from hostproof.evidence import EvidenceLog

LIVE_SECONDS = 60  # bound of a command that a test asks by itself
LIVE_LIMIT = 10_000_000


class SessionBackend(BaseBackend):  # type: ignore[misc] # testinfra is typed in part
    """Lets testinfra's own modules ask through the host's one session, each command once."""

    NAME = "hostproof"

    def __init__(self, connection: Connection, evidence: EvidenceLog) -> None:
        super().__init__(connection.description.name)
        self._connection = connection
        self._evidence = evidence

    def get_pytest_id(self) -> str:
        return str(self.hostname)

    def get_encoding(self) -> str:
        return "utf-8"

    def run(self, command: str, *args: str, **_kwargs: Any) -> CommandResult:
        text = self.get_command(command, *args)
        answer = self._connection.ask(Command(text, LIVE_SECONDS, LIVE_LIMIT))
        self._evidence.note(answer)
        if answer.truncated:
            raise CannotTell(f"`{command}` printed more than {LIVE_LIMIT} bytes")
        return self.result(answer.status, text.encode(), answer.stdout.encode(), answer.stderr.encode())


class AuditedHost(testinfra.host.Host):  # type: ignore[misc] # testinfra is typed in part
    """A testinfra Host whose attributes are, beside testinfra's modules, the probes of hostproof/probes.

    Where both have a module of one name, ours answers.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.evidence = EvidenceLog()
        backend = SessionBackend(connection, self.evidence)
        super().__init__(backend)
        backend.set_host(self)

    @property
    def name(self) -> str:
        """What the inventory calls the host."""
        return self.connection.description.name

    def __getattr__(self, name: str) -> Any:
        if name not in probes.names():
            return super().__getattr__(name)
        probe = probes.probe_class(name)(self)
        self.__dict__[name] = probe
        return probe
