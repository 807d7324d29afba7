"""Crontabs are read as cron reads them.

The recorded hosts held some fifty crontabs, right and wrong in every way that cron knows; each line touches a file of its
own name in /root/ran. `<case>.ran` lists the files that were there after two minutes of real cron: Debian's cron
3.0pl1-162, and cronie 1.7.2 on Debian 13.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from hostproof.connection.answer import Answer
from hostproof.probes.schedule import read_accounts, read_files
from hostproof.probes.schedule.crontab import File, Ignored, Job, read_crontab
from hostproof.probes.schedule.shell import NotShell, Walk

RECORDED = Path(__file__).parents[2] / "recorded" / "schedule"
THAT_DAY = date(2026, 11, 23)


@pytest.mark.parametrize(("case", "kind"), [("many-crontabs-cron", "debian"), ("many-crontabs-cronie", "cronie")])
def test_what_runs_is_what_cron_ran(case, kind):
    files = read_files(recorded(case, "files"))
    users = read_accounts(recorded(case, "accounts"))
    spool = "/var/spool/cron/crontabs/root"
    tables = [file for path, file in files.items() if path.startswith("/etc/cron.d/") or path == spool]
    entries = [entry for file in tables for entry in read_crontab(file, kind, users, frozenset())]

    runs = {label(job.runs) for job in entries if isinstance(job, Job) and starts_something(job)}

    assert runs == {label(f"/root/ran/{name}") for name in (RECORDED / f"{case}.ran").read_text().splitlines()}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("0/5 * * * * root true", "step"),
        ("*/5 * * * * true", "no user in front"),
        ("* * * * root true", "root is not between 0 and 7"),
        ("@often root true", "no @often"),
        ("60 * * * * root true", "60 is not between 0 and 59"),
    ],
)
def test_a_line_that_is_left_out_says_why(line, why):
    table = File("/etc/cron.d/one", mode=0o100644, owner=0, links=1, lines=(line,))

    (entry,) = read_crontab(table, "cronie", {"root": 0}, frozenset())

    assert isinstance(entry, Ignored)
    assert why in entry.why


def recorded(case: str, reading: str) -> Answer:
    """What the host said."""
    return Answer(reading, 0, (RECORDED / f"{case}.{reading}.out").read_bytes().decode())


def starts_something(job: Job) -> bool:
    """Whether the job was due in those minutes, and its shell finds the program."""
    due = job.times is not None and job.times.on(THAT_DAY) and len(job.times.minutes) > 50
    if not due or job.environment.get("SHELL") == "/bin/false":
        return False
    try:
        programs = [words[0] for words in Walk(job.runs).commands()]
    except NotShell:
        return False
    found_in_path = {"touch", "cat"} if job.environment.get("PATH") != "/nowhere" else set()
    return bool({"/usr/bin/touch", *found_in_path} & set(programs))


def label(text: str) -> str:
    """The name that a line touches, without what its shell puts in."""
    found = re.search(r"/root/ran/([\w.]+(?:-(?:1|2|good|bad|abs|rel)\b)?)", text)
    assert found, json.dumps(text)
    return found[1]
