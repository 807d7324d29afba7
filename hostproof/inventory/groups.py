"""Hosts, groups and variables of one inventory, and who overrides whom."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from hostproof.errors import UsageError
from hostproof.inventory import naming, withheld

MOST_HOSTS = 100_000
MOST_SETTINGS = 5_000_000  # hosts times groups and variables: what it takes to work them all out


@dataclass
class Group:
    name: str
    hosts: dict[str, None] = field(default_factory=dict)  # in order, without those of child groups
    children: dict[str, None] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    from_files: dict[str, Any] = field(default_factory=dict)  # of group_vars/
    priority: int = 1


@dataclass
class Host:
    name: str
    variables: dict[str, Any] = field(default_factory=dict)
    from_files: dict[str, Any] = field(default_factory=dict)  # of host_vars/


class Inventory:
    """Filled by the readers, then settled once, then asked.

    `where` in each call is the file (and line) that a message names. Variables pass `withheld.kept` on their way in.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.groups: dict[str, Group] = {}
        self.hosts: dict[str, Host] = {}
        self.notes: list[str] = []
        self._settings = 0
        self._members: dict[str, list[str]] = {}
        self._direct: dict[str, tuple[str, ...]] = {}  # host -> the groups that list it
        self._parents: dict[str, list[str]] = {}
        self._depths: dict[str, int] = {}
        self._shared: dict[tuple[str, ...], tuple[tuple[str, ...], dict[str, Any]]] = {}
        self.add_child("all", "ungrouped", source)

    # -- filling ------------------------------------------------------------------------------------------------

    def add_group(self, name: Any, where: str) -> str:
        if name not in self.groups:
            self.groups[naming.group_name(name, where)] = Group(name)
        return str(name)

    def add_child(self, parent: Any, child: Any, where: str) -> None:
        self.groups[self.add_group(parent, where)].children[self.add_group(child, where)] = None

    def add_hosts(
        self, names: Iterable[Any], group: str, port: int | None, variables: dict[Any, Any], where: str
    ) -> None:
        """List hosts in a group, with variables; a `port` counts where the host is first named."""
        kept: dict[str, Any] = {}
        for name, value in variables.items():
            _keep(kept, name, value, f"{where}: hosts of group {group}")
        for name in names:
            self._spend(1 + len(kept), where)
            if name not in self.hosts:
                self.hosts[naming.host_name(name, where)] = Host(name, {"ansible_port": port} if port else {})
            if len(self.hosts) > MOST_HOSTS:
                raise UsageError(f"{where}: more than {MOST_HOSTS:,} hosts")
            self.groups[group].hosts[name] = None
            # A name that is also a group's speaks for the group: Ansible's rule.
            owner = self.groups.get(name) or self.hosts[name]
            owner.variables.update(kept)

    def set_group_variable(self, group: str, name: Any, value: Any, where: str) -> None:
        if name != "ansible_group_priority":
            _keep(self.groups[group].variables, name, value, f"{where}: group {group}")
            return
        try:
            self.groups[group].priority = int(value)
        except (TypeError, ValueError):
            raise UsageError(f"{where}: group {group}: ansible_group_priority is not a whole number") from None

    def add_file_variables(self, entity: Group | Host, variables: dict[Any, Any], where: str) -> None:
        """Variables from group_vars/ or host_vars/."""
        for name, value in variables.items():
            _keep(entity.from_files, name, value, where)

    def settle(self) -> None:
        """Put loose groups under `all` and loose hosts into `ungrouped`. Raises UsageError for groups in a loop."""
        has_parent = {child for group in self.groups.values() for child in group.children}
        for name in self.groups:
            if name != "all" and name not in has_parent:
                self.groups["all"].children[name] = None
        self._parents = {name: [] for name in self.groups}
        for group in self.groups.values():
            for child in group.children:
                self._parents[child].append(group.name)
        self._depths = self._measure()
        listed: dict[str, list[str]] = {name: [] for name in self.hosts}
        for group in self.groups.values():
            for host in group.hosts:
                listed[host].append(group.name)
        for host, names in listed.items():
            if set(names) - {"all", "ungrouped"}:
                self.groups["ungrouped"].hosts.pop(host, None)
                listed[host] = [name for name in names if name != "ungrouped"]
            elif "ungrouped" not in names:
                self.groups["ungrouped"].hosts[host] = None
                names.append("ungrouped")
        self._direct = {host: tuple(names) for host, names in listed.items()}
        both = [name for name in self.hosts if name in self.groups]
        self.notes += [f"{self.source}: {name} is both a host and a group" for name in both]

    # -- asking -------------------------------------------------------------------------------------------------

    def members(self, group: str) -> list[str]:
        """All hosts of a group: its own first, then its children's, level by level."""
        if group not in self._members:
            found: dict[str, None] = {}
            seen, waiting = {group}, deque([group])
            while waiting:
                current = self.groups[waiting.popleft()]
                found.update(current.hosts)
                fresh = [child for child in current.children if child not in seen]
                seen.update(fresh)
                waiting.extend(fresh)
            self._members[group] = list(found)
        return self._members[group]

    def groups_of(self, host: str) -> tuple[str, ...]:
        """The groups that hold the host, parents included, without `all`: the later overrides the earlier."""
        return self._shared_by(self._direct[host])[0]

    def variables_of(self, host: str) -> dict[str, Any]:
        """Name -> JSON value or Withheld: groups, then group_vars, then the host's own, then host_vars."""
        return {**self._shared_by(self._direct[host])[1], **self.hosts[host].variables, **self.hosts[host].from_files}

    def _shared_by(self, direct: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, Any]]:
        """Groups and their merged variables; the same for all hosts that are listed in the same groups."""
        if direct not in self._shared:
            names = tuple(sorted(self._with_ancestors(direct) - {"all"}, key=self._rank))
            merged: dict[str, Any] = {}
            layers: tuple[Callable[[Group], dict[str, Any]], ...] = (lambda g: g.variables, lambda g: g.from_files)
            for layer in layers:
                for name in ("all", *names):
                    merged.update(layer(self.groups[name]))
            self._spend(len(names) + len(merged), self.source)
            self._shared[direct] = names, merged
        return self._shared[direct]

    def _rank(self, name: str) -> tuple[int, int, str]:
        return self._depths[name], self.groups[name].priority, name

    def _with_ancestors(self, names: tuple[str, ...]) -> set[str]:
        found, waiting = set(names), list(names)
        while waiting:
            fresh = [parent for parent in self._parents[waiting.pop()] if parent not in found]
            found.update(fresh)
            waiting.extend(fresh)
        return found

    def _spend(self, settings: int, where: str) -> None:
        self._settings += settings
        if self._settings > MOST_SETTINGS:
            raise UsageError(f"{where}: the hosts have more than {MOST_SETTINGS:,} groups and variables")

    def _measure(self) -> dict[str, int]:
        """Group -> the longest way down to it from `all`, which has 0."""
        above = {name: len(parents) for name, parents in self._parents.items()}
        depths = dict.fromkeys(self.groups, 0)
        ready = [name for name, parents in above.items() if not parents]
        for name in ready:  # grows while it is read
            for child in self.groups[name].children:
                depths[child] = max(depths[child], depths[name] + 1)
                above[child] -= 1
                if not above[child]:
                    ready.append(child)
        if len(ready) < len(self.groups):
            looped = sorted(set(self.groups) - set(ready))
            raise UsageError(f"{self.source}: groups contain each other in a loop: {', '.join(looped[:5])}")
        return depths


def _keep(variables: dict[str, Any], name: Any, value: Any, where: str) -> None:
    try:
        key = withheld.key_text(name)
        variables[key] = withheld.kept(key, value)
    except ValueError as error:
        raise UsageError(f"{where}: the variable {naming.shown(name)} holds {error}") from None
