"""Whether logs are kept, hold log-ins, and rotate."""

from __future__ import annotations

from hostproof.probes.logs import keeping, rotation
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.schedule.crontab import Job
from hostproof.probes.schedule.shell import NotShell
from hostproof.probes.schedule.timers import Timer


class Logs(Probe):
    """journald, the syslog daemon beside it, and logrotate.

    Example: gaps == ["the journal does not outlast a restart: it is written to /run/log/journal/..."]
    Blind spots: other syslog daemons than rsyslog and syslog-ng; files elsewhere than in /var/log; whether what is kept reaches
    back far enough; entries that an intruder took out again.
    """

    keeping = Reading(keeping.COMMAND, keeping.read_keeping, root=True)
    rotation = Reading(rotation.COMMAND, rotation.read_rotation, root=True, seconds=60, shows=lambda answer: "")

    @property
    def gaps(self) -> list[str]:
        """Why an incident could not be retraced. Raises CannotTell."""
        silent = [f"{name} does not record log-ins (LogLevel)" for name in self.host.sshd.silent_servers]
        return [*silent, *self.keeping.gaps()]

    @property
    def rotation_faults(self) -> list[str]:
        """Why logs grow for ever, get lost or can be altered. Raises CannotTell."""
        return [*self.rotation.faults(), *(self._standing() if self.rotation.needs_logrotate else [])]

    def _standing(self) -> list[str]:
        """Why logrotate does not do its work."""
        if not self.rotation.installed:
            return ["logrotate is not installed"]
        starters = self._starters()
        if not starters:
            return ["nothing starts logrotate: neither an active timer nor cron"]
        services = [job.service for job in starters if isinstance(job, Timer)]
        failures = {name: self.host.unit_results.of(name).failure for name in services}
        failed = [f"the last run of {name} {failure}" for name, failure in failures.items() if failure]
        return failed or ([self.rotation.overdue] if self.rotation.overdue else [])

    def _starters(self) -> list[object]:
        """The timers and lines of cron that start logrotate."""
        schedule = self.host.schedule
        found: list[object] = []
        for job in schedule.started:
            if isinstance(job, Job) and not schedule.runs_as_root(job):
                continue
            try:
                commands = schedule.commands(job)
            except NotShell:
                continue
            # A script of that name is none: what it runs is among the commands.
            if any(command.program == "logrotate" and not command.followed for command in commands):
                self.cite(job.unit if isinstance(job, Timer) else job.source, "starts logrotate")
                found.append(job)
        return found
