"""Inventory and variable files as data: bounded reading of text, YAML and JSON."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from hostproof.errors import UsageError
from hostproof.inventory.naming import shown
from hostproof.inventory.withheld import Withheld
from hostproof.text import one_line

LARGEST_FILE = 16 * 1024 * 1024  # bytes
MOST_VALUES = 1_000_000  # scalars, lists and mappings of one file, aliases counted as often as they are used
MOST_FILES = 1_000  # in one folder and its folders
DEEPEST = 64  # levels of nesting

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast


class NeedsAnsible(Exception):
    """Only Ansible itself can read the file; the text says what is in it."""


def read_text(path: Path) -> str:
    """The UTF-8 text of a regular file. Raises UsageError, or NeedsAnsible when ansible-vault encrypted it."""
    try:
        # O_NONBLOCK: opening a pipe nobody writes to must not wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UsageError(f"{file_shown(path)}: not a regular file")
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        raise UsageError(f"{file_shown(path)}: cannot be read: {getattr(error, 'strerror', error)}") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{file_shown(path)}: larger than {LARGEST_FILE >> 20} MiB")
    if content.startswith(b"$ANSIBLE_VAULT"):
        raise NeedsAnsible("a file encrypted with ansible-vault")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{file_shown(path)}:{line}: not UTF-8 text") from None


def is_program(path: Path) -> bool:
    """Is it a script or program, rather than a file that merely has an executable bit, as all have on some mounts?"""
    if not (os.path.isfile(path) and os.access(path, os.X_OK)):
        return False
    try:
        with path.open("rb") as file:
            return file.read(4).startswith((b"#!", b"\x7fELF"))
    except OSError:
        return False  # reading it will tell


def names_in(folder: Path) -> list[str]:
    """What a folder holds, sorted. Raises UsageError."""
    try:
        return sorted(os.listdir(folder))
    except OSError as error:
        raise UsageError(f"{file_shown(folder)}: cannot be read: {error.strerror}") from None


def files_under(folder: Path, wanted: Callable[[Path], bool]) -> Iterator[Path]:
    """The wanted files of a folder and of its wanted folders, by name, each folder once whatever links lead to it."""
    found, visited = 0, {os.path.realpath(folder)}
    waiting = [folder / name for name in reversed(names_in(folder))]
    while waiting:
        entry = waiting.pop()
        if not wanted(entry):
            continue
        if not os.path.isdir(entry):
            found += 1
            if found > MOST_FILES:
                raise UsageError(f"{file_shown(folder)}: more than {MOST_FILES:,} files")
            yield entry
        elif os.path.realpath(entry) not in visited:
            visited.add(os.path.realpath(entry))
            waiting += [entry / name for name in reversed(names_in(entry))]


def file_shown(path: Path) -> str:
    """How messages name a file."""
    return one_line(str(path))


def parse(text: str, where: str) -> Any:
    """The data in YAML or JSON text; `where` is the file's name. JSON first, as Ansible does.

    A single value that is encrypted becomes Withheld.VAULT: ansible-inventory would not decrypt it either.
    Raises UsageError with `where` and the line.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return _parse_yaml(text, where)
    _check_size(data, where)
    return data


def _parse_yaml(text: str, where: str) -> Any:
    try:
        _survey(text, where)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{min(mark.line, text.rstrip().count(chr(10))) + 1}" if mark else ""
        raise UsageError(f"{where}{line}: not valid YAML: {one_line(str(error.problem or error.context))}") from None
    except yaml.YAMLError as error:
        raise UsageError(f"{where}: not valid YAML: {one_line(str(error))}") from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # PyYAML's constructors let these through, for `!!int x` or `2020-13-45`.
        raise UsageError(f"{where}: not valid YAML: a value does not fit its type ({one_line(str(error))})") from None


def _survey(text: str, where: str) -> None:
    """Walk the YAML without building it, and refuse what would blow up when built.

    libyaml's builder crashes the process on deep nesting, and aliases of aliases grow exponentially once merged or
    written out. So size and depth are counted as if every alias were written out; an alias inside its own anchor
    would have no end.
    """
    anchors: dict[str, tuple[int, int] | None] = {}  # name -> (values, levels); None while it is being read
    open_nodes: list[list[Any]] = [["", 0, 0]]  # [anchor, values so far, deepest levels so far]

    def count(values: int, levels: int, line: int) -> None:
        holder = open_nodes[-1]
        holder[1] += values
        holder[2] = max(holder[2], levels)
        if holder[1] > MOST_VALUES:
            raise UsageError(f"{where}:{line}: more than {MOST_VALUES:,} values, counted with what aliases stand for")
        if len(open_nodes) - 1 + holder[2] > DEEPEST:
            raise UsageError(f"{where}:{line}: nested deeper than {DEEPEST} levels")

    event: Any
    for event in yaml.parse(text, Loader=_Parser):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            target = anchors.get(str(event.anchor), (1, 1))  # an unknown anchor is the builder's error
            if target is None:
                raise UsageError(f"{where}:{line}: the alias *{shown(event.anchor)} is inside what it stands for")
            count(*target, line)
        elif isinstance(event, yaml.ScalarEvent):
            if event.anchor:
                anchors[event.anchor] = (1, 1)
            count(1, 1, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            if event.anchor:
                anchors[event.anchor] = None
            open_nodes.append([event.anchor, 1, 0])
            count(0, 0, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, values, levels = open_nodes.pop()
            if anchor:
                anchors[anchor] = (values, levels + 1)
            count(values, levels + 1, line)


def _check_size(data: Any, where: str) -> None:
    """The same bounds for JSON."""
    values = 0
    waiting = [(data, 1)]
    while waiting:
        value, level = waiting.pop()
        values += 1
        if level > DEEPEST:
            raise UsageError(f"{where}: nested deeper than {DEEPEST} levels")
        if values > MOST_VALUES:
            raise UsageError(f"{where}: more than {MOST_VALUES:,} values")
        if isinstance(value, (dict, list)):
            waiting.extend((entry, level + 1) for entry in (value.values() if isinstance(value, dict) else value))


class _Loader(_Parser):  # type: ignore[misc] # its base is chosen at run time
    """Safe YAML, plus Ansible's tags."""


def _untagged(loader: Any, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("!unsafe", _untagged)  # text that is no template
for _tag in ("!vault", "!vault-encrypted"):
    _Loader.add_constructor(_tag, lambda _loader, _node: Withheld.VAULT)
