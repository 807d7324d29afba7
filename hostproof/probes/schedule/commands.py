"""Which programs a job starts in the end: through wrappers, shells, scripts and run-parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from hostproof.probes.schedule.crontab import LEFT_BY_PACKAGES, File
from hostproof.probes.schedule.shell import NotShell, Walk
from hostproof.probes.schedule.wrappers import unwrapped

DEEPEST = 4  # scripts that call scripts


@dataclass(frozen=True)
class Command:
    """A command that a job runs in the end, and where its program is looked for.

    file: its program, where that is known. followed: it is a script, and its own commands are among those of the job.
    by_sudo: sudo starts it, if sudo lets the user.
    """

    words: tuple[str, ...]
    search_path: str
    file: File | None = None
    followed: bool = False
    by_sudo: bool = False

    @property
    def program(self) -> str:
        """Its last name, without folder."""
        return self.words[0].rpartition("/")[2]

    @property
    def paths(self) -> list[str]:
        """Where its program may lie, in the order in which a shell looks."""
        return _paths(self.words[0], self.search_path)


@dataclass(frozen=True)
class Follower:
    """Finds the commands of shell text. files: what is known of the host's files. user_id: who runs them.

    run_parts: the kind of that program, as `script`. home: where an ordinary user's own job begins; only then may files be
    there that are not among `files`.
    """

    files: Mapping[str, File]
    user_id: int = 0
    run_parts: str = ""
    home: str = ""

    def commands(
        self, text: str, variables: Mapping[str, str], depth: int = DEEPEST, *, by_sudo: bool = False
    ) -> Iterator[Command]:
        """Raises NotShell where a shell would not run the text."""
        walk = Walk(text, self._exists, dict(variables))
        for words in walk.commands():
            inner = unwrapped(words)
            raised = by_sudo or inner.by_sudo
            if inner.text and depth:
                yield from self.commands(inner.text, walk.variables, depth - 1, by_sudo=raised)
            elif inner.script:
                yield from self._script(self._from_home(inner.script), walk.variables, depth, raised)
            elif inner.words:
                called = (self._from_home(inner.words[0]), *inner.words[1:])
                yield self._command(called, walk.variables, raised)
                yield from self._called(called, walk.variables, depth, raised)

    def _command(self, words: tuple[str, ...], variables: Mapping[str, str], by_sudo: bool) -> Command:
        search_path = variables.get("PATH", "")
        file = self._file(words[0], search_path)
        return Command(words, search_path, file, file is not None and file.script_for(self.user_id), by_sudo)

    def _file(self, name: str, search_path: str) -> File | None:
        there = (self.files[path] for path in _paths(name, search_path) if path in self.files)
        return next((file for file in there if file.executable), None)

    def _from_home(self, name: str) -> str:
        inside = self.home and "/" in name and not name.startswith(("/", "$"))
        return f"{self.home}/{name.removeprefix('./')}" if inside else name

    def _called(self, words: tuple[str, ...], variables: Mapping[str, str], depth: int, by_sudo: bool) -> Iterator[Command]:
        if words[0].rpartition("/")[2] == "run-parts":
            for path in self._parts(words[-1].rstrip("/")):
                yield self._command((path,), variables, by_sudo)
                yield from self._script(path, variables, depth, by_sudo)
            return
        file = self._file(words[0], variables.get("PATH", ""))
        if file:
            yield from self._script(file.path, variables, depth, by_sudo)

    def _script(self, path: str, variables: Mapping[str, str], depth: int, by_sudo: bool) -> Iterator[Command]:
        file = self.files.get(path)
        if file and file.script_for(self.user_id) and depth:
            # A shell runs a script up to the line that it does not understand.
            with suppress(NotShell):
                yield from self.commands("\n".join(file.lines) + "\n", variables, depth - 1, by_sudo=by_sudo)

    def _parts(self, folder: str) -> list[str]:
        """The files of a folder that run-parts runs: Debian's program and Fedora's script take different names."""
        takes = _takes_fedora if self.run_parts == "script" else _takes_debian
        inside = (f for path, f in self.files.items() if path.rpartition("/")[0] == folder)
        return sorted(file.path for file in inside if file.executable and takes(file.name))

    def _exists(self, path: str) -> bool | None:
        """Whether a path is there; None for paths that were not asked about."""
        if path in self.files:
            return True
        asked = not self.home and re.fullmatch(r"/(?!(?:proc|sys|dev)(?:/|$))[A-Za-z0-9._+@/-]+", path)
        return False if asked else None


def _paths(name: str, search_path: str) -> list[str]:
    return [name] if "/" in name else [f"{folder}/{name}" for folder in search_path.split(":")]


def _takes_debian(name: str) -> bool:
    return bool(re.fullmatch(r"[a-zA-Z0-9_-]+", name))


def _takes_fedora(name: str) -> bool:
    return not name.endswith((*LEFT_BY_PACKAGES, ".swp", ".cfsaved", ",v"))
