"""Every key that opens an account: of what type and length, and whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from hostproof.connection import Answer
from hostproof.probes.sshd.records import add_setting, records, setting

FIRST_PERSON, NOBODY = 1000, 65534  # user ids between them are given to people
_SPENT = {"expired", "revoked"}
_UNSEEN_SOURCES = {"authorizedkeyscommand": "a command", "trustedusercakeys": "the certificates of an authority"}
# As `ssh-keygen -t` calls them, and as sshd calls their signatures.
_TYPES = {
    "ssh-rsa": "rsa",
    "ssh-dss": "dsa",
    "ssh-ed25519": "ed25519",
    "ecdsa-sha2-nistp256": "ecdsa",
    "ecdsa-sha2-nistp384": "ecdsa",
    "ecdsa-sha2-nistp521": "ecdsa",
    "sk-ssh-ed25519@openssh.com": "ed25519-sk",
    "sk-ecdsa-sha2-nistp256@openssh.com": "ecdsa-sk",
    "webauthn-sk-ecdsa-sha2-nistp256@openssh.com": "ecdsa-sk",
    "rsa-sha2-256": "rsa",
    "rsa-sha2-512": "rsa",
}


def key_type(algorithm: str) -> str:
    """What `ssh-keygen -t` calls a type of key or signature; certificates count as their keys, what is not known keeps its name.

    >>> key_type("rsa-sha2-512-cert-v01@openssh.com"), key_type("ssh-dss")
    ('rsa', 'dsa')
    """
    plain = algorithm.replace("-cert-v01@openssh.com", "@openssh.com" if algorithm.startswith(("sk-", "webauthn-")) else "")
    return _TYPES.get(plain, algorithm)


@dataclass
class AuthorisedKey:
    """A line of a key file. bits and fingerprint by ssh-keygen: 0 and empty where it does not understand the key.

    type: as `ssh-keygen -t` calls it. accounts: who is opened by it; empty for an authority's key of TrustedUserCAKeys.
    marks: of `command`, `authority`, `expired`, `revoked`.
    """

    file: str
    type: str
    comment: str
    marks: frozenset[str]
    accounts: list[str]
    bits: int = 0
    fingerprint: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.type} key {self.comment or self.fingerprint or 'without a name'}"

    def weakness(self, types: Collection[str], rsa_bits: int) -> str | None:
        """Why it is weak, when only these types and RSA keys of so many bits will do."""
        if self.type not in types:
            return f"{self.type} is not among {', '.join(types)}"
        return f"{self.bits} bits, fewer than {rsa_bits}" if self.type == "rsa" and self.bits < rsa_bits else None

    @property
    def owner(self) -> str:
        """The name before the @ of its comment, in small letters; empty where there is none."""
        name, at, _ = self.comment.rpartition("@")
        return name.casefold().split()[-1] if at and name.split() else ""


@dataclass
class Rule:
    """What one server does when users come with a key: the settings that decide which keys it takes."""

    server: str
    user: str
    settings: dict[str, list[str]] = field(default_factory=dict)

    @property
    def takes_keys(self) -> bool:
        return setting(self.settings, "pubkeyauthentication") == "yes"

    def takes_unseen(self, types: Collection[str], rsa_bits: int) -> str | None:
        """Why a weak key that no file shows could be taken: None where sshd refuses such keys, or looks into files alone."""
        if not self.takes_keys:
            return None
        asked = [name for name in _UNSEEN_SOURCES if self.settings.get(name, ["none"])[0] != "none"]
        accepted = setting(self.settings, "pubkeyacceptedalgorithms", "pubkeyacceptedkeytypes").split(",")
        strange = {key_type(name) for name in accepted} - set(types)
        smallest = int(self.settings.get("requiredrsasize", ["1024"])[0])
        if not asked or not (strange or smallest < rsa_bits):
            return None
        refusing = "PubkeyAcceptedAlgorithms and RequiredRSASize"
        return f"{self.server} takes keys of {_UNSEEN_SOURCES[asked[0]]}, and its {refusing} do not rule out weak ones"


@dataclass
class Authorised:
    """All keys of all files that a server would look at. people: the accounts that people log in to.

    unseen: why there may be more.
    """

    keys: list[AuthorisedKey] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    unseen: list[str] = field(default_factory=list)

    @property
    def usable(self) -> list[AuthorisedKey]:
        """Those that are neither expired nor revoked."""
        return [key for key in self.keys if not key.marks & _SPENT]

    def weak(self, types: Collection[str], rsa_bits: int) -> list[str]:
        """The keys that are weak, each with the reason. What ssh-keygen does not understand opens nothing, unless it is DSA."""
        known = [key for key in self.usable if key.bits or key.type == "dsa"]
        return [f"{key} ({why})" for key in known if (why := key.weakness(types, rsa_bits))]

    def takes_unseen(self, types: Collection[str], rsa_bits: int) -> list[str]:
        """The servers that may take a weak key that no file shows."""
        return _once(why for rule in self.rules if (why := rule.takes_unseen(types, rsa_bits)))

    @property
    def commands(self) -> list[str]:
        """The commands that servers ask for keys."""
        asked = [rule.settings.get("authorizedkeyscommand", ["none"])[0] for rule in self.rules if rule.takes_keys]
        return _once(command for command in asked if command != "none")

    def shared(self, allowed: Collection[str]) -> list[str]:
        """The keys that more than one person has, but for those whose fingerprints are `allowed`.

        That is a key that opens the accounts of several people, or that is called by the names of several. root's account and those
        of services belong to nobody, and a key that only runs a command is no person's.
        """
        by_fingerprint: dict[str, list[AuthorisedKey]] = defaultdict(list)
        for key in self.usable:
            if key.fingerprint and key.fingerprint not in allowed and not key.marks & {"authority", "command"}:
                by_fingerprint[key.fingerprint].append(key)
        return [f"{fingerprint} {why}" for fingerprint, keys in by_fingerprint.items() if (why := self._several(keys))]

    def _several(self, keys: list[AuthorisedKey]) -> str | None:
        accounts = sorted({account for key in keys for account in key.accounts} & self.people)
        if len(accounts) > 1:
            return f"opens the accounts {_some(accounts)}"
        owners = sorted({key.owner for key in keys} - {""})
        files = sorted({key.file for key in keys})
        return f"is called by the names of {_some(owners)} ({_some(files)})" if len(owners) > 1 else None


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def read_authorised(answer: Answer) -> Authorised:
    """What daemons.sh and authorised.sh printed."""
    found, server, path = Authorised(), "", ""
    accounts: list[str] = []
    by_number: dict[str, AuthorisedKey] = {}
    for kind, fields in records(answer.stdout):
        match kind, fields:
            case "server", [_pid, program]:
                server = program
            case ("listen" | "said"), _:
                pass
            case ("problem" | "unclear"), [why]:
                found.unseen.append(f"{server}: {why}")
            case "unseen", [why]:
                found.unseen.append(why)
            case "rule", [user]:
                found.rules.append(Rule(server, user))
            case "set", [line]:
                add_setting(found.rules[-1].settings, line)
            case "account", [name, uid, shell]:
                if FIRST_PERSON <= int(uid) < NOBODY and shell == "some":
                    found.people.add(name)
            case "file", [path]:
                accounts = []
            case "opens", [name]:
                if name != "-":
                    accounts.append(name)
            case "key", [number, marks, algorithm, comment]:
                key = AuthorisedKey(path, key_type(algorithm), comment, frozenset(marks.split(",")) - {"plain"}, accounts)
                found.keys.append(key)
                by_number[number] = key
            case "length", [number, bits, fingerprint]:
                by_number[number].bits, by_number[number].fingerprint = int(bits), fingerprint
            case _:
                raise ValueError(f"unexpected line {kind!r}")
    return found


def authorised_lines(answer: Answer) -> str:
    """The lines that a report shows: the files, whom they open, and their keys."""
    words = ["server", "problem", "unclear", "unseen", "file", "opens", "key", "length"]
    shown = (*(f"{word}\t" for word in words), "set\tauthorized", "set\ttrusted")
    return "\n".join(line for line in answer.stdout.split("\n") if line.startswith(shown))
