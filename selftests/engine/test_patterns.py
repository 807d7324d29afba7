"""Patterns and ranges of hosts: our own answers, and Ansible's own code asked for the same ones."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostproof.errors import UsageError
from hostproof.inventory import patterns, ranges
from hostproof.inventory.patterns import Names, choose

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # machines may be busy
WEB = ["web1", "web2", "web3"]
HOSTS = [*WEB, "db1", "db2.example.com", "192.0.2.1", "2001:db8::1", "fe80::1%eth0"]
MEMBERS = {
    "all": HOSTS,
    "ungrouped": ["192.0.2.1", "2001:db8::1", "fe80::1%eth0"],
    "web": WEB,
    "db": ["db1", "db2.example.com"],
    "prod": ["web1", "web3", "db1"],
}
NAMES = Names(HOSTS, MEMBERS, MEMBERS.__getitem__)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("all", NAMES.hosts),
        ("*", NAMES.hosts),
        ("web", WEB),
        ("web2", ["web2"]),
        ("db:web", ["db1", "db2.example.com", *WEB]),
        ("db,web", ["db1", "db2.example.com", *WEB]),
        (" db , web2 ", ["db1", "db2.example.com", "web2"]),
        ("web:&prod", ["web1", "web3"]),
        ("web:!prod", ["web2"]),
        ("!prod:web", ["web2"]),
        ("all:&prod:!web", ["db1"]),
        ("!web", ["db1", "db2.example.com", "192.0.2.1", "2001:db8::1", "fe80::1%eth0"]),
        ("&prod", ["web1", "web3", "db1"]),
        ("w*", WEB),
        ("w?b", WEB),
        ("*.example.com", ["db2.example.com"]),
        ("~web[12]", ["web1", "web2"]),
        ("~.*b1", ["web1", "db1"]),
        ("~(web|db)1", ["web1", "db1"]),
        ("web[0]", ["web1"]),
        ("web[-1]", ["web3"]),
        ("web[0:1]", ["web1", "web2"]),
        ("web[1:]", ["web2", "web3"]),
        ("web[0:9]", WEB),
        ("web[7]", []),
        ("web[0]:db", ["web1", "db1", "db2.example.com"]),
        ("prod[0:1]:&web", ["web1", "web3"]),
        ("2001:db8::1", ["2001:db8::1"]),
        ("2001:db8::1,web1", ["2001:db8::1", "web1"]),
        ("fe80::1%eth0", ["fe80::1%eth0"]),
        ("192.0.2.1", ["192.0.2.1"]),
        ("192.*", ["192.0.2.1"]),
        ("ungrouped:!192.0.2.1", ["2001:db8::1", "fe80::1%eth0"]),
    ],
)
def test_what_a_pattern_selects(expression, expected):
    chosen, unmatched = choose(expression, NAMES)

    assert chosen == expected
    assert not unmatched


@pytest.mark.parametrize(
    ("expression", "chosen", "unmatched"),
    [
        ("nobody", [], ["nobody"]),
        ("web1,nobody", ["web1"], ["nobody"]),
        ("web:!nobody", WEB, ["nobody"]),
        ("web:&nobody", [], ["nobody"]),
        ("x*", [], ["x*"]),
        ("Web", [], ["Web"]),
        ("web1:22", [], ["web1:22"]),
    ],
)
def test_patterns_that_match_nothing_are_told(expression, chosen, unmatched):
    assert choose(expression, NAMES) == (chosen, unmatched)


def test_a_file_of_patterns(tmp_path):
    file = tmp_path / "retry"
    file.write_text("web1\n\n  web2 \n!web2\ndb*\n")

    assert choose(f"@{file}", NAMES, files=True) == (["web1", "db1", "db2.example.com"], [])
    assert choose(f"@{file}", NAMES) == ([], [f"@{file}"])


@pytest.mark.parametrize("name", ["none", ".", "encrypted"])
def test_a_file_of_patterns_that_cannot_be_read(tmp_path, name):
    (tmp_path / "encrypted").write_text("$ANSIBLE_VAULT;1.1;AES256\n00")

    with pytest.raises(UsageError, match=re.escape(str(tmp_path))):
        choose(f"@{tmp_path / name}", NAMES, files=True)


@pytest.mark.parametrize(
    "expression", ["~(", "~[a", "web[1", "~[", "~a{99999999999}", "web:!", "&", "~" + "a" * 400, "*" * 400]
)
def test_what_is_no_pattern(expression):
    with pytest.raises(UsageError) as refused:
        choose(expression, NAMES)

    assert len(str(refused.value)) < 300


def test_as_many_patterns_as_hosts_take_no_time():
    hosts = {f"h{n}": None for n in range(20_000)}
    names = Names(hosts, ["all"], lambda _group: hosts)

    chosen, _ = choose(",".join(f"h{n}" for n in range(0, 20_000, 2)), names)

    assert len(chosen) == 10_000
    with pytest.raises(UsageError, match=f"more than {patterns.MOST:,}"):
        choose("a," * patterns.MOST + "b", names)


@unhurried
@given(st.text(max_size=40))
def test_no_text_breaks_the_language(expression):
    try:
        chosen, _ = choose(expression, NAMES)
    except UsageError as refused:
        assert str(refused).isascii()  # noqa: PT017 - most texts are patterns
    else:
        assert set(chosen) <= set(NAMES.hosts)


@unhurried
@given(st.lists(st.sampled_from([*NAMES.groups, *WEB, "w*", "~.*1"]), min_size=1, max_size=4), st.sampled_from(",:"))
def test_a_union_holds_what_each_part_holds(parts, separator):
    together, _ = choose(separator.join(parts), NAMES)

    assert set(together) == {host for part in parts for host in choose(part, NAMES)[0]}
    assert len(together) == len(set(together))


# -- ranges ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "hosts", "port"),
    [
        ("web1", ["web1"], None),
        ("web1:2222", ["web1"], 2222),
        ("web[1:3]", ["web1", "web2", "web3"], None),
        ("web[01:03].x:22", ["web01.x", "web02.x", "web03.x"], 22),
        ("web[:2]", ["web0", "web1", "web2"], None),
        ("web[8:10]", ["web8", "web9", "web10"], None),
        ("web[1:9:4]", ["web1", "web5", "web9"], None),
        ("db-[a:c]", ["db-a", "db-b", "db-c"], None),
        ("db-[a:g:3]", ["db-a", "db-d", "db-g"], None),
        ("[a:b]x[1:2]", ["ax1", "ax2", "bx1", "bx2"], None),
        ("10.0.[0:1].[1:2]", ["10.0.0.1", "10.0.0.2", "10.0.1.1", "10.0.1.2"], None),
        ("::1", ["::1"], None),
        ("[::1]", ["::1"], None),
        ("[::1]:22", ["::1"], 22),
        ("2001:db8::[1:3]", ["2001:db8::1", "2001:db8::2", "2001:db8::3"], None),
        ("[2001:db8::[1:2]]:22", ["2001:db8::1", "2001:db8::2"], 22),
        ("fe80::1%eth0", ["fe80::1%eth0"], None),
    ],
)
def test_entries(entry, hosts, port):
    found, found_port = ranges.split_port(entry)

    assert (list(ranges.expand(found)), found_port) == (hosts, port)


@pytest.mark.parametrize(
    "entry",
    ["w[3:1]", "w[c:a]", "w[1:2", "w[1]", "w[]", "w[1:3:0]", "w[01:3]", "w[1:2:3:4]", "w[1:]", "w[a:10]", "w[aa:cc]"],
)
def test_ranges_that_are_none(entry):
    with pytest.raises(ranges.BadRange):
        list(ranges.expand(entry))


def test_a_huge_range_costs_nothing_until_it_is_used():
    assert next(ranges.expand("w[0:999999999]-[0:999999999]")) == "w0-0"
    with pytest.raises(ranges.BadRange):
        next(ranges.expand("[0:1]" * 9))


@unhurried
@given(st.integers(0, 150), st.integers(0, 150), st.integers(1, 7), st.booleans())
def test_numbers_count_up_with_their_zeros(first, last, step, padded):
    first, last = sorted((first, last))
    width = 4 if padded else 0

    names = list(ranges.expand(f"w[{first:0{width}}:{last:0{width}}:{step}]x"))

    assert names == [f"w{number:0{width}}x" for number in range(first, last + 1, step)]


# -- Ansible's own code, asked the same questions --------------------------------------------------------------------

ORACLE = """
import json, sys
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import BaseInventoryPlugin, expand_hostname_range
from ansible.parsing.utils.addresses import parse_address

class Plugin(BaseInventoryPlugin):
    NAME = "oracle"

asked = json.load(sys.stdin)
manager = InventoryManager(DataLoader(), sources=[asked["inventory"]])

def select(expression):
    try:
        manager.subset(expression)
        return [host.name for host in manager.get_hosts("all")]
    except Exception as error:
        return "error"

def expand(entry):
    try:
        return list(Plugin()._expand_hostpattern(entry))
    except Exception as error:
        return "error"

answers = {"patterns": list(map(select, asked["patterns"])), "entries": list(map(expand, asked["entries"]))}
json.dump(answers, sys.stdout)
"""


def ask_ansible(tmp_path, patterns: list[str], entries: list[str]) -> dict:
    inventory = tmp_path / "hosts.json"
    groups = {
        name: {"hosts": dict.fromkeys(hosts)} for name, hosts in MEMBERS.items() if name not in ("all", "ungrouped")
    }
    inventory.write_text(json.dumps({"all": {"hosts": dict.fromkeys(NAMES.hosts)}, **groups}))
    asked = json.dumps({"inventory": str(inventory), "patterns": patterns, "entries": entries})
    argv = [sys.executable, "-c", ORACLE]
    environment = {"LC_ALL": "C.UTF-8", "HOME": str(tmp_path), "PATH": ""}
    ran = subprocess.run(argv, input=asked, capture_output=True, text=True, timeout=120, env=environment, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_ansible_selects_the_same(tmp_path):
    chance = random.Random(7)  # noqa: S311 - not for secrets
    hosts = [host for host in NAMES.hosts if "%" not in host]  # Ansible takes an IPv6 zone apart at its colons
    parts = [*NAMES.groups, *hosts, "w*", "*1", "d?1", "~web[13]", "~.*2", "web[0]", "web[-1]", "prod[0:1]", "db[1:]"]
    parts += ["nobody", "web[0-1]", "d*[0]", "*[1:3]", "~nobody", "[dw]*"]
    expressions = [
        chance.choice(",:").join(
            chance.choice(["", "", "&", "!"]) + chance.choice(parts) for _ in range(chance.randint(1, 4))
        )
        for _ in range(600)
    ]

    answers = ask_ansible(tmp_path, expressions, [])["patterns"]

    for expression, theirs in zip(expressions, answers, strict=True):
        assert theirs != "error", expression
        assert sorted(choose(expression, NAMES)[0]) == sorted(theirs), expression


def test_ansible_expands_the_same(tmp_path):
    chance = random.Random(8)  # noqa: S311 - not for secrets
    pieces = ["web", "-", ".x", "[1:3]", "[01:11:5]", "[a:c]", "[5:5]", "7", "[A:C]", "[0:2:2]"]
    ports = ["", "", ":22", ":2222"]
    entries = ["".join(chance.choices(pieces, k=chance.randint(1, 4))) + chance.choice(ports) for _ in range(600)]
    entries += ["[2001:db8::1]:22", "2001:db8::[1:3]", "::1", "::ffff:192.0.2.1", "192.0.2.[1:3]:22", "[web[1:2]]:22"]

    answers = ask_ansible(tmp_path, [], entries)["entries"]

    odd = re.compile(r"\[[^\]]*\]:[0-9]+")  # Ansible takes the range of `[1:3]:22` for a host and its port
    for entry, theirs in zip(entries, answers, strict=True):
        host, port = ranges.split_port(entry)
        assert odd.fullmatch(entry) or [list(ranges.expand(host)), port] == theirs, entry
