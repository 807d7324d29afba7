"""A host whose sshd is real, and whose answers are recorded: what many of them cost is then what we and ssh cost.

Without it the targets of a bench, which are all on one machine, take their own commands' time from the auditor's.
"""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from hostproof.connection import Command
from hostproof.connection.framing import preamble, program

FOLDER = "/root/replay"
PLAYER = Path(__file__).with_name("replay.pl")
SWITCH_ON = f"""
printf 'ForceCommand perl {FOLDER}/replay.pl {FOLDER}\\n' > /etc/ssh/sshd_config.d/00-replay.conf
sshd -t && systemctl reload ssh
"""


def replay(ssh: Sequence[str], commands: Sequence[Command]) -> str:
    """From now on the host that `ssh` reaches, as root, answers every session by what it answers to `commands` now.

    Returns the program to which one session then answers all of that.
    """
    text = preamble(secrets.token_hex(8)) + program(list(enumerate(commands, 1)))
    answers = _run(ssh, "sh", text.encode())
    for name, content in {"program": text.encode(), "answers": answers, PLAYER.name: PLAYER.read_bytes()}.items():
        _run(ssh, f"mkdir -p {FOLDER} && cat > {FOLDER}/{name}", content)
    _run(ssh, "sh -e", SWITCH_ON.encode())
    time.sleep(1)  # the time that sshd needs to listen again
    if len(_run(ssh, "sh", text.encode())) != len(answers):
        sys.exit("replay.py: the host does not answer as it was recorded")
    return text


def _run(ssh: Sequence[str], command: str, given: bytes) -> bytes:
    done = subprocess.run([*ssh, command], input=given, capture_output=True)
    if done.returncode or not (done.stdout or "cat >" in command or "-e" in command):
        sys.exit(f"replay.py: {command}: {done.stderr[-500:].decode(errors='replace')}")
    return done.stdout
