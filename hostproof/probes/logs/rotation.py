"""Whether log files are rotated, who may alter them, and whether there is room for more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell

# logrotate's debug mode says what it would do and does nothing, not even renew its state file.
COMMAND = r"""
# look how log files are rotated, and who may alter them
export LC_ALL=C
command -v find >/dev/null || { echo 'find is missing' >&2; exit 127; }
date '+clock|%s'
df -Pk /var/log | awk 'NR == 2 { print "space|" $2 "|" $4 }'
getent passwd | awk -F: '$3 >= 1000 && $3 < 65000 { print "ordinary|" $1 "|" $3 "|" $4 }' | head -n 5000
getent group | awk -F: '$4 != "" { print "group|" $3 "|" $4 }' | head -n 5000
find /var/log -xdev \( -type f -o -type d \) \( -perm -0002 -o -perm -0020 -o -uid +999 \) -printf 'mode|%m|%U|%G|%y|%p\n' |
    head -n 3000
find /var/log -xdev -path /var/log/journal -prune -o -type f -mtime -7 -printf 'file|%s|%p\n' | head -n 5000
if command -v logrotate >/dev/null; then
    echo 'logrotate|here'
    find /var/lib/logrotate/status /var/lib/logrotate/logrotate.status /var/lib/logrotate.status \
        -printf 'state|%T@|%p\n' 2>/dev/null
    logrotate -d /etc/logrotate.conf 2>&1 | grep -aE '^(rotating pattern: .*no old logs will be kept|considering log |error: )' |
        head -n 5000 | sed 's/^/said|/'
fi
exit 0
"""
DAY = 86400
STATE_DAYS = 8  # weekly is the rarest that is usual
FREE = 0.05  # of the file system, at least
BIG = 100_000_000  # bytes of a file that has certainly not been rotated for long
SYSLOGS = re.compile(
    r"/var/log/(syslog|messages|secure|auth\.log|kern\.log|daemon\.log|user\.log|mail\.log|maillog|cron|cron\.log|debug|boot\.log)"
)
# What is the system's own, as type and path; what an application keeps in another folder may belong to its own account.
SYSTEMS = re.compile(r"d /var/log|f /var/log/[^/]*|. /var/log/(journal|audit|apt|sudo-io|unattended-upgrades)(/.*)?")
OLD = re.compile(r"\.(gz|xz|bz2|zst|\d+|old)$|-\d{8}$")


@dataclass(frozen=True)
class Rotation:
    """What there is to rotate and what rotates it.

    free: share of the file system of /var/log. files: those that were written within a week -> bytes. covered: those that
    logrotate's settings are about. discarded: patterns of which no old files are kept. errors: what logrotate complains about.
    installed: whether there is a logrotate. state: when it last ran. alterable: what accounts of people may alter, and why.
    """

    clock: int
    free: float
    files: dict[str, int]
    covered: frozenset[str]
    discarded: tuple[str, ...]
    errors: tuple[str, ...]
    installed: bool
    state: float | None
    alterable: tuple[str, ...]

    def faults(self) -> list[str]:
        """What is wrong with the files themselves."""
        live = {path: size for path, size in self.files.items() if path not in self.covered and not OLD.search(path)}
        found = [f"{path} is a system log and nothing rotates it" for path in sorted(live) if SYSLOGS.fullmatch(path)]
        found += [f"{path} has grown to {size / 1e6:.0f} MB" for path, size in sorted(live.items()) if size > BIG]
        found += [f"logrotate keeps no old logs of {pattern}" for pattern in self.discarded]
        found += [f"logrotate says: {error}" for error in self.errors]
        if self.free < FREE:
            found.append(f"only {self.free:.0%} of the file system of /var/log are free")
        return [*found, *self.alterable]

    @property
    def needs_logrotate(self) -> bool:
        """Whether there is anything that logrotate has to look after."""
        return bool(self.covered & self.files.keys())

    @property
    def overdue(self) -> str:
        """Why logrotate seems not to run, "" when it does."""
        if self.state is None:
            return "logrotate has never run"
        age = (self.clock - self.state) / DAY
        return f"logrotate last ran {age:.0f} days ago" if age > STATE_DAYS else ""


def read_rotation(answer: Answer) -> Rotation:
    """How log files are rotated."""
    rows = [line.split("|") for line in answer.stdout.split("\n") if "|" in line]
    of = {kind: [row[1:] for row in rows if row[0] == kind] for kind in ("clock", "space", "file", "said", "state", "logrotate")}
    if not of["clock"] or not of["space"]:
        raise CannotTell("the host tells neither the time nor how much space is left")
    size, free = map(int, of["space"][0])
    said = ["|".join(row) for row in of["said"]]
    return Rotation(
        clock=int(of["clock"][0][0]),
        free=free / size if size else 0.0,
        files={path: int(size) for size, path, *_ in of["file"]},
        covered=frozenset(line.removeprefix("considering log ") for line in said if line.startswith("considering log ")),
        discarded=tuple(found[1] for line in said if (found := re.match(r"rotating pattern: (.*?)\s+\S.*\(no old logs", line))),
        errors=tuple(line.removeprefix("error: ") for line in said if line.startswith("error: ")),
        installed=bool(of["logrotate"]),
        state=max((float(time) for time, *_ in of["state"]), default=None),
        alterable=tuple(_alterable(rows)),
    )


def _alterable(rows: list[list[str]]) -> Iterator[str]:
    people = {row[2]: row[1] for row in rows if row[0] == "ordinary"}
    groups = {row[3]: row[1] for row in rows if row[0] == "ordinary"}
    for _, number, members in (row for row in rows if row[0] == "group"):
        shared = [name for name in members.split(",") if name in people.values()]
        groups |= {number: shared[0]} if shared else {}
    for _, mode, owner, group, kind, path, *_more in (row for row in rows if row[0] == "mode"):
        bits = int(mode, 8)
        if bits & 0o002 and not (kind == "d" and bits & 0o1000):
            yield f"everybody may alter {path}"
        elif not SYSTEMS.fullmatch(f"{kind} {path}"):
            continue
        elif owner in people:
            yield f"{people[owner]} owns {path}"
        elif bits & 0o020 and group in groups:
            yield f"{groups[group]} may alter {path}"
