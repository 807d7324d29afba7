"""What the engine knows about a host before it has spoken to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Login:
    """How to log in where a host does not say it: the options of the command line."""

    sudo: bool = False
    sudo_user: str | None = None
    ssh_config: str | None = None
    identity_file: str | None = None


@dataclass(frozen=True)
class HostDescription:
    """One host: its name, how it is reached, and what its inventory says about it.

    Example: HostDescription("web1", "ssh", address="192.0.2.7", port=2222, user="audit", sudo=True, groups=("web",),
                             variables={"hostproof_profile": "alliance"})
    """

    name: str
    """What the user calls the host, unique in a run: letters, digits, ., _, - or an IPv6 address."""
    connection: str
    """`local` or `ssh`."""
    address: str = ""
    """For ssh: host name or IP address that OpenSSH is given (IPv6 without brackets)."""
    port: int | None = None
    user: str | None = None
    identity_file: str | None = None
    """Absolute path; it need not exist."""
    ssh_config: str | None = None
    """Absolute path of a file that existed when the inventory was read; only the command line may name one."""
    known_hosts: str | None = None
    """Absolute path of the file that holds the host's key, where that is not the user's own known_hosts."""
    sudo: bool = False
    sudo_user: str | None = None
    """Whom sudo turns into; None is root."""
    groups: tuple[str, ...] = ()
    """The groups that hold it, parents included, sorted; without `all` and `ungrouped`."""
    variables: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Plain JSON values; secrets were left out when the inventory was read. Templates are text, not evaluated."""

    def as_json(self) -> dict[str, Any]:
        """The description as JSON values; `from_json` takes it back (on another pytest-xdist worker)."""
        return {**{field.name: getattr(self, field.name) for field in fields(self)}, "groups": list(self.groups)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> HostDescription:
        return cls(**{**values, "groups": tuple(values["groups"])})
