"""Listings that no honest host gives: evaluating them ends soon, and never in certainty."""

from __future__ import annotations

import json
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.firewall import commands, nft_match
from hostproof.probes.firewall.evaluate import fate
from hostproof.probes.firewall.packet import Packet, Surroundings
from hostproof.probes.firewall.probe import compiled
from hostproof.probes.firewall.unlisted import Unlisted

TABLE = {"table": {"family": "inet", "name": "t"}}
BASE = {"family": "inet", "table": "t", "name": "c0", "hook": "input", "prio": 0, "type": "filter", "policy": "drop"}
HOST = Surroundings(local={0xC000020A: "eth0"})
PACKET = Packet("v4", "tcp", source=0x08080808, destination=0xC000020A, into="eth0", around=HOST)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 1 << 40)
    | st.sampled_from(["tcp", "@s", "*", "10.0.0.0", "dport", "eth0"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["op", "left", "right", "payload", "protocol", "field", "meta", "key", "ct", "set", "range", "prefix"]
            )
            | st.sampled_from(
                ["addr", "len", "concat", "elem", "val", "&", "|", "fib", "flags", "result", "map", "data", "target"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
statements = st.dictionaries(
    st.sampled_from(
        ["match", "vmap", "accept", "drop", "jump", "dnat", "redirect", "mangle", "limit", "xt", "reject", "new"]
    ),
    json_values,
    min_size=1,
    max_size=1,
)


def rule(chain: str, *expressions: object) -> dict:
    return {"rule": {"family": "inet", "table": "t", "chain": chain, "expr": list(expressions)}}


def chain(name: str) -> dict:
    return {"chain": {"family": "inet", "table": "t", "name": name}}


def answer(listed: list) -> Answer:
    return Answer("nft", 0, json.dumps({"nftables": listed}))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(statements, max_size=3), max_size=4))
def test_any_json_is_evaluated_or_refused(rules):
    listed = [TABLE, {"chain": BASE}, *(rule("c0", *expressions) for expressions in rules)]
    commands.show_nft(answer(listed))
    try:
        found = fate(compiled(commands.read_nft(answer(listed)), Unlisted(), commands.Iptables()), PACKET)
    except CannotTell:
        return
    assert found.accepted.may | found.dropped.may == (1 << 65536) - 1
    assert found.accepted.some & ~found.accepted.may == 0


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_of_iptables_save_is_evaluated_or_refused(text, line):
    for printed in (text, f"## legacy ip\n*filter\n:INPUT DROP [0:0]\n-A INPUT {line}\nCOMMIT\n"):
        commands.show_iptables(Answer("iptables-save", 0, printed))
        try:
            found = fate(compiled([], Unlisted(), commands.read_iptables(Answer("iptables-save", 0, printed))), PACKET)
        except (CannotTell, ValueError, IndexError):  # a reader's own exceptions become CannotTell in the engine
            continue
        assert found.accepted.may | found.dropped.may == (1 << 65536) - 1


def test_calls_without_end_are_refused():
    listed = [
        TABLE,
        {"chain": BASE},
        chain("a"),
        rule("c0", {"jump": {"target": "a"}}),
        rule("a", {"jump": {"target": "a"}}),
    ]

    with pytest.raises(CannotTell, match="call each other"):
        fate(compiled(listed, Unlisted(), commands.Iptables()), PACKET)


def test_calls_that_multiply_are_given_up_in_time():
    names = [f"c{number}" for number in range(40)]
    calls = [rule(name, {"jump": {"target": after}}) for name, after in pairwise(names) for _ in range(3)]
    listed = [TABLE, {"chain": BASE}, *map(chain, names[1:]), *calls]
    began = time.monotonic()

    with pytest.raises(CannotTell, match="too many rules"):
        fate(compiled(listed, Unlisted(), commands.Iptables()), PACKET, seconds=0.5)
    assert time.monotonic() - began < 5


def test_sets_named_too_often_are_refused(monkeypatch):
    monkeypatch.setattr(nft_match, "MOST_ELEMENTS", 1000)
    elements = [f"10.0.0.{number}" for number in range(100)]
    named = {"set": {"family": "inet", "table": "t", "name": "s", "type": "ipv4_addr", "elem": elements}}
    asks = {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "@s"}}
    listed = [TABLE, named, {"chain": BASE}, *[rule("c0", asks, {"accept": None}) for _ in range(15)]]

    with pytest.raises(CannotTell, match="too many elements"):
        compiled(listed, Unlisted(), commands.Iptables())


def test_expressions_within_expressions_without_end_are_refused():
    deep: object = {"meta": {"key": "mark"}}
    for _ in range(5000):
        deep = {"&": [deep, 1]}
    listed = [TABLE, {"chain": BASE}, rule("c0", {"match": {"op": "==", "left": deep, "right": 1}}, {"accept": None})]

    with pytest.raises(CannotTell):
        compiled(listed, Unlisted(), commands.Iptables())


def test_two_thousand_rules_take_well_under_a_second():
    dport = {"payload": {"protocol": "tcp", "field": "dport"}}
    saddr = {"payload": {"protocol": "ip", "field": "saddr"}}
    listed: list = [TABLE, {"chain": BASE}]
    for number in range(2000):
        source = {"prefix": {"addr": f"11.{number % 250}.{number // 250}.0", "len": 24}}
        asks = [{"op": "==", "left": saddr, "right": source}, {"op": "==", "left": dport, "right": 60000 - number}]
        verdict = {"accept": None} if number % 3 else {"drop": None}
        listed.append(rule("c0", *({"match": ask} for ask in asks[number % 2 :]), verdict))
    began = time.process_time()

    rules = compiled(commands.read_nft(answer(listed)), Unlisted(), commands.Iptables())
    read = time.process_time()
    fate(rules, PACKET)
    done = time.process_time()

    assert read - began < 0.5
    assert done - read < 0.25
