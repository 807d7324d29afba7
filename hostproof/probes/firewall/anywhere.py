"""Addresses that stand for "anywhere": a few that together show how rules treat the whole internet.

Addresses that no rule tells apart share one fate, so one of each such class is enough. Classes that rules name by a
narrow range (an office, a monitoring host) are not anywhere. `0.0.0.0/1` and `128.0.0.0/1` are, and so is no source at
all.
"""

from __future__ import annotations

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


def representatives(ruleset: Ruleset, side: Side, family: Family) -> list[int]:
    """A public address of each wide class that rules tell apart; first the one that the fewest rules name.

    Raises CannotTell when there are too many.
    """
    deciding, denying = _fields(ruleset, side)
    denied = Spans.of(r for field in denying for r in field.spans)
    pieces = sorted(_pieces(family, deciding), key=lambda piece: piece[0] - piece[1])
    wide = [piece for piece in pieces if piece[1] - piece[0] >= WIDE[family]] or pieces[:1]
    candidates = [_least_denied(piece, denied) for piece in wide]
    candidates += [
        candidates[0] & ~field.mask | first for field in deciding if field.mask != -1 for first, _ in field.spans
    ]
    classes: dict[tuple[bool, ...], int] = {}
    for address in candidates:
        if is_public(address, family):
            classes.setdefault(tuple(address & field.mask in field.spans for field in deciding), address)
    if len(classes) > MOST_CLASSES:
        raise CannotTell(f"the firewall tells {len(classes)} wide ranges of addresses apart, more than we evaluate")
    return [address for _, address in sorted(classes.items(), key=lambda entry: sum(entry[0]))]


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


def _pieces(family: Family, fields: Sequence[Field]) -> Iterator[Range]:
    """The public addresses, cut wherever a condition begins or ends."""
    cuts = {cut for field in fields if field.mask == -1 for first, last in field.spans for cut in (first, last + 1)}
    for first, last in _public(family):
        starts = [first, *sorted(cut for cut in cuts if first < cut <= last)]
        yield from zip(starts, [start - 1 for start in starts[1:]] + [last], strict=True)


def _least_denied(piece: Range, denied: Spans) -> int:
    """An address of the piece that no rule drops by name, from the widest gap between those that are; else any."""
    inside = Spans.of(
        (max(first, piece[0]), min(last, piece[1])) for first, last in denied if first <= piece[1] and last >= piece[0]
    )
    first, last = max(_gaps(piece, inside), key=lambda gap: gap[1] - gap[0], default=piece)
    return (first + last) // 2


def _gaps(within: Range, taken: Spans) -> Iterator[Range]:
    """What is left of a range."""
    start = within[0]
    for first, last in taken:
        if start < first:
            yield start, first - 1
        start = last + 1
    if start <= within[1]:
        yield start, within[1]


@cache
def _public(family: Family) -> tuple[Range, ...]:
    special = Spans.of(r for net in _NOT_PUBLIC[family] for r in Spans.network(net))
    (everything,) = Spans.network(_UNICAST[family])
    return tuple(gap for gap in _gaps(everything, special))
