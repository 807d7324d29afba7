"""When a host was last upgraded, as apt's and dnf's own records tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell

# The newest two logs: they reach back a month where logrotate is set as packaged. The stamp is renewed whenever a scheduled
# unattended-upgrade ended well, also with nothing to do.
APT = r"""
# look when apt last upgraded this host
date '+zone|%z'
[ ! -d /var/lib/apt/periodic ] || find /var/lib/apt/periodic -name upgrade-stamp -printf 'stamp|%T@\n'
for log in /var/log/apt/history.log.1.gz /var/log/apt/history.log.1 /var/log/apt/history.log; do
    [ -e "$log" ] || continue
    [ -r "$log" ] || { echo "$log cannot be read" >&2; exit 1; }
    printf 'log|%s\n' "$log"
    case $log in *.gz) gzip -dc "$log" ;; *) cat "$log" ;; esac |
        grep -aE '^(Start-Date|Commandline|Upgrade|Error|End-Date): ' | cut -c 1-200 | tail -n 5000
done
exit 0
"""
VERBS = {"upgrade", "dist-upgrade", "full-upgrade", "safe-upgrade", "update", "distro-sync", "distrosync"}
WHOLE = {"unattended-upgrade", "unattended-upgrades", "dnf-automatic", "yum-cron", "automatic"}
DNF_ROW = re.compile(r"\s*\d+\s*\|?\s*(.*?)\s*\|?\s+(\d{4}-\d\d-\d\d \d\d:\d\d)(?::\d\d)?\b(.*)")


@dataclass(frozen=True)
class History:
    """upgrade: when all packages were last upgraded, in seconds since 1970, None if no record says so.

    kept: whether there are records at all.
    """

    upgrade: float | None
    kept: bool


def read_apt(answer: Answer) -> History:
    """The last full upgrade that apt's log or the stamp of unattended-upgrades tells of."""
    lines = answer.stdout.removesuffix("\n").split("\n")
    zone = re.fullmatch(r"zone\|([+-])(\d\d)(\d\d)", lines[0])
    if zone is None:
        raise CannotTell("the host does not say in which time zone its clock runs")
    offset = timedelta(hours=int(zone[2]), minutes=int(zone[3])) * (1 if zone[1] == "+" else -1)
    stamps = [float(line.removeprefix("stamp|")) for line in lines if line.startswith("stamp|")]
    times = [datetime.strptime(end, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone(offset)) for end in _apt_upgrades(lines)]
    ends = [*stamps, *(time.timestamp() for time in times)]
    return History(max(ends, default=None), kept=bool(stamps) or any(line.startswith("log|") for line in lines))


def read_dnf(text: str) -> History:
    """The last full upgrade in what `dnf history list` prints, with times in UTC."""
    rows = [row for row in map(DNF_ROW.fullmatch, text.split("\n")) if row]
    ends = [
        datetime.strptime(row[2], "%Y-%m-%d %H:%M").replace(tzinfo=UTC).timestamp()
        for row in rows
        if is_full_upgrade(row[1]) and not re.search(r"[E#*]", row[3].rpartition("|")[2])
    ]
    return History(max(ends, default=None), kept=bool(rows))


def is_full_upgrade(command: str) -> bool:
    """Whether a command line upgrades everything, not just the packages that it names.

    >>> is_full_upgrade("apt-get -y dist-upgrade"), is_full_upgrade("dnf update bash"), is_full_upgrade("apt install bash")
    (True, False, False)
    """
    words = [word.rpartition("/")[2] for word in command.split()]
    if WHOLE & set(words):
        return True
    verb = next((place for place, word in enumerate(words) if word in VERBS), None)
    return verb is not None and all(word.startswith("-") for word in words[verb + 1 :])


def _apt_upgrades(lines: Iterable[str]) -> Iterator[str]:
    """When the entries ended in which all packages were upgraded without an error."""
    entry: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "Start-Date":
            entry = {}
        entry[name] = value
        if name == "End-Date" and "Upgrade" in entry and "Error" not in entry and is_full_upgrade(entry.get("Commandline", "")):
            yield " ".join(value.split())
