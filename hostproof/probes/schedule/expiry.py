"""Whom PAM turns away when cron wants to run something for them.

Source: `check_shadow_expiry` in pam_unix of Linux-PAM 1.3 to 1.7; shadow(5).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from hostproof.connection.answer import Answer

# Both daemons ask PAM before they run anything, and pam_unix turns away who would have to choose a new password first; sshd with
# a key and sudo may go on to work. Only accounts whose password or self can expire are listed, without the hashes.
AGES = r"""
# ask whom PAM may turn away when cron asks it
command -v awk >/dev/null || { echo 'awk is missing' >&2; exit 127; }
date '+clock|%s'
for file in /etc/pam.d/cron /etc/pam.d/crond; do
    [ ! -e "$file" ] || sed -n 's#^[ \t]*\(account[ \t].*\)#pam|'"$file"'|\1#p' "$file"
done
shadow=$(getent shadow) || exit
printf '%s\n' "$shadow" | awk -F: '$3 == "0" || ($3 != "" && $5 != "" && $5 < 99999) || $8 != "" {
    print "age|" $1 "|" $3 "|" $5 "|" $8
}' | head -n 5000
"""


@dataclass(frozen=True)
class Ages:
    """Why PAM turns accounts away, by name. unasked: PAM files of cron that let everybody pass before pam_unix is asked."""

    expired: Mapping[str, str]
    unasked: frozenset[str]


def read_ages(answer: Answer) -> Ages:
    """As pam_unix reckons: in whole days of UTC, whether or not the password is locked."""
    rows = [line.split("|") for line in answer.stdout.split("\n") if "|" in line]
    today = next(int(row[1]) for row in rows if row[0] == "clock") // 86400
    expired = {row[1]: why for row in rows if row[0] == "age" and (why := _expired(*row[2:], today=today))}
    waved = re.compile(r"account\s+(sufficient|\[success=(done|ok)[^]]*\])\s+pam_(permit|rootok)\.so")
    return Ages(expired, frozenset(row[1] for row in rows if row[0] == "pam" and waved.match(row[2])))


def _expired(changed: str, longest: str, until: str, *, today: int) -> str:
    if until and 0 <= int(until) <= today:
        return f"the account expired on {_date(int(until))}"
    if changed == "0":
        return "it has to choose a new password before anything else"
    if changed and longest and int(longest) >= 0 and today - int(changed) > int(longest):
        return f"its password expired on {_date(int(changed) + int(longest))}"
    return ""


def _date(day: int) -> str:
    return f"{datetime.fromtimestamp(day * 86400, UTC):%Y-%m-%d}"
