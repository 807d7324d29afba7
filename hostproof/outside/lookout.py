"""What the tests of one host get to know of what was seen from outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from hostproof.errors import CannotTell
from hostproof.inventory import HostDescription
from hostproof.outside.calling import Away, Caller
from hostproof.outside.mailbox import Mailbox
from hostproof.outside.ports import Ports
from hostproof.outside.replies import Replies
from hostproof.outside.vantage import Trust
from hostproof.outside.view import Sighting


@dataclass(frozen=True)
class Lookout:
    """The same in the controller and in every worker: who is looked at, by whom, and where what was seen is put.

    trust: of the hosts that are looked at, what the probing machine is to each, "" where nobody said. place: that machine's
    name. depth: the level. origin: its description, when it is another one than this. connect_timeout: seconds.
    """

    trust: Mapping[str, Trust] = field(default_factory=dict)
    place: str = ""
    depth: str = "none"
    folder: str = ""
    origin: Mapping[str, Any] = field(default_factory=dict)
    connect_timeout: int = 10

    @cached_property
    def away(self) -> Away | None:
        """Connections from the probing machine, when it is another one than this: one log-in serves all hosts."""
        if not self.origin or not self.folder:
            return None
        return Away(HostDescription.from_json(self.origin), self.connect_timeout, Path(self.folder))

    def of(self, host: str, wanted: Callable[[], bool]) -> HostLookout:
        """The one for a host; wanted: says, once tests are collected, whether its tests look from outside."""
        return HostLookout(self, host, wanted)

    def want(self, hosts: Iterable[str]) -> None:
        """The tests of these hosts, and of no others, look from outside."""
        if self.folder:
            Mailbox(Path(self.folder)).want([host for host in hosts if host in self.trust])

    def as_json(self) -> dict[str, Any]:
        """JSON values for a worker."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Lookout:
        return cls(**values)


class HostLookout:
    """What was seen of one host. It is waited for when it is asked for."""

    def __init__(self, lookout: Lookout, host: str, wanted: Callable[[], bool]) -> None:
        self._wanted = wanted
        self._lookout = lookout
        self._host = host
        self._more = False
        self._sighting: Sighting | None = None
        self._named = False
        self._replies: Replies | None = None

    @cached_property
    def wanted(self) -> bool:
        """Whether the host's tests look from outside, and can."""
        return self.asked and self._wanted()

    @property
    def asked(self) -> bool:
        """Whether this host is looked at from outside."""
        return self._host in self._lookout.trust

    @property
    def said(self) -> bool:
        """Whether anybody said what the probing machine is to this host: then what it cannot see is unknown."""
        return bool(self.trust)

    @property
    def trust(self) -> Trust:
        """What the probing machine is to this host; "" when nobody said."""
        return self._lookout.trust.get(self._host, "")

    @property
    def depth(self) -> str:
        """The level of what is asked."""
        return self._lookout.depth

    @property
    def place(self) -> str:
        """The machine that probes."""
        return self._lookout.place

    @cached_property
    def callers(self) -> tuple[Caller, ...]:
        """Who can ask the host's services: the probing machine first, if that is another one than this, then this one."""
        away = self._lookout.away if self.asked else None
        return (*([Caller(away.origin.name, away.dial)] if away else []), Caller())

    def expect(self, listening: Ports) -> None:
        """Something listens there on the host: have it looked at, too."""
        if self.wanted:
            self._box.listens(self._host, listening)
            self._more = True

    def name(self, listening: Collection[int], known: Collection[int]) -> None:
        """TCP ports where the host's own sockets answer, and those of them where nobody needs to ask what answers."""
        if self.wanted:
            self._box.name(self._host, listening, known)
            self._named = True

    @property
    def sighting(self) -> Sighting:
        """All that was seen. Raises CannotTell when nobody looked, or when that is not known."""
        if not self.wanted:
            raise CannotTell("nobody looked from outside")
        if self._sighting is None:
            seen = self._box.wait_for(self._host, "first")
            self._sighting = seen.joined(self._box.wait_for(self._host, "more")) if self._more and not seen.error else seen
        return self._sighting

    @property
    def replies(self) -> Replies:
        """What the open ports answered. Raises CannotTell when nobody looked, or when that is not known."""
        if self._replies is None:
            if self.sighting.error and not self.sighting.views:
                raise CannotTell(self.sighting.error)
            if not self._named:
                raise CannotTell("open ports were not asked what answers there, since nobody spoke to the host")
            self._replies = self._box.wait_for_replies(self._host)
        return self._replies

    @property
    def _box(self) -> Mailbox:
        return Mailbox(Path(self._lookout.folder))
