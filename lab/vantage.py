"""The outside as a machine that one can log in to: `ssh -F /run/hostproof-lab/outside/ssh_config outside`.

No daemon waits there. ssh itself starts an sshd for each connection, in the outside's namespace: this machine's programs on the
outside's network.
"""

from __future__ import annotations

import os
from pathlib import Path

import network
from roots import KEY
from state import STATE, run

FOLDER = STATE / "outside"
SSH_CONFIG = FOLDER / "ssh_config"


def build() -> None:
    """Writes what ssh and sshd need, unless it is there already."""
    if SSH_CONFIG.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "host_key").unlink(missing_ok=True)
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", FOLDER / "host_key")
    (FOLDER / "authorized_keys").write_text(Path(f"{KEY}.pub").read_text())
    (FOLDER / "known_hosts").write_text(f"outside {(FOLDER / 'host_key.pub').read_text()}")
    (FOLDER / "sshd_config").write_text(_SSHD)
    draft = FOLDER / "ssh_config.new"
    draft.write_text(_SSH)
    os.replace(draft, SSH_CONFIG)


_SSHD = f"""HostKey {FOLDER}/host_key
AuthorizedKeysFile {FOLDER}/authorized_keys
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
PidFile none
"""
# sshd needs its empty directory, which a machine without a running sshd may lack.
_SSH = f"""Host outside
    ProxyCommand sh -c 'mkdir -p -m 755 /run/sshd; exec ip netns exec {network.OUTSIDE} /usr/sbin/sshd -i -f {FOLDER}/sshd_config'
    User root
    IdentityFile {KEY}
    IdentitiesOnly yes
    UserKnownHostsFile {FOLDER}/known_hosts
    GlobalKnownHostsFile /dev/null
    StrictHostKeyChecking yes
    ControlPath none
"""
