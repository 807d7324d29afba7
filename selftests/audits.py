"""Fixtures: a small audit project of its own for each test, and a real sshd that it can be run against."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
TRIES = 5  # ports of which one is still free when sshd takes it
SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

DOCUMENT = """
title: A document
demands:
  DOC-1: {section: One, kind: explicit, demand: Something is so.}
  DOC-2: {section: Two, kind: explicit, demand: Something else is so.}
"""
RECOMMENDATIONS = """
first: &it
  title: The first thing
  severity: high
  why: Because.
  meets: [DOC-1]
  fix: {debian: Do it the Debian way., any: Do it.}
second: *it
"""
PROFILE = """
title: All of it
recommendations: [first, second]
values: {limit: 5, ports: [80]}
"""
PASSING = """
from hostproof import recommendation

@recommendation("first")
def test_first(host):
    assert host.run("echo yes").stdout == "yes\\n", "echo is broken"

@recommendation("second")
def test_second(host):
    assert host.file("/").is_directory, "there is no root"
"""


@dataclass
class Outcome:
    """What a run of the project gave: exit status, terminal text, results by (host, recommendation), the folder of reports."""

    status: int
    text: str
    results: dict[tuple[str, str], dict]
    reports: Path

    @property
    def verdicts(self) -> dict[tuple[str, str], str]:
        return {key: record["verdict"] for key, record in self.results.items()}


@dataclass
class Project:
    """A folder laid out as an audit repository, judged by the real engine in a process of its own."""

    folder: Path

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(
        self, *arguments: str, timeout: float = 120, keep_cache: bool = False, through: Sequence[str] = (), **environment: str
    ) -> Outcome:
        """Judge; through: the words of a command that starts another one, as `env` does."""
        forget = [] if keep_cache else ["-p", "no:cacheprovider"]
        command = [*through, sys.executable, "-m", "pytest", *forget, *arguments]
        env = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
        run = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=timeout)
        results = self.folder / "reports" / "results.jsonl"
        records = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
        by_key = {(r["host"], r["recommendation"]): r for r in records}
        return Outcome(run.returncode, run.stdout + run.stderr, by_key, self.folder / "reports")

    def hosts(self, *names: str, zones: dict[str, str] | None = None) -> None:
        """An inventory `many` of stand-ins: this machine under several names."""
        entries = {name: {"hostproof_zone": zone} if (zone := (zones or {}).get(name)) else {} for name in names}
        inventory = {"all": {"hosts": entries, "vars": {"ansible_connection": "local"}}}
        self.write("inventories/many.yml", json.dumps(inventory))

    def hostproof(self, *arguments: str, timeout: float = 120, reports: str = "reports") -> Outcome:
        """Run the `hostproof` command; its output folder is `reports`."""
        command = [sys.executable, "-m", "hostproof.cli", *arguments]
        env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        run = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=timeout)
        return Outcome(run.returncode, run.stdout + run.stderr, self.results(reports), self.folder / reports)

    def results(self, reports: str) -> dict[tuple[str, str], dict]:
        """The records in that folder, by host and recommendation."""
        path = self.folder / reports / "results.jsonl"
        records = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        return {(r["host"], r["recommendation"]): r for r in records}


def new_project(folder: Path) -> Project:
    """Two recommendations that pass on any host."""
    project = Project(folder / "project")
    project.write("documents/doc.yml", DOCUMENT)
    project.write("tests/topic/recommendations.yml", RECOMMENDATIONS)
    project.write("tests/topic/test_topic.py", PASSING)
    project.write("profiles/alliance.yml", PROFILE)
    for name in ("pytest.ini", "conftest.py"):
        shutil.copy(REPOSITORY / name, project.folder / name)
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two recommendations that pass on any host."""
    return new_project(tmp_path)


@dataclass
class Sshd:
    """A real sshd on a loopback port, run by whoever runs the tests."""

    folder: Path
    port: int
    host: str

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def logins(self) -> int:
        return self.log.count("Accepted publickey")

    def new_host_key(self) -> None:
        """From now on it shows another host key than the one that is known."""
        (self.folder / "host_key").unlink()
        _key(self.folder / "host_key")


def _key(path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path], check=True)


def _free_ports(count: int) -> Iterator[int]:
    """Ports that nobody had a moment ago."""
    for _ in range(count):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        yield port


@pytest.fixture
def start_sshd(tmp_path: Path) -> Iterator[Callable[..., Sshd]]:
    """Starts sshds; `extra` are further lines of its configuration, such as a ForceCommand."""
    with sshds(tmp_path) as start:
        yield start


@contextmanager
def sshds(tmp_path: Path) -> Iterator[Callable[..., Sshd]]:
    """Gives what starts sshds, as the fixture start_sshd; they end with the block."""
    if SSHD is None:
        pytest.skip("needs sshd (package openssh-server)")
    running: list[subprocess.Popen] = []

    def start(extra: str = "") -> Sshd:
        folder = tmp_path / f"sshd{len(running)}"
        folder.mkdir(mode=0o700)
        user = getpass.getuser()
        for name in ("host_key", "user_key"):
            _key(folder / name)
        shutil.copy(folder / "user_key.pub", folder / "authorized_keys")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        port = next(port for port in _free_ports(TRIES) if _listens(_started(folder, port, extra, running), folder / "log"))
        public = (folder / "host_key.pub").read_text()
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {public}")
        (folder / "ssh_config").write_text(f"Host *\n  UserKnownHostsFile {folder}/known_hosts\n  IdentitiesOnly yes\n")
        options = f"ssh_config={folder}/ssh_config&ssh_identity_file={folder}/user_key"
        return Sshd(folder, port, f"ssh://{user}@127.0.0.1:{port}?{options}")

    try:
        yield start
    finally:
        for process in running:
            process.terminate()
            process.wait(timeout=10)


def _started(folder: Path, port: int, extra: str, running: list[subprocess.Popen]) -> subprocess.Popen:
    # sshd ignores keys in folders that others can write to, such as a test's; only the file is judged here
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/host_key\nAuthorizedKeysFile {folder}/authorized_keys\n"
        f"StrictModes no\nUsePAM no\nPidFile none\nLogLevel VERBOSE\nPermitRootLogin yes\n{extra}\n"
    )
    with (folder / "log").open("w") as log:
        running.append(subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "sshd_config"], stderr=log))
    return running[-1]


def _listens(process: subprocess.Popen, log: Path) -> bool:
    """Whether it does, by its own word: somebody else may have been quicker to take the port."""
    deadline = time.monotonic() + 10
    while "Server listening on" not in log.read_text(errors="replace"):
        if process.poll() is not None and "already in use" in log.read_text(errors="replace"):
            return False
        if process.poll() is not None or time.monotonic() > deadline:
            raise TimeoutError(f"sshd does not listen: {log.read_text(errors='replace')}")
        time.sleep(0.05)
    return True
