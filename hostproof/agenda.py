"""The tests that are still to run, host by host, and how hosts that are ready go before hosts that keep us waiting.

pytest's loop and pytest-xdist's worker have each told the running test which one follows it; that one stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, islice
from typing import Protocol, TypeVar

import pytest
from xdist.remote import WorkerInteractor

T = TypeVar("T")
HostOf = Callable[[pytest.Item], str]


class Agenda(Protocol):
    """What is still to run in this process."""

    def runs(self) -> None:
        """The next test begins."""
        ...

    def hosts(self, most: int) -> list[str]:
        """The next hosts, in order, beginning with that of the test which follows the running one."""
        ...

    def put_first(self, is_ready: Callable[[str], bool], most: int) -> None:
        """Move hosts that are ready before others, among the next `most`."""
        ...


class SessionAgenda:
    """The agenda when pytest runs alone: what is left of session.items."""

    def __init__(self, session: pytest.Session, host_of: HostOf) -> None:
        self._items = session.items
        self._host_of = host_of
        self._next = 0  # place of the test that follows

    def runs(self) -> None:
        self._next += 1

    def hosts(self, most: int) -> list[str]:
        return _hosts(map(self._host_of, islice(self._items, self._next, None)), most)

    def put_first(self, is_ready: Callable[[str], bool], most: int) -> None:
        told = self._items[self._next : self._next + 1] if self._next else []
        fixed = self._host_of(told[0]) if told else None
        start = self._next + len(told)
        within = _length(map(self._host_of, islice(self._items, start, None)), most)
        window = self._items[start : start + within]
        self._items[start : start + within] = _ready_first(window, self._host_of, is_ready, fixed)


class WorkerAgenda:
    """The agenda of a pytest-xdist worker: its queue of tests, which grows while it works."""

    def __init__(self, worker: WorkerInteractor, session: pytest.Session, host_of: HostOf) -> None:
        self._worker = worker
        self._session = session
        self._host_of = host_of

    def runs(self) -> None:
        pass  # its queue knows

    def hosts(self, most: int) -> list[str]:
        with self._worker.torun.lock() as queue:
            waiting = [index for index in queue if isinstance(index, int)]
        return _hosts(map(self._host_of_index, [*self._following(), *waiting]), most)

    def put_first(self, is_ready: Callable[[str], bool], most: int) -> None:
        fixed = next((self._host_of_index(index) for index in self._following()), None)
        with self._worker.torun.lock() as queue:
            waiting = [index for index in queue if isinstance(index, int)]
            ends = [mark for mark in queue if not isinstance(mark, int)]
            reordered = [*_ready_first(waiting, self._host_of_index, is_ready, fixed), *ends]
            self._worker.torun.replace(reordered)

    def _host_of_index(self, index: int) -> str:
        return self._host_of(self._session.items[index])

    def _following(self) -> list[int]:
        index = self._worker.nextitem_index
        return [index] if isinstance(index, int) else []


def _hosts(hosts: Iterable[str], most: int) -> list[str]:
    return list(islice(dict.fromkeys(host for host, _ in groupby(hosts)), most))


def _length(hosts: Iterable[str], most: int) -> int:
    """How many tests the first `most` hosts have."""
    return sum(sum(1 for _ in tests) for _, tests in islice(groupby(hosts), most))


def _ready_first(
    tests: Sequence[T], host_of: Callable[[T], str], is_ready: Callable[[str], bool], fixed: str | None
) -> list[T]:
    """The tests, those of hosts that are ready before others; those of the host `fixed` stay in front."""
    blocks = [(host, list(block)) for host, block in groupby(tests, host_of)]
    blocks.sort(key=lambda named: (named[0] != fixed, bool(named[0]) and not is_ready(named[0])))
    return [test for _, block in blocks for test in block]
