"""What many hosts cost: 10, 100 and 1,000 ssh targets, a tenth of them dead.

    python bench/fleet.py [--hosts=N,N] [--real] [--recommendations=ID,ID] [--at-once=N] [-- OPTIONS of pytest]     as root

The targets are addresses of one lab host, whose sshd has its default MaxStartups (10:30:100): it turns away who storms it. It
answers what it answered at first (replay.py), since it works on the auditor's processors; with --real it looks again each time,
which then takes most of the time. Of the dead, half refuse the connection and half never answer. The floor is `ssh host sh` with
the very same commands, `--at-once` of them at a time: what ssh and the host themselves need.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from time import monotonic
from typing import Any

from asked import REPOSITORY, commands, program
from labhost import SSH_CONFIG, lab, lab_host
from measured import MIB, Cost, run
from replay import replay

GROWTH_BAR = 2.2  # times the wall time when hosts double
THOUSAND_BAR = 360  # seconds for 1,000 hosts
CONNECT_TIMEOUT = 10  # seconds, our default
NET = "10.98"  # NET.0.0/17 answers, NET.128.0/18 refuses, NET.192.0/18 is silent
FLEET = f"""
ip route add local {NET}.0.0/16 dev lo
nft add table inet bench
nft 'add chain inet bench dead {{ type filter hook input priority -300; policy accept; }}'
nft add rule inet bench dead ip daddr {NET}.128.0/18 tcp dport 22 reject with tcp reset
nft add rule inet bench dead ip daddr {NET}.192.0/18 tcp dport 22 drop
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hosts", default="10,100,1000", help="sizes of the fleet")
    parser.add_argument("--host", default="bench-fleet", help="name of the lab host that is booted for it")
    parser.add_argument("--recommendations", metavar="ID,ID", help="judge only these")
    parser.add_argument("--real", action="store_true", help="the host runs the commands each time")
    parser.add_argument("--at-once", type=int, default=32, help="connections of the floor at a time")
    parser.add_argument("pytest_options", nargs="*", help="further options of our own run, after --")
    asked = parser.parse_args()
    sizes = sorted(int(size) for size in asked.hosts.split(","))
    chosen = [f"--recommendations={asked.recommendations}"] if asked.recommendations else []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _fleet(asked.host, Path(folder)):
        fleet = Fleet(Path(folder), asked.at_once, chosen, asked.pytest_options)
        if not asked.real:
            fleet.replay()
        figures = {}
        for size in sizes:
            figures[size] = fleet.measure(size)
            print(_line(size, figures[size]), flush=True)
        compared = max((size for size in sizes if size <= 100), default=sizes[0])  # a second run of 1,000 tells no more
        dead_cost = figures[compared]["wall_s"] - fleet.wall_without_dead(compared)
    return _judge(sizes, figures, compared, dead_cost)


@contextmanager
def _fleet(name: str, folder: Path) -> Iterator[None]:
    with lab_host(name) as address:
        (folder / "fleet.sh").write_text(FLEET)
        lab("apply", name, str(folder / "fleet.sh"))
        (folder / "ssh_config").write_text(f"Host {NET}.*\nHostKeyAlias {name}\nHost *\nInclude {SSH_CONFIG}\n")
        route = ["ip", "route", "add", f"{NET}.0.0/16", "via", address]
        if subprocess.run(route, capture_output=True).returncode:
            sys.exit(f"fleet.py: cannot route {NET}.0.0/16 to the host; does another fleet.py run?")
        try:
            yield
        finally:
            subprocess.run([*route[:2], "del", *route[3:]], check=True)


class Fleet:
    """Audits of the fleet in several sizes, and their floors."""

    def __init__(self, folder: Path, at_once: int, chosen: list[str], options: list[str]) -> None:
        self._folder, self._at_once, self._options = folder, at_once, [*chosen, *options]
        self._config = folder / "ssh_config"
        self._commands = commands("--hosts=ssh://root@host", *chosen)
        self._program = program(self._commands).encode()
        self._verdicts = _by_host(self._ours(1, 0, 0)[1])["host1"]

    def replay(self) -> None:
        """Have the host's answers recorded, and given to everyone from now on."""
        self._program = replay(self._ssh(1), self._commands).encode()

    def measure(self, size: int) -> dict[str, float]:
        """Figures of one size; the keys say what they are."""
        dead = size // 10
        refusing, silent = dead // 2, dead - dead // 2
        cost, records = self._ours(size - dead, refusing, silent)
        floor, turned_away = self._floor(size - dead)
        return {
            "dead": dead,
            "results": len(records),
            "unreachable_hosts": len({r["host"] for r in records if not r["reached"]}),
            "judged_otherwise": sum(v != self._verdicts for v in _by_host(r for r in records if r["reached"]).values()),
            "wall_s": round(cost.wall, 1),
            "floor_wall_s": round(floor, 1),
            "times_floor": round(cost.wall / floor, 2),
            "floor_turned_away": turned_away,
            "cpu_s_per_host": round(cost.cpu / size, 3),
            "memory_mib": round(cost.memory / MIB),
        }

    def wall_without_dead(self, size: int) -> float:
        """Wall time in seconds of the same live hosts alone."""
        return self._ours(size - size // 10, 0, 0)[0].wall

    def _ours(self, live: int, refusing: int, silent: int) -> tuple[Cost, list[dict[str, Any]]]:
        numbers = [*range(1, live + 1), *range(0x8001, 0x8001 + refusing), *range(0xC001, 0xC001 + silent)]
        hosts = {f"host{n}": {"ansible_host": _address(n), "ansible_user": "root"} for n in numbers}
        inventory = self._folder / "fleet.yml"
        inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--hosts={inventory}", f"--ssh-config={self._config}"]
        command.append("--probe=none")  # the floor does not look from outside either, and all addresses are one host
        cost = run([*command, f"--reports={self._folder}/reports", *self._options], cwd=REPOSITORY)
        if cost.status not in (0, 1, 6):
            sys.exit(f"fleet.py: our own run went wrong:\n{cost.output[-2000:]}")
        with (self._folder / "reports/results.jsonl").open() as lines:
            return cost, [json.loads(line) for line in lines]

    def _floor(self, live: int) -> tuple[float, int]:
        begun = monotonic()
        with ThreadPoolExecutor(self._at_once) as pool:
            turned_away = sum(pool.map(self._collect, range(1, live + 1)))
        return monotonic() - begun, turned_away

    def _collect(self, number: int) -> int:
        """How often sshd turned us away before it let us in."""
        command = [*self._ssh(number), "sh"]
        for tries in range(50):
            if subprocess.run(command, input=self._program, capture_output=True).returncode != 255:
                return tries
        sys.exit("fleet.py: the floor's ssh was turned away 50 times")

    def _ssh(self, number: int) -> list[str]:
        return ["ssh", "-F", str(self._config), f"root@{_address(number)}"]


def _by_host(records: Iterable[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """The verdict of each recommendation, host by host."""
    verdicts: dict[str, dict[str, str]] = {}
    for record in records:
        verdicts.setdefault(record["host"], {})[record["recommendation"]] = record["verdict"]
    return verdicts


def _address(number: int) -> str:
    return f"{NET}.{number >> 8}.{number & 0xFF}"


def _line(size: int, f: dict[str, float]) -> str:
    return (f"{size:5} hosts ({f['dead']} dead): {f['wall_s']} s, {f['wall_s'] / size:.3f} s each, {f['times_floor']} x the "
            f"floor's {f['floor_wall_s']} s; {f['cpu_s_per_host']} s CPU each, {f['memory_mib']} MiB; "
            f"{f['unreachable_hosts']} unreachable")


def _judge(sizes: list[int], figures: dict[int, dict[str, float]], compared: int, dead_cost: float) -> int:
    growth = {
        f"{a}-{b}": round((figures[b]["wall_s"] / figures[a]["wall_s"]) ** (1 / math.log2(b / a)), 2)
        for a, b in pairwise(sizes)
    }
    smooth = all(f["unreachable_hosts"] == f["dead"] and not f["judged_otherwise"] for f in figures.values())
    in_time = all(f["wall_s"] <= THOUSAND_BAR * max(1, size / 1000) for size, f in figures.items())
    met = smooth and in_time and dead_cost <= CONNECT_TIMEOUT + 1 and all(factor <= GROWTH_BAR for factor in growth.values())
    print(f"when hosts double, time grows {growth} x (bar {GROWTH_BAR}); the dead add {dead_cost:.1f} s at {compared} hosts "
          f"(bar: one connect timeout, {CONNECT_TIMEOUT} s); all others were judged, as the first one was: {smooth}")
    print(json.dumps({"bench": "fleet", "sizes": figures, "growth": growth, "dead_cost_s": round(dead_cost, 1), "met": met}))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
