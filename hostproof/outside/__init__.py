"""Step 3, seen from outside: what a machine that is no friend of the hosts gets to see of them.

    vantage     who looks from where, as options and inventory say it
    addresses   the addresses at which a host is looked at: the inventory's, and no others
    ports       which ports are asked, by level
    nmap        nmap, started by us, and what it printed
    answers     its XML -> views
    view        what was seen of one address: the value that everything else is about
    probing     the controller's part: all hosts in a few runs of nmap, beside the visits to them
    interview   what answers at open ports, and what it offers to strangers: asked by nmap, and by dialogues (offers)
    replies     what they answered: the value of that
    mailbox     how the controller and the processes that judge tell each other
    calling     who asks a host's services: this machine, or the one of --probe-from through one log-in of its own
    dialling    connections of our own, bounded in time; by them, the services that the firewall lets somebody in to are asked:
    tls, http   what they offer to somebody who connects
    hello       TLS's first words of our own: what services agree to that no library of today offers
    starttls    the same after STARTTLS and its like; lines: reading and writing, bounded
    speaking    whether they talk without encryption: one polite question in their own protocol
    lookout     the judging process's part: what was seen of one host

Probing costs waiting, and hosts share it: a run of nmap is about many hosts. What a service answers to
one connection (TLS, HTTP) is asked by the judging process itself, from where strangers are if that is known.
"""

from __future__ import annotations

from hostproof.outside import addresses, ports
from hostproof.outside.lookout import HostLookout, Lookout
from hostproof.outside.mailbox import Mailbox
from hostproof.outside.probing import Probed, Probing
from hostproof.outside.replies import Replies, Reply
from hostproof.outside.vantage import HERE, Order, Trust, add_options, order_from
from hostproof.outside.view import WAYS, Family, Protocol, Sighting, View

__all__ = [
    "HERE",
    "WAYS",
    "Family",
    "HostLookout",
    "Lookout",
    "Mailbox",
    "Order",
    "Probed",
    "Probing",
    "Protocol",
    "Replies",
    "Reply",
    "Sighting",
    "Trust",
    "View",
    "add_options",
    "addresses",
    "order_from",
    "ports",
]
