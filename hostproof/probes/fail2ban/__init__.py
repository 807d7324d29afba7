"""fail2ban and its like: whether one is there, what the running server guards, and what SSH servers log."""

from __future__ import annotations

import shlex
from pathlib import Path

from hostproof.connection import Answer
from hostproof.errors import CannotTell
from hostproof.probes.fail2ban.jails import Jail, read_server, telling_part
from hostproof.probes.fail2ban.messages import read_newest
from hostproof.probes.probe import Probe, Reading

# Guard -> its program, and the packages that hold it.
GUARDS = {
    "fail2ban": ("fail2ban-server", ("fail2ban", "fail2ban-server", "python3-fail2ban")),
    "sshguard": ("sshguard", ("sshguard",)),
    "crowdsec": ("crowdsec", ("crowdsec",)),
    "denyhosts": ("denyhosts", ("denyhosts",)),
}


def _shell(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def read_programs(answer: Answer) -> dict[str, str]:
    """Guard -> path of its program.

    >>> read_programs(Answer("", 0, "/usr/bin/fail2ban-server\\n"))
    {'fail2ban': '/usr/bin/fail2ban-server'}
    """
    paths = {path.rpartition("/")[2]: path for path in answer.stdout.split()}
    return {guard: paths[program] for guard, (program, _) in GUARDS.items() if program in paths}


class Fail2ban(Probe):
    """The fail2ban that runs, as its own server describes it, and programs of the same purpose.

    `server` says which jails run, or why no server does. Each jail's own expressions are tried on the message of a failed
    log-in with fail2ban's own code, so that a jail counts by what it does and not by its name.
    Example: server.jails[0].name == "sshd", .ban_seconds == 600, .actions[0].ports == [(22, 22)].

    Blind spots: whether the firewall honours a ban (no attack is made); actions that block by programs not known here; the inside
    of sshguard, crowdsec and denyhosts; of several SSH servers, the one that logged last stands for the log of all.
    Source: fail2ban-client(1), fail2ban 0.11 to 1.1 (server/filter.py, server/action.py), systemd.journal-fields(7).
    """

    programs = Reading("\n".join(f"command -v {program}" for program, _ in GUARDS.values()) + "\ntrue", read_programs)
    server = Reading(
        f"# ask fail2ban about its jails\njails_python={shlex.quote(_shell('jails.python'))}\n{_shell('jails.sh')}",
        read_server,
        root=True,
        slow=True,
        shows=telling_part,
    )
    newest_message = Reading(_shell("messages.sh"), read_newest, root=True)

    def installed(self, guards: list[str]) -> list[str]:
        """Which of `guards` are installed, by a package or by their program."""
        names = {guard: GUARDS.get(guard, (guard, (guard,)))[1] for guard in guards}
        return [guard for guard in guards if guard in self.programs or self.host.packages.matching(*names[guard])]

    @property
    def logging_program(self) -> str:
        """The name under which an SSH server of this host tells of failed log-ins: since OpenSSH 9.8 that is not `sshd`."""
        return self.newest_message.program if self.newest_message else "sshd"

    @property
    def ssh_jails(self) -> list[Jail]:
        """The running jails that count failed log-ins to SSH, whatever they are called."""
        return [jail for jail in self.server.jails if any(name == self.logging_program for name, _ in jail.recognises)]

    def be_sure(self) -> None:
        """Raises CannotTell where nothing speaks against the jails, but something about them cannot be seen."""
        if self.newest_message is None:
            raise CannotTell(
                "the journal has nothing of an SSH server since boot, so it cannot be seen whether a jail would get it"
            )
        for jail in self.ssh_jails:
            if jail.ignore_command:
                raise CannotTell(f"jail {jail.name} asks a command whom to spare: {jail.ignore_command}")
            if jail.blocking and not any(action.known for action in jail.blocking):
                raise CannotTell(f"jail {jail.name}: what its action {jail.blocking[0].name} does is not known here")
            if jail.blocking and all(action.chain for action in jail.blocking):
                chain = jail.blocking[0].chain
                raise CannotTell(f"jail {jail.name} bans in chain {chain}, and whether what comes for SSH passes it is not read")
