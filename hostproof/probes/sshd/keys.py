"""The keys that sshd would look at for each account, and why it would not accept some of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from hostproof.connection import Answer
from hostproof.probes.sshd.records import add_setting, not_allowed, records, setting
from hostproof.probes.sshd.servers import Server

FORCED_COMMANDS = "each of its keys only runs the command that it is bound to"


@dataclass(frozen=True)
class Account:
    """A line of passwd with what shadow says; expires in days since 1970, None for never."""

    name: str
    uid: int
    gid: int
    shell: str
    shell_works: bool
    locked: bool = False
    expires: int | None = None


@dataclass(frozen=True)
class Key:
    """A line of an authorized_keys file.

    kind: as ssh-keygen calls it: RSA, ED25519, ECDSA, ECDSA-SK ... marks: of `command`, `expired`, `authority`, `revoked`.
    """

    bits: int
    fingerprint: str
    kind: str
    marks: frozenset[str] = frozenset()

    @property
    def algorithms(self) -> set[str]:
        """The names under which sshd may accept signatures of this key."""
        curve = {256: "nistp256", 384: "nistp384", 521: "nistp521"}.get(self.bits, "?")
        return {
            "RSA": {"ssh-rsa", "rsa-sha2-256", "rsa-sha2-512"},
            "DSA": {"ssh-dss"},
            "ED25519": {"ssh-ed25519"},
            "ECDSA": {f"ecdsa-sha2-{curve}"},
            "ED25519-SK": {"sk-ssh-ed25519@openssh.com"},
            "ECDSA-SK": {"sk-ecdsa-sha2-nistp256@openssh.com"},
        }.get(self.kind, set())


@dataclass(frozen=True)
class PathPart:
    """The key file or a folder above it; members of its group are known when the group may write."""

    path: str
    mode: int
    uid: int
    gid: int
    members: tuple[str, ...] = ()


@dataclass
class KeyFile:
    """A file that AuthorizedKeysFile names for one account, or that TrustedUserCAKeys names; parts begin with the file itself."""

    path: str
    parts: list[PathPart] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)


@dataclass
class KeyLogin:
    """What one sshd would do when one account comes with a key. settings as `sshd -T` prints them for it."""

    account: Account
    groups: dict[int, str]
    private_groups: bool
    settings: dict[str, list[str]] = field(default_factory=dict)
    command_works: bool = False
    files: list[KeyFile] = field(default_factory=list)
    authorities: list[KeyFile] = field(default_factory=list)

    def obstacle(self, everybody: list[Account], today: int) -> str | None:
        """Why no key opens this account, or None when one can."""
        return self._shut_out(today) or (None if self._key_elsewhere else self._no_key(everybody))

    @property
    def _key_elsewhere(self) -> bool:
        """Keys come from a program, or certificates of an authority are accepted."""
        return self.command_works or any(authority.keys for authority in self.authorities)

    def _shut_out(self, today: int) -> str | None:
        account, name = self.account, self.account.name
        if setting(self.settings, "pubkeyauthentication") != "yes":
            return "PubkeyAuthentication is off"
        methods = setting(self.settings, "authenticationmethods")
        if methods != "any" and not any("publickey" in re.split("[,:]", m) for m in methods.split()):
            return f"AuthenticationMethods asks for {methods}"
        if account.uid == 0 and (value := setting(self.settings, "permitrootlogin")) in ("no", "forced-commands-only"):
            return f"PermitRootLogin is {value}"
        if account.locked and setting(self.settings, "usepam") != "yes":
            return "its password is locked and UsePAM is off"
        if account.expires is not None and account.expires < today:
            return "the account has expired"
        return not_allowed(self.settings, name, self.groups.values())

    def _no_key(self, everybody: list[Account]) -> str | None:
        reasons = []
        for file in self.files:
            reason = self._ignored(file, everybody) or self._nothing_usable(file)
            if reason is None:
                return None
            reasons.append(f"{file.path}: {reason}")
        return "; ".join(reasons) or f"it has no {setting(self.settings, 'authorizedkeysfile')}"

    def _nothing_usable(self, file: KeyFile) -> str | None:
        usable = [key for key in file.keys if self._usable(key)]
        if any("command" not in key.marks for key in usable):
            return None
        return FORCED_COMMANDS if usable else "no valid key in it" if not file.keys else "no key in it that this sshd accepts"

    def _usable(self, key: Key) -> bool:
        accepted = setting(self.settings, "pubkeyacceptedalgorithms", "pubkeyacceptedkeytypes").split(",")
        smallest = int(self.settings.get("requiredrsasize", ["1024"])[0])
        too_short = key.kind == "RSA" and key.bits < smallest
        return bool(key.algorithms & set(accepted)) and not too_short and not key.marks & {"revoked", "expired"}

    def _ignored(self, file: KeyFile, everybody: list[Account]) -> str | None:
        """Why sshd would not read the file: StrictModes, or the account itself may not."""
        if setting(self.settings, "strictmodes") == "yes":
            for part in file.parts:
                if part.uid not in (0, self.account.uid):
                    return f"sshd ignores it because {part.path} belongs to the user id {part.uid}"
                if part.mode & 0o002 or (part.mode & 0o020 and not self._group_is_only(part, everybody)):
                    return f"sshd ignores it because more than its owner can write to {part.path} (mode {part.mode:o})"
        for part, wanted in zip(file.parts, [4, *[1] * (len(file.parts) - 1)], strict=True):
            if not self._granted(part, wanted):
                return f"sshd, as that user, may not read it (mode {part.mode:o} of {part.path})"
        return None

    def _granted(self, part: PathPart, wanted: int) -> bool:
        shift = 6 if part.uid == self.account.uid else 3 if part.gid in self.groups else 0
        return self.account.uid == 0 or bool(part.mode >> shift & wanted)

    def _group_is_only(self, part: PathPart, everybody: list[Account]) -> bool:
        """Debian's sshd lets a group write that has one member, the owner of the file."""
        primary = {a.uid for a in everybody if a.gid == part.gid}
        names = {a.name for a in everybody if a.uid == part.uid}
        alone = primary <= {self.account.uid} and set(part.members) <= names and bool(primary or part.members)
        return self.private_groups and alone


@dataclass
class KeyEvidence:
    """What every sshd says about every account with a shell; logins by the server's name."""

    today: int = 0
    accounts: dict[str, Account] = field(default_factory=dict)
    logins: dict[str, list[KeyLogin]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def obstacles(self, server: str) -> dict[str, str | None]:
        """Account -> why no key opens it at that server, None where one does."""
        everybody = list(self.accounts.values())
        found: dict[str, list[str | None]] = {}
        for login in self.logins.get(server, []):
            found.setdefault(login.account.name, []).append(login.obstacle(everybody, self.today))
        # One address from which a key opens it is enough; what keeps it out may differ from address to address.
        return {name: None if None in whys else "; or ".join(dict.fromkeys(filter(None, whys))) for name, whys in found.items()}


def read_keys(answer: Answer) -> KeyEvidence:
    """What daemons.sh and keys.sh printed."""
    evidence, server, private_groups = KeyEvidence(), Server(0, ""), False
    login: KeyLogin
    file: KeyFile
    for kind, fields in records(answer.stdout):
        match kind, fields:
            case "today", [day]:
                evidence.today = int(day)
            case "account", [name, uid, gid, _home, shell, works]:
                evidence.accounts.setdefault(name, Account(name, int(uid), int(gid), shell, works == "works"))
            case "unseen", [why]:
                evidence.problems.append(why)
            case "shadow", [name, lock, expires]:
                if account := evidence.accounts.get(name):
                    known = replace(account, locked=lock == "locked", expires=int(expires) if expires else None)
                    evidence.accounts[name] = known
            case "server", [pid, program]:
                server, private_groups = Server(int(pid), program), False
            case "listen", [where]:
                server.listens.append(where)
            case "said", _:
                evidence.logins[server.name] = []
            case "problem", [why]:
                evidence.problems.append(f"{server.name}: {why}")
            case "private-groups", []:
                private_groups = True
            case "user", [name, *groups]:
                numbered = dict(group.split(":", 1) for group in groups)
                login = KeyLogin(evidence.accounts[name], {int(g): n for g, n in numbered.items()}, private_groups)
                evidence.logins[server.name].append(login)
            case "set", [line]:
                add_setting(login.settings, line)
            case "command", [state]:
                login.command_works = state == "works"
            case "file", [path]:
                file = KeyFile(path)
                login.files.append(file)
            case "authority", [path]:
                file = KeyFile(path)
                login.authorities.append(file)
            case "part", [mode, uid, gid, path, *members]:
                names = tuple(m for m in ",".join(members).split(",") if m)
                file.parts.append(PathPart(path, int(mode, 8), int(uid), int(gid), names))
            case "key", [bits, fingerprint, marks, shown]:
                file.keys.append(Key(int(bits), fingerprint, shown.strip("()"), frozenset(marks.split(",")) - {"plain"}))
            case _:
                raise ValueError(f"unexpected line {kind!r}")
    return evidence


def key_lines(answer: Answer) -> str:
    """The lines that a report shows: what was found for each account, without the lists of all accounts and algorithms."""
    left_out = ("account\t", "shadow\t", "set\tpubkeyaccepted")
    return "\n".join(line for line in answer.stdout.split("\n") if not line.startswith(left_out))
