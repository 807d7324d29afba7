"""What an iptables rule says a packet must be like, as conditions; a match that is not understood holds perhaps.

See iptables-extensions(8) for the matches. `-m name` begins one; each of its options may be negated by `!`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hostproof.probes.firewall import conditions as c
from hostproof.probes.firewall import symbols
from hostproof.probes.firewall.conditions import Condition
from hostproof.probes.firewall.ipset import Ipsets
from hostproof.probes.firewall.packet import PERHAPS, SOME, YES
from hostproof.probes.firewall.spans import Range, Spans

_ANY_BIT = Spans(((1, (1 << 32) - 1),))
_RATES = {"limit", "hashlimit", "connlimit", "connbytes", "quota", "time", "statistic", "recent"}
_HEADERS = {"ttl", "hl", "length", "length2", "dscp", "tos", "ecn", "tcpmss", "string", "osf"}
_EXTRA_HEADERS = {"rt", "frag", "ipv6header", "hbh", "dst"}
_WITHOUT_MEANING = {"comment", "nfacct"}


@dataclass(frozen=True)
class Option:
    name: str
    values: tuple[str, ...] = ()
    negated: bool = False

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


def head(options: list[Option]) -> list[Condition]:
    """The options that stand before any `-m`: addresses, interfaces, protocol."""
    return [_maybe_not(option, _head(option)) for option in options]


def condition(module: str, options: list[Option], ipsets: Ipsets) -> Condition:
    """One `-m module` with its options."""
    if module in _WITHOUT_MEANING:
        return c.Same(YES)
    if module == "recent" and any(option.name == "--set" and not option.negated for option in options):
        return c.Same(YES)
    if module in _RATES:
        return c.Same(SOME, module)
    if module in _HEADERS:
        return c.Same(SOME, module)
    if module in _EXTRA_HEADERS:
        return c.Field("extra header", Spans.one(1))
    if module == "owner":
        return c.Field("user", Spans.one(0))
    if module == "rpfilter":
        back = c.Field("way back", Spans.one(1))
        return c.Not(back) if any(option.name == "--invert" for option in options) else back
    if module == "set":
        return c.All(tuple(_maybe_not(o, ipsets.condition(o.values)) for o in options if o.name == "--match-set"))
    read = _READERS.get(module)
    if read is None:
        return c.Same(PERHAPS, f"not understood: -m {module}")
    try:
        return c.All(tuple(_maybe_not(option, read(option)) for option in options if option.name not in _MODIFIERS))
    except _Unknown as gap:
        return c.Same(PERHAPS, f"not understood: -m {module} {gap}")


class _Unknown(Exception):
    """An option without a meaning for us."""


_MODIFIERS = {"--limit-iface-in", "--strict", "--dir"}


def _maybe_not(option: Option, met: Condition) -> Condition:
    return c.Not(met) if option.negated else met


def _head(option: Option) -> Condition:
    if option.name in ("-s", "-d"):
        return _network("saddr" if option.name == "-s" else "daddr", option.value)
    if option.name in ("-i", "-o"):
        name = option.value
        pattern = name[:-1] + "*" if name.endswith("+") else name
        return c.Interface("into" if option.name == "-i" else "out", (pattern,))
    if option.name == "-p":
        number = _number(option.value, symbols.PROTOCOLS)
        return c.Field("l4proto", Spans.one(number)) if number else c.Same(YES)
    if option.name == "-f":
        return c.Field("fragment", _ANY_BIT)
    return c.Same(PERHAPS, f"not understood: {option.name}")


def _network(side: str, text: str) -> Condition:
    address, _, mask = text.partition("/")
    if not mask or mask.isdigit():
        return c.Field(side, Spans.network(text))
    bits = Spans.network(mask).ranges[0][0]
    return c.Field(side, Spans.one(Spans.network(address).ranges[0][0] & bits), bits)


def _number(text: str, names: dict[str, int]) -> int:
    """A number or one of the names; -1 for a name of something that our packets never are."""
    if text == "all":
        return 0
    return int(text, 0) if text[:1].isdigit() else names.get(text.lower(), -1)


def _port_spans(text: str) -> Spans:
    """`22`, `1000:2000`, `:1024`, and comma lists of these."""
    ranges: list[Range] = []
    for part in text.split(","):
        first, colon, last = part.partition(":")
        ranges.append((int(first or 0), int(last or 65535) if colon else int(first)))
    return Spans.of(ranges)


def _ports(option: Option) -> Condition:
    to = c.DestinationPort(_port_spans(option.value))
    if option.name in ("--dport", "--dports"):
        return to
    sport = c.Field("sport", _port_spans(option.value))
    if option.name in ("--sport", "--sports"):
        return sport
    if option.name == "--ports":
        return c.Any((to, sport))
    raise _Unknown(option.name)


def _tcp(option: Option) -> Condition:
    if option.name == "--tcp-flags":
        mask, wanted = (_flags(text) for text in option.values)
        return c.Field("tcp flags", Spans.one(wanted), mask)
    if option.name == "--syn":
        return c.Field("tcp flags", Spans.one(_flags("SYN")), _flags("SYN,RST,ACK,FIN"))
    if option.name == "--tcp-option":
        return c.Same(SOME, "tcp option")
    return _ports(option)


def _flags(text: str) -> int:
    if text in ("ALL", "NONE"):
        return 63 if text == "ALL" else 0
    return sum(symbols.TCP_FLAGS[name.lower()] for name in text.split(","))


def _icmp(option: Option) -> Condition:
    kind, _, code = option.value.partition("/")
    if kind in ("any", "255") and option.name == "--icmp-type":
        return c.Same(YES)
    names = symbols.ICMP_TYPES if option.name == "--icmp-type" else symbols.ICMPV6_TYPES
    met: tuple[Condition, ...] = (c.Field("icmp type", Spans.one(_number(kind, names))),)
    return c.All((*met, c.Field("icmp code", Spans.one(int(code, 0))))) if code else met[0]


def _conntrack(option: Option) -> Condition:
    if option.name in ("--ctstate", "--state"):
        names = {name.lower() for name in option.value.split(",")}
        if names - symbols.STATES.keys() - {"snat", "dnat"}:
            raise _Unknown(option.value)
        states = sum(symbols.STATES[name] for name in names & symbols.STATES.keys())
        translated = sum(symbols.STATUS[name] for name in names & {"snat", "dnat"})
        tracked = c.Tracking(_ANY_BIT, states)
        return c.Any((tracked, c.Field("ct status", _ANY_BIT, translated))) if translated else tracked
    return c.All((c.Tracked(), _tracked(option)))


def _tracked(option: Option) -> Condition:
    """What conntrack knows but the state."""
    if option.name == "--ctdir":
        return c.Field("ct direction", Spans.one(_number(option.value, symbols.DIRECTIONS)))
    if option.name == "--ctproto":
        return c.Field("l4proto", Spans.one(_number(option.value, symbols.PROTOCOLS)))
    if option.name == "--ctorigsrc":
        return _network("saddr", option.value)
    if option.name == "--ctorigdst":
        return _network("ct original daddr", option.value)
    if option.name == "--ctorigdstport":
        return c.DestinationPort(_port_spans(option.value), original=True)
    if option.name == "--ctorigsrcport":
        return c.Field("sport", _port_spans(option.value))
    raise _Unknown(option.name)


def _address_type(option: Option) -> Condition:
    side = {"--src-type": "saddr type", "--dst-type": "daddr type"}.get(option.name)
    if side is None:
        raise _Unknown(option.name)
    kinds = [symbols.ADDRESS_TYPES.get(name.lower(), -1) for name in option.value.split(",")]
    return c.Field(side, Spans.of((kind, kind) for kind in kinds))


def _mark(option: Option) -> Condition:
    value, _, mask = option.value.partition("/")
    return c.Mark(Spans.one(int(value, 0)), int(mask or "0xffffffff", 0))


def _range(option: Option) -> Condition:
    first, _, last = option.value.partition("-")
    return c.Field("saddr" if option.name == "--src-range" else "daddr", Spans.addresses(first, last))


def _packet_type(option: Option) -> Condition:
    return c.Field("pkttype", Spans.one(_number(option.value, symbols.PACKET_TYPES)))


def _ipsec(option: Option) -> Condition:
    if option.name != "--pol":
        raise _Unknown(option.name)
    return c.Field("ipsec", Spans.one(1 if option.value == "ipsec" else 0))


_READERS: dict[str, Callable[[Option], Condition]] = {
    "tcp": _tcp,
    "udp": _ports,
    "udplite": _ports,
    "sctp": _ports,
    "dccp": _ports,
    "multiport": _ports,
    "icmp": _icmp,
    "icmp6": _icmp,
    "conntrack": _conntrack,
    "state": _conntrack,
    "addrtype": _address_type,
    "mark": _mark,
    "connmark": _mark,
    "iprange": _range,
    "pkttype": _packet_type,
    "policy": _ipsec,
}
