"""What unattended-upgrades and apt's own schedule make of their settings.

Sources: apt.systemd.daily of apt 2.2 to 3.0 (`check_stamp`), unattended-upgrade 2.8 to 2.12 (`match_whitelist_string`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from hostproof.probes.updates.apt import Archive

OFF = ("", "0", "no", "false", "off")
ON = ("yes", "true", "with", "on", "enable")  # and any number but 0, as apt's FindB
PARTS_OF_A_DAY = {"s": 86400, "m": 1440, "h": 24, "d": 1}
LEAVES_OUT_ALL = re.compile(r"\^?(\.[*+]?)?\$?")  # a regular expression that fits every name
KEYS = {
    **dict.fromkeys(("o", "origin"), "origin"),
    **dict.fromkeys(("l", "label"), "label"),
    **dict.fromkeys(("a", "suite", "archive"), "suite"),
    **dict.fromkeys(("n", "codename"), "codename"),
    **dict.fromkeys(("c", "component"), "component"),
    "site": "site",
}


class BadPattern(ValueError):
    """unattended-upgrades stops at a pattern; the text is the pattern."""


def is_on(value: str) -> bool:
    """Whether apt takes a value for yes.

    >>> is_on("true"), is_on("1"), is_on("0"), is_on("")
    (True, True, False, False)
    """
    return value.lower() in ON or (value.isdigit() and int(value) != 0)


def days(value: str) -> float | None:
    """How many days apt.systemd.daily waits at least between two runs, None for ever.

    >>> days("1"), days("always"), days("12h"), days("0"), days("30")
    (1.0, 0.0, 0.5, None, 30.0)
    """
    text = value.strip().lower()
    if text == "always":
        return 0.0
    found = re.fullmatch(r"(\d{1,9})([smhd]?)", text)
    if text in OFF or found is None or int(found[1]) == 0:
        return None
    return int(found[1]) / PARTS_OF_A_DAY[found[2] or "d"]


@dataclass(frozen=True)
class Unattended:
    """The settings of unattended-upgrades: what Origins-Pattern and Allowed-Origins hold, the latter in the former's spelling.

    left_out: Package-Blacklist. at_shutdown: it does nothing before the host is shut down.
    """

    patterns: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    at_shutdown: bool = False

    def fault(self) -> str:
        """Why it installs nothing, whatever the archives are; "" when it may."""
        if self.at_shutdown:
            return "unattended-upgrades waits until the host is shut down (InstallOnShutdown)"
        if not self.patterns:
            return "unattended-upgrades is allowed to take packages from nowhere"
        if any(LEAVES_OUT_ALL.fullmatch(expression) for expression in self.left_out):
            return "unattended-upgrades leaves out every package (Package-Blacklist)"
        return ""

    def takes_from(self, base: str, archive: Archive, variables: Mapping[str, str]) -> bool:
        """Whether it takes packages from an archive. base: its URL. variables: such as distro_id. Raises BadPattern."""
        facts = {
            "origin": [archive.origin],
            "label": [archive.label],
            "suite": [archive.suite],
            "codename": [archive.codename],
            "component": [*archive.components],
            "site": [re.sub(r"^[^:]+:(?://)?(?:[^/]*@)?", "", base).partition("/")[0].partition(":")[0]],
        }
        fitting = [pattern for pattern in self.patterns if _fits(pattern, facts, variables)]  # looks at all: one bad one stops it
        return bool(fitting)


def read_unattended(pairs: Iterable[tuple[str, str]]) -> Unattended:
    """From the names and values that `apt-config dump` prints."""
    patterns: list[str] = []
    left_out: list[str] = []
    at_shutdown = False
    for name, value in pairs:
        match name.lower().split("::", 2):
            case ["unattended-upgrade", "origins-pattern", _]:
                patterns.append(value)
            case ["unattended-upgrade", "allowed-origins", _]:
                patterns.append(_in_new_spelling(value))
            case ["unattended-upgrade", "package-blacklist", _]:
                left_out.append(value)
            case ["unattended-upgrade", "installonshutdown"]:
                at_shutdown = is_on(value)
            case _:
                continue
    return Unattended(tuple(patterns), tuple(left_out), at_shutdown)


def _in_new_spelling(allowed: str) -> str:
    """`Debian:stable` or `Debian stable`; anything else stops unattended-upgrades, as does a pattern without `=`."""
    parts = re.split(r"(?<!\\):", allowed) if re.search(r"(?<!\\):", allowed) else allowed.split()
    if len(parts) != 2:
        return allowed
    origin, suite = (re.sub(r"([^\\]),", r"\1\\,", part.replace("\\:", ":")) for part in parts)
    return f"o={origin},a={suite}"


def _fits(pattern: str, facts: Mapping[str, list[str]], variables: Mapping[str, str]) -> bool:
    tokens = [token.replace("%2C", ",") for token in pattern.replace("\\,", "%2C").split(",")]
    fitting = [token for token in tokens if _token_fits(token, pattern, facts, variables)]
    return fitting == tokens


def _token_fits(token: str, pattern: str, facts: Mapping[str, list[str]], variables: Mapping[str, str]) -> bool:
    key, equals, value = (part.strip() for part in token.partition("="))
    wanted = re.sub(r"\$\{(\w+)\}", lambda found: variables.get(found[1], found[0]), value)
    if key not in KEYS or not equals or "=" in value or "$" in wanted:
        raise BadPattern(pattern)
    return any(fnmatchcase(fact, wanted) for fact in facts[KEYS[key]])
