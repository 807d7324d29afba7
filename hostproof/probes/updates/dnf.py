"""dnf 4 and dnf5: the age of what they have cached, and the updates that the cache knows of.

When a refresh succeeded was found out with dnf 4.14, 4.23 and dnf5 5.4: they set the modification time of a repository's
primary.xml whenever the mirror confirmed it, and this is what they themselves go by. Failed attempts leave it alone; they do
change its ctime, and repomd.xml keeps the time of its first download.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.package_sources.dnf import WHICH_DNF
from hostproof.probes.updates.history import History
from hostproof.probes.updates.history import read_dnf as read_history
from hostproof.probes.updates.lists import PackageList

ONLY_DNF = r"""
case ${tool##*/} in
dnf5) cache=/var/cache/libdnf5 ;;
dnf*) cache=/var/cache/dnf ;;
*) echo "${tool##*/} is too old: we can ask dnf 4 and dnf5" >&2; exit 1 ;;
esac
"""
CACHES = (
    "# look how old the lists of dnf are"
    + WHICH_DNF
    + ONLY_DNF
    + r"""
date '+clock|%s'
grep -hE '^[ \t]*(system_)?cachedir[ \t]*=' /etc/dnf/dnf.conf /etc/dnf/libdnf5.conf.d/*.conf 2>/dev/null | sed 's/^/elsewhere|/'
[ -d "$cache" ] || exit 0
find "$cache" -mindepth 3 -maxdepth 3 -path '*/repodata/*primary.xml*' -printf 'cached|%T@|%P\n' || exit
for repomd in "$cache"/*/repodata/repomd.xml; do
    [ -e "$repomd" ] || continue
    folder=${repomd%/repomd.xml}
    list=$(sed -n '/<data type="updateinfo"/,/<\/data>/s/.*<location [^>]*href="\([^"]*\/\)*\([^"]*\)".*/\2/p' "$repomd")
    if [ "$list" ] && [ -e "$folder/$list" ]; then printf 'advisories|%s\n' "${folder#"$cache"/}"; fi
done
exit 0
"""
)
# dnf writes locks, logs and caches even when it is only asked. It is asked in a mount namespace of its own, where all of
# that goes to memory and the rest is read-only, and in a network namespace of its own, where nothing can be reached.
# Exclusions are switched off: a fix that is excluded is missing all the same.
PENDING = (
    "# ask dnf's cache what is pending, in a namespace where nothing can be written"
    + WHICH_DNF
    + ONLY_DNF
    + r"""
export tool
exec unshare --mount --net --propagation private sh -euc '
mount -n -t tmpfs -o size=256m,mode=700 hostproof /mnt
n=0
for kept in /var/cache /var/lib /var/log /usr/lib/sysimage; do
    [ -d "$kept" ] || continue
    n=$((n + 1))
    mkdir -p /mnt/$n/upper /mnt/$n/work
    mount -n -t overlay -o "lowerdir=$kept,upperdir=/mnt/$n/upper,workdir=/mnt/$n/work" hostproof "$kept"
done
for lost in /tmp /var/tmp /run; do mount -n -t tmpfs -o size=64m hostproof "$lost"; done
mount -n -o remount,bind,ro /
case $tool in
*/dnf5) set -- --no-plugins --setopt=disable_excludes=\* ;;
*) set -- --noplugins --disableexcludes=all ;;
esac
export COLUMNS=1000
echo "== advisories"
"$tool" -C -q "$@" updateinfo list --security
echo "== upgrades"
"$tool" -C -q "$@" repoquery --upgrades --latest-limit=1 --qf "%{name}.%{arch}|%{evr}|%{repoid}\n"
echo "== history"
TZ=UTC "$tool" -C -q history list || :
'
"""
)
# A release's own repository that stays as it was on the day of the release, and what one is called that brings updates to it.
FROZEN = {"fedora": re.compile(r"(.*[-_.:])?updates([-_.:](?!testing).*)?")}
PACKAGE = re.compile(r"\S+-(?:\d+:)?[^-\s]+-[^-\s]+\.\w+")


@dataclass(frozen=True)
class Cache:
    """What is cached of one repository. advisories: whether it tells security updates from others."""

    repository: str
    refreshed: float
    advisories: bool


@dataclass(frozen=True)
class Caches:
    """clock: the host's own time, seconds since 1970."""

    clock: int
    cached: tuple[Cache, ...]

    def of(self, repository: str) -> PackageList:
        """The lists of the repository."""
        return PackageList(repository, next((c.refreshed for c in self.cached if c.repository == repository), None))


@dataclass(frozen=True)
class Upgrade:
    """A newer version of an installed package, e.g. "openssl-libs.x86_64", "1:3.2.2-7.el9", "baseos"."""

    package: str
    version: str
    repository: str

    def __str__(self) -> str:
        return f"{self.package} {self.version} ({self.repository})"


@dataclass(frozen=True)
class Pending:
    """advisories: security updates that are not installed. upgrades: all updates that are not. history: see there."""

    advisories: tuple[str, ...]
    upgrades: tuple[Upgrade, ...]
    history: History


def without_updates(repositories: Iterable[str]) -> str:
    """The repository that nothing brings updates to, "" for none.

    >>> without_updates(["fedora", "rpmfusion-free"]), without_updates(["fedora", "updates"])
    ('fedora', '')
    """
    enabled = list(repositories)
    return next((name for name in enabled if name in FROZEN and not any(map(FROZEN[name].fullmatch, enabled))), "")


def read_caches(answer: Answer) -> Caches:
    """One cache per repository, the newest. Raises CannotTell when dnf keeps them elsewhere."""
    lines = [line.split("|") for line in answer.stdout.split("\n")]
    if elsewhere := [line[1] for line in lines if line[0] == "elsewhere"]:
        raise CannotTell(f"dnf keeps its lists elsewhere: {elsewhere[0].strip()}")
    clock = next(int(line[1]) for line in lines if line[0] == "clock")
    advised = {line[1] for line in lines if line[0] == "advisories"}
    found = {}
    for _, modified, path in sorted((line for line in lines if line[0] == "cached"), key=lambda line: float(line[1])):
        folder = path.removesuffix(f"/{path.rpartition('/')[2]}")
        repository = re.sub(r"-[0-9a-f]{16}/repodata$", "", folder)
        found[repository] = Cache(repository, float(modified), folder in advised)
    return Caches(clock, tuple(found.values()))


def read_pending(answer: Answer) -> Pending:
    """What dnf said. Raises CannotTell when it lacks a cache, or says something else than packages."""
    if missing := re.search(r"no cache for '[^'\n]*'", answer.stderr):
        raise CannotTell(f"dnf has {missing[0]}")
    _, advisories, upgrades, *history = re.split(r"^== \w+\n", answer.stdout, flags=re.MULTILINE)
    return Pending(
        tuple(dict.fromkeys(_advisories(advisories))),
        tuple(Upgrade(*line.split("|")) for line in upgrades.split("\n") if line),
        read_history("".join(history)),
    )


def _advisories(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        words = line.split()
        if not words or words[0] == "Name" or line.startswith("No advisory found"):
            continue
        package = next((word for word in words if PACKAGE.fullmatch(word) and word != words[0]), None)
        if package is None:
            raise CannotTell(f"dnf lists an advisory without a package: {line}")
        yield f"{package} ({words[0]})"
