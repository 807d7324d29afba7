"""A lab of one's own for each test: its processes, mounts, networks and /run are not those of a lab that runs here."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from glob import glob
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 900  # seconds: a cold cache is filled first
# Says when it is ready, then only holds the namespaces and buries their dead; all that runs in them ends with it.
HOLD = """
for mount in $(findmnt -rno TARGET | grep ^/run/ | tac); do umount --lazy "$mount"; done
mount -t tmpfs tmpfs /run && ip link set lo up
ip netns add first && ip netns delete first # which leaves /run/netns mounted, on every machine
echo ready
while :; do sleep 3600 & wait; done
"""
LIMIT = "/proc/sys/fs/inotify/max_user_instances"


class Lab:
    """`lab/lab` in namespaces of its own, on the machine's own cache of root file systems."""

    def __init__(self, directory: Path, holder: int) -> None:
        self.holder = holder
        self.command = directory / "lab" / "lab"
        self.inventory = directory / "inventories" / "lab.yml"
        shutil.copytree(REPOSITORY / "lab", directory / "lab", ignore=shutil.ignore_patterns("__pycache__"))

    def inside(self, *command: str | Path) -> list[str]:
        """The command line that runs a command in this lab's namespaces."""
        enter = ["nsenter", f"--target={self.holder}", "--net", "--mount", "--pid"]
        return [*enter, *map(str, command)]

    def machine(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command where the auditing machine would."""
        return subprocess.run(
            self.inside(*command), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE
        )

    def __call__(self, *arguments: str | Path) -> str:
        """Run the lab's command, which must succeed, and give what it printed."""
        run = self.machine(self.command, *arguments)
        assert run.returncode == 0, f"lab {arguments} ended with {run.returncode}: {run.stdout}{run.stderr}"
        return run.stdout

    def ssh(self, login: str, command: str) -> subprocess.CompletedProcess[str]:
        """Run a shell command on a host, over ssh as the lab configures it."""
        return self.machine("ssh", "-F", "/run/hostproof-lab/ssh_config", "-o", "BatchMode=yes", login, command)

    def traces(self) -> dict[str, list[str]]:
        """All that a lab can leave behind on a machine."""
        processes = sorted(self.machine("ps", "-eo", "args=").stdout.splitlines())
        return {
            "processes": [line for line in processes if "<defunct>" not in line],
            "mounts": sorted(self.machine("findmnt", "-rno", "TARGET").stdout.split()),
            "namespaces": self.machine("ip", "netns", "list").stdout.splitlines(),
            "links": sorted(line.split()[1] for line in self.machine("ip", "-o", "link").stdout.splitlines()),
            "cgroups": sorted(glob("/sys/fs/cgroup/hp-lab-selftest-*") + glob("/sys/fs/cgroup/*/hp-lab-selftest-*")),
            "state": self.machine("sh", "-c", "ls -d /run/hostproof-lab* || true").stdout.split(),
            "inventory": [str(self.inventory)] if self.inventory.exists() else [],
            "limit": [Path(LIMIT).read_text()],
        }


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    if os.geteuid() != 0:
        if os.environ.get("HOSTPROOF_REQUIRE_LAB") == "1":
            pytest.fail("the lab needs root, and HOSTPROOF_REQUIRE_LAB=1 forbids to skip it")
        pytest.skip("the lab needs root")
    namespaces = ["--net", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child", "--mount-proc"]
    holder = subprocess.Popen(["unshare", *namespaces, "sh", "-c", HOLD], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout
        assert holder.stdout.readline() == "ready\n"
        child = Path(f"/proc/{holder.pid}/task/{holder.pid}/children").read_text().split()[0]
        world = Lab(tmp_path, int(child))
        yield world
        world.machine(world.command, "down")
    finally:
        holder.kill()
        holder.communicate()
