"""SSH servers: what listens, what it accepts from whom, and which keys it would look at."""

from __future__ import annotations

import shlex
from pathlib import Path

from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.sshd.authorised import authorised_lines, read_authorised
from hostproof.probes.sshd.keys import FORCED_COMMANDS, key_lines, read_keys
from hostproof.probes.sshd.private_keys import read_private_keys
from hostproof.probes.sshd.root_login import root_doors
from hostproof.probes.sshd.servers import password_lines, read_servers


def _shell(*names: str) -> str:
    """The shell text of these files of this folder, one after the other."""
    return "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in names)


_LOGINS = f"logins_awk={shlex.quote(_shell('logins.awk'))}\n" + _shell("daemons.sh", "logins.sh")
_KEYS = f"{_LOGINS}key_lines_awk={shlex.quote(_shell('key_lines.awk'))}\n" + _shell("paths.sh", "revoked.sh")


class Sshd(Probe):
    """The SSH servers of this host, found by the sockets that they hold, and what each does with a log-in.

    Settings are those of `sshd -T -C ...`, asked with the arguments that the running daemon was started with, for each kind of
    log-in that its Match blocks tell apart. So drop-ins, defaults, order, several daemons and socket activation are in them.

    Example: servers[0].name == "/usr/sbin/sshd on port 22", servers[0].logins[0].settings["passwordauthentication"] == ["no"].

    Blind spots: an SSH server of an unknown program on another port than 22; users whom only a directory knows and that no Match
    line names (they count as "any other user"); what PAM asks after a key.
    Source: sshd(8), sshd_config(5), OpenSSH's auth2-pubkey.c and misc.c (safe_path), systemd.socket(5).
    """

    servers = Reading(
        "# ask each sshd what it accepts from whom\n" + _LOGINS + _shell("settings.sh"),
        read_servers,
        root=True,
        seconds=60,
        limit=4_000_000,
        shows=password_lines,
    )
    keys = Reading(
        "# list the keys that each sshd would look at\n" + _KEYS + _shell("keys.sh"),
        read_keys,
        root=True,
        seconds=60,
        limit=4_000_000,
        slow=True,
        shows=key_lines,
    )
    authorised = Reading(
        "# list every key that some account could be opened with\n" + _KEYS + _shell("authorised.sh"),
        read_authorised,
        root=True,
        seconds=60,
        limit=4_000_000,
        slow=True,
        shows=authorised_lines,
    )
    private_keys = Reading(
        "# find private keys for SSH in homes\n" + _shell("paths.sh", "private_keys.sh"),
        read_private_keys,
        root=True,
        seconds=60,
        slow=True,
    )

    @property
    def reachable_ports(self) -> list[int]:
        """The ports beyond loopback on which an SSH server listens."""
        return sorted({port for server in self.servers for port in server.reachable_ports})

    @property
    def silent_servers(self) -> list[str]:
        """Servers whose LogLevel keeps failed log-ins out of the log."""
        return [server.name for server in self.servers if not server.logs_failures]

    def be_sure(self) -> None:
        """Raises CannotTell when the settings of some server are not known for certain."""
        if doubts := [doubt for server in self.servers for doubt in server.doubts]:
            raise CannotTell("; ".join(doubts))

    def root_doors(self, allowed: str, networks: list[str], roots: dict[str, list[str]]) -> list[str]:
        """How root gets in although only `allowed` (`never`, `key`) is; by a key from `networks` it always may.

        roots: the names whose user id is 0, with their groups.
        """
        return [door for server in self.servers for door in root_doors(server, allowed, networks, roots)]

    def key_logins(self) -> list[str]:
        """The accounts that a key opens. Raises CannotTell when there is none and something could not be seen."""
        certain = [server for server in self.servers if server.is_openssh and not server.doubts]
        found = [(name, why) for server in certain for name, why in self.keys.obstacles(server.name).items()]
        opened = [name for name, why in found if why is None]
        if not opened:
            self.be_sure()
            self._be_sure_of_keys([f"{name}: {why}" for name, why in found if why])
        return opened

    def be_sure_of_authorised(self) -> None:
        """Raises CannotTell when there may be keys that open an account and were not seen."""
        self.be_sure()
        if self.authorised.unseen:
            raise CannotTell("; ".join(self.authorised.unseen))

    def key_obstacles(self) -> list[str]:
        """For each account with a shell why no key opens it."""
        return [f"{name}: {why}" for server in self.servers for name, why in self.keys.obstacles(server.name).items() if why]

    def _be_sure_of_keys(self, obstacles: list[str]) -> None:
        doubts = [f"{server.name}: its keys are not read here" for server in self.servers if not server.is_openssh]
        doubts += self.keys.problems + [why for why in obstacles if FORCED_COMMANDS in why]
        if doubts:
            raise CannotTell("; ".join(doubts))
