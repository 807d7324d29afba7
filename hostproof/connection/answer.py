"""One command and what the host answered."""

from __future__ import annotations

from dataclasses import dataclass

TIMED_OUT = 124
NOT_FOUND = 127


@dataclass(frozen=True)
class Command:
    """POSIX-sh text to run on a host, and its bounds.

    seconds: the host ends the command after that time (exit status 124).
    limit: bytes of standard output kept; more is cut off and marked as truncated.
    slow: it may take a second and more; it runs beside the others of its batch, at low priority.
    """

    text: str
    seconds: int = 20
    limit: int = 2_000_000
    slow: bool = False


@dataclass(frozen=True)
class Answer:
    """What one command printed.

    stdout and stderr are UTF-8; bytes that are not are shown as ``\\xNN``. stderr keeps its last 4000 bytes.
    status is the exit status, 124 when the time ran out. seconds is the time it took on the host, to a hundredth.
    """

    command: str
    status: int
    stdout: str
    stderr: str = ""
    truncated: bool = False
    seconds: float = 0.0
