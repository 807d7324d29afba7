"""A limit of this machine that a dozen hosts would exceed: 128 inotify instances for all processes of root.

Each host's systemd needs about ten; without them units fail at random. Raised while the lab is up, then put back.
"""

from __future__ import annotations

from pathlib import Path

from state import STATE

INSTANCES = Path("/proc/sys/fs/inotify/max_user_instances")
BEFORE = STATE / "inotify-instances-before"
ENOUGH = 4096


def raise_limits() -> None:
    before = INSTANCES.read_text()
    if int(before) < ENOUGH:
        BEFORE.write_text(before)
        INSTANCES.write_text(str(ENOUGH))


def put_back() -> None:
    if BEFORE.exists():
        INSTANCES.write_text(BEFORE.read_text())
