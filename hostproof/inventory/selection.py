"""All of step 1 together: which hosts a run is about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hostproof.errors import UsageError
from hostproof.inventory import hostspec, naming, patterns
from hostproof.inventory.connecting import describe, file_path
from hostproof.inventory.description import HostDescription, Login
from hostproof.inventory.groups import Inventory
from hostproof.inventory.hostspec import FromInventory
from hostproof.inventory.sources import load

LARGEST_VARIABLES = 128 * 1024 * 1024  # characters of JSON, over all selected hosts: they travel to each worker
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
        sudo_user=naming.user_name(sudo_user, "--sudo-user") if sudo_user else None,
        ssh_config=file_path(ssh_config, "--ssh-config") if ssh_config else None,
        identity_file=file_path(ssh_identity_file, "--ssh-identity-file") if ssh_identity_file else None,
    )
    if specs is None:
        specs = "ansible://all" if ansible_inventory else "local://"
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
    known: dict[str, None] = field(default_factory=dict)
    groups: dict[str, dict[str, None]] = field(default_factory=lambda: {"all": {}, "ungrouped": {}})
    loaded: dict[Path | None, Inventory] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add_host(self, host: HostDescription) -> None:
        self.candidates.append((host.name, lambda: (host, set())))
        self.known[host.name] = self.groups["all"][host.name] = self.groups["ungrouped"][host.name] = None

    def add_inventory(self, part: FromInventory) -> None:
        inventory = self._load(part.path)
        names = patterns.Names(inventory.hosts, {group: inventory.members(group) for group in inventory.groups})
        chosen, unmatched = patterns.choose(part.pattern, names)
        self.notes += [f"{inventory.source}: no host or group matches {naming.shown(pattern)}" for pattern in unmatched]
        if not chosen:
            what = f"matches {naming.shown(part.pattern)}" if inventory.hosts else "is in it"
            raise UsageError(f"{inventory.source}: no host {what}")
        for name in chosen:
            self.candidates.append((name, lambda name=name: _described(inventory, name, part)))  # type: ignore[misc]

    def selection(self, limit: str | None) -> Selection:
        allowed = self.known if limit is None else self._limited(limit)
        size = 0
        hosts: dict[str, HostDescription] = {}
        concerned: dict[str, list[str]] = {}
        for name, described in self.candidates:
            if name not in allowed:
                continue
            host, notes = described()
            if hosts.setdefault(name, host) != host:
                raise UsageError(
                    f"--hosts selects {name} twice, in different ways; two hosts need two names, in an inventory"
                )
            for note in notes:
                concerned.setdefault(note, []).append(name)
            size += len(json.dumps(host.variables))
            if size > LARGEST_VARIABLES:
                raise UsageError(f"the variables of the selected hosts come to more than {LARGEST_VARIABLES >> 20} MiB")
        if not hosts:
            raise UsageError(f"--limit {naming.shown(limit)}: none of the selected hosts matches")
        notes_with_hosts = [_with_hosts(note, names) for note, names in sorted(concerned.items())]
        return Selection(list(hosts.values()), [*self.notes, *notes_with_hosts])

    def _load(self, path: Path | None) -> Inventory:
        key = path.resolve() if path else None
        if key not in self.loaded:
            inventory = self.loaded[key] = load(path)
            self.notes += inventory.notes
            self.known.update(dict.fromkeys(inventory.members("all")))
            for group in inventory.groups:
                self.groups.setdefault(group, {}).update(dict.fromkeys(inventory.members(group)))
        return self.loaded[key]

    def _limited(self, limit: str) -> set[str]:
        if not limit.strip():
            raise UsageError("--limit is empty: give a pattern, or leave it out")
        names = patterns.Names(self.known, {group: list(members) for group, members in self.groups.items()})
        chosen, unmatched = patterns.choose(limit, names, files=True)
        self.notes += [f"--limit: no host or group matches {naming.shown(pattern)}" for pattern in unmatched]
        return set(chosen)


def _described(inventory: Inventory, name: str, part: FromInventory) -> tuple[HostDescription, set[str]]:
    path = part.path
    folder = path if path is None or path.is_dir() else path.parent
    return describe(name, inventory.variables_of(name), inventory.groups_of(name), part.login, inventory.source, folder)


def _with_hosts(note: str, names: list[str]) -> str:
    more = len(names) - _NAMED_IN_NOTE
    return f"{note} ({', '.join(names[:_NAMED_IN_NOTE])}{f' and {more} more' if more > 0 else ''})"
