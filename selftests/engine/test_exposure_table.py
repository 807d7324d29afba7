"""Every port of a host as all sources tell it: each disagreement has its name, and what nobody knows is told as unknown."""

from __future__ import annotations

import json
import time
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from hostproof.connection.answer import Answer, Command
from hostproof.evidence import EvidenceLog
from hostproof.outside import Replies, Sighting, View
from hostproof.probes.exposure import Exposure
from hostproof.probes.exposure.row import Row
from hostproof.probes.firewall import Firewall
from hostproof.probes.listeners import Listeners
from hostproof.probes.outside import Outside
from hostproof.probes.processes import Processes

SELFTESTS = Path(__file__).resolve().parents[1]
RECORDED = SELFTESTS / "recorded" / "firewall"
SCHEMA = json.loads((SELFTESTS.parent / "docs" / "results.schema.json").read_text(encoding="utf-8"))
HERE = {"v4": "10.99.0.10", "v6": "fd99::10"}
PUBLIC = ["80/tcp", "443/tcp"]


class Host:
    """A host with Debian's golden firewall and more rules, given as the ports that are accepted from some source.

    sockets: lines of `ss`, program: who holds them. seen: nmap's states of TCP ports by family, None where nobody looked.
    """

    def __init__(self, sockets="", rules=(), seen=None, *, root=True, trust="untrusted", passed_on=(), program="python3") -> None:
        self.connection = SimpleNamespace(ask=self._answer, user_id=0 if root else 1000)
        self.evidence = EvidenceLog()
        views = [View(family, "tcp", HERE[family], "syn", states, alive=True) for family, states in (seen or {}).items()]
        sighting = Sighting(tuple(views))
        self.lookout = SimpleNamespace(
            asked=seen is not None, said=bool(trust), trust=trust, place="outside", depth="full", sighting=sighting
        )
        self.lookout.replies = Replies()
        self.listeners, self.firewall, self.outside = Listeners(self), Firewall(self), Outside(self)
        self.processes = Processes(self)
        self._answers = {
            Listeners.sockets.command: sockets,
            Listeners.activation.command: "",
            Listeners.ephemeral.command: "32768\t60999\n",
            Processes.running.command: "\n".join(
                ("1/exe:/sbin/init", f"7/exe:/opt/{program}", f"7/comm:{program[:15]}", "7/cgroup:0::/system.slice/a.service")
            ),
            Firewall.network.command: (RECORDED / "debian12-docker-network.network.out").read_text(),
            Firewall.iptables.command: (RECORDED / "debian12.iptables.out").read_text(),
            Firewall.nftables.command: _listing(rules, passed_on),
        }

    def _answer(self, command: Command) -> Answer:
        known = command in self._answers
        return Answer(command.text, 0 if known else 1, self._answers.get(command, ""))

    def table(self) -> list[Row]:
        return Exposure(self).table(PUBLIC)

    def row(self, place: str) -> Row:
        (found,) = [row for row in self.table() if f"{row.name} {row.family}" == place]
        return found


def _listing(rules, passed_on) -> str:
    listed = json.loads((RECORDED / "debian12-docker-network.nftables.out").read_text())["nftables"]
    listed = [entry for entry in listed if "rule" not in entry or entry["rule"]["table"] == "filter"]
    for port, source in rules:
        saddr = {"payload": {"protocol": "ip", "field": "saddr"}}
        match = [{"match": {"op": "==", "left": saddr, "right": {"prefix": {"addr": source, "len": 8}}}}] if source else []
        listed.append(_rule("inet", "filter", "input", *match, _to(port), {"accept": None}))
    for port in passed_on:
        listed.append(_rule("ip", "published", "prerouting", _to(port), {"dnat": {"addr": "172.17.0.2", "port": 7000}}))
    return json.dumps({"nftables": listed})


def _to(port) -> dict:
    return {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": port}}


def _rule(family: str, table: str, chain: str, *parts: dict) -> dict:
    return {"rule": {"family": family, "table": table, "chain": chain, "handle": 99, "expr": list(parts)}}


def tcp(port: int, address: str = "0.0.0.0") -> str:  # noqa: S104 # nothing listens
    v6only = " v6only:1" if ":" in address else ""
    return f'tcp LISTEN 0 5 {address}:{port} 0.0.0.0:* users:(("x",pid=7,fd=3)) ino:1 sk:1{v6only}\n'


def kinds(row: Row) -> set[str]:
    return {one.kind for one in row.disagreements}


def seen(**states: int) -> dict:
    """What strangers saw of single ports over IPv4; of IPv6, that all is closed."""
    return {"v4": {state: ((port, port),) for state, port in states.items()}, "v6": {"closed": ((1, 65535),)}}


def test_what_all_agree_on_is_no_disagreement():
    row = Host(tcp(80), [(80, "")], seen(open=80)).row("80/tcp v4")

    assert (row.declared, row.listens.state, row.firewall.accepts, row.outside.state) == (True, "yes", "anybody", "open")
    assert row.listens.by[0].unit == "a.service"
    assert row.disagreements == []


def test_reachable_and_undeclared():
    row = Host(tcp(8888), [(8888, "")], seen(open=8888)).row("8888/tcp v4")

    assert kinds(row) == {"reachable-undeclared"}


def test_a_private_service_at_a_declared_port_is_not_what_was_declared():
    row = Host(tcp(443), [(443, "")], seen(open=443), program="mysqld").row("443/tcp v4")

    assert kinds(row) == {"reachable-undeclared"}


def test_reachable_without_a_listener_names_what_passes_it_on():
    row = Host("", [], seen(open=9998), passed_on=[9998]).row("9998/tcp v4")

    assert kinds(row) == {"reachable-undeclared", "reachable-without-listener"}
    assert "dnat" in row.firewall.passed_on
    assert row.firewall.passed_on in row.disagreements[1].sentence


def test_reachable_without_a_listener_nor_a_rule_is_another_layer():
    row = Host("", [], seen(open=9998)).row("9998/tcp v4")

    assert kinds(row) == {"reachable-undeclared", "reachable-without-listener"}
    assert "another layer answers" in row.disagreements[1].sentence


@pytest.mark.parametrize(("rules", "accepts"), [([], "nobody"), ([(9999, "10.0.0.0")], "networks")])
def test_denied_and_yet_reachable(rules, accepts):
    row = Host(tcp(9999), rules, seen(open=9999)).row("9999/tcp v4")

    assert row.firewall.accepts == accepts
    assert kinds(row) == {"reachable-undeclared", "denied-yet-reachable"}


@pytest.mark.parametrize(("state", "told"), [("closed", {"declared-unreachable"}), ("filtered", {"declared-unreachable"})])
def test_declared_and_unreachable(state, told):
    assert kinds(Host(tcp(443), [], seen(**{state: 443})).row("443/tcp v4")) == told


def test_open_without_a_listener_is_one_row_for_ports_in_a_row():
    host = Host(tcp(5005), [({"set": [{"range": [5000, 5010]}]}, ""), (6000, "10.0.0.0")])

    for place in ("5000-5004/tcp v4", "5006-5010/tcp v4", "5000-5010/tcp v6"):
        assert kinds(host.row(place)) == {"open-without-listener"}
    assert host.row("6000/tcp v4").disagreements[0].sentence == (
        "the firewall lets 10.0.0.0/8 in to 6000/tcp, and nothing listens there"
    )
    assert kinds(host.row("5005/tcp v4")) == set()


def test_listening_over_ipv6_only():
    both = Host(tcp(7777, "[::]") + tcp(7778, "[::]") + tcp(7778))

    assert kinds(both.row("7777/tcp v6")) == {"only-ipv6"}
    assert kinds(both.row("7778/tcp v6")) == set()
    assert kinds(Host(tcp(546, "[fe80::1]%eth0")).row("546/tcp v6")) == set()


def test_loopback_is_left_out():
    assert [row for row in Host(tcp(5432, "127.0.0.1") + tcp(5432, "[::1]")).table() if row.port == 5432] == []


def test_without_root_nothing_is_known_and_nothing_disagrees():
    rows = Host(tcp(80), [(80, "")], root=False).table()

    assert {(row.listens.state, row.firewall.accepts, row.outside.state) for row in rows} == {("unknown", "unknown", "not_asked")}
    assert all("needs root" in row.listens.why and "needs root" in row.firewall.why and row.outside.why for row in rows)
    assert [row for row in rows if row.disagreements] == []


def test_what_a_friend_reaches_is_not_what_a_stranger_does():
    row = Host(tcp(80), [(80, "")], seen(open=80), trust="trusted").row("80/tcp v4")

    assert row.outside.state == "unknown"
    assert "trusted" in row.outside.why


def test_what_a_host_has_looked_at_is_bounded_and_what_listens_goes_first():
    host = Host("".join(map(tcp, range(40_001, 40_301))), passed_on=[*range(21_000, 21_500), 3306])
    expected: dict = {}
    host.lookout.expect = expected.update

    host.outside.expect_listeners()

    assert expected["tcp"] == {*range(40_001, 40_301), *range(21_000, 21_100)}  # the usual ports are asked anyway
    assert expected["udp"] == frozenset()


def test_what_was_too_much_to_be_looked_at_is_unknown():
    host = Host(tcp(80), [(80, "")], {"v4": {"open": ((80, 80),)}}, passed_on=[9998])

    assert "1 tcp ports that are passed on were not asked from outside, such as 9998" in host.outside.unseen


@pytest.mark.parametrize(
    ("sockets", "rules", "told"),
    [
        ([9999], [], {"reachable-undeclared", "denied-yet-reachable"}),
        ([9999], [(9999, "10.0.0.0")], set()),  # it may well be in that network
        ([9999], [(9999, "")], {"reachable-undeclared"}),
        ([], [], {"reachable-undeclared", "reachable-without-listener"}),
    ],
)
def test_what_whoever_it_is_reaches_disagrees_unless_named_networks_explain_it(sockets, rules, told):
    row = Host("".join(map(tcp, sockets)), rules, seen(open=9999), trust="").row("9999/tcp v4")

    assert (row.outside.state, row.outside.trust) == ("open", "unsaid")
    assert kinds(row) == told
    assert all(one.sentence.startswith("outside gets an answer") or "yet outside gets" in one.sentence for one in row.disagreements)


def test_silence_of_an_address_that_says_nothing_at_all_is_unknown():
    host = Host(tcp(443), [], {"v4": {}})
    host.lookout.sighting = Sighting((View("v4", "tcp", HERE["v4"], "syn", {"filtered": ((1, 65535),)}),))

    assert host.row("443/tcp v4").outside.state == "unknown"
    assert host.row("443/tcp v6").outside.state == "not_asked"
    assert kinds(host.row("443/tcp v4")) == set()


def test_what_was_asked_before_nmap_failed_is_known():
    host = Host("", [], {"v4": {}})
    failed = View("v4", "tcp", HERE["v4"], error="nmap ended before it had said all")
    host.lookout.sighting = Sighting((View("v4", "tcp", HERE["v4"], "syn", {"closed": ((80, 80),)}, alive=True), failed))

    assert [host.row(f"{port}/tcp v4").outside.state for port in (80, 443)] == ["closed", "unknown"]


def test_a_host_with_sixty_thousand_sockets_and_odd_names_is_told_in_time_and_bounds():
    odd = "<b>\u202e\x1b[31m" + "x" * 5000
    many = Host("".join(map(tcp, range(1, 60_001))), [({"set": [{"range": [1, 65535]}]}, "")], seen(open=60_000), program=odd)
    began = time.monotonic()

    Exposure(many).show_table(PUBLIC)

    assert time.monotonic() - began < 30
    fields = many.evidence.fields
    assert len(fields["exposure"]) == 300
    assert fields["exposure_left_out"] > 59_000
    assert len(json.dumps(fields)) < 600_000
    reached = next(row for row in fields["exposure"] if row["port"] == 60_000 and row["family"] == "v4")
    assert reached["outside"]["state"] == "open"
    assert not {"\u202e", "\x1b"} & set(reached["listens"]["by"][0]["program"])
    jsonschema.validate(fields["exposure"], SCHEMA["properties"]["exposure"])


def test_thousands_of_sockets_at_one_port_are_counted():
    here = Host(tcp(7000) * 5000).row("7000/tcp v4").listens

    assert (len(here.by), here.more) == (6, 4994)
