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

LISTS = r"""
# look how old the lists of apt are
settings=$(apt-config dump) || exit
printf '%s\n' "$settings" | grep -iE '^(dir|rootdir|dir::state|dir::state::lists) '
date '+clock|%s'
[ -d /var/lib/apt/lists ] || exit 0
cd /var/lib/apt/lists || exit
find . -maxdepth 1 \( -type f -o -type l -o -name partial \) -printf 'file|%C@|%T@|%f\n' || exit
grep -aHE '^(Origin|Label|Suite|Codename|Valid-Until): ' ./*Release
exit 0
"""
# The lists are compared with what is installed rather than asked for a simulated upgrade: a simulation leaves out what is
# on hold, pinned or phased, and names only the newest version's archive when a security fix hides behind a newer update.
SECURITY = r"""
# compare what is installed with the security archives
installed=$(dpkg-query -W -f='installed ${db:Status-Status} ${Package} ${Architecture}=${Version}\n') || exit
{
    printf '%s\n' "$installed"
    for release in $(grep -alE '^(Suite|Codename): .*-security$|^Label: Debian-Security$' /var/lib/apt/lists/*Release); do
        prefix=${release%Release}
        prefix=${prefix%In}
        for list in "$prefix"*Packages "$prefix"*Packages.*; do
            case $list in *\** | *.diff*) continue ;; esac
            printf '\narchive %s\n' "${prefix##*/}"
            /usr/lib/apt/apt-helper cat-file "$list" || printf '\nunreadable %s\n' "$list"
            echo
        done
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
# What is left of a list's name after its archive's prefix, e.g. main_binary-amd64_Packages.lz4: the component, if it has one
INDEX = re.compile(r"(?:(.+?)_)?(?:binary-[^_]+_Packages|source_Sources|Packages|Sources)(?:\.[a-z0-9]+)?")
WHERE_LISTS_ARE = {"dir": "/", "rootdir": "", "dir::state": "var/lib/apt", "dir::state::lists": "lists/"}


@dataclass(frozen=True)
class Archive:
    """What is downloaded of one archive, e.g. codename "bookworm-security", suite "oldstable-security".

    prefix: what the names of its files begin with. components: those that packages come from, e.g. {"main"}.
    refreshed, expires: as in PackageList.
    """

    prefix: str
    origin: str
    label: str
    suite: str
    codename: str
    components: frozenset[str]
    refreshed: float | None
    expires: float | None

    @property
    def is_security(self) -> bool:
        return self.label == "Debian-Security" or self.suite.endswith("-security") or self.codename.endswith("-security")

    def is_of(self, codename: str) -> bool:
        """Whether it belongs to the release of that name."""
        return self.codename.removesuffix("-security") == codename


@dataclass(frozen=True)
class Lists:
    """clock: the host's own time, seconds since 1970. archives: those that something was ever downloaded of."""

    clock: int
    archives: tuple[Archive, ...]

    def archive(self, base: str) -> Archive | None:
        """What there is of the source with that base URL."""
        prefix = file_name(base)
        return next((archive for archive in self.archives if archive.prefix == prefix), None)

    def of(self, base: str) -> PackageList:
        """How fresh the lists of the source with that base URL are."""
        archive = self.archive(base)
        return PackageList(base, archive.refreshed, archive.expires) if archive else PackageList(base, None)


@dataclass(frozen=True)
class Missing:
    """A security update that is not installed. prefix: of the archive that has it, see Archive."""

    package: str
    installed: str
    fixed: str
    prefix: str

    def __str__(self) -> str:
        return f"{self.package} {self.installed} (fixed in {self.fixed})"


def read_lists(answer: Answer) -> Lists:
    """The archives of which there are lists. Raises CannotTell when apt keeps its lists elsewhere."""
    for name, value in re.findall(r'^([A-Za-z:]+) "(.*)";$', answer.stdout, re.MULTILINE):
        if value != WHERE_LISTS_ARE[name.lower()]:
            raise CannotTell(f'apt keeps its lists elsewhere: {name} is "{value}"')
    clock = re.search(r"^clock\|(\d+)$", answer.stdout, re.MULTILINE)
    if clock is None:
        raise CannotTell("the host does not tell the time")
    stamps = re.findall(r"^file\|([\d.]+)\|([\d.]+)\|(.+)$", answer.stdout, re.MULTILINE)
    files = {name: (float(changed), float(modified)) for changed, modified, name in stamps}
    facts: dict[str, dict[str, str]] = {}
    for name, field, value in re.findall(r"^\./(.+?Release):([A-Z][\w-]+): *(.*)$", answer.stdout, re.MULTILINE):
        facts.setdefault(name, {}).setdefault(field, value)
    # Release counts only where there is no InRelease: it may be left over from before the archive had one.
    releases = {re.sub("(In)?Release$", "", name): name for name in sorted(files, reverse=True) if name.endswith("Release")}
    archives = (_archive(prefix, name, files, facts.get(name, {})) for prefix, name in releases.items())
    return Lists(int(clock[1]), tuple(archives))


def read_security(answer: Answer) -> list[Missing]:
    """The security updates that are not installed. Raises CannotTell when a list was not readable."""
    lines = answer.stdout.removesuffix("\n").split("\n")
    if unreadable := [line for line in lines if line.startswith("unreadable ")]:
        raise CannotTell(f"apt cannot read {unreadable[0].removeprefix('unreadable ')}")
    if not re.fullmatch(r"compared\|[1-9]\d*\|\d+", lines[-1]):
        raise CannotTell("the downloaded lists of security archives hold no package")
    return [missing for line in lines[:-1] if line for missing in _missing(line)]


def told_lists(answer: Answer) -> str:
    """What a report shows of the lists' age."""
    stamps = re.findall(r"^file\|([\d.]+)\|[\d.]+\|(.*Release)$", answer.stdout, re.MULTILINE)
    expiries = re.findall(r"^\./(.*Release:Valid-Until: .+)$", answer.stdout, re.MULTILINE)
    confirmed = (f"{file}: confirmed at {datetime.fromtimestamp(float(stamp), UTC):%Y-%m-%d %H:%M} UTC" for stamp, file in stamps)
    return "\n".join([*confirmed, *expiries]) or answer.stdout


def told_security(answer: Answer) -> str:
    """What a report shows of the comparison."""
    try:
        pending = sorted({str(missing) for missing in read_security(answer)})
    except (CannotTell, ValueError):
        return answer.stdout
    _, offered, common = answer.stdout.rstrip("\n").rpartition("\n")[2].split("|")
    summary = f"{offered} packages in security archives, {common} of them installed here"
    return "\n".join([summary, *(pending or ["none of them older than in the archive"])])


def file_name(url: str) -> str:
    """What apt makes of a URL to name files: without scheme and user, and with `_` between its parts."""
    place = re.sub(r"^[^:]+:(?://)?(?:[^/]*@)?", "", url)
    quoted = re.sub(r'[\\|{}\[\]<>"^~_=!@#$%&*]', lambda found: f"%{ord(found[0]):02x}", place)
    return quoted.replace("/", "_")


def _archive(prefix: str, release: str, files: dict[str, tuple[float, float]], facts: dict[str, str]) -> Archive:
    own = [name.removeprefix(prefix) for name in files if name.startswith(prefix)]
    lists = [INDEX.fullmatch(name) for name in own]
    attempted = files["partial"][1] if "partial" in files else None
    complete = attempted is not None and any(lists)
    return Archive(
        prefix,
        origin=facts.get("Origin", ""),
        label=facts.get("Label", ""),
        suite=facts.get("Suite", ""),
        codename=facts.get("Codename", ""),
        components=frozenset(found[1] for found in lists if found and found[1] and "_Packages" in found[0]),
        refreshed=min(files[release][0], attempted) if complete and attempted is not None else None,
        expires=parsedate_to_datetime(facts["Valid-Until"]).timestamp() if "Valid-Until" in facts else None,
    )


def _missing(line: str) -> Iterator[Missing]:
    _, name, offered, prefix, here = line.split("|")
    architecture, _, version = offered.partition("=")
    for installed in here.split(" "):
        its_architecture, _, its_version = installed.partition("=")
        same = architecture == its_architecture or "all" in (architecture, its_architecture)
        if same and dpkg_key(version) > dpkg_key(its_version):
            yield Missing(name, its_version, version, prefix)
