"""Shares hosts among pytest-xdist's workers: all tests of a host go to one worker, so that it is connected to once.

xdist's own schedulers either split a host (load, worksteal) or take time that grows with the square of the number of tests.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import pytest
from xdist.remote import Producer
from xdist.report import report_collection_diff
from xdist.workermanage import WorkerController, parse_tx_spec_config


class HostScheduling:
    """An xdist scheduler whose unit of work is all the tests of one host.

    A worker is given up to `ahead` hosts, so that it can visit them while it judges others, in an order of its own; at least
    the next one while it works on the last test of the one before: xdist runs a test only once it knows the following one.
    """

    def __init__(self, config: pytest.Config, log: Producer | None, host_of: Callable[[str], str], ahead: int) -> None:
        self.config = config
        self.numnodes = len(parse_tx_spec_config(config))
        self.collection: list[str] = []
        self._log = log.hosts if log is not None else Producer("hosts")
        self._host_of = host_of
        self._ahead = ahead
        self._collections: dict[WorkerController, list[str]] = {}
        self._assigned: dict[WorkerController, dict[int, str]] = {}  # the host of each test index, in order
        self._hosts: dict[WorkerController, Counter[str]] = {}  # how many of those tests each host has
        self._running: set[str] = set()
        self._waiting: deque[list[int]] = deque()

    @property
    def nodes(self) -> list[WorkerController]:
        return list(self._assigned)

    @property
    def collection_is_completed(self) -> bool:
        return len(self._collections) >= self.numnodes

    @property
    def tests_finished(self) -> bool:
        return self.collection_is_completed and not self._waiting and all(len(a) < 2 for a in self._assigned.values())

    @property
    def has_pending(self) -> bool:
        return bool(self._waiting) or any(self._assigned.values())

    def add_node(self, node: WorkerController) -> None:
        self._assigned[node] = {}
        self._hosts[node] = Counter()

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        if self.collection and list(collection) != self.collection:
            self._log(f"{node.gateway.id} collected other tests than the workers before it")
            return
        self._collections[node] = list(collection)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        host = self._assigned[node].pop(item_index, None)
        self._running.discard(self.collection[item_index])
        if host is not None:
            self._hosts[node][host] -= 1
            if not self._hosts[node][host]:
                del self._hosts[node][host]
        self._supply()

    def mark_test_pending(self, item: str) -> None:
        self._waiting.appendleft([self.collection.index(item)])
        self._supply()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._running.add(nodeid)

    def remove_pending_tests_from_node(self, node: WorkerController, indices: Sequence[int]) -> None:
        raise NotImplementedError

    def remove_node(self, node: WorkerController) -> str | None:
        left = self._assigned.pop(node)
        del self._hosts[node]
        if not left:
            return None
        crashed = next((index for index in left if self.collection[index] in self._running), next(iter(left)))
        del left[crashed]
        for _, tests in groupby(reversed(left), left.__getitem__):
            self._waiting.appendleft(sorted(tests))
        self._supply()
        return self.collection[crashed]

    def schedule(self) -> None:
        if not self.collection:
            if not self._same_everywhere():
                return
            self.collection = next(iter(self._collections.values()))
            self._waiting = self._by_host(self.collection)
        self._supply()

    def _by_host(self, collection: list[str]) -> deque[list[int]]:
        hosts: dict[str, list[int]] = {}
        for index, nodeid in enumerate(collection):
            hosts.setdefault(self._host_of(nodeid), []).append(index)
        return deque(hosts.values())

    def _supply(self) -> None:
        """Hand out hosts in turn, so that workers have as many as each other; end workers when none are left."""
        nodes = [node for node in self.nodes if not node.shutting_down]
        while self._waiting and (hungry := list(filter(self._is_hungry, nodes))):
            self._give(min(hungry, key=lambda node: len(self._hosts[node])), self._waiting.popleft())
        if not self._waiting:
            for node in nodes:
                node.shutdown()

    def _is_hungry(self, node: WorkerController) -> bool:
        return len(self._hosts[node]) < self._ahead or len(self._assigned[node]) < 2

    def _give(self, node: WorkerController, tests: list[int]) -> None:
        host = self._host_of(self.collection[tests[0]])
        self._assigned[node].update(dict.fromkeys(tests, host))
        self._hosts[node][host] += len(tests)
        node.send_runtest_some(tests)

    def _same_everywhere(self) -> bool:
        (first, expected), *others = self._collections.items()
        for node, collection in others:
            difference: Any = report_collection_diff(expected, collection, first.gateway.id, node.gateway.id)
            if difference:
                report = pytest.CollectReport(nodeid=node.gateway.id, outcome="failed", longrepr=difference, result=[])
                self.config.hook.pytest_collectreport(report=report)
                return False
        return True


def host_finder(names: Sequence[str]) -> Callable[[str], str]:
    """A function that tells which of the hosts `names` a test id such as ``tests/ssh/test_ssh.py::test_x[web1]`` is about.

    Tests about no host are one unit of their own, named "".
    """
    known = frozenset(names)

    def host_of(nodeid: str) -> str:
        parameters = nodeid.rpartition("[")[2].removesuffix("]")
        if parameters in known:
            return parameters
        words = parameters.split("-")
        parts = ("-".join(words[a:b]) for a in range(len(words)) for b in range(len(words), a, -1))
        return max((part for part in parts if part in known), key=len, default="")

    return host_of
