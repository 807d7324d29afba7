"""Who looks from where: the options --probe, --probe-from, --probe-rate, --probe-window and --vantage, and the inventory's word.

Only what a stranger can reach is public. So only the machine of a stranger, `untrusted`, can tell; what a machine that the
hosts trust can reach says nothing about everybody. As long as nobody has said what this machine is to the hosts, it looks all
the same, as far as that costs nobody anything: what it reaches although a host says that nobody gets in needs an explanation.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from hostproof.errors import UsageError
from hostproof.inventory import HostDescription, hosts_from
from hostproof.outside.ports import LEVELS, Level

Trust = Literal["untrusted", "trusted", ""]
VARIABLE = "hostproof_vantage"
KNOWN: tuple[Trust, ...] = ("untrusted", "trusted")
# Packets per second and address, of one family and protocol: 500 are 30 KB/s, and end with a usual visit to the host. The level
# `full` is for those who want all ports: at the lower rate it takes five minutes.
RATES: Mapping[Level, int] = {"none": 0, "declared": 500, "top": 1000, "full": 8000}
# Seconds that one address may take, and packets per second of one run of nmap. What nobody has said a word about is done with less
# of both: a network bears that, whoever's it is.
PATIENCE, AT_ONCE = 300, 20_000
BRIEFLY, GENTLY = 30, 5_000
FASTEST = 100_000
_WINDOW = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")
HERE = HostDescription("this machine", "local")


@dataclass(frozen=True)
class Window:
    """A time of day, in minutes since midnight here, within which probes may be sent. It may span midnight."""

    first: int
    last: int

    def holds(self, at: time.struct_time) -> bool:
        """Whether that moment is in it."""
        minute = at.tm_hour * 60 + at.tm_min
        if self.first <= self.last:
            return self.first <= minute < self.last
        return minute >= self.first or minute < self.last

    def __str__(self) -> str:
        first, last = (f"{minute // 60:02}:{minute % 60:02}" for minute in (self.first, self.last))
        return f"{first}-{last}"


@dataclass(frozen=True)
class Order:
    """How the hosts of a run are to be looked at.

    level: None when nobody said. trust: what the probing machine is to the hosts, "" when nobody said: unsaid. origin: the
    machine that probes. rate: packets per second and address, None when nobody said.
    """

    level: Level | None
    trust: Trust
    origin: HostDescription
    rate: int | None
    window: Window | None

    def trust_of(self, host: HostDescription) -> Trust:
        """What the probing machine is to this host. Raises UsageError for a word that nobody knows."""
        said: Any = host.variables.get(VARIABLE)
        if said is not None and said not in KNOWN:
            raise UsageError(f"host {host.name}: {VARIABLE} in the inventory is one of {', '.join(KNOWN)}")
        return self.trust or said or ("untrusted" if self.origin is not HERE else "")

    def asks(self, host: HostDescription) -> bool:
        """Whether this host is looked at from outside: it has an address to look at, or somebody has said from where."""
        return self.level != "none" and (bool(self.trust_of(host)) or host.connection == "ssh")

    @property
    def patience(self) -> int:
        """Seconds that one address may take."""
        return PATIENCE if self._wanted else BRIEFLY

    @property
    def at_once(self) -> int:
        """Packets per second of one run of nmap, however many hosts it is about."""
        return AT_ONCE if self._wanted else GENTLY

    @property
    def _wanted(self) -> bool:
        """Whether the command line says anything about probing."""
        return bool(self.level or self.rate or self.trust or self.origin is not HERE)

    @property
    def depth(self) -> Level:
        """The level, for hosts that are looked at."""
        return self.level or "declared"

    @property
    def packets(self) -> int:
        """Packets per second and address."""
        return self.rate or RATES[self.depth]


def order_from(options: Mapping[str, Any], folder: Path) -> Order:
    """What pytest's command line asks for; `folder` holds inventories/. Raises UsageError."""
    rate = options["probe_rate"]
    if rate is not None and not 1 <= rate <= FASTEST:
        raise UsageError(f"--probe-rate={rate}: give packets per second and address, from 1 to {FASTEST}")
    return Order(
        level=options["probe"],
        trust=options["vantage"] or "",
        origin=_origin(options, folder) if options["probe_from"] else HERE,
        rate=rate,
        window=_window(options["probe_window"]) if options["probe_window"] else None,
    )


def add_options(group: Any) -> None:
    """Add the options to pytest's group."""
    group.addoption(
        "--probe",
        choices=LEVELS,
        help="which ports are looked at from outside: those that documents and profile name and that a host uses or passes on "
        "(declared, the default), nmap's most usual ones as well (top), all (full), or none",
    )
    group.addoption("--vantage", choices=KNOWN, help="what the machine that probes is to the hosts: a stranger's is untrusted")
    group.addoption("--probe-from", metavar="SSH://HOST", help="probe from that machine (it has nmap), a stranger to the hosts")
    group.addoption("--probe-rate", metavar="N", type=int, help="packets per second and address (default: 500; for full 8000)")
    group.addoption("--probe-window", metavar="HH:MM-HH:MM", help="probe only at that time of the day")


def _origin(options: Mapping[str, Any], folder: Path) -> HostDescription:
    word = options["probe_from"]
    if not word.startswith("ssh://") or "," in word:
        raise UsageError("--probe-from: name one machine, such as ssh://user@probe.example.org")
    (origin,) = hosts_from(
        word,
        sudo=options["sudo"],
        sudo_user=options["sudo_user"],
        ssh_config=options["ssh_config"],
        ssh_identity_file=options["ssh_identity_file"],
        folder=folder,
    ).hosts
    return origin


def _window(text: str) -> Window:
    match = _WINDOW.fullmatch(text)
    if not match or match[1] + match[2] == match[3] + match[4]:
        raise UsageError(f"--probe-window={ascii(text)[:60]}: write two times of the day, such as 22:00-06:00")
    first_hour, first_minute, last_hour, last_minute = map(int, match.groups())
    return Window(first_hour * 60 + first_minute, last_hour * 60 + last_minute)
