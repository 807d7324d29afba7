"""What only the main process does, be it the only one or that of pytest-xdist workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import pytest

from hostproof.audit import Audit
from hostproof.learning import keep, learned_key
from hostproof.report import html, junit
from hostproof.results import Record, ResultsFile, read
from hostproof.resume import Resumed
from hostproof.scheduling import host_finder
from hostproof.tally import Tally, in_words
from hostproof.text import how_many

NAMED = 10  # hosts that were not judged, on the terminal
CRASHED = "???"  # what pytest-xdist says of when a test ended whose worker died


class Controller:
    """Shows progress, keeps results, writes reports, chooses the exit status.

    notes: lines for the user. resumed: the run, and what an earlier one has judged of it. folder: where reports go.
    """

    def __init__(self, config: pytest.Config, audit: Audit, notes: list[str], resumed: Resumed, folder: Path) -> None:
        self._config = config
        self._audit = audit
        self._notes = notes
        self._strays = 0
        self._interrupted = False
        self._crashed: set[str] = set()
        self._manifest = resumed.manifest
        hosts = self._manifest.own_hosts()
        self._left = dict.fromkeys(hosts)
        self._tally = Tally(len(hosts))
        self._folder = folder
        if not hosts:
            self._notes.append(f"{self._manifest.shard} holds none of the hosts ({len(self._manifest.hosts)}): nothing to judge")
        try:
            self._results = ResultsFile(self._folder / "results.jsonl", self._counted(resumed.records()))
            self._manifest.write(self._folder)
            (self._folder / "junit.xml").unlink(missing_ok=True)  # an earlier run's must not pass for this one's
            html.switch_on(config, self._folder / "report.html", hosts)
        except OSError as error:
            raise pytest.UsageError(f"cannot write reports to {self._folder}: {error.strerror}") from None

    @pytest.hookimpl(trylast=True)
    def pytest_sessionstart(self) -> None:
        if terminal := self._terminal():
            terminal.showfspath = False
            for note in self._notes:
                terminal.write_line(f"note: {note}", yellow=True)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        record = getattr(report, "hostproof_record", None)
        if record is None:
            self._strays += report.failed and report.when != CRASHED
            return
        self._add(record)
        # pytest keeps every report to the end, and a host's evidence may be a megabyte; it is in the results.
        vars(report)["hostproof_record"] = {name: record[name] for name in ("host", "recommendation", "verdict")}
        if looks := getattr(report, "hostproof_looks", None):
            self._config.stash[learned_key].note(report.nodeid.partition("[")[0], record["host"], looks)
        if report.hostproof_ends_host:
            self._left.pop(record["host"], None)
            line = self._tally.host_done(record["host"])
            if terminal := self._terminal():
                terminal.ensure_newline()
                terminal.write_line(line)

    @pytest.hookimpl(optionalhook=True)
    def pytest_handlecrashitem(self, crashitem: str) -> None:
        self._crashed.add(host_finder(list(self._audit.targets))(crashitem))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self._account_for_crashes()
        self._results.close()
        keep(self._config)
        try:
            junit.write(read(self._results.path), self._folder / "junit.xml")
        except OSError as error:
            self._cannot_write(session, "junit.xml", error)
        fine = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        if not self._audit.targets:  # all were kept from an earlier run, or the shard holds none
            fine.add(pytest.ExitCode.NO_TESTS_COLLECTED)
        nothing_to_say = self._audit.targets and not self._tally.verdicts
        if session.exitstatus in fine and not self._strays and not nothing_to_say:
            session.exitstatus = self._tally.exit_status()
        self._interrupted = session.exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR)
        try:
            self._manifest.finished(int(session.exitstatus)).write(self._folder)
        except OSError as error:
            self._cannot_write(session, "run.json", error)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        problems = self._tally.problem_lines()
        if problems:
            terminalreporter.section("what is not as required")
        for line in problems:
            terminalreporter.write_line(line)
        if self._interrupted and self._left:
            terminalreporter.section("what was not judged")
            names = [*list(self._left)[:NAMED], *(["..."] if len(self._left) > NAMED else [])]
            terminalreporter.write_line(f"{how_many(len(self._left), 'host')}, not or not to the end: {', '.join(names)}")
            terminalreporter.write_line("The same call with --resume judges them, and keeps the others.")
        terminalreporter.section("reports")
        terminalreporter.write_line(f"{how_many(self._tally.done_hosts, 'host')}: {in_words(self._tally.verdicts)}")
        for name in ("report.html", "results.jsonl", "junit.xml"):
            terminalreporter.write_line(str(self._folder / name))

    def _cannot_write(self, session: pytest.Session, name: str, error: OSError) -> None:
        session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
        if terminal := self._terminal():
            terminal.write_line(f"ERROR: cannot write {self._folder / name}: {error.strerror}", red=True)

    def _counted(self, kept: Iterable[Record]) -> Iterator[Record]:
        for record in kept:
            self._tally.add(record)
            if record["host"] in self._left:
                del self._left[record["host"]]
                self._tally.done_hosts += 1
            yield record

    def _add(self, record: Record) -> None:
        self._results.add(record)
        self._tally.add(record)

    def _account_for_crashes(self) -> None:
        """What a worker process that died has not judged is unknown."""
        for name in sorted(filter(None, self._crashed)):
            judged = {r["recommendation"] for r in read(self._results.path) if r["host"] == name}
            for identifier in sorted(set(self._manifest.expected(name)) - judged):
                self._add(self._manifest.unjudged(name, identifier, "the process that judged this host died"))

    def _terminal(self) -> pytest.TerminalReporter | None:
        return cast("pytest.TerminalReporter | None", self._config.pluginmanager.getplugin("terminalreporter"))
