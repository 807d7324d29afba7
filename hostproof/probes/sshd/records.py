"""The lines that the commands of this probe print: a word that says what the line is, then tab-separated fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def records(text: str) -> Iterator[tuple[str, list[str]]]:
    """The kind and the fields of each line.

    >>> list(records("listen\\t[::]:22\\n"))
    [('listen', ['[::]:22'])]
    """
    for line in text.split("\n"):
        if line:
            kind, *fields = line.split("\t")
            yield kind, fields


def add_setting(settings: dict[str, list[str]], line: str) -> None:
    """Adds one line of `sshd -T`; a keyword that comes on several lines keeps each as a value."""
    keyword, _, value = line.partition(" ")
    settings.setdefault(keyword.lower(), []).append(value.strip())


def setting(settings: dict[str, list[str]], *keywords: str) -> str:
    """The value of the first of these keywords that this sshd knows. Raises KeyError."""
    for keyword in keywords:
        if keyword in settings:
            return settings[keyword][0]
    raise KeyError(f"sshd -T does not say {' or '.join(keywords)}")


def not_allowed(settings: dict[str, list[str]], name: str, groups: Iterable[str]) -> str | None:
    """Why AllowUsers and its like keep an account out. Patterns for users may end in @host; a login from anywhere will do here."""
    groups = list(groups)
    values = {k: " ".join(settings.get(k, [])).split() for k in ("denyusers", "allowusers", "denygroups", "allowgroups")}
    if any("@" not in p and _matches(p, name) for p in values["denyusers"]):
        return "DenyUsers names it"
    if values["allowusers"] and not any(_matches(p.rpartition("@")[0] or p, name) for p in values["allowusers"]):
        return "AllowUsers does not name it"
    if any(_matches(p, g) for p in values["denygroups"] for g in groups):
        return "DenyGroups names one of its groups"
    if values["allowgroups"] and not any(_matches(p, g) for p in values["allowgroups"] for g in groups):
        return "AllowGroups names none of its groups"
    return None


def _matches(pattern: str, name: str) -> bool:
    """sshd's patterns know `*` and `?` and nothing else."""
    return re.fullmatch("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern), name) is not None
