"""How a shell is started on a host, and what it means when that fails."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from hostproof.inventory import HostDescription
from hostproof.text import one_line

# Given on the command line, these win over the user's configuration, which is honoured for all the rest
# (aliases, ProxyJump, agents, certificates, known_hosts).
_SSH_OPTIONS = (
    "BatchMode=yes",
    "Compression=yes",
    "StrictHostKeyChecking=yes",
    "UpdateHostKeys=no",
    "ClearAllForwardings=yes",
    "ForwardAgent=no",
    "ForwardX11=no",
    "ControlMaster=no",  # a session ends when its host is judged, and must not take others with it
    "PermitLocalCommand=no",
    "RemoteCommand=none",
    "RequestTTY=no",
    "ServerAliveInterval=10",
    "ServerAliveCountMax=3",
)


def shell_argv(host: HostDescription, connect_timeout: int) -> list[str]:
    """The argument list that starts a shell on `host`, through `sudo` when the host's description asks for it."""
    return argv_on(host, connect_timeout, ["sh"])


def argv_on(host: HostDescription, connect_timeout: int, program: Sequence[str], control: Path | None = None) -> list[str]:
    """The argument list that starts `program` on `host`, through `sudo` when the host's description asks for it.

    control: the path of `shared_argv`, to go by that log-in; a log-in of its own is made where that takes nobody any more.
    """
    words = list(program)
    if host.sudo:
        words = ["sudo", "-n", *(["-u", host.sudo_user] if host.sudo_user else []), "--", *words]
    if host.connection == "local":
        return words
    return [*_ssh(host, connect_timeout, ["-S", str(control)] if control else []), shlex.join(words)]


def shared_argv(host: HostDescription, connect_timeout: int, control: Path) -> list[str]:
    """The argument list that logs in to `host` for others to use: it repeats its input, and lasts as long as that does.

    control: a path where a socket for `through_argv` can be made, also for `argv_on`.
    """
    return [*_ssh(host, connect_timeout, ["-o", "ControlMaster=yes", "-S", str(control)]), "cat"]


def through_argv(host: HostDescription, connect_timeout: int, control: Path, place: str) -> list[str]:
    """The argument list whose input and output are a TCP connection from `host` to `place`, such as 192.0.2.7:443.

    It goes through the log-in that made `control`; where that has ended, it fails instead of logging in again.
    """
    return _ssh(host, connect_timeout, ["-o", "ProxyCommand=false", "-S", str(control), "-W", place])


def _ssh(host: HostDescription, connect_timeout: int, first: Sequence[str] = ()) -> list[str]:
    """first: options that win over all others."""
    argv = ["ssh", *first]
    for option in (*_SSH_OPTIONS, f"ConnectTimeout={connect_timeout}"):
        argv += ["-o", option]
    if host.known_hosts is not None:
        argv += ["-o", f"UserKnownHostsFile={host.known_hosts}", "-o", "GlobalKnownHostsFile=/dev/null"]
    for flag, value in (("-F", host.ssh_config), ("-i", host.identity_file), ("-l", host.user), ("-p", host.port)):
        if value is not None:
            argv += [flag, str(value)]
    return [*argv, "--", host.address]


def why_unreachable(host: HostDescription, said: str, lost: str, seconds: float) -> str:
    """One line for a session that never started.

    said: the error output of ssh or sudo. lost: what the session saw. seconds: how long it took.
    """
    for pattern, sentence in _COMPLAINTS:
        if found := re.search(pattern, said):
            return one_line(sentence.format(*found.groups(), name=host.name, after=f"after {seconds:.1f} s"))
    last = one_line(said.strip().rpartition("\n")[2])
    return f"{last or lost} (after {seconds:.1f} s)"


_COMPLAINTS = (
    (
        r"connect to host (\S+) port (\d+): (Connection refused)",
        "{2} by {0} port {1} {after}",
    ),
    (
        r"connect to host (\S+) port (\d+): (.+?)\r?\n",
        "{2}: {0} port {1} {after}",
    ),
    (
        r"Could not resolve hostname (\S+): (.+?)\r?\n",
        "the name {0} does not resolve: {1}",
    ),
    (
        r"(?s)REMOTE HOST IDENTIFICATION HAS CHANGED.*Offending \S+ key in (\S+?):(\d+)",
        "its SSH host key has changed (known one: {0} line {1}); find out why, and only then replace that line",
    ),
    (
        r"REMOTE HOST IDENTIFICATION HAS CHANGED",
        "its SSH host key has changed; find out why, and only then replace the known one",
    ),
    (
        r"No (\S+) host key is known for (\S+) and you have requested strict checking",
        "its SSH host key ({0}) is not in known_hosts; verify it, then add it for {1}",
    ),
    (
        r"Host key verification failed",
        "its SSH host key could not be verified; see known_hosts",
    ),
    (
        r"(Permission denied \([^)]*\))",
        "{0}: offer an SSH key that the host accepts (agent, ssh_config or --ssh-identity-file)",
    ),
    (
        r"sudo: (.+?)\r?\n",
        "sudo refused: {0}; let this user run sudo without a password, or audit without --sudo",
    ),
)
