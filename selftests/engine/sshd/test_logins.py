"""Which log-ins sshd is asked about: no Match block may apply to somebody whom nobody asks about."""

from __future__ import annotations

import shutil
import subprocess
from fnmatch import fnmatchcase
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

LOGINS = Path(__file__).parents[3] / "hostproof" / "probes" / "sshd" / "logins.awk"
AWKS = [[path] for name in ("mawk", "gawk", "original-awk") if (path := shutil.which(name))]
FIELDS = ("user", "like", "host", "address", "local_address", "port", "domain")


def logins(lines: list[str], awk: list[str] = AWKS[0]) -> list[dict[str, str]]:
    """The log-ins that logins.awk asks about; its complaints as {"unclear": ...}."""
    said = subprocess.run([*awk, "-f", LOGINS], input="\n".join(lines), capture_output=True, text=True, check=True).stdout
    rows = [line.split("\t") for line in said.splitlines()]
    return [dict(zip(FIELDS, row[1:], strict=True)) if row[0] == "login" else {"unclear": row[1]} for row in rows]


def networks(version: int) -> st.SearchStrategy[IPv4Network | IPv6Network]:
    bits = 32 if version == 4 else 128
    few_values = st.integers(0, 7).map(lambda n: n << (bits - 3)) | st.integers(0, 2**bits - 1)
    return st.builds(
        lambda value, length: ip_network((value >> (bits - length) << (bits - length), length)),
        few_values.filter(lambda value: version == 4 or value > 2**32),
        st.integers(0, bits),
    )


def lists(version: int) -> st.SearchStrategy[list[tuple[bool, IPv4Network | IPv6Network]]]:
    return st.lists(st.tuples(st.booleans(), networks(version)), min_size=1, max_size=4)


def as_text(pattern: list[tuple[bool, IPv4Network | IPv6Network]]) -> str:
    return ",".join(f"{'!' * negated}{network}" for negated, network in pattern)


def matched(address: str, patterns) -> tuple[bool, ...]:
    """For each Address list whether it matches, as sshd_config(5) says: a negated match spoils a list."""
    here = ip_address(address)

    def one(pattern) -> bool:
        hits = {negated for negated, network in pattern if here.version == network.version and here in network}
        return hits == {False}

    return tuple(one(pattern) for pattern in patterns)


@pytest.mark.parametrize("version", [4, 6])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_kind_of_address_is_asked_about(version, data):
    patterns = data.draw(st.lists(lists(version), min_size=1, max_size=3))
    bits = 32 if version == 4 else 128
    edges = [int(n.network_address) + d for p in patterns for _, n in p for d in (-1, 0, 1, n.num_addresses - 1, n.num_addresses)]
    low = 0 if version == 4 else 2**32
    anywhere = data.draw(st.lists(st.integers(low, 2**bits - 1), max_size=5))
    reachable = [str(ip_address(n) if version == 4 else ip_network((n, 128))[0]) for n in edges + anywhere if low <= n < 2**bits]

    asked = logins([f"match\tAddress {as_text(pattern)}" for pattern in patterns])

    kinds = {matched(login["address"], patterns) for login in asked}
    assert {matched(address, patterns) for address in reachable} <= kinds


@settings(max_examples=60, deadline=None)
@given(
    users=st.lists(st.text("ab", min_size=1, max_size=3), unique=True, max_size=6),
    patterns=st.lists(
        st.lists(st.tuples(st.booleans(), st.text("ab*?", min_size=1, max_size=3)), min_size=1, max_size=3), max_size=3
    ),
)
def test_every_kind_of_user_is_asked_about(users, patterns):
    lines = ["match\tUser " + ",".join(f"{'!' * negated}{text}" for negated, text in pattern) for pattern in patterns]

    asked = logins([*lines, *(f"account\t{user}\t100" for user in users)])

    def kind(user: str) -> tuple[bool, ...]:
        return tuple({n for n, text in pattern if fnmatchcase(user, text)} == {False} for pattern in patterns)

    assert {kind(user) for user in users} <= {kind(login["user"]) for login in asked}


@pytest.mark.parametrize("awk", AWKS, ids=lambda awk: Path(awk[0]).name)
def test_every_awk_says_the_same(awk):
    lines = [
        'match\tUser "al*",!alfred Address 10.0.0.0/8,!10.0.0.0/16',
        "match\tgroup=wheel LocalPort 2222",
        "match\tAddress 2001:db8:ffff::/48,fe80::1,192.168.* Host *.example.com",
        "match\tLocalAddress ::/0 # not a criterion",
        "match\tall",
        *("account\troot\t0", "account\talice\t100", "account\talfred\t100", "account\tbob\t101"),
        *("group\twheel\t7\tbob,carl", "group\tusers\t100\t", "port\t22", "port\t2222"),
    ]

    assert logins(lines, awk) == logins(lines)


def test_without_match_blocks_root_and_one_for_all_others_are_asked_about():
    asked = logins(["account\troot\t0", "account\talice\t100", "account\tbob\t100", "port\t22"])

    assert [(login["user"], login["like"]) for login in asked] == [("some-other-user", "2"), ("root", "0")]


def test_a_group_counts_by_primary_and_further_members():
    groups = ["group\ttransfers\t200\tcarl", "group\tusers\t100\t"]
    accounts = ["account\troot\t0", "account\tbob\t200", "account\tcarl\t100", "account\tdora\t100"]

    asked = logins(["match\tGroup transfers", *groups, *accounts])

    assert {(login["user"], login["like"]) for login in asked} == {("some-other-user", "1"), ("root", "0"), ("bob", "1")}


@pytest.mark.parametrize("criteria", ["Weekday Monday", "Address 10.0.0"])
def test_what_it_does_not_understand_it_says(criteria):
    assert any("unclear" in login for login in logins([f"match\t{criteria}"]))


def test_too_many_kinds_of_log_in_are_not_cut_off_in_silence():
    asked = logins([f"match\tAddress 10.{n}.0.0/16 LocalAddress 10.{n}.0.1" for n in range(40)])

    assert "200 kinds" in asked[-1]["unclear"]
