"""What Lynis says of a host of the lab.

A finding is a warning, a suggestion, or the hardening points that a test gave. Lines that Lynis merely lists (ports, mail
servers) are none: it does not say whether they are good or bad.
"""

from __future__ import annotations

import re

from selftests.accuracy.claims import Claim, Peer
from selftests.proofs.conftest import LabHost

# Hosts of the lab reach no package archive: Lynis would wait for that, and then use the lists that there are.
SETTINGS = "refresh-repositories=no"
# Debian's plugin takes longer than all the rest; without it where no finding of it is asked for.
PLUGIN, WITHOUT_PLUGIN = "DEB-", "disable-plugin=debian"
# Lynis 3.1 takes one group only; then it runs everything, as it does without being asked.
RUN = """
printf '%s\\n' {settings} >/root/lab.prf
audit() {{
    lynis audit system --quick --no-colors --profile /etc/lynis/default.prf --profile /root/lab.prf \\
        --report-file /root/lynis.dat --logfile /root/lynis.log "$@" >/dev/null 2>&1 </dev/null
}}
rm -f /root/lynis.dat /root/lynis.log
audit --tests-from-group '{groups}' || audit || :
cat /root/lynis.dat; echo '{separator}'; cat /root/lynis.log
"""
SEPARATOR = "=== log ==="
ENDED = "finish=true"  # in the report of a run that came to its end

_LINE = re.compile(r"^(warning|suggestion)\[\]=([^|]*)\|(.*)$", re.MULTILINE)
_TEST = re.compile(r"Performing test ID (\S+) ")
_POINTS = re.compile(r"Hardening: assigned (?:maximum number .* \((?P<all>\d+)\)|partial .* \((?P<some>\d+) of (?P<of>\d+)\))\.")

PACKAGES = ("lynis",)


def version(host: LabHost) -> str:
    return f"Lynis {host.run('lynis show version').strip()}"


def command(claim: Claim) -> str:
    needs_plugin = any(finding.startswith(PLUGIN) for finding in claim.findings)
    settings = SETTINGS if needs_plugin else f"{SETTINGS} {WITHOUT_PLUGIN}"
    return RUN.format(settings=settings, groups=" ".join(claim.groups), separator=SEPARATOR)


def look(host: LabHost, peer: Peer, claim: Claim) -> dict[str, str] | None:
    """Its findings for a claim; None when it gave no report."""
    report, _, log = host.run(command(claim)).partition(SEPARATOR)
    return None if ENDED not in report else read(report, log, claim)


def read(report: str, log: str, claim: Claim) -> dict[str, str]:
    """Findings by name: "FIRE-4512 iptables module(s) loaded, but no rules active" -> "warning", "FIRE-4590 points" -> "5 of 5"."""
    told = [(kind, test, text.rstrip("-|")) for kind, test, text in _LINE.findall(report)]
    found = {f"{test} {text}": kind for kind, test, text in told if claim.covers(test.partition(":")[0])}
    test, points = "", {}
    for line in log.splitlines():
        if started := _TEST.search(line):
            test = started[1]
        elif (given := _POINTS.search(line)) and claim.covers(test):
            got, of = points.get(test, (0, 0))
            points[test] = (got + int(given["all"] or given["some"]), of + int(given["all"] or given["of"]))
    return found | {f"{test} points": f"{got} of {of}" for test, (got, of) in points.items()}


def is_worse(before: str | None, after: str | None) -> bool:
    """Whether a finding that was `before` and is `after` (None: not there) speaks against the host."""
    if "points" in _kinds(before, after):
        return _lost(before) < _lost(after)
    return after is not None and after != before


def _kinds(*values: str | None) -> set[str]:
    return {"points" for value in values if value and " of " in value}


def _lost(points: str | None) -> int:
    got, _, of = (points or "0 of 0").partition(" of ")
    return int(of) - int(got)
