"""What cron runs, when, and as whom."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.schedule.anacron import ANACRONTAB, PROGRAM, read_anacrontab, runs_jobs
from hostproof.probes.schedule.commands import Command, Follower
from hostproof.probes.schedule.crontab import Cron, File, Ignored, Job, read_crontab
from hostproof.probes.schedule.expiry import AGES, read_ages
from hostproof.probes.schedule.shell import NotShell
from hostproof.probes.schedule.tables import FILES, PERSONAL, ROOT_CRONTABS, SPOOLS, read_files, read_personal
from hostproof.probes.schedule.timers import TIMERS, Timer, read_timers

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
SYSTEM_CRONTAB, DROP_INS = "/etc/crontab", "/etc/cron.d/"
FEDORAS_UNIT = "crond.service"
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


def read_accounts(answer: Answer) -> dict[str, int]:
    """User ids by name."""
    rows = (line.split(":") for line in answer.stdout.split("\n") if line.count(":") >= 3)
    return {row[0]: int(row[2]) for row in rows}


def read_daemons(answer: Answer) -> list[dict[str, str]]:
    """systemd's properties of each candidate, and what kind of program each of cron, crond and run-parts is."""
    blocks = answer.stdout.strip("\n").split("\n\n")
    return [dict(line.split("=", 1) for line in block.split("\n") if "=" in line) for block in blocks]


class Schedule(Probe):
    """The jobs of root, of the system and of ordinary users as this host's cron reads them, and what it silently leaves out.

    Example: jobs == [Job("/etc/cron.d/aide line 2", "root", Times(...), "/usr/bin/aide --check", {"PATH": "..."})]
    Blind spots: `at`; files that were changed after cron last looked (a minute at most); what ordinary users' own systemd starts;
    scripts of ordinary users in a language other than a shell's, or reached after `cd`.
    """

    files = Reading(FILES, read_files, root=True, shows=lambda answer: "")
    personal = Reading(PERSONAL, read_personal, root=True, seconds=60, slow=True, shows=lambda answer: "")
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
        """Files and lines that cron leaves out, of the same."""
        return [entry for entry in self._entries if isinstance(entry, Ignored)]

    @property
    def personal_jobs(self) -> list[Job]:
        """What cron runs of ordinary users' own crontabs. Raises CannotTell, which says so, when these cannot be seen."""
        try:
            return [entry for entry in self._personal_entries if isinstance(entry, Job)]
        except CannotTell as reason:
            raise CannotTell(f"crontabs of ordinary users cannot be seen: {reason}") from None

    @property
    def personal_ignored(self) -> list[Ignored]:
        """Files and lines that cron leaves out, of ordinary users' own crontabs. Raises CannotTell."""
        return [entry for entry in self._personal_entries if isinstance(entry, Ignored)]

    @property
    def cron_runs(self) -> bool:
        """Whether cron runs now and is started at boot."""
        daemon = self.daemon
        return daemon is not None and daemon.active and daemon.starts

    @property
    def started(self) -> list[Job | Timer]:
        """What timers start that stand now and after a boot, and what cron does where it runs: the jobs of `jobs`."""
        return [*(timer for timer in self.timers if timer.stands), *(self.jobs if self.cron_runs else [])]

    def idle(self, job: Job | Timer) -> str:
        """Why nothing is started now or after a boot; "" when it is."""
        if isinstance(job, Timer):
            return "" if job.stands else "it is not active, or not enabled"
        return "" if self.cron_runs else "cron does not run, or is not started at boot"

    def runs_as_root(self, job: Job) -> bool:
        """Whether cron starts it with the rights of root."""
        return self._user_id(job) == 0

    def commands(self, job: Job | Timer) -> list[Command]:
        """What is run in the end: through wrappers, shells, scripts of root or of the user and run-parts. Raises NotShell."""
        if isinstance(job, Timer):
            texts = map(shlex.join, job.commands)
            return [command for text in texts for command in self._follower().commands(text, {"PATH": UNIT_PATH})]
        shell = job.environment.get("SHELL", "/bin/sh")
        if not SHELLS.fullmatch(shell):
            raise NotShell(f"SHELL={shell} is no shell that runs it")
        variables = {"PATH": SEARCH_PATHS[self.daemon.kind if self.daemon else "debian"]}
        if not job.personal:
            return list(self._follower(self._user_id(job)).commands(job.runs, {**variables, **job.environment}))
        home = job.environment.get("HOME", self.personal.accounts[job.user].home).rstrip("/") or "/nonexistent"
        follower = Follower(self.personal.files, self._user_id(job), self._program("run-parts"), home)
        return list(follower.commands(job.runs, {**variables, "HOME": home, **job.environment}))

    def _follower(self, user_id: int = 0) -> Follower:
        return Follower(self.files, user_id, self._program("run-parts"))

    def _user_id(self, job: Job) -> int:
        return self.personal.accounts[job.user].user_id if job.personal else self.accounts[job.user]

    @property
    def _entries(self) -> list[Job | Ignored]:
        own = (SYSTEM_CRONTAB, *ROOT_CRONTABS)
        return self._read([file for path, file in self.files.items() if path in own or path.startswith(DROP_INS)], self.accounts)

    @property
    def _personal_entries(self) -> list[Job | Ignored]:
        if self.daemon is None:
            return []
        users = {name: account.user_id for name, account in self.personal.accounts.items()}
        named = {f"{folder}/{name}" for folder in SPOOLS for name in users} - set(ROOT_CRONTABS)
        return self._read([file for path, file in self.personal.files.items() if path in named], users)

    def _read(self, tables: Iterable[File], users: Mapping[str, int]) -> list[Job | Ignored]:
        daemon = self.daemon
        if daemon is None:
            return []
        process = self.host.processes.running.get(daemon.pid)
        options = frozenset(process.arguments[1:] if process else ())
        fedoras = daemon.kind == "cronie" and daemon.unit == FEDORAS_UNIT
        stray, spool = SPOOLS if fedoras else SPOOLS[::-1]
        found: list[Job | Ignored] = []
        for file in tables:
            if file.path.rpartition("/")[0] == stray:
                found.append(Ignored(file.path, f"this cron reads {spool}/{file.name}", "\n".join(file.lines)))
            else:
                found += read_crontab(file, daemon.kind, users, options)
        return [self._turned_away(entry) if isinstance(entry, Job) else entry for entry in found]

    def _turned_away(self, job: Job) -> Job | Ignored:
        """The job, or why cron does not run it although it takes the line."""
        why = self.ages.expired.get(job.user, "")
        if not why or PAM_FILES[self.daemon.kind if self.daemon else "debian"] in self.ages.unasked:
            return job
        return Ignored(job.source, f"cron may not run anything as {job.user}: {why}", job.command)

    def _starts_anacron(self, by_cron: list[Job]) -> bool:
        """Whether a timer or cron starts anacron."""
        starters: list[Job | Timer] = [timer for timer in self.timers if timer.stands]
        for job in (*starters, *by_cron):
            with suppress(NotShell):
                for command in self.commands(job):
                    if command.program == PROGRAM and command.file and runs_jobs(command.words):
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
