"""Where log messages go, and whether log-ins are among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell

# Where journald writes now is what its open files say; the settings say where it will after the next start. The start of a session
# is the kernel's time of its process. "Suppressed N messages" is known by its id, in every language.
COMMAND = r"""
# look where log messages go, and for the newest of them
export LC_ALL=C
for tool in awk date df find grep head journalctl sed stat tail tr; do
    command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }
done
date '+clock|%s'
for name in systemd-journald rsyslog syslog-ng; do
    state=$(systemctl show --property=ActiveState,MainPID "$name.service") || exit
    printf 'daemon|%s|%s\n' "$name" "$(printf '%s' "$state" | tr '\n' ' ')"
done
journald=$(systemctl show --property=MainPID --value systemd-journald.service)
[ "${journald:-0}" = 0 ] || find "/proc/$journald/fd" -lname '*.journal' -printf 'open|%l\n' 2>/dev/null
systemd-analyze cat-config systemd/journald.conf 2>/dev/null | sed -n 's/^[ \t]*Storage[ \t]*=[ \t]*/storage|/p'
journalctl -q --no-pager -n 1 -o short-unix | sed -n 's/^\([0-9.]*\) .*/newest|\1/p'
journalctl -q --no-pager -r -n 500 -o short-unix SYSLOG_IDENTIFIER=sshd SYSLOG_IDENTIFIER=sshd-session SYSLOG_IDENTIFIER=sudo \
    SYSLOG_IDENTIFIER=su SYSLOG_IDENTIFIER=login SYSLOG_IDENTIFIER=dropbear |
    grep -aE 'Accepted |session opened|Failed |Invalid user|COMMAND=|Password auth succeeded|Pubkey auth succeeded' | head -n 1 |
    sed -n 's/^\([0-9.]*\) .*/login|\1/p'
journalctl -q --no-pager --since=-1d -o cat _COMM=systemd-journal MESSAGE_ID=a596d6fe7bfa4994828e72309e95d61e | tail -n 50 |
    sed 's/^/dropped|/'
for file in /var/log/auth.log /var/log/auth.log.1 /var/log/secure /var/log/syslog /var/log/messages; do
    [ ! -s "$file" ] || find "$file" -printf 'file|%T@|%p\n'
done
find /var/log -maxdepth 1 -name 'secure-[0-9]*' -size +0 -printf 'file|%T@|%p\n'
booted=$(sed -n 's/^btime //p' /proc/stat)
for session in $(grep -alE '^sshd(-session)?: [^ ]+@' /proc/[0-9]*/cmdline 2>/dev/null); do
    sed -e 's/^.*) //' "${session%/cmdline}/stat" 2>/dev/null |
        awk -v booted="$booted" '{ printf "session|%.0f\n", booted + $20 / 100 }'
done
df -Pk /var/log | awk 'NR == 2 { print "space|" $2 "|" $4 }'
for folder in /var/log /var/log/journal; do
    [ ! -d "$folder" ] || df -Pk "$folder" | awk -v type="$(stat -f -c %T "$folder")" -v folder="$folder" \
        'NR == 2 { print "on|" type "|" $1 "|" folder }'
done
exit 0
"""
PERSISTENT = "/var/log/journal/"
IN_MEMORY = ("tmpfs", "ramfs")
FORGETFUL = (*IN_MEMORY, "none")  # what such a file system is mounted from where nothing copies it to a disk
AUTH_FILES = ("/var/log/auth.log", "/var/log/secure")
DAY = 86400
SLACK = 30  # seconds: clocks of kernel and logs differ a little, and logs are written in turn
AUTH_UNITS = re.compile(r"\b(ssh|sshd|ssh@|sshd@|sudo|systemd-logind|dropbear)[^ ]*\.(service|scope)|session-\d+\.scope")


@dataclass(frozen=True)
class Keeping:
    """What keeps log messages.

    clock: the host's time. syslog: the active daemon beside journald, "" for none. journald: whether it runs. journals: the files
    that it writes to. storage: its setting, "" for the default. newest, login: the times of the newest message and of the
    newest about a log-in in the journal. files: those of the syslog daemon -> when they were last written. sessions: when those
    who are logged in over ssh came. dropped: what journald says about messages that it left out. full: no space is left.
    in_memory: of /var/log and /var/log/journal those that are no folders of a disk -> what is mounted there.
    """

    clock: int
    journald: bool
    syslog: str
    journals: tuple[str, ...]
    storage: str
    newest: float | None
    login: float | None
    files: dict[str, float]
    sessions: tuple[float, ...]
    dropped: tuple[str, ...]
    full: bool
    in_memory: dict[str, str]

    @property
    def journal_persists(self) -> bool:
        """Whether what journald writes now outlasts a restart."""
        return "/var/log/journal" not in self.in_memory and any(path.startswith(PERSISTENT) for path in self.journals)

    def gaps(self) -> list[str]:
        """Why an incident could not be retraced. Raises CannotTell when nothing shows whether log-ins are recorded."""
        if not self.journald and not self.syslog:
            return ["nothing records messages: neither journald nor a syslog daemon runs"]
        found = [*self._lost(), *self._stopped(), *self._unseen_logins()]
        if self.full:
            found.append("no space is left on the file system of /var/log")
        found += [f"journald left messages out: {line}" for line in self.dropped if AUTH_UNITS.search(line)]
        return found

    def _lost(self) -> list[str]:
        """Why messages do not outlast a restart."""
        if self.in_memory and not self.journal_persists and ("/var/log" in self.in_memory or not self.syslog):
            return [self._in_memory()]
        if self.syslog:
            return [] if self.files or self.journal_persists else [f"{self.syslog} runs, and writes none of the usual files"]
        if not self.journal_persists:
            where = ", ".join(self.journals) or "nowhere"
            return [f"the journal does not outlast a restart: it is written to {where}"]
        gone = self.storage.lower() in ("volatile", "none")
        return [f"from its next start on journald keeps nothing: Storage={self.storage}"] if gone else []

    def _in_memory(self) -> str:
        """That logs lie in memory. Raises CannotTell where something, such as log2ram, may copy them to a disk."""
        for folder, source in self.in_memory.items():
            if source not in FORGETFUL:
                raise CannotTell(f"{folder} is in memory, and whether {source} keeps what is there over a crash is not known")
        return f"logs do not outlast a restart: {' and '.join(self.in_memory)} is a file system in memory"

    def _stopped(self) -> list[str]:
        newest = max([*([self.newest] if self.newest else []), *self.files.values()], default=None)
        if newest is None:
            return ["there are no log messages"]
        age = (self.clock - newest) / DAY
        return [f"the newest message is {age:.0f} days old"] if age > 1 else []

    def _unseen_logins(self) -> list[str]:
        auth = [time for path, time in self.files.items() if path.startswith(AUTH_FILES) and self.syslog]
        journal = [self.login] if self.login is not None and (self.journal_persists or not self.syslog) else []
        newest, came = max([*auth, *journal], default=None), max(self.sessions, default=None)
        if newest is None and came is None:
            raise CannotTell("no log-in is on record, and nobody is logged in over ssh who should be")
        if came is not None and (newest is None or newest < came - SLACK):
            older = "none at all" if newest is None else f"none since {(came - newest) / 60:.0f} minutes before it"
            return [f"the log-in over ssh that lasts since {self.clock - came:.0f} s was not recorded, and {older} is on record"]
        return []


def read_keeping(answer: Answer) -> Keeping:
    """Where messages go."""
    rows = [line.split("|") for line in answer.stdout.split("\n") if "|" in line]

    def all_of(kind: str) -> list[list[str]]:
        return [row[1:] for row in rows if row[0] == kind]

    if not all_of("clock") or not all_of("space"):
        raise CannotTell("the host tells neither the time nor how much space is left")
    active = {name for name, facts, *_ in all_of("daemon") if "ActiveState=active" in facts}
    return Keeping(
        clock=int(all_of("clock")[0][0]),
        journald="systemd-journald" in active,
        syslog=next((name for name in ("rsyslog", "syslog-ng") if name in active), ""),
        journals=tuple(sorted(path for path, *_ in all_of("open"))),
        storage=all_of("storage")[-1][0] if all_of("storage") else "",
        newest=max((float(time) for time, *_ in all_of("newest")), default=None),
        login=max((float(time) for time, *_ in all_of("login")), default=None),
        files={path: float(time) for time, path, *_ in all_of("file")},
        sessions=tuple(sorted(float(time) for time, *_ in all_of("session"))),
        dropped=tuple("|".join(row) for row in all_of("dropped")),
        full=int(all_of("space")[0][1]) == 0,
        in_memory={folder: source for kind, source, folder in all_of("on") if kind in IN_MEMORY},
    )
