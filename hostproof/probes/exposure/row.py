"""One port of a host, as everybody tells it: the profile, the host, its firewall, and strangers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from hostproof.outside import Family, Protocol
from hostproof.probes.listeners import Listener
from hostproof.text import one_line

MOST_HOLDERS = 6  # sockets at one port that a row tells one by one
LONGEST_NAME = 220  # characters of what a host calls something
LONGEST_WHY = 300


@dataclass(frozen=True)
class Holder:
    """Who waits at a port. at: as in *:22/tcp. unit, service: empty when not known; "usually ..." when only the port tells."""

    at: str
    program: str
    unit: str
    service: str

    @classmethod
    def of(cls, listener: Listener) -> Holder:
        units = " and ".join(sorted({p.unit for p in listener.processes if p.unit and p.pid != 1})) or listener.activates
        usual = f"usually {listener.service.title}" if listener.service else ""
        service = listener.offered.title if listener.offered else usual
        return cls(str(listener.socket), *(one_line(text, LONGEST_NAME) for text in (listener.holder, units, service)))


@dataclass(frozen=True)
class Listening:
    """What waits there beyond loopback. by: the first of it, more: how many others. why: what hinders to tell."""

    state: Literal["yes", "no", "unknown"]
    by: list[Holder] = field(default_factory=list)
    more: int = 0
    why: str = ""


@dataclass(frozen=True)
class Admission:
    """Whom the firewall lets in to the port itself. networks: the senders, where they are few. why: what decides it.

    passed_on: the rule that sends packets for this port elsewhere, to another port or machine; then nothing need listen at it.
    """

    accepts: Literal["anybody", "networks", "nobody", "perhaps", "unknown"]
    networks: str = ""
    why: str = ""
    passed_on: str = ""


@dataclass(frozen=True)
class Seen:
    """What a stranger gets to see. mixed: addresses differ, or the ports of one row do. vantage: who looked.

    trust: what that machine is to the host; unsaid: it is not known to be a stranger's. Empty when nobody looked.
    silent: no answer, or a rejection on the way. at: the addresses that were asked. why: what hinders to tell. answers: what an
    open port turned out to be, in nmap's words, and what it offers to strangers; empty where nobody asked.
    """

    state: Literal["open", "closed", "silent", "mixed", "not_asked", "unknown"]
    vantage: str = ""
    at: list[str] = field(default_factory=list)
    why: str = ""
    trust: Literal["untrusted", "trusted", "unsaid", ""] = ""
    answers: str = ""

    @property
    def who(self) -> str:
        """Who looked, for a sentence."""
        return self.vantage if self.trust == "unsaid" else "a stranger"


@dataclass(frozen=True)
class SecurityGroup:
    """Whom a cloud lets through to the host. Nobody asks a cloud yet."""

    accepts: Literal["unknown"] = "unknown"
    why: str = "nobody has asked a cloud"


@dataclass(frozen=True)
class Disagreement:
    """Where the sources contradict each other. kind: one of the fixed words in disagreements.py."""

    kind: str
    sentence: str


@dataclass(frozen=True)
class Row:
    """One port over one family and protocol; last is another one than port where a rule opens so many in a row."""

    family: Family
    protocol: Protocol
    port: int
    last: int
    declared: bool
    listens: Listening
    firewall: Admission
    security_group: SecurityGroup
    outside: Seen
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As profiles write it: 80/tcp."""
        ports = str(self.port) if self.port == self.last else f"{self.port}-{self.last}"
        return f"{ports}/{self.protocol}"

    def as_json(self) -> dict[str, Any]:
        """JSON values, as docs/results.schema.json describes them."""
        return asdict(self)


def held(listeners: Collection[Listener], unknown: str) -> Listening:
    """What the host says of a port's listeners. unknown: why it cannot tell; empty when it can."""
    if unknown:
        return Listening("unknown", why=one_line(unknown, LONGEST_WHY))
    first = [Holder.of(listener) for listener in list(listeners)[:MOST_HOLDERS]]
    return Listening("yes" if first else "no", first, len(listeners) - len(first))
