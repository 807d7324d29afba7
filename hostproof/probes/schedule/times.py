"""When a cron line runs, and how long nothing runs in between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

MINUTES_A_DAY = 24 * 60
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2031, 12, 31)  # long enough to hold two leap days
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
NAMED = {
    "yearly": "0 0 1 1 *",
    "annually": "0 0 1 1 *",
    "monthly": "0 0 1 * *",
    "weekly": "0 0 * * 0",
    "daily": "0 0 * * *",
    "midnight": "0 0 * * *",
    "hourly": "0 * * * *",
}
ITEM = re.compile(r"(?:\*|([0-9a-zA-Z]+)(?:-([0-9a-zA-Z]+))?)(?:/([0-9]+)(?![0-9a-zA-Z]))?")


class BadTime(ValueError):
    """cron does not take the line; the text says why."""


@dataclass(frozen=True)
class Times:
    """The minutes, hours, days of the month, months and days of the week (0 is Sunday) at which something runs.

    either: a day counts when it fits the day of the month or that of the week (cron's way when neither begins with *).
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool = False

    def on(self, day: date) -> bool:
        """Whether it runs at all on that day."""
        by_day, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return day.month in self.months and (by_day or by_weekday if self.either else by_day and by_weekday)

    def within_a_day(self) -> Iterator[int]:
        """The minutes since midnight."""
        return (hour * 60 + minute for hour in self.hours for minute in self.minutes)


def read_times(fields: list[str], *, lenient: bool) -> Times:
    """Five fields as cron reads them; `lenient` as Debian's does, which overlooks what follows a value. Raises BadTime.

    >>> sorted(read_times("*/20 0 * * mon-fri".split(), lenient=True).minutes)
    [0, 20, 40]
    """
    names: tuple[list[str], ...] = ([], [], [], MONTHS, WEEKDAYS)
    bounds = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    minutes, hours, days, months, weekdays = (
        _field(text, low, high, known, lenient) for text, (low, high), known in zip(fields, bounds, names, strict=True)
    )
    either = not (fields[2].startswith("*") or fields[4].startswith("*"))
    return Times(minutes, hours, days, months, frozenset(n % 7 for n in weekdays), either)


def longest_gap(schedules: Iterable[Times]) -> int | None:
    """Seconds of the longest time in which none of the schedules starts anything; None when they never do."""
    several = list(schedules)
    days: dict[tuple[bool, ...], list[int]] = {}
    longest, last = 0, None
    for offset in range((LAST_DAY - FIRST_DAY).days + 1):
        active = tuple(times.on(FIRST_DAY + timedelta(days=offset)) for times in several)
        if active not in days:
            chosen = (times.within_a_day() for times, runs in zip(several, active, strict=True) if runs)
            days[active] = sorted({minute for minutes in chosen for minute in minutes})
            longest = max(longest, *(later - earlier for earlier, later in pairwise(days[active])), 0)
        if days[active]:
            overnight = offset * MINUTES_A_DAY + days[active][0] - last if last is not None else 0
            longest, last = max(longest, overnight), offset * MINUTES_A_DAY + days[active][-1]
    return longest * 60 if last is not None else None


def _field(text: str, low: int, high: int, names: list[str], lenient: bool) -> frozenset[int]:
    values: set[int] = set()
    position = 0
    while True:
        item = ITEM.match(text, position)
        if not item:
            raise BadTime(f"no time: {text}")
        values.update(_values(item, low, high, names))
        position = item.end()
        if text[position : position + 1] == ",":
            position += 1
        elif position == len(text) or (lenient and text[position] != "/" and (item[0] == "*" or text[position] != "-")):
            return frozenset(values)
        else:
            raise BadTime(f"no time: {text}")


def _values(item: re.Match[str], low: int, high: int, names: list[str]) -> range:
    first, last, step = item.groups()
    if first is None:
        return range(low, high + 1, _step(step))
    if step and last is None:
        raise BadTime(f"a step needs a range or *: {item[0]}")
    begin = _number(first, low, high, names)
    end = begin if last is None else _number(last, low, high, names)
    return range(begin, end + 1, _step(step))


def _step(text: str | None) -> int:
    step = int(text) if text else 1
    if step == 0:
        raise BadTime("a step of 0")
    return step


def _number(text: str, low: int, high: int, names: list[str]) -> int:
    if text.lower() in names:
        return names.index(text.lower()) + low
    if not text.isdigit() or not low <= int(text) <= high:
        raise BadTime(f"{text} is not between {low} and {high}")
    return int(text)
