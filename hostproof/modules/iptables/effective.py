"""All base chains of a hook, as the one built-in chain that iptables has there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hostproof.errors import CannotTell
from hostproof.modules.iptables import words
from hostproof.probes.firewall.commands import Iptables as Listed
from hostproof.probes.firewall.iptables import BUILT_IN, Saved
from hostproof.probes.firewall.packet import Family
from hostproof.probes.firewall.ruleset import Action, Base, Chain, Drop, Jump, Return, Ruleset, Table

MOST_LINES = 100_000
_FAMILY = {"v4": "ip", "v6": "ip6"}
_FILTERED = ("input", "forward", "output")  # what nftables has here filters, at whatever priority
_ELSEWHERE = {-300: "raw"}  # by priority


@dataclass
class Effective:
    """The rules of a family.

    rules: all that is loaded. tools: what the iptables tools list of it. listing: what nft lists,
    which tells who wrote it.
    """

    rules: Ruleset
    tools: Listed
    listing: Sequence[Any]
    family: Family

    def lines(self, table: str, chain: str | None) -> list[str]:
        """A table of iptables, or a chain of it. Raises CannotTell when iptables has no words for what is loaded."""
        if table not in BUILT_IN:
            raise CannotTell(f"iptables has no table {table}")
        sought = chain if chain in BUILT_IN[table] else None
        deciding = [(owner, found, base) for owner, found, base in self._base_chains(table) if sought in (None, _built_in(base))]
        titles = {owner.title for owner, _, _ in deciding}
        written = self._written_by_iptables(table)
        if titles <= written.keys() and len(titles) < 2:
            lines = _as_listed(self._one(written, titles), table)
        else:
            lines = self._joined(table, sought, deciding)
        found = [line for line in lines if chain in (None, line.split(" ", 2)[1])]
        if not found:
            raise CannotTell(f"there is no chain {chain} in iptables' table {table}")
        return found

    def _base_chains(self, table: str) -> Iterator[tuple[Table, Chain, Base]]:
        """What decides at the hooks of the table, and is of it, in the kernel's order; what lets everything pass is left out."""
        for hook in {place[0]: None for place in BUILT_IN[table].values()}:
            for owner, chain, base in self.rules.entered_at(hook, self.family):
                if self._table_of(owner, base) == table and (chain.rules or not base.accepts):
                    yield owner, chain, base

    def _table_of(self, owner: Table, base: Base) -> str:
        """The table of iptables in which it would be: what iptables wrote says so, the rest is told by its hook."""
        name = owner.title.rpartition(" ")[2]
        if name in BUILT_IN and owner.title in self._written_by_iptables(name):
            return name
        if base.nat:
            return "nat"
        return "filter" if base.hook in _FILTERED else _ELSEWHERE.get(base.priority, "mangle")

    def _written_by_iptables(self, table: str) -> dict[str, Saved]:
        """By title: the tables of this name that an iptables tool lists completely."""
        family = _FAMILY[self.family]
        found = {}
        if (legacy := self.tools.legacy.get(family)) and table in legacy.lines:
            found[f"{family}tables-legacy {table}"] = legacy
        if (by_nft := self.tools.nft.get(family)) and table in by_nft.lines and self._is_complete(by_nft, family, table):
            found[f"nft {family} {table}"] = by_nft
        return found

    def _is_complete(self, saved: Saved, family: str, table: str) -> bool:
        """Whether iptables wrote all rules of a table of nf_tables: it counts in each, and lists as many as nft does."""
        counted: Counter[str] = Counter()
        for kind, of in (item for entry in self.listing for item in entry.items()):
            if kind == "rule" and (of["family"], of["table"]) == (family, table):
                if not any(statement.keys() & {"xt", "counter"} for statement in of["expr"]):
                    return False
                counted[of["chain"]] += 1
        return counted == Counter({chain: len(lines) for chain, lines in saved.lines[table].items()})

    @staticmethod
    def _one(written: dict[str, Saved], titles: set[str]) -> Saved | None:
        """The one that decides; where none does, the one that says most."""
        chosen = [written[title] for title in titles] or list(written.values())
        return max(chosen, key=lambda saved: sum(map(len, saved.lines.values())), default=None)

    def _joined(self, table: str, sought: str | None, deciding: Sequence[tuple[Table, Chain, Base]]) -> list[str]:
        """All chains of a hook as one: first those that only drop, then the one that also accepts."""
        if table == "nat":
            raise CannotTell("NAT is done by nftables' own rules, or by several tools at once: iptables has no words for that")
        lines: list[str] = []
        further = _Further(self.family)
        for name in filter(lambda name: sought in (None, name), BUILT_IN[table]):
            here = [(owner, chain, base) for owner, chain, base in deciding if _built_in(base) == name]
            last = [entry for entry in here if not _only_drops(*entry)]
            if len(last) > 1:
                both = " and ".join(f"{owner.title} {chain.name}" for owner, chain, _ in last)
                raise CannotTell(f"iptables has no words for chains that decide one after the other: {both}")
            lines.append(f"-P {name} {'ACCEPT' if all(base.accepts for _, _, base in last) else 'DROP'}")
            for owner, chain, _ in [*(entry for entry in here if entry not in last), *last]:
                lines += further.said(owner, chain, name)
        return sorted([*lines, *further.lines()], key=lambda line: "PNA".index(line[1]))


class _Further:
    """The chains that built-in ones lead to; each keeps its name."""

    def __init__(self, family: Family) -> None:
        self._family = family
        self._owners: dict[str, Table] = {}
        self._left = MOST_LINES

    def said(self, owner: Table, chain: Chain, name: str) -> list[str]:
        """The rules of a chain as lines, under a name."""
        found: list[str] = []
        for rule in chain.rules:
            lines = words.lines(rule, name, self._family)
            if lines and isinstance(rule.action, Jump):
                self._note(owner, rule.action.target)
            found += lines
            self._left -= len(lines)
            if self._left < 0:
                raise CannotTell("too many rules to be said in iptables' words")
        return found

    def lines(self) -> list[str]:
        """All further chains, as lines."""
        found: list[str] = []
        written: set[str] = set()
        while waiting := [name for name in self._owners if name not in written]:
            for name in waiting:
                written.add(name)
                owner = self._owners[name]
                found += [f"-N {name}", *self.said(owner, owner.chains[name], name)]
        return found

    def _note(self, owner: Table, target: str) -> None:
        if target not in owner.chains or self._owners.setdefault(target, owner) is not owner or target in _RESERVED:
            raise CannotTell(f"iptables has no words for a chain called {target}, in {owner.title}")


_RESERVED = {name for chains in BUILT_IN.values() for name in chains} | {"ACCEPT", "DROP", "REJECT", "RETURN"}


def _built_in(base: Base) -> str:
    return base.hook.upper()


def _only_drops(owner: Table, chain: Chain, base: Base) -> bool:
    """Whether a chain lets through all that it does not drop, so that it may as well come before another one."""
    if not base.accepts or any(isinstance(rule.action, Return) or _is_goto(rule.action) for rule in chain.rules):
        return False
    reached, waiting = {chain.name}, [chain]
    while waiting:
        for action in (rule.action for rule in waiting.pop().rules):
            if not isinstance(action, Drop | Jump | Return):
                return False
            if isinstance(action, Jump) and action.target in owner.chains and action.target not in reached:
                reached.add(action.target)
                waiting.append(owner.chains[action.target])
    return True


def _is_goto(action: Action) -> bool:
    return isinstance(action, Jump) and action.goto


def _as_listed(saved: Saved | None, table: str) -> list[str]:
    """A table as `iptables -S` lists it; one that is not loaded lets everything pass."""
    chains = saved.lines.get(table, {}) if saved else {}
    policies = saved.policies.get(table, {}) if saved else {}
    built_in = [f"-P {name} {policies.get(name, 'ACCEPT')}" for name in BUILT_IN[table]]
    further = [f"-N {name}" for name in chains if name not in BUILT_IN[table]]
    return [*built_in, *further, *(line for lines in chains.values() for line in lines)]
