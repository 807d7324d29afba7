"""The questions that tests ask about the firewall."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, TypeVar

from hostproof.errors import CannotTell
from hostproof.probes.firewall import commands, iptables, network, nft, unlisted
from hostproof.probes.firewall.answers import Access, Gates, denied_by, doubted_by, granted_by, width
from hostproof.probes.firewall.cases import Cases
from hostproof.probes.firewall.evaluate import Fate, fate, steps
from hostproof.probes.firewall.nft_match import Json
from hostproof.probes.firewall.openings import REAL_PORTS, Opening, Senders, by_port, runs
from hostproof.probes.firewall.packet import Family, Packet, Protocol
from hostproof.probes.firewall.ruleset import Ruleset
from hostproof.probes.firewall.spans import Range, Spans, port_ranges
from hostproof.probes.firewall.survey import Survey
from hostproof.probes.firewall.walk import Ports, Step
from hostproof.probes.probe import Probe, Reading

if TYPE_CHECKING:
    from hostproof.host import AuditedHost

T = TypeVar("T")
PATIENCE = 30.0  # seconds that evaluating one host's rules may take in all; a thousand rules take a tenth of one


class Firewall(Probe):
    """The rules loaded in the kernel, whatever wrote them, and what becomes of a new packet under them.

    Example: lets_in("v6", "tcp", 22) == Access("no", "policy drop (nft inet filter, chain input)")
    Blind spots: what filters outside of netfilter (XDP, tc, eBPF of systemd's IPAddressDeny, TCP wrappers, a cloud's
    security group), bridge filtering, rules of other network namespaces. A port that is open at a limited rate, or to
    packets from a certain source port, is open; so is one that a port knocker opens.
    """

    nftables = Reading(commands.NFT, commands.read_nft, root=True, limit=8_000_000, shows=commands.show_nft)
    unlisted = Reading(commands.UNLISTED, unlisted.read, root=True, shows=lambda answer: "")
    iptables = Reading(
        commands.IPTABLES, commands.read_iptables, root=True, limit=8_000_000, shows=commands.show_iptables
    )
    network = Reading(network.COMMAND, network.read, shows=network.show)

    def __init__(self, host: AuditedHost) -> None:
        super().__init__(host)
        self._cases: Cases | None = None
        self._fates: dict[tuple[object, ...], Fate] = {}
        self._patience = PATIENCE
        self._survey: Survey | None = None

    @property
    def families(self) -> list[Family]:
        """The address families in which this host can be reached, now or once it is given an address."""
        return self.network.families

    @property
    def rules(self) -> Ruleset:
        """All that is loaded. Raises CannotTell when a part of it could not be read."""
        ruleset = self._look().ruleset
        if ruleset.unseen:
            raise CannotTell(ruleset.unseen[0])
        return ruleset

    def open_to_anyone(self, family: Family, protocol: Protocol) -> Gates:
        """The ports on which new packets from anywhere get in."""
        packets = self._look().arriving(family, protocol) if family in self.families else ()
        found = [(packet, self._fate(packet).accepted) for packet in packets]
        return self._gates(family, protocol, found, granted_by)

    def closed_outwards(self, family: Family, protocol: Protocol) -> Gates:
        """The ports of others that new packets of this host do not get out to."""
        packets = self._look().leaving(family, protocol) if family in self.families else ()
        found = [(packet, self._fate(packet).dropped) for packet in packets]
        return self._gates(family, protocol, found, denied_by)

    def lets_in(self, family: Family, protocol: Protocol, port: int, local_address: str | None = None) -> Access:
        """Whether new packets from anywhere reach a port, as such or by way of a redirection.

        local_address: the address that the service is bound to; None for all of them.
        """
        return self._let_in(family, protocol, port, local_address, few=False)

    def lets_somebody_in(self, family: Family, protocol: Protocol, port: int, local_address: str | None = None) -> Access:
        """The same for whoever it may be beyond the host: named networks and single machines count, too."""
        return self._let_in(family, protocol, port, local_address, few=True)

    def _let_in(self, family: Family, protocol: Protocol, port: int, local_address: str | None, *, few: bool) -> Access:
        own = _number(local_address, family)
        if own is not None and _stays_on_the_link(own, family):
            return Access("no", f"{local_address} is an address for this host or its own link")
        if family not in self.families:
            return Access("no", f"nothing leads to this host over IP{family}")
        found = [self._access(packet, port, own) for packet in self._look().arriving(family, protocol, own, few=few)]
        return max(found, key=lambda access: ("no", "perhaps", "yes").index(access.from_anywhere))

    @property
    def openings(self) -> list[Opening]:
        """What rules let in from outside, rule by rule, from whatever source.

        Blind spots: multicast and broadcast, and ICMP messages other than echo requests.
        """
        return [opening for opening in self._surveyed().openings if opening.interface in self._outward]

    @property
    def openings_for_strays(self) -> list[Opening]:
        """What rules let in from outside of TCP packets that neither begin a connection nor belong to one."""
        return [opening for opening in self._surveyed().for_strays if opening.interface in self._outward]

    def interfaces(self, family: Family) -> list[str]:
        """The interfaces that lead to other machines beyond their link over the family, tunnels included."""
        return [i.name for i in self.network.connected if self.network.addresses(family, [i])]

    def by_every_interface(self, family: Family, protocol: Protocol, port: int) -> Access:
        """Whether a port of this host is open to anybody by every interface that leads to other machines."""
        ways = [o for o in self._surveyed().openings if (o.family, o.protocol) == (family, protocol) and o.from_anywhere]
        ways = [opening for opening in ways if (opening.lands or 0) >> port & 1]
        for name in self.interfaces(family):
            if not any(opening.interface == name for opening in ways):
                return Access("no", f"not by {name}")
        unsure = [opening.why for opening in ways if not opening.certain]
        sure = {opening.interface for opening in ways if opening.certain}
        if sure >= set(self.interfaces(family)):
            return Access("yes", "; ".join(dict.fromkeys(opening.why for opening in ways)))
        return Access("perhaps", "; ".join(dict.fromkeys(unsure)))

    @property
    def idle_rules(self) -> list[str]:
        """Rules that were meant to let something in and cannot, with the reason."""
        return self._surveyed().idle

    def runs_of_ports(self, most: int, declared: Iterable[str]) -> list[str]:
        """More than `most` ports in a row that are opened port by port, beside declared ranges (60000-61000/udp)."""
        return runs(self.openings, most, declared)

    def senders(self, openings: Iterable[Opening]) -> list[Senders]:
        """Who can reach which TCP and UDP ports, by all of these openings together.

        By an interface that no default route leads through, only its own networks can; routes to others are not read.
        """
        found: list[Senders] = []
        kinds: dict[tuple[Family, Protocol], list[tuple[int, Spans, str]]] = {}
        for opening in openings:
            near = self.network.senders(opening.family, opening.interface)
            sources = opening.sources if near is None else opening.sources.common(near)
            if opening.protocol in ("tcp", "udp"):
                kinds.setdefault((opening.family, opening.protocol), []).append((opening.ports, sources, opening.why))
        for (family, protocol), parts in kinds.items():
            found += [Senders(family, protocol, *merged) for merged in by_port(parts)]
        return found

    @property
    def _outward(self) -> set[str]:
        return {interface.name for interface in self.network.outward}

    def _surveyed(self) -> Survey:
        cases = self._look()
        if self._survey is None:
            self._survey = Survey(cases, PATIENCE)
        return self._survey

    def _look(self) -> Cases:
        """Read the rules (which notes them as evidence), and what they tell apart. CannotTell when none could be read.

        What could not be read is named in the rule set's `unseen`.
        """
        unseen: list[str] = []
        listed: list[Json] = self._unless_hidden(lambda: self.nftables, [], unseen)
        hidden = self._unless_hidden(lambda: self.unlisted, unlisted.Unlisted(), [])
        saved = self._unless_hidden(lambda: self.iptables, commands.Iptables(), unseen)
        if len(unseen) == 2:
            raise CannotTell(unseen[0])
        if self._cases is None:
            self._cases = Cases(self.network, compiled(listed, hidden, saved, unseen))
        return self._cases

    def _unless_hidden(self, reading: Callable[[], T], otherwise: T, reasons: list[str]) -> T:
        """What was read, or `otherwise` and the reason why it could not be."""
        try:
            return reading()
        except CannotTell as reason:
            reasons.append(str(reason))
            return otherwise

    def _access(self, packet: Packet, port: int, own: int | None) -> Access:
        """What becomes of a packet to the port, and of those that NAT redirects to it. own: as in `lets_in`."""
        found = self._fate(packet)
        ways = [(found.accepted, "")] if own is None or packet.destination == own else []
        for turn in found.turns:
            if turn.ports is not None and turn.packet.ends_here and own in (None, turn.packet.destination):
                ways.append((turn.beyond.accepted, turn.text))
        for certain in (True, False):
            for accepted, redirection in ways:
                if (accepted.some if certain else accepted.may) >> port & 1:
                    taken = self._steps(packet, port)
                    if certain:
                        return Access("yes", redirection or granted_by(taken))
                    return Access("perhaps", doubted_by(taken) or redirection)
        return Access("no", denied_by(self._steps(packet, port)))

    def _gates(
        self,
        family: Family,
        protocol: Protocol,
        found: Sequence[tuple[Packet, Ports]],
        explained: Callable[[Sequence[Step]], str],
    ) -> Gates:
        """The union of the ports found for several packets, and what decides about its widest ranges."""
        union = Ports()
        for _, ports in found:
            union.include(ports)
        some, may = (tuple(port_ranges(bits & REAL_PORTS)) for bits in (union.some, union.may & ~union.some))
        why = explained(self._widest([(packet, ports.some) for packet, ports in found], some)) if some else ""
        doubt = doubted_by(self._widest([(packet, ports.may) for packet, ports in found], may)) if may else ""
        return Gates(family, protocol, some, may, why, doubt)

    def _widest(self, found: Sequence[tuple[Packet, int]], ranges: Sequence[Range]) -> list[Step]:
        """What decides about the widest of the ranges, for the first packet that it was found with."""
        port = max(ranges, key=width)[0]
        return self._steps(next(packet for packet, ports in found if ports >> port & 1), port)

    def _fate(self, packet: Packet) -> Fate:
        key = (packet.family, packet.protocol, packet.source, packet.destination, packet.into, packet.out)
        if key not in self._fates:
            began = time.monotonic()
            self._fates[key] = fate(self._look().ruleset, packet, self._patience)
            self._patience -= time.monotonic() - began
        return self._fates[key]

    def _steps(self, packet: Packet, port: int) -> list[Step]:
        return steps(self._look().ruleset, packet, port)


def compiled(
    listed: list[Json], hidden: unlisted.Unlisted, saved: commands.Iptables, unseen: Iterable[str] = ()
) -> Ruleset:
    """All that the tools listed, as one set of rules. unseen: why others may be missing.

    Raises CannotTell when a listing has a shape that no tool gives it.
    """
    names: dict[str, Family] = {"ip": "v4", "ip6": "v6"}
    try:
        tables = nft.tables(listed, saved.nft, saved.ipsets, hidden)
        for family, legacy in saved.legacy.items():
            tables += iptables.tables(legacy, names[family], saved.ipsets, f"{family}tables-legacy")
    except commands.ODD_SHAPES as error:
        raise CannotTell(f"the firewall's rules are listed in an unknown way: {error!r}") from error
    unlisted = [f"the rules of {family}tables-legacy could not be listed" for family in saved.unseen]
    return Ruleset(tuple(tables), (*unseen, *unlisted))


def _number(address: str | None, family: Family) -> int | None:
    """An address that a service is bound to as a number of the family; None for all addresses."""
    if not address or address == "*":
        return None
    given = ip_address(address.partition("%")[0])
    if family == "v4" and isinstance(given, IPv6Address) and given.ipv4_mapped:
        given = given.ipv4_mapped
    return None if given.is_unspecified else int(given)


def _stays_on_the_link(address: int, family: Family) -> bool:
    given = IPv4Address(address) if family == "v4" else IPv6Address(address)
    return given.is_loopback or given.is_link_local
