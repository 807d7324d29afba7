"""What nft's listing of a rule leaves out, and what is made of rules whose byte code was not seen."""

from __future__ import annotations

import pytest

from hostproof.connection.answer import Answer
from hostproof.probes.firewall import commands
from hostproof.probes.firewall.evaluate import fate
from hostproof.probes.firewall.packet import EVERY_PORT, Packet, Surroundings
from hostproof.probes.firewall.probe import compiled
from hostproof.probes.firewall.unlisted import Unlisted, read

LISTED = [
    {"table": {"family": "ip", "name": "t"}},
    {"chain": {"family": "ip", "table": "t", "name": "c", "hook": "input", "prio": 0, "type": "filter", "policy": "drop"}},
    {
        "rule": {
            **{"family": "ip", "table": "t", "chain": "c", "handle": 2},
            "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"range": [80, 90]}}},
                {"accept": None},
            ],
        }
    },
]
PORTS = sum(1 << port for port in range(80, 91))
HOST = Surroundings(local={0xC000020A: "eth0"})
PACKET = Packet("v4", "tcp", source=0x08080808, destination=0xC000020A, into="eth0", around=HOST)


@pytest.mark.parametrize(
    ("value", "family"),
    [
        *[("0x00000002", "v4"), ("0x0000000a", "v6"), ("0x00000008", "v4"), ("0x0000dd86", "v6")],
        *[("0x02", "v4"), ("0x0a", "v6"), ("0x02000000", "v4"), ("0x0a000000", "v6")],
        *[("0x08000000", "v4"), ("0x86dd0000", "v6"), ("0x0800", "v4"), ("0x86dd", "v6")],
    ],
)
def test_families_are_known_in_any_order_of_bytes(value, family):
    assert read(Answer("nft", 0, f"inet t c 2 {value}\nrules 1\n")).families == {"inet t c 2": [family]}


def test_a_protocol_that_is_not_ip_is_no_family():
    assert read(Answer("nft", 0, "inet t c 2 0x00000608\nrules 1\n")).families == {}


@pytest.mark.parametrize(
    ("seen", "certain"),
    [(Unlisted(rules=1), True), (Unlisted(rules=1, merged=["ip t c 2"]), False), (Unlisted(rules=0), False)],
)
def test_a_range_is_believed_only_where_the_byte_code_was_seen(seen, certain):
    accepted = fate(compiled(LISTED, seen, commands.Iptables()), PACKET).accepted

    assert (accepted.some, accepted.may) == ((PORTS, PORTS) if certain else (0, EVERY_PORT))
