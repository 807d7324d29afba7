"""The crontabs of a host, the paths that they name and the scripts among these, as they lie on its disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.probes.schedule.crontab import File

SPOOLS = ("/var/spool/cron/crontabs", "/var/spool/cron")  # users' own crontabs, of Debian's packages and of Fedora's
ROOT_CRONTABS = tuple(f"{spool}/root" for spool in SPOOLS)
MOST_USERS = 100

_BEGIN = r"""
for tool in find grep head sed sort tail; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
odd=$(printf '*\n*')
set --
"""
# $# is the number of crontabs. A script is an executable or *.sh file of at most 16 KiB.
_TOOLS = r"""
for file; do [ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || printf 'unended %s\n' "$file"; done
paths='/[A-Za-z0-9._+@-][A-Za-z0-9._+@/-]*'
words() {
    grep -aohE -D skip "$paths" "$@" /dev/null | grep -vE '^/(proc|sys|dev)(/|$)' | sort -u | head -n 500
}
parts() {
    for folder in $(grep -aohE -D skip 'run-parts.*' "$@" /dev/null | grep -oE "$paths" | sort -u); do
        [ ! -d "$folder" ] || find -L "${folder%/}" -maxdepth 1 -type f ! -path '*[^A-Za-z0-9._+@~,/-]*'
    done
}
scripts() {
    find -L /dev/null "$@" -maxdepth 0 -type f -size -17k \( -perm /111 -o -name '*.sh' \) -exec grep -lIs -D skip '' {} +
}
"""
_END = r"""
all=$(printf '%s\n' $named $first $second | sort -u)
[ $# = 0 ] || find "$@" -maxdepth 0 -printf 'own %y %U %p\n'
find -L /dev/null "$@" $all -maxdepth 0 -printf 'is %y %m %U %n %p\n' || [ $? -lt 126 ] || exit 5  # too many words
grep -aH -D skip '' "$@" $(printf '%s\n' $first $second | sort -u) /dev/null | sed 's/^/in /'
exit 0
"""
# Facts of the system's and root's crontabs and of each path that one, or a timer's service, names; the text of crontabs and of
# scripts two steps away from them.
FILES = rf"""
# read the crontabs and the scripts that they name{_BEGIN}
for file in /etc/crontab /etc/anacrontab /etc/cron.d/* /etc/cron.d/.[!.]* {" ".join(ROOT_CRONTABS)}; do
    case $file in $odd) continue ;; esac
    if [ -f "$file" ] || [ -h "$file" ]; then set -- "$@" "$file"; fi
done
{_TOOLS}
by_timers() {{
    units=$(systemctl show --value --property=Unit '*.timer' | grep -E '^[A-Za-z0-9:_.@\-]+$' | sort -u)
    [ -z "$units" ] || systemctl show --value --property=ExecStart $units | words -
}}
named=$(words "$@"; parts "$@"; by_timers 2>/dev/null)
first=$(scripts $named)
named="$named $(words $first; parts $first)"
second=$(scripts $named)
{_END}
"""
# The same of ordinary users. It is a question of its own, so that what they write can keep nobody from seeing root's jobs. What a
# user names is looked for below the user's home, too, where it is written with ~ or $HOME, or without a folder to begin with.
PERSONAL = rf"""
# read the crontabs of ordinary users and the scripts that they name{_BEGIN}
for tool in cut getent; do command -v $tool >/dev/null || {{ echo "$tool is missing" >&2; exit 127; }}; done
for file in {" ".join(f"{spool}/*" for spool in SPOOLS)}; do
    case $file in $odd | */root) continue ;; esac
    if [ -f "$file" ] || [ -h "$file" ]; then set -- "$@" "$file"; fi
done
[ $# -le {MOST_USERS} ] || {{ echo 'more than {MOST_USERS} users have crontabs' >&2; exit 4; }}
[ $# != 0 ] || exit 0
{_TOOLS}
below() {{
    grep -aohE -D skip '((~|\$HOME|\$\{{HOME\}})|(^|[[:blank:]])[A-Za-z0-9._+@-]+)/[A-Za-z0-9._+@/-]+' "$@" /dev/null |
        sed -e 's#^[[:blank:]]*##' -e 's#^~/##' -e 's#^\$HOME/##' -e 's#^\${{HOME}}/##' -e 's#^\./##' -e "s#^#$home/#" |
        sort -u | head -n 50
}}
parts_below() {{
    grep -aohE -D skip 'run-parts.*' "$@" /dev/null | below - | while read -r folder; do
        [ ! -d "$folder" ] || find -L "${{folder%/}}" -maxdepth 1 -type f ! -path '*[^A-Za-z0-9._+@~,/-]*'
    done
}}
named='' first='' second=''
for file; do
    user=${{file##*/}}
    case $user in -* | '' | *[!0-9]*) entry=$(getent passwd "$user") ;; *) continue ;; esac
    home=$(printf '%s\n' "$entry" | head -n 1 | cut -d : -f 6)
    [ -z "$entry" ] || printf 'user %s:%s:%s\n' "$(printf '%s\n' "$entry" | head -n 1 | cut -d : -f 3)" "$home" "$user"
    case $home in /?*) ;; *) home=/nonexistent ;; esac
    case $home in *[!A-Za-z0-9._+@/-]*) home=/nonexistent ;; esac
    theirs=$(words "$file" | head -n 50; below "$file"; {{ parts "$file"; parts_below "$file"; }} | head -n 50)
    called=$(scripts $theirs)
    [ -z "$called" ] ||
        theirs="$theirs $(words $called | head -n 50; below $called; {{ parts $called; parts_below $called; }} | head -n 50)"
    named="$named $theirs" first="$first $called" second="$second $(scripts $theirs)"
done
{_END}
"""
TYPES = {"f": 0o100000, "d": 0o040000, "l": 0o120000, "p": 0o010000, "s": 0o140000, "b": 0o060000, "c": 0o020000}


@dataclass(frozen=True)
class Account:
    """Whose crontab it is."""

    user_id: int
    home: str


@dataclass(frozen=True)
class Personal:
    """Ordinary users' own crontabs. files: as of read_files. accounts: by the names of crontabs; cron passes over the others."""

    files: Mapping[str, File]
    accounts: Mapping[str, Account]


def read_files(answer: Answer) -> dict[str, File]:
    """The crontabs, the paths that they name and their facts, by path; text only of crontabs and scripts."""
    return _files(answer.stdout.removesuffix("\n").split("\n"))


def read_personal(answer: Answer) -> Personal:
    """The same of ordinary users, and who these are."""
    lines = answer.stdout.removesuffix("\n").split("\n")
    rows = [line.removeprefix("user ").split(":", 2) for line in lines if line.startswith("user ")]
    accounts = {name: Account(int(user_id), home) for user_id, home, name in rows}
    return Personal(_files(line for line in lines if not line.startswith("user ")), accounts)


def _files(answered: Iterable[str]) -> dict[str, File]:
    facts: dict[str, tuple[int, int, int]] = {}
    link_owners: dict[str, int] = {}
    unended: set[str] = set()
    lines: dict[str, list[str]] = {}
    for line in answered:
        kind, _, rest = line.partition(" ")
        if kind == "in":
            path = _path_before_text(rest, facts)
            lines.setdefault(path, []).append(rest[len(path) + 1 :])
        elif kind == "is":
            letter, mode, owner, links, path = rest.split(" ", 4)
            facts[path] = (TYPES.get(letter[0], 0) | int(mode, 8), int(owner), int(links))
        elif kind == "own":
            letter, owner, path = rest.split(" ", 2)
            link_owners.update({path: int(owner)} if letter == "l" else {})
        elif kind == "unended":
            unended.add(rest)
        elif line:
            raise ValueError(f"not understood: {line!r}")
    return {
        path: File(path, mode, owner, links, link_owners.get(path), tuple(lines.get(path, ())), path not in unended)
        for path, (mode, owner, links) in facts.items()
    }


def _path_before_text(line: str, known: Mapping[str, object]) -> str:
    end = line.index(":")
    while line[:end] not in known:
        end = line.index(":", end + 1)
    return line[:end]
