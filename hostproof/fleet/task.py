"""What runs on a worker: the audit of one shard, a process of its own in the worker's checkout of Hostproof.

Its reports stay below reports/fleet/ of that checkout. A task that is run again, because its worker or the way back died,
goes on with them and asks no host twice.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from hostproof.sharding import Shard
from hostproof.text import one_line

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 2 * 3600  # seconds for one shard
LONGEST_LOG = 1_000_000  # bytes that are searched for what went wrong
FILES = ("run.json", "results.jsonl")


@dataclass(frozen=True)
class Came:
    """What came of a shard: files by name, compressed, or the reason why there are none."""

    files: dict[str, bytes]
    reason: str = ""

    def write(self, folder: Path) -> str:
        """Put the files into `folder`, in place of those of an earlier run; returns the reason why there are none."""
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        if not self.reason:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in self.files.items():
                (folder / name).write_bytes(zlib.decompress(content))
        return self.reason


def judge_shard(shard: Shard, run: str, arguments: list[str]) -> Came:
    """Judge the hosts of `shard`; `arguments` are pytest's, `run` names the run that they belong to."""
    folder = ROOT / "reports" / "fleet" / sha256(run.encode()).hexdigest()[:16] / shard.folder
    folder.mkdir(parents=True, exist_ok=True)
    own = [f"--shard={shard.number}/{shard.of}", f"--reports={folder}", "--resume"]
    if shard.zone is not None:
        own.append(f"--zone={shard.zone}")
    deadline = time.monotonic() + LONGEST
    try:
        with (folder / "log").open("ab+") as log:
            _wait_for(log, deadline)
            status, said = _call([sys.executable, "-m", "pytest", *own, *arguments], log, deadline)
    except TimeoutError:
        return Came({}, f"its audit did not end within {LONGEST} s")
    if status not in (0, 1, 6):
        return Came({}, f"its audit ended with exit status {status}: {said}")
    return Came({name: zlib.compress((folder / name).read_bytes()) for name in FILES})


def _wait_for(log: IO[bytes], deadline: float) -> None:
    """Until nobody else judges this shard here: the audit of a worker that died outlives it, and its log stays locked."""
    while True:
        try:
            fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > deadline:
                raise TimeoutError from None
            time.sleep(0.2)
        else:
            return


def _call(command: list[str], log: IO[bytes], deadline: float) -> tuple[int, str]:
    """Exit status, and the line that says what went wrong."""
    log.truncate(0)
    left = max(1.0, deadline - time.monotonic())
    try:
        run = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=left, check=False)
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    log.seek(0)
    lines = log.read(LONGEST_LOG).decode(errors="backslashreplace").splitlines()
    errors = [line for line in lines if line.startswith("ERROR")]
    return run.returncode, one_line((errors or lines or ["it said nothing"])[-1])
