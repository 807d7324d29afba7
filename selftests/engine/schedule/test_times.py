"""How long nothing runs."""

from __future__ import annotations

import pytest

from hostproof.probes.schedule.timers import read_calendar, seconds
from hostproof.probes.schedule.times import BadTime, longest_gap, read_times

HOUR, DAY = 3600, 24 * 3600


@pytest.mark.parametrize(
    ("line", "gap"),
    [
        ("* * * * *", 60),
        ("*/5 * * * *", 300),
        ("0-59/5 * * * *", 300),
        ("2-57/5 * * * *", 300),
        ("0,5,10,15,20,25,30,35,40,45,50,55 * * * *", 300),
        ("*/7 * * * *", 420),
        ("* */5 * * *", 4 * HOUR + 60),
        ("*/5 * * * 1-5", 2 * DAY + 300),
        ("*/5 8-17 * * *", 14 * HOUR + 300),
        ("0 0 * * sun", 7 * DAY),
        ("0 0 * * 7", 7 * DAY),
        ("0 0 1,15 * 1", 7 * DAY),
        ("0 0 29 2 *", 4 * 365 * DAY + DAY),
        ("0 0 30 2 *", None),
    ],
)
def test_of_one_line(line, gap):
    assert longest_gap([read_times(line.split(), lenient=False)]) == gap


def test_of_several_lines_together():
    lines = ("0-29/5 * * * *", "30-59/5 * * * *")

    assert longest_gap(read_times(line.split(), lenient=False) for line in lines) == 300


@pytest.mark.parametrize("minute", ["0/5", "60", "*/0", "", "5-", "-5", "a", "*/5x", "1,,2"])
def test_no_cron_takes_these(minute):
    with pytest.raises(BadTime):
        read_times([minute, "*", "*", "*", "*"], lenient=True)


def test_debians_cron_overlooks_what_follows():
    assert read_times(["*x", "0~5", "*", "*", "*"], lenient=True).hours == {0}
    with pytest.raises(BadTime):
        read_times(["*x", "*", "*", "*", "*"], lenient=False)


@pytest.mark.parametrize(
    ("calendar", "gap"),
    [
        ("*-*-* *:00/5:00", 300),
        ("*-*-* *:*:00", 60),
        ("*-*-* 00:00:00", DAY),
        ("*-*-* 06,18:00:00", 12 * HOUR),
        ("Mon *-*-* 00:00:00", 7 * DAY),
        ("Mon..Fri *-*-* *:00/5:00", 2 * DAY + 300),
        ("Sat..Mon *-*-* 00:00:00", 5 * DAY),
        ("*-*-01 00:00:00 UTC", 31 * DAY),
    ],
)
def test_of_a_timer(calendar, gap):
    assert longest_gap([read_calendar(calendar)]) == gap


@pytest.mark.parametrize(("span", "expected"), [("5min", 300), ("1h 30min", 5400), ("0", 0), ("2w", 14 * DAY)])
def test_spans(span, expected):
    assert seconds(span) == expected
