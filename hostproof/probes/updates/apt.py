"""apt: the lists of its archives, and the security updates that they know of.

When a refresh succeeded was found out with apt 2.2, 2.6 and 3.0, against archives that answer, answer `not modified`, are
unreachable, ask for a login, carry a wrong signature or lack a file: apt touches a source's InRelease (or Release) file
whenever the archive confirmed it, so its change time (ctime) tells, while its modification time is the archive's own date.
Failed attempts leave the ctime alone. They do touch `partial`, as every attempt does, so a ctime younger than the
modification time of `partial` is not apt's doing: then the lists were copied or unpacked with an image.
An archive that has been frozen confirms its old files for ever; there `Valid-Until` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.updates.lists import PackageList
from hostproof.versions import dpkg_key

# apt takes a nameless temporary file to check a list's signature: in memory, not on a disk.
LISTS = r"""
# look how old the lists of apt are
date '+clock|%s'
targets=$(TMPDIR=/dev/shm apt-get indextargets --format \
    'target|$(CREATED_BY)|$(CODENAME)|$(SUITE)|$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(METAKEY)|$(FILENAME)|$(BASE_URI)') || exit
printf '%s\n' "$targets" | sed 's,//[^/ ?#|]*@,//,'
[ -d /var/lib/apt/lists ] || exit 0
cd /var/lib/apt/lists || exit
find . -maxdepth 1 \( -name '*Release' -o -name partial \) -printf 'stamp|%C@|%T@|%f\n' || exit
grep -a -m1 -H '^Valid-Until:' ./*Release
exit 0
"""
# The lists are compared with what is installed rather than asked for a simulated upgrade: a simulation leaves out what is
# on hold, pinned or phased, and names only the newest version's archive when a security fix hides behind a newer update.
SECURITY = r"""
# compare what is installed with the security archives
installed=$(dpkg-query -W -f='installed ${db:Status-Status} ${Package} ${Architecture}=${Version}\n') || exit
lists=$(TMPDIR=/dev/shm apt-get indextargets --format '$(CODENAME) $(SUITE) $(LABEL) $(FILENAME)' 'Created-By: Packages') || exit
{
    printf '%s\n' "$installed"
    printf '%s\n' "$lists" | while read -r codename suite rest; do
        case "$codename $suite $rest" in
        *-security\ * | *Debian-Security\ *) ;;
        *) continue ;;
        esac
        printf '\narchive %s\n' "$suite"
        /usr/lib/apt/apt-helper cat-file "${rest##* }" || printf '\nunreadable %s\n' "${rest##* }"
        echo
    done
} | awk '
    /^installed / { if ($2 != "not-installed" && $2 != "config-files") here[$3] = here[$3] " " $4; next }
    /^archive / { archive = $2; next }
    /^unreadable / { print; next }
    /^Package: / { name = $2 }
    /^Architecture: / { architecture = $2 }
    /^Version: / { version = $2 }
    /^$/ && name != "" {
        offered++
        if (name in here) {
            common++
            if (index(here[name] " ", " " architecture "=" version " ") == 0)
                print "other|" name "|" architecture "=" version "|" archive "|" substr(here[name], 2)
        }
        name = ""
    }
    END { print "compared|" offered + 0 "|" common + 0 }
'
"""
FOLDER = "/var/lib/apt/lists/"


@dataclass(frozen=True)
class Archive:
    """What is downloaded of one archive, e.g. codename "bookworm-security", suite "oldstable-security"."""

    base: str
    codename: str
    suite: str
    origin: str
    label: str
    components: frozenset[str]
    refreshed: float | None
    expires: float | None

    @property
    def is_security(self) -> bool:
        return self.label == "Debian-Security" or "-security" in (self.codename[-9:], self.suite[-9:])

    def is_of(self, codename: str) -> bool:
        """Whether it belongs to the release of that name."""
        return self.codename.removesuffix("-security") == codename


@dataclass(frozen=True)
class Lists:
    """clock: the host's own time, seconds since 1970. archives: those that something was ever downloaded of."""

    clock: int
    archives: tuple[Archive, ...]

    def of(self, base: str) -> PackageList:
        """The lists of the source with that base URL."""
        for archive in self.archives:
            if _plain(archive.base) == _plain(base):
                return PackageList(base, archive.refreshed, archive.expires)
        return PackageList(base, None)


def read_lists(answer: Answer) -> Lists:
    """The downloaded archives. Raises CannotTell when apt keeps its lists elsewhere."""
    lines = [line.split("|") for line in answer.stdout.split("\n")]
    clock = next(int(line[1]) for line in lines if line[0] == "clock")
    stamps = {line[3]: (float(line[1]), float(line[2])) for line in lines if line[0] == "stamp"}
    attempted = stamps.get("partial", (0.0, 0.0))[1]
    expiries = dict(re.findall(r"^\./(.*Release):Valid-Until: *(.+)$", answer.stdout, re.MULTILINE))
    components: dict[tuple[str, ...], set[str]] = {}
    for line in lines:
        if line[0] == "target" and len(line) == 10:
            created_by, codename, suite, origin, label, component, key, file, base = line[1:]
            identity = (base, codename, suite, origin, label, _prefix(file, key))
            components.setdefault(identity, set()).update({component} if created_by == "Packages" else ())
    archives = []
    for (base, codename, suite, origin, label, prefix), offered in components.items():
        release = next((name for name in (f"{prefix}InRelease", f"{prefix}Release") if name in stamps), None)
        refreshed = min(stamps[release][0], attempted) if release and attempted else None
        expires = parsedate_to_datetime(expiries[release]).timestamp() if release in expiries else None
        archives.append(Archive(base, codename, suite, origin, label, frozenset(offered), refreshed, expires))
    return Lists(clock, tuple(archives))


def read_security(answer: Answer) -> list[str]:
    """The security updates that are not installed, one sentence each. Raises CannotTell when a list was not readable."""
    lines = answer.stdout.removesuffix("\n").split("\n")
    if unreadable := [line for line in lines if line.startswith("unreadable ")]:
        raise CannotTell(f"apt cannot read {unreadable[0].removeprefix('unreadable ')}")
    if not re.fullmatch(r"compared\|[1-9]\d*\|\d+", lines[-1]):
        raise CannotTell("the downloaded lists of security archives hold no package")
    return sorted({update for line in lines[:-1] if line for update in _updates(line)})


def told_lists(answer: Answer) -> str:
    """What a report shows of the lists' age."""
    stamps = re.findall(r"^stamp\|([\d.]+)\|[\d.]+\|(.*Release)$", answer.stdout, re.MULTILINE)
    expiries = re.findall(r"^\./(.*Release:Valid-Until: .+)$", answer.stdout, re.MULTILINE)
    confirmed = (f"{file}: confirmed at {datetime.fromtimestamp(float(stamp), UTC):%Y-%m-%d %H:%M} UTC" for stamp, file in stamps)
    return "\n".join([*confirmed, *expiries]) or answer.stdout


def told_security(answer: Answer) -> str:
    """What a report shows of the comparison."""
    try:
        pending = read_security(answer)
    except (CannotTell, ValueError):
        return answer.stdout
    _, offered, common = answer.stdout.rstrip("\n").rpartition("\n")[2].split("|")
    summary = f"{offered} packages in security archives, {common} of them installed here"
    return "\n".join([summary, *(pending or ["none of them older than in the archive"])])


def _updates(line: str) -> Iterator[str]:
    _, name, offered, archive, here = line.split("|")
    architecture, _, version = offered.partition("=")
    for installed in here.split(" "):
        its_architecture, _, its_version = installed.partition("=")
        same = architecture == its_architecture or "all" in (architecture, its_architecture)
        if same and dpkg_key(version) > dpkg_key(its_version):
            yield f"{name} {its_version} (fixed in {version}, {archive})"


def _prefix(file: str, key: str) -> str:
    """The part of a list's file name that the source's Release file shares."""
    if not file.startswith(FOLDER):
        raise CannotTell(f"apt keeps its lists elsewhere: {file}")
    return file.removeprefix(FOLDER).rpartition(key.replace("/", "_"))[0]


def _plain(url: str) -> str:
    return re.sub(r"(?<!:)/(\./|/)*", "/", url.replace(":///", ":/")).lower()
