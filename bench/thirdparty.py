"""Somebody else's testinfra suite, 50 ms away: stock testinfra, our first run and our second.

    python bench/thirdparty.py [--rtt=MS] [--host=NAME]        as root, for the lab

The suite (thirdparty/) has sixty tests that know nothing of Hostproof. Stock testinfra runs it over ssh:// as it comes and with a
ControlPath; ours runs it twice, first with an empty cache. That the verdicts are right is selftests/thirdparty.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from delay import DelayingProxy
from labhost import REPOSITORY, lab, lab_host, ssh_config
from measured import run

SUITE = REPOSITORY / "bench" / "thirdparty"
FIRST_BAR, LATER_BAR = 2, 10  # times as fast as stock testinfra as it comes


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rtt", type=int, default=50, help="added round-trip time in milliseconds")
    parser.add_argument("--host", default="bench-thirdparty", help="name of the lab host that is booted for it")
    asked = parser.parse_args()
    with lab_host(asked.host, "debian13") as address, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        lab("apply", asked.host, str(SUITE / "host.sh"))
        with DelayingProxy((address, 22), asked.rtt / 1000) as proxy:
            suite = Suite(asked.host, Path(folder), proxy.port)
            seconds = {"ours_first": suite.ours(), "ours_second": suite.ours(), "stock": suite.stock(),
                       "stock_with_control_path": suite.stock(f"ControlPath {folder}/control")}  # fmt: skip
    first, later = (seconds["stock"] / seconds[name] for name in ("ours_first", "ours_second"))
    for name, taken in seconds.items():
        print(f"{name.replace('_', ' '):24} {taken:6.2f} s")
    print(f"at {asked.rtt} ms: the first run is {first:.1f} x as fast as stock testinfra (bar {FIRST_BAR}), "
          f"the second {later:.1f} x (bar {LATER_BAR})")
    met = first >= FIRST_BAR and later >= LATER_BAR
    print(json.dumps({"bench": "thirdparty", "rtt_ms": asked.rtt, "seconds": {n: round(s, 2) for n, s in seconds.items()},
                      "first_ratio": round(first, 1), "later_ratio": round(later, 1), "met": met}))
    return 0 if met else 1


class Suite:
    """The suite on the lab host `name`, which a proxy on `port` makes far away."""

    def __init__(self, name: str, folder: Path, port: int) -> None:
        self._name, self._folder, self._port = name, folder, port

    def ours(self) -> float:
        """Seconds of a run of ours."""
        kept = ["-o", f"cache_dir={self._folder}/cache", f"--reports={self._folder}/reports"]
        options = ["-c", str(REPOSITORY / "pytest.ini"), *kept]
        return self._run(f"ssh://root@{self._name}", options, {"PYTHONPATH": str(REPOSITORY)})

    def stock(self, *settings: str) -> float:
        """Seconds of a run of testinfra without Hostproof; `settings` are further lines of its ssh configuration."""
        options = ["-c", "/dev/null", f"--confcutdir={SUITE}", "-p", "no:cacheprovider"]
        taken = self._run(f"ssh://root@{self._name}", options, {}, *settings)
        if settings:
            subprocess.run(["ssh", "-F", self._folder / "config", "-O", "exit", self._name], capture_output=True)
        return taken

    def _run(self, host: str, options: list[str], environment: dict[str, str], *settings: str) -> float:
        config = ssh_config(self._folder / "config", self._name, self._port, "User root", *settings)
        command = [sys.executable, "-m", "pytest", *options, f"--rootdir={SUITE}", f"--hosts={host}", f"--ssh-config={config}"]
        cost = run([*command, str(SUITE / "tests")], cwd=SUITE, environment=environment)
        if cost.status not in (0, 1, 6) or "unreachable" in cost.output or "60 items" not in cost.output:
            sys.exit(f"thirdparty.py: the run went wrong:\n{cost.output[-2000:]}")
        return cost.wall


if __name__ == "__main__":
    sys.exit(main())
