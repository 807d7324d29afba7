"""Runs a command and says what it and all its descendants cost: wall time, CPU, memory."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
MIB = 1024 * 1024


@dataclass(frozen=True)
class Cost:
    """What a command took.

    wall, own_cpu, children_cpu: seconds; own_cpu is the command's own process, children_cpu all that it waited for.
    memory: bytes, the highest seen sum of PSS (a page that n processes share counts 1/n in each) over the whole tree.
    """

    status: int
    output: str
    wall: float
    own_cpu: float
    children_cpu: float
    memory: int

    @property
    def cpu(self) -> float:
        return self.own_cpu + self.children_cpu


def run(
    command: Sequence[str], *, cwd: Path | None = None, environment: Mapping[str, str] | None = None, every: float = 0.25
) -> Cost:
    """Run `command` to its end; output and error output come back as one text. `every`: seconds between looks at memory."""
    # Where this variable is set, Python compiles everything in every run, which users' Pythons do once.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.monotonic()
    with subprocess.Popen(
        command, cwd=cwd, env={**inherited, **(environment or {})}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    ) as process:  # fmt: skip
        watch = _Watch(process.pid, every)
        watch.start()
        assert process.stdout is not None
        output = process.stdout.read()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and its figures can still be read
        wall = time.monotonic() - begun
        own, children = _cpu(process.pid)
        watch.stop()
    return Cost(process.returncode, output, wall, own, children, watch.highest)


class _Watch(threading.Thread):
    def __init__(self, root: int, every: float) -> None:
        super().__init__(daemon=True)
        self._root, self._every, self._ended = root, every, threading.Event()
        self.highest = 0

    def run(self) -> None:
        while not self._ended.wait(self._every):
            self.highest = max(self.highest, sum(map(_pss, _tree(self._root))))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree(root: int) -> list[int]:
    """The process `root` and all its descendants."""
    children: dict[int, list[int]] = {}
    for folder in os.listdir("/proc"):
        if folder.isdecimal() and (fields := _stat(int(folder))):
            children.setdefault(int(fields[1]), []).append(int(folder))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def _pss(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # it has ended meanwhile
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def _cpu(process: int) -> tuple[float, float]:
    user, system, children_user, children_system = (int(f) / TICKS for f in _stat(process)[11:15])
    return user + system, children_user + children_system


def _stat(process: int) -> list[str]:
    """The fields of /proc/PID/stat from the third, the state, on; empty when there is no such process."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
