"""The SSH servers that listen, and the settings that each applies to each kind of log-in."""

from __future__ import annotations

from dataclasses import dataclass, field

from hostproof.connection import Answer
from hostproof.probes.sshd.records import add_setting, records, setting

ANYBODY_ELSE = "some-other-user"  # as in logins.awk
_PASSWORD_METHODS = {"password", "keyboard-interactive"}
_ROOT_WITHOUT_PASSWORD = {"no", "prohibit-password", "without-password", "forced-commands-only"}
_WITHOUT_VALUE_IN_DROPBEAR = set("RFEmwsgtBajkiqhxzvV")


@dataclass
class Login:
    """One kind of log-in, as the Match blocks tell them apart, and the settings that sshd applies to it.

    like: number of further users whom the same blocks match. host: the name that the client's address resolves to, or that address.
    settings: keyword in small letters -> values, as `sshd -T` prints them.
    """

    user: str
    like: int
    host: str
    address: str
    local_port: str
    settings: dict[str, list[str]] = field(default_factory=dict)

    @property
    def password_methods(self) -> list[str]:
        """The authentication methods that let in, or a first step further, whoever knows a password and has no key."""
        if self.user == "root" and setting(self.settings, "permitrootlogin") in _ROOT_WITHOUT_PASSWORD:
            return []
        # Before OpenSSH 8.7 both exist; the older name only presets the newer one, and that one decides.
        interactive = setting(self.settings, "kbdinteractiveauthentication", "challengeresponseauthentication")
        enabled = {"password"} if setting(self.settings, "passwordauthentication") == "yes" else set()
        enabled |= {"keyboard-interactive"} if interactive == "yes" else set()
        return sorted(enabled & self._first_methods)

    @property
    def empty_passwords(self) -> bool:
        return setting(self.settings, "permitemptypasswords") == "yes"

    @property
    def _first_methods(self) -> set[str]:
        """The methods that may come first: of `publickey,password keyboard-interactive:pam` the two that begin an alternative."""
        alternatives = self.settings.get("authenticationmethods", ["any"])[0].split()
        first = {a.split(",")[0].split(":")[0] for a in alternatives}
        return _PASSWORD_METHODS if "any" in first else first


@dataclass
class Server:
    """A process that listens for SSH, or what systemd starts when somebody connects (pid 0).

    listens: ADDRESS:PORT. arguments: as the process or the unit shows them. problems: why its settings could not be had.
    newer: what changed after the running daemon had loaded its configuration. matches: criteria of its Match blocks.
    """

    pid: int
    program: str
    listens: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    matches: list[str] = field(default_factory=list)
    logins: list[Login] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.program.rpartition("/")[2]

    @property
    def is_openssh(self) -> bool:
        return self.kind == "sshd"

    @property
    def ports(self) -> list[int]:
        return sorted({int(where.rpartition(":")[2]) for where in self.listens})

    @property
    def reachable_ports(self) -> list[int]:
        beyond = [where for where in self.listens if not where.startswith(("127.", "[::1]", "[::ffff:127."))]
        return sorted({int(where.rpartition(":")[2]) for where in beyond})

    @property
    def logs_failures(self) -> bool:
        return not any(set(login.settings.get("loglevel", [])) & {"SILENT", "QUIET", "FATAL", "ERROR"} for login in self.logins)

    @property
    def name(self) -> str:
        return f"{self.program} on port {' and '.join(map(str, self.ports))}"

    @property
    def doubts(self) -> list[str]:
        """Why it cannot be told, or not in full, what this server accepts."""
        doubts = [f"{self.name}: {problem}" for problem in self.problems]
        if self.newer:
            files = ", ".join(self.newer[:3]) + (", ..." if len(self.newer) > 3 else "")
            doubts.append(f"{self.name}: sshd's configuration changed after the running daemon loaded it ({files}): reload it")
        if self.is_openssh and not self.logins and not self.problems:
            doubts.append(f"{self.name}: sshd did not say what it accepts")
        if not self.is_openssh and self.kind not in ("dropbear", "tinysshd"):
            doubts.append(f"{self.name} is an SSH server, or holds its port, whose settings are not read here")
        return doubts

    @property
    def password_doors(self) -> list[str]:
        """Who is let in, or a step further, by a password: one phrase for each user or kind of user, empty when nobody."""
        if self.kind == "dropbear":
            return [] if self.dropbear_flags & {"s", "t"} else ["everybody (it was started without -s)"]
        return [] if self.newer else self._openssh_doors()

    def _openssh_doors(self) -> list[str]:
        by_user: dict[str, list[Login]] = {}
        for login in self.logins:
            by_user.setdefault(login.user, []).append(login)
        doors = {user: _door(logins) for user, logins in by_user.items()}
        ordinary = {door for user, door in doors.items() if user != "root"}
        if len(ordinary) == 1 and (door := ordinary.pop()):
            return [f"everybody {door}"]
        return [f"{_who(by_user[user][0])} {door}" for user, door in doors.items() if door]

    @property
    def dropbear_flags(self) -> set[str]:
        """The letters of the options that dropbear was started with."""
        flags = set()
        for word in self.arguments[1:]:
            for letter in word[1:] if word.startswith("-") else "":
                if letter not in _WITHOUT_VALUE_IN_DROPBEAR:
                    break  # the rest is its value
                flags.add(letter)
        return flags


def _who(login: Login) -> str:
    return "any other user" if login.user == ANYBODY_ELSE else login.user + (f" and {login.like} more" if login.like else "")


def _door(logins: list[Login]) -> str:
    """From where and how a password opens some of these, which are all that were asked about one user; empty for none."""
    opened = [login for login in logins if login.password_methods]
    if not opened:
        return ""
    where = _some("from", [login.address for login in opened], [login.address for login in logins])
    if all(login.host != login.address for login in opened):
        where += _some("named", [login.host for login in opened], [login.host for login in logins])
    where += _some("on port", [login.local_port for login in opened], [login.local_port for login in logins])
    empty = ", even an empty one" if any(login.empty_passwords for login in opened) else ""
    return f"{where}({' and '.join(opened[0].password_methods)}{empty})"


def _some(word: str, these: list[str], all_of_them: list[str]) -> str:
    """`from A, B `, or nothing when these are all."""
    named = list(dict.fromkeys(these))
    if set(these) == set(all_of_them):
        return ""
    return f"{word} {', '.join(named[:3])}{' and others' if len(named) > 3 else ''} "


def read_servers(answer: Answer) -> list[Server]:
    """What daemons.sh and settings.sh printed."""
    servers: list[Server] = []
    for kind, fields in records(answer.stdout):
        if kind == "server":
            servers.append(Server(int(fields[0]), fields[1]))
            continue
        server = servers[-1]
        match kind, fields:
            case "listen", [where]:
                server.listens.append(where)
            case "said", [arguments]:
                server.arguments = arguments.split("\x1f")
            case (("problem" | "unclear"), [why]):
                server.problems.append(why)
            case "newer", [path]:
                server.newer.append(path)
            case "match", [criteria]:
                server.matches.append(criteria)
            case "login", [user, like, host, address, _local, port, _domain]:
                server.logins.append(Login(user, int(like), host, address, port))
            case "set", [line]:
                add_setting(server.logins[-1].settings, line)
            case _:
                raise ValueError(f"unexpected line {kind!r}")
    return servers


_TELLING = (
    "passwordauthentication",
    "kbdinteractiveauthentication",
    "challengeresponseauthentication",
    "authenticationmethods",
    "permitemptypasswords",
    "permitrootlogin",
)


def password_lines(answer: Answer) -> str:
    """The lines that a report shows: everything but the settings that have nothing to do with passwords."""
    lines = answer.stdout.split("\n")
    return "\n".join(line for line in lines if not line.startswith("set\t") or line[4:].startswith(_TELLING))
