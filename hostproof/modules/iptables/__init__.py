"""`host.iptables`: the rules that count, in the words of iptables, whatever tool wrote them.

    words.py        one rule of nftables' own, as a line of iptables
    effective.py    all tables that decide, as one of iptables'
"""

from __future__ import annotations

import testinfra.modules.iptables as stock

from hostproof.modules.iptables.effective import Effective
from hostproof.probes.firewall.packet import Family

_VERSIONS: dict[int, Family] = {4: "v4", 6: "v6"}


class Iptables(stock.Iptables):  # type: ignore[misc] # testinfra is typed in part
    """The rules in force, as `iptables -S` would list them.

    Where iptables wrote all rules, by nf_tables or in its legacy tables, they are its own lines. Where nftables' own rules decide,
    as those of nftables.service or firewalld, they are said in iptables' words: each base chain is the built-in chain
    of its hook, each further chain keeps its name. Rules without a verdict (log, counter), comments and limits of no
    effect are left out, and the elements of sets are written out.

    CannotTell is raised, never an empty list, where that would not be the whole truth: rules that iptables has no words for (a
    limit, a mark, a map), two chains of one hook that both accept, NAT by nftables' own rules, rules that cannot be listed.
    """

    def rules(self, table: str = "filter", chain: str | None = None, version: int = 4) -> list[str]:
        """The lines of a table, or of one of its chains.

        Example: ["-P INPUT DROP", "-A INPUT -i lo -j ACCEPT", "-A INPUT -s 10.0.0.0/24 -p tcp -m tcp --dport 22 -j ACCEPT"]
        Raises CannotTell where the class says so, and for a table or chain that does not exist.
        """
        if version not in _VERSIONS:
            raise RuntimeError(f"Invalid version: {version}")
        firewall = self._host.firewall
        effective = Effective(firewall.rules, firewall.iptables, firewall.nftables, _VERSIONS[version])
        return effective.lines(table, chain)


__all__ = ["Effective", "Iptables"]
