"""What distance costs: the whole suite over ssh with 0, 25, 50 and 100 ms of added round-trip time.

    python bench/latency.py [--rtt=MS,MS] [--host=NAME]        as root, for the lab

Four ways to the same evidence, in turn, through a proxy that delays (delay.py):
  ours       pytest, as always
  no-batch   pytest --no-batch: each command asked when a test needs it
  stock      stock testinfra's ssh:// backend with a ControlPath: a test for each recommendation, which asks by host.run the very
             same commands as ours looks at (stock testinfra keeps no answer for the next test)
  floor      ssh host sh -s: the very same commands, one after the other, output kept
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from asked import REPOSITORY, asked_by_tests, commands, program
from delay import DelayingProxy
from labhost import lab_host, ssh_config
from measured import run

TIMES_FLOOR, SECONDS_MORE, SHARE_OF_STOCK, ROUND_TRIPS = 1.5, 1.0, 15, 3
JUDGED = 50  # ms, where the bar lies

STOCK_TEST = """
import json, pathlib, pytest
ASKED = json.loads(pathlib.Path({path!r}).read_text())

@pytest.mark.parametrize("recommendation", ASKED)
def test_recommendation(host, recommendation):
    for command in ASKED[recommendation]:
        assert host.run(command).rc is not None
"""


@dataclass(frozen=True)
class Measured:
    """seconds of wall time, ssh connections, and round trips after login of one way over one distance.

    round_trips: see delay.py; without a distance they cannot be told.
    """

    seconds: float
    connections: int
    round_trips: int | None


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rtt", default="0,25,50,100", help="added round-trip times in milliseconds")
    parser.add_argument("--host", default="bench-latency", help="name of the lab host that is booted for it")
    asked = parser.parse_args()
    with lab_host(asked.host) as address, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        ways = Ways(asked.host, Path(folder), (address, 22))
        print(f"{len(ways.commands)} commands, stock {ways.stock_asks}; seconds (connections, round trips after login)")
        measured = {int(rtt): _all_ways(ways, (address, 22), int(rtt)) for rtt in asked.rtt.split(",")}
    return _judge(measured, len(ways.commands))


class Ways:
    """The ways to ask the host `name`, each a command line for a given port of this machine."""

    def __init__(self, name: str, folder: Path, target: tuple[str, int]) -> None:
        self.name, self.folder = name, folder
        self.commands = commands(f"--hosts=ssh://root@{name}")
        (folder / "program.sh").write_text(program(self.commands))
        with DelayingProxy(target, 0) as proxy:
            self.ours(proxy.port)  # also fills the host's caches, for whoever comes first
        by_test = asked_by_tests(folder / "reports/results.jsonl", self.commands)
        self.stock_asks = sum(map(len, by_test.values()))
        (folder / "asked.json").write_text(json.dumps(by_test))
        (folder / "stock").mkdir()
        (folder / "stock/pytest.ini").write_text("[pytest]\n")
        (folder / "stock/test_stock.py").write_text(STOCK_TEST.format(path=str(folder / "asked.json")))

    def ours(self, port: int, *options: str) -> None:
        config = ssh_config(self.folder / f"ours-{port}", self.name, port)
        command = [sys.executable, "-m", "pytest", f"--hosts=ssh://root@{self.name}", f"--ssh-config={config}", *options]
        command.append("--probe=none")  # nor do the others look from outside
        cost = run([*command, f"--reports={self.folder}/reports"], cwd=REPOSITORY)
        if "unrecognized arguments" in cost.output:
            raise NotThere(" ".join(options))
        if cost.status not in (0, 1, 6) or "unreachable" in cost.output:
            sys.exit(f"latency.py: our own run went wrong:\n{cost.output[-2000:]}")

    def no_batch(self, port: int) -> None:
        self.ours(port, "--no-batch")

    def stock(self, port: int) -> None:
        control = ("ControlMaster auto", f"ControlPath {self.folder}/control-{port}", "ControlPersist 60")
        config = ssh_config(self.folder / f"stock-{port}", self.name, port, *control)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--ssh-config={config}"]
        cost = run([*command, f"--hosts=ssh://root@{self.name}"], cwd=self.folder / "stock")
        subprocess.run(["ssh", "-F", config, "-O", "exit", self.name], capture_output=True)
        if cost.status:
            sys.exit(f"latency.py: stock testinfra's run went wrong:\n{cost.output[-2000:]}")

    def floor(self, port: int) -> None:
        self._ssh(port, "sh", "-s", given=(self.folder / "program.sh").read_bytes())

    def login(self, port: int) -> None:
        """Log in and do nothing: what the log-in itself costs in round trips."""
        config = ssh_config(self.folder / f"login-{port}", self.name, port)
        with subprocess.Popen(["ssh", "-F", config, "-N", self.name], stdin=subprocess.DEVNULL) as process:
            time.sleep(4)
            process.terminate()

    def _ssh(self, port: int, *words: str, given: bytes) -> None:
        config = ssh_config(self.folder / f"floor-{port}", self.name, port)
        done = subprocess.run(["ssh", "-F", config, self.name, *words], input=given, capture_output=True)
        if done.returncode == 255 or len(done.stdout) < 1000:
            sys.exit(f"latency.py: the floor's run went wrong: {done.stderr[-500:]!r}")


class NotThere(Exception):
    """This Hostproof does not have an option yet."""


def _all_ways(ways: Ways, target: tuple[str, int], rtt: int) -> dict[str, Measured]:
    login = _login(ways, target, rtt) if rtt else 0
    measured = {}
    for name in ("floor", "ours", "no_batch", "stock"):
        try:
            measured[name] = _measure(getattr(ways, name), target, rtt, login)
        except NotThere as missing:
            print(f"{rtt:4} ms  {name}: there is no option {missing} yet", flush=True)
            continue
        m = measured[name]
        print(f"{rtt:4} ms  {name:9} {m.seconds:7.2f} s  ({m.connections}, {m.round_trips})", flush=True)
    return measured


def _login(ways: Ways, target: tuple[str, int], rtt: int) -> int:
    with DelayingProxy(target, rtt / 1000) as proxy:
        ways.login(proxy.port)
        return proxy.round_trips


def _measure(way: Callable[[int], None], target: tuple[str, int], rtt: int, login: int) -> Measured:
    with DelayingProxy(target, rtt / 1000) as proxy:
        begun = time.monotonic()
        way(proxy.port)
        seconds = time.monotonic() - begun
        after_login = proxy.round_trips - login * proxy.connections if rtt else None
        return Measured(round(seconds, 2), proxy.connections, after_login)


def _judge(measured: dict[int, dict[str, Measured]], number: int) -> int:
    figures = {str(rtt): {name: vars(m) for name, m in ways.items()} for rtt, ways in measured.items()}
    summary: dict[str, object] = {"bench": "latency", "commands": number, "rtt_ms": figures}
    met = True
    if at := measured.get(JUDGED):
        ours, floor, stock = at["ours"], at["floor"], at["stock"]
        allowed = TIMES_FLOOR * floor.seconds + SECONDS_MORE
        added, stock_added = max(0.0, ours.seconds - floor.seconds), stock.seconds - floor.seconds
        met = ours.seconds <= allowed and added <= stock_added / SHARE_OF_STOCK
        met = met and ours.connections == 1 and (ours.round_trips or 0) <= ROUND_TRIPS
        summary |= {"times_floor": round(ours.seconds / floor.seconds, 2), "allowed_s": round(allowed, 2)}
        summary |= {"added_s": round(added, 2), "stock_added_s": round(stock_added, 2)}
        print(f"at {JUDGED} ms: ours {ours.seconds} s = {ours.seconds / floor.seconds:.2f} x the floor (allowed {allowed:.2f} s); "
              f"it adds {added:.2f} s, stock {stock_added:.2f} s (bar 1/{SHARE_OF_STOCK}); {ours.connections} connection (bar 1), "
              f"{ours.round_trips} round trips after login (bar {ROUND_TRIPS})")
    print(json.dumps({**summary, "met": met}))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
