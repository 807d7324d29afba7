"""All of step 1 together: which hosts a run is about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from hostproof.errors import UsageError
from hostproof.inventory import hostspec, naming, patterns
from hostproof.inventory.connecting import describe, file_path
from hostproof.inventory.description import HostDescription, Login
from hostproof.inventory.groups import Inventory
from hostproof.inventory.hostspec import FromInventory
from hostproof.inventory.sources import load

LARGEST_VARIABLES = 128 * 1024 * 1024  # characters of JSON, over all selected hosts: they travel to each worker
MOST_NOTES = 20
_NAMED_IN_NOTE = 3  # hosts


@dataclass(frozen=True)
class Selection:
    """The hosts of a run, each name once, in the order of --hosts and of the inventories; and one-line warnings."""

    hosts: list[HostDescription]
    notes: list[str]


def hosts_from(
    specs: str | None,
    *,
    limit: str | None = None,
    ansible_inventory: str | None = None,
    sudo: bool = False,
    sudo_user: str | None = None,
    ssh_config: str | None = None,
    ssh_identity_file: str | None = None,
    folder: Path,
) -> Selection:
    """The hosts that the command line selects; `folder` holds inventories/.

    Without `specs`: all hosts of `ansible_inventory` when that is given, else this machine. Raises UsageError.
    """
    login = Login(
        sudo=sudo,
        sudo_user=naming.user_name(sudo_user, "--sudo-user") if sudo_user is not None else None,
        ssh_config=file_path(ssh_config, "--ssh-config") if ssh_config is not None else None,
        identity_file=None if ssh_identity_file is None else file_path(ssh_identity_file, "--ssh-identity-file"),
    )
    if specs is None:
        specs = "local://" if ansible_inventory is None else "ansible://all"
    gathered = _Gathered()
    for word in _words(specs):
        part = hostspec.read(word, login, ansible_inventory, folder)
        if isinstance(part, FromInventory):
            gathered.add_inventory(part)
        else:
            gathered.add_host(part)
    return gathered.selection(limit)


def _words(specs: str) -> list[str]:
    words = [word.strip() for word in specs.split(",")]
    if words == [""]:
        raise UsageError("--hosts is empty: name hosts or an inventory, or leave it out for this machine")
    if "" in words:
        raise UsageError("--hosts has an empty entry between its commas")
    return words


@dataclass
class _Gathered:
    """The candidates so far, and what --limit may name.

    Hosts are described last: what --limit leaves out may be of a kind that is not supported.
    """

    candidates: list[tuple[str, Callable[[], tuple[HostDescription, set[str]]]]] = field(default_factory=list)
    single: dict[str, None] = field(default_factory=dict)  # hosts of no inventory
    loaded: dict[Path | None, Inventory] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add_host(self, host: HostDescription) -> None:
        if host.port and any(name == host.name and described()[0] != host for name, described in self.candidates):
            host = replace(host, name=f"{host.name}-{host.port}")  # such as virtual machines behind forwarded ports
        self.candidates.append((host.name, lambda: (host, set())))
        self.single[host.name] = None

    def add_inventory(self, part: FromInventory) -> None:
        inventory = self._load(part.path)
        names = patterns.Names(inventory.hosts, inventory.groups, inventory.members)
        chosen, unmatched = patterns.choose(part.pattern, names)
        self.notes += [f"{inventory.source}: no host or group matches {naming.shown(pattern)}" for pattern in unmatched]
        if not chosen:
            what = f"matches {naming.shown(part.pattern)}" if inventory.hosts else "is in it"
            raise UsageError(f"{inventory.source}: no host {what}")
        self.candidates += [(name, partial(_described, inventory, name, part)) for name in chosen]

    def selection(self, limit: str | None) -> Selection:
        allowed = None if limit is None else self._limited(limit)
        size = 0
        hosts: dict[str, HostDescription] = {}
        concerned: dict[str, list[str]] = {}
        for name, described in self.candidates:
            if allowed is not None and name not in allowed:
                continue
            host, notes = described()
            if name in hosts and hosts[name] != host:
                raise UsageError(
                    f"--hosts selects {name} twice, in different ways; two hosts need two names, in an inventory"
                )
            if name in hosts:
                continue
            hosts[name] = host
            for note in notes:
                concerned.setdefault(note, []).append(name)
            size += len(json.dumps(host.variables))
            if size > LARGEST_VARIABLES:
                raise UsageError(f"the variables of the selected hosts come to more than {LARGEST_VARIABLES >> 20} MiB")
        if not hosts:
            raise UsageError(f"--limit {naming.shown(limit)}: none of the selected hosts matches")
        notes_with_hosts = [_with_hosts(note, names) for note, names in sorted(concerned.items())]
        return Selection(list(hosts.values()), _at_most([*notes_with_hosts, *self.notes]))

    def _load(self, path: Path | None) -> Inventory:
        key = path.resolve() if path else None
        if key not in self.loaded:
            inventory = self.loaded[key] = load(path)
            self.notes += inventory.notes
        return self.loaded[key]

    def _limited(self, limit: str) -> set[str]:
        if not limit.strip():
            raise UsageError("--limit is empty: give a pattern, or leave it out")
        groups = dict.fromkeys(["all", "ungrouped", *(group for i in self.loaded.values() for group in i.groups)])
        names = patterns.Names(self._members("all"), groups, self._members)
        chosen, unmatched = patterns.choose(limit, names, files=True)
        self.notes += [f"--limit: no host or group matches {naming.shown(pattern)}" for pattern in unmatched]
        return set(chosen)

    def _members(self, group: str) -> dict[str, None]:
        """The hosts of a group, over all inventories; --limit knows also those that --hosts did not select."""
        found = dict(self.single) if group in ("all", "ungrouped") else {}
        for inventory in self.loaded.values():
            if group in inventory.groups:
                found.update(dict.fromkeys(inventory.members(group)))
        return found


def _described(inventory: Inventory, name: str, part: FromInventory) -> tuple[HostDescription, set[str]]:
    path = part.path
    folder = path if path is None or path.is_dir() else path.parent
    return describe(name, inventory.variables_of(name), inventory.groups_of(name), part.login, inventory.source, folder)


def _with_hosts(note: str, names: list[str]) -> str:
    more = len(names) - _NAMED_IN_NOTE
    return f"{note} ({', '.join(names[:_NAMED_IN_NOTE])}{f' and {more} more' if more > 0 else ''})"


def _at_most(notes: list[str]) -> list[str]:
    more = len(notes) - MOST_NOTES
    return [*notes[:MOST_NOTES], f"{more} more warnings about the inventory are not shown"] if more > 0 else notes
