"""One Debian 12 host judged from inside by both documents (profile `strict`): how long, and how much of it is ours.

    python bench/inside.py [--times=N] [--host=NAME]        as root, for the lab

The audit works over ssh on a real host. Then the same host answers by what it has just answered, at once (replay.py): what that
audit takes is everything but the host's own work. The best of N counts, since other work can only make a run longer.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from asked import REPOSITORY, commands
from labhost import SSH_CONFIG, lab_host
from measured import Cost, run
from replay import replay

WALL_BAR, NOT_REMOTE_BAR = 5.0, 1.5  # seconds
PROFILE = "strict"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=5, help="how often each is measured")
    parser.add_argument("--host", default="bench-inside", help="name of the lab host that is booted for it")
    asked = parser.parse_args()
    options = [f"--hosts=ssh://root@{asked.host}", f"--profile={PROFILE}"]
    with lab_host(asked.host, profile=PROFILE), tempfile.TemporaryDirectory(prefix="bench-") as folder:
        verdicts = _audit(options, folder)[1]  # also fills the host's caches
        real = [_audit(options, folder)[0].wall for _ in range(asked.times)]
        replay(["ssh", "-F", str(SSH_CONFIG), asked.host], commands(*options))
        replayed = [_audit(options, folder) for _ in range(asked.times)]
    otherwise = sum(verdicts != judged for _, judged in replayed)
    wall, not_remote, cpu = min(real), min(cost.wall for cost, _ in replayed), min(cost.cpu for cost, _ in replayed)
    met = wall <= WALL_BAR and not_remote <= NOT_REMOTE_BAR and not otherwise
    print(f"{len(verdicts)} recommendations: {_listed(real)}; answered at once: {_listed([cost.wall for cost, _ in replayed])}")
    print(f"wall {wall:.2f} s (bar {WALL_BAR}), not remote {not_remote:.2f} s (bar {NOT_REMOTE_BAR}), of that CPU {cpu:.2f} s")
    figures = {"wall_s": round(wall, 2), "not_remote_s": round(not_remote, 2), "cpu_s": round(cpu, 2)}
    summary = {"bench": "inside", "recommendations": len(verdicts), **figures, "judged_otherwise": otherwise}
    print(json.dumps({**summary, "met": met}))
    return 0 if met else 1


def _audit(options: list[str], folder: str) -> tuple[Cost, dict[str, str]]:
    """What it cost, and the verdicts."""
    command = [sys.executable, "-m", "pytest", f"--ssh-config={SSH_CONFIG}", f"--reports={folder}/reports", *options]
    command.append("--probe=none")  # from inside, as it says
    cost = run(command, cwd=REPOSITORY)
    if cost.status not in (0, 1, 6) or "unreachable" in cost.output:
        sys.exit(f"inside.py: the run went wrong:\n{cost.output[-2000:]}")
    records = [json.loads(line) for line in Path(folder, "reports/results.jsonl").read_text().splitlines()]
    return cost, {record["recommendation"]: record["verdict"] for record in records}


def _listed(seconds: list[float]) -> str:
    return ", ".join(f"{one:.2f}" for one in seconds) + " s"


if __name__ == "__main__":
    sys.exit(main())
