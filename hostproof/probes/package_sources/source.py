"""What apt's and dnf's sources have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell

UNREADABLE = 3  # what the commands end with when a file may only be read by root

# `show FILE...` and `visit FOLDER...` print lines with their place, and no passwords.
PRINT_LINES = r"""
show() {
    for file; do
        if [ -d "$file" ] || [ ! -e "$file" ]; then continue; fi
        [ -r "$file" ] || { echo "$file" >&2; exit 3; }
        awk '
            /^[ \t]*(proxy_)?(user|pass)[a-z]*[ \t]*[=:]/ { next }
            { gsub(/\/\/[^\/ ?#]*@/, "//"); print FILENAME "\t" FNR "\t" $0 }
        ' "$file" || exit
    done
}
visit() {
    for folder; do
        [ -d "$folder" ] || continue
        { [ -r "$folder" ] && [ -x "$folder" ]; } || { echo "$folder" >&2; exit 3; }
        show "$folder"/* "$folder"/.[!.]*
    done
}
"""


@dataclass(frozen=True)
class Source:
    """One place that packages come from.

    place: file and line or section that configures it. name: apt's base URL of the archive, or dnf's id of the repository.
    origins: the hosts that it names, or `scheme:path` where there is no host (`file:/srv/packages`).
    unchecked: the settings that keep its signatures, or those hosts' certificates, from being checked.
    """

    place: str
    name: str
    origins: tuple[str, ...]
    unchecked: tuple[str, ...] = ()

    def strangers(self, trusted: list[str]) -> list[str]:
        """Its origins that match none of the globs."""
        return [origin for origin in self.origins if not any(fnmatchcase(origin, glob) for glob in trusted)]


@dataclass(frozen=True)
class Sources:
    """enabled: the sources in use. unchecked: settings that spare all of them the check of signatures."""

    enabled: tuple[Source, ...]
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of a configuration file."""

    file: str
    number: int
    text: str


def read_lines(answer: Answer) -> Iterator[Line]:
    """The lines that PRINT_LINES printed. Raises CannotTell when a file is only for root."""
    if answer.status == UNREADABLE:
        raise CannotTell(f"needs root: {answer.stderr.strip()} cannot be read")
    for line in answer.stdout.removesuffix("\n").split("\n"):
        file, number, text = (*line.split("\t", 2), "", "")[:3]
        if file.startswith("/") and number.isdigit():
            yield Line(file, int(number), text)


def origin(url: str) -> str:
    """The host of a URL in small letters, or `scheme:path` of one that names no host. Raises CannotTell."""
    scheme, _, path = url.partition(":")
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError as error:
        raise CannotTell(f"a package source has a URL that is none: {url}") from error
    if "$" in host:
        raise CannotTell(f"a package source names its host by a variable that nobody sets: {url}")
    return host or f"{scheme.lower()}:{re.sub('^///?', '/', path)}"


def shown(answer: Answer) -> str:
    """The lines that mean something, for a report."""
    lines = (line.split("\t", 2) for line in answer.stdout.split("\n"))
    active = (parts for parts in lines if parts[-1].strip() and not parts[-1].lstrip().startswith("#"))
    return "\n".join(f"{':'.join(parts[:-1])}: {parts[-1]}" if len(parts) == 3 else parts[-1] for parts in active)
