"""What installs updates by itself: unattended-upgrades, dnf-automatic, yum-cron, or a job of one's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hostproof.connection.answer import Answer
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.schedule import Command
from hostproof.probes.schedule.crontab import Job
from hostproof.probes.schedule.shell import NotShell
from hostproof.probes.schedule.timers import Timer
from hostproof.probes.schedule.times import longest_gap
from hostproof.probes.updates.history import VERBS

SETTINGS = r"""
# read how updates are set to install themselves
if command -v apt-get >/dev/null; then
    settings=$(apt-config dump) || exit
    printf '%s\n' "$settings" | grep -iE '^apt::periodic::(enable|unattended-upgrade) ' || :
    printf '%s\n' "$settings" | grep -iE '^unattended-upgrade::(allowed-origins|origins-pattern):: ' || :
fi
for program in apt-get apt aptitude unattended-upgrade unattended-upgrades dnf dnf5 dnf-3 yum microdnf dnf-automatic yum-cron; do
    for folder in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
        if [ -x "$folder/$program" ]; then printf 'program|%s\n' "$folder/$program"; fi
    done
done
for file in /usr/share/dnf5/dnf5-plugins/automatic.conf /etc/dnf/dnf5-plugins/automatic.conf /etc/dnf/automatic.conf \
    /etc/yum/yum-cron.conf; do
    if [ -e "$file" ]; then sed -n "s#^[ \t]*apply_updates[ \t]*=[ \t]*#set|$file|apply_updates|#p" "$file"; fi
done
exit 0
"""
DAY = 86400
OFF = ("", "0", "no", "false", "off")
NIGHTLY = "apt.systemd.daily"  # what apt's two timers start
UNATTENDED = ("unattended-upgrade", "unattended-upgrades")
AUTOMATIC = ("dnf-automatic", "yum-cron")
MANAGERS = ("apt-get", "apt", "aptitude", "dnf", "dnf5", "dnf-3", "yum", "microdnf")
ASSENT = re.compile(r"-[a-z]*y[a-z]*|-qq+|-q=2|--yes|--assume-?yes|--non-interactive")
NOTHING_DONE = re.compile(r"-[a-z]*s[a-z]*|--(simulate|just-print|dry-run|recon|no-act|print-uris|assume-?no)")
ONLY_FETCHED = ("-d", "--download-only", "--downloadonly")


@dataclass(frozen=True)
class Settings:
    """apt: apt's settings by small-letter name. origins: how many archives unattended-upgrades takes packages from.

    programs: executables that can upgrade. applies: file -> whether dnf-automatic or yum-cron installs what it finds.
    """

    apt: dict[str, str]
    origins: int
    programs: frozenset[str]
    applies: dict[str, bool]


@dataclass
class Plan:
    """planned: what installs updates often enough. obstacles: what looks like it and does not. unclear: what may do it."""

    planned: list[str] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """A sentence for a report."""
        summary = f"updates are installed by {', '.join(self.planned)}" if self.planned else "nothing installs updates by itself"
        return "; ".join((summary, *self.obstacles, *self.unclear))


def read_settings(answer: Answer) -> Settings:
    """What is configured."""
    pairs = re.findall(r'^([A-Za-z][\w:-]*) "(.*)";$', answer.stdout, re.MULTILINE)
    return Settings(
        {name.lower(): value for name, value in pairs if name.lower().startswith("apt::")},
        sum(name.lower().startswith("unattended-upgrade::") for name, _ in pairs),
        frozenset(re.findall(r"^program\|(.+)$", answer.stdout, re.MULTILINE)),
        {
            file: value.strip().lower() in ("yes", "true", "1", "on")
            for file, value in re.findall(r"^set\|([^|\n]+)\|apply_updates\|(.*)$", answer.stdout, re.MULTILINE)
        },
    )


class AutomaticUpdates(Probe):
    """What cron and systemd start that installs updates.

    Example: plan(7).planned == ["apt-daily-upgrade.timer"]
    Blind spots: upgrades that a machine elsewhere starts (Ansible, Landscape); programs of another name; which packages
    unattended-upgrades leaves out; rpm-ostree and other images.
    """

    settings = Reading(SETTINGS, read_settings)

    def plan(self, max_age_days: float) -> Plan:
        """What installs updates at least that often. Raises CannotTell."""
        plan = Plan()
        for timer in self.host.schedule.timers:
            self._consider(plan, timer, timer.unit, timer.gap, max_age_days)
        for job in self.host.schedule.jobs:
            gap = longest_gap([job.times]) if job.times else None
            self._consider(plan, job, job.source, gap, max_age_days)
        return plan

    def _consider(self, plan: Plan, job: Job | Timer, name: str, gap: int | None, max_age_days: float) -> None:
        try:
            faults = self._faults(self.host.schedule.commands(job), by_timer=isinstance(job, Timer))
        except NotShell as error:
            if isinstance(job, Job) and re.search(r"\b(apt|dnf|yum|unattended)", job.command):
                plan.obstacles.append(f"{name}: the shell does not understand it: {error}")
            return
        if not faults:
            return
        fault = min(faults) or self._standing(job) or self._too_rare(gap, max_age_days)
        if fault:
            plan.obstacles.append(f"{name}: {fault}")
        else:
            plan.planned.append(name)
            self.cite(name, job.command if isinstance(job, Job) else "\n".join(map(" ".join, job.commands)))

    def _standing(self, job: Job | Timer) -> str:
        """Why a job does not run, or why its last run was in vain."""
        if isinstance(job, Timer):
            if not (job.active and job.starts):
                return "it is not active, or not enabled"
            return f"the last run of {job.service} failed" if self.host.unit_results.of(job.service).failed_last else ""
        daemon = self.host.schedule.daemon
        if daemon is None or not (daemon.active and daemon.starts):
            return "cron does not run, or is not started at boot"
        return "" if self.host.schedule.accounts[job.user] == 0 else f"it runs as {job.user}, who may not install anything"

    def _too_rare(self, gap: int | None, max_age_days: float) -> str:
        if gap is None:
            return "it does not run at regular times"
        return f"up to {gap / DAY:.0f} days pass between two runs" if gap // DAY > max_age_days else ""

    def _faults(self, commands: list[Command], *, by_timer: bool) -> list[str]:
        """For each command that has to do with updates why it installs none, "" when it does."""
        nightly = [command for command in commands if command.program == NIGHTLY]
        if nightly:  # what this script does is up to apt's settings; started by cron it leaves the work to the timer
            return [self._of_apt_timer() for command in nightly if by_timer and "update" not in command.words]
        programs = [command for command in commands if not self.host.schedule.follows(command)]
        return [fault for fault in map(self._fault, programs) if fault is not None]

    def _fault(self, command: Command) -> str | None:
        words = command.words[1:]
        if command.program in UNATTENDED:
            return self._missing(command) or _idle(words) or self._without_origins()
        if command.program in AUTOMATIC or (command.program in ("dnf", "dnf5") and "automatic" in words):
            return self._missing(command) or self._of_automatic(command)
        if command.program in MANAGERS and any(word in VERBS for word in words):
            if command.program.startswith("apt") and all(word == "update" for word in words if word in VERBS):
                return None  # lists only
            return self._missing(command) or _idle(words) or _of_upgrade(words)
        return None

    def _of_apt_timer(self) -> str:
        enabled = self.settings.apt.get("apt::periodic::enable", "1").strip().lower()
        every = self.settings.apt.get("apt::periodic::unattended-upgrade", "0").strip().lower()
        if enabled in OFF:
            return f'APT::Periodic::Enable is "{enabled}"'
        if every in OFF:
            return "APT::Periodic::Unattended-Upgrade is not switched on"
        if not any(path.rpartition("/")[2] in UNATTENDED for path in self.settings.programs):
            return "unattended-upgrades is not installed"
        return self._without_origins()

    def _without_origins(self) -> str:
        return "" if self.settings.origins else "unattended-upgrades is allowed to take packages from nowhere"

    def _of_automatic(self, command: Command) -> str:
        if "--installupdates" in command.words:
            return ""
        if "--no-installupdates" in command.words:
            return "it installs nothing (--no-installupdates)"
        named = [word for word in command.words if word.endswith(".conf")]
        known = [file for file in named or self.settings.applies if file in self.settings.applies]
        applied = self.settings.applies[known[-1]] if known else False
        return "" if applied else f"it installs nothing: apply_updates is not set in {', '.join(named or known) or 'its settings'}"

    def _missing(self, command: Command) -> str:
        there = any(path in self.settings.programs for path in command.paths)
        return "" if there else f"there is no program {command.words[0]}"


def _idle(words: tuple[str, ...]) -> str:
    if idle := [word for word in words if NOTHING_DONE.fullmatch(word)]:
        return f"it only tells what it would do ({idle[0]})"
    if fetched := [word for word in words if word in ONLY_FETCHED]:
        return f"it only downloads ({fetched[0]})"
    return ""


def _of_upgrade(words: tuple[str, ...]) -> str:
    verb = next(place for place, word in enumerate(words) if word in VERBS)
    if named := [word for word in words[verb + 1 :] if not word.startswith("-")]:
        return f"it upgrades {named[0]}, not everything"
    return "" if any(map(ASSENT.fullmatch, words)) else "it waits for somebody to say yes"
