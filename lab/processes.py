"""Processes that the lab started, told apart from strangers that got their number later, and the cgroups they live in.

A process is "PID START-TIME" (clock ticks since the machine booted), "" for none.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from state import LabError

CGROUPS = Path("/sys/fs/cgroup")


def identity(pid: int) -> str:
    """The process of that number, "" when it has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else f"{pid} {fields[19]}"


def is_alive(process: str) -> bool:
    return bool(process) and identity(int(process.split()[0])) == process


def children(process: str) -> list[str]:
    if not is_alive(process):
        return []
    pid = process.split()[0]
    try:
        pids = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [child for child in map(identity, map(int, pids)) if child]


def is_init(process: str) -> bool:
    """Whether it is process 1 of a namespace of its own."""
    try:
        status = Path(f"/proc/{process.split()[0]}/status").read_text()
    except OSError:
        return False
    numbers = status.partition("NSpid:")[2].splitlines()[0].split()
    return len(numbers) > 1 and numbers[-1] == "1"


def kill(process: str) -> None:
    if is_alive(process):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(process.split()[0]), signal.SIGKILL)


def ended_within(process: str, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def in_own_cgroup(name: str, *command: str) -> list[str]:
    """The command, started in a new cgroup of that name in each hierarchy in which systemd keeps its units.

    Without one, hosts started from the same place share their units' cgroups, and units fail at random.
    """
    entered = ""
    for root in _cgroup_roots():
        (root / name).mkdir(exist_ok=True)
        entered += f"echo $$ >{root / name}/cgroup.procs; "
    return ["sh", "-c", entered + 'exec "$@"', "sh", *command]


def end_cgroup(name: str) -> None:
    """Ends what still runs there, also what a crash kept us from writing down, and takes the cgroup away."""
    deadline = time.monotonic() + 5
    while left := [root / name for root in _cgroup_roots() if (root / name).exists()]:
        if time.monotonic() > deadline:
            raise LabError(f"{left[0]}: its processes do not end")
        for cgroup in left:
            with contextlib.suppress(OSError):  # busy still, or gone already
                for directory, _, _ in os.walk(cgroup, topdown=False):
                    for pid in Path(directory, "cgroup.procs").read_text().split():
                        kill(identity(int(pid)))
                    os.rmdir(directory)
        time.sleep(0.01)


def _cgroup_roots() -> list[Path]:
    if (CGROUPS / "cgroup.procs").exists():
        return [CGROUPS]
    return [CGROUPS / name for name in ("systemd", "unified") if (CGROUPS / name / "cgroup.procs").exists()]
