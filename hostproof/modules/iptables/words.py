"""One rule, as iptables would list it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, summarize_address_range
from itertools import product
from typing import Any

from hostproof.errors import CannotTell
from hostproof.probes.firewall import conditions as c
from hostproof.probes.firewall.nft_match import ANY_BIT
from hostproof.probes.firewall.packet import NO, YES, Family
from hostproof.probes.firewall.ruleset import Accept, Drop, Jump, Return, Rule
from hostproof.probes.firewall.spans import Spans
from hostproof.probes.firewall.symbols import ETHERTYPES, NFPROTO, PROTOCOLS, STATES, STATUS

MOST = 4096  # lines that one rule may become
_BEYOND = 1 << 32
_NAMES = {number: name for name, number in reversed(PROTOCOLS.items())} | {58: "ipv6-icmp"}
_STATES = ("invalid", "new", "related", "established", "untracked")  # in the order of iptables
_OF_FAMILY = {
    "v4": {"nfproto": NFPROTO["ipv4"], "ethertype": ETHERTYPES["ip"]},
    "v6": {"nfproto": NFPROTO["ipv6"], "ethertype": ETHERTYPES["ip6"]},
}
_ICMP = {"icmp": "-m icmp --icmp-type", "ipv6-icmp": "-m icmp6 --icmpv6-type"}
_REWRITTEN = {STATUS["snat"]: "SNAT", STATUS["dnat"]: "DNAT"}
_REJECTED = re.compile(r"(?:^|\s)(?:REJECT|reject(?P<reset> with tcp reset)?(?: with .+)?)$")
_MULTIPORT = 15  # ports that one rule may name; a range counts twice

Choice = Sequence[str]  # words that may stand in one place, one line for each; they exclude each other


class _Never(Exception):
    """The rule is not for this family, or can match nothing."""


@dataclass
class _Said:
    """What a rule asks, by the place where iptables says it. protocols: numbers, None for all."""

    places: dict[str, Choice] = field(default_factory=dict)
    matches: list[Choice] = field(default_factory=list)
    ports: list[tuple[str, bool, Spans]] = field(default_factory=list)
    icmp_types: Spans | None = None
    protocols: set[int] | None = None
    no_protocols: set[int] = field(default_factory=set)
    tracked: int = 0  # conditions that conntrack has to know the connection for; fewer are said than asked

    def put(self, place: str, words: Choice) -> None:
        if self.places.setdefault(place, words) != words:
            raise CannotTell("two conditions on the same")


def lines(rule: Rule, chain: str, family: Family) -> list[str]:
    """The lines `-A <chain> ...` that do the same as the rule for packets of a family; none where it is not for them.

    Raises CannotTell where iptables has no words for it.
    """
    if rule.text.startswith("-A "):
        return [rule.text]  # iptables wrote it
    try:
        said = _Said()
        for condition in _flat(rule.conditions):
            _say(condition, said, family)
        _check_ways(said, chain)
        target = _target(rule)
        found = [" ".join(filter(None, (f"-A {chain}", *words, target))) for words in product(*_places(said))]
    except _Never:
        return []
    except CannotTell as gap:
        raise CannotTell(f"a rule is nftables' own, and iptables has no words for it: {rule.text} ({gap})") from None
    return found


def _places(said: _Said) -> list[Choice]:
    """Everything that a line holds between its chain and its target, in the order of `iptables -S`."""
    if said.tracked:
        raise CannotTell("what conntrack knows")
    placed = [said.places[place] for place in ("-s", "-d", "-i", "-o") if place in said.places]
    choices = [*placed, _protocols(said), *said.matches]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST:
        raise CannotTell("too many elements to be written out")
    return choices


def _protocols(said: _Said) -> Choice:
    """The protocols, each with what belongs to it: ports, types of ICMP."""
    if said.protocols is None and (said.ports or said.icmp_types):
        raise CannotTell("ports of any protocol")
    if said.protocols is None:
        if len(said.no_protocols) > 1:
            raise CannotTell("none of several protocols")
        return [f"! -p {_name(number)}" for number in said.no_protocols] or [""]
    numbers = said.protocols - said.no_protocols
    if not numbers:
        raise _Never
    if len(numbers) > 16:
        raise CannotTell("many protocols")
    return [words for number in sorted(numbers) for words in _of_protocol(_name(number), said)]


def _of_protocol(name: str, said: _Said) -> Choice:
    words = [f"-p {name}"]
    if said.ports and name not in ("tcp", "udp", "sctp", "dccp", "udplite"):
        raise CannotTell(f"ports of {name}")
    words += [_ports(name, *ports) for ports in said.ports]
    if said.icmp_types is None:
        return [" ".join(words)]
    if name not in _ICMP:
        raise CannotTell(f"types of {name}")
    types = (number for first, last in said.icmp_types for number in range(first, min(last, 255) + 1))
    return [" ".join((*words, f"{_ICMP[name]} {number}")) for number in types]


def _name(protocol: int) -> str:
    return _NAMES.get(protocol, str(protocol))


def _ports(protocol: str, way: str, negated: bool, spans: Spans) -> str:
    ranges = [(max(first, 0), min(last, 65535)) for first, last in spans if first <= 65535]
    said = [str(first) if first == last else f"{first}:{last}" for first, last in ranges]
    no = "! " if negated else ""
    if len(said) == 1:
        return f"-m {protocol} {no}--{way} {said[0]}"
    if not said or sum(1 + (first != last) for first, last in ranges) > _MULTIPORT:
        raise CannotTell("more ports than a rule of iptables names")
    return f"-m multiport {no}--{way}s {','.join(said)}"


def _flat(conditions: Sequence[c.Condition]) -> Iterator[c.Condition]:
    for condition in conditions:
        if isinstance(condition, c.All):
            yield from _flat(condition.conditions)
        elif isinstance(condition, c.Not) and isinstance(condition.condition, c.Not):
            yield from _flat([condition.condition.condition])
        else:
            yield condition


def _say(condition: c.Condition, said: _Said, family: Family) -> None:
    negated = isinstance(condition, c.Not)
    asked = condition.condition if isinstance(condition, c.Not) else condition
    if isinstance(asked, c.Same) and asked.answer in (YES, NO):
        if (asked.answer == YES) is negated:
            raise _Never
    elif isinstance(asked, c.Interface):
        _say_interface(asked, said, negated)
    elif isinstance(asked, c.Tracking):
        states = [name for name in _STATES if (STATES[name] & asked.mask in asked.spans) is not negated]
        if not states:
            raise _Never
        if len(states) < len(_STATES):
            said.matches.append([f"-m conntrack --ctstate {','.join(states).upper()}"])
    elif isinstance(asked, c.Tracked) and not negated:
        said.tracked += 1
    elif isinstance(asked, c.Field) and asked.name == "ct status" and asked.mask in _REWRITTEN and asked.spans == ANY_BIT:
        said.tracked -= 1
        said.matches.append([f"-m conntrack {'! ' if negated else ''}--ctstate {_REWRITTEN[asked.mask]}"])
    elif isinstance(asked, c.DestinationPort) and not asked.original:
        said.ports.append(("dport", negated, asked.spans))
    elif isinstance(asked, c.Field) and asked.mask == -1:
        _say_field(asked, said, negated, family)
    else:
        raise CannotTell(_gap(asked))


def _gap(asked: c.Condition) -> str:
    """What iptables has no words for, or we do not say in them."""
    named = {c.DestinationPort: "the port before NAT", c.Mark: "a mark", c.Any: "alternatives", c.Not: "alternatives"}
    return getattr(asked, "text", "") or getattr(asked, "name", "") or named.get(type(asked), "a condition")


def _say_interface(asked: c.Interface, said: _Said, negated: bool) -> None:
    option = "-i" if asked.way == "into" else "-o"
    names = [f"{name[:-1]}+" if name.endswith("*") else name for name in asked.names]
    if not names or "+" in names:  # an empty set, or all interfaces
        if ("+" in names) is negated:
            raise _Never
        return
    if negated and len(names) > 1:
        raise CannotTell("none of several interfaces")
    said.put(option, [f"{'! ' if negated else ''}{option} {name}" for name in dict.fromkeys(names)])


def _check_ways(said: _Said, chain: str) -> None:
    """No packet has an outgoing interface yet where it comes in, nor an incoming one where it goes out."""
    missing = {"INPUT": "-o", "PREROUTING": "-o", "OUTPUT": "-i", "POSTROUTING": "-i"}.get(chain)
    if missing in said.places:
        if any(words.startswith("!") for words in said.places[missing]):
            raise CannotTell("an interface that packets here do not have")
        raise _Never


def _say_field(asked: c.Field, said: _Said, negated: bool, family: Family) -> None:
    if asked.name in _OF_FAMILY[family]:
        if (_OF_FAMILY[family][asked.name] in asked.spans) is negated:
            raise _Never
    elif asked.name == "l4proto":
        _say_protocol(asked.spans, said, negated)
    elif asked.name in ("saddr", "daddr"):
        _say_address(asked, said, negated, family)
    elif asked.name == "sport":
        said.ports.append(("sport", negated, asked.spans))
    elif asked.name == "icmp type" and not negated:
        if said.icmp_types is not None:
            raise CannotTell("two conditions on the same")
        said.icmp_types = asked.spans
    else:
        raise CannotTell(asked.name)


def _say_protocol(spans: Spans, said: _Said, negated: bool) -> None:
    numbers = {number for first, last in spans for number in range(max(first, 0), min(last, 255) + 1)}
    if not negated:
        said.protocols = numbers if said.protocols is None else said.protocols & numbers
    else:
        said.no_protocols |= numbers


def _say_address(asked: c.Field, said: _Said, negated: bool, family: Family) -> None:
    option, way = ("-s", "src") if asked.name == "saddr" else ("-d", "dst")
    kind, last_of_all = (IPv4Address, _BEYOND - 1) if family == "v4" else (IPv6Address, (1 << 128) - 1)
    no = "! " if negated else ""
    words = []
    for first, last in asked.spans:
        if first > last_of_all:
            continue
        ends = kind(first), kind(min(last, last_of_all))
        networks: list[Any] = list(summarize_address_range(*ends))
        if len(networks) > 1:
            words.append(f"-m iprange {no}--{way}-range {ends[0]}-{ends[1]}")
        elif networks[0].prefixlen:
            words.append(f"{no}{option} {networks[0]}")
        elif negated:
            raise _Never
        else:
            return  # all addresses
    if not words and not negated:
        raise _Never
    if len(words) > 1 and negated:
        raise CannotTell("none of several addresses")
    if words:
        said.put(option, words)


def _target(rule: Rule) -> str:
    action = rule.action
    if isinstance(action, Accept):
        return "-j ACCEPT"
    if isinstance(action, Return):
        return "-j RETURN"
    if isinstance(action, Jump):
        return f"-{'g' if action.goto else 'j'} {action.target}"
    if not isinstance(action, Drop):
        raise CannotTell(type(action).__name__.lower())
    rejected = _REJECTED.search(rule.text)
    if not rejected:
        return "-j DROP"
    # Only a reset is said: the other ways to turn a packet away have other names in iptables, and let in as little.
    return "-j REJECT --reject-with tcp-reset" if rejected["reset"] else "-j REJECT"
