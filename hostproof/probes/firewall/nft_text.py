"""nft's JSON as the text that nft itself would print, near enough for a person to find the rule."""

from __future__ import annotations

import json
from typing import Any

Json = Any
MOST_ELEMENTS = 12


def ruleset_text(listed: list[Json]) -> str:
    """The whole listing, a line for each chain and rule."""
    lines = []
    for entry in listed:
        ((kind, of),) = entry.items()
        if kind == "chain":
            base = (
                f" {{ hook {of['hook']} priority {of['prio']} policy {of.get('policy', 'accept')} }}"
                if "hook" in of
                else ""
            )
            lines.append(f"chain {of['family']} {of['table']} {of['name']}{base}")
        elif kind in ("set", "map"):
            lines.append(f"{kind} {of['family']} {of['table']} {of['name']} {_set(of.get('elem', []))}")
        elif kind == "rule":
            rule = " ".join(filter(None, map(statement_text, of["expr"])))
            lines.append(f"rule {of['family']} {of['table']} {of['chain']}: {rule}")
    return "\n".join(lines) or "no rules"


def statement_text(statement: Json) -> str:
    """One statement of a rule; counters are left out."""
    ((kind, of),) = statement.items()
    if kind == "counter":
        return ""
    if kind == "match":
        operator = "" if of["op"] in ("==", "in") else f"{of['op']} "
        return f"{_expression(of['left'])} {operator}{_expression(of['right'])}"
    if kind == "vmap":
        return f"{_expression(of['key'])} vmap {_expression(of['data'])}"
    if kind in ("jump", "goto"):
        return f"{kind} {of['target']}"
    if kind == "limit" and isinstance(of, dict) and "rate" in of:
        return f"limit rate {'over ' if of.get('inv') else ''}{of['rate']}/{of.get('per', 'second')}"
    if kind == "reject":
        return f"reject with {of['type']}" if isinstance(of, dict) and "type" in of else "reject"
    if kind == "xt":
        return f"xt {of['type']} {of['name']}" if isinstance(of, dict) and {"type", "name"} <= of.keys() else "xt"
    if kind in ("dnat", "snat", "redirect"):
        address, port = (of or {}).get("addr"), (of or {}).get("port")
        target = "".join([_expression(address) if address else "", f":{_expression(port)}" if port else ""])
        return f"{kind} to {target}" if target else kind
    if kind == "mangle":
        return f"{_expression(of['key'])} set {_expression(of['value'])}"
    return str(kind) if of is None else f"{kind} {json.dumps(of, separators=(',', ':'))}"


def _expression(of: Json) -> str:
    if isinstance(of, list):
        return ",".join(map(_expression, of))
    if not isinstance(of, dict):
        return str(of).lower() if isinstance(of, bool) else str(of)
    if len(of) != 1:
        return json.dumps(of, separators=(",", ":"))
    ((kind, value),) = of.items()
    shapes = {
        "payload": lambda: (
            f"{value.get('protocol', '@' + str(value.get('base', '')))} {value.get('field', '')}".strip()
        ),
        "meta": lambda: str(value["key"]),
        "ct": lambda: " ".join(filter(None, ["ct", value.get("dir", ""), value["key"]])),
        "fib": lambda: f"fib {' . '.join(value['flags'])} {value['result']}",
        "prefix": lambda: f"{value['addr']}/{value['len']}",
        "range": lambda: f"{_expression(value[0])}-{_expression(value[1])}",
        "concat": lambda: " . ".join(map(_expression, value)),
        "set": lambda: _set(value),
        "elem": lambda: _expression(value["val"]),
        "&": lambda: f"{_expression(value[0])} & {_expression(value[1])}",
        "|": lambda: "|".join(map(_expression, value)),
    }
    if kind in shapes:
        return shapes[kind]()
    if value is None:
        return str(kind)
    return f"{kind} {value['target']}" if kind in ("jump", "goto") else json.dumps(of, separators=(",", ":"))


def _set(elements: Json) -> str:
    if not isinstance(elements, list):
        return f"{{ {_expression(elements)} }}"
    shown = [_element(element) for element in elements[:MOST_ELEMENTS]]
    more = len(elements) - len(shown)
    return f"{{ {', '.join(shown)}{f', and {more} more' if more else ''} }}"


def _element(element: Json) -> str:
    if isinstance(element, list) and len(element) == 2:  # of a map
        return f"{_expression(element[0])} : {_expression(element[1])}"
    return _expression(element)
