"""What all self-tests share: no silent skips, reports of given records, and a real browser to look at the page."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["audits"]

REPOSITORY = Path(__file__).resolve().parents[1]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIETLY = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=10000",
)

Record = dict[str, Any]


def a_record(**changes: Any) -> Record:
    """A record of a pass; `changes` are the fields that matter to the test."""
    piece = {"command": "sshd -T", "status": 0, "output": "port 22", "truncated": False, "seconds": 0.04}
    record = {
        "version": 1,
        "run": "0123456789abcdef",
        "at": "2026-11-23T21:00:00Z",
        "host": "web1",
        "address": "192.0.2.1",
        "groups": ["web"],
        "distribution": "debian",
        "reached": True,
        "profile": "alliance",
        "recommendation": "ssh-no-passwords",
        "topic": "ssh",
        "title": "SSH refuses passwords",
        "severity": "high",
        "demands": ["ALL-SSH-02"],
        "verdict": "pass",
        "reason": "as required",
        "evidence": [piece],
        "why": "A guessed password lets anyone in.",
        "fix": "Set `PasswordAuthentication no`.",
        "seconds": 0.25,
        "tests": 1,
    }
    assert set(changes) <= set(record)
    return {**record, **changes}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that cannot run here is skipped, visibly; HOSTPROOF_REQUIRE_LAB=1, as in CI, makes that a failure."""
    report = yield
    if report.skipped and os.environ.get("HOSTPROOF_REQUIRE_LAB") == "1":
        report.outcome, report.longrepr = "failed", f"skipped, which HOSTPROOF_REQUIRE_LAB=1 forbids: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def record() -> Callable[..., Record]:
    return a_record


@pytest.fixture(scope="session")
def reports_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the reports of some records into a new folder, and gives that.

    hosts: whom the run was meant to judge. tests: further test files of the session, text by name.
    """
    from hostproof.report import junit
    from hostproof.results import ResultsFile, read

    def write(
        records: Iterable[Record],
        hosts: Iterable[str] = (),
        tests: dict[str, str] | None = None,
        options: Iterable[str] = (),
        **environment: str,
    ) -> Path:
        folder = tmp_path_factory.mktemp("reports")
        results = ResultsFile(folder / "results.jsonl")
        for each in records:
            results.add(each)
        results.close()
        junit.write(read(results.path), folder / "junit.xml")

        session = folder / "session"
        session.mkdir()
        (session / "pytest.ini").write_text("[pytest]\n")
        (session / "conftest.py").write_text(
            "from pathlib import Path\n"
            "import pytest\n"
            "from hostproof.report import html\n\n"
            "@pytest.hookimpl(tryfirst=True)\n"
            "def pytest_configure(config):\n"
            f"    html.switch_on(config, Path({str(folder / 'report.html')!r}), {list(hosts)!r})\n"
        )
        for name, text in (tests or {}).items():
            (session / name).write_text(text, encoding="utf-8")
        command = [sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider", *options]
        env = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
        run = subprocess.run(command, cwd=session, env=env, capture_output=True, text=True, timeout=300)
        assert run.returncode in (0, 1, 2, 5), run.stdout + run.stderr
        return folder

    return write


@pytest.fixture(scope="session")
def in_browser(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Opens a page in Chromium, runs `script`, the body of an async function, in it, and gives what that returns.

    The page's content security policy holds, and lets through only `script` besides the page's own; not so with
    policy=False.
    """
    if CHROMIUM is None:
        pytest.skip("needs chromium")

    def look(page: Path, script: str, *, policy: bool = True) -> Any:
        inserted = (
            "addEventListener('load', async () => { const say = document.createElement('pre'); say.id = 'said';"
            f"say.textContent = JSON.stringify(await (async () => {{ {script} }})());"
            "document.body.replaceChildren(say) })"
        )
        text = page.read_text(encoding="utf-8")
        if policy:
            digest = base64.b64encode(hashlib.sha256(inserted.encode()).digest()).decode()
            text, found = re.subn(r"(script-src )", rf"\1'sha256-{digest}' ", text, count=1)
        else:
            text, found = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        assert found == 1
        folder = tmp_path_factory.mktemp("browser")
        copy = folder / "report.html"
        copy.write_text(text.replace("</body>", f"<script>{inserted}</script></body>"), encoding="utf-8")
        command = [CHROMIUM, *QUIETLY, f"--user-data-dir={folder}/profile", "--dump-dom", copy.as_uri()]
        seen = subprocess.run(command, capture_output=True, text=True, timeout=60)
        said = re.search(r'<pre id="said">(.*?)</pre>', seen.stdout, re.DOTALL)
        assert said, f"the script said nothing\n{seen.stderr}\n{seen.stdout[-2000:]}"
        return json.loads(html.unescape(said[1]))

    return look
