"""From options to verdicts: who looks, when, and what it means that nobody could."""

from __future__ import annotations

import json
import os
import shutil
import time

import pytest

from hostproof.inventory import HostDescription
from hostproof.outside.nmap import Nmap, Questions
from hostproof.outside.vantage import HERE, Order, Window

LOOKS = """
from hostproof import not_applicable, recommendation

@recommendation("first")
def test_first(host):
    if not host.outside.asked:
        not_applicable("nobody was asked")
    assert not host.outside.reachable, host.outside.reachable

@recommendation("second")
def test_second(host):
    assert True
"""


UNSAID = """
import pytest
from hostproof import CannotTell, recommendation

@recommendation("first")
def test_first(host):
    assert host.outside.asked and not host.outside.said
    with pytest.raises(CannotTell, match="nobody said what this machine is to the host"):
        host.outside.reachable

@recommendation("second")
def test_second(host):
    assert True
"""


@pytest.fixture
def looking(project):
    """The project's first recommendation looks from outside at two stand-ins, at addresses that nobody has."""
    project.write("tests/topic/test_topic.py", LOOKS)
    hosts = {name: {"hostproof_addresses": [address]} for name, address in (("a", "127.0.0.1"), ("b", "fe80::1"))}
    project.write("inventories/many.yml", json.dumps({"all": {"hosts": hosts, "vars": {"ansible_connection": "local"}}}))
    return project


@pytest.mark.parametrize("options", [["--probe=none"], ["--probe=none", "--vantage=untrusted"], []])
def test_nobody_looks_at_this_machine_nor_when_told_not_to(looking, options):
    outcome = looking.run("--hosts=many", *options)

    assert {r["verdict"] for (_, name), r in outcome.results.items() if name == "first"} == {"not_applicable"}, outcome.text
    assert outcome.status == 0
    notes = [line for line in outcome.text.splitlines() if "not looked at from outside" in line]
    assert len(notes) == (0 if options else 1)
    assert all("a, b: a machine cannot look at itself" in note for note in notes)


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_what_could_not_be_seen_is_unknown_and_the_rest_stands(looking, workers):
    outcome = looking.run("--hosts=many", "--vantage=untrusted", workers)

    assert outcome.status == 6, outcome.text
    assert "no address that others could reach" in outcome.results["a", "first"]["reason"]
    assert [outcome.verdicts[host, "second"] for host in "ab"] == ["pass", "pass"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--vantage=trusted"], "this machine is trusted: only what a stranger sees"),
        (["--vantage=untrusted", "--probe-from=ssh://nobody@127.0.0.1:9", "--connect-timeout=2"], "unreachable"),
    ],
)
def test_the_reason_why_nobody_saw_is_told(looking, options, reason):
    outcome = looking.run("--hosts=many", *options)

    assert outcome.verdicts["a", "first"] == "unknown", outcome.text
    assert reason in outcome.results["a", "first"]["reason"]


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_what_nobody_asked_for_costs_one_line_when_it_cannot_be_seen(project, start_sshd, workers):
    """The host is on loopback, at an address of which this machine can see nothing from outside."""
    sshd = start_sshd()
    project.write("tests/topic/test_topic.py", UNSAID)

    outcome = project.run(f"--hosts={sshd.host}", workers)

    assert outcome.status == 0, outcome.text
    assert set(outcome.verdicts.values()) == {"pass"}
    (note,) = [line for line in outcome.text.splitlines() if "not looked at from outside" in line]
    assert note.endswith("127.0.0.1: the host has no address that others could reach: 127.0.0.1")
    assert "--probe=none" in note


def test_hosts_that_share_a_reason_share_a_line(project):
    project.write("tests/topic/test_topic.py", LOOKS.replace("reachable", "answering"))  # which is waited for
    project.write("ssh_config", "Host *\n  ProxyCommand false\n")
    project.write("inventories/many.yml", json.dumps({"all": {"hosts": {f"web{n}": {} for n in range(5)}}}))

    outcome = project.run("--hosts=many", f"--ssh-config={project.folder}/ssh_config")

    (note,) = [line for line in outcome.text.splitlines() if "not looked at from outside" in line]
    assert "web0, web1, web2 and 2 more: the host is reached through another machine (ProxyJump or ProxyCommand)" in note


@pytest.mark.skipif(os.geteuid() != 0, reason="to hide nmap needs root")
def test_without_nmap_what_nobody_asked_for_costs_one_line(project, start_sshd):
    project.write("tests/topic/test_topic.py", UNSAID)
    hidden = f'mount --bind /dev/null {shutil.which("nmap") or "/bin/nmap"} && exec "$@"'

    outcome = project.run(f"--hosts={start_sshd().host}", through=["unshare", "--mount", "sh", "-c", hidden, "sh"])

    assert outcome.status == 0, outcome.text
    (note,) = [line for line in outcome.text.splitlines() if "not looked at from outside" in line]
    assert note.endswith("127.0.0.1: nobody could look from outside: nmap is not installed on this machine")


def test_beyond_the_window_what_nobody_asked_for_costs_one_line(project, start_sshd):
    project.write("tests/topic/test_topic.py", UNSAID)
    later = (time.localtime().tm_hour + 2) % 24

    outcome = project.run(f"--hosts={start_sshd().host}", f"--probe-window={later:02}:00-{later:02}:30")

    assert outcome.status == 0, outcome.text
    (note,) = [line for line in outcome.text.splitlines() if "not looked at from outside" in line]
    assert f"--probe-window={later:02}:00-{later:02}:30" in note


def test_what_a_machine_reaches_of_which_nobody_said_what_it_is_tells_nothing_about_strangers(looking):
    looking.write("inventories/many.yml", json.dumps({"all": {"hosts": {"a": {"ansible_host": "127.0.0.1", "ansible_port": 9}}}}))

    outcome = looking.run("--hosts=many", "--probe=top", "--connect-timeout=2")

    assert outcome.verdicts["a", "first"] == "unknown", outcome.text


@pytest.mark.parametrize(
    "option",
    [
        *("--probe=some", "--vantage=friend", "--probe-rate=0", "--probe-rate=1000000"),
        *("--probe-window=9-17", "--probe-window=24:00-25:00", "--probe-window=09:00-09:00"),
        *("--probe-from=local://", "--probe-from=ssh://a,ssh://b", "--probe-from=ssh://-oProxyCommand=x"),
    ],
)
def test_a_wrong_option_is_one_line(looking, option):
    outcome = looking.run("--hosts=many", option)

    assert outcome.status == 4, outcome.text
    assert "Traceback" not in outcome.text


@pytest.mark.parametrize(("variable", "value"), [("hostproof_vantage", "friend"), ("hostproof_addresses", "192.0.2.0/24")])
def test_a_wrong_variable_is_one_line(looking, variable, value):
    hosts = {"web1": {variable: value}}
    looking.write("inventories/wrong.yml", json.dumps({"all": {"hosts": hosts, "vars": {"ansible_connection": "local"}}}))

    outcome = looking.run("--hosts=wrong", "--vantage=untrusted" if variable.endswith("addresses") else "--probe=top")

    assert outcome.status == 4, outcome.text
    assert f"host web1: {variable} in the inventory" in outcome.text


@pytest.mark.parametrize(
    ("window", "inside", "beyond"),
    [((540, 1020), (9, 0), (17, 0)), ((1320, 360), (23, 59), (6, 0)), ((1320, 360), (0, 0), (21, 59))],
)
def test_a_window_may_span_midnight(window, inside, beyond):
    def at(hour, minute):
        return time.struct_time((2026, 1, 1, hour, minute, 0, 0, 1, 0))

    assert Window(*window).holds(at(*inside))
    assert not Window(*window).holds(at(*beyond))


@pytest.mark.parametrize(
    ("order", "addresses", "rate"),
    [
        (Order(None, "", HERE, None, None), 1, 500),
        (Order(None, "", HERE, None, None), 64, 5000),  # nobody has said a word about it
        (Order(None, "untrusted", HERE, None, None), 64, 20_000),
        (Order("full", "", HERE, None, None), 1, 8000),
        (Order("full", "", HERE, None, None), 64, 20_000),
        (Order(None, "", HERE, 20, None), 64, 1280),
    ],
)
def test_the_rate_is_one_that_the_network_of_a_host_and_of_many_hosts_bears(order, addresses, rate):
    questions = Questions("v4", "tcp", ((22, 22),), order.packets, order.patience, order.at_once)

    words = Nmap().command(questions, addresses)

    assert words[words.index("--max-rate") + 1] == words[words.index("--min-rate") + 1] == str(rate)


def test_who_is_looked_at():
    def looked_at(order, connection, **variables):
        return order.asks(HostDescription("web1", connection, "192.0.2.7", variables=variables))

    kinds = ((None, ""), (None, "trusted"), ("none", "trusted"))
    unsaid, said, none = (Order(level, trust, HERE, None, None) for level, trust in kinds)

    assert [looked_at(order, "ssh") for order in (unsaid, said, none)] == [True, True, False]
    assert [looked_at(order, "local") for order in (unsaid, said, none)] == [False, True, False]
    assert looked_at(unsaid, "local", hostproof_vantage="untrusted")
