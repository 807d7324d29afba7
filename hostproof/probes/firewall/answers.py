"""What the firewall probe answers, and how it gives reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from hostproof.probes.firewall.packet import Family, Protocol
from hostproof.probes.firewall.spans import Range
from hostproof.probes.firewall.walk import Step


@dataclass(frozen=True)
class Access:
    """Whether packets from anywhere get through to a port, and what decides it."""

    from_anywhere: Literal["yes", "no", "perhaps"]
    why: str


@dataclass(frozen=True)
class Gates:
    """The ports that a question has found, of one protocol and family.

    some: those we are sure of, and why (what decides about the widest range). may: those that are possible beside
    them, and doubt (what we cannot tell). Written `tcp 22, 80-443 over IPv4 (why)`.
    """

    family: Family
    protocol: Protocol
    some: tuple[Range, ...] = ()
    may: tuple[Range, ...] = ()
    why: str = ""
    doubt: str = ""

    @property
    def certain(self) -> int:
        """How many ports we are sure of."""
        return _count(self.some)

    @property
    def possible(self) -> int:
        """How many ports there are at most."""
        return _count(self.some) + _count(self.may)

    @property
    def unclear(self) -> str:
        """The ports of which we are not sure, and what we cannot tell."""
        return self._written(self.may, self.doubt)

    def __str__(self) -> str:
        return self._written(self.some, self.why)

    def _written(self, ranges: tuple[Range, ...], why: str) -> str:
        ports = "" if self.protocol == "icmp" else f" {listed(ranges)}"
        return f"{self.protocol}{ports} over IP{self.family} ({why})"


def granted_by(taken: Sequence[Step]) -> str:
    """What lets packets through: the last rule that accepts, else the last policy."""
    accepting = [step for step in taken if step.accepts and step.sure]
    rules = [step.text for step in accepting if step.by_rule]
    policy = f": {accepting[-1].text}" if accepting else ""
    return rules[-1] if rules else f"no firewall rule applies{policy}"


def denied_by(taken: Sequence[Step]) -> str:
    """What drops packets: the first rule or policy that does."""
    return next((step.text for step in taken if not step.accepts and step.sure), "") or doubted_by(taken)


def doubted_by(taken: Sequence[Step]) -> str:
    """The first step of which we do not know whether it is taken."""
    return next((f"cannot tell whether this applies: {step.text}" for step in taken if not step.sure), "")


def width(ports: Range) -> int:
    """How many ports a range holds."""
    return ports[1] - ports[0] + 1


def _count(ranges: Iterable[Range]) -> int:
    return sum(map(width, ranges))


def listed(ranges: Sequence[Range], most: int = 8) -> str:
    """`22, 80-443`, and how many more where there are many."""
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in ranges[:most]]
    return ", ".join(shown) + (f" and {len(ranges) - most} more ranges" if len(ranges) > most else "")
