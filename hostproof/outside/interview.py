"""The controller's part once ports were seen open: what answers there, and what it offers to strangers.

nmap recognises services by what they answer, many hosts in one run. What only a dialogue shows is asked by connections from the
same machine: log-ins of SSH, whether names are looked up and mail is passed on for anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from ipaddress import ip_address

from hostproof.errors import CannotTell
from hostproof.outside import answers, offers, speaking
from hostproof.outside.dialling import Dial, directly
from hostproof.outside.nmap import Nmap
from hostproof.outside.ports import Family, ranges
from hostproof.outside.replies import Replies, Reply
from hostproof.services import usual_on

MOST = 32  # open TCP ports of one address that are asked what answers there
AT_ONCE = 8  # dialogues
FAMILIES: tuple[Family, ...] = ("v4", "v6")
# Root is known everywhere, so asking for it is no failed attempt that a guard would count. Where the host itself has no listener,
# nobody has seen the settings inside, and somebody who does not exist may be told otherwise.
ROOT, NOBODY = "root", "hostproof"


@dataclass(frozen=True)
class Met:
    """An address whose open ports are asked. listening: the TCP ports where a socket of the host's own answers, by its own word."""

    address: str
    tcp: frozenset[int]
    udp: frozenset[int]
    listening: frozenset[int]

    @property
    def family(self) -> Family:
        return "v4" if ip_address(self.address).version == 4 else "v6"

    @property
    def asked(self) -> list[int]:
        """The TCP ports that are asked: of too many, those with a usual service first."""
        return sorted(self.tcp, key=lambda port: (usual_on("tcp", port) is None, port))[:MOST]


class Interview:
    """Asks open ports, from the machine where nmap runs.

    rate: packets per second and address.
    """

    def __init__(self, nmap: Nmap, rate: int) -> None:
        self._nmap = nmap
        self._away = nmap.away
        self._rate = rate
        self._dial: Dial = nmap.away.dial if nmap.away else directly

    def ask(self, met: Collection[Met]) -> dict[str, Replies]:
        """What was answered at each address."""
        groups = {f: [one for one in met if one.family == f] for f in FAMILIES}
        with ThreadPoolExecutor(2 * len(FAMILIES)) as pool:
            by_tcp = [pool.submit(self._identified, f, group) for f, group in groups.items()]
            by_udp = [pool.submit(self._name_servers, f, group) for f, group in groups.items()]
        found: dict[str, Replies] = {}
        for run in by_tcp:
            found |= run.result()
        tcp_replies = [(one, reply) for one in met for reply in found[one.address].known]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            further = list(pool.map(lambda pair: self._asked_further(*pair), tcp_replies))
        more = [*further, *(reply for udp in by_udp for reply in udp.result())]
        return {a: Replies(tuple(r for r in more if r.address == a), its.error) for a, its in found.items()}

    def _identified(self, family: Family, group: Sequence[Met]) -> dict[str, Replies]:
        """What nmap recognises at the TCP ports."""
        asked = {one.address: frozenset(one.asked) for one in group}
        some = [address for address, ports in asked.items() if ports]
        found: Mapping[str, Mapping[int, answers.Recognised]] = {}
        error = ""
        if some:
            try:
                xml = self._nmap.identify(family, ranges(frozenset().union(*asked.values())), some, self._rate)
                found = answers.recognised(xml)
            except CannotTell as reason:
                error = str(reason)
        return {one.address: _replies(one, asked[one.address], found.get(one.address, {}), error) for one in group}

    def _name_servers(self, family: Family, group: Sequence[Met]) -> list[Reply]:
        """The name servers on UDP port 53; nmap asks them to look up a name."""
        addresses = [one.address for one in group if 53 in one.udp]
        if not addresses:
            return []
        try:
            open_to_all = answers.looking_up_names(self._nmap.recursion(family, addresses))
        except CannotTell as reason:
            return [Reply(address, "udp", 53, "dns", "domain", unclear=str(reason)) for address in addresses]
        faults = {address: (LOOKS_UP,) if address in open_to_all else () for address in addresses}
        return [Reply(address, "udp", 53, "dns", "domain", faults=its) for address, its in faults.items()]

    def _asked_further(self, one: Met, reply: Reply) -> Reply:
        """The same, with what a dialogue shows."""
        reply = self._recognised(reply)
        usual = usual_on("tcp", reply.port)
        kind = reply.service or (usual.id if usual and not reply.said else "")
        if kind not in DIALOGUES:
            return reply
        try:
            return DIALOGUES[kind](self, one, reply)
        except CannotTell as reason:
            return replace(reply, unclear=str(reason)) if reply.service else reply

    def _recognised(self, reply: Reply) -> Reply:
        """The same, and what it is where nmap's words do not tell."""
        kinds = OWN_QUESTIONS if not reply.said else OVER_HTTP if reply.said.startswith("http") and not reply.service else ()
        own = speaking.recognised(self._dial, reply.address, reply.port, kinds)
        http = reply.http or own in OVER_HTTP
        return replace(reply, service=own, said=f"{reply.said} {own}".strip(), http=http) if own else reply

    def _ssh(self, one: Met, reply: Reply) -> Reply:
        users = (ROOT,) if reply.port in one.listening else (ROOT, NOBODY)
        methods: tuple[str, ...] = ()
        for user in users:
            methods += offers.log_ins(self._away, reply.address, reply.port, user)
            if replace(reply, log_ins=methods).password_log_ins:
                break
        return replace(reply, service="ssh", log_ins=tuple(dict.fromkeys(methods)))

    def _dns(self, _: Met, reply: Reply) -> Reply:
        tls = reply.said.startswith("ssl/")
        looks_up = offers.looks_up_names_for_anybody(self._dial, reply.address, reply.port, tls=tls)
        return replace(reply, service="dns", faults=(LOOKS_UP,) if looks_up else ())

    def _mail(self, _: Met, reply: Reply) -> Reply:
        """Only servers that take mail relay it: of pop3 and imap nothing is asked."""
        words = reply.said.removeprefix("ssl/")
        if words and not words.startswith("smtp"):
            return reply
        relays = offers.relays_mail_of_anybody(self._dial, reply.address, reply.port, tls=reply.said.startswith("ssl/"))
        return replace(reply, service="mail", faults=(RELAYS,) if relays else ())


LOOKS_UP = "looks up names for strangers (open resolver)"
RELAYS = "passes on mail of strangers to strangers (open relay)"
# Versions of MySQL, MariaDB and Cassandra that nmap may not know yet, and what says nothing to nmap's lightest questions.
# etcd's GET comes first: all the others hang up on it, and nobody who reads lines waits for the end of one.
OWN_QUESTIONS = ("etcd", "postgresql", "cassandra", "zookeeper", "mqtt", "mysql")
OVER_HTTP = ("etcd",)  # to nmap one of many web servers, or none
DIALOGUES: Mapping[str, Callable[[Interview, Met, Reply], Reply]] = {
    "ssh": Interview._ssh,
    "dns": Interview._dns,
    "mail": Interview._mail,
}


def _replies(one: Met, asked: frozenset[int], found: Mapping[int, answers.Recognised], error: str) -> Replies:
    known = tuple(Reply(one.address, "tcp", port, *its) for port, its in sorted(found.items()) if port in asked)
    left = len(one.tcp) - len(asked)
    more = f"{left} more open ports of {one.address} were not asked what answers there" if left else ""
    return Replies(known, error or more)
