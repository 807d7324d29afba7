"""How old the lists of packages are that apt or dnf works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

DAY = 86400


@dataclass(frozen=True)
class PackageList:
    """The lists of one package source, as they lie on the host.

    source: apt's base URL or dnf's id of the repository. refreshed: when they were last known to be what the archive
    offers, None for never. expires: until when the archive itself vouches for them. Both in seconds since 1970.
    """

    source: str
    refreshed: float | None
    expires: float | None = None

    def fault(self, clock: float, max_age_days: float) -> str | None:
        """Why they are not fresh at the time `clock`, as the end of a sentence; None when they are."""
        if self.refreshed is None:
            return "were never downloaded"
        if self.expires is not None and self.expires < clock:
            return f"expired on {datetime.fromtimestamp(self.expires, UTC):%Y-%m-%d}"
        age = (clock - self.refreshed) / DAY
        return f"are {age:.0f} days old" if age > max_age_days else None
