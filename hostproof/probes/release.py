"""Which release of which distribution a host runs, and until when somebody repairs it for free."""

from __future__ import annotations

import re
import shlex
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from hostproof import trusted_yaml
from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading

OS_RELEASE = r"""
# read os-release
for file in /etc/os-release /usr/lib/os-release; do
    if [ -e "$file" ]; then exec cat "$file"; fi
done
echo 'this host has no os-release' >&2
exit 1
"""
# Ubuntu Pro's archive cannot be downloaded without a subscription: its lists show that the host has one.
PRO_LISTS = r"""
# look for the lists of Ubuntu Pro
[ -d /var/lib/apt/lists ] || exit 0
ls /var/lib/apt/lists | grep '^esm\.ubuntu\.com_infra_ubuntu_dists_.*_InRelease$'
exit 0
"""
ENDS = Path(__file__).parents[1] / "data" / "support_ends.yml"
DEBIAN_LIKE = {"debian", "ubuntu"}
RPM_LIKE = {"fedora", "rhel", "centos"}


def read_os_release(answer: Answer) -> dict[str, str]:
    """The assignments of os-release(5). Lines that are none are left out, as systemd does."""
    facts = {}
    for line in answer.stdout.split("\n"):
        if found := re.fullmatch(r"\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)", line):
            try:
                facts[found[1]] = "".join(shlex.split(found[2]))
            except ValueError:  # a quotation that never ends
                continue
    return facts


def read_debian_version(answer: Answer) -> str | None:
    """The number in /etc/debian_version, such as "12"; None when there is no file or no number in it."""
    found = re.match(r"(\d+)(\.|$)", answer.stdout.strip())
    return found[1] if found else None


def read_pro_lists(answer: Answer) -> list[str]:
    """The codenames that Ubuntu Pro's lists are for."""
    return re.findall(r"_dists_([a-z]+)-infra-security_InRelease$", answer.stdout, re.MULTILINE)


class Release(Probe):
    """The facts of os-release, and when free support ends by data/support_ends.yml.

    Example: id "ubuntu", like ("debian",), version_id "24.04", codename "noble", family "debian"
    Blind spots: os-release is a file that can be edited; on Debian it is compared with /etc/debian_version. Support that
    somebody pays for is not seen, except for Ubuntu Pro.
    """

    facts = Reading(OS_RELEASE, read_os_release)
    debian_version = Reading("cat /etc/debian_version", read_debian_version, statuses=(0, 1))
    pro_lists = Reading(PRO_LISTS, read_pro_lists)

    @property
    def id(self) -> str:
        return self.facts.get("ID", "linux")

    @property
    def like(self) -> tuple[str, ...]:
        return tuple(self.facts.get("ID_LIKE", "").split())

    @property
    def version_id(self) -> str:
        """Such as "12" or "24.04"; "" for what has no version, such as Debian unstable."""
        return self.facts.get("VERSION_ID", "")

    @property
    def codename(self) -> str:
        """The name under which the distribution's archive knows the release; "" if it has none."""
        names = (self.facts.get(key, "") for key in ("UBUNTU_CODENAME", "DEBIAN_CODENAME", "VERSION_CODENAME"))
        return next(filter(None, names), "")

    @property
    def name(self) -> str:
        """What people call it: "Debian GNU/Linux 12 (bookworm)"."""
        return self.facts.get("PRETTY_NAME") or f"{self.facts.get('NAME', self.id)} {self.version_id}".strip()

    @property
    def editions(self) -> set[str]:
        """How a guide for this release may name it: "rhel 9.4", and "rhel 9" where a major release is supported as a whole."""
        by_major = self.version_id.partition(".")[0] in support_ends().get(self._distribution, {})
        versions = {self.version_id, *([self.version_id.partition(".")[0]] if by_major else [])}
        return {f"{self.id} {version}".strip() for version in versions}

    @property
    def family(self) -> str:
        """How packages are handled: "debian", "rpm", or "" for anything else."""
        lineage = {self.id, *self.like}
        return "debian" if lineage & DEBIAN_LIKE else "rpm" if lineage & RPM_LIKE else ""

    @cached_property
    def support_ends(self) -> date:
        """The last day with security updates, free ones or those of an Ubuntu Pro that is in use. Raises CannotTell."""
        if not self.version_id:
            raise CannotTell(f"{self.name} is no release: os-release gives it no version, and nobody promises it updates")
        if self.id == "debian" and self.debian_version not in (None, self.version_id):
            claims = f"os-release says {self.version_id} and /etc/debian_version {self.debian_version}"
            raise CannotTell(f"it is not clear which Debian this is: {claims}")
        releases = support_ends().get(self._distribution, {})
        ends = releases.get(self.version_id) or releases.get(self.version_id.partition(".")[0])
        if ends is None:
            raise CannotTell(f"data/support_ends.yml does not know when support of {self.id} {self.version_id} ends")
        paid = "pro" in ends and self.codename in self.pro_lists
        self.cite("data/support_ends.yml", "\n".join(f"{self.name}, {what}: {day}" for what, day in ends.items()))
        return max(day for what, day in ends.items() if what != "pro" or paid)

    @property
    def _distribution(self) -> str:
        """The table's name for it: CentOS Linux and CentOS Stream share an id and lived differently long."""
        return "centos-stream" if self.id == "centos" and "stream" in self.facts.get("NAME", "").lower() else self.id


@cache
def support_ends() -> dict[str, dict[str, dict[str, date]]]:
    """Distribution -> release -> kind of support -> its last day."""
    ends: dict[str, dict[str, dict[str, date]]] = trusted_yaml.parse(ENDS.read_text())["releases"]
    return ends
