"""What tests and rules the peers' packages hold: selftests/scoring/known/, by which peers.yml is checked without a network.

    python -m selftests.accuracy.known          as root, for the lab

lynis.txt: id of a test, its group, the versions that have it. openscap.txt: rule, the data streams that have it.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from pathlib import Path

from selftests.accuracy import claims, lynis, openscap
from selftests.proofs.conftest import lab

LYNIS_KINDS = ("debian11", "debian12", "debian13")  # the other kinds have the packages of one of these
# Tests by the file that registers them, and what the program itself warns of.
TESTS = """
cd /usr/share/lynis
grep -HoE '^ *Register --test-no "?[A-Z]+-[0-9]+' include/tests_* /etc/lynis/plugins/plugin_debian_*
grep -HoE 'ReportWarning "GEN-[0-9]+' /usr/sbin/lynis
"""
ALWAYS = "-"  # the group of what runs whatever groups are asked for

_TEST = re.compile(r"^(?:include/tests_(\w+)|/\S+):.*?([A-Z]+-\d+)$", re.MULTILINE)


def main() -> None:
    claims.KNOWN.mkdir(exist_ok=True)
    _write("lynis", {f"{test} {group}": versions for (test, group), versions in _tests_of_lynis().items()})
    _write("openscap", _rules_of_openscap())


def _tests_of_lynis() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind in LYNIS_KINDS:
        host = f"accuracy-known-{kind}"
        lab("up", f"{host}={kind}")
        try:
            lab("shell", host, "/usr/local/lib/lab/install", *lynis.PACKAGES)
            version = lab("shell", host, "lynis", "show", "version").strip()
            for group, test in sorted(set(_TEST.findall(lab("shell", host, "sh", "-c", TESTS)))):
                found[test, group or ALWAYS].append(version)
        finally:
            lab("down", host)
    return found


def _rules_of_openscap() -> dict[str, list[str]]:
    streams = sorted({stream for tried in (claims.load()["openscap"].contents or {}).values() for stream in tried})
    found: dict[str, list[str]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        openscap.fetch_guide(Path(folder), set(streams))
        for stream in streams:
            for rule in sorted(set(Path(folder, f"{stream}.rules").read_text().split())):
                found[rule].append(stream)
    return found


def _write(name: str, found: dict[str, list[str]]) -> None:
    (claims.KNOWN / f"{name}.txt").write_text("".join(f"{what} {' '.join(where)}\n" for what, where in sorted(found.items())))


if __name__ == "__main__":
    main()
