"""Which addresses rules tell apart, and which stand for "anywhere".

A few addresses show together how rules treat the whole internet.

Addresses that no rule tells apart share one fate, so one of each such class is enough. Classes that rules name by a
narrow range (an office, a monitoring host) are not anywhere. `0.0.0.0/1` and `128.0.0.0/1` are, and so is no source at
all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from hostproof.errors import CannotTell
from hostproof.probes.firewall.conditions import All, Condition, Field, leaves
from hostproof.probes.firewall.packet import Family
from hostproof.probes.firewall.ruleset import Drop, Ruleset
from hostproof.probes.firewall.spans import Range, Spans

Side = Literal["saddr", "daddr"]
WIDE: dict[Family, int] = {"v4": 2**16, "v6": 2**96}  # as many as in a /16 and a /32; more counts as anywhere
MOST_CLASSES = 64
MOST_KINDS = 256  # of sources, public or not
MOST_COMPARISONS = 4_000_000  # of ranges of sources with what rules say about them; a few seconds
_SENDERS: dict[Family, tuple[str, tuple[str, ...]]] = {  # all that may stand as a source, and what may not
    "v4": ("0.0.0.0/0", ("0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3")),
    "v6": ("::/0", ("::/96", "ff00::/8")),
}
_UNICAST: dict[Family, str] = {"v4": "0.0.0.0/0", "v6": "2000::/3"}
_NOT_PUBLIC: dict[Family, tuple[str, ...]] = {
    "v4": (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
    ),
    "v6": ("2001:db8::/32", "3fff::/20"),
}  # fmt: skip


def is_public(address: int, family: Family) -> bool:
    return any(first <= address <= last for first, last in _public(family))


def public(family: Family) -> Spans:
    """All addresses that the internet routes."""
    return Spans(_public(family))


def representatives(ruleset: Ruleset, side: Side, family: Family) -> list[int]:
    """A public address of each wide class that rules tell apart; first the one that the fewest rules name.

    Raises CannotTell when there are too many.
    """
    deciding, denying = _fields(ruleset, side)
    denied = Spans.of(r for field in denying for r in field.spans)
    kinds: dict[tuple[bool, ...], list[Range]] = {}
    for piece in _wide(_pieces(_public(family), deciding), family):
        kinds.setdefault(_kind(piece[0], deciding), []).append(piece)
    chosen = [address for pieces in kinds.values() for address in _chosen(pieces, family, denying, denied)]
    chosen += _masked(chosen[0], family, deciding)
    if len(chosen) > MOST_CLASSES:
        raise CannotTell(f"the firewall tells {len(chosen)} wide ranges of addresses apart, more than we evaluate")
    return sorted(chosen, key=lambda address: sum(_kind(address, deciding)))


def classes(
    ruleset: Ruleset, family: Family, nets: Iterable[Spans], own: Iterable[int] = ()
) -> list[tuple[Spans, int]]:
    """All addresses that packets can come from, in sets that rules do not tell apart, and one address of each.

    nets: the host's own networks, which rules may ask for without a name. own: its addresses, which rules may name; but
    the kernel takes no packet from outside that bears one. Raises CannotTell when there are too many.
    """
    told = {leaf: None for leaf in ruleset.conditions() if isinstance(leaf, Field) and leaf.name == "saddr"}
    fields = [_as_ranges(field, family) for field in told] + [Field("saddr", net) for net in nets]
    mine = Spans.of((address, address) for address in own)
    pieces = [p for p in _pieces(_senders(family), fields) if not (p[0] == p[1] and p[0] in mine)]
    if len(pieces) * len(fields) > MOST_COMPARISONS:
        raise CannotTell("the firewall names more source addresses than we evaluate")
    kinds: dict[tuple[bool, ...], list[Range]] = {}
    for piece in pieces:
        kinds.setdefault(_kind(piece[0], fields), []).append(piece)
    if len(kinds) > MOST_KINDS:
        raise CannotTell(f"the firewall tells {len(kinds)} kinds of source addresses apart, more than we evaluate")
    return [(Spans.of(alike), _middle(max(alike, key=lambda p: p[1] - p[0]))) for alike in kinds.values()]


def _as_ranges(field: Field, family: Family) -> Field:
    """An address condition without a mask. Raises CannotTell where the mask is no prefix."""
    if field.mask == -1:
        return field
    width = 32 if 1 << 31 <= field.mask < 1 << 32 else 128
    host = ~field.mask & ((1 << width) - 1)
    if host & (host + 1):
        raise CannotTell("a rule of the firewall picks source addresses by bits that are no prefix")
    if (width == 32) != (family == "v4"):  # the rule is for the other family
        return Field("saddr", Spans(()))
    return Field("saddr", Spans.of((first & ~host, last | host) for first, last in field.spans))


def _chosen(pieces: list[Range], family: Family, denying: Sequence[Field], denied: Spans) -> list[int]:
    """Of pieces that deciding conditions treat alike: an address that no rule drops by name, else one of each kind."""
    free = [gap for piece in pieces for gap in _gaps(piece, denied)]
    if free:
        return [_middle(max(free, key=lambda gap: gap[1] - gap[0]))]
    finer = _wide([part for piece in pieces for part in _pieces([piece], denying)], family)
    return list({_kind(part[0], denying): _middle(part) for part in reversed(finer)}.values())


def _masked(address: int, family: Family, deciding: Sequence[Field]) -> list[int]:
    """Addresses for conditions under masks that make no range, such as `& 0.0.0.1 == 0.0.0.1`."""
    made = [address & ~field.mask | first for field in deciding if field.mask != -1 for first, _ in field.spans]
    return [address for address in made if is_public(address, family)]


def _kind(address: int, fields: Sequence[Field]) -> tuple[bool, ...]:
    """Which of the conditions hold for the address."""
    return tuple(address & field.mask in field.spans for field in fields)


def _middle(piece: Range) -> int:
    return (piece[0] + piece[1]) // 2


def _wide(pieces: Iterable[Range], family: Family) -> list[Range]:
    """The pieces that are wide enough to count as anywhere, or else the widest of all; the widest first."""
    ordered = sorted(pieces, key=lambda piece: piece[0] - piece[1])
    return [piece for piece in ordered if piece[1] - piece[0] >= WIDE[family]] or ordered[:1]


def _fields(ruleset: Ruleset, side: Side) -> tuple[list[Field], list[Field]]:
    """Address conditions: those that can decide either way, and those that can only bring a drop upon a packet."""
    deciding: dict[Field, None] = {}
    denying: dict[Field, None] = {}
    for rule in ruleset.rules():
        needed = set(map(id, _needed(rule.conditions))) if isinstance(rule.action, Drop) else set()
        for leaf in leaves(rule.conditions):
            if isinstance(leaf, Field) and leaf.name == side:
                (denying if id(leaf) in needed and leaf.mask == -1 else deciding)[leaf] = None
    return list(deciding), list(denying)


def _needed(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The simple conditions without which a rule does not apply."""
    for condition in conditions:
        if isinstance(condition, All):
            yield from _needed(condition.conditions)
        else:
            yield condition


def _pieces(ranges: Iterable[Range], fields: Sequence[Field]) -> Iterator[Range]:
    """The ranges, cut wherever a condition begins or ends."""
    cuts = sorted(
        {cut for field in fields if field.mask == -1 for first, last in field.spans for cut in (first, last + 1)}
    )
    for first, last in ranges:
        starts = [first, *cuts[bisect_right(cuts, first) : bisect_right(cuts, last)]]
        yield from zip(starts, [start - 1 for start in starts[1:]] + [last], strict=True)


def _gaps(within: Range, taken: Spans) -> Iterator[Range]:
    """What is left of a range."""
    start = within[0]
    for first, last in taken.within(within):
        if start < first:
            yield start, first - 1
        start = last + 1
    if start <= within[1]:
        yield start, within[1]


@cache
def _senders(family: Family) -> tuple[Range, ...]:
    (everything,), never = Spans.network(_SENDERS[family][0]), _SENDERS[family][1]
    return tuple(_gaps(everything, Spans.of(r for net in never for r in Spans.network(net))))


@cache
def _public(family: Family) -> tuple[Range, ...]:
    special = Spans.of(r for net in _NOT_PUBLIC[family] for r in Spans.network(net))
    (everything,) = Spans.network(_UNICAST[family])
    return tuple(gap for gap in _gaps(everything, special))
