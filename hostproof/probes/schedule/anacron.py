"""What anacron runs: jobs that are due again after so many days. On Fedora and CentOS it is what runs cron.daily and its like.

Source: anacrontab(5), anacron(8) of Debian's anacron 2.3 and of cronie 1.5 to 1.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hostproof.probes.schedule.crontab import VARIABLE, File, Job
from hostproof.probes.schedule.times import NAMED, read_times

ANACRONTAB = "/etc/anacrontab"
PROGRAM = "anacron"
RUNS_NOTHING = re.compile(r"-[a-zA-Z]*[uTV].*|-t")  # only renews time stamps, checks the file; -t names another file
LINE = re.compile(r"(\d{1,5}|@\w+)\s+\d+\s+\S+\s+(.+)")
DAYS = {1: "daily", 7: "weekly", 31: "monthly"}  # what comes at least that often


def runs_jobs(words: tuple[str, ...]) -> bool:
    """Whether a call of anacron runs what is due in /etc/anacrontab."""
    return not any(RUNS_NOTHING.fullmatch(word) for word in words[1:])


def read_anacrontab(file: File) -> Iterator[Job]:
    """Its jobs. Periods are rounded up to a day, a week, a month or a year; lines that anacron does not take are left out."""
    environment: dict[str, str] = {}
    for number, line in enumerate(file.lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if found := LINE.fullmatch(text):
            period = found[1].removeprefix("@")
            name = next((name for days, name in DAYS.items() if int(period) <= days), "yearly") if period.isdigit() else period
            if name in NAMED:
                times = read_times(NAMED[name].split(), lenient=False)
                yield Job(f"{file.path} line {number}", "root", times, found[2], dict(environment))
        elif variable := VARIABLE.fullmatch(text):
            environment[next(part for part in variable.groups()[:3] if part is not None)] = variable[4]
