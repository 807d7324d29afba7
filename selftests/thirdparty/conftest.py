"""Somebody else's testinfra suite on real hosts, judged by stock testinfra and by ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LAB = REPOSITORY / "lab" / "lab"
SUITE = REPOSITORY / "bench" / "thirdparty"
FURTHER = Path(__file__).parent / "further"
# systemd 252 and 257: from 253 on, a missing unit has a status of its own. By kind, whether stock is asked what is in further/.
KINDS = {"debian12": False, "debian13": True}
PATIENCE = 300  # seconds

Verdicts = dict[str, str]  # by test, such as "service-does-not-exist[nft]": "pass" or "fail"; ours also "unknown"


@dataclass(frozen=True)
class Judged:
    """What both said about the tests of one host."""

    stock: Verdicts
    ours: Verdicts
    reasons: dict[str, str]


@dataclass(frozen=True)
class Host:
    """All that is judged on one host: the suite of bench/thirdparty, what is in further/, and that again without root."""

    suite: Judged
    further: Judged
    without_root: Judged


class Suite:
    """The tests of bench/thirdparty and those of further/, as one suite on a host of the lab that both scripts have made."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.host, self.folder = kind, f"tp-{os.getpid()}-{kind}", folder
        self.tests = folder / "suite" / "tests"
        shutil.copytree(SUITE, folder / "suite", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(REPOSITORY / "conftest.py", folder / "suite")  # which switches ours on
        shutil.copy(FURTHER / "suite.py", self.tests / "test_further.py")
        config = f"Host *\n  ControlPath {folder}/control-%r\n  Include /run/hostproof-lab/ssh_config\n"
        (folder / "ssh_config").write_text(config)
        run(LAB, "up", f"{self.host}={kind}")
        for script in (SUITE / "host.sh", FURTHER / "host.sh"):
            run(LAB, "apply", self.host, script)

    def judge(self) -> Host:
        """What both say; stock is asked what is in further/ on some kinds only."""
        further = self._judged("test_further.py", by_stock=KINDS[self.kind])
        return Host(self._judged("test_server.py"), further, self._judged("test_further.py", "plain", by_stock=False))

    def take_down(self) -> None:
        for user in ("root", "plain"):
            command = ["ssh", "-F", self.folder / "ssh_config", "-O", "exit", f"{user}@{self.host}"]
            subprocess.run(command, capture_output=True, check=False)
        run(LAB, "down", self.host)

    def _judged(self, file: str, user: str = "root", *, by_stock: bool = True) -> Judged:
        records = self._ours(file, user)
        stock = self._stock(file) if by_stock else {}
        verdicts, reasons = ({test: record[key] for test, record in records.items()} for key in ("verdict", "reason"))
        return Judged(stock, verdicts, reasons)

    def _stock(self, file: str) -> Verdicts:
        report = self.folder / "stock.xml"
        self._pytest(file, "root", "-c", "/dev/null", "--noconftest", f"--junit-xml={report}")
        cases = ElementTree.parse(report).iter("testcase")  # noqa: S314 # pytest has just written it
        return {self._identifier(case.attrib["name"]): "fail" if len(case) else "pass" for case in cases}

    def _identifier(self, name: str) -> str:
        """What a test is called in our records, by what pytest calls it: without the host, which is the first parameter."""
        name = name.replace(f"ssh://{self.host}", "").replace("[-", "[").removesuffix("[]")
        function, bracket, parameters = name.removeprefix("test_").partition("[")
        return function.replace("_", "-") + bracket + parameters

    def _ours(self, file: str, user: str) -> dict[str, dict[str, str]]:
        reports = self.folder / "reports"
        self._pytest(file, user, "-c", REPOSITORY / "pytest.ini", f"--reports={reports}")
        records = [json.loads(line) for line in (reports / "results.jsonl").read_text().splitlines()]
        return {record["recommendation"]: record for record in records}

    def _pytest(self, file: str, user: str, *options: str | Path) -> None:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, f"--rootdir={self.folder}/suite"]
        command += [f"--hosts=ssh://{user}@{self.host}", f"--ssh-config={self.folder}/ssh_config", self.tests / file]
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        run(*command, environment={**plain, "PYTHONPATH": str(REPOSITORY)}, statuses=(0, 1, 6))


def run(*command: str | Path, environment: dict[str, str] | None = None, statuses: tuple[int, ...] = (0,)) -> None:
    """Run a command, which has to end with one of the statuses."""
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    assert ended.returncode in statuses, f"{command} ended with {ended.returncode}: {ended.stdout}{ended.stderr}"


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Host]]:
    """By kind of host: what both said; hosts are judged side by side."""
    if os.geteuid() != 0:
        if os.environ.get("HOSTPROOF_REQUIRE_LAB") == "1":
            pytest.fail("the lab needs root, and HOSTPROOF_REQUIRE_LAB=1 forbids to skip it")
        pytest.skip("the lab needs root")
    suites: dict[str, Suite] = {}
    try:
        for kind in KINDS:
            suites[kind] = Suite(kind, tmp_path_factory.mktemp(kind))
        with ThreadPoolExecutor() as pool:
            yield dict(zip(suites, pool.map(Suite.judge, suites.values()), strict=True))
    finally:
        for suite in suites.values():
            suite.take_down()
