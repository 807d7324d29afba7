"""What services told a stranger who asked them further: which they are, and what they offer to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from hostproof.outside.ports import Protocol
from hostproof.services import Service, services

PASSWORDS = ("password", "keyboard-interactive", "none")  # SSH: methods by which somebody without a key may get in


@dataclass(frozen=True)
class Reply:
    """What one open port answered.

    service: the id of what it is in data/well_known_services.yml, as far as its answers show that. said: nmap's words for it.
    http: whether it spoke HTTP; who answers then may be behind a proxy. log_ins: the methods that SSH offers to a stranger.
    faults: what it does for strangers, and should not. unclear: what it could not be asked, and why.

    Example: Reply("192.0.2.7", "tcp", 13306, "mysql", "mysql MariaDB")
    """

    address: str
    protocol: Protocol
    port: int
    service: str = ""
    said: str = ""
    http: bool = False
    log_ins: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    unclear: str = ""

    @property
    def offered(self) -> Service | None:
        """The service; None when its answers do not show it."""
        return services().get(self.service)

    @property
    def password_log_ins(self) -> list[str]:
        """The methods of SSH by which somebody without a key may get in."""
        return [method for method in self.log_ins if method in PASSWORDS]

    def __str__(self) -> str:
        log_ins = f"log-ins by {', '.join(self.log_ins)}" if self.log_ins else ""
        return "; ".join(filter(None, (self.said or "not recognised", log_ins, *self.faults, self.unclear)))


@dataclass(frozen=True)
class Replies:
    """All that was answered by one host. error: why there may be more; a port without a reply may be anything."""

    known: tuple[Reply, ...] = ()
    error: str = ""

    def of(self, address: str, protocol: Protocol, port: int) -> Reply | None:
        """What was answered there; None when it was not asked, or did not answer in time."""
        return next((r for r in self.known if (r.address, r.protocol, r.port) == (address, protocol, port)), None)

    def as_json(self) -> dict[str, Any]:
        """JSON values; `from_json` takes them back in another process."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Replies:
        return cls(tuple(_reply(reply) for reply in values["known"]), values["error"])


def _reply(values: Mapping[str, Any]) -> Reply:
    return Reply(**{**values, "log_ins": tuple(values["log_ins"]), "faults": tuple(values["faults"])})
