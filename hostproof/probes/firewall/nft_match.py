"""What nft's JSON says a packet must be like, as conditions.

Anything that is not understood becomes a condition that holds perhaps; see libnftables-json(5) for the shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import Any, Literal

from hostproof.errors import CannotTell
from hostproof.probes.firewall import conditions as c
from hostproof.probes.firewall import symbols
from hostproof.probes.firewall.conditions import Condition
from hostproof.probes.firewall.packet import NO, PERHAPS
from hostproof.probes.firewall.spans import Range, Spans

Json = Any
MOST_ELEMENTS = 500_000  # of sets, each counted as often as rules name it

ANY_BIT = Spans(((1, (1 << 128) - 1),))
BEYOND = (1 << 128) - 1


class NotUnderstood(Exception):
    """An expression that we have no meaning for."""


class Sets:
    """The named sets and maps of a listing, by family and table."""

    def __init__(self) -> None:
        self._elements: dict[tuple[str, str, str], Sequence[Json]] = {}
        self._left = MOST_ELEMENTS
        self.table = ("", "")  # whose rules are being read: family and name

    def add(self, listed: Json) -> None:
        """A set or map as nft lists it."""
        self._elements[listed["family"], listed["table"], listed["name"]] = listed.get("elem", [])

    def named(self, name: str) -> Sequence[Json]:
        """The elements of one of the table's sets."""
        found = self._elements.get((*self.table, name))
        if found is None:
            raise NotUnderstood(f"set @{name}")
        self._left -= len(found)
        if self._left < 0:
            raise CannotTell("the firewall's rules name sets with too many elements to be evaluated")
        return found


@dataclass(frozen=True)
class Subject:
    """The left side of a comparison.

    build: makes the condition "under this mask, it lies in these spans". symbols: its names for numbers. needs: what
    must hold for the packet to have it at all. flags: its value is a set of bits. way: it is the name of an interface.
    opaque: its value cannot be known, so the right side is not looked at.
    """

    build: Callable[[Spans, int], Condition]
    symbols: Mapping[str, int] | None = None
    needs: tuple[Condition, ...] = ()
    flags: bool = False
    addresses: bool = False
    way: Literal["into", "out"] | None = None
    opaque: bool = False
    mask: int = -1


def match(expression: Json, sets: Sets) -> Condition:
    """A `match` statement: {"op": ..., "left": ..., "right": ...}."""
    try:
        left, right, op = expression["left"], expression["right"], expression["op"]
        if "concat" in left:
            return compare_all([subject(part) for part in left["concat"]], op, right, sets)
        return compare(subject(left), op, right, sets)
    except NotUnderstood as gap:
        return c.Same(PERHAPS, f"not understood: {gap}")


def key_is(key: Json, value: Json, sets: Sets) -> Condition:
    """The key of a map has this value."""
    return match({"op": "==", "left": key, "right": value}, sets)


def compare(subject: Subject, op: str, right: Json, sets: Sets) -> Condition:
    met = _test(subject, op, right, sets)
    return c.All((*subject.needs, met)) if subject.needs else met


def compare_all(subjects: list[Subject], op: str, right: Json, sets: Sets) -> Condition:
    """A concatenation is, or is not, one of some concatenations."""
    needs = tuple(need for subject in subjects for need in subject.needs)
    alternatives = []
    for element in elements(right, sets):
        parts = element["concat"] if isinstance(element, dict) and "concat" in element else [element]
        if len(parts) != len(subjects):
            raise NotUnderstood(f"concatenation {element!r}")
        tests = (_test(part_of, "==", part, sets) for part_of, part in zip(subjects, parts, strict=True))
        alternatives.append(c.All(tuple(tests)))
    met: Condition = c.Any(tuple(alternatives))
    return c.All((*needs, c.Not(met) if op == "!=" else met))


def _test(subject: Subject, op: str, right: Json, sets: Sets) -> Condition:
    if op == "!=":
        return c.Not(_test(subject, "==", right, sets))
    if subject.opaque:
        return subject.build(Spans.one(0), -1)
    if subject.way:
        return c.Interface(subject.way, tuple(str(element) for element in elements(right, sets)))
    if op == "in" and subject.flags:
        return subject.build(ANY_BIT, number(right, subject))
    if op in ("==", "in"):
        return subject.build(_spans(subject, right, sets), subject.mask)
    bound = number(right, subject)
    ranges: dict[str, Range] = {
        "<": (0, bound - 1),
        "<=": (0, bound),
        ">": (bound + 1, BEYOND),
        ">=": (bound, BEYOND),
    }
    if op not in ranges:
        raise NotUnderstood(f"operator {op!r}")
    return subject.build(Spans.of([ranges[op]]), subject.mask)


def elements(right: Json, sets: Sets) -> list[Json]:
    """The members of a set, named or not; a single value is a set of one. Comments and counters are taken off."""
    if isinstance(right, str) and right.startswith("@"):
        found = sets.named(right[1:])
    elif isinstance(right, dict) and "set" in right:
        found = right["set"] if isinstance(right["set"], list) else [right["set"]]
    else:
        found = [right]
    return [bare(element) for element in found]


def bare(element: Json) -> Json:
    """An element without its comment, counter or time-out."""
    return element["elem"]["val"] if isinstance(element, dict) and "elem" in element else element


def _spans(subject: Subject, right: Json, sets: Sets) -> Spans:
    ranges: list[Range] = []
    for element in elements(right, sets):
        if element == "*":
            return Spans(((0, BEYOND),))
        if isinstance(element, dict) and "range" in element:
            first, last = (number(end, subject) for end in element["range"])
            if first > last:  # nft 1.1 lists `a >= 9 b <= 5` as `b 9-5`
                raise NotUnderstood(f"range {first}-{last}")
            ranges.append((first, last))
        elif isinstance(element, dict) and "prefix" in element:
            prefix = element["prefix"]
            ranges += Spans.network(f"{prefix['addr']}/{int(prefix['len'])}")
        else:
            value = number(element, subject)
            ranges.append((value, value))
    return Spans.of(ranges)


def number(value: Json, subject: Subject) -> int:
    """A value as a number: plain, named, or several flags."""
    if isinstance(value, list):
        return _joined(value, subject)
    if isinstance(value, dict) and "|" in value:
        return _joined(value["|"], subject)
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, str) and subject.addresses:
        return int(ip_address(value))
    if isinstance(value, str) and subject.symbols is not None:
        if value in subject.symbols:
            return subject.symbols[value]
        return int(value, 0) if value[:1].isdigit() else -1  # a name of nothing that our packets can be
    raise NotUnderstood(f"value {value!r}")


def _joined(values: list[Json], subject: Subject) -> int:
    bits = 0
    for value in values:
        bits |= number(value, subject)
    return bits


def field(name: str, **more: Any) -> Subject:
    return Subject(lambda spans, mask: c.Field(name, spans, mask), **more)


def _unknown(name: str = "unknown") -> Subject:
    return field(name, opaque=True)


V4 = c.Field("nfproto", Spans.one(symbols.NFPROTO["ipv4"]))
V6 = c.Field("nfproto", Spans.one(symbols.NFPROTO["ipv6"]))


def is_protocol(name: str) -> Condition:
    return c.Field("l4proto", Spans.one(symbols.PROTOCOLS[name]))


TCP = is_protocol("tcp")


def subject(left: Json) -> Subject:
    """What an expression is about."""
    if not isinstance(left, dict) or len(left) != 1:
        raise NotUnderstood(f"expression {left!r}")
    ((kind, of),) = left.items()
    if kind == "&":
        masked = subject(of[0])
        return masked if masked.opaque else replace(masked, mask=number(of[1], masked))
    if kind in _SUBJECTS:
        return _SUBJECTS[kind](of)
    if kind in ("exthdr", "ip option"):
        return field("extra header", symbols=symbols.FOUND) if "field" not in of else Subject(_extra, opaque=True)
    if kind in ("tcp option", "osf"):
        return _unknown("header")
    if kind in ("numgen", "jhash", "symhash"):
        return _unknown("chance")
    raise NotUnderstood(kind)


def _extra(spans: Spans, mask: int) -> Condition:
    return c.Field("extra header", Spans.one(1))


def _payload(of: Json) -> Subject:
    protocol, name = of.get("protocol", ""), of.get("field", "")
    if protocol in ("ip", "ip6"):
        return replace(_ip(protocol, name), needs=(V4 if protocol == "ip" else V6,))
    if protocol == "ether" and name == "type":
        return field("ethertype", symbols=symbols.ETHERTYPES)
    if protocol in ("icmp", "icmpv6"):
        names = symbols.ICMP_TYPES if protocol == "icmp" else symbols.ICMPV6_TYPES
        fixed = field(f"icmp {name}", symbols=names) if name in ("type", "code") else _unknown("header")
        return replace(fixed, needs=(is_protocol(protocol),))
    if protocol in symbols.PROTOCOLS or protocol == "th":
        needs = () if protocol == "th" else (is_protocol(protocol),)
        return replace(_transport(name, protocol), needs=needs)
    if protocol == "arp":
        return Subject(lambda spans, mask: c.Same(NO, "arp"), opaque=True)
    return _unknown()


def _ip(protocol: str, name: str) -> Subject:
    if name in ("saddr", "daddr"):
        return field(name, addresses=True)
    if name in ("protocol", "nexthdr"):
        return field("l4proto", symbols=symbols.PROTOCOLS)
    if name == "version":
        return field("ip version")
    if name == "frag-off" and protocol == "ip":
        return Subject(lambda spans, mask: c.Field("fragment" if 0 <= mask <= 0x3FFF else "header", spans, mask))
    return _unknown("header")


def _port(spans: Spans, mask: int, original: bool = False) -> Condition:
    return c.DestinationPort(spans, original) if mask == -1 else c.Same(PERHAPS, "masked port")


def _transport(name: str, protocol: str) -> Subject:
    if name == "dport":
        return Subject(_port, symbols={})
    if name == "sport":
        return field("sport", symbols={})
    if name == "flags" and protocol == "tcp":
        return field("tcp flags", symbols=symbols.TCP_FLAGS, flags=True)
    return _unknown("header")


def _meta(of: Json) -> Subject:
    key = of["key"]
    if key in ("iif", "iifname", "oif", "oifname"):
        return field(key, way="into" if key.startswith("i") else "out")
    if key == "mark":
        return Subject(_mark)
    named = {
        "l4proto": ("l4proto", symbols.PROTOCOLS),
        "nfproto": ("nfproto", symbols.NFPROTO),
        "protocol": ("ethertype", symbols.ETHERTYPES),
        "pkttype": ("pkttype", symbols.PACKET_TYPES),
        "secpath": ("ipsec", symbols.FOUND),
        "ipsec": ("ipsec", symbols.FOUND),
    }
    if key in named:
        return field(named[key][0], symbols=named[key][1])
    chosen = {"length": "header", "skuid": "user", "skgid": "user", "random": "chance"}
    return _unknown("time" if key in ("time", "hour", "day") else chosen.get(key, "unknown"))


def _mark(spans: Spans, mask: int) -> Condition:
    return c.Mark(spans, mask & 0xFFFFFFFF)


def _ct(of: Json) -> Subject:
    if of["key"] == "state":
        return Subject(c.Tracking, symbols=symbols.STATES, flags=True)
    other = _tracked(of["key"], of.get("dir", ""))
    return replace(other, needs=(c.Tracked(), *other.needs))


def _tracked(key: str, direction: str) -> Subject:
    """What conntrack knows but the state."""
    if key == "status":
        return Subject(_status, symbols=symbols.STATUS, flags=True)
    if key == "mark":
        return Subject(_mark)
    if key == "direction":
        return field("ct direction", symbols=symbols.DIRECTIONS)
    if direction == "original":
        return _original(key)
    return _unknown()


def _status(spans: Spans, mask: int) -> Condition:
    """Bits that we can tell of a first packet; others have to do with NAT's own bookkeeping."""
    known = sum(symbols.STATUS.values())
    return c.Field("ct status", spans, mask) if mask >= 0 and not mask & ~known else c.Same(PERHAPS, "ct status")


def _original(key: str) -> Subject:
    """The packet as it was before NAT."""
    family, _, name = key.rpartition(" ")
    needs = {"ip": (V4,), "ip6": (V6,)}.get(family, ())
    if name == "saddr":
        return field("saddr", addresses=True, needs=needs)
    if name == "daddr":
        return field("ct original daddr", addresses=True, needs=needs)
    if name == "proto-dst":
        return Subject(lambda spans, mask: _port(spans, mask, original=True), symbols={})
    if name == "proto-src":
        return field("sport", symbols={})
    if name == "protocol":
        return field("l4proto", symbols=symbols.PROTOCOLS)
    if name == "l3proto":
        return field("nfproto", symbols=symbols.NFPROTO)
    return _unknown()


def _fib(of: Json) -> Subject:
    flags = set(of["flags"] if isinstance(of["flags"], list) else [of["flags"]])
    if of["result"] == "type" and flags <= {"saddr", "daddr", "iif"}:
        whose = "saddr" if "saddr" in flags else "daddr"
        return field(f"{whose} type{' here' if 'iif' in flags else ''}", symbols=symbols.ADDRESS_TYPES)
    if of["result"] in ("oif", "check") and flags - {"mark"} == {"saddr", "iif"}:
        return field("way back", symbols=symbols.FOUND)
    return _unknown()


_SUBJECTS: dict[str, Callable[[Json], Subject]] = {"payload": _payload, "meta": _meta, "ct": _ct, "fib": _fib}
