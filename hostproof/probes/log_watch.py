"""Who looks at the logs: a machine elsewhere that gets them, or somebody who gets a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
from hostproof.probes.schedule.timers import Timer
from hostproof.services import runs_one_of

DATA = Path(__file__).parents[1] / "data" / "log_watchers.yml"
TARGETS = r"""
# read where the syslog daemons send what they get
for file in /etc/rsyslog.conf /etc/rsyslog.d/*.conf; do
    [ ! -e "$file" ] || sed -e 's/^[ \t]*#.*//' -e 's/^/rsyslog|/' "$file" || exit
done
for file in /etc/syslog-ng/syslog-ng.conf /etc/syslog-ng/conf.d/*.conf; do
    [ ! -e "$file" ] || sed -e 's/#.*//' -e 's/^/syslog-ng|/' "$file" || exit
done
exit 0
"""
LEGACY = re.compile(r"^[ \t]*[a-z*!:][^\n]*?[ \t](?:\([^)]*\))?@@?(?:\([^)]*\))?(\[[^\]]+\]|[^\s:;]+)", re.MULTILINE)
ACTION = re.compile(r"\baction\s*\(([^)]*\btype\s*=\s*\"om(?:fwd|relp|elasticsearch|http|kafka|gssapi)\"[^)]*)\)", re.IGNORECASE)
TARGET = re.compile(r"\b(?:target|server|serverurl|broker)\s*=\s*\[?\s*\"([^\"]+)\"", re.IGNORECASE)
DESTINATION = re.compile(r"\bdestination\s+[^{;]+\{\s*(?:network|syslog|tcp6?|udp6?|http|kafka)\s*\(\s*\"?([^\"\s)]+)")
HERE = re.compile(r"(?:\w+://)?\[?(?:127\.[\d.]+|::1|localhost)\]?(?::\d+)?(?:/.*)?")


def read_targets(answer: Answer) -> dict[str, list[str]]:
    """The other machines that each syslog daemon's settings name."""
    text = {
        daemon: "\n".join(line.removeprefix(f"{daemon}|") for line in answer.stdout.split("\n") if line.startswith(f"{daemon}|"))
        for daemon in ("rsyslog", "syslog-ng")
    }
    by_action = [target for action in ACTION.findall(text["rsyslog"]) for target in TARGET.findall(action)]
    found = {"rsyslog": [*LEGACY.findall(text["rsyslog"]), *by_action], "syslog-ng": DESTINATION.findall(text["syslog-ng"])}
    return {daemon: sorted(t for t in set(targets) if not HERE.fullmatch(t)) for daemon, targets in found.items()}


class LogWatch(Probe):
    """What takes logs off this host, or reads them for somebody.

    Example: found == ["rsyslog sends to logs.example.org"]
    A job of an ordinary user does not count: which logs that user may read cannot be seen. `unclear` names it.
    Blind spots: whether what is sent arrives, and whether anybody reads a report; agents under another name; who fetches logs
    from outside.
    """

    targets = Reading(TARGETS, read_targets, root=True)

    @property
    def found(self) -> list[str]:
        """A sentence for each. Raises CannotTell."""
        found = [*self._daemons(), *self._shippers(), *self._of(self.host.schedule.started)]
        self.cite("who looks at the logs", "\n".join(found) or "nobody that we know of")
        return found

    def _daemons(self) -> Iterator[str]:
        programs = {"rsyslog": ["rsyslogd"], "syslog-ng": ["syslog-ng"]}
        for daemon, targets in self.targets.items():
            if targets and any(runs_one_of(process, programs[daemon]) for process in self.host.processes.running.values()):
                yield f"{daemon} sends to {', '.join(targets)}"

    def _shippers(self) -> Iterator[str]:
        for title, programs in _data()["shippers"].items():
            if any(runs_one_of(process, programs) for process in self.host.processes.running.values()):
                yield f"{title} runs"

    @property
    def unclear(self) -> list[str]:
        """A sentence for each that may look at the logs, where nothing else does."""
        try:
            personal = self.host.schedule.personal_jobs
        except CannotTell as reason:
            return [str(reason)]
        jobs = personal if self.host.schedule.cron_runs else []
        return [f"{what}, and whether its user may read them cannot be seen" for what in self._of(jobs)]

    def _of(self, jobs: Iterable[Job | Timer]) -> Iterator[str]:
        for job in jobs:
            try:
                commands = [command for command in self.host.schedule.commands(job) if not command.followed]
            except NotShell:
                continue
            if what := _watches(commands):
                yield f"{job.unit if isinstance(job, Timer) else job.source} {what}"


def _watches(commands: list[Command]) -> str:
    """How these commands look after logs, "" when they do not."""
    if reviewers := [c.program for c in commands if c.program in _data()["reviewers"]]:
        return f"starts {reviewers[0]}"
    reading = [c for c in commands if c.program in _data()["readers"] and _of_logs(c)]
    sending = [c for c in commands if c.program in _data()["senders"] and _away(c)]
    return f"sends with {sending[0].program} what {reading[0].program} reads" if reading and sending else ""


def _of_logs(command: Command) -> bool:
    own = command.program in ("journalctl", "last", "lastb", "ausearch", "aureport")
    return own or any(word.startswith("/var/log/") for word in command.words)


def _away(command: Command) -> bool:
    """Whether a command sends to another machine; `logger` alone writes to the same logs again."""
    return command.program != "logger" or any(re.match(r"-[a-z]*n|--server", word) for word in command.words[1:])


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return loaded
