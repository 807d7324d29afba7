"""Private keys for SSH that lie in homes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from hostproof.connection import Answer
from hostproof.probes.sshd.records import records


@dataclass(frozen=True)
class PrivateKey:
    """format: openssh, putty or pem. locked: nobody can use it without its passphrase."""

    path: str
    format: str
    locked: bool

    @property
    def is_for_ssh(self) -> bool:
        """A web server's keys are PEM as well: only in `.ssh` it is sure that such a key is meant for SSH."""
        return self.format != "pem" or "/.ssh/" in self.path

    def __str__(self) -> str:
        return f"{self.path} ({'with' if self.locked else 'without'} a passphrase)"


@dataclass
class PrivateKeys:
    """What was found, and why there may be more."""

    keys: list[PrivateKey] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def for_ssh(self, allowed: Collection[str]) -> list[str]:
        """Those for SSH, but for paths that a pattern of `allowed` matches."""
        return [str(key) for key in self._besides(allowed) if key.is_for_ssh]

    def perhaps_for_ssh(self, allowed: Collection[str]) -> list[str]:
        """Those that may as well be for something else."""
        return [str(key) for key in self._besides(allowed) if not key.is_for_ssh]

    def _besides(self, allowed: Collection[str]) -> list[PrivateKey]:
        return [key for key in self.keys if not any(fnmatchcase(key.path, pattern) for pattern in allowed)]


def read_private_keys(answer: Answer) -> PrivateKeys:
    """What private_keys.sh printed.

    >>> read_private_keys(Answer("", 0, "key\\topenssh\\topen\\t/root/.ssh/id_ed25519\\n")).keys[0].locked
    False
    """
    found = PrivateKeys()
    for kind, fields in records(answer.stdout):
        match kind, fields:
            case "key", [form, ("open" | "locked") as lock, path]:
                found.keys.append(PrivateKey(path, form, lock == "locked"))
            case "unseen", [why]:
                found.unseen.append(why)
            case _:
                raise ValueError(f"unexpected line {kind!r}")
    return found
