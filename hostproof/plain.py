"""A short way for tests that need nothing but what we provide, as those of recommendations do.

pytest's three phases with their reports are for fixtures. They cost more than judging does, hundred thousand times in a
large fleet; a test with fixtures, marks or classes of its own takes them all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

MARKS = {"recommendation", "parametrize"}
OURS = ("hostproof.plugin", "testinfra.plugin")  # where the fixtures come from; testinfra's own gives way to ours
LOOKING_ON = ("usepdb", "setupshow", "setuponly", "setupplan")  # options that are about phases


class PlainTests:
    """Runs such tests.

    provide: gives what the test's arguments stand for, by their names; the names are among `provided`.
    """

    def __init__(self, provided: Mapping[str, Callable[[pytest.Function], Any]]) -> None:
        self._provided = provided

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """One phase, one report; None leaves the test to pytest."""
        if not isinstance(item, pytest.Function) or not self._is_plain(item):
            return None
        hook = item.ihook
        hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        call = pytest.CallInfo.from_call(lambda: self._run(item), "call", reraise=(pytest.exit.Exception, KeyboardInterrupt))
        hook.pytest_runtest_logreport(report=hook.pytest_runtest_makereport(item=item, call=call))
        self._tear_down_for(nextitem, item)
        hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    def _tear_down_for(self, nextitem: pytest.Item | None, item: pytest.Item) -> None:
        """End what earlier tests with phases have left set up, such as their module, where the next test is not of it."""
        setup = item.session._setupstate
        if not setup.stack:
            return
        call = pytest.CallInfo.from_call(lambda: setup.teardown_exact(nextitem), "teardown", reraise=(pytest.exit.Exception,))
        if call.excinfo:
            item.ihook.pytest_runtest_logreport(report=item.ihook.pytest_runtest_makereport(item=item, call=call))

    def _is_plain(self, item: pytest.Function) -> bool:
        option = item.config.option
        return (
            item.cls is None
            and not hasattr(item.function, "__wrapped__")
            and all(mark.name in MARKS for mark in item.iter_markers())
            and all(name == "request" or self._provides(name, item) for name in item.fixturenames)
            and not any(getattr(option, name, False) for name in LOOKING_ON)
        )

    def _provides(self, name: str, item: pytest.Function) -> bool:
        """Whether the argument is ours, and nobody's conftest.py has put another fixture in its place."""
        definitions = item._fixtureinfo.name2fixturedefs.get(name, ())
        return name in self._provided and all(f.func.__module__ in OURS for f in definitions)

    def _run(self, item: pytest.Function) -> None:
        code = item.function.__code__
        item.function(**{name: self._provided[name](item) for name in code.co_varnames[: code.co_argcount]})
