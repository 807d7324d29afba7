"""A fleet judged by a real Dask cluster on this machine: real processes, real certificates, a worker that is killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
NORTH, SOUTH = ("n1", "n2", "n3", "n4"), ("s1", "s2")

# Every visit says which host and which process; a host waits as long as a file of its name says so.
VISITING = """
import os, pathlib, time
from hostproof import recommendation

@recommendation("first")
def test_first(host):
    with open("visits", "a") as visits:
        visits.write(f"{host.name} {os.environ.get('WORKER_NAME')}\\n")
    while pathlib.Path(f"hold-{host.name}").exists():
        time.sleep(0.05)
    assert host.name

@recommendation("second")
def test_second(host):
    assert host.name
"""


@dataclass
class Cluster:
    """A scheduler, and workers started in a checkout: the project with a copy of the engine in it."""

    folder: Path
    tls: Path
    port: int
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"tls://127.0.0.1:{self.port}"

    def options(self, name: str = "client") -> list[str]:
        return [f"--tls-ca={self.tls}/ca.pem", f"--tls-cert={self.tls}/{name}.pem", f"--tls-key={self.tls}/{name}.key"]

    def start(self, name: str, *command: str) -> None:
        env = {**os.environ, "PYTHONPATH": str(self.folder), "WORKER_NAME": name}
        tls = [f"--tls-ca-file={self.tls}/ca.pem", f"--tls-cert={self.tls}/node.pem", f"--tls-key={self.tls}/node.key"]
        with (self.folder / f"{name}.log").open("w") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *command, *tls],
                cwd=self.folder,
                env=env,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def scheduler(self) -> None:
        where = ("--protocol=tls", "--host=127.0.0.1", f"--port={self.port}", "--no-dashboard")
        self.start("scheduler", "distributed.cli.dask_scheduler", *where)

    def worker(self, name: str, resources: str) -> None:
        how = ("--no-nanny", "--nthreads=1", "--no-dashboard", "--host=127.0.0.1", f"--resources={resources}", f"--name={name}")
        self.start(name, "distributed.cli.dask_worker", self.address, *how)

    def kill(self, name: str, *, alone: bool = False) -> None:
        """As a machine that loses power: the worker, and the audits that it started; `alone`, those go on."""
        process = self.running.pop(name)
        if alone:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=20)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "hostproof.cli", "fleet", f"--scheduler={self.address}", *self.options(), *arguments]

    def judge(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), cwd=self.folder, env=self.env(), capture_output=True, text=True, timeout=180
        )

    def env(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.folder)}

    def visits(self) -> list[list[str]]:
        path = self.folder / "visits"
        return [line.split() for line in path.read_text().splitlines()] if path.exists() else []


def openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=60)


def authority(folder: Path, *names: str) -> None:
    """A certificate authority, and certificates of `names` that it signed."""
    folder.mkdir()
    new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    ca = (f"{folder}/ca.pem", f"{folder}/ca.key")
    openssl("req", "-x509", *new_key, "-subj", "/CN=test authority", "-days", "2", "-out", ca[0], "-keyout", ca[1])
    for name in names:
        key, request = f"{folder}/{name}.key", f"{folder}/{name}.csr"
        openssl("req", *new_key, "-subj", f"/CN={name}", "-out", request, "-keyout", key)
        signed = ("-CA", ca[0], "-CAkey", ca[1], "-CAcreateserial", "-days", "2")
        openssl("x509", "-req", "-in", request, *signed, "-out", f"{folder}/{name}.pem")


@pytest.fixture
def cluster(project, tmp_path: Path) -> Iterator[Cluster]:
    project.hosts(*NORTH, *SOUTH, zones={**dict.fromkeys(NORTH, "north"), **dict.fromkeys(SOUTH, "south")})
    project.write("tests/topic/test_topic.py", VISITING)
    shutil.copytree(REPOSITORY / "hostproof", project.folder / "hostproof", ignore=shutil.ignore_patterns("__pycache__"))
    authority(tmp_path / "tls", "node", "client")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cluster = Cluster(project.folder, tmp_path / "tls", port)
    cluster.scheduler()
    yield cluster
    for name in list(cluster.running):
        cluster.kill(name)


def wait_until(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline, "it did not happen within a minute"
        time.sleep(0.05)


@pytest.mark.parametrize("alone", [False, True], ids=["with its audit", "alone"])
def test_a_zone_is_judged_by_its_own_workers_and_one_that_dies_costs_nothing(project, cluster, alone: bool) -> None:
    project.write("hold-n2", "")
    for name, zone in (("north-a", "north"), ("south-a", "south")):
        cluster.worker(name, f"zone-{zone}=1")
    judging = subprocess.Popen(
        cluster.command("--hosts=many", "--shards=1"),
        cwd=cluster.folder,
        env=cluster.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_until(lambda: ["n2", "north-a"] in cluster.visits() and ["s2", "south-a"] in cluster.visits())
    cluster.kill("north-a", alone=alone)
    cluster.worker("north-b", "zone-north=1")
    (project.folder / "hold-n2").unlink()
    said, _ = judging.communicate(timeout=150)

    assert judging.returncode == 0, said
    results = project.results("reports")
    assert set(results) == {(host, rec) for host in (*NORTH, *SOUTH) for rec in ("first", "second")}
    assert {record["verdict"] for record in results.values()} == {"pass"}
    visits = cluster.visits()
    assert {worker for host, worker in visits if host in SOUTH} == {"south-a"}
    assert {worker for host, worker in visits if host in NORTH} == ({"north-a"} if alone else {"north-a", "north-b"})
    asked = [host for host, _ in visits]
    assert asked.count("n1") == 1, "what was judged before the worker died is not asked again"
    assert asked.count("n2") == (1 if alone else 2), "an audit that outlives its worker is waited for"
    assert (project.folder / "reports/report.html").exists()
    assert (project.folder / "reports/shard-south-1/run.json").exists()


def test_a_zone_without_a_worker_is_unknown_after_a_while(project, cluster) -> None:
    cluster.worker("north-a", "zone-north=1")
    outcome = cluster.judge("--hosts=many", "--wait=8")
    assert outcome.returncode == 6, outcome.stdout + outcome.stderr
    results = project.results("reports")
    assert {key: record["verdict"] for key, record in results.items()} == {
        (host, rec): "pass" if host in NORTH else "unknown" for host in (*NORTH, *SOUTH) for rec in ("first", "second")
    }
    assert results["s1", "first"]["reason"] == "no worker with the resource zone-south=1 was there for 8 s"


def test_an_audit_that_cannot_be_made_is_unknown_with_its_reason(project, cluster) -> None:
    cluster.worker("any", "zone-north=1,zone-south=1")
    project.write("tests/topic/test_more.py", "raise SystemExit('no such luck')")
    outcome = cluster.judge("--hosts=many")
    assert outcome.returncode == 6, outcome.stdout + outcome.stderr
    reasons = {record["reason"] for record in project.results("reports").values()}
    assert all("its audit ended with exit status" in reason for reason in reasons), reasons
    assert "Traceback" not in outcome.stdout + outcome.stderr


def test_hosts_without_zones_go_to_any_worker(project, cluster) -> None:
    project.hosts(*NORTH, *SOUTH)
    cluster.worker("any", "zone-elsewhere=1")
    outcome = cluster.judge("--hosts=many", "--shards=2", "--recommendations=first")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "6 hosts in 2 shards" in outcome.stdout
    assert set(project.results("reports")) == {(host, "first") for host in (*NORTH, *SOUTH)}


def test_ctrl_c_merges_what_came_and_is_never_green(project, cluster) -> None:
    project.write("hold-n1", "")
    cluster.worker("any", "zone-north=1,zone-south=1")
    cluster.worker("other", "zone-south=1")
    judging = subprocess.Popen(
        cluster.command("--hosts=many"),
        cwd=cluster.folder,
        env=cluster.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_until(lambda: (project.folder / "reports/shard-south-1/results.jsonl").exists() and cluster.visits())
    judging.send_signal(signal.SIGINT)
    said, _ = judging.communicate(timeout=60)
    (project.folder / "hold-n1").unlink()
    assert judging.returncode == 2, said
    assert "Traceback" not in said
    results = project.results("reports")
    assert results["s1", "first"]["verdict"] == "pass"
    assert results["n1", "first"]["reason"] == "the run was interrupted"


def test_a_scheduler_that_dies_ends_the_run(project, cluster) -> None:
    project.write("hold-n1", "")
    cluster.worker("any", "zone-north=1,zone-south=1")
    judging = subprocess.Popen(
        cluster.command("--hosts=many", "--wait=5"),
        cwd=cluster.folder,
        env=cluster.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_until(lambda: any(host == "n1" for host, _ in cluster.visits()))
    cluster.kill("scheduler")
    said, _ = judging.communicate(timeout=100)
    (project.folder / "hold-n1").unlink()
    assert judging.returncode == 6, said
    assert "Traceback" not in said
    assert project.results("reports")["n1", "first"]["reason"] == "the connection to the scheduler was lost"


def test_reports_that_cannot_be_written(project, cluster) -> None:
    project.write("file", "")
    cluster.worker("any", "zone-north=1,zone-south=1")
    outcome = cluster.judge("--hosts=many", "--reports=file")
    assert outcome.returncode == 4
    (line,) = outcome.stderr.splitlines()
    assert "cannot write reports to file" in line


def test_a_stranger_is_not_let_in(project, cluster, tmp_path: Path) -> None:
    authority(tmp_path / "stranger", "client")
    cluster.tls = tmp_path / "stranger"
    outcome = cluster.judge("--hosts=many")
    assert outcome.returncode == 4
    (line,) = outcome.stderr.splitlines()
    assert line.startswith("hostproof: cannot connect to the scheduler tls://127.0.0.1:")


@pytest.fixture
def pem(tmp_path: Path) -> str:
    (tmp_path / "some.pem").write_text("no certificate")
    return str(tmp_path / "some.pem")


def fleet(project, pem: str, *arguments: str):
    return project.hostproof("fleet", f"--tls-ca={pem}", f"--tls-cert={pem}", f"--tls-key={pem}", *arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scheduler=tcp://127.0.0.1:1"], "only tls://"),
        (["--scheduler=127.0.0.1:1"], "only tls://"),
        (["--scheduler=tls://127.0.0.1:1"], "cannot connect"),
        (["--scheduler=tls://127.0.0.1:1", "--shards=0"], "--shards"),
        (["--scheduler=tls://127.0.0.1:1", "--tls-key=nowhere"], "nowhere"),
        (["--scheduler=tls://127.0.0.1:1", "--hosts=gopher://x"], "gopher"),
        ([], "--scheduler"),
    ],
)
def test_wrong_calls(project, pem, arguments, words: str) -> None:
    outcome = fleet(project, pem, *arguments)
    assert outcome.status == 4, outcome.text
    (line,) = outcome.text.splitlines()
    assert words in line


def test_without_a_certificate_nothing_is_sent(project) -> None:
    outcome = project.hostproof("fleet", "--scheduler=tls://127.0.0.1:1", "--hosts=local://")
    assert outcome.status == 4
    assert "--tls-ca, --tls-cert, --tls-key" in outcome.text


def test_without_the_extra_it_says_what_to_install(project, pem) -> None:
    hidden = "import sys; sys.modules['distributed'] = None; from hostproof.cli import main; sys.exit(main(sys.argv[1:]))"
    tls = [f"--tls-{name}={pem}" for name in ("ca", "cert", "key")]
    run = subprocess.run(
        [sys.executable, "-c", hidden, "fleet", "--scheduler=tls://127.0.0.1:1", *tls],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 4
    (line,) = run.stderr.splitlines()
    assert "pip install 'hostproof[cluster]'" in line
