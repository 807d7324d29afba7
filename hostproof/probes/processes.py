"""Which programs run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from hostproof.connection.answer import Answer
from hostproof.probes.probe import Probe, Reading
from hostproof.services import SHORT_NAME, services

# Each piece ends with a NUL byte on the way, so that no name or argument can pass for another line.
LIST = r"""
# list the processes
command -v find >/dev/null && command -v grep >/dev/null || { echo 'find or grep is missing' >&2; exit 127; }
cd /proc || exit
{
    find [0-9]*/exe -maxdepth 0 -printf '%p:%l\0'
    grep -sazH '' [0-9]*/comm [0-9]*/cgroup
    grep -sazH -m 200 '' [0-9]*/cmdline
} 2>/dev/null | tr '\n\000' ' \n'
"""
# Executables that say little: what counts is the script that they run or the name they were called by.
MANY_FACED = re.compile(r"(python|perl|ruby|node|php|java|lua)[0-9.]*|(ba|da|k|z)?sh|busybox|toybox|coreutils")


@dataclass(frozen=True)
class Process:
    """One running program.

    name: what the kernel calls it, at most 15 characters, chosen by the program.
    executable: the file that runs; empty where only its name is known. arguments: the first 200, program included.
    unit: the systemd unit that it belongs to, or empty.
    Arguments can hold secrets: they are for recognising a program and are not shown.
    """

    pid: int
    name: str
    executable: str = ""
    arguments: tuple[str, ...] = ()
    unit: str = ""

    @cached_property
    def names(self) -> set[str]:
        """What the program is known by: its file, or the script that it interprets and what it calls itself."""
        file = PurePosixPath(self.executable).name
        if file and not MANY_FACED.fullmatch(file):
            return {file}
        script = next((word for word in self.arguments[1:] if not word.startswith("-")), "")
        return {self.name, PurePosixPath(script).name} - {""}

    @property
    def title(self) -> str:
        """The name a person knows it by."""
        cut_off = len(self.name.encode()) >= SHORT_NAME
        return min(self.names, key=len, default=self.name) if cut_off else self.name

    def __str__(self) -> str:
        return f"{self.pid} {self.name} {self.executable} {self.unit}".rstrip()


def read_running(answer: Answer) -> dict[int, Process]:
    """Processes by their number, without the kernel's own."""
    facts: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in answer.stdout.removesuffix("\n").split("\n"):
        path, _, value = line.partition(":")
        pid, _, fact = path.partition("/")
        facts[int(pid)][fact].append(value)
    if 1 not in facts:
        raise ValueError("process 1 is not among the processes")
    found = (_process(pid, known) for pid, known in facts.items())
    return {process.pid: process for process in found if process.executable or process.arguments}


def _process(pid: int, facts: Mapping[str, list[str]]) -> Process:
    executable, name, groups = ("".join(facts[fact][:1]) for fact in ("exe", "comm", "cgroup"))
    return Process(pid, name.rstrip(" "), executable.removesuffix(" (deleted)"), tuple(facts["cmdline"]), _unit(groups))


def _unit(groups: str) -> str:
    """The innermost unit in the text of /proc/PID/cgroup, its lines joined by spaces."""
    path = re.search(r"(?:^|\s)(?:0:|\d+:name=systemd):(\S+)", groups)
    units = re.findall(r"[^/]+\.(?:service|scope|socket)(?=/|$)", path[1]) if path else []
    return units[-1] if units else ""


def how_many(answer: Answer) -> str:
    """The evidence that a report shows of the whole list."""
    return f"{answer.stdout.count('/exe:')} processes"


class Processes(Probe):
    """The running programs of the host and of containers on it, by process number; without the kernel's own.

    Example: {54: Process(54, "sshd", "/usr/sbin/sshd", ("sshd: /usr/sbin/sshd -D",), "ssh.service")}
    Blind spots: what ran for a moment only; programs whose file was renamed go by the new name.
    """

    running = Reading(LIST, read_running, root=True, limit=20_000_000, shows=how_many)

    def of(self, service: str) -> list[Process]:
        """The running programs that offer a service of data/well_known_services.yml; they become evidence."""
        found = [process for process in self.running.values() if services()[service].offered_by(process)]
        self.cite(f"processes that are {services()[service].title}", "\n".join(map(str, found)) or "none runs")
        return found
