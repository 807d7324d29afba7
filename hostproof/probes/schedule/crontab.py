"""What cron makes of a crontab: which files it takes, which lines, and what it ignores without a word.

The rules are those of the two programs' own sources: database.c, user.c, entry.c and env.c of Debian's cron 3.0pl1
(Debian, Ubuntu) and of cronie 1.7 (Fedora, CentOS).
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hostproof.probes.schedule.times import NAMED, BadTime, Times, read_times

Cron = Literal["debian", "cronie"]
VARIABLE = re.compile(r"""\s*(?:"([^"=]*)"|'([^'=]*)'|([^\s"'=][^\s=]*))\s*=\s*(.*)""", re.DOTALL)
LEFT_BY_PACKAGES = (".rpmsave", ".rpmorig", ".rpmnew", "~")
SHEBANG = re.compile(r"#!\s*\S*/(env\s+)?(ba|da|k|z|a)?sh\b")
LONGEST_COMMAND = 998  # characters, in Debian's cron


@dataclass(frozen=True)
class File:
    """A file as the host has it: what a link leads to. mode: st_mode. link_owner: None unless it is a link."""

    path: str
    mode: int
    owner: int
    links: int
    link_owner: int | None = None
    lines: tuple[str, ...] = ()
    ended: bool = True
    """Whether its last line ends with a newline."""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def executable(self) -> bool:
        return stat.S_ISREG(self.mode) and bool(self.mode & 0o111)

    def script_for(self, user_id: int) -> bool:
        """Whether it is text for a shell that the user can read, and nobody but root and the user can change it.

        That a user's own group may write it says little where each user has a group of one.
        """
        interpreter = self.lines[0] if self.lines and self.lines[0].startswith("#!") else "#!/bin/sh"
        if not self.lines or not SHEBANG.match(interpreter):
            return False
        if self.owner == 0:
            return not self.mode & 0o022 and (user_id == 0 or bool(self.mode & 0o044))
        return self.owner == user_id and not self.mode & 0o002


@dataclass(frozen=True)
class Job:
    """Something that cron runs. source: file and line. times: None for @reboot. environment: what the crontab sets.

    personal: it is of an ordinary user's own crontab.
    """

    source: str
    user: str
    times: Times | None
    command: str
    environment: Mapping[str, str] = field(default_factory=dict)
    personal: bool = False

    @property
    def runs(self) -> str:
        """What the shell is given: the rest of a line after a bare % is the command's input."""
        return re.split(r"(?<!\\)%", self.command)[0].replace("\\%", "%")


@dataclass(frozen=True)
class Ignored:
    """A file or line that cron does not run, and why."""

    source: str
    why: str
    text: str


class BadFile(ValueError):
    """cron ignores the whole file; the text says why."""


def read_crontab(file: File, cron: Cron, users: Mapping[str, int], options: frozenset[str]) -> Iterator[Job | Ignored]:
    """Jobs and ignored lines of one file. users: name -> user id. options: those that the daemon was started with."""
    own = "/spool/" in file.path
    try:
        if own and file.name not in users:
            raise BadFile(f"there is no user {file.name}")
        check = _check_debian if cron == "debian" else _check_cronie
        check(file, own, options, users)
        found = list(_entries(file, cron, users, own))
        bad = next((entry for entry in found if isinstance(entry, Ignored)), None)
        if bad and cron == "debian":
            raise BadFile(f"{bad.why} in {bad.source}, and so the whole file is ignored")
        if not file.ended and cron == "debian":
            raise BadFile("its last line does not end with a newline")
        yield from found
    except BadFile as error:
        yield Ignored(file.path, str(error), "\n".join(file.lines))


def _check_debian(file: File, own: bool, options: frozenset[str], users: Mapping[str, int]) -> None:
    if "/cron.d/" in file.path and not _debian_name(file.name, "-l" in options):
        raise BadFile("Debian's cron ignores files in cron.d whose names hold anything but letters, digits, - and _")
    if own and file.link_owner is not None:
        raise BadFile("it is a symbolic link")
    if file.link_owner not in (None, 0):
        raise BadFile("it is a symbolic link that does not belong to root")
    _check_owner(file, users.get(file.name) if own else None)
    if own and stat.S_IMODE(file.mode) != 0o600:
        raise BadFile(f"its mode is {stat.S_IMODE(file.mode):04o} and not 0600")
    if file.mode & 0o022:
        raise BadFile(f"others than its owner may write it (mode {stat.S_IMODE(file.mode):04o})")
    if file.links != 1:
        raise BadFile("it has several hard links")


def _debian_name(name: str, lsb: bool) -> bool:
    if not lsb:
        return bool(re.fullmatch(r"[a-zA-Z0-9_-]+", name))
    if re.fullmatch(r"_?([a-z0-9_.]+-)+[a-z0-9]+", name):
        return not re.fullmatch(r"[a-z0-9-].*dpkg-(old|dist)", name)
    return bool(re.fullmatch(r"[a-z0-9][a-z0-9-]*", name))


def _check_cronie(file: File, own: bool, options: frozenset[str], users: Mapping[str, int]) -> None:
    if file.name.startswith((".", "#")) or file.name.endswith(LEFT_BY_PACKAGES):
        raise BadFile("cronie ignores names that begin with . or # or end with ~, .rpmsave, .rpmorig or .rpmnew")
    if "-p" in options:
        return
    _check_owner(file, users.get(file.name) if own else None)
    if stat.S_IMODE(file.mode) & 0o7533 != 0o400:
        raise BadFile(f"cronie refuses its mode {stat.S_IMODE(file.mode):04o}")
    if own and file.links != 1:
        raise BadFile("it has several hard links")


def _check_owner(file: File, user_id: int | None) -> None:
    """user_id: of whom it may be beside root."""
    if not stat.S_ISREG(file.mode):
        raise BadFile("it is no regular file")
    if file.owner not in (0, user_id):
        raise BadFile(f"it belongs to user {file.owner} and not to root{f' or {file.name}' if user_id else ''}")


def _entries(file: File, cron: Cron, users: Mapping[str, int], own: bool) -> Iterator[Job | Ignored]:
    environment: dict[str, str] = {}
    for number, line in enumerate(file.lines, 1):
        source, text = f"{file.path} line {number}", line.lstrip(" \t")
        if not text or text.startswith("#"):
            continue
        if cron == "debian" and "\0" in text:
            yield Ignored(source, "a NUL byte", text)
        elif cron == "cronie" and not file.ended and number == len(file.lines):
            yield Ignored(source, "the last line does not end with a newline", text)
        elif variable := VARIABLE.fullmatch(text):
            name = next(part for part in variable.groups()[:3] if part is not None)
            environment = {**environment, name: _unquoted(variable[4].rstrip())}
        else:
            try:
                yield _job(source, text, cron, users, file.name if own else "", environment)
            except BadTime as error:
                yield Ignored(source, str(error), text)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] in "\"'" and value[0] == value[-1]
    return value[1:-1] if quoted else value


def _job(
    source: str, text: str, cron: Cron, users: Mapping[str, int], whose: str, environment: Mapping[str, str]
) -> Job:
    """whose: the user whose own crontab it is; empty in others, where each line names one."""
    if cron == "cronie":
        text = text.removeprefix("-")  # "do not log this"
    times, rest = _when(text, cron)
    user, command = (whose, rest) if whose else _split(rest)
    if cron == "cronie":
        command = command.removeprefix("-n ").lstrip(" \t")  # "mail only on failure"
    if not command:
        raise BadTime("there is no command, or no user in front of it")
    if user not in users:
        raise BadTime(f"there is no user {user}; the sixth field has to name one")
    if cron == "debian" and len(command) > LONGEST_COMMAND:
        raise BadTime("the command is too long")
    return Job(source, user, times, command, environment, personal=whose not in ("", "root"))


def _when(text: str, cron: Cron) -> tuple[Times | None, str]:
    """The times, None for @reboot, and the rest of the line."""
    if text.startswith("@"):
        name, rest = _split(text[1:])
        if name == "reboot":
            return None, rest
        if name not in NAMED:
            raise BadTime(f"there is no @{name}")
        return read_times(NAMED[name].split(), lenient=False), rest
    fields = []
    rest = text
    for _ in range(5):
        word, rest = _split(rest)
        fields.append(word)
    return read_times(fields, lenient=cron == "debian"), rest


def _split(text: str) -> tuple[str, str]:
    word = re.split("[ \t]", text, maxsplit=1)[0]
    return word, text[len(word) :].lstrip(" \t")
