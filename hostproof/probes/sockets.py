"""The sockets that wait on a host, as anybody there can read them."""

from __future__ import annotations

from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.probes.listeners.sockets import SOCKETS, Socket, read_sockets, told_by_ss, without_loopback
from hostproof.probes.probe import Probe, Reading

# Of sockets that listen (00010000, 01) and of those on which a client was taken (00000000, 03).
UNIX = r"""
# list the stream and seqpacket unix sockets that have a path
readlink -f /var/run || exit
sed -nE 's/^[^ ]+ [^ ]+ [^ ]+ (00010000|00000000) 000[15] (01|03) +[0-9]+ (.+)$/\1 \2 \3/p' /proc/net/unix
"""
KINDS = ("00010000 01 ", "00000000 03 ")


@dataclass(frozen=True)
class Inet:
    """Sockets that take connections or datagrams. certain: else one that is said to be for both families may be for IPv6 only."""

    sockets: tuple[Socket, ...]
    certain: bool


@dataclass(frozen=True)
class Unix:
    """Paths of unix sockets: of each that listens, and of it again for each client that it has taken.

    run: where /var/run leads. Paths do not begin with /var/run when that leads elsewhere.
    """

    run: str
    listening: tuple[str, ...]
    taken: tuple[str, ...]

    def plain(self, path: str) -> str:
        """The path without the detour by /var/run."""
        return _plain(path, self.run)


def read_inet(answer: Answer) -> Inet:
    return Inet(tuple(read_sockets(answer)), told_by_ss(answer))


def read_unix(answer: Answer) -> Unix:
    run, *lines = answer.stdout.removesuffix("\n").split("\n")
    if not run.startswith("/"):
        raise ValueError(f"/var/run leads to {run!r}")
    listening, taken = (tuple(_plain(line[len(kind) :], run) for line in lines if line.startswith(kind)) for kind in KINDS)
    return Unix(run, listening, taken)


def _plain(path: str, run: str) -> str:
    return f"{run}/{path.removeprefix('/var/run/')}" if path.startswith("/var/run/") else path


class Sockets(Probe):
    """What testinfra's `host.socket` is about, read without root and without knowing who holds a socket.

    Example: inet.sockets == (Socket("tcp", ("v4",), 0.0.0.0, 22), ...), unix.listening == ("/run/docker.sock", "@/abstract", ...)
    Blind spots: other network namespaces. Who listens, and who can reach it, is for `host.listeners`, which needs root.
    """

    inet = Reading(SOCKETS, read_inet, limit=20_000_000, shows=without_loopback)
    unix = Reading(UNIX, read_unix)
