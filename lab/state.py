"""Where the lab keeps things, and the few ways in which it touches the machine.

Everything that runs is discoverable from STATE, so that `lab down` works after any crash. Everything that can be built
again is in CACHE.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

LAB = Path(__file__).resolve().parent
STATE = Path("/run/hostproof-lab")
CACHE = Path(os.environ.get("HOSTPROOF_LAB_CACHE", "/var/cache/hostproof-lab"))


class LabError(Exception):
    """What went wrong and what to do, in one line."""


def run(*command: str | Path) -> str:
    """Output of a command that must succeed; LabError names the command and its last line of complaint."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, errors="replace")
    if done.returncode:
        complaint = (done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}").splitlines()[-1]
        raise LabError(f"{' '.join(words)}: {complaint}")
    return done.stdout


def succeeds(*command: str | Path) -> bool:
    return subprocess.run([str(word) for word in command], capture_output=True).returncode == 0


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Only one process of the lab holds `path` at a time."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # Whoever held it before may have taken the whole lab away, the file included.
            if path.exists() and path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                yield
                return


def unmount_below(directory: Path) -> None:
    """Unmounts everything mounted at or below `directory`, the newest first."""
    mounts = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    for mount in reversed(mounts):
        if Path(mount).is_relative_to(directory):
            run("umount", "--lazy", mount)
