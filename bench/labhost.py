"""A golden host of the lab to measure against."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
LAB = REPOSITORY / "lab" / "lab"
SSH_CONFIG = Path("/run/hostproof-lab/ssh_config")


@contextmanager
def lab_host(name: str, kind: str = "debian12", profile: str = "alliance") -> Iterator[str]:
    """Boots the host `name` and gives its IPv4 address; the host goes away in the end."""
    lab("up", "--profile", profile, f"{name}={kind}")
    try:
        settings = subprocess.run(["ssh", "-F", SSH_CONFIG, "-G", name], capture_output=True, text=True, check=True).stdout
        yield next(line.partition(" ")[2] for line in settings.splitlines() if line.startswith("hostname "))
    finally:
        lab("down", name)


def lab(*arguments: str) -> str:
    """What the lab's command printed; when it fails, the bench ends with its complaint."""
    done = subprocess.run([LAB, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"lab {' '.join(arguments)}: {done.stderr.strip()[-500:]}")
    return done.stdout


def ssh_config(path: Path, name: str, port: int, *further: str) -> Path:
    """Writes an ssh configuration that reaches the lab host `name` on a port of this machine; `further` are more lines."""
    here = [f"Host {name}", "HostName 127.0.0.1", f"Port {port}", f"HostKeyAlias {name}"]
    lines = [*here, *further, "Host *", f"Include {SSH_CONFIG}"]
    path.write_text("\n".join(lines) + "\n")
    return path
