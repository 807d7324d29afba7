"""Real hosts for the proofs: each pytest-xdist worker boots its own, one for each kind and profile it needs."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
LAB = REPOSITORY / "lab" / "lab"
OUTSIDE = "/run/hostproof-lab/outside/ssh_config"  # how to log in where nobody trusts us
SLOW_SCRIPT = 300  # seconds that a proof's script may take
MOST = 4  # hosts of one worker: proofs come kind by kind
RESTART = 10  # seconds after which an sshd that does not listen is part of the proof


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-kinds", action="store_true", help="each proof on every kind of host that its header names")


class LabHost:
    """A booted host of the lab, which a proof may spoil: it is put back before the next one."""

    def __init__(self, name: str, kind: str, profile: str, folder: Path) -> None:
        self.name, self.kind, self.profile, self.spoilt = name, kind, profile, False
        self._control = folder / "control"
        self._config = folder / "ssh_config"
        self._config.write_text(f"Include {OUTSIDE}\nHost *\n  ControlPath {self._control}\n")
        self._inventory = folder / "inventory.yml"
        self._variables: dict[str, Any] = {}  # what the proof says otherwise than the lab's inventory
        lab("up", "--profile", profile, f"{name}={kind}")

    def apply(self, script: Path) -> None:
        """Run the proof's script on the host, and give an sshd that it restarted the time to listen again.

        The log-in for the engine is made before: a proof may well take away every way to log in.
        """
        self.spoilt = True
        ssh("-M", "-S", str(self._control), "-f", "-N", self.name)
        lab("apply", self.name, str(script))
        self._variables = inventory_of(script)
        address = self._described()["ansible_host"]
        deadline = time.monotonic() + RESTART
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex((address, 22)) == 0:
                    return
            time.sleep(0.1)

    def reset(self) -> None:
        """Make it golden again."""
        if self.spoilt:
            self._log_out()
            lab("reset", self.name)
            self.spoilt, self._variables = False, {}

    def end(self) -> None:
        """Take it down."""
        try:
            self._log_out()
        finally:
            lab("down", self.name)

    def _log_out(self) -> None:
        if self._control.exists():
            ssh("-S", str(self._control), "-O", "exit", self.name)

    def run(self, command: str) -> str:
        """What a shell command prints on the host, run there as root and past the engine."""
        return lab("shell", self.name, "sh", "-c", command)

    def judge(self, reports: Path, *arguments: str, project: Path = REPOSITORY) -> dict[str, dict]:
        """Judge it by the real engine over real ssh; records by recommendation.

        project: the product, or a changed copy of it.
        """
        self._inventory.write_text(yaml.safe_dump({"all": {"hosts": {self.name: self._described() | self._variables}}}))
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--hosts={self._inventory}"]
        command += [f"--ssh-config={self._config}", f"--limit={self.name}", f"--profile={self.profile}"]
        command += ["--probe-from=ssh://outside", "--probe-rate=2000", f"--reports={reports}", *arguments]
        run = subprocess.run(command, cwd=project, env=_plain(os.environ), capture_output=True, text=True, timeout=600)
        results = reports / "results.jsonl"
        records = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
        assert records, f"the engine judged nothing:\n{run.stdout}{run.stderr}"
        return {record["recommendation"]: record for record in records}

    def _described(self) -> dict[str, Any]:
        """The host's variables in the lab's inventory."""
        return yaml.safe_load((REPOSITORY / "inventories" / "lab.yml").read_text())["all"]["hosts"][self.name]


def inventory_of(script: Path) -> dict[str, Any]:
    """The variables in the `# inventory: NAME: VALUE` lines of a proof, with days in the place of TODAY, TODAY-30, TODAY+30."""
    lines = re.findall(r"^# inventory: *(.+)$", script.read_text(), re.MULTILINE)
    today = datetime.now(UTC).date()
    dated = re.sub(r"TODAY([+-]\d+)?", lambda found: str(today + timedelta(days=int(found[1] or 0))), "\n".join(lines))
    return yaml.safe_load(dated) or {}


def ssh(*arguments: str) -> None:
    """Run ssh as the lab configures it. What stays in the background keeps none of our pipes open."""
    command = ["ssh", "-F", "/run/hostproof-lab/ssh_config", "-o", "BatchMode=yes", *arguments]
    nowhere = subprocess.DEVNULL
    run = subprocess.run(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, timeout=30)
    assert run.returncode == 0, f"{' '.join(command)} ended with {run.returncode}"


def lab(*arguments: str) -> str:
    """Run the lab's command and give what it printed; its complaint is the test's."""
    run = subprocess.run([LAB, *arguments], capture_output=True, text=True, timeout=SLOW_SCRIPT)
    assert run.returncode == 0, f"lab {' '.join(arguments)} ended with {run.returncode}: {run.stdout}{run.stderr}"
    return run.stdout


def _plain(environment: os._Environ) -> dict[str, str]:
    """The environment without what this pytest told itself and its workers."""
    return {name: value for name, value in environment.items() if not name.startswith("PYTEST_")}


@pytest.fixture(scope="session")
def _hosts() -> Iterator[dict[tuple[str, str], LabHost]]:
    hosts: dict[tuple[str, str], LabHost] = {}
    yield hosts
    for host in hosts.values():
        host.end()


@pytest.fixture
def golden(
    _hosts: dict[tuple[str, str], LabHost],
    testrun_uid: str,
    worker_id: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, str], LabHost]:
    """A golden host of a kind and a profile: `golden("debian12", "alliance")`."""
    if os.geteuid() != 0:
        pytest.skip("the lab needs root")

    def host(kind: str, profile: str) -> LabHost:
        if (kind, profile) not in _hosts:
            if len(_hosts) == MOST:
                _hosts.pop(next(iter(_hosts))).end()
            _hosts[kind, profile] = LabHost(
                f"p{testrun_uid[:4]}-{worker_id}-{kind}-{profile}", kind, profile, tmp_path_factory.mktemp("ssh")
            )
        _hosts[kind, profile] = _hosts.pop((kind, profile))  # the one of longest ago is the first to go
        _hosts[kind, profile].reset()
        return _hosts[kind, profile]

    return host
