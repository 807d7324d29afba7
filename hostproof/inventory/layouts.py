"""The two layouts of a static Ansible inventory, YAML and INI, read into an Inventory."""

from __future__ import annotations

import ast
import re
import shlex
import warnings
from dataclasses import dataclass, field
from typing import Any

from hostproof.errors import UsageError
from hostproof.inventory import ranges
from hostproof.inventory.groups import Inventory
from hostproof.inventory.naming import shown

_LONGEST_LINE = 65_536  # characters


def add_hosts(inventory: Inventory, entry: Any, variables: dict[Any, Any], group: str, where: str) -> None:
    """The hosts of one entry such as `web[1:3]:2222`, each with the entry's variables."""
    if not isinstance(entry, str):
        raise UsageError(f"{where}: the host name {shown(entry)} is not text; put it in quotes")
    hosts, port = ranges.split_port(entry)
    try:
        inventory.add_hosts(ranges.expand(hosts), group, port, variables, where)
    except ranges.BadRange as error:
        raise UsageError(f"{where}: {shown(entry)} has {error}") from None


# -- YAML: {group: {hosts: {entry: variables}, vars: {...}, children: {group: ...}}} ------------------------------


def read_yaml(data: Any, inventory: Inventory, where: str) -> None:
    """`data` is what the file holds; groups are added in its order."""
    if data is None:
        return
    if not isinstance(data, dict):
        raise UsageError(f"{where}: a YAML inventory begins with groups, such as `all:`, not with {_kind(data)}")
    for name, body in data.items():
        _yaml_group(name, body, inventory, where)


def _yaml_group(name: Any, body: Any, inventory: Inventory, where: str) -> None:
    group = inventory.add_group(name, where)
    for key, content in _mapping(body, f"{where}: group {group}").items():
        inside = f"{where}: {key} of group {group}"
        if key == "vars":
            for variable, value in _names(content, inside).items():
                inventory.set_group_variable(group, variable, value, where)
        elif key == "children":
            for child, child_body in _names(content, inside).items():
                _yaml_group(child, child_body, inventory, where)
                inventory.add_child(group, child, where)
        elif key == "hosts":
            for entry, variables in _names(content, inside).items():
                add_hosts(inventory, entry, _mapping(variables, f"{inside}: {shown(entry)}"), group, where)
        else:
            inventory.notes.append(f"{where}: group {group}: {shown(key)} is none of hosts, vars and children")


def _names(value: Any, where: str) -> dict[Any, Any]:
    """A section may also be a single name: `hosts: web1`."""
    return {value: None} if isinstance(value, str) else _mapping(value, where)


def _mapping(value: Any, where: str) -> dict[Any, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UsageError(f"{where}: expected `name: ...` entries, found {_kind(value)}")
    return value


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, list) else "text" if isinstance(value, str) else shown(value)


# -- INI: [group], [group:vars], [group:children] ------------------------------------------------------------------

_SECTION = re.compile(r"\[(?P<group>[^:\]\s]+)(?::(?P<kind>[A-Za-z_]+))?\]\s*(?:#.*)?")
_CHILD = re.compile(r"(?P<group>[^:\]\s]+)\s*(?:#.*)?")


def read_ini(text: str, inventory: Inventory, where: str) -> None:
    """Raises UsageError with the line."""
    reader = _Ini(inventory, where)
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and stripped[0] not in ";#":
            reader.line(stripped, f"{where}:{number}")
    reader.end()


@dataclass
class _Ini:
    """What the lines so far have said; lines before any section list ungrouped hosts."""

    inventory: Inventory
    where: str
    group: str = "ungrouped"
    kind: str = "hosts"
    declared: set[str] = field(default_factory=lambda: {"all", "ungrouped"})
    promised: dict[str, str] = field(default_factory=dict)  # group to be declared -> message if it never is

    def line(self, line: str, where: str) -> None:
        if len(line) > _LONGEST_LINE:
            raise UsageError(f"{where}: longer than {_LONGEST_LINE:,} characters")
        section = _SECTION.fullmatch(line)
        if section:
            self._section(section["group"], section["kind"] or "hosts", where)
        elif line.startswith("[") and line.endswith("]"):
            raise UsageError(f"{where}: {shown(line)} is not a section such as [group], [group:vars], [group:children]")
        elif self.kind == "hosts":
            self._hosts(line, where)
        elif self.kind == "vars":
            self._variable(line, where)
        else:
            self._child(line, where)

    def end(self) -> None:
        for group, message in self.promised.items():
            if group not in self.declared:
                raise UsageError(message)

    def _section(self, group: str, kind: str, where: str) -> None:
        if kind not in ("hosts", "vars", "children"):
            raise UsageError(f"{where}: a section is [group], [group:vars] or [group:children], not [...:{kind}]")
        self.group, self.kind = self.inventory.add_group(group, where), kind
        if kind == "vars":
            self.promised.setdefault(group, f"{where}: [{group}:vars] is about a group that no section declares")
        else:
            self.declared.add(group)

    def _hosts(self, line: str, where: str) -> None:
        try:
            # shlex is slow, and most lines have nothing for it to do.
            words = shlex.split(line, comments=True) if re.search(r"""["'\\#]""", line) else line.split()
        except ValueError as error:
            raise UsageError(f"{where}: cannot be split into words: {error}") from None
        variables: dict[str, Any] = {}
        for word in words[1:]:
            name, equals, value = word.partition("=")
            if not equals:
                raise UsageError(f"{where}: after a host come name=value pairs; one word has no '='")
            variables[name] = ini_value(value)
        add_hosts(self.inventory, words[0], variables, self.group, where)

    def _variable(self, line: str, where: str) -> None:
        name, equals, value = line.partition("=")
        if not equals:
            raise UsageError(f"{where}: expected name=value in [{self.group}:vars]")
        self.inventory.set_group_variable(self.group, name.strip(), ini_value(value.strip()), where)

    def _child(self, line: str, where: str) -> None:
        found = _CHILD.fullmatch(line)
        if found is None:
            raise UsageError(f"{where}: {shown(line)} is not a group name")
        child = found["group"]
        self.promised.setdefault(child, f"{where}: no section declares the group {shown(child)} that is named here")
        self.inventory.add_child(self.group, child, where)


def ini_value(text: str) -> Any:
    """A value as Ansible types it: Python literals are values, everything else is text.

    >>> ini_value("22"), ini_value("True"), ini_value("true"), ini_value("'a b'"), ini_value("[1, 2]")
    (22, True, 'true', 'a b', [1, 2])
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text
    return _usual(value)


def _usual(value: Any) -> Any:
    """Python's own literals that no YAML has, as Ansible turns them."""
    if isinstance(value, (list, tuple, set)):
        return [_usual(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _usual(entry) for key, entry in value.items()}
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if value is ...:
        return "..."
    return str(value) if isinstance(value, complex) else value
