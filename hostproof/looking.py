"""Has the hosts of a run looked at from outside while they are judged. It belongs to the main process, whoever judges."""

from __future__ import annotations

from hostproof.audit import Audit, Target
from hostproof.errors import CannotTell
from hostproof.outside import HERE, Lookout, Mailbox, Order, Probed, Probing, addresses, ports


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
        self._mailbox: Mailbox | None = None
        self._probing: Probing | None = None
        if targets and not only_collect:
            self._mailbox = Mailbox.new()
            trust = {target.description.name: order.trust_of(target.description) for target in targets}
            origin = {} if order.origin is HERE else order.origin.as_json()
            folder = str(self._mailbox.folder)
            self.lookout = Lookout(trust, order.origin.name, order.depth, folder, origin, audit.connect_timeout)
            self._probing = Probing(order, map(_probed, targets), self._mailbox, audit.connect_timeout)

    def pytest_sessionstart(self) -> None:
        """Begin; nothing is sent before it is known which tests look from outside."""
        if self._probing:
            self._probing.start()

    def pytest_unconfigure(self) -> None:
        """End what still runs, whatever ended the run."""
        if self._probing:
            self._probing.stop()
        if self._mailbox:
            self._mailbox.remove()


def _probed(target: Target) -> Probed:
    try:
        return Probed(target.description, ports.declared(target.required.public_ports))
    except CannotTell:  # a profile that declares nothing
        return Probed(target.description, {})
