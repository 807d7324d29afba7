"""Has the hosts of a run looked at from outside while they are judged. It belongs to the main process, whoever judges."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest

from hostproof.audit import Audit, Target
from hostproof.errors import CannotTell
from hostproof.outside import HERE, Lookout, Mailbox, Order, Probed, Probing, addresses, ports

NAMED = 3  # hosts that a note names, and reasons that are told one by one


class LookingFromOutside:
    """A plugin of the main process.

    lookout: what the judging processes have to know. With `only_collect` nobody is looked at.
    """

    def __init__(self, order: Order, audit: Audit, only_collect: bool) -> None:
        """Raises UsageError for what an inventory says wrongly about it."""
        targets = [target for target in audit.targets.values() if order.asks(target.description)]
        for target in targets:
            addresses.check(target.description)
        self.lookout = Lookout()
        self._without_address: list[str] = []
        self._mailbox: Mailbox | None = None
        self._probing: Probing | None = None
        if only_collect:
            return
        trust = {target.description.name: order.trust_of(target.description) for target in targets}
        if order.depth != "none":
            self._without_address = [name for name in audit.targets if name not in trust]
        if targets:
            self._mailbox = Mailbox.new()
            origin = {} if order.origin is HERE else order.origin.as_json()
            folder = str(self._mailbox.folder)
            self.lookout = Lookout(trust, order.origin.name, order.depth, folder, origin, audit.connect_timeout)
            probed = (_probed(target, bool(trust[target.description.name])) for target in targets)
            self._probing = Probing(order, probed, self._mailbox, audit.connect_timeout)

    def pytest_sessionstart(self) -> None:
        """Begin; nothing is sent before it is known which tests look from outside."""
        if self._probing:
            self._probing.start()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say who was not looked at, of those hosts of which it makes no verdict unknown."""
        for line in self._notes():
            terminalreporter.write_line(f"note: {line}", yellow=True)

    def pytest_unconfigure(self) -> None:
        """End what still runs, whatever ended the run."""
        if self._probing:
            self._probing.stop()
        if self._mailbox:
            self._mailbox.remove()

    def _notes(self) -> Iterator[str]:
        missed = self._probing.missed if self._probing else {}
        if self._without_address:
            missed = {addresses.ITSELF: self._without_address} | missed
        for why, names in list(missed.items())[:NAMED]:
            yield f"not looked at from outside (--probe=none leaves that out): {_names(names)}: {why}"
        if len(missed) > NAMED:
            yield f"not looked at from outside: others, for {len(missed) - NAMED} more reasons"


def _names(names: Collection[str]) -> str:
    different = list(dict.fromkeys(names))
    more = f" and {len(different) - NAMED} more" if len(different) > NAMED else ""
    return f"{', '.join(different[:NAMED])}{more}"


def _probed(target: Target, said: bool) -> Probed:
    try:
        return Probed(target.description, ports.declared(target.required.public_ports), said)
    except CannotTell:  # a profile that declares nothing
        return Probed(target.description, {}, said)
