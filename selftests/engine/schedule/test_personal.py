"""Ordinary users' own crontabs are read as cron reads them, and their scripts are followed.

The recorded host, which selftests/recorded/cases.yml makes, has crontabs right and wrong; each line touches a file of its own.
crontabs-of-users-*.ran list the files that were there after a minute of Debian's cron 3.0pl1-197 and of cronie 1.7.2.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.schedule import Schedule
from hostproof.probes.schedule.crontab import File

RECORDED = Path(__file__).parents[2] / "recorded" / "schedule"


CRONIE = [
    {"Id": "cronie.service", "LoadState": "loaded", "ActiveState": "active", "UnitFileState": "enabled", "MainPID": "0"},
    {"crond": "cronie"},
    {"run-parts": "debian"},
]


class Recorded(Schedule):
    """The schedule of the recorded host, with Debian's cron or with cronie."""

    def __init__(self, kind: str = "cron") -> None:
        self.host = SimpleNamespace(processes=SimpleNamespace(running={}))
        for reading in self.readings():
            text = (RECORDED / f"debian13-crontabs-of-users.{reading.name}.out").read_text()
            self.__dict__[reading.name] = reading.value(Answer(reading.name, 0, text))
        if kind == "cronie":
            self.__dict__["daemons"] = CRONIE


@pytest.mark.parametrize("kind", ["cron", "cronie"])
def test_what_runs_is_what_cron_ran(kind):
    schedule = Recorded(kind)

    commands = [command for job in schedule.personal_jobs for command in schedule.commands(job)]
    touched = {command.words[1].rpartition("/")[2] for command in commands if command.program == "touch"}

    assert touched == set((RECORDED / f"crontabs-of-users-{kind}.ran").read_text().split())


def test_what_is_left_out_says_why():
    reasons = {entry.source.rpartition("/")[2]: entry.why for entry in Recorded().personal_ignored}

    assert "symbolic link" in reasons["linked"]
    assert "0640" in reasons["wide"]
    assert "not to root or others" in reasons["others"]
    assert reasons["expired line 1"].endswith("the account expired on 2026-01-01")
    assert "new password" in reasons["chooses line 1"]


def test_ordinary_users_have_no_jobs_of_the_system():
    schedule = Recorded()

    assert {job.user for job in schedule.personal_jobs} == {"roots", "locked", "paths"}
    assert not any(job.personal for job in schedule.jobs)
    assert not any(schedule.runs_as_root(job) for job in schedule.personal_jobs)


def test_too_many_crontabs_are_no_answer():
    text = (RECORDED / "centos-more-crontabs.personal.err").read_text()

    with pytest.raises(CannotTell, match="more than 100 users have crontabs"):
        Schedule.personal.value(Answer("personal", 4, "", text))


@pytest.mark.parametrize(
    ("owner", "mode", "by_root", "by_user"),
    [
        (0, 0o100755, True, True),
        (0, 0o100700, True, False),  # the user cannot read it
        (0, 0o100775, False, False),
        (1001, 0o100700, False, True),
        (1001, 0o100775, False, True),
        (1001, 0o100777, False, False),
        (1002, 0o100755, False, False),
    ],
)
def test_whose_scripts_are_followed(owner, mode, by_root, by_user):
    script = File("/home/plain/backup", mode, owner, links=1, lines=("#!/bin/sh", "restic backup /etc"))

    assert (script.script_for(0), script.script_for(1001)) == (by_root, by_user)
