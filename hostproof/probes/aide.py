"""The file integrity checker AIDE: is it here, and when does it check?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.schedule.commands import Command
from hostproof.probes.schedule.crontab import Job
from hostproof.probes.schedule.shell import NotShell
from hostproof.probes.schedule.timers import Timer
from hostproof.probes.schedule.times import Times, longest_gap

PROGRAMS = r"""
# look for the programs of AIDE and ask for its version
for folder in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin /usr/share/aide/bin; do
    for file in "$folder"/aide "$folder"/aide.wrapper "$folder"/dailyaidecheck; do
        if [ -f "$file" ] && [ -x "$file" ]; then printf 'program %s\n' "$file"; fi
    done
done
! command -v aide >/dev/null || aide --version 2>&1 | sed 's/^/version /'
exit 0
"""
PROGRAM, WRAPPER, DAILY = "aide", "aide.wrapper", "dailyaidecheck"
DEBIAN_CONFIG = "/etc/aide/aide.conf"
OTHER_VERBS = {
    *("-i", "--init", "-n", "--dry-init", "-D", "--config-check", "-E", "--compare", "-p", "--path-check", "--list"),
    *("-v", "--version", "-h", "--help"),
}
CONFIGURING = ("-c", "--config", "-B", "--before", "-A", "--after")
VALUED = {*CONFIGURING, "-r", "--report", "-L", "--log-level", "-l", "--limit", "-W", "--workers", "-V", "--verbose"}
MENTION = re.compile(r"\baide", re.IGNORECASE)


@dataclass(frozen=True)
class Programs:
    """paths: executables of AIDE. version: what `aide` says it is. config: what it reads by default, if any."""

    paths: frozenset[str]
    version: str = ""
    config: str | None = None


@dataclass(frozen=True)
class Plan:
    """When AIDE checks. gap: seconds between two checks at most, None when none is planned.

    planned: what starts the checks. obstacles: what looks like a check and is none, and why. unclear: what may be one.
    """

    gap: int | None
    planned: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()

    def within(self, seconds: int) -> bool:
        """Whether a check follows the other soon enough."""
        return self.gap is not None and self.gap <= seconds

    def __str__(self) -> str:
        """A sentence for a report."""
        if self.gap is None:
            summary = "nothing starts a check of AIDE"
        else:
            summary = f"up to {self.gap} s pass from one check of AIDE to the next ({', '.join(self.planned)})"
        return "; ".join((summary, *self.obstacles, *self.unclear))


@dataclass(frozen=True)
class Finding:
    """What is wrong with a job that has to do with AIDE; nothing: it checks. sure: whether that is certain."""

    fault: str = ""
    sure: bool = True


@dataclass
class Remarks:
    """What is said about jobs that are no check, or may be none."""

    obstacles: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def add(self, source: str, finding: Finding) -> None:
        (self.obstacles if finding.sure else self.unclear).append(f"{source}: {finding.fault}")


def read_programs(answer: Answer) -> Programs:
    """AIDE's executables and its version; both may be missing."""
    lines = [line.partition(" ") for line in answer.stdout.split("\n")]
    said = "\n".join(text for kind, _, text in lines if kind == "version")
    version = re.match(r"aide,? v?(\d[\w.+-]*)", said, re.IGNORECASE)
    config = re.search(r'^(?:config file: |CONFIG_FILE = ")([^"\n]+)', said, re.MULTILINE)
    paths = frozenset(text for kind, _, text in lines if kind == "program")
    return Programs(paths, version[1] if version else "", config[1] if config and config[1] != "<none>" else None)


def telling_lines(answer: Answer) -> str:
    """The lines of the answer that a report shows."""
    telling = re.compile(r"program |version (aide|config file|CONFIG_FILE)", re.IGNORECASE)
    return "\n".join(line for line in answer.stdout.split("\n") if telling.match(line)) or "no program of AIDE"


class Aide(Probe):
    """AIDE's programs, and the checks that cron or systemd start.

    Example: plan({"cron"}) == Plan(300, ("/etc/cron.d/aide line 2",))
    Blind spots: programs that are AIDE under another name, checks that a program of another language starts.
    """

    programs = Reading(PROGRAMS, read_programs, shows=telling_lines)

    def plan(self, schedulers: Collection[str]) -> Plan:
        """The checks that the schedulers, `cron` and `timer`, start; they become evidence. Raises CannotTell."""
        remarks = Remarks()
        gaps, planned = [], []
        if "cron" in schedulers:
            jobs = list(self._cron(remarks))
            gaps.append(longest_gap(times for _, times in jobs))
            planned += [source for source, _ in jobs]
        if "timer" in schedulers:
            timers = list(self._timers(remarks))
            gaps += [timer.gap for timer in timers]
            planned += [timer.unit for timer in timers]
        shortest = min((gap for gap in gaps if gap is not None), default=None)
        return Plan(shortest, tuple(planned), tuple(remarks.obstacles), tuple(remarks.unclear))

    @property
    def configurations(self) -> list[str]:
        """The configuration files that the checks of cron and timers name, and AIDE's default; each once."""
        named = [path for job in (*self.host.schedule.jobs, *self.host.schedule.timers) for path in self._configurations(job)]
        default = [self.programs.config] if self.programs.config and not named else []
        return list(dict.fromkeys((*named, *default)))

    def _configurations(self, job: Job | Timer) -> Iterator[str]:
        try:
            commands = self.host.schedule.commands(job)
        except NotShell:
            return
        for command in commands:
            if command.program in (WRAPPER, DAILY):
                yield DEBIAN_CONFIG
            elif command.program == PROGRAM:
                words = [part for word in command.words for part in word.split("=", 1)]
                yield from (value for word, value in pairwise(words) if word in ("-c", "--config"))

    def _cron(self, remarks: Remarks) -> Iterator[tuple[str, Times]]:
        schedule, daemon = self.host.schedule, self.host.schedule.daemon
        if daemon is None:
            remarks.obstacles.append("there is no cron")
            return
        for ignored in schedule.ignored:
            active = (line for line in ignored.text.split("\n") if not line.lstrip().startswith("#"))
            if lines := [line for line in active if MENTION.search(line)]:
                self.cite(ignored.source, "\n".join(lines))
                remarks.obstacles.append(f"{ignored.source} is ignored: {ignored.why}")
        found = list(self._jobs(remarks))
        if found and not daemon.active:
            remarks.obstacles.append(f"{daemon.unit} does not run")
        elif found and not daemon.starts:
            remarks.obstacles.append(f"{daemon.unit} is not started at boot")
        else:
            yield from found

    def _jobs(self, remarks: Remarks) -> Iterator[tuple[str, Times]]:
        schedule = self.host.schedule
        jobs = schedule.jobs
        try:
            jobs = [*jobs, *schedule.personal_jobs]
        except CannotTell as reason:
            remarks.unclear.append(str(reason))
        for job in jobs:
            finding = self._finding(job)
            if finding is None:
                continue
            self.cite(job.source, f"{job.user}: {job.command}")
            if not finding.fault and not schedule.runs_as_root(job):
                finding = self._of_rights(job)
            if not finding.fault and job.times is None:
                finding = Finding("it runs once, after a boot")
            if finding.fault:
                remarks.add(job.source, finding)
            elif job.times is not None:
                yield job.source, job.times

    def _of_rights(self, job: Job) -> Finding:
        """What keeps a check of an ordinary user from seeing everything."""
        if any(command.by_sudo and self._of_command(command) == Finding() for command in self.host.schedule.commands(job)):
            return Finding(f"whether sudo lets {job.user} do it cannot be seen", sure=False)
        return Finding(f"it runs as {job.user}, who may not read all that AIDE watches")

    def _timers(self, remarks: Remarks) -> Iterator[Timer]:
        for timer in self.host.schedule.timers:
            finding = self._finding(timer)
            if finding is None:
                continue
            self.cite(timer.unit, "\n".join(map(" ".join, timer.commands)))
            if not finding.fault and not timer.stands:
                finding = Finding("it is not active, or not enabled")
            if finding.fault:
                remarks.add(timer.unit, finding)
            else:
                yield timer

    def _finding(self, job: Job | Timer) -> Finding | None:
        """None when a job has nothing to do with AIDE."""
        mentions = isinstance(job, Job) and MENTION.search(job.command)
        try:
            findings = [f for f in map(self._of_command, self.host.schedule.commands(job)) if f is not None]
        except NotShell as error:
            return Finding(f"the shell does not understand it: {error}") if mentions else None
        if not findings:
            return Finding("it does not run AIDE") if mentions else None
        return min(findings, key=lambda finding: (finding.fault != "", finding.sure))

    def _of_command(self, command: Command) -> Finding | None:
        if command.program not in (PROGRAM, WRAPPER, DAILY):
            hidden = MENTION.search(command.program) and not command.followed
            return Finding(f"what {command.words[0]} runs cannot be seen", sure=False) if hidden else None
        own = any(path in self.programs.paths for path in command.paths)
        if command.followed and not (own and command.program in (WRAPPER, DAILY)):
            return None  # a script that only has the name: what it runs is looked at by itself
        if not own:
            where = "" if "/" in command.words[0] else f" in {command.search_path}"
            return Finding(f"there is no program {command.words[0]}{where}")
        return Finding() if command.program == DAILY else self._of_arguments(command)

    def _of_arguments(self, command: Command) -> Finding:
        options = list(_options(command.words[1:]))
        if verbs := [option for option in options if option in OTHER_VERBS]:
            return Finding(f"`{command.program} {verbs[0]}` is no check")
        if hidden := [word for word in options if "$" in word]:
            return Finding(f"AIDE is given {hidden[0]}, and what that is cannot be seen", sure=False)
        if strange := [word for word in options if not word.startswith("-") or word != word.strip()]:
            return Finding(f"AIDE is given {strange[0]!r}, which it does not take")
        if command.program == WRAPPER or self.programs.config or any(option in CONFIGURING for option in options):
            return Finding()
        return Finding(f"`{' '.join(command.words)}` names no configuration, and this build of AIDE has no default")


def _options(words: tuple[str, ...]) -> Iterator[str]:
    """The options without their values."""
    rest = iter(words)
    for word in rest:
        yield word.partition("=")[0] if word.startswith("--") else word
        if word in VALUED:
            next(rest, None)
