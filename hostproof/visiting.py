"""Which host is being judged in this process, and which are visited meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from xdist.remote import WorkerInteractor

from hostproof.agenda import Agenda, SessionAgenda, WorkerAgenda
from hostproof.audit import Audit, Visit
from hostproof.batch import commands_for, subjects_of
from hostproof.connection import Command
from hostproof.gathering import Gathering, share
from hostproof.learning import Learned
from hostproof.outside import Lookout


class Visiting:
    """The visits of one process: the hosts of its tests, one after the other.

    learned: what such tests asked other hosts, or earlier. lookout: what is seen of hosts from outside.
    connections: to hosts, at most, of all `workers` processes together.
    """

    _agenda: Agenda

    def __init__(self, audit: Audit, learned: Learned, lookout: Lookout, *, connections: int, workers: int) -> None:
        self._audit = audit
        self._tests: dict[str, list[pytest.Item]] = {}
        self._learned = learned
        self._lookout = lookout
        self._gathering = Gathering(self._planned, share(connections, workers), workers)
        self._current: Visit | None = None

    def set_out(self) -> None:
        """Connect to the first hosts while it is not yet known what to ask them."""
        self._gathering.expect(list(self._audit.targets))

    def begin(self, session: pytest.Session, tests: dict[str, list[pytest.Item]]) -> None:
        """Ask the first hosts, and wait until one of them is there when that can still go first.

        tests: the tests of each host, by its name.
        """
        self._agenda, self._tests = _agenda(session), tests
        self._lookout.want(filter(self._looks_from_outside, tests))
        self._gathering.may_ask({name for name, of_host in tests.items() if of_host})
        if isinstance(self._agenda, SessionAgenda):
            hosts = list(filter(None, self._agenda.hosts(self._gathering.reach)))
            self._gathering.expect(hosts)
            while hosts and not self._gathering.await_any(hosts, 0.1):
                pass
            self._agenda.put_first(self._gathering.is_ready, self._gathering.reach)

    def runs(self, item: pytest.Item) -> None:
        """This test begins."""
        self._agenda.runs()
        name = host_name(item)
        if self._current is None or name != self._current.target.description.name:
            self._look_ahead()

    def visit(self, name: str) -> Visit:
        """The host's visit, everything asked: the current one, or that to the next host, which is then waited for."""
        if self._current is None or self._current.target.description.name != name:
            self.leave()
            self._current = self._gathering.take(name, self._look_ahead)
            self._current.recognise()
        return self._current

    def leave(self) -> None:
        """The current host is judged."""
        if self._current is not None:
            self._gathering.release(self._current.target.description.name)
            self._current = None

    def close(self) -> None:
        """End all sessions."""
        self._gathering.close()

    def _planned(self, name: str) -> Visit:
        lookout = self._lookout.of(name, lambda: self._looks_from_outside(name))
        return Visit(self._audit.targets[name], lambda: self._batch(name), self._audit.connect_timeout, lookout)

    def _looks_from_outside(self, name: str) -> bool:
        return "outside" in subjects_of(_functions(self._tests.get(name, [])))

    def _batch(self, name: str) -> list[Command]:
        tests = self._tests.get(name, [])
        if not self._audit.batch or not tests:
            return []
        of_probes = commands_for(_functions(tests))
        return [*of_probes, *self._learned.commands(dict.fromkeys(map(test_name, tests)), name)]

    def _look_ahead(self) -> None:
        reach = self._gathering.reach
        self._gathering.expect(list(filter(None, self._agenda.hosts(reach))))
        self._agenda.put_first(self._gathering.is_ready, reach)


def host_name(item: pytest.Item) -> str:
    """The host that the test is about; empty when it is about none."""
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get("host", "")) if callspec else ""


def test_name(item: pytest.Item) -> str:
    """The test's name, whatever its parameters."""
    return item.nodeid.partition("[")[0]


def _functions(tests: list[pytest.Item]) -> tuple[Callable[..., Any], ...]:
    return tuple(getattr(item, "function", _nothing) for item in tests)


def _nothing() -> None:
    """Stands for a test that is no function."""


def _agenda(session: pytest.Session) -> Agenda:
    for plugin in session.config.pluginmanager.get_plugins():
        if type(plugin).__name__ == WorkerInteractor.__name__:  # not the same class: xdist runs that module as a script
            return WorkerAgenda(plugin, session, host_name)
    return SessionAgenda(session, host_name)
