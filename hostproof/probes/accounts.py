"""The accounts of this host, and whether a password opens them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from hostproof.connection import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading

_MOST = 20000
# The hashes stay on the host. What cannot be the result of crypt(3) is matched by no password: `*`, `!`, `x`, anything short.
_COMMAND = rf"""
# list the accounts, and whether they have a password
for tool in awk getent head id; do command -v "$tool" >/dev/null || {{ echo "$tool is missing" >&2; exit 127; }}; done
newline='
'
entries() {{
    lines=$({{ getent "$1" || echo '?'; }} | head -n {_MOST + 1})
    case $newline$lines in *"$newline?") echo "getent $1 does not answer" >&2; exit 1 ;; esac
    printf '%s\n' "$lines"
}}
shadow=$(entries shadow) || exit
passwd=$(entries passwd) || exit
{{
    printf '%s\n' "$shadow" | awk -F: 'NF > 1 {{ print "shadow:" $1 ":" $2 }}'
    printf '%s\n' "$passwd" | awk -F: 'NF > 3 {{ print "passwd:" $0 }}'
}} | awk -F: -v OFS='\t' '
    $1 == "shadow" {{ hash[$2] = $3; next }}
    {{
        password = $3 == "x" ? ($2 in hash ? hash[$2] : "*") : $3
        if (password == "") state = "anything"
        else state = password !~ /^[!*]/ && (password ~ /^[$_]/ || length(password) >= 13) ? "password" : "key"
        print "account", $2, $4, state
    }}'
for name in $(printf '%s\n' "$passwd" | awk -F: '$3 == 0 && $1 ~ /^[A-Za-z0-9._-]+$/ {{ print $1 }}' | head -n 50); do
    printf 'groups\t%s\t%s\n' "$name" "$(id -Gn -- "$name")"
done
"""


@dataclass(frozen=True)
class Account:
    """opened_by: `password`, `key` (its password is locked), or `anything` (it needs no password)."""

    name: str
    uid: int
    opened_by: str


@dataclass
class Entries:
    """Every account, and the groups of those with the user id 0."""

    accounts: list[Account] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)


def read_entries(answer: Answer) -> Entries:
    """What the command printed.

    >>> read_entries(Answer("", 0, "account\\troot\\t0\\tkey\\ngroups\\troot\\troot\\n")).accounts
    [Account(name='root', uid=0, opened_by='key')]
    """
    entries = Entries()
    for line in answer.stdout.splitlines():
        match line.split("\t"):
            case ["account", name, uid, ("password" | "key" | "anything") as opened_by]:
                entries.accounts.append(Account(name, int(uid), opened_by))
            case ["groups", name, groups]:
                entries.groups[name] = groups.split()
            case _:
                raise ValueError(f"unexpected line {line[:80]!r}")
    if not any(account.name == "root" for account in entries.accounts):
        raise CannotTell("the list of accounts does not even have root")
    return entries


def _without_the_harmless(answer: Answer) -> str:
    """The lines that a report shows: who has a password or needs none, and who is root."""
    lines = answer.stdout.splitlines()
    return "\n".join(line for line in lines if not line.endswith("\tkey") or line.split("\t")[2:3] == ["0"])


class Accounts(Probe):
    """Who can log in by a password, and who is root by whatever name.

    Example: entries.accounts[0] == Account("root", 0, "key"), roots == {"root": ["root"]}.

    Blind spots: accounts that a directory knows and does not list; whether PAM asks for the password at all; past the first 20000
    accounts it says that it cannot tell.
    Source: passwd(5), shadow(5), crypt(5).
    """

    entries = Reading(_COMMAND, read_entries, root=True, shows=_without_the_harmless)

    @property
    def roots(self) -> dict[str, list[str]]:
        """The names whose user id is 0, with their groups."""
        return {account.name: self.entries.groups.get(account.name, []) for account in self.entries.accounts if account.uid == 0}

    @cached_property
    def without_password(self) -> list[str]:
        """The accounts that are opened without a password."""
        return [account.name for account in self.entries.accounts if account.opened_by == "anything"]

    def with_password(self, names: Iterable[str]) -> list[str]:
        """Those of `names` that a password opens, or nothing more than the name."""
        wanted = set(names)
        return [account.name for account in self.entries.accounts if account.name in wanted and account.opened_by != "key"]

    def be_sure(self) -> None:
        """Raises CannotTell when there are more accounts than were looked at."""
        if len(self.entries.accounts) > _MOST:
            raise CannotTell(f"only the first {_MOST} accounts were looked at")
