"""What OpenSCAP says of a host of the lab, by the rules of the SCAP Security Guide.

The newest release of the guide that Debian packages is used, that of Debian 13: the one of Debian 12 does not know Debian 12.
"""

from __future__ import annotations

import fcntl
import re
import subprocess
from pathlib import Path

from selftests.accuracy.claims import Claim, Peer
from selftests.proofs.conftest import LAB, LabHost, lab

PACKAGES = ("openscap-scanner",)
GUIDE = ("ssg-debian", "ssg-debderived")
GUIDE_HOST = "accuracy-guide"
GUIDE_KIND = "debian13"
WHERE = "/usr/share/xml/scap/ssg/content"

# The package by which the guide tells that a host has a kernel. Hosts of the lab run on this machine's; without this most rules
# would not apply to them.
KERNEL, ANY_HOST_HAS = "<linux:name>linux-base</linux:name>", "<linux:name>dpkg</linux:name>"
# The release of the distribution that a data stream is for: what Ubuntu's asks of sshd or of a firewall is as good on Debian.
RELEASE = re.compile(r'^.*platform idref="cpe:/o:[^"]*".*\n', re.MULTILINE)
PREFIX = "xccdf_org.ssgproject.content_rule_"
# oscap refuses rules that a data stream does not hold, and ends with 2 when a rule fails.
RUN = """
set --
for rule in {rules}; do
    if grep -qxF "$rule" /root/{stream}.rules; then set -- "$@" --rule "{prefix}$rule"; fi
done
[ $# = 0 ] || oscap xccdf eval --skip-validation --profile '(all)' "$@" /root/{stream}.xml 2>/dev/null || [ $? = 2 ]
"""

_RULE = re.compile(rf'Rule [^>]*id="{PREFIX}([^"]+)"')
_RESULT = re.compile(rf"^Rule\s+{PREFIX}(\S+)\n(?:(?!Rule\b).*\n)*?Result\s+(\S+)$", re.MULTILINE)


def version(host: LabHost) -> str:
    return host.run("oscap --version | head -n 1").strip().replace("command line tool (oscap) ", "")


def fetch_guide(folder: Path, streams: set[str]) -> str:
    """Get the data streams from a host that has the guide's packages, once for all workers; the guide's version."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / "version"
    with (folder / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not stamp.exists():
            lab("up", f"{GUIDE_HOST}={GUIDE_KIND}")
            try:
                lab("shell", GUIDE_HOST, "/usr/local/lib/lab/install", *GUIDE)
                for stream in streams:
                    text = lab("shell", GUIDE_HOST, "cat", f"{WHERE}/ssg-{stream}-ds.xml")
                    (folder / f"{stream}.xml").write_text(_for_the_lab(text), encoding="utf-8")
                    (folder / f"{stream}.rules").write_text("".join(f"{rule}\n" for rule in _RULE.findall(text)))
                version = lab("shell", GUIDE_HOST, "dpkg-query", "-f", "${Version}", "-W", GUIDE[0])
                stamp.write_text(f"SCAP Security Guide {version}")
            finally:
                lab("down", GUIDE_HOST)
    return stamp.read_text()


def _for_the_lab(stream: str) -> str:
    assert KERNEL in stream
    return RELEASE.sub("", stream).replace(KERNEL, ANY_HOST_HAS)


def send_guide(host: LabHost, folder: Path, streams: list[str]) -> None:
    for name in (f"{stream}.{suffix}" for stream in streams for suffix in ("xml", "rules")):
        with (folder / name).open("rb") as file:
            command = [str(LAB), "shell", host.name, "sh", "-c", f"cat >/root/{name}"]
            subprocess.run(command, stdin=file, check=True, timeout=60)


def look(host: LabHost, peer: Peer, claim: Claim) -> dict[str, str] | None:
    """Its results for a claim's rules; None when it gave none."""
    found: dict[str, str] = {}
    for stream in (peer.contents or {})[host.kind]:
        printed = host.run(RUN.format(rules=" ".join(claim.findings), stream=stream, prefix=PREFIX))
        found |= {f"{stream}: {rule}": result for rule, result in read(printed).items()}
    return found or None


def read(printed: str) -> dict[str, str]:
    """Results by rule: {"package_aide_installed": "pass"}; also fail, notapplicable, notchecked, unknown, error."""
    return dict(_RESULT.findall(printed))


def is_worse(before: str | None, after: str | None) -> bool:
    """Whether a result that was `before` and is `after` speaks against the host."""
    return after == "fail" and before != "fail"
