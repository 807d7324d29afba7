"""report.html: pytest-html's page, with our template and with rows made from the records of the run."""

from __future__ import annotations

import json
import platform
import re
import time
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import pytest_html
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from pytest_html.report_data import ReportData
from pytest_html.selfcontained_report import SelfContainedReport

import hostproof
from hostproof.report.rows import BUCKETS, caption, digests, rows, stray
from hostproof.report.summary import WORDS, Summary
from hostproof.results import Record, Results
from hostproof.text import printable

PAGE = Path(__file__).parent / "page"
PYTEST_HTML = Path(pytest_html.__file__).parent / "resources"
OPEN_FAILS = 4  # with more fails than this, their rows are closed at first, too
LONGEST = 4000  # characters of any one text on the page, but for scripts
LONGEST_SCRIPT = 50_000


def switch_on(config: pytest.Config, path: Path, hosts: Sequence[str] = ()) -> None:
    """Have the page `path` made, when the run ends, from the results.jsonl beside it.

    hosts: the names that the run was meant to judge. The page of an earlier run goes at once, so that nobody reads it
    as this one's. Raises OSError.
    """
    path.unlink(missing_ok=True)
    if config.pluginmanager.hasplugin("html"):  # else switched off: -p no:html
        config.pluginmanager.register(Page(config, path, hosts), "hostproof-html")


@dataclass(frozen=True)
class Facts:
    """What a page says that is not in the records.

    hosts: those that were meant to be judged. started, ended: seconds since 1970. strays: what pytest could not run, as
    name and complaint. gaps: one line for each thing that is missing in reports that were merged.
    """

    hosts: Sequence[str]
    started: float
    ended: float
    interrupted: bool = False
    strays: Sequence[tuple[str, str]] = ()
    gaps: Sequence[str] = ()


def write(records: Iterable[Record], path: Path, facts: Facts) -> None:
    """Write the page of `records`, as a run writes it, without a run. They are gone through twice. Raises OSError."""
    templates = _templates()
    data = {"title": path.name, **_fill(templates, records, facts)}
    path.write_text(templates.get_template("page.jinja2").render(test_data=json.dumps(data)), encoding="utf-8")


class Page(SelfContainedReport):  # type: ignore[misc] # pytest-html has no types
    """pytest-html's report. It keeps no rows of its own: rows come from the results when the run ends."""

    def __init__(self, config: pytest.Config, path: Path, hosts: Sequence[str]) -> None:
        self._templates = _templates()
        self._data = ReportData(config)
        self._results = path.with_name("results.jsonl")
        self._hosts = hosts
        self._unwritten = ""
        self._strays: dict[tuple[str, str], None] = {}  # xdist's workers may all say the same
        self._started = time.time()
        super().__init__(str(path), config, self._data, template=None, css="")

    @pytest.hookimpl
    def pytest_collection_finish(self) -> None:
        """Compile the templates while the first hosts keep us waiting."""
        for name in ("page.jinja2", "exposure.jinja2", "row.jinja2"):
            self._templates.get_template(name)

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note_stray(report)

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note_stray(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        facts = Facts(
            self._hosts,
            started=self._started,
            ended=time.time(),
            interrupted=session.exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR),
            strays=list(self._strays),
        )
        for name, value in _fill(self._templates, Results(self._results), facts).items():
            self._data.set_data(name, value)
        self._template = self._templates.get_template("page.jinja2")
        try:
            super().pytest_sessionfinish(session)
        except OSError as error:
            self._unwritten = f"ERROR: cannot write {self._report_path}: {error.strerror}"
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say only what went wrong: the controller names all reports."""
        if self._unwritten:
            terminalreporter.write_line(self._unwritten, red=True)

    def _note_stray(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        if report.failed and not hasattr(report, "hostproof_record"):
            self._strays[report.nodeid, report.longreprtext] = None


def _fill(templates: Environment, records: Iterable[Record], facts: Facts) -> dict[str, Any]:
    """Gives `templates` what they show, and returns what pytest-html's script shows."""
    digested, templates.globals["scripts"] = digests(records)
    markup = templates.get_template("row.jinja2")
    strays = [stray(place, *said, markup) for place, said in enumerate(facts.strays)]
    shown = [*strays, *rows(records, digested, markup)]
    few_fails = sum(row["result"] == "failed" for row in shown) <= OPEN_FAILS
    templates.globals.update(
        summary=Summary(digested, facts.hosts),
        strays=len(strays),
        interrupted=facts.interrupted,
        gaps=facts.gaps,
        started=time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(facts.started)),
        seconds=facts.ended - facts.started,
    )
    return {
        "tests": {"rows": shown},
        "initialSort": "verdict",
        "renderCollapsed": [b for b in BUCKETS.values() if not (few_fails and b == "failed")],
        "environment": _environment(),
    }


def _templates() -> Environment:
    """Templates in which every value is made printable and escaped, unless it is Markup."""
    templates = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, finalize=_shown, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters.update(prose=_prose, attribute=_attribute, caption=caption, whole=_whole)
    sources = {"style": PAGE / "page.css", "page_script": PAGE / "page.js", "table_script": PYTEST_HTML / "app.js"}
    inline = {name: Markup(path.read_text(encoding="utf-8")) for name, path in sources.items()}  # noqa: S704 # ours
    templates.globals.update(
        **inline,
        hashes={name: f"'sha256-{_hash(text)}'" for name, text in inline.items()},
        hostproof_version=hostproof.__version__,
        words=WORDS,
        buckets=BUCKETS,
    )
    return templates


def _shown(value: Any) -> Any:
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    harmless = value.isprintable() and len(value) <= LONGEST  # as most are, and finding out is quick
    return value if harmless else printable(value, LONGEST)


@lru_cache(maxsize=10_000)  # what a recommendation says is the same for all hosts
def _prose(text: str) -> Markup:
    """Text in which `such` is code."""
    parts = re.split(r"`([^`\n]+)`", _shown(text))
    return Markup("").join(Markup("<code>{}</code>").format(p) if i % 2 else p for i, p in enumerate(parts))


def _whole(script: str) -> Markup:
    return escape(printable(script, LONGEST_SCRIPT))


def _attribute(data: str) -> Markup:
    """`data`, JSON, for an attribute in single quotes: JSON is full of double ones, which need no escape there."""
    return Markup(data.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;"))  # noqa: S704


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _environment() -> dict[str, str]:
    # pytest-html's script puts these into the page as HTML. What pytest-metadata collects, such as variables of a CI
    # system, is none of the reader's business.
    versions = {
        "Hostproof": hostproof.__version__,
        "pytest-html": pytest_html.__version__,
        "pytest": pytest.__version__,
        "Python": platform.python_version(),
    }
    return {name: str(escape(version)) for name, version in versions.items()}
