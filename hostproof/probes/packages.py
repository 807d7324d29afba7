"""Which packages are installed."""

from __future__ import annotations

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading
from hostproof.services import one_of, services

# rpm writes itself a database where it finds none, and nothing may be written on a host: it is asked only where one is.
QUERY = r"""
# list the installed packages
asked=
if command -v dpkg-query >/dev/null; then
    asked=y
    dpkg-query -W -f='dpkg ${db:Status-Status} ${Package} ${Version}\n' || exit
fi
if command -v rpm >/dev/null; then
    asked=y
    db=$(rpm --eval '%{_dbpath}') || exit
    for file in "$db/rpmdb.sqlite" "$db/Packages.db" "$db/Packages"; do
        [ -e "$file" ] || continue
        rpm -qa --qf 'rpm installed %{NAME} %{EVR}\n' || exit
        break
    done
fi
[ "$asked" ] || { echo 'neither dpkg-query nor rpm is there' >&2; exit 127; }
"""
NOT_THERE = {"not-installed", "config-files"}  # `config-files` is what `dpkg -l` shows as `rc`: removed, settings kept


def read_installed(answer: Answer) -> dict[str, str]:
    """Name -> version. Raises CannotTell when no database knows any package."""
    installed: dict[str, str] = {}
    for line in answer.stdout.removesuffix("\n").split("\n"):
        _database, status, name, version = (*line.split(" "), "")[:4]
        if status not in NOT_THERE:
            installed[name] = version
    if not installed:
        raise CannotTell("neither the database of dpkg nor that of rpm knows any package")
    return installed


def how_many(answer: Answer) -> str:
    """The evidence that a report shows of the whole list."""
    counts = (f"{kind}: {answer.stdout.count(kind + ' installed ')} packages installed" for kind in ("dpkg", "rpm"))
    return "\n".join(counts)


class Packages(Probe):
    """The packages that are really installed, by dpkg or by rpm.

    A host uses one of the two; the other may be there as a tool, with an empty database, or not at all. A package that
    either knows is installed, so nothing hides in the database that nobody looks at. Partly installed packages count,
    removed ones whose settings stayed (`rc`) do not.

    Example: {"openssh-server": "1:9.2p1-2+deb12u7", "cron": "3.0pl1-162"}
    Blind spots: what was unpacked without a package, snaps, containers. Of a package in several versions one is named.
    """

    installed = Reading(QUERY, read_installed, seconds=30, limit=5_000_000, shows=how_many)

    def matching(self, *globs: str) -> list[str]:
        """The installed packages whose names match one of `globs`, sorted; they become evidence."""
        found = sorted(filter(one_of(globs).match, self.installed))
        lines = [f"{name} {self.installed[name]}" for name in found] or ["none is installed"]
        self.cite(f"installed packages among {' '.join(globs)}", "\n".join(lines))
        return found

    def of(self, service: str) -> list[str]:
        """The installed packages that bring a service of data/well_known_services.yml; they become evidence."""
        return self.matching(*services()[service].packages)
