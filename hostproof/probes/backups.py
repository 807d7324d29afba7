"""What backs this host up, and when that last ended well."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.schedule.commands import Command
from hostproof.probes.schedule.crontab import Job
from hostproof.probes.schedule.shell import NotShell
from hostproof.probes.schedule.tables import MOST_USERS, SPOOLS
from hostproof.probes.schedule.timers import Timer
from hostproof.services import runs_one_of

DATA = Path(__file__).parents[1] / "data" / "backup_tools.yml"
DAY = 86400
MOUNTED = ("/mnt/", "/media/", "/net/", "/nfs/", "/run/media/")


@dataclass(frozen=True)
class Tool:
    """A program that makes backups; the data file says what each field means."""

    id: str
    programs: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    other_verbs: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    remote: bool = False

    def fault(self, words: tuple[str, ...]) -> str:
        """Why it makes no backup when it is started with these arguments; "" when it does."""
        if self.verbs and not set(self.verbs) & set(words):
            return f"it does not make a backup without `{self.verbs[0]}`"
        if others := [word for word in words if word in self.other_verbs]:
            return f"`{others[0]}` makes no backup"
        if dry := [word for word in words if word in ("--dry-run", "-n", "--list-only", "--version", "--help")]:
            return f"{dry[0]} makes no backup"
        if self.remote and words and not (":" in words[-1] or words[-1].startswith(MOUNTED)):
            return f"it copies to {words[-1]}, on this host"
        return ""


@cache
def tools() -> dict[str, Tool]:
    """The tools by the names of their programs."""
    lists = ("programs", "verbs", "other_verbs", "traces")
    found = [
        Tool(name, remote=entry.get("remote", False), **{key: tuple(entry.get(key, ())) for key in lists})
        for name, entry in _data()["tools"].items()
    ]
    return {program: tool for tool in found for program in tool.programs}


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return loaded


def _traces() -> list[str]:
    return sorted({trace for tool in tools().values() for trace in tool.traces})


def _starts_of_traces() -> str:
    """For each trace, as shell words: how deep it lies below the folder where its search begins, that folder, and its pattern."""
    starts = [(trace.partition("*")[0].rpartition("/")[0], trace) for trace in _traces()]
    return " ".join(f"'{trace.count('/') - start.count('/')} {start} {trace}'" for start, trace in starts)


# The newest file of each trace in a home. What stands in the data file is ours, not a host's.
_TRACES = rf"""
odd=$(printf '*\n*')
traces() {{
    for trace in {_starts_of_traces()}; do
        depth=${{trace%% *}} trace=${{trace#* }}
        find "$1/${{trace%% *}}" -mindepth "$depth" -maxdepth "$depth" -path "$1/${{trace#* }}" ! -path "$odd" \
            -type f -printf 'trace|%T@|%p\n' 2>/dev/null | sort -t '|' -k 2,2nr | head -n 1
    done
}}
programs() {{
    for program in {" ".join(sorted(tools()))}; do
        for folder; do
            if [ -x "$folder/$program" ]; then printf 'program|%s\n' "$folder/$program"; fi
        done
    done
}}
"""
FOUND = rf"""
# look for programs that make backups, and for what they leave behind
date '+clock|%s'
{_TRACES}
programs /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin /snap/bin /root/.local/bin
traces /root
exit 0
"""
# The same in the homes of users for whom cron may run something, and the timers of their own that run without a log-in.
HOMES = rf"""
# look in the homes of ordinary users for programs that make backups, and for what they leave behind
for tool in awk cut find getent grep head readlink sort; do
    command -v $tool >/dev/null || {{ echo "$tool is missing" >&2; exit 127; }}
done
{_TRACES}
users() {{
    for file in {" ".join(f"{spool}/*" for spool in SPOOLS)} /var/lib/systemd/linger/*; do
        [ ! -f "$file" ] || printf '%s\n' "${{file##*/}}"
    done
    for file in /etc/crontab /etc/cron.d/*; do
        [ ! -f "$file" ] || awk '/^[ \t]*-?[0-9*]/ {{ print $6 }} /^[ \t]*-?@/ {{ print $2 }}' "$file"
    done
}}
for user in $(users | grep -E '^[A-Za-z_][A-Za-z0-9._@-]*$' | grep -vx root | sort -u | head -n {MOST_USERS}); do
    home=$(getent passwd "$user" | head -n 1 | cut -d : -f 6)
    case $home in /?*) ;; *) continue ;; esac
    case $home in *[!A-Za-z0-9._+@/-]*) continue ;; esac
    printf 'home|%s|%s\n' "$user" "$home"
    programs "$home/bin" "$home/.local/bin"
    traces "$home"
    [ -e "/var/lib/systemd/linger/$user" ] || continue
    for timer in "$home"/.config/systemd/user/*.wants/*.timer; do
        case ${{timer##*/}} in *[!A-Za-z0-9:_.@\\-]*) continue ;; esac
        case $(readlink -f "$timer") in "$(readlink -f "$home")"/*) printf 'timer|%s|%s\n' "$user" "${{timer##*/}}" ;; esac
    done
done
exit 0
"""


@dataclass(frozen=True)
class Found:
    """clock: the host's time. programs: executables. traces: path -> when it was last renewed."""

    clock: int
    programs: frozenset[str]
    traces: dict[str, float]


def read_found(answer: Answer) -> Found:
    """What is there."""
    clock = re.search(r"^clock\|(\d+)$", answer.stdout, re.MULTILINE)
    if clock is None:
        raise CannotTell("the host does not tell the time")
    return Found(
        int(clock[1]),
        frozenset(re.findall(r"^program\|(.+)$", answer.stdout, re.MULTILINE)),
        {path: float(time) for time, path in re.findall(r"^trace\|([\d.]+)\|(.+)$", answer.stdout, re.MULTILINE)},
    )


@dataclass(frozen=True)
class Homes:
    """folders: user -> home. programs, traces: as in Found. timers: what users' own systemd starts without a log-in."""

    folders: dict[str, str]
    programs: frozenset[str]
    traces: dict[str, float]
    timers: tuple[str, ...]


def read_homes(answer: Answer) -> Homes:
    """What is there."""
    return Homes(
        dict(re.findall(r"^home\|([^|\n]+)\|(.+)$", answer.stdout, re.MULTILINE)),
        frozenset(re.findall(r"^program\|(.+)$", answer.stdout, re.MULTILINE)),
        {path: float(time) for time, path in re.findall(r"^trace\|([\d.]+)\|(.+)$", answer.stdout, re.MULTILINE)},
        tuple(f"{timer} of {user}" for user, timer in re.findall(r"^timer\|([^|\n]+)\|(.+)$", answer.stdout, re.MULTILINE)),
    )


@dataclass(frozen=True)
class Success:
    """A backup that ended well: when, in seconds since 1970, and what shows it."""

    time: float
    shown_by: str


@dataclass
class Plan:
    """planned: what starts backups. obstacles: what looks like that and is not. failures: services whose last run failed.

    agents: programs that a server elsewhere tells to make backups. unseen: what may start backups and could not be looked at.
    last: the newest success that left a trace. age: days since.
    """

    planned: list[str] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    last: Success | None = None
    age: float | None = None

    def __str__(self) -> str:
        """A sentence for a report."""
        if not self.planned:
            summary = "nothing that could be seen" if self.unseen else "nothing on this host"
            return "; ".join((f"{summary} starts a backup", *self.obstacles, *self.unseen))
        started = f"backups are started by {', '.join(self.planned)}"
        age = f"the last success was {self.age:.1f} days ago ({self.last.shown_by})" if self.last and self.age is not None else ""
        return "; ".join(filter(None, (started, age, *self.failures, *self.obstacles)))


class Backups(Probe):
    """The backups that cron and systemd start, and what shows that they end well.

    A success is shown by the traces of the program; where it leaves none, by systemd's word that the timer's service ended well, or
    by a file that the profile names.

    Example: str(plan([])) == "backups are started by backup.timer; the last success was 0.3 days ago (/root/.cache/borg/...)"
    Blind spots: whether a copy can be restored and where it lies; a job that hides its failures and whose program leaves no trace;
    restic's trace is renewed by listing the newer backups of another host; caches that were moved away from ~/.cache; what timers
    of ordinary users' own systemd start (of those that run without a log-in it is told that they are there).
    A job of an ordinary user counts like one of root: which data matter, nobody knows here. Its successes are looked for in that
    user's home.
    """

    found = Reading(FOUND, read_found, root=True)
    homes = Reading(HOMES, read_homes, root=True, seconds=60, slow=True)

    def plan(self, stamps: Collection[str]) -> Plan:
        """What is planned and what came of it. stamps: files that a successful backup renews. Raises CannotTell."""
        plan = Plan()
        successes: list[Success] = []
        for job, name in self._jobs(plan):
            started = self._started(plan, job, name)
            if started:
                plan.planned.append(name)
                successes += self._successes(plan, job, started)
        if not plan.planned:
            self._look_further(plan)
        else:
            successes += [Success(time, path) for path in stamps if (time := self._renewed(path)) is not None]
        plan.last = max(successes, key=lambda success: success.time, default=None)
        plan.age = (self.found.clock - plan.last.time) / DAY if plan.last else None
        plan.agents = list(self._agents())
        return plan

    def _jobs(self, plan: Plan) -> Iterator[tuple[Job | Timer, str]]:
        yield from ((timer, timer.unit) for timer in self.host.schedule.timers)
        yield from ((job, job.source) for job in self.host.schedule.jobs)
        try:
            personal = self.host.schedule.personal_jobs
        except CannotTell as reason:
            plan.unseen.append(str(reason))
        else:
            yield from ((job, job.source) for job in personal)

    def _look_further(self, plan: Plan) -> None:
        """Where nothing starts a backup: what was meant to, and what may do so without being seen."""
        schedule = self.host.schedule
        for ignored in (*schedule.ignored, *(() if plan.unseen else schedule.personal_ignored)):
            lines = (line for line in ignored.text.split("\n") if not line.lstrip().startswith("#"))
            if any(word.rpartition("/")[2] in tools() for line in lines for word in line.split()):
                plan.obstacles.append(f"{ignored.source} is ignored: {ignored.why}")
        try:
            plan.unseen += [f"{timer} may start one" for timer in self.homes.timers]
        except CannotTell as reason:
            plan.unseen.append(f"timers of ordinary users cannot be seen: {reason}")

    def _started(self, plan: Plan, job: Job | Timer, name: str) -> list[Tool]:
        """The tools that a job starts so that they make a backup."""
        try:
            commands = [c for c in self.host.schedule.commands(job) if c.program in tools() and not self._only_named_so(c)]
        except NotShell:
            return []
        faults = [(tools()[c.program], self._missing(c) or tools()[c.program].fault(c.words[1:])) for c in commands]
        if not faults:
            return []
        self.cite(name, "\n".join(" ".join(c.words) for c in commands))
        started = [tool for tool, fault in faults if not fault]
        fault = "" if started else faults[0][1]
        if fault := fault or self.host.schedule.idle(job):
            plan.obstacles.append(f"{name}: {fault}")
            return []
        return started

    def _only_named_so(self, command: Command) -> bool:
        """Whether it is a script with the name of a tool: what it runs is looked at by itself."""
        return command.followed and not any(path in self.found.programs for path in command.paths)

    def _missing(self, command: Command) -> str:
        if command.file or any(path in self.found.programs for path in command.paths):
            return ""
        with suppress(CannotTell):
            if any(path in self.homes.programs for path in command.paths):
                return ""
        return f"there is no program {command.words[0]}"

    def _successes(self, plan: Plan, job: Job | Timer, started: list[Tool]) -> Iterator[Success]:
        home, times = self._traces(plan, job)
        globs = [f"{home}/{trace}" for tool in started for trace in tool.traces]
        traces = [Success(t, path) for path, t in times.items() if any(_fits(path, glob) for glob in globs)]
        yield from traces
        if isinstance(job, Timer):
            result = self.host.unit_results.of(job.service)
            if result.failure:
                plan.failures.append(f"the last run of {job.service} {result.failure}")
            if result.well and not traces:  # a program's own trace is the better witness
                yield Success(result.well, f"{job.service} ended well")

    def _traces(self, plan: Plan, job: Job | Timer) -> tuple[str, dict[str, float]]:
        """The home in which a job leaves its traces, and what traces there are."""
        if isinstance(job, Timer) or self.host.schedule.runs_as_root(job):
            return "/root", self.found.traces
        try:
            return self.homes.folders.get(job.user, "/nonexistent"), self.homes.traces
        except CannotTell as reason:
            plan.unseen.append(f"the home of {job.user} cannot be seen: {reason}")
            return "", {}

    def _renewed(self, path: str) -> float | None:
        file = self.host.file(path)
        return file.mtime.timestamp() if file.exists else None

    def _agents(self) -> Iterator[str]:
        for title, programs in _data()["agents"].items():
            if any(runs_one_of(process, programs) for process in self.host.processes.running.values()):
                yield title


def _fits(path: str, glob: str) -> bool:
    pattern = "".join("[^/]*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", glob))
    return re.fullmatch(pattern, path) is not None
