"""apt: what a full upgrade would do, by apt's own simulation of it.

Found out with apt 2.2, 2.6 and 3.0: packages on hold are named as kept back, and so are those that Ubuntu hands out in phases and
not yet to this host; what `apt-cache policy` says of their candidates tells the latter apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell

# apt as root writes its caches anew when they are older than the lists, so it is asked as nobody, who may only read them. Where a
# setting is kept from nobody, root asks without caches, which takes two seconds more. (In a mount namespace of its own, apt 3
# takes itself to be in a chroot and forgets about phases.)
COMMAND = r"""
# ask apt what a full upgrade would do
export LC_ALL=C
[ -w "${TMPDIR:-/tmp}" ] || export TMPDIR=/dev/shm # apt checks signatures by files of its own; not on a disk that may only be read
ask() {
    echo '== audit'
    dpkg --audit
    echo '== upgrade'
    failed=0
    said=$("$@" apt-get $caches -s -o Debug::NoLocking=true -o APT::Get::Show-User-Simulation-Note=false dist-upgrade 2>&1) ||
        failed=$?
    printf '%s\n' "$said" | grep -v '^Conf '
    kept=$(printf '%s\n' "$said" |
        awk '/^The following packages have been kept back:/ { on = 1; next } /^[^ ]/ { on = 0 } on' |
        tr ' ' '\n' | grep -xE '[a-z0-9][a-z0-9+.:-]+' | head -n 500)
    echo '== kept'
    [ -z "$kept" ] || "$@" apt-cache $caches policy $kept
    return $failed
}
command -v apt-get >/dev/null || { echo 'apt-get is not there' >&2; exit 127; }
caches=
if [ "$(id -u)" != 0 ]; then
    ask
elif command -v setpriv >/dev/null &&
    [ -z "$(find /etc/apt /var/lib/apt/lists \( -name 'auth.conf*' -o -name partial -o -path /var/lib/apt/lists/lock \) -prune -o \
        ! -type l ! -perm -0004 -print)" ]; then
    ask setpriv --reuid=65534 --regid=65534 --clear-groups
else
    caches='-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache='
    ask
fi
"""
BROKEN = 100  # what apt-get ends with when it cannot go on
SUMMARY = re.compile(r"(\d+) upgraded, (\d+) newly installed, (?:\d+ downgraded, )?(\d+) to remove and (\d+) not upgraded\.")
CHANGE = re.compile(r"(Inst|Remv) (\S+)(?: \[([^\]]+)\])?(?: \((\S+)[^)]*\))?")


@dataclass(frozen=True)
class Upgrade:
    """What is left to do. changes: what a full upgrade would do. held: newer versions that it keeps back, but for phased ones.

    unfinished: what `dpkg --audit` complains about.
    """

    changes: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()

    @property
    def pending(self) -> list[str]:
        """All of it, one phrase for each package."""
        return [*self.unfinished, *self.changes, *(f"{package} (kept back)" for package in self.held)]


def read_upgrade(answer: Answer) -> Upgrade:
    """What apt would do. Raises CannotTell when it did not get that far."""
    audit, upgrade, kept = re.split(r"^== \w+\n", answer.stdout, flags=re.MULTILINE)[1:]
    unfinished = tuple(_unfinished(audit))
    if not SUMMARY.search(upgrade):
        if unfinished:
            return Upgrade(unfinished=unfinished)
        why = re.search(r"^E: .*", upgrade, re.MULTILINE)
        raise CannotTell(f"apt does not say what a full upgrade would do: {why[0] if why else 'it gives no reason'}")
    changes = tuple(_change(*found.groups()) for found in map(CHANGE.match, upgrade.split("\n")) if found)
    return Upgrade(changes, tuple(_held(kept)), unfinished)


def _change(verb: str, package: str, installed: str | None, version: str | None) -> str:
    if verb == "Remv":
        return f"{package} {installed} (to be removed)"
    return f"{package} {installed} (newer: {version})" if installed else f"{package} {version} (to be added)"


def _held(policies: str) -> Iterator[str]:
    for paragraph in re.split(r"^(?=\S+:$)", policies, flags=re.MULTILINE):
        found = re.match(r"(\S+):\n +Installed: (\S+)\n +Candidate: (\S+)\n", paragraph)
        if found and not re.search(rf"^ +{re.escape(found[3])} -?\d+ \(phased \d+%\)", paragraph, re.MULTILINE):
            yield f"{found[1]} {found[2]}"


def _unfinished(audit: str) -> Iterator[str]:
    """dpkg explains each kind of fault at the margin, and names the packages with a space before them."""
    for line in audit.split("\n"):
        if found := re.match(r" (\S+)", line):
            yield f"{found[1]} (dpkg --audit complains)"
