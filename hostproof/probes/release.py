"""Which distribution a host runs."""

from __future__ import annotations

import shlex

from hostproof.connection.answer import Answer
from hostproof.probes.probe import Probe, Reading


def read_os_release(answer: Answer) -> dict[str, str]:
    pairs = (line.partition("=") for line in answer.stdout.splitlines() if "=" in line and not line.startswith("#"))
    return {key: "".join(shlex.split(value)) for key, _, value in pairs}


class Release(Probe):
    """(placeholder by the lead until the release probe arrives: replace freely)"""

    facts = Reading("cat /etc/os-release", read_os_release)

    @property
    def id(self) -> str:
        return self.facts["ID"]

    @property
    def like(self) -> tuple[str, ...]:
        return tuple(self.facts.get("ID_LIKE", "").split())
