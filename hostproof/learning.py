"""What tests ask through testinfra's own modules is learnt from host to host, and from run to run by pytest's cache.

A probe's commands are known beforehand; what `host.package("nginx").is_installed` asks is known once it was asked. From then
on it travels in the batch. A command that a test itself runs never does: it may change the host, or be meant for some
hosts only. And what only one host was asked goes to no other: it may hold something that this host said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from hostproof.connection import Command
from hostproof.host import live

CACHE = "hostproof/asked"  # the key in pytest's cache
MANY = "*"  # no host is called so
MOST = 300  # commands that are remembered of one test


class Learned:
    """The commands that each test asks, by the test's name, and who was asked: the one host's name, or MANY.

    known: what an earlier run's `as_json` gave, for example {"tests/site/test_site.py::test_nginx": {"command -v nginx": "*"}}.
    """

    def __init__(self, known: Any) -> None:
        self._known = _well_formed(known)  # grows, for the hosts to come
        self._now: dict[str, dict[str, str]] = {}

    def note(self, test: str, host: str, commands: Iterable[str]) -> None:
        """The test asked the host these commands."""
        before, now = self._known.setdefault(test, {}), self._now.setdefault(test, {})
        for command in commands:
            if command in now or len(now) < MOST:
                now[command] = before[command] = host if before.get(command, host) == host else MANY

    def commands(self, tests: Iterable[str], host: str) -> list[Command]:
        """What these tests will ask the host, as far as that is known."""
        asked = (list(self._known.get(test, {}).items()) for test in tests)  # other threads may note more meanwhile
        return [live(command) for of_test in asked for command, who in of_test if who in (host, MANY)]

    def as_json(self) -> dict[str, dict[str, str]]:
        """For the next run: of tests that ran, only what they asked now."""
        return {**self._known, **self._now}


def _well_formed(known: Any) -> dict[str, dict[str, str]]:
    """What can be used of a file that may have been damaged."""
    tests = known.items() if isinstance(known, dict) else ()
    return {
        test: {command: who for command, who in asked.items() if isinstance(who, str)}
        for test, asked in tests
        if isinstance(asked, dict)
    }


learned_key = pytest.StashKey[Learned]()


def recall(config: pytest.Config) -> None:
    """Begin with what earlier runs have learnt."""
    cache = _cache(config)
    config.stash[learned_key] = Learned(cache.get(CACHE, {}) if cache else {})


def keep(config: pytest.Config) -> None:
    """Leave what is known now to the next run."""
    if cache := _cache(config):
        cache.set(CACHE, config.stash[learned_key].as_json())


def _cache(config: pytest.Config) -> pytest.Cache | None:
    return getattr(config, "cache", None)  # -p no:cacheprovider switches it off
