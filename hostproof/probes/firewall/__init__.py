"""The rules that are really loaded, evaluated: who gets in, and what is let out.

nftables, iptables of both kinds, ufw, firewalld, docker and fail2ban all end as rules in the kernel, and only those
are read.

    nft.py  iptables.py  ipset.py       listings -> ruleset.py (tables, chains, rules) of conditions.py
    network.py  anywhere.py             interfaces and addresses; which addresses stand for the whole internet
    packet.py  walk.py  evaluate.py     a packet on its way through the rules, for all ports at once
    survey.py  openings.py              packets of every kind: which rules open what, to whom, and which open nothing
    probe.py                            the questions that tests ask
"""

from hostproof.probes.firewall.answers import Access, Gates
from hostproof.probes.firewall.probe import Firewall

__all__ = ["Access", "Firewall", "Gates"]
