"""When systemd's timers run something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.probes.schedule.times import BadTime, Times, longest_gap

TIMERS = r"""
# ask systemd about its timers and what they start
for tool in grep sort; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
properties=Id,ActiveState,UnitFileState,Unit,TimersCalendar,TimersMonotonic,RandomizedDelayUSec
systemctl show --property=$properties '*.timer' || exit
echo
units=$(systemctl show --value --property=Unit '*.timer' | grep -E '^[A-Za-z0-9:_.@\-]+$' | sort -u)
[ -z "$units" ] || systemctl show --property=Id,ExecStart $units
"""
REPEATED = ("OnUnitActiveUSec", "OnUnitInactiveUSec")
SECONDS = {
    "us": 1e-6,
    "ms": 1e-3,
    "s": 1,
    "min": 60,
    "h": 3600,
    "d": 86400,
    "w": 604800,
    "month": 2629800,
    "y": 31557600,
}
WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
CALENDAR = re.compile(r"(?:([A-Za-z.,]+) )?\*-(\S+)-([^\s~]+) (\S+):(\S+):(\d\d)(?: \S+)?")
ITEM = re.compile(r"(?:\*|(\w+)(?:\.\.(\w+))?)(?:/(\d+))?")


@dataclass(frozen=True)
class Timer:
    """A timer and the commands that it starts. gap: seconds between two runs at most, None when it does not repeat.

    active: it waits for its next run. starts: a boot activates it. service: the unit that it starts.
    """

    unit: str
    active: bool
    starts: bool
    gap: int | None
    commands: tuple[tuple[str, ...], ...] = ()
    service: str = ""

    @property
    def stands(self) -> bool:
        """Whether it starts something now and after a boot."""
        return self.active and self.starts


def read_timers(answer: Answer) -> list[Timer]:
    """All loaded timers."""
    blocks = [_properties(block) for block in answer.stdout.strip("\n").split("\n\n") if block.strip()]
    started = {
        _one(block, "Id"): block.get("ExecStart", []) for block in blocks if not _one(block, "Id").endswith(".timer")
    }
    return [
        Timer(
            _one(block, "Id"),
            _one(block, "ActiveState") == "active",
            _one(block, "UnitFileState") in ("enabled", "static", "generated", "alias"),
            _gap(block),
            tuple(_arguments(text) for text in started.get(_one(block, "Unit"), [])),
            _one(block, "Unit"),
        )
        for block in blocks
        if _one(block, "Id").endswith(".timer")
    ]


def read_calendar(text: str) -> Times:
    """systemd's own spelling of OnCalendar, such as `Mon..Fri *-*-* *:00/5:00`. Raises BadTime.

    >>> sorted(read_calendar("*-*-* 01:00/20:00").minutes)
    [0, 20, 40]
    """
    found = CALENDAR.fullmatch(text)
    if not found:
        raise BadTime(f"not understood: {text}")
    weekdays, month, day, hour, minute, _second = found.groups()
    return Times(
        _field(minute, 0, 59),
        _field(hour, 0, 23),
        _field(day, 1, 31),
        _field(month, 1, 12),
        _field(weekdays, 0, 6) if weekdays else frozenset(range(7)),
    )


def seconds(span: str) -> float:
    """systemd's spelling of a time span, such as `1h 30min`; 0 stands alone."""
    return sum(float(number) * SECONDS[unit] for number, unit in re.findall(r"([\d.]+)([a-z]+)", span))


def _field(text: str, low: int, high: int) -> frozenset[int]:
    values: set[int] = set()
    for part in text.split(","):
        item = ITEM.fullmatch(part)
        if not item:
            raise BadTime(f"not understood: {text}")
        first, last, step = item.groups()
        begin = low if first is None else _number(first)
        end = _number(last) if last else begin if first is not None and step is None else high
        wrapped = (
            range(begin, end + 1, int(step or 1)) if begin <= end else [*range(begin, high + 1), *range(low, end + 1)]
        )
        values.update(wrapped)
    return frozenset(values)


def _number(text: str) -> int:
    return WEEKDAYS.index(text) if text in WEEKDAYS else int(text)


def _gap(timer: Mapping[str, Iterable[str]]) -> int | None:
    calendars, gaps = [], []
    for text in timer.get("TimersCalendar", ()):
        if found := re.search(r"OnCalendar=(.*?) ;", text):
            calendars.append(found[1])
    for text in timer.get("TimersMonotonic", ()):
        if found := re.search(r"(\w+)=(.*?) ;", text):
            gaps += [int(seconds(found[2]))] if found[1] in REPEATED else []
    try:
        by_calendar = longest_gap(map(read_calendar, calendars))
    except BadTime:
        by_calendar = None
    shortest = min((gap for gap in (*gaps, by_calendar) if gap is not None), default=None)
    return None if shortest is None else shortest + int(seconds(_one(timer, "RandomizedDelayUSec")))


def _properties(block: str) -> dict[str, list[str]]:
    """A property may come several times."""
    values: dict[str, list[str]] = {}
    for name, equals, value in (line.partition("=") for line in block.split("\n")):
        if equals:
            values.setdefault(name, []).append(value)
    return values


def _one(block: Mapping[str, Iterable[str]], name: str) -> str:
    return next(iter(block.get(name, ())), "")


def _arguments(text: str) -> tuple[str, ...]:
    found = re.search(r"argv\[\]=(.*?) ; ignore_errors=", text)
    return tuple(found[1].split()) if found else ()
