"""The tests that are still to run, host by host, and how hosts that are ready go before hosts that keep us waiting.

pytest's loop and pytest-xdist's worker have each told the running test which one follows it; that one stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby, islice
from typing import Protocol, TypeVar

import pytest
from xdist.remote import WorkerInteractor

T = TypeVar("T")
Block = tuple[str, list[T]]  # a host and its tests
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
    """The agenda when pytest runs alone: what is left of session.items, in which the tests of a host stand together."""

    def __init__(self, session: pytest.Session, host_of: HostOf) -> None:
        self._items = session.items
        self._blocks = [(host, list(tests)) for host, tests in groupby(session.items, host_of)]
        self._block = 0  # that of the test which follows
        self._next = 0  # place of that test among all
        self._left = len(self._blocks[0][1]) if self._blocks else 0  # tests of its block, with it

    def runs(self) -> None:
        self._next += 1
        self._left -= 1
        if not self._left:
            self._block += 1
            self._left = len(self._blocks[self._block][1]) if self._block < len(self._blocks) else 0

    def hosts(self, most: int) -> list[str]:
        return [host for host, _ in self._blocks[self._block : self._block + most]]

    def put_first(self, is_ready: Callable[[str], bool], most: int) -> None:
        begun = 1 if self._next else 0  # the block of a test that pytest has been told of stays
        first = self._block + begun
        window = self._blocks[first : first + most]
        reordered = _ready_first(window, is_ready)
        if reordered != window:
            self._blocks[first : first + most] = reordered
            tests = [test for _, block in reordered for test in block]
            start = self._next + begun * self._left
            self._items[start : start + len(tests)] = tests


class WorkerAgenda:
    """The agenda of a pytest-xdist worker: its queue of tests, which grows while it works."""

    def __init__(self, worker: WorkerInteractor, session: pytest.Session, host_of: HostOf) -> None:
        self._worker = worker
        self._host_of = list(map(host_of, session.items))  # by index

    def runs(self) -> None:
        pass  # its queue knows

    def hosts(self, most: int) -> list[str]:
        with self._worker.torun.lock() as queue:
            waiting = [index for index in queue if isinstance(index, int)]
        hosts = dict.fromkeys(self._host_of[index] for index in [*self._following(), *waiting])
        return list(islice(hosts, most))

    def put_first(self, is_ready: Callable[[str], bool], most: int) -> None:
        fixed = [self._host_of[index] for index in self._following()]
        with self._worker.torun.lock() as queue:
            waiting = [index for index in queue if isinstance(index, int)]
            ends = [mark for mark in queue if not isinstance(mark, int)]
            blocks = [(host, list(tests)) for host, tests in groupby(waiting, self._host_of.__getitem__)]
            begun = int(bool(blocks) and blocks[0][0] in fixed)
            reordered = [*blocks[:begun], *_ready_first(blocks[begun:], is_ready)]
            if reordered != blocks:
                self._worker.torun.replace([*(test for _, tests in reordered for test in tests), *ends])

    def _following(self) -> list[int]:
        index = self._worker.nextitem_index
        return [index] if isinstance(index, int) else []


def _ready_first(blocks: list[Block[T]], is_ready: Callable[[str], bool]) -> list[Block[T]]:
    """Hosts that are ready before others; tests that are about no host count as ready."""
    return sorted(blocks, key=lambda block: bool(block[0]) and not is_ready(block[0]))
