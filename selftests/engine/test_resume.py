"""An interrupted run keeps what it had, whoever was killed, and --resume asks only the rest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hostproof.text import how_many

REPOSITORY = Path(__file__).resolve().parents[2]
HOSTS = ("a", "b", "c", "d")

# Every visit leaves a line. At the host `c` the run stops until the file `go` is there.
STOPPING = """
import os, pathlib, time
from hostproof import recommendation

def visited(host, what):
    with open("visits", "a") as visits:
        visits.write(f"{host.name} {what} {os.getpid()}\\n")

@recommendation("first")
def test_first(host):
    visited(host, "first")
    assert host.name

@recommendation("second")
def test_second(host):
    visited(host, "second")
    while host.name == "c" and not pathlib.Path("go").exists():
        time.sleep(0.05)
    assert host.name
"""


@pytest.fixture
def stopping(project):
    project.hosts(*HOSTS)
    project.write("tests/topic/test_topic.py", STOPPING)
    return project


def start(project, *options: str) -> subprocess.Popen:
    # With one connection at a time hosts are judged in the inventory's order; otherwise in the order in which they answer.
    command = [sys.executable, "-m", "pytest", "--hosts=many", "--max-connections=1", *options]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(
        command, cwd=project.folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def visits(project) -> list[list[str]]:
    path = project.folder / "visits"
    return [line.split() for line in path.read_text().splitlines()] if path.exists() else []


def wait_for(project, judged: set[str]) -> int:
    """Until the run stands still at `c` and the hosts `judged` have all their records; the process that judges `c`."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        stopped = [int(pid) for host, what, pid in visits(project) if (host, what) == ("c", "second")]
        results = project.results("reports") if (project.folder / "reports/results.jsonl").exists() else {}
        if stopped and {(host, rec) for host in judged for rec in ("first", "second")} <= set(results):
            return stopped[0]
        time.sleep(0.05)
    raise TimeoutError("the run did not come to host c")


def resume(project, kept: set[str], *options: str) -> None:
    (project.folder / "visits").unlink()
    (project.folder / "go").touch()
    outcome = project.run("--hosts=many", "--resume", *options)
    assert outcome.status == 0, outcome.text
    assert f"; judged now: {how_many(len(HOSTS) - len(kept), 'host')}" in outcome.text
    assert {host for host, _, _ in visits(project)} == set(HOSTS) - kept
    assert set(outcome.verdicts) == {(host, rec) for host in HOSTS for rec in ("first", "second")}
    assert len((outcome.reports / "results.jsonl").read_text().splitlines()) == 8
    assert len({record["run"] for record in outcome.results.values()}) == 1
    assert "4 hosts: 8 pass" in outcome.text
    assert project.hostproof("merge", "reports", "--output=merged").status == 0


@pytest.mark.parametrize(("options", "judged"), [((), {"a", "b"}), (("-n2",), {"a", "b", "d"})], ids=["alone", "two workers"])
def test_ctrl_c(stopping, options, judged) -> None:
    run = start(stopping, *options)
    wait_for(stopping, judged)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does
    text, _ = run.communicate(timeout=60)

    assert run.returncode == 2, text
    assert "Traceback" not in text
    results = stopping.results("reports")
    assert {host for host, rec in results if rec == "second"} == judged
    assert all(results[host, rec]["verdict"] == "pass" for host, rec in results)
    assert "what was not judged" in text
    assert "--resume" in text
    page = (stopping.folder / "reports/report.html").read_text()
    assert "The run was interrupted" in page
    assert (stopping.folder / "reports/junit.xml").exists()
    assert json.loads((stopping.folder / "reports/run.json").read_text())["status"] == 2
    assert stopping.hostproof("merge", "reports", "--output=merged").status == 6
    resume(stopping, judged, *options)


@pytest.mark.parametrize("options", [(), ("-n1",)], ids=["alone", "one worker"])
def test_the_main_process_is_killed(stopping, options) -> None:
    run = start(stopping, *options)
    wait_for(stopping, {"a", "b"})
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate(timeout=60)
    results = stopping.folder / "reports/results.jsonl"
    with results.open("a") as file:
        file.write('{"host": "c", "recomm')  # as a write that was cut short leaves it

    merged = stopping.hostproof("merge", "reports", "--output=merged", reports="merged")
    assert merged.status == 6
    assert "did not run to its end" in merged.text
    assert "1 damaged lines" in merged.text
    assert [merged.verdicts[host, "second"] for host in HOSTS] == ["pass", "pass", "unknown", "unknown"]
    resume(stopping, {"a", "b"}, *options)


def test_a_worker_is_killed(stopping) -> None:
    run = start(stopping, "-n2")
    os.kill(wait_for(stopping, {"a", "b", "d"}), signal.SIGKILL)
    (stopping.folder / "go").touch()
    text, _ = run.communicate(timeout=60)
    assert run.returncode == 6, text
    verdicts = {key: record["verdict"] for key, record in stopping.results("reports").items()}
    assert verdicts.pop(("c", "second")) == "unknown"
    assert len(verdicts) == 7
    assert set(verdicts.values()) == {"pass"}
    resume(stopping, {"a", "b", "d"}, "-n2")


def test_without_resume_a_run_starts_anew(stopping) -> None:
    stopping.write("go", "")
    stopping.run("--hosts=many")
    stopping.run("--hosts=many")
    assert len(visits(stopping)) == 2 * 8


@pytest.mark.parametrize("options", [(), ("-n2",)], ids=["alone", "two workers"])
def test_a_complete_run_asks_nobody_again_and_keeps_its_verdict(project, options) -> None:
    project.hosts(*HOSTS)
    project.write("tests/topic/test_topic.py", STOPPING.replace("assert host.name\n\n@", "assert host.name != 'b', 'no'\n\n@"))
    project.write("go", "")
    assert project.run("--hosts=many").status == 1
    (project.folder / "visits").unlink()
    outcome = project.run("--hosts=many", "--resume", *options)
    assert outcome.status == 1, outcome.text
    assert visits(project) == []
    assert len(outcome.verdicts) == 8
    assert "b  first: no" in outcome.text


def test_nothing_to_resume_is_a_note(project) -> None:
    project.hosts("a")
    outcome = project.run("--hosts=many", "--resume")
    assert outcome.status == 0
    assert "there is nothing to resume" in outcome.text


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("profiles/alliance.yml", "{title: All, recommendations: [first, second], values: {limit: 6, ports: [80]}}", 0),
        ("profiles/alliance.yml", "{title: Less, recommendations: [first], values: {limit: 5, ports: [80]}}", 0),
        (
            "inventories/many.yml",
            "all: {hosts: {a: {hostproof_limit: 9}, b: {}, c: {}, d: {}}, vars: {ansible_connection: local}}",
            3,
        ),
    ],
)
def test_who_would_be_asked_something_else_is_asked_anew(stopping, name, text, kept) -> None:
    stopping.write("go", "")
    stopping.run("--hosts=many")
    stopping.write(name, text)
    outcome = stopping.run("--hosts=many", "--resume")
    assert outcome.status == 0
    assert f": {how_many(kept, 'host')}; judged now" in outcome.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"hostproof": "0.0.1"}, "made by Hostproof 0.0.1"), ({"run": "0" * 16}, ": 0 hosts; judged now: 4 hosts")],
)
def test_another_version_or_run_is_not_gone_on_with(project, changes, words) -> None:
    project.hosts(*HOSTS)
    project.run("--hosts=many")
    path = project.folder / "reports/run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    outcome = project.run("--hosts=many", "--resume")
    assert outcome.status == 0
    assert words in outcome.text
    assert len(outcome.results) == 8


def test_a_host_whose_own_tests_were_not_all_judged_is_asked_again(project) -> None:
    project.hosts("a", "b")
    stopping = "def test_mine(host):\n    if host.name == 'b':\n        raise KeyboardInterrupt\n    assert 1\n"
    project.write("tests/zz/test_own.py", stopping)
    assert project.run("--hosts=many", "--max-connections=1").status == 2  # one after the other: a is judged before b
    project.write("tests/zz/test_own.py", "def test_mine(host):\n    assert 1\n")
    outcome = project.run("--hosts=many", "--resume")
    assert outcome.status == 0
    assert ": 1 host; judged now: 1 host\n" in outcome.text
    assert outcome.verdicts["b", "mine"] == "pass"


def test_a_damaged_run_json_is_one_line(project) -> None:
    project.hosts("a")
    project.run("--hosts=many")
    (project.folder / "reports/run.json").write_text("{")
    outcome = project.run("--hosts=many", "--resume")
    assert outcome.status == 4
    assert "Traceback" not in outcome.text
    assert "run.json is damaged" in outcome.text
