"""What looking at all ports costs: a full scan of one host that drops what it does not want, and of 20 of them in one audit.

    python bench/outside.py [--hosts=N,N] [--name=NAME] [-- OPTIONS of pytest]        as root, for the lab

The real engine judges hosts of the lab by one recommendation, from the lab's outside, where nobody trusts us: all 65,535 TCP ports
(`--probe=full`) and the usual UDP ports, of an IPv4 and an IPv6 address of each. They drop what comes, but for one port, which has
to be seen. Beside it stands nmap as people start it, for one host's TCP ports over IPv4: `nmap -Pn -T4 -p 1-65535`; it is given up
after two minutes, and then the ratio is the least that it can be.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from labhost import REPOSITORY, lab
from measured import MIB, run

BARS = {1: 30, 20: 150}  # seconds, by number of hosts
GIVEN_UP = 120  # seconds
OPEN = 54321  # a port that no document names
OPENED = f"""
systemd-run --quiet --unit=bench python3 -m http.server --bind :: {OPEN}
until ss -ltn | grep -q :{OPEN}; do sleep 0.1; done
nft add rule inet filter input tcp dport {OPEN} accept
"""
JUDGED = "no-undeclared-service-public"
FROM = ("--ssh-config=/run/hostproof-lab/outside/ssh_config", "--probe-from=ssh://outside")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hosts", default="1,20", help="how many hosts; their bars are known for 1 and 20")
    parser.add_argument("--name", default="bench-outside", help="the first part of the names of the lab hosts that are booted")
    parser.add_argument("pytest_options", nargs="*", help="further options of our own run, after --")
    asked = parser.parse_args()
    sizes = sorted(int(size) for size in asked.hosts.split(","))
    names = [f"{asked.name}-{number}" for number in range(1, sizes[-1] + 1)]
    with _lab_hosts(names), tempfile.TemporaryDirectory(prefix="bench-") as folder:
        script = Path(folder, "open.sh")
        script.write_text(OPENED)
        for name in names:
            lab("apply", name, str(script))
        figures = {size: _measure(names[:size], Path(folder, str(size)), asked.pytest_options) for size in sizes}
        alone = _nmap_alone(names[0])
    return _judge(figures, alone)


@contextmanager
def _lab_hosts(names: list[str]) -> Iterator[None]:
    try:
        lab("up", *(f"{name}=debian12" for name in names))
        yield
    finally:
        lab("down", *names)


def _measure(names: list[str], reports: Path, options: list[str]) -> dict[str, Any]:
    """Figures of one audit. Of each host, the open port has to be seen and all others to be in nmap's answer, or the bench ends."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--hosts=inventories/lab.yml"]
    command += [f"--limit={','.join(names)}", f"--recommendations={JUDGED}", f"--reports={reports}"]
    command += [*FROM, "--probe=full", *options]
    cost = run(command, cwd=REPOSITORY)
    records = [json.loads(line) for line in (reports / "results.jsonl").read_text().splitlines()]
    wrong = [f"{record['host']}: {record['reason']}" for record in records if not _is_seen(record)]
    if len(records) != len(names) or wrong:
        sys.exit(f"outside.py: our own run went wrong:\n{'; '.join(wrong) or cost.output[-2000:]}")
    figures = {"wall_s": round(cost.wall, 1), "bar_s": BARS.get(len(names)), "memory_mib": round(cost.memory / MIB)}
    print(f"{len(names):3} hosts: {figures['wall_s']} s (bar {figures['bar_s']} s), {figures['memory_mib']} MiB", flush=True)
    return figures


def _is_seen(record: dict[str, Any]) -> bool:
    """Whether strangers reached the open port, over both families, and of no other port it is unknown whether they do."""
    states = {(row["family"], row["port"]): row["outside"]["state"] for row in record.get("exposure", ())}
    reached = {place for place, state in states.items() if state == "open"}
    return record["verdict"] == "fail" and reached == {("v4", OPEN), ("v6", OPEN)} and "unknown" not in states.values()


def _nmap_alone(name: str) -> float:
    """Seconds of nmap as people start it."""
    inventory = (REPOSITORY / "inventories" / "lab.yml").read_text().splitlines()
    entry = next(line for line in inventory if line.strip().startswith(f"{name}:"))
    address = json.loads(entry.partition(":")[2])["ansible_host"]
    begun = monotonic()
    lab("outside", "nmap", "-n", "-Pn", "-T4", "--host-timeout", f"{GIVEN_UP}s", "-p", "1-65535", address)
    return round(monotonic() - begun, 1)


def _judge(figures: dict[int, dict[str, Any]], alone: float) -> int:
    met = all(its["bar_s"] is None or its["wall_s"] <= its["bar_s"] for its in figures.values())
    least = "at least " if alone >= GIVEN_UP else ""
    ratios = {size: round(alone * size / its["wall_s"], 1) for size, its in figures.items()}
    for size, ratio in ratios.items():
        print(f"{size:3} hosts, both families: {least}{ratio} x as fast as nmap -T4, host by host, over IPv4 ({least}{alone} s)")
    print(json.dumps({"bench": "outside", "hosts": figures, "nmap_alone_s": alone, "times_as_fast": ratios, "met": met}))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
