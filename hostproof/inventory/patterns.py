"""Ansible's pattern language: `web:&prod:!web3`, `db*`, `~web[0-9]+`, `web[0:4]`, `@file`."""

from __future__ import annotations

import fnmatch
import re
import warnings
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hostproof.errors import UsageError
from hostproof.inventory.documents import NeedsAnsible, file_shown, read_text
from hostproof.inventory.naming import shown
from hostproof.inventory.ranges import is_host_entry, split_port

LONGEST = 300  # characters of one pattern: a bound on what a regular expression can cost
MOST = 20_000  # patterns in one expression or file

_SUBSCRIPT = re.compile(r"(?P<pattern>.+)\[(?:(?P<one>-?[0-9]{1,9})|(?P<first>[0-9]{1,9})[:-](?P<last>[0-9]{0,9}))\]")
_PART = re.compile(r"(?:[^\s:\[\]]|\[[^\]]*\])+")


@dataclass(frozen=True)
class Names:
    """What patterns choose from: host names in order, group names (`all` among them), and a group's hosts in order."""

    hosts: Collection[str]
    groups: Collection[str]
    members: Callable[[str], Iterable[str]]


def choose(expression: str, names: Names, files: bool = False) -> tuple[list[str], list[str]]:
    """The hosts that `expression` selects, and those of its patterns that match no host and no group.

    `files` allows @FILE, a file with one pattern a line. Raises UsageError for what is no pattern.

    >>> members = {"all": ["a", "b", "c"], "web": ["a", "b"]}
    >>> choose("web:!b", Names(["a", "b", "c"], members, members.__getitem__))
    (['a'], [])
    """
    patterns = [p for part in split(expression, names) for p in (_lines(part) if files and part[0] == "@" else [part])]
    if len(patterns) > MOST:
        raise UsageError(f"more than {MOST:,} patterns")
    if any(p in ("&", "!", "~", "&~", "!~") for p in patterns):
        raise UsageError(f"in the pattern {shown(expression)} nothing follows '&', '!' or '~'")
    wanted = [p for p in patterns if p[0] not in "&!"] or ["all"]
    chosen: dict[str, None] = {}
    unmatched: list[str] = []
    for pattern in wanted:
        chosen.update(dict.fromkeys([pattern] if pattern in names.hosts else _matches(pattern, names, unmatched)))
    for pattern in (p[1:] for p in patterns if p[0] == "&"):
        both = set(_matches(pattern, names, unmatched))
        chosen = {host: None for host in chosen if host in both}
    for pattern in (p[1:] for p in patterns if p[0] == "!"):
        for host in _matches(pattern, names, unmatched):
            chosen.pop(host, None)
    return list(chosen), unmatched


def split(expression: str, names: Names) -> list[str]:
    """The patterns of an expression: split at commas; without any, at colons outside brackets.

    What is as a whole a host's name or address, such as `::1` or `web[1:3]`, is one pattern.
    """
    if "," in expression:
        parts = expression.split(",")
    elif expression in names.hosts or is_host_entry(split_port(expression)[0]):
        parts = [expression]
    else:
        parts = _PART.findall(expression)
        if _PART.sub("", expression).strip(": \t\n"):
            raise UsageError(f"the brackets of the pattern {shown(expression)} do not match")
    return [part.strip() for part in parts if part.strip()]


def _lines(part: str) -> list[str]:
    try:
        text = read_text(Path(part[1:]))
    except NeedsAnsible:
        raise UsageError(f"{file_shown(Path(part[1:]))}: the file of patterns is encrypted") from None
    return [line.strip() for line in text.splitlines() if line.strip()]


def _matches(pattern: str, names: Names, unmatched: list[str]) -> Sequence[str]:
    """The hosts of one pattern (its & or ! removed); noted in `unmatched` when nothing has such a name."""
    subscript = None if pattern.startswith("~") else _SUBSCRIPT.fullmatch(pattern)
    wanted = subscript["pattern"] if subscript else pattern
    groups = _having(wanted, names.groups)
    found = dict.fromkeys(host for group in groups for host in names.members(group))
    if not groups or wanted.startswith("~") or any(special in wanted for special in ".?*["):
        found.update(dict.fromkeys(_having(wanted, names.hosts)))
    if not found and not groups:
        unmatched.append(pattern)
    return _subscripted(list(found), subscript) if subscript else list(found)


def _having(pattern: str, present: Collection[str]) -> list[str]:
    if not pattern.startswith("~") and not any(special in pattern for special in "*?["):
        return [pattern] if pattern in present else []
    if len(pattern) > LONGEST:
        raise UsageError(f"the pattern {shown(pattern)} is longer than {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            matches = re.compile(pattern[1:] if pattern.startswith("~") else fnmatch.translate(pattern)).match
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError(f"{shown(pattern)} is not a regular expression: {error}") from None
    return [name for name in present if matches(name)]


def _subscripted(hosts: list[str], subscript: re.Match[str]) -> list[str]:
    if subscript["one"]:
        place = int(subscript["one"])
        return [hosts[place]] if -len(hosts) <= place < len(hosts) else []
    first, last = int(subscript["first"]), int(subscript["last"] or len(hosts))
    return hosts[first : last + 1]
