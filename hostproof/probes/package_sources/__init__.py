"""Where packages come from, and whether their signatures are checked."""

from __future__ import annotations

from functools import cached_property

from hostproof.errors import CannotTell
from hostproof.probes.package_sources.apt import COMMAND as APT
from hostproof.probes.package_sources.apt import read_apt
from hostproof.probes.package_sources.dnf import COMMAND as DNF
from hostproof.probes.package_sources.dnf import read_dnf
from hostproof.probes.package_sources.source import Source, Sources, shown
from hostproof.probes.probe import Probe, Reading


class PackageSources(Probe):
    """The enabled sources of apt, or the enabled repositories of dnf, as their files configure them.

    Example: enabled == (Source("/etc/apt/sources.list:1", "http://deb.debian.org/debian/dists/bookworm/", ("deb.debian.org",)),)
    Blind spots: what other programs install (snap, flatpak, pip, curl), and packages that were installed by hand.
    """

    apt = Reading(APT, read_apt, statuses=(0, 3), shows=shown)
    dnf = Reading(DNF, read_dnf, statuses=(0, 3), shows=shown)

    @cached_property
    def found(self) -> Sources:
        """What the host's package manager is configured to use. Raises CannotTell."""
        family = self.host.release.family
        if not family:
            raise CannotTell(f"{self.host.release.name} has a package manager that we cannot read; we can read apt and dnf")
        return self.apt if family == "debian" else self.dnf

    @property
    def enabled(self) -> tuple[Source, ...]:
        """The sources in use, at least one. Raises CannotTell."""
        if not self.found.enabled:
            raise CannotTell("no package source is enabled")
        return self.found.enabled

    @property
    def unchecked_everywhere(self) -> tuple[str, ...]:
        """Settings that switch off the checking of signatures for all sources: `Acquire::AllowInsecureRepositories "1"`."""
        return self.found.unchecked
