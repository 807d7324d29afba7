"""All openings of a rule set: packets of every kind that rules tell apart, followed one by one."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hostproof.errors import CannotTell
from hostproof.probes.firewall.answers import doubted_by, granted_by
from hostproof.probes.firewall.cases import Cases
from hostproof.probes.firewall.conditions import Field, Interface, covers
from hostproof.probes.firewall.evaluate import Fate, claimed, granted, steps
from hostproof.probes.firewall.openings import REAL_PORTS, Opening, Share, for_dhcp, shares, spanned
from hostproof.probes.firewall.packet import UNUSED_PROTOCOL, Packet, Protocol
from hostproof.probes.firewall.ruleset import Accept, Jump, Ruleset, Table
from hostproof.probes.firewall.spans import Spans
from hostproof.probes.firewall.symbols import PROTOCOLS
from hostproof.probes.firewall.walk import Grant

_FOLLOWED = {0, 1, PROTOCOLS["tcp"], PROTOCOLS["udp"], PROTOCOLS["icmpv6"]}  # as tcp, udp and icmp; 0 is any
_MOST_PROTOCOLS = 12  # beside those, that rules name
# How network cards are called: by kernel, udev and firmware. Tunnels and bridges may come and go.
_CARD = re.compile(r"(eth|eno|ens|enp|enx|wlan|wlp|wlo|wlx)[0-9a-z]*")


@dataclass(frozen=True)
class Followed:
    """A packet, the addresses that it stands for, what became of it and which rules let it pass."""

    packet: Packet
    sources: Spans
    fate: Fate
    grants: list[Grant]


class Survey:
    """What a host's rules let in from all sources, by all interfaces that lead to other machines.

    patience: seconds that each question may take; CannotTell when it takes longer.
    """

    def __init__(self, cases: Cases, patience: float) -> None:
        self._cases = cases
        self.ruleset: Ruleset = cases.ruleset
        self._patience = patience

    @cached_property
    def openings(self) -> list[Opening]:
        """What is let in of new connections, except the answers of DHCP servers."""
        return self._openings(self._new)

    @cached_property
    def for_strays(self) -> list[Opening]:
        """What is let in of TCP packets that belong to no connection and begin none."""
        return self._openings(self._strays)

    @cached_property
    def idle(self) -> list[str]:
        """Accepting rules without effect: whatever they ask for has been turned away before, or cannot come.

        Blind spots: rules of the forward hook, and rules for multicast and broadcast.
        """
        if self.ruleset.unseen:
            raise CannotTell("; ".join(self.ruleset.unseen))
        idle = self._without_interface()
        reached = {id(grant.rule) for found in (*self._new, *self._strays) for grant in found.grants}
        deadline = self._deadline()
        for found in self._new:
            for grant in claimed(self.ruleset, found.packet, deadline - time.monotonic()):
                refused = grant.ports.some & ~found.fate.accepted.may
                if refused and isinstance(grant.rule.action, Accept) and id(grant.rule) not in reached:
                    idle.setdefault(grant.text, "what it asks for is turned away before it")
        return [f"{text}: {why}" for text, why in idle.items()]

    @cached_property
    def _new(self) -> list[Followed]:
        kinds: list[tuple[Protocol, int]] = [("tcp", 0), ("udp", 0), ("icmp", 0), ("other", UNUSED_PROTOCOL)]
        return list(self._follow([*kinds, *(("other", number) for number in self._other_protocols)], stray=False))

    @cached_property
    def _strays(self) -> list[Followed]:
        return list(self._follow([("tcp", 0)], stray=True))

    def _follow(self, kinds: list[tuple[Protocol, int]], stray: bool) -> Iterator[Followed]:
        deadline = self._deadline()
        for family in self._cases.network.families:
            for protocol, number in kinds:
                for sources, packet in self._cases.surveyed(family, protocol, number, stray):
                    yield Followed(
                        packet, sources, *granted(self.ruleset, packet, max(deadline - time.monotonic(), 0.0))
                    )

    def _deadline(self) -> float:
        return time.monotonic() + self._patience

    def _openings(self, followed: list[Followed]) -> list[Opening]:
        """One for all sources that a rule treats alike."""
        sources: dict[Opening, list[Spans]] = {}
        for found in followed:
            for share in shares(found.fate, found.grants):
                ports = share.ports & REAL_PORTS if found.packet.has_ports else 0
                if (ports or not found.packet.has_ports) and not for_dhcp(found.packet, ports):
                    sources.setdefault(self._opening(found.packet, share, ports), []).append(found.sources)
        return [
            Opening(**{**vars(opening), "sources": Spans.of(r for part in parts for r in part)})
            for opening, parts in sources.items()
        ]

    def _opening(self, packet: Packet, share: Share, ports: int) -> Opening:
        """What a share opens, its sources still left out."""
        rules = (*share.grant.callers, share.grant.rule) if share.grant else ()
        return Opening(
            packet.family,
            packet.protocol,
            packet.number,
            packet.into,
            ports,
            Spans(()),
            share.grant.text if share.grant else self._policy(packet, share),
            share.grant is not None,
            share.certain,
            spanned(rules, ports),
            None if share.lands is None else share.lands & REAL_PORTS,
        )

    def _policy(self, packet: Packet, share: Share) -> str:
        """Why ports are open that no rule opens."""
        port = (share.ports & -share.ports).bit_length() - 1
        taken = steps(self.ruleset, packet, port)
        return granted_by(taken) if share.certain else doubted_by(taken)

    @property
    def _other_protocols(self) -> list[int]:
        """The protocols that rules name, beside those that are always followed."""
        spans = (leaf.spans for leaf in self.ruleset.conditions() if isinstance(leaf, Field) and leaf.name == "l4proto")
        named = {first for ranges in spans for first, last in ranges if first == last and 0 <= first < 256}
        if len(named - _FOLLOWED) > _MOST_PROTOCOLS:
            raise CannotTell("the firewall names more protocols than we evaluate")
        return sorted(named - _FOLLOWED - {UNUSED_PROTOCOL})

    def _without_interface(self) -> dict[str, str]:
        """Accepting rules on the way to this host that name network cards which it has not."""
        present = ["lo", *(interface.name for interface in self._cases.network.interfaces)]
        found = {}
        for table, chain in self._called_on_the_way_in():
            for rule in table.chains[chain].rules:
                asked = [leaf for leaf in rule.conditions if isinstance(leaf, Interface) and leaf.way == "into"]
                missing = [leaf for leaf in asked if not any(covers(p, name) for p in leaf.names for name in present)]
                if isinstance(rule.action, Accept) and missing and all(map(_CARD.fullmatch, missing[0].names)):
                    text = f"{rule.text} ({table.title}, chain {chain})"
                    found[text] = f"this host has no interface {' or '.join(missing[0].names)}"
        return found

    def _called_on_the_way_in(self) -> list[tuple[Table, str]]:
        """The chains that packets for this host may pass."""
        found: dict[tuple[str, str], tuple[Table, str]] = {}
        for table in self.ruleset.tables:
            ways = [c.name for c in table.chains.values() if c.base and c.base.hook in ("ingress", "prerouting", "input")]
            while ways:
                chain = ways.pop()
                if (table.title, chain) not in found and chain in table.chains:
                    found[table.title, chain] = (table, chain)
                    ways += [r.action.target for r in table.chains[chain].rules if isinstance(r.action, Jump)]
        return list(found.values())
