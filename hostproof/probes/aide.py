"""The file integrity checker AIDE: is it here, and when does it check?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.schedule import Command
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
CHECKS = {"-C", "--check", "-u", "--update"}
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

    planned: what starts the checks. obstacles: what looks like a check and is none, and why.
    """

    gap: int | None
    planned: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()

    def within(self, seconds: int) -> bool:
        """Whether a check follows the other soon enough."""
        return self.gap is not None and self.gap <= seconds

    def __str__(self) -> str:
        """A sentence for a report."""
        if self.gap is None:
            summary = "nothing starts a check of AIDE"
        else:
            summary = f"up to {self.gap} s pass from one check of AIDE to the next ({', '.join(self.planned)})"
        return "; ".join((summary, *self.obstacles))


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
        obstacles: list[str] = []
        gaps, planned = [], []
        if "cron" in schedulers:
            jobs = list(self._cron(obstacles))
            gaps.append(longest_gap(times for _, times in jobs))
            planned += [source for source, _ in jobs]
        if "timer" in schedulers:
            timers = list(self._timers(obstacles))
            gaps += [timer.gap for timer in timers]
            planned += [timer.unit for timer in timers]
        return Plan(min((gap for gap in gaps if gap is not None), default=None), tuple(planned), tuple(obstacles))

    def _cron(self, obstacles: list[str]) -> Iterator[tuple[str, Times]]:
        schedule, daemon = self.host.schedule, self.host.schedule.daemon
        if daemon is None:
            obstacles.append("there is no cron")
            return
        for ignored in schedule.ignored:
            active = (line for line in ignored.text.split("\n") if not line.lstrip().startswith("#"))
            if lines := [line for line in active if MENTION.search(line)]:
                self.cite(ignored.source, "\n".join(lines))
                obstacles.append(f"{ignored.source} is ignored: {ignored.why}")
        found = list(self._jobs(obstacles))
        if found and not daemon.active:
            obstacles.append(f"{daemon.unit} does not run")
        elif found and not daemon.starts:
            obstacles.append(f"{daemon.unit} is not started at boot")
        else:
            yield from found

    def _jobs(self, obstacles: list[str]) -> Iterator[tuple[str, Times]]:
        for job in self.host.schedule.jobs:
            try:
                fault = self._fault_of(job)
            except NotShell as error:
                fault = f"the shell does not understand it: {error}" if MENTION.search(job.command) else None
            if fault is None:
                continue
            self.cite(job.source, f"{job.user}: {job.command}")
            if not fault and self.host.schedule.accounts[job.user] != 0:
                fault = f"it runs as {job.user}, who may not read all that AIDE watches"
            if not fault and job.times is None:
                fault = "it runs once, after a boot"
            if fault:
                obstacles.append(f"{job.source}: {fault}")
            elif job.times is not None:
                yield job.source, job.times

    def _timers(self, obstacles: list[str]) -> Iterator[Timer]:
        for timer in self.host.schedule.timers:
            fault = self._fault_of(timer)
            if fault is None:
                continue
            self.cite(timer.unit, "\n".join(map(" ".join, timer.commands)))
            if not fault and not (timer.active and timer.starts):
                fault = "it is not active, or not enabled"
            if fault:
                obstacles.append(f"{timer.unit}: {fault}")
            else:
                yield timer

    def _fault_of(self, job: Job | Timer) -> str | None:
        """None when a job has nothing to do with AIDE, "" when it checks, else why it does not. Raises NotShell."""
        faults = [f for f in map(self._fault, self.host.schedule.commands(job)) if f is not None]
        if not faults:
            mentions = isinstance(job, Job) and MENTION.search(job.command)
            return "it does not run AIDE" if mentions else None
        return "" if "" in faults else faults[0]

    def _fault(self, command: Command) -> str | None:
        if command.program not in ("aide", "aide.wrapper", "dailyaidecheck") or self._followed(command):
            return None
        if not any(path in self.programs.paths for path in _paths(command)):
            where = "" if "/" in command.words[0] else f" in {command.search_path}"
            return f"there is no program {command.words[0]}{where}"
        if command.program == "dailyaidecheck":
            return ""
        return self._fault_of_arguments(command)

    def _followed(self, command: Command) -> bool:
        """Whether it is a script of that name, whose own commands were looked at."""
        script = self.host.schedule.files.get(command.words[0])
        return command.program != "dailyaidecheck" and bool(script and script.lines)

    def _fault_of_arguments(self, command: Command) -> str:
        options = list(_options(command.words[1:]))
        if verbs := [option for option in options if option in OTHER_VERBS]:
            return f"`{command.program} {verbs[0]}` is no check"
        strange = [word for word in options if not word.startswith("-") or "$" in word or word != word.strip()]
        if strange:
            return f"AIDE is given {strange[0]!r}, which it does not take or we cannot follow"
        if (
            command.program == "aide.wrapper"
            or self.programs.config
            or any(option in CONFIGURING for option in options)
        ):
            return ""
        return f"`{' '.join(command.words)}` names no configuration, and this build of AIDE has no default"


def _paths(command: Command) -> list[str]:
    program = command.words[0]
    return [program] if "/" in program else [f"{folder}/{program}" for folder in command.search_path.split(":")]


def _options(words: tuple[str, ...]) -> Iterator[str]:
    """The options without their values."""
    rest = iter(words)
    for word in rest:
        yield word.partition("=")[0] if word.startswith("--") else word
        if word in VALUED:
            next(rest, None)
