"""Hosts are visited ahead of their turn, many at once, while others are judged.

Connecting and asking take a host's time and the network's, judging takes ours. So a few threads wait for hosts, each for its
own, and the tests find what they ask for already there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field

from hostproof.audit import Visit

ARRIVING = 8  # connections that may log in at the same time; an sshd turns strangers away from the tenth on (MaxStartups)
# Seconds after which a host that does not answer yet no longer keeps others waiting: at first, and at least once some have
# arrived; then it is twice what the slowest of those needed, as it may be our own machine or a jump host that is slow.
SLOW_TO_ARRIVE = 3.0
LEAST_SLOW = 0.5
AHEAD = 4  # times the connections: hosts that are under way at most, those that do not answer included


def share(limit: int, workers: int) -> int:
    """What one of so many processes may have of a limit that is for all of them."""
    return max(1, limit // max(1, workers))


@dataclass
class _Stage:
    """How far the visit to one host has come. began: when it could say something, in seconds of the monotonic clock."""

    visit: Visit
    began: float = field(default_factory=time.monotonic)
    opened: bool = False
    ready: bool = False


class Gathering:
    """The visits under way. Those that are expected before `may_ask` set out, and wait with their questions.

    visit: makes the Visit, not yet begun, of a host's name. connections: hosts that this process is connected with at most.
    workers: processes that do the same.
    """

    def __init__(self, visit: Callable[[str], Visit], connections: int, workers: int) -> None:
        self._visit = visit
        self._connections = connections
        self._arriving = share(ARRIVING, workers)
        self._expected: list[str] = []
        self._stages: dict[str, _Stage] = {}
        self._slowest = 0.0
        self._leaving: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._may_ask = threading.Event()

    @property
    def reach(self) -> int:
        """How many hosts ahead it makes sense to expect."""
        return AHEAD * self._connections

    def expect(self, names: Sequence[str]) -> None:
        """These hosts come next, in this order; visits to them begin as soon as connections are free."""
        with self._changed:
            self._expected = [name for name in names if name not in self._stages]
            self._begin_more()

    def may_ask(self, names: Container[str]) -> None:
        """From now on it is known what to ask; visits to other hosts than these are given up."""
        with self._changed:
            for name in [name for name in self._stages if name not in names]:
                self._stages.pop(name).visit.abandon()
        self._may_ask.set()

    def is_ready(self, name: str) -> bool:
        """Whether `take` would give the host without waiting."""
        stage = self._stages.get(name)
        return stage is not None and stage.ready

    def await_any(self, names: Sequence[str], seconds: float) -> bool:
        """Wait at most so long until one of the hosts is ready; whether one is."""
        with self._changed:
            self._begin_more()
            return self._changed.wait_for(lambda: any(map(self.is_ready, names)), seconds)

    def take(self, name: str, meanwhile: Callable[[], None]) -> Visit:
        """The visit to the host, everything asked or given up; waits for that and calls `meanwhile` now and then."""
        with self._changed:
            if name not in self._stages:
                self._begin(name)
        while not self.await_any([name], 0.1):
            meanwhile()
        return self._stages[name].visit

    def release(self, name: str) -> None:
        """The host is judged: its session ends, and what it said is forgotten."""
        with self._changed:
            stage = self._stages.pop(name)
            self._leaving = [thread for thread in self._leaving if thread.is_alive()]
            self._leaving.append(threading.Thread(target=stage.visit.end, daemon=True))
            self._leaving[-1].start()
            self._begin_more()

    def close(self) -> None:
        """End everything that is under way."""
        with self._changed:
            self._expected = []
            for stage in self._stages.values():
                stage.visit.abandon()
        self._may_ask.set()
        for thread in self._leaving:
            thread.join()

    def _begin_more(self) -> None:
        while self._expected and self._may_begin():
            self._begin(self._expected.pop(0))

    def _may_begin(self) -> bool:
        patience = max(LEAST_SLOW, 2 * self._slowest) if self._slowest else SLOW_TO_ARRIVE
        young = time.monotonic() - patience
        stages = self._stages.values()
        arriving = sum(not stage.opened and not stage.ready and stage.began > young for stage in stages)
        connected = sum(stage.opened for stage in stages)
        free = arriving < self._arriving and arriving + connected < self._connections
        return free and len(self._stages) < self.reach

    def _begin(self, name: str) -> None:
        stage = self._stages[name] = _Stage(self._visit(name))
        threading.Thread(target=self._attend, args=(stage,), daemon=True).start()

    def _attend(self, stage: _Stage) -> None:
        try:
            stage.visit.start()
            if not self._may_ask.is_set():
                self._may_ask.wait()
                stage.began = time.monotonic()
            if stage.visit.open():
                self._has_arrived(stage)
                stage.visit.gather()
        finally:  # whatever happened: nobody shall wait for ever
            with self._changed:
                stage.opened, stage.ready = stage.visit.reached, True
                self._begin_more()
                self._changed.notify_all()

    def _has_arrived(self, stage: _Stage) -> None:
        with self._changed:
            stage.opened = True
            self._slowest = max(self._slowest, time.monotonic() - stage.began)
            self._begin_more()
