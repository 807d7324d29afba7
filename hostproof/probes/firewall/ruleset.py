"""A loaded set of rules, as the kernel holds it, whatever tool wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from hostproof.probes.firewall.conditions import Condition, leaves
from hostproof.probes.firewall.packet import Family
from hostproof.probes.firewall.spans import Spans

Hook = Literal["ingress", "prerouting", "input", "forward", "output", "postrouting", "egress"]
FAMILIES: tuple[Family, ...] = ("v4", "v6")


@dataclass(frozen=True)
class Accept:
    """Ends the base chain, not the packet's way through later ones."""


@dataclass(frozen=True)
class Drop:
    """Ends everything; rejections count as drops."""


@dataclass(frozen=True)
class Undecided:
    """May accept, drop or (`goes_on`) go on: a queue to a program, a target that we do not know."""

    goes_on: bool = True


@dataclass(frozen=True)
class Return:
    """Back to where the chain was called from."""


@dataclass(frozen=True)
class Jump:
    """On in another chain of the table; with `goto`, never back to this one."""

    target: str
    goto: bool = False


@dataclass(frozen=True)
class Redirect:
    """Destination NAT. address None: this host itself; ports None: as they were. `unknown`: we cannot tell where to."""

    address: int | None = None
    ports: Spans | None = None
    unknown: bool = False


@dataclass(frozen=True)
class Untrack:
    """Conntrack leaves the packet alone."""


@dataclass(frozen=True)
class Mark:
    """Sets bits of a mark; which ones is all that is kept."""

    bits: int = 0xFFFFFFFF


@dataclass(frozen=True)
class Proceed:
    """Counts, logs, or changes nothing that we ask about."""


Action = Accept | Drop | Undecided | Return | Jump | Redirect | Untrack | Mark | Proceed


@dataclass(frozen=True)
class Rule:
    conditions: tuple[Condition, ...]
    action: Action
    text: str


@dataclass(frozen=True)
class Base:
    """Where the kernel enters a chain.

    devices: for the ingress and egress hooks, the interfaces it is tied to; None when the listing does not say.
    """

    hook: Hook
    priority: int
    accepts: bool  # its policy
    nat: bool = False
    families: tuple[Family, ...] = FAMILIES
    devices: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Chain:
    name: str
    rules: list[Rule] = field(default_factory=list)
    base: Base | None = None


@dataclass(frozen=True)
class Table:
    """Chains that can jump to each other. title: as a person names it: `nft inet filter`, `iptables-legacy nat`."""

    title: str
    chains: dict[str, Chain] = field(default_factory=dict)

    @property
    def redirects(self) -> bool:
        """Whether it holds destination NAT."""
        return any(isinstance(rule.action, Redirect) for chain in self.chains.values() for rule in chain.rules)


@dataclass(frozen=True)
class Ruleset:
    """All tables. unseen: why some rules that may be loaded could not be read; such rules can only drop more."""

    tables: tuple[Table, ...] = ()
    unseen: tuple[str, ...] = ()

    def entered_at(self, hook: Hook, family: Family) -> list[tuple[Table, Chain, Base]]:
        """The base chains of a hook, in the order in which the kernel enters them."""
        found = [
            (table, chain, chain.base)
            for table in self.tables
            for chain in table.chains.values()
            if chain.base and chain.base.hook == hook and family in chain.base.families
        ]
        return sorted(found, key=lambda entry: entry[2].priority)

    def rules(self) -> Iterator[Rule]:
        for table in self.tables:
            for chain in table.chains.values():
                yield from chain.rules

    def conditions(self) -> Iterator[Condition]:
        for rule in self.rules():
            yield from leaves(rule.conditions)

    @property
    def marks(self) -> int:
        """The bits that some rule may set in a mark."""
        bits = 0
        for rule in self.rules():
            if isinstance(rule.action, Mark):
                bits |= rule.action.bits
        return bits
