"""Which hosts of a run are this process's share, when several machines judge a fleet together.

A host's shard depends on its name alone: it stays the same when other hosts come or go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from hostproof.errors import UsageError

MOST = 100_000
ZONE_VARIABLE = "hostproof_zone"
_ZONE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class Shard:
    """Share `number` (from 1) of `of`; with a zone, of that zone's hosts only ("": those that name no zone)."""

    number: int = 1
    of: int = 1
    zone: str | None = None

    def holds(self, host: str, zone: str) -> bool:
        """Whether the host of that name and zone is in this share."""
        return number_of(host, self.of) == self.number and self.zone in (None, zone)

    @property
    def whole(self) -> bool:
        """Whether it is all there is."""
        return self.of == 1 and self.zone is None

    @property
    def folder(self) -> str:
        """Its folder below reports/."""
        return f"shard-{self.zone}-{self.number}" if self.zone else f"shard-{self.number}"

    def __str__(self) -> str:
        zone = "" if self.zone is None else f" of zone {self.zone}" if self.zone else " of no zone"
        return f"shard {self.number} of {self.of}{zone}"


def number_of(host: str, of: int) -> int:
    """The shard, from 1, that holds the host of that name."""
    return int.from_bytes(sha256(host.encode()).digest()[:8]) % of + 1


def shard_from(text: str | None, zone: str | None = None) -> Shard:
    """The shard that `--shard=K/N` and `--zone=NAME` mean; all hosts without them. Raises UsageError."""
    if zone and not _ZONE.fullmatch(zone):
        raise UsageError(f"--zone={ascii(zone)[:60]}: a zone's name is letters, digits, '.', '_' and '-'")
    if text is None:
        return Shard(zone=zone)
    match = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    number, of = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= number <= of <= MOST:
        raise UsageError(f"--shard={ascii(text)[:60]}: write K/N, share K of N, such as 2/4, with K from 1 to N")
    return Shard(number, of, zone)
