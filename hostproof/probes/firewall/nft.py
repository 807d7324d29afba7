"""nftables' own listing (`nft -j list ruleset`) as tables of rules.

Rules that iptables-nft wrote hide or lose matches in this listing (`xt`); for those the line that iptables-save prints
for the same rule is read instead.
What else it leaves out comes from unlisted.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address

from hostproof.probes.firewall import conditions as c
from hostproof.probes.firewall import iptables
from hostproof.probes.firewall.conditions import Condition
from hostproof.probes.firewall.ipset import Ipsets
from hostproof.probes.firewall.nft_match import TCP, V4, V6, Json, NotUnderstood, Sets, bare, elements, key_is, match
from hostproof.probes.firewall.nft_text import statement_text
from hostproof.probes.firewall.packet import PERHAPS, SOME, Family
from hostproof.probes.firewall.ruleset import (
    FAMILIES,
    Accept,
    Action,
    Base,
    Chain,
    Drop,
    Jump,
    Mark,
    Proceed,
    Redirect,
    Return,
    Rule,
    Table,
    Undecided,
    Untrack,
)
from hostproof.probes.firewall.spans import Spans
from hostproof.probes.firewall.unlisted import Unlisted

_FAMILIES: dict[str, tuple[Family, ...]] = {"ip": ("v4",), "ip6": ("v6",), "inet": FAMILIES, "netdev": FAMILIES}
_RATES = {"limit", "quota", "ct count"}  # how fast and how much: the sender's choice
_HARMLESS = {
    "counter", "log", "set", "map", "meter", "ct helper", "ct timeout", "ct expectation", "flow", "secmark", "dup",
    "last",
}  # fmt: skip


def objects(text: str) -> list[Json]:
    """The members of the listing: tables, chains, sets, maps and rules, in the kernel's order."""
    listed = json.loads(text)["nftables"]
    if not isinstance(listed, list):
        raise ValueError("no list of objects")
    return listed


def tables(
    listed: Sequence[Json], saved: Mapping[str, iptables.Saved], ipsets: Ipsets, unlisted: Unlisted
) -> list[Table]:
    """All tables that can filter what reaches this host over IP.

    saved: what iptables-save (`ip`) and ip6tables-save (`ip6`) print for the tables that iptables-nft wrote.
    unlisted: what was seen of the rules' byte code; where that was less than all rules, what they hide is in doubt.
    """
    sets = Sets()
    found: dict[tuple[str, str], Table] = {}
    asleep: set[tuple[str, str]] = set()
    rules: dict[tuple[str, str, str], list[Json]] = {}
    for entry in listed:
        ((kind, of),) = entry.items()
        if kind == "metainfo" or of.get("family") not in _FAMILIES:
            continue
        if kind == "table":
            found[of["family"], of["name"]] = Table(f"nft {of['family']} {of['name']}")
            if _dormant(of):
                asleep.add((of["family"], of["name"]))
        elif kind == "chain":
            found[of["family"], of["table"]].chains[of["name"]] = Chain(of["name"], base=_base(of))
        elif kind in ("set", "map"):
            sets.add(of)
        elif kind == "rule":
            rules.setdefault((of["family"], of["table"], of["chain"]), []).append(of)
    seen = unlisted if unlisted.rules >= sum(map(len, rules.values())) else None
    for (family, table, chain), listed_rules in rules.items():
        sets.table = (family, table)
        chains = found[family, table].chains
        lines = saved[family].lines.get(table, {}).get(chain, []) if family in saved else []
        for at, rule in enumerate(listed_rules):
            # iptables-nft counts in every rule; one without was put there by nft
            if len(lines) == len(listed_rules) and any(
                statement.keys() & {"xt", "counter"} for statement in rule["expr"]
            ):
                chains[chain].rules.extend(iptables.compiled(lines[at], chains, ipsets))
            else:
                chains[chain].rules.extend(_compiled(rule, sets, seen))
    return [table for name, table in found.items() if name not in asleep]


def _dormant(table: Json) -> bool:
    """Whether a table is switched off. Some versions of nft print the table's name in the place of that flag."""
    flags = table.get("flags", [])
    return bool({"dormant", table["name"]} & set(flags if isinstance(flags, list) else [flags]))


def _base(of: Json) -> Base | None:
    if "hook" not in of:
        return None
    devices = of.get("dev")
    return Base(
        hook=of["hook"],
        priority=int(of["prio"]),
        nat=of.get("type") == "nat",
        accepts=of.get("policy", "accept") == "accept",
        families=_FAMILIES[of["family"]],
        devices=None if devices is None else tuple(devices if isinstance(devices, list) else [devices]),
    )


def _compiled(rule: Json, sets: Sets, unlisted: Unlisted | None) -> Iterator[Rule]:
    """One listed rule, as one or more of ours: a verdict map is one for each of its elements."""
    statements = rule["expr"]
    text = " ".join(filter(None, map(statement_text, statements)))
    name = f"{rule['family']} {rule['table']} {rule['chain']} {rule.get('handle')}"
    conditions: list[Condition] = []
    if unlisted:
        conditions += [V4 if family == "v4" else V6 for family in unlisted.families.get(name, ())]
    for statement in statements:
        ((kind, of),) = statement.items()
        if kind == "match":
            conditions.append(c.Same(PERHAPS, "merged comparisons") if _is_merged(of, name, unlisted) else match(of, sets))
            continue
        families_known = unlisted is not None or rule["family"] in ("ip", "ip6") or _asks_for_family(conditions)
        for added, action in _meant(kind, of, families_known, sets):
            if isinstance(action, _Asks):
                conditions.extend(added)
            elif not isinstance(action, Proceed):
                yield Rule((*conditions, *added), action, text)


def _is_merged(of: Json, name: str, unlisted: Unlisted | None) -> bool:
    """Whether a `match` may stand for two comparisons of different fields, which nft lists as one range."""
    is_range = isinstance(of["right"], dict) and "range" in of["right"]
    return is_range and (unlisted is None or name in unlisted.merged)


class _Asks:
    """Not an action: what follows in the rule happens only under a further condition."""


def _meant(
    kind: str, of: Json, families_known: bool, sets: Sets
) -> Iterator[tuple[tuple[Condition, ...], Action | _Asks]]:
    """What a statement does, and under which further conditions."""
    try:
        if kind == "vmap":
            yield from _chosen(of, sets)
        elif kind == "reject":
            yield _reject(of, families_known), Drop()
        elif kind in ("dnat", "redirect"):
            yield from _redirected(of or {}, sets)
        elif kind == "mangle":
            yield (), _mangle(of)
        elif kind == "xt":
            yield from _opaque(of)
        elif kind in _RATES or (kind in ("set", "map", "meter") and _limits(of)):
            yield (c.Same(SOME, "rate"),), _Asks()
        elif kind in _VERDICTS:
            yield (), _VERDICTS[kind]
        elif kind in ("jump", "goto"):
            yield (), _jump(kind, of)
        elif kind not in _HARMLESS:
            raise NotUnderstood(kind)
    except NotUnderstood as gap:
        yield (c.Same(PERHAPS, f"not understood: {gap}"),), _Asks()
        yield (), Undecided()


_VERDICTS: dict[str, Action] = {
    "accept": Accept(),
    "drop": Drop(),
    "fwd": Drop(),  # leaves by another interface, never to come here
    "return": Return(),
    "continue": Proceed(),
    "queue": Undecided(goes_on=False),
    "synproxy": Undecided(goes_on=False),
    "notrack": Untrack(),
    "snat": Accept(),
    "masquerade": Accept(),
}


def _verdict(of: Json) -> Action:
    ((kind, value),) = of.items()
    if kind in ("jump", "goto"):
        return _jump(kind, value)
    if kind in _VERDICTS:
        return _VERDICTS[kind]
    raise NotUnderstood(kind)


def _jump(kind: str, of: Json) -> Jump:
    if not isinstance(of["target"], str):
        raise TypeError("the name of a chain is no text")
    return Jump(of["target"], goto=kind == "goto")


def _pairs(data: Json, sets: Sets) -> list[tuple[Json, Json]]:
    """The elements of a map, its catch-all last."""
    pairs = [(bare(key), value) for key, value in elements(data, sets)]
    return sorted(pairs, key=lambda pair: pair[0] == "*")


def _chosen(of: Json, sets: Sets) -> Iterator[tuple[tuple[Condition, ...], Action]]:
    """A verdict map: the elements exclude each other; the catch-all is for what no other has."""
    others: list[Condition] = []
    for key, verdict in _pairs(of["data"], sets):
        if key == "*":
            yield (key_is(of["key"], "*", sets), c.Not(c.Any(tuple(others)))), _verdict(verdict)
        else:
            others.append(key_is(of["key"], key, sets))
            yield (others[-1],), _verdict(verdict)


def _reject(of: Json, families_known: bool) -> tuple[Condition, ...]:
    """What a rejection implies, and nft therefore does not list: icmp answers are for IPv4, resets are for TCP.

    families_known: else a rule that resets may be for one family only.
    """
    kind = (of or {}).get("type", "")
    if kind == "icmp":
        return (V4,)
    if kind == "icmpv6":
        return (V6,)
    if kind != "tcp reset":
        return ()
    return (TCP,) if families_known else (TCP, c.Same(PERHAPS, "family not listed"))


def _asks_for_family(conditions: Sequence[Condition]) -> bool:
    """Whether a rule is for one family as it is listed."""
    return any(isinstance(leaf, c.Field) and leaf.name in ("nfproto", "ethertype") for leaf in c.leaves(conditions))


def _redirected(of: Json, sets: Sets) -> Iterator[tuple[tuple[Condition, ...], Action]]:
    needs = {"ip": (V4,), "ip6": (V6,)}.get(of.get("family", ""), ())
    address, ports = of.get("addr"), _ports(of.get("port"))
    if isinstance(address, dict) and "map" in address:
        key = address["map"]["key"]
        for value, target in _pairs(address["map"]["data"], sets):
            parts = target["concat"] if isinstance(target, dict) and "concat" in target else [target]
            yield (*needs, key_is(key, value, sets)), _to(parts[0], _ports(parts[1]) if len(parts) == 2 else ports)
    else:
        yield needs, _to(address, ports)


def _to(address: Json, ports: Spans | None) -> Redirect:
    if address is None or isinstance(address, str):
        return Redirect(int(ip_address(address)) if address else None, ports)
    return Redirect(unknown=True)


def _ports(port: Json) -> Spans | None:
    if port is None:
        return None
    if isinstance(port, dict) and "range" in port:
        return Spans.of([(int(port["range"][0]), int(port["range"][1]))])
    if isinstance(port, int):
        return Spans.one(port)
    raise NotUnderstood(f"port {port!r}")


def _mangle(of: Json) -> Action:
    """Setting a field. Only marks matter: which bits may be set."""
    key, value = of["key"], of["value"]
    if key in ({"meta": {"key": "mark"}}, {"ct": {"key": "mark"}}):
        return Mark(_settable(value))
    if "payload" in key and key["payload"].get("field") in ("daddr", "dport", "saddr", "sport"):
        raise NotUnderstood("rewritten header")
    return Proceed()


def _settable(value: Json) -> int:
    """The bits that may be set by giving a mark this value. The other mark adds none of its own."""
    if isinstance(value, int):
        return value
    if isinstance(value, dict) and value in ({"meta": {"key": "mark"}}, {"ct": {"key": "mark"}}):
        return 0
    if isinstance(value, dict) and len(value) == 1:
        ((operator, operands),) = value.items()
        if operator in ("|", "^") and isinstance(operands, list):
            bits = 0
            for operand in operands:
                bits |= _settable(operand)
            return bits
        if operator == "&" and isinstance(operands, list):
            return _settable(operands[0])
    return 0xFFFFFFFF


def _limits(of: Json) -> bool:
    """Whether an element is added only as fast as some limit allows."""
    statements = of.get("stmt", []) if isinstance(of, dict) else []
    statements = statements if isinstance(statements, list) else [statements]
    return any(not statement.keys() <= {"counter", "last"} for statement in statements)


def _opaque(of: Json) -> Iterator[tuple[tuple[Condition, ...], Action | _Asks]]:
    """A match or target of iptables-nft of which only the name is listed."""
    kind, name = (of or {}).get("type"), (of or {}).get("name", "")
    if kind is None:
        raise NotUnderstood("xt")
    if kind == "match":
        if name != "comment":
            yield (c.Same(PERHAPS, f"xt match {name}"),), _Asks()
    elif name in ("REJECT", "DROP"):
        yield (), Drop()
    elif name in ("MARK", "CONNMARK"):
        yield (), Mark()
    elif name not in iptables.HARMLESS_TARGETS:
        yield (), Undecided()
