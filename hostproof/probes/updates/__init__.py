"""Which updates a host lacks, whether its lists of packages are fresh enough to know, and when it was last upgraded."""

from __future__ import annotations

import time
from functools import cached_property

from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.updates import apt, dnf, history, simulation
from hostproof.probes.updates.lists import DAY, PackageList

CLOCKS_MAY_DIFFER = 3600  # seconds


class Updates(Probe):
    """Pending updates by what apt's or dnf's lists on the host know; the network is never asked.

    Example: pending_security == ["openssl 3.0.11-1 (fixed in 3.0.17-1~deb12u3)"]
    Blind spots: updates that a pin of apt hides, unless they are about security; upgrades by programs that leave no record with
    apt or dnf; software that came without a package; an archive that its mirror keeps from the host and that sets no
    `Valid-Until`; lists that were touched by hand and a failed refresh after that.
    """

    apt_lists = Reading(apt.LISTS, apt.read_lists, shows=apt.told_lists)
    apt_security = Reading(apt.SECURITY, apt.read_security, seconds=60, slow=True, shows=apt.told_security)
    apt_upgrade = Reading(
        simulation.COMMAND, simulation.read_upgrade, statuses=(0, simulation.BROKEN), seconds=60, slow=True
    )
    apt_history = Reading(history.APT, history.read_apt)
    dnf_lists = Reading(dnf.CACHES, dnf.read_caches)
    dnf_pending = Reading(dnf.PENDING, dnf.read_pending, root=True, seconds=120, slow=True)

    @cached_property
    def lists(self) -> list[PackageList]:
        """The lists of each enabled package source. Raises CannotTell."""
        known = self._known()
        return [known.of(source.name) for source in self.host.package_sources.enabled]

    def stale_lists(self, max_age_days: float) -> list[str]:
        """A sentence for each enabled source whose lists are not fresh. Raises CannotTell when the host's clock is wrong."""
        return _faults(self.lists, self._clock(), max_age_days)

    @cached_property
    def pending_security(self) -> list[str]:
        """The security updates that the lists know and that are not installed; what is on hold or excluded counts.

        A repository of dnf without advisories, such as those of CentOS, does not tell which updates are about security:
        then all of its updates count.
        """
        if self._apt_is_used():
            prefixes = {archive.prefix for archive in self.security_archives.values()}
            return sorted({str(missing) for missing in self.apt_security if missing.prefix in prefixes}) if prefixes else []
        advised = {cache.repository for cache in self.dnf_lists.cached if cache.advisories}
        others = [u for u in self.dnf_pending.upgrades if u.repository not in advised]
        return sorted((*self.dnf_pending.advisories, *map(str, others)))

    @cached_property
    def pending(self) -> list[str]:
        """All updates that the lists know and that are not installed: those on hold or excluded count, those in phases do not."""
        return self.apt_upgrade.pending if self._apt_is_used() else [str(update) for update in self.dnf_pending.upgrades]

    def require_fresh_lists(self, max_age_days: float) -> None:
        """Raises CannotTell unless the lists of every enabled source are fresh, and updates are among them."""
        if stale := self.stale_lists(max_age_days):
            raise CannotTell(f"no update is known to be missing, but {'; '.join(stale)}")
        self._require_updates()

    def overdue(self, max_age_days: float) -> str:
        """How long ago the last full upgrade was, when that is too long; else empty. Raises CannotTell without records."""
        records = self.apt_history if self._apt_is_used() else self.dnf_pending.history
        if not records.kept:
            raise CannotTell(f"{len(self.pending)} updates are pending, and there is no record of when this host was last upgraded")
        if records.upgrade is None:
            return "no full upgrade is on record"
        age = (self._clock() - records.upgrade) / DAY
        return f"the last full upgrade was {age:.0f} days ago" if age > max_age_days else ""

    def require_knowledge(self, max_age_days: float) -> None:
        """Raises CannotTell unless fresh lists of every archive that brings this release's security updates are here."""
        lists = self._security_lists() if self._apt_is_used() else self.lists
        if faults := _faults(lists, self._clock(), max_age_days):
            raise CannotTell(f"no security update is known to be missing, but {'; '.join(faults)}")
        self._require_updates()

    def _require_updates(self) -> None:
        """Raises CannotTell where dnf only knows a repository that never changes."""
        if self._apt_is_used():
            return
        if frozen := dnf.without_updates(source.name for source in self.host.package_sources.enabled):
            raise CannotTell(f"the repository {frozen} stays as it was when it was released, and no other brings updates")

    def _security_lists(self) -> list[PackageList]:
        security, release = self.security_archives, self.host.release
        if not security:
            raise CannotTell(f"apt has no lists of a security archive for {release.name}")
        origins = {archive.origin for archive in security.values()}
        secured = {component for archive in security.values() for component in archive.components}
        for base, archive in self.archives.items():
            if archive.is_of(release.codename) and archive.origin in origins and (bare := archive.components - secured):
                packages = f"packages of {'/'.join(sorted(bare))} from {base}"
                raise CannotTell(f"apt takes {packages}, and no security updates for them")
        return [self.apt_lists.of(base) for base in security]

    @property
    def security_archives(self) -> dict[str, apt.Archive]:
        """The enabled sources that bring this release's security updates and that apt has lists of, by base URL."""
        codename = self.host.release.codename
        if not codename:
            raise CannotTell(f"{self.host.release.name} has no codename, so its security archive cannot be recognised")
        return {base: a for base, a in self.archives.items() if a.is_security and a.is_of(codename)}

    @property
    def archives(self) -> dict[str, apt.Archive]:
        """The enabled sources that apt has lists of, by base URL."""
        found = {source.name: self.apt_lists.archive(source.name) for source in self.host.package_sources.enabled}
        return {base: archive for base, archive in found.items() if archive}

    def _apt_is_used(self) -> bool:
        family = self.host.release.family
        if not family:
            raise CannotTell(f"{self.host.release.name} has a package manager that we cannot ask; we can ask apt and dnf")
        return bool(family == "debian")

    def _known(self) -> apt.Lists | dnf.Caches:
        return self.apt_lists if self._apt_is_used() else self.dnf_lists

    def _clock(self) -> int:
        """The host's time when it told how old its lists are. Raises CannotTell when it is not the time."""
        clock = self._known().clock
        ahead = clock - time.time()
        if abs(ahead) > CLOCKS_MAY_DIFFER:
            way = "ahead" if ahead > 0 else "behind"
            raise CannotTell(f"the host's clock is {abs(ahead) / 3600:.1f} hours {way}, so the age of its lists cannot be told")
        return clock


def _faults(lists: list[PackageList], clock: int, max_age_days: float) -> list[str]:
    faults = ((each.source, each.fault(clock, max_age_days)) for each in lists)
    return [f"the lists of {source} {fault}" for source, fault in faults if fault]
