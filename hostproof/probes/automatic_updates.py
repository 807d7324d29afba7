"""What installs updates by itself: unattended-upgrades, dnf-automatic, yum-cron, or a job of one's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.schedule.commands import Command
from hostproof.probes.schedule.crontab import Job
from hostproof.probes.schedule.shell import NotShell
from hostproof.probes.schedule.timers import Timer
from hostproof.probes.schedule.times import longest_gap
from hostproof.probes.updates.history import VERBS
from hostproof.probes.updates.unattended import OFF, BadPattern, Unattended, days, read_unattended

SETTINGS = r"""
# read how updates are set to install themselves
if command -v apt-get >/dev/null; then
    settings=$(apt-config dump) || exit
    printf '%s\n' "$settings" | grep -iE '^apt::periodic::(enable|unattended-upgrade|update-package-lists) ' || :
    printf '%s\n' "$settings" |
        grep -iE '^unattended-upgrade::((allowed-origins|origins-pattern|package-blacklist)::|installonshutdown) ' || :
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
NIGHTLY = "apt.systemd.daily"  # what apt's two timers start
UNATTENDED = ("unattended-upgrade", "unattended-upgrades")
AUTOMATIC = ("dnf-automatic", "yum-cron")
UPGRADES, LISTS = "Unattended-Upgrade", "Update-Package-Lists"  # settings below APT::Periodic
DISTRO_IDS = {"debian": "Debian", "ubuntu": "Ubuntu"}  # what lsb_release calls them
APTS = (NIGHTLY, *UNATTENDED, "apt-get", "apt", "aptitude")
REFRESHERS = ("cron-apt", "apticron")
ABOUT_UPDATES = re.compile(r"\b(apt|dnf|yum|unattended)")
MANAGERS = ("apt-get", "apt", "aptitude", "dnf", "dnf5", "dnf-3", "yum", "microdnf")
ASSENT = re.compile(r"-[a-z]*y[a-z]*|-qq+|-q=2|--yes|--assume-?yes|--non-interactive")
NOTHING_DONE = re.compile(r"-[a-z]*s[a-z]*|--(simulate|just-print|dry-run|recon|no-act|print-uris|assume-?no)")
ONLY_FETCHED = ("-d", "--download-only", "--downloadonly")


@dataclass(frozen=True)
class Settings:
    """apt: apt's settings by small-letter name. unattended: those of unattended-upgrades.

    programs: executables that can upgrade. applies: file -> whether dnf-automatic or yum-cron installs what it finds.
    """

    apt: dict[str, str]
    unattended: Unattended
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
        read_unattended(pairs),
        frozenset(re.findall(r"^program\|(.+)$", answer.stdout, re.MULTILINE)),
        {
            file: value.strip().lower() in ("yes", "true", "1", "on")
            for file, value in re.findall(r"^set\|([^|\n]+)\|apply_updates\|(.*)$", answer.stdout, re.MULTILINE)
        },
    )


class AutomaticUpdates(Probe):
    """What cron and systemd start that installs updates.

    Example: plan(7).planned == ["apt-daily-upgrade.timer"]
    What apt installs counts only where something refreshes its lists, and unattended-upgrades only where it takes packages from the
    archive that brings security updates.
    Blind spots: upgrades that a machine elsewhere starts (Ansible, Landscape); programs of another name; single packages that
    unattended-upgrades leaves out; rpm-ostree and other images.
    """

    settings = Reading(SETTINGS, read_settings)

    def plan(self, max_age_days: float) -> Plan:
        """What installs updates at least that often. Raises CannotTell."""
        plan = Plan()
        for timer in self.host.schedule.timers:
            self._consider(plan, timer, timer.unit, max_age_days)
        for job in self.host.schedule.jobs:
            self._consider(plan, job, job.source, max_age_days)
        try:
            for job in self.host.schedule.personal_jobs:
                self._consider(plan, job, job.source, max_age_days)
        except CannotTell as reason:
            plan.unclear.append(str(reason))
        for ignored in self.host.schedule.ignored:
            if ABOUT_UPDATES.search(ignored.text):
                plan.obstacles.append(f"{ignored.source} is ignored: {ignored.why}")
        return plan

    def _consider(self, plan: Plan, job: Job | Timer, name: str, max_age_days: float) -> None:
        try:
            commands = self.host.schedule.commands(job)
        except NotShell as error:
            if isinstance(job, Job) and ABOUT_UPDATES.search(job.command):
                plan.obstacles.append(f"{name}: the shell does not understand it: {error}")
            return
        faults = self._faults(commands, max_age_days, by_timer=isinstance(job, Timer))
        if not faults:
            return
        fault = min(faults) or self._standing(job, commands) or _too_rare(_gap(job), max_age_days)
        if not fault and any(command.program in APTS for command in commands):
            fault = "" if self._lists_are_refreshed(max_age_days) else "nothing refreshes the lists of packages that it goes by"
        if fault:
            plan.obstacles.append(f"{name}: {fault}")
        elif isinstance(job, Job) and not self.host.schedule.runs_as_root(job):
            plan.unclear.append(f"{name}: whether sudo lets {job.user} do it cannot be seen")
        else:
            plan.planned.append(name)
            self.cite(name, job.command if isinstance(job, Job) else "\n".join(map(" ".join, job.commands)))

    def _lists_are_refreshed(self, max_age_days: float) -> bool:
        """Whether something asks apt's archives what is new, often enough; dnf does so by itself."""
        started = self.host.schedule.started
        return any(self._refreshes(job, max_age_days) and not _too_rare(_gap(job), max_age_days) for job in started)

    def _refreshes(self, job: Job | Timer, max_age_days: float) -> bool:
        try:
            commands = self.host.schedule.commands(job)
        except NotShell:
            return False
        for command in commands:
            if command.program == NIGHTLY:
                if isinstance(job, Timer) and "install" not in command.words and not self._periodic_fault(LISTS, max_age_days):
                    return True
            elif command.program in REFRESHERS or (command.program in APTS and "update" in command.words):
                return True
        return False

    def _standing(self, job: Job | Timer, commands: list[Command]) -> str:
        """Why a job does not run, or why its last run was in vain."""
        idle: str = self.host.schedule.idle(job)
        if idle:
            return idle
        if isinstance(job, Timer):
            failure = self.host.unit_results.of(job.service).failure
            return f"the last run of {job.service} {failure}" if failure else ""
        permitted = self.host.schedule.runs_as_root(job) or any(command.by_sudo for command in commands)
        return "" if permitted else f"it runs as {job.user}, who may not install anything"

    def _faults(self, commands: list[Command], max_age_days: float, *, by_timer: bool) -> list[str]:
        """For each command that has to do with updates why it installs none, "" when it does."""
        nightly = [command for command in commands if command.program == NIGHTLY]
        if nightly:  # what this script does is up to apt's settings; started by cron it leaves the work to the timer
            return [self._of_apt_timer(max_age_days) for command in nightly if by_timer and "update" not in command.words]
        programs = [command for command in commands if not command.followed]
        return [fault for fault in map(self._fault, programs) if fault is not None]

    def _fault(self, command: Command) -> str | None:
        words = command.words[1:]
        if command.program in UNATTENDED:
            return self._missing(command) or _idle(words) or self._of_unattended()
        if command.program in AUTOMATIC or (command.program in ("dnf", "dnf5") and "automatic" in words):
            return self._missing(command) or self._of_automatic(command)
        if command.program in MANAGERS and any(word in VERBS for word in words):
            if command.program.startswith("apt") and all(word == "update" for word in words if word in VERBS):
                return None  # lists only
            return self._missing(command) or _idle(words) or _of_upgrade(words)
        return None

    def _of_apt_timer(self, max_age_days: float) -> str:
        if fault := self._periodic_fault(UPGRADES, max_age_days):
            return fault
        if not any(path.rpartition("/")[2] in UNATTENDED for path in self.settings.programs):
            return "unattended-upgrades is not installed"
        return self._of_unattended()

    def _periodic_fault(self, setting: str, max_age_days: float) -> str:
        """Why apt's timer does not do what one of its settings is about; "" when it does."""
        enabled = self.settings.apt.get("apt::periodic::enable", "1").strip().lower()
        if enabled in OFF:
            return f'APT::Periodic::Enable is "{enabled}"'
        every = days(self.settings.apt.get(f"apt::periodic::{setting.lower()}", "0"))
        if every is None:
            return f"APT::Periodic::{setting} is not switched on"
        return f"APT::Periodic::{setting} lets {every:.0f} days pass between two runs" if every > max_age_days else ""

    def _of_unattended(self) -> str:
        """Why unattended-upgrades installs nothing, or no security updates. Archives of which nothing is known count as taken."""
        unattended, updates = self.settings.unattended, self.host.updates
        if fault := unattended.fault():
            return fault
        release = self.host.release
        variables = {"distro_codename": release.codename, "distro_id": DISTRO_IDS.get(release.id, "*")}
        try:
            taken = {base: unattended.takes_from(base, each, variables) for base, each in updates.archives.items()}
        except BadPattern as pattern:
            return f"unattended-upgrades stops at {pattern}, which it does not understand"
        if taken and not any(taken.values()):
            return "unattended-upgrades takes packages from none of this host's sources, but only from " + self._patterns
        missed = [base for base in updates.security_archives if not taken[base]] if release.codename else []
        return f"unattended-upgrades takes nothing from {missed[0]}, but only from {self._patterns}" if missed else ""

    @property
    def _patterns(self) -> str:
        return " or ".join(self.settings.unattended.patterns[:3])

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


def _gap(job: Job | Timer) -> int | None:
    """Seconds between two runs at most, None when it does not repeat."""
    if isinstance(job, Timer):
        return job.gap
    return longest_gap([job.times]) if job.times else None


def _too_rare(gap: int | None, max_age_days: float) -> str:
    if gap is None:
        return "it does not run at regular times"
    return f"up to {gap / DAY:.0f} days pass between two runs" if gap // DAY > max_age_days else ""


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
