"""Whole hosts that are stricter or poorer than usual: what can be told is told, the rest is unknown, and nothing fails for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hostproof import catalogue
from selftests.proofs.test_proofs import WITHOUT_OBJECT

REPOSITORY = Path(__file__).resolve().parents[2]
# What people state in an inventory, and no host shows, says nothing of hosts; what hosts of the lab do not have, nothing either.
ATTESTED = {r.id for r in catalogue.load(REPOSITORY).recommendations.values() if r.attested}
NOT_JUDGED = ATTESTED | WITHOUT_OBJECT
HOST = f"hardened-{os.getpid()}"  # the lab is shared: another run, of another checkout, has its own
PROFILE = "strict"  # asks everything that there is
GOLDEN = {"ansible_user": "root", "hostproof_profile": PROFILE, "hostproof_root_login_networks": ["10.99.0.0/24"]}
BY_SUDO = GOLDEN | {"ansible_user": "admin", "ansible_become": True}
# For every session: what root mounts read-only on a running host is busy.
READ_ONLY = """
mkdir -p /etc/systemd/system/ssh.service.d
printf '[Service]\\nProtectSystem=strict\\nProtectHome=read-only\\n' > /etc/systemd/system/ssh.service.d/read-only.conf
systemctl daemon-reload
systemctl restart ssh
"""
GONE = 'for tool in {}; do path=$(command -v "$tool") || continue; mv "$path" "$path.gone"; done'.format
FAILS = 'path=$(command -v {}) && printf "#!/bin/sh\\nexit 1\\n" > "$path"'.format

# What was done to the host, the verdicts that may then be given, and words that the reasons of the unknown ones share.
CASES = {
    "no-programs-in-tmp": ("mount -o remount,noexec /tmp", GOLDEN, {"pass"}, ""),
    "read-only-root": (READ_ONLY, GOLDEN, {"pass"}, ""),
    "no-base64-and-gzip": (GONE("base64 gzip zcat openssl"), GOLDEN, {"pass"}, ""),
    "no-timeout": (GONE("timeout"), GOLDEN, {"pass"}, ""),
    "no-nice": (GONE("nice ionice"), GOLDEN, {"pass"}, ""),
    "sudo": ("true", BY_SUDO, {"pass"}, ""),
    "sudo-asks-for-a-password": (
        "grep -rl admin /etc/sudoers.d | xargs rm; echo 'admin ALL=(ALL) ALL' > /etc/sudoers.d/asks", BY_SUDO, {"unknown"},
        "password",
    ),
    "sudo-wants-a-terminal": ("echo 'Defaults requiretty' > /etc/sudoers.d/tty", BY_SUDO, {"unknown"}, "tty"),
}  # fmt: skip


def lab(*arguments: str) -> None:
    subprocess.run([REPOSITORY / "lab" / "lab", *arguments], check=True, capture_output=True, timeout=300)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., dict[str, dict]]]:
    """Changes a golden host by a script and gives the records of its audit, by recommendation."""
    if os.geteuid() != 0:
        pytest.skip("the lab needs root")
    lab("up", "--profile", PROFILE, f"{HOST}=debian12")

    def audit(script: str, variables: dict[str, object]) -> dict[str, dict]:
        folder = tmp_path_factory.mktemp("hardened")
        (folder / "hosts.yml").write_text(json.dumps({"all": {"hosts": {HOST: variables}}}))
        (folder / "change.sh").write_text(script)
        lab("reset", HOST)
        lab("apply", HOST, str(folder / "change.sh"))
        command = [sys.executable, "-m", "pytest", "--ssh-config=/run/hostproof-lab/ssh_config", f"--reports={folder}"]
        command.append("--probe=none")  # what a hardened host says of itself is in question
        command.append(f"--hosts={folder}/hosts.yml")
        run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=300)
        assert "Traceback" not in run.stdout + run.stderr
        records = [json.loads(line) for line in (folder / "results.jsonl").read_text().splitlines()]
        assert records, run.stdout + run.stderr
        return {record["recommendation"]: record for record in records if record["recommendation"] not in NOT_JUDGED}

    yield audit
    lab("down", HOST)


@pytest.mark.parametrize("case", CASES)
def test_a_hardened_host(judge, case):
    script, variables, verdicts, words = CASES[case]

    records = judge(script, variables)

    said = {name: (record["verdict"], record["reason"]) for name, record in records.items()}
    assert {verdict for verdict, _ in said.values()} == verdicts, said
    assert all(words in reason for verdict, reason in said.values() if verdict == "unknown"), said


TOOLS = ["awk", "cat", "date", "find", "getent", "grep", "ip", "readlink", "sort", "ss", "ssh-keygen", "stat", "systemctl", "tr"]


@pytest.mark.parametrize("tool", TOOLS)
def test_without_a_tool_nothing_is_taken_for_seen(judge, tool):
    records = judge(GONE(tool), GOLDEN)

    said = {name: (record["verdict"], record["reason"]) for name, record in records.items()}
    assert {verdict for verdict, _ in said.values()} <= {"pass", "unknown"}, said


@pytest.mark.parametrize("tool", ["getent", "ssh-keygen", "systemctl"])
def test_a_tool_that_fails_says_nothing(judge, tool):
    records = judge(FAILS(tool), GOLDEN)

    said = {name: (record["verdict"], record["reason"]) for name, record in records.items()}
    assert {verdict for verdict, _ in said.values()} == {"pass", "unknown"}, said
