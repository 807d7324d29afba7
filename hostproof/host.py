"""The `host` of a test: testinfra's Host, with our probes as further modules and some of its own put right."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import testinfra.host
from testinfra.backend.base import BaseBackend, CommandResult

from hostproof import modules, probes
from hostproof.connection import Command, Connection
from hostproof.errors import CannotTell
from hostproof.evidence import EvidenceLog
from hostproof.outside import HostLookout

LIVE_SECONDS = 60  # bound of a command that a test asks by itself
LIVE_LIMIT = 10_000_000
_HOST = testinfra.host.__file__
_MODULES = (str(Path(_HOST).parent / "modules"), *modules.__path__)
_CHANGING = tuple(str(Path(_MODULES[0]) / name) for name in ("ansible.py", "salt.py"))  # modules that may change a host
_LOOKING = ("exists", "find_command")  # what testinfra's Host itself offers that only looks


def live(text: str) -> Command:
    """A command as testinfra's modules and tests ask it."""
    return Command(text, LIVE_SECONDS, LIVE_LIMIT)


class SessionBackend(BaseBackend):  # type: ignore[misc] # testinfra is typed in part
    """Lets testinfra's own modules ask through the host's one session, each command once.

    looks: the commands that testinfra's modules and ours asked since it was cleared; not those that a test itself ran.
    """

    NAME = "hostproof"

    def __init__(self, connection: Connection, evidence: EvidenceLog) -> None:
        super().__init__(connection.description.name)
        self._connection = connection
        self._evidence = evidence
        self.looks: dict[str, None] = {}

    def get_pytest_id(self) -> str:
        return str(self.hostname)

    def get_encoding(self) -> str:
        return "utf-8"

    def run(self, command: str, *args: str, **_kwargs: Any) -> CommandResult:
        text = self.get_command(command, *args)
        if _only_looks(sys._getframe(1)):
            self.looks[text] = None
        answer = self._connection.ask(live(text))
        self._evidence.note(answer)
        if answer.truncated:
            raise CannotTell(f"`{command}` printed more than {LIVE_LIMIT} bytes")
        return self.result(answer.status, text.encode(), answer.stdout.encode(), answer.stderr.encode())


def _only_looks(caller: FrameType | None) -> bool:
    """Whether a module of testinfra asks, or a method of its Host that does the same everywhere."""
    while caller is not None and caller.f_code.co_filename == _HOST:
        if caller.f_code.co_name in _LOOKING:
            return True
        caller = caller.f_back
    asks = caller.f_code.co_filename if caller else ""
    return asks.startswith(_MODULES) and asks not in _CHANGING


class AuditedHost(testinfra.host.Host):  # type: ignore[misc] # testinfra is typed in part
    """A testinfra Host whose attributes are, beside testinfra's modules, the probes of hostproof/probes.

    Where both have one name, the probe answers; where testinfra's module is wrong, that of hostproof/modules.
    lookout: what is seen of it from outside.
    """

    def __init__(self, connection: Connection, lookout: HostLookout) -> None:
        self.connection = connection
        self.lookout = lookout
        self.evidence = EvidenceLog()
        backend = SessionBackend(connection, self.evidence)
        super().__init__(backend)
        backend.set_host(self)

    def start_test(self) -> None:
        """Forget what the test before has looked at."""
        self.evidence.start()
        self.backend.looks.clear()

    @property
    def looks(self) -> list[str]:
        """The commands that testinfra's modules and ours asked in the running test."""
        return list(self.backend.looks)

    @property
    def name(self) -> str:
        """What the inventory calls the host."""
        return self.connection.description.name

    def __getattr__(self, name: str) -> Any:
        if name in probes.names():
            found: Any = probes.probe_class(name)(self)
        elif name in modules.names():
            found = modules.module(name, self)
        else:
            return super().__getattr__(name)
        self.__dict__[name] = found
        return found
