"""Whom a jail spares, what it receives, and which ports its bans close."""

from __future__ import annotations

import json

import pytest

from hostproof.connection import Answer
from hostproof.probes.fail2ban.jails import Jail, LogFile, read_server
from hostproof.probes.fail2ban.messages import Message, read_newest

MESSAGE = Message(
    {
        "SYSLOG_IDENTIFIER": "sshd-session",
        "SYSLOG_PID": "4711",
        "MESSAGE": "Invalid user admin from 203.0.113.9 port 4242",
        "_SYSTEMD_UNIT": "ssh.service",
        "_COMM": "sshd-session",
        "__REALTIME_TIMESTAMP": "1000000000000000",
    }
)


def jail(**facts) -> Jail:
    sound = {
        "name": "sshd", "idle": False, "recognises": set(), "files": [], "journal": [], "reads_journal": True, "ban_seconds": 600,
        "find_seconds": 600,
        "max_retry": 5, "ignored": [], "ignore_command": "", "actions": [],
    }  # fmt: skip
    return Jail(**{**sound, **facts})


@pytest.mark.parametrize(
    ("ignored", "spared"),
    [
        (["127.0.0.0/8", "::1", "10.0.0.0/8", "fc00::/7", "admin.example.org"], []),
        (["0.0.0.0"], ["0.0.0.0/0"]),  # noqa: S104 - this is how fail2ban shows 0.0.0.0/0
        (["::"], ["::/0"]),
        (["0.0.0.0/1", "128.0.0.0/1"], ["0.0.0.0/0"]),
        (["128.0.0.0/1"], ["128.0.0.0/1"]),
        ([f"{n}.0.0.0/8" for n in range(256)], ["0.0.0.0/0"]),
        (["2000::/3"], ["2000::/3"]),
        (["198.51.100.0/24", "2001:db8::/32"], []),
    ],
)
def test_only_networks_too_wide_to_be_friends_are_named(ignored, spared):
    assert jail(ignored=ignored).spares == spared


@pytest.mark.parametrize(
    ("journal", "received"),
    [
        ([], True),
        ([["_SYSTEMD_UNIT=ssh.service"], ["_COMM=sshd"]], True),
        ([["_SYSTEMD_UNIT=sshd.service"], ["_COMM=sshd"]], False),
        ([["_COMM=sshd", "_COMM=sshd-session"]], True),
        ([["_COMM=sshd-session", "_SYSTEMD_UNIT=sshd.service"]], False),
        ([["NO_SUCH_FIELD=x"]], False),
    ],
)
def test_a_journal_match_means_what_it_means_to_journalctl(journal, received):
    assert jail(journal=journal).receives(MESSAGE) is received


@pytest.mark.parametrize(
    ("line", "received"),
    [
        ("Nov 23 10:00:00 host sshd-session[4711]: Invalid user admin from 203.0.113.9 port 4242", True),
        ("2026-11-23T10:00:00.1+00:00 host sshd-session[4711]: Invalid user admin from 203.0.113.9 port 4242", True),
        ("Nov 23 10:00:00 host sshd-session[4712]: Invalid user admin from 203.0.113.9 port 4242", False),
    ],
)
def test_a_file_receives_a_message_when_it_has_that_very_message(line, received):
    files = [LogFile("/var/log/empty"), LogFile("/var/log/auth.log", 90, [line])]

    assert jail(reads_journal=False, files=files).receives(MESSAGE) is received


@pytest.mark.parametrize(
    ("properties", "ports", "blocks_2222", "obstacle"),
    [
        ({"actionstart": "nft add rule x tcp dport { ssh } reject", "actionban": "nft add element"}, [[22, 22]], False, None),
        ({"actionstart": "<iptables> -I INPUT --dports <port>", "iptables": "iptables -w", "actionban": "<iptables> -A"},
         [[22, 22], [2000, 3000]], True, None),
        ({"actionstart": "nft add rule x meta l4proto tcp reject", "actionban": "nft add element"}, [[22, 22]], True, None),
        ({"actionban": "ip route add unreachable <ip>"}, [], True, None),
        ({"actionban": "ipset add f2b <ip>"}, [], False, "its action own needs ipset, which is not there"),
        ({"actionban": "firewall-cmd --add-rich-rule='...'"}, [], False, "its action own speaks to firewalld, which does not run"),
        ({"actionban": "echo <ip> >>/var/log/notes"}, [], True, None),
        ({"actionban": ""}, [], False, "its action own blocks nobody"),
    ],
)  # fmt: skip
def test_what_an_action_does_is_taken_from_its_commands(properties, ports, blocks_2222, obstacle):
    (found,) = server([{"name": "own", "properties": properties, "ports": ports}]).jails

    assert (found.blocks(2222), found.actions[0].obstacle) == (blocks_2222, obstacle)


def test_a_script_of_the_site_is_not_known():
    (found,) = server([{"name": "own", "properties": {"actionban": "/usr/local/sbin/block <ip>"}, "ports": []}]).jails

    assert not found.actions[0].known


def test_a_message_that_may_still_be_on_its_way_is_passed_over():
    entries = [
        {**MESSAGE.fields, "MESSAGE": text, "__REALTIME_TIMESTAMP": f"{at}000000"} for text, at in (("old", 90), ("new", 99))
    ]
    said = "\n".join(["now 100", *map(json.dumps, entries)])

    newest = read_newest(Answer("", 0, said))

    assert newest
    assert newest.text == "old"


def test_nothing_in_the_journal_is_no_message():
    assert read_newest(Answer("", 0, "now 100\n")) is None


def server(actions):
    facts = {
        "version": "1.1.0", "unit": "fail2ban.service", "at_boot": True, "tools": ["nft", "iptables", "firewall-cmd", "ip"],
        "firewalld_runs": False, "ufw_on": False,
    }  # fmt: skip
    one = {
        "name": "sshd", "idle": False, "recognises": [["sshd", "IPv4"]], "files": [], "journal": [], "reads_journal": True,
        "ban_seconds": 600, "find_seconds": 600, "max_retry": 5, "ignored": [], "ignore_command": "", "actions": actions,
    }  # fmt: skip
    return read_server(Answer("", 0, json.dumps({**facts, "jails": [one]})))
