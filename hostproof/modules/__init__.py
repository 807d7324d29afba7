"""testinfra's own modules where its answers are known to be wrong: same names, same methods, right answers.

A test reaches them as it always did: `host.service("ssh").is_enabled`. docs/testinfra.md says where ours differ, and why.
"""

from __future__ import annotations

from typing import Any

from hostproof.modules.iptables import Iptables
from hostproof.modules.service import Service
from hostproof.modules.socket import Socket

_OURS: dict[str, Any] = {"iptables": Iptables, "service": Service, "socket": Socket}
PROBES = {"iptables": "firewall", "socket": "sockets"}  # what they read; what a service is asked is learnt


def names() -> frozenset[str]:
    """The modules that ours replace."""
    return frozenset(_OURS)


def module(name: str, host: Any) -> Any:
    """What `host.<name>` is: a class or an object, as testinfra has it."""
    return _OURS[name].get_module(host)
