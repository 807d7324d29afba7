"""What anacron runs counts like what cron runs, where something starts anacron."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from hostproof.connection.answer import Answer
from hostproof.probes.schedule import Schedule
from hostproof.probes.schedule.anacron import read_anacrontab, runs_jobs
from hostproof.probes.schedule.crontab import File
from hostproof.probes.schedule.times import longest_gap

RECORDED = Path(__file__).parents[2] / "recorded" / "schedule"
DAY = 86400


class Recorded(Schedule):
    """The schedule of a host by what one answered, with some text replaced."""

    def __init__(self, **replaced: tuple[str, str]) -> None:
        self.host = SimpleNamespace(processes=SimpleNamespace(running={}))
        for reading in self.readings():
            old, new = replaced.get(reading.name, ("", ""))
            if reading.name == "personal":  # nobody had a crontab there
                continue
            text = (RECORDED / f"debian12-anacron.{reading.name}.out").read_text()
            self.__dict__[reading.name] = reading.value(Answer(reading.name, 0, text.replace(old, new) if old else text))


def test_a_weekly_script_is_run_by_anacron():
    schedule = Recorded()

    (job,) = [job for job in schedule.jobs if "cron.weekly" in job.command and job.source.startswith("/etc/anacrontab")]

    assert longest_gap([job.times]) == 7 * DAY
    assert "/etc/cron.weekly/upgrade" in [command.words[0] for command in schedule.commands(job)]
    assert "apt-get" in [command.program for command in schedule.commands(job)]


def test_nothing_is_run_where_nothing_starts_it():
    schedule = Recorded(timers=("Id=anacron.timer\nActiveState=active", "Id=anacron.timer\nActiveState=inactive"))

    assert not [job for job in schedule.jobs if job.source.startswith("/etc/anacrontab")]


@pytest.mark.parametrize(
    ("line", "days"),
    [("1 5 a true", 1), ("3\t10\ta\ttrue", 7), ("@monthly 45 a nice run-parts /etc/cron.monthly", 31), ("90 1 a true", 366)],
)
def test_periods(line, days):
    (job,) = read_anacrontab(File("/etc/anacrontab", mode=0o100600, owner=0, links=1, lines=("SHELL=/bin/sh", "# none", line)))

    assert longest_gap([job.times]) == days * DAY
    assert job.environment == {"SHELL": "/bin/sh"}


@pytest.mark.parametrize("line", ["1 5 true", "@often 5 a true", "soon 5 a true", "1 5"])
def test_lines_that_anacron_does_not_take(line):
    assert not list(read_anacrontab(File("/etc/anacrontab", mode=0o100600, owner=0, links=1, lines=(line,))))


@pytest.mark.parametrize(
    ("words", "runs"), [("anacron -s", True), ("anacron -d -q", True), ("anacron -u cron.daily", False), ("anacron -T", False)]
)
def test_what_a_call_does(words, runs):
    assert runs_jobs(tuple(words.split())) is runs
