"""What settings.sh tells: AIDE's configurations, their rules for some paths, their baselines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hostproof.connection.answer import Answer

# Checksums that nobody can make another file for; the CRCs are none.
HASHES = re.compile(r"md5|sha1|sha256|sha512|rmd160|tiger|haval|whirlpool|gost|stribog256|stribog512|sha512_256|sha3_256|sha3_512")
_ATTRIBUTES = re.compile(r"rule: '.* \(\S+\) (\S+)' \(")


@dataclass(frozen=True)
class Place:
    """A folder. real: where it is, links resolved. holds_files: whether anything is in it."""

    real: str
    holds_files: bool


@dataclass(frozen=True)
class Rule:
    """What AIDE said of a path. status: 0 a rule is for it, 1 none is, others: AIDE does not take its configuration."""

    status: int
    text: str

    @property
    def watches(self) -> bool:
        return self.status == 0

    @property
    def attributes(self) -> str:
        """What is compared, as in `p+u+g+sha256`."""
        found = _ATTRIBUTES.search(self.text)
        return found[1] if found and self.watches else ""

    @property
    def hashes(self) -> bool:
        return any(HASHES.fullmatch(name) for name in self.attributes.split("+"))


@dataclass
class Database:
    """A baseline. described: it says what its columns are. under: entries by folder, such as /etc and /usr/bin."""

    path: str
    mode: int
    owner: str
    group: int
    time: float
    size: int
    entries: int = 0
    described: bool = False
    under: dict[str, int] = field(default_factory=dict)


@dataclass
class Config:
    """A configuration file. unasked: why AIDE was not asked about its rules. new: a baseline that waits to be used."""

    path: str
    unasked: str = ""
    rules: dict[str, Rule] = field(default_factory=dict)
    url: str = ""
    new: str = ""
    database: Database | None = None


@dataclass
class Settings:
    """version: empty where there is no AIDE. installed: when the oldest package came, in seconds since 1970; 0 if unknown."""

    version: str = ""
    installed: int = 0
    folders: dict[str, Place] = field(default_factory=dict)
    configs: dict[str, Config] = field(default_factory=dict)


def read_settings(answer: Answer) -> Settings:
    """What settings.sh printed."""
    found = Settings()
    config = Config("")
    for line in filter(None, answer.stdout.split("\n")):
        kind, _, rest = line.partition(" ")
        if kind == "version":
            found.version = rest
        elif kind == "first-package":
            found.installed = int(rest or 0)
        elif kind == "folder":
            path, real, holds = rest.rsplit(" ", 2)
            found.folders[path] = Place(real, holds == "files")
        elif kind == "config":
            config = Config(rest.split(" ", 3)[3])
            found.configs[config.path] = config
        else:
            _add(config, kind, rest)
    return found


def show_settings(answer: Answer) -> str:
    """The rules, and the facts of the baseline."""
    shown = ("version ", "config ", "unasked ", "rule ", "url ", "new ", "database ", "entries ")
    return "\n".join(line for line in answer.stdout.split("\n") if line.startswith(shown)) or "no program `aide`"


def _add(config: Config, kind: str, rest: str) -> None:
    """A line that belongs to a configuration."""
    database = config.database
    if kind == "rule":
        status, path, text = (*rest.split(" ", 2), "")[:3]
        config.rules[path.partition(":")[2]] = Rule(int(status), text.strip())
    elif kind == "unasked":
        config.unasked = rest if rest.startswith("only ") else f"it runs {rest}, which is not the package's"
    elif kind == "url":
        config.url = rest.strip()
    elif kind == "new":
        config.new = rest.split(" ", 2)[2]
    elif kind == "database":
        mode, _owner, name, group, time, size, path = rest.split(" ", 6)
        config.database = Database(path, int(mode, 8), name, int(group), float(time), int(size))
    elif kind == "entries" and database:
        entries, described, _ended = rest.split(" ")
        database.entries, database.described = int(entries), described == "1"
    elif kind == "under" and database:
        count, folder = rest.split(" ", 1)
        database.under[folder] = int(count)
    else:
        raise ValueError(f"not understood: {kind} {rest!r}")
