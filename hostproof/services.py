"""Services by the programs that offer them and their usual ports, from hostproof/data/well_known_services.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase, translate
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from hostproof import trusted_yaml

if TYPE_CHECKING:
    from hostproof.probes.processes import Process

Protocol = Literal["tcp", "udp"]
Ports = Mapping[str, frozenset[int]]
DATA = Path(__file__).parent / "data" / "well_known_services.yml"
SHORT_NAME = 15  # characters of a program's name that the kernel keeps


@dataclass(frozen=True)
class Service:
    """One kind of service; the data file says what each field means.

    Example: Service("redis", "Redis, Valkey or KeyDB", ports={"tcp": {6379}, "udp": {}}, programs=("redis-server",))
    """

    id: str
    title: str
    ports: Ports
    marks: Ports
    programs: tuple[str, ...] = ()
    listening_programs: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    marks_decide: bool = False
    never_public: bool = False
    speaks: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    asked: bool = False

    def offered_by(self, process: Process) -> bool:
        """Whether the program is known for this service."""
        return runs_one_of(process, self.programs) or any(
            fnmatchcase(argument, pattern) for pattern in self.arguments for argument in process.arguments
        )

    def started_by(self, unit: str) -> bool:
        """Whether a systemd unit is known to start it."""
        stem = unit.partition(".")[0].partition("@")[0]
        return any(fnmatchcase(stem, pattern) for pattern in self.programs + self.units)


@dataclass(frozen=True)
class Asking:
    """A socket on which a program only asks others. ports: numbers, or EPHEMERAL for any that the system hands out."""

    what: str
    ports: Ports
    programs: tuple[str, ...]


EPHEMERAL = -1


def runs_one_of(process: Process, patterns: Iterable[str]) -> bool:
    """Whether a process is one of these programs; the kernel may know it by a shortened name."""
    names, shortened, paths = _programs(tuple(patterns))
    known = any(name in shortened or names.match(name) for name in process.names)
    return known or bool(paths.match(process.executable))


@cache
def _programs(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str]]:
    names = tuple(pattern for pattern in patterns if "/" not in pattern)
    paths = tuple(pattern for pattern in patterns if "/" in pattern)
    return one_of(names), frozenset(name[:SHORT_NAME] for name in names), one_of(paths)


@cache
def one_of(globs: tuple[str, ...]) -> re.Pattern[str]:
    """Its `match` says whether a text is one of `globs` from end to end: hosts have thousands of names to compare."""
    return re.compile("|".join(map(translate, globs)) or "(?!)")


@cache
def services() -> Mapping[str, Service]:
    """All services by id, in the order of the data file."""
    return {name: _service(name, entry) for name, entry in _data()["services"].items()}


@cache
def asking() -> tuple[Asking, ...]:
    """What programs keep sockets for without serving anybody."""
    return tuple(Asking(entry["what"], _ports(entry), tuple(entry["programs"])) for entry in _data()["asking"])


def usual_on(protocol: Protocol, port: int) -> Service | None:
    """The first service that is usual on a port."""
    return next((service for service in services().values() if port in service.ports[protocol]), None)


def answering_as(name: str, product: str) -> Service | None:
    """The service that answers so, in nmap's words: ("mysql", "MariaDB") -> MySQL. None for what says nothing about it."""
    said = f"{name} {product}"
    return next((service for service in services().values() if one_of(service.answers).match(said)), None)


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = trusted_yaml.parse(DATA.read_text(encoding="utf-8"))
    return loaded


def _service(name: str, entry: Mapping[str, Any]) -> Service:
    lists = ("programs", "listening_programs", "units", "arguments", "packages", "answers")
    return Service(
        name,
        entry["title"],
        _ports(entry),
        _ports(entry.get("marks", {})),
        marks_decide=entry.get("marks_decide", False),
        never_public=entry.get("never_public", False),
        speaks=_speaks(entry.get("speaks", {})),
        asked=entry.get("asked", False),
        **{key: tuple(entry.get(key, ())) for key in lists},
    )


def _speaks(said: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"tcp": said, "udp": said} if isinstance(said, str) else said


def _ports(entry: Mapping[str, Any]) -> Ports:
    return {
        protocol: frozenset(n for item in entry.get(protocol, ()) for n in _range(str(item)))
        for protocol in ("tcp", "udp")
    }


def _range(item: str) -> Iterable[int]:
    if item == "ephemeral":
        return [EPHEMERAL]
    first, _, last = item.partition("-")
    return range(int(first), int(last or first) + 1)
