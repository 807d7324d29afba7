"""One host, three auditors: ours, OpenSCAP and Lynis, each over ssh, one after the other.

    python bench/peers.py [--host=NAME]        as root, for the lab

The SCAP Security Guide that Debian 12 packages has no CIS profile for Debian; the nearest is Ubuntu 22.04's level 1 for servers,
which applies to the lab's host of that name once /etc/lsb-release says so, too. Lynis leaves out its update of the package lists,
since the lab has no network. apt's caches are those of what is installed, as every `apt-get update` leaves them: the lab installs
packages past apt, and whoever asked apt would have to build them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

from labhost import REPOSITORY, SSH_CONFIG, lab, lab_host
from measured import run

OPENSCAP_BAR, LYNIS_BAR = 4, 8  # times as fast as they
PROFILE = "xccdf_org.ssgproject.content_profile_cis_level1_server"
CONTENT = "/usr/share/xml/scap/ssg/content/ssg-ubuntu2204-ds.xml"
INSTALL = """
/usr/local/lib/lab/install lynis openscap-scanner ssg-debderived
printf 'skip-test=PKGS-7392\\n' > /etc/lynis/custom.prf
printf '%s\\n' DISTRIB_ID=Ubuntu DISTRIB_RELEASE=22.04 DISTRIB_CODENAME=jammy > /etc/lsb-release
apt-get check >/dev/null
"""
OPENSCAP = f"oscap xccdf eval --profile {PROFILE} --results /root/results.xml --report /root/report.html {CONTENT}"
LYNIS = "lynis audit system --quick --no-colors"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--host", default="bench-peers", help="name of the lab host that is booted for it")
    asked = parser.parse_args()
    with lab_host(asked.host, "ubuntu2204"), tempfile.TemporaryDirectory(prefix="bench-") as folder:
        script = Path(folder, "install.sh")
        script.write_text(INSTALL)
        lab("apply", asked.host, str(script))
        _ours(asked.host, folder)  # fills the host's caches, for whoever comes first
        measured = {"ours": _ours(asked.host, folder), "openscap": _openscap(asked.host), "lynis": _lynis(asked.host)}
    for name, (seconds, checks) in measured.items():
        print(f"{name:9} {seconds:6.2f} s  {checks:4} checks  {1000 * seconds / checks:6.1f} ms each")
    openscap, lynis = (measured[name][0] / measured["ours"][0] for name in ("openscap", "lynis"))
    met = openscap >= OPENSCAP_BAR and lynis >= LYNIS_BAR
    print(f"ours is {openscap:.1f} x as fast as OpenSCAP (bar {OPENSCAP_BAR}), {lynis:.1f} x as fast as Lynis (bar {LYNIS_BAR})")
    figures = {name: {"seconds": round(seconds, 2), "checks": checks} for name, (seconds, checks) in measured.items()}
    ratios = {"openscap_ratio": round(openscap, 1), "lynis_ratio": round(lynis, 1)}
    print(json.dumps({"bench": "peers", **figures, **ratios, "met": met}))
    return 0 if met else 1


def _ours(host: str, folder: str) -> tuple[float, int]:
    command = [sys.executable, "-m", "pytest", "--hosts=inventories/lab.yml", f"--limit={host}", f"--reports={folder}/reports"]
    command.append("--probe=none")  # peers look from inside only
    cost = run(command, cwd=REPOSITORY)
    checks = len(Path(folder, "reports/results.jsonl").read_text().splitlines())
    if cost.status not in (0, 1, 6) or "unreachable" in cost.output:
        sys.exit(f"peers.py: our own run went wrong:\n{cost.output[-2000:]}")
    return cost.wall, checks


def _openscap(host: str) -> tuple[float, int]:
    cost = run(["ssh", "-F", str(SSH_CONFIG), host, OPENSCAP])
    results = re.findall(r"^Result\s+(\S+)", cost.output, re.MULTILINE)
    return cost.wall, _some(len(results) - results.count("notapplicable"), cost.output)


def _lynis(host: str) -> tuple[float, int]:
    cost = run(["ssh", "-F", str(SSH_CONFIG), host, LYNIS])
    performed = re.search(r"Tests performed\s*:\s*(\d+)", cost.output)
    return cost.wall, _some(int(performed[1]) if performed else 0, cost.output)


def _some(checks: int, output: str) -> int:
    """`checks`; the bench ends when an auditor has checked nothing."""
    if not checks:
        sys.exit(f"peers.py: a peer checked nothing:\n{output[-2000:]}")
    return checks


if __name__ == "__main__":
    sys.exit(main())
