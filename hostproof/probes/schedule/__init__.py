"""What cron runs, when, and as whom."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.schedule.anacron import ANACRONTAB, PROGRAM, read_anacrontab, runs_jobs
from hostproof.probes.schedule.crontab import LEFT_BY_PACKAGES, Cron, File, Ignored, Job, read_crontab
from hostproof.probes.schedule.expiry import AGES, read_ages
from hostproof.probes.schedule.shell import NotShell, Walk
from hostproof.probes.schedule.timers import TIMERS, Timer, read_timers
from hostproof.probes.schedule.wrappers import unwrapped

# Facts of every crontab and of each path that one, or a timer's service, names; the text of crontabs and of scripts two
# steps away from them. A script is an executable or *.sh file of at most 16 KiB.
FILES = r"""
# read the crontabs and the scripts that they name
for tool in find grep head sed sort tail; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
odd=$(printf '*\n*')
set --
for file in /etc/crontab /etc/anacrontab /etc/cron.d/* /etc/cron.d/.[!.]* /var/spool/cron/crontabs/root /var/spool/cron/root; do
    case $file in $odd) continue ;; esac
    if [ -f "$file" ] || [ -h "$file" ]; then set -- "$@" "$file"; fi
done
for file; do [ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || printf 'unended %s\n' "$file"; done
paths='/[A-Za-z0-9._+@-][A-Za-z0-9._+@/-]*'
words() {
    grep -aohE "$paths" "$@" /dev/null | grep -vE '^/(proc|sys|dev)(/|$)' | sort -u | head -n 500
}
parts() {
    for folder in $(grep -aohE 'run-parts.*' "$@" /dev/null | grep -oE "$paths" | sort -u); do
        [ ! -d "$folder" ] || find -L "${folder%/}" -maxdepth 1 -type f ! -path '*[^A-Za-z0-9._+@~,/-]*'
    done
}
scripts() {
    find -L /dev/null "$@" -maxdepth 0 -type f -size -17k \( -perm /111 -o -name '*.sh' \) -exec grep -lIs '' {} +
}
by_timers() {
    units=$(systemctl show --value --property=Unit '*.timer' | grep -E '^[A-Za-z0-9:_.@\-]+$' | sort -u)
    [ -z "$units" ] || systemctl show --value --property=ExecStart $units | words -
}
named=$(words "$@"; parts "$@"; by_timers 2>/dev/null)
first=$(scripts $named)
named="$named $(words $first; parts $first)"
second=$(scripts $named)
all=$(printf '%s\n' $named $first $second | sort -u)
[ $# = 0 ] || find "$@" -maxdepth 0 -printf 'own %y %U %p\n'
find -L /dev/null "$@" $all -maxdepth 0 -printf 'is %y %m %U %n %p\n'
grep -aH '' "$@" $(printf '%s\n' $first $second | sort -u) /dev/null | sed 's/^/in /'
exit 0
"""
# A daemon that is not there is an answer too. Which one it is, its own text tells: only cronie speaks of .rpmsave.
DAEMONS = r"""
# ask systemd about the cron daemons
properties=Id,LoadState,ActiveState,UnitFileState,MainPID
systemctl show --property=$properties cron.service crond.service cronie.service || exit
for name in cron crond run-parts; do
    program=$(command -v $name) || continue
    case $(head -c 2 "$program" | tr -d '\000') in '#!') kind=script ;; *) kind=debian ;; esac
    ! grep -qa rpmsave "$program" || [ $kind = script ] || kind=cronie
    ! grep -qa BusyBox "$program" || kind=busybox
    printf '\n%s=%s\n' "$name" "$kind"
done
exit 0
"""
TYPES = {"f": 0o100000, "d": 0o040000, "l": 0o120000, "p": 0o010000, "s": 0o140000, "b": 0o060000, "c": 0o020000}
SYSTEM_CRONTAB = "/etc/crontab"
FEDORAS_UNIT = "crond.service"
ROOT_CRONTABS = ("/var/spool/cron/crontabs/root", "/var/spool/cron/root")  # of Debian's packages, of Fedora's
DEEPEST = 4  # scripts that call scripts
PAM_FILES = {"debian": "/etc/pam.d/cron", "cronie": "/etc/pam.d/crond"}
SEARCH_PATHS = {"debian": "/usr/bin:/bin", "cronie": "/usr/bin:/bin:/usr/sbin:/sbin"}
UNIT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SHELLS = re.compile(r"(?:.*/)?(?:ba|da|k|z|a)?sh")


@dataclass(frozen=True)
class Daemon:
    """The cron service. kind: whose rules it follows. starts: whether a boot starts it. pid: 0 when it does not run."""

    unit: str
    kind: Cron
    active: bool
    starts: bool
    pid: int


@dataclass(frozen=True)
class Command:
    """A command that a job runs in the end, and where its program is looked for."""

    words: tuple[str, ...]
    search_path: str

    @property
    def program(self) -> str:
        """Its last name, without folder."""
        return self.words[0].rpartition("/")[2]

    @property
    def paths(self) -> list[str]:
        """Where its program may lie, in the order in which a shell looks."""
        name = self.words[0]
        return [name] if "/" in name else [f"{folder}/{name}" for folder in self.search_path.split(":")]


def read_files(answer: Answer) -> dict[str, File]:
    """The crontabs, the paths that they name and their facts, by path; text only of crontabs and scripts."""
    facts: dict[str, tuple[int, int, int]] = {}
    link_owners: dict[str, int] = {}
    unended: set[str] = set()
    lines: dict[str, list[str]] = {}
    for line in answer.stdout.removesuffix("\n").split("\n"):
        kind, _, rest = line.partition(" ")
        if kind == "in":
            path = _path_before_text(rest, facts)
            lines.setdefault(path, []).append(rest[len(path) + 1 :])
        elif kind == "is":
            letter, mode, owner, links, path = rest.split(" ", 4)
            facts[path] = (TYPES.get(letter[0], 0) | int(mode, 8), int(owner), int(links))
        elif kind == "own":
            letter, owner, path = rest.split(" ", 2)
            link_owners.update({path: int(owner)} if letter == "l" else {})
        elif kind == "unended":
            unended.add(rest)
        elif line:
            raise ValueError(f"not understood: {line!r}")
    return {
        path: File(path, mode, owner, links, link_owners.get(path), tuple(lines.get(path, ())), path not in unended)
        for path, (mode, owner, links) in facts.items()
    }


def _path_before_text(line: str, known: Mapping[str, object]) -> str:
    end = line.index(":")
    while line[:end] not in known:
        end = line.index(":", end + 1)
    return line[:end]


def read_accounts(answer: Answer) -> dict[str, int]:
    """User ids by name."""
    rows = (line.split(":") for line in answer.stdout.split("\n") if line.count(":") >= 3)
    return {row[0]: int(row[2]) for row in rows}


def read_daemons(answer: Answer) -> list[dict[str, str]]:
    """systemd's properties of each candidate, and what kind of program each of cron, crond and run-parts is."""
    blocks = answer.stdout.strip("\n").split("\n\n")
    return [dict(line.split("=", 1) for line in block.split("\n") if "=" in line) for block in blocks]


class Schedule(Probe):
    """The jobs of root and of the system as this host's cron reads them, and what it silently leaves out.

    Example: jobs == [Job("/etc/cron.d/aide line 2", "root", Times(...), "/usr/bin/aide --check", {"PATH": "..."})]
    Blind spots: other users' crontabs, `at`, files that were changed after cron last looked (a minute at most).
    """

    files = Reading(FILES, read_files, root=True, shows=lambda answer: "")
    accounts = Reading("getent passwd", read_accounts, shows=lambda answer: "")
    ages = Reading(AGES, read_ages, root=True, shows=lambda answer: "")
    daemons = Reading(DAEMONS, read_daemons)
    timers = Reading(TIMERS, read_timers, shows=lambda answer: "")

    @property
    def daemon(self) -> Daemon | None:
        """The cron service, the one that runs where there are several; None when there is none. Raises CannotTell."""
        there = [entry for entry in self.daemons if entry.get("LoadState") not in (None, "not-found")]
        if not there:
            if others := self.host.packages.matching("systemd-cron", "bcron*", "busybox-cron*", "dcron", "fcron"):
                raise CannotTell(f"crontabs are read by {' and '.join(others)}, whose rules are not known here")
            return None
        chosen = max(there, key=lambda entry: entry["ActiveState"] == "active")
        starts = chosen["UnitFileState"] in ("enabled", "alias", "generated")
        return Daemon(
            chosen["Id"], self._kind(chosen["Id"]), chosen["ActiveState"] == "active", starts, int(chosen["MainPID"])
        )

    @property
    def jobs(self) -> list[Job]:
        """What cron runs for the system and for root, and anacron where that is started."""
        by_cron = [entry for entry in self._entries if isinstance(entry, Job)]
        table = self.files.get(ANACRONTAB)
        return [*by_cron, *(read_anacrontab(table) if table and self._starts_anacron(by_cron) else ())]

    @property
    def ignored(self) -> list[Ignored]:
        """Files and lines that cron leaves out."""
        return [entry for entry in self._entries if isinstance(entry, Ignored)]

    def commands(self, job: Job | Timer) -> list[Command]:
        """What is run in the end: through wrappers, shells, scripts of root and run-parts. Raises NotShell."""
        if isinstance(job, Timer):
            return [
                c for words in job.commands for c in self._commands(shlex.join(words), {"PATH": UNIT_PATH}, DEEPEST)
            ]
        shell = job.environment.get("SHELL", "/bin/sh")
        if not SHELLS.fullmatch(shell):
            raise NotShell(f"SHELL={shell} is no shell that runs it")
        kind = self.daemon.kind if self.daemon else "debian"
        variables = {"PATH": SEARCH_PATHS[kind], **job.environment}
        return list(self._commands(job.runs, variables, DEEPEST))

    def follows(self, command: Command) -> bool:
        """Whether a command's program is a script whose own commands are among those of the job."""
        file = self._file(command)
        return file is not None and file.script_of_root

    def _file(self, command: Command) -> File | None:
        there = (self.files[path] for path in command.paths if path in self.files)
        return next((file for file in there if file.executable), None)

    @property
    def _entries(self) -> list[Job | Ignored]:
        if self.daemon is None:
            return []
        process = self.host.processes.running.get(self.daemon.pid)
        options = frozenset(process.arguments[1:] if process else ())
        fedoras = self.daemon.kind == "cronie" and self.daemon.unit == FEDORAS_UNIT
        stray, spool = ROOT_CRONTABS if fedoras else ROOT_CRONTABS[::-1]
        found: list[Job | Ignored] = []
        for path, file in self.files.items():
            if path in (SYSTEM_CRONTAB, spool) or path.startswith("/etc/cron.d/"):
                found += read_crontab(file, self.daemon.kind, self.accounts, options)
            elif path == stray:
                found.append(Ignored(path, f"this cron reads {spool}", "\n".join(file.lines)))
        return [self._turned_away(entry) if isinstance(entry, Job) else entry for entry in found]

    def _turned_away(self, job: Job) -> Job | Ignored:
        """The job, or why cron does not run it although it takes the line."""
        why = self.ages.expired.get(job.user, "")
        if not why or PAM_FILES[self.daemon.kind if self.daemon else "debian"] in self.ages.unasked:
            return job
        return Ignored(job.source, f"cron may not run anything as {job.user}: {why}", job.command)

    def _starts_anacron(self, by_cron: list[Job]) -> bool:
        """Whether a timer or cron starts anacron."""
        starters: list[Job | Timer] = [timer for timer in self.timers if timer.active and timer.starts]
        for job in (*starters, *by_cron):
            with suppress(NotShell):
                for command in self.commands(job):
                    if command.program == PROGRAM and self._file(command) and runs_jobs(command.words):
                        return True
        return False

    def _program(self, name: str) -> str:
        """The kind of a program: debian, cronie, script, busybox, or empty when it is not there."""
        return next((entry[name] for entry in self.daemons if name in entry), "")

    def _kind(self, unit: str) -> Cron:
        found = self._program("cron" if unit == "cron.service" else "crond")
        if found not in ("debian", "cronie", ""):
            raise CannotTell(f"crontabs are read by {unit}, whose rules are not known here")
        return cast(Cron, found or "debian")

    def _commands(self, text: str, variables: Mapping[str, str], depth: int) -> Iterator[Command]:
        walk = Walk(text, self._exists, dict(variables))
        for words in walk.commands():
            inner = unwrapped(words)
            if inner.text and depth:
                yield from self._commands(inner.text, walk.variables, depth - 1)
            elif inner.script:
                yield from self._script(inner.script, walk.variables, depth)
            elif inner.words:
                yield Command(inner.words, walk.variables.get("PATH", ""))
                yield from self._called(inner.words, walk.variables, depth)

    def _called(self, words: tuple[str, ...], variables: Mapping[str, str], depth: int) -> Iterator[Command]:
        if words[0].rpartition("/")[2] == "run-parts":
            for path in self._parts(words[-1].rstrip("/")):
                yield Command((path,), variables.get("PATH", ""))
                yield from self._script(path, variables, depth)
            return
        file = self._file(Command(words, variables.get("PATH", "")))
        if file:
            yield from self._script(file.path, variables, depth)

    def _script(self, path: str, variables: Mapping[str, str], depth: int) -> Iterator[Command]:
        file = self.files.get(path)
        if file and file.script_of_root and depth:
            # A shell runs a script up to the line that it does not understand.
            with suppress(NotShell):
                yield from self._commands("\n".join(file.lines) + "\n", variables, depth - 1)

    def _parts(self, folder: str) -> list[str]:
        """The files of a folder that run-parts runs: Debian's program and Fedora's script take different names."""
        takes = _takes_fedora if self._program("run-parts") == "script" else _takes_debian
        inside = (f for path, f in self.files.items() if path.rpartition("/")[0] == folder)
        return sorted(file.path for file in inside if file.executable and takes(file.name))

    def _exists(self, path: str) -> bool | None:
        """Whether a path is there; None for paths that were not asked about."""
        if path in self.files:
            return True
        return False if re.fullmatch(r"/(?!(?:proc|sys|dev)(?:/|$))[A-Za-z0-9._+@/-]+", path) else None


def _takes_debian(name: str) -> bool:
    return bool(re.fullmatch(r"[a-zA-Z0-9_-]+", name))


def _takes_fedora(name: str) -> bool:
    return not name.endswith((*LEFT_BY_PACKAGES, ".swp", ".cfsaved", ",v"))
