"""Which other machines the settings of rsyslog and syslog-ng name, in the ways in which their manuals write them."""

from __future__ import annotations

import pytest

from hostproof.connection.answer import Answer
from hostproof.probes.log_watch import read_targets


def targets(daemon: str, settings: str) -> list[str]:
    printed = "\n".join(f"{daemon}|{line}" for line in settings.split("\n"))
    return read_targets(Answer("", 0, printed))[daemon]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("*.* @logs.example.org", ["logs.example.org"]),
        ("auth,authpriv.*\t\t@@logs.example.org:6514", ["logs.example.org"]),
        ("*.*  @@(o)[2001:db8::5]:514", ["[2001:db8::5]"]),
        (":programname, isequal, \"sshd\" @192.0.2.5", ["192.0.2.5"]),
        ('action(type="omfwd"\n  target="logs.example.org"\n  port="514")', ["logs.example.org"]),
        ('*.* action(type="omrelp" target="logs.example.org" port="2514" tls="on")', ["logs.example.org"]),
        ('action(type="omelasticsearch" server="search.example.org")', ["search.example.org"]),
        ("*.* @127.0.0.1", []),
        ("*.* @@[::1]:514", []),
        ('action(type="omfwd" target="localhost" port="514")', []),
        ('action(type="omfile" file="/var/log/all" target="logs.example.org")', []),
        ("*.* /var/log/all\n$WorkDirectory /var/spool/rsyslog", []),
    ],
)
def test_rsyslog(settings, expected):
    assert targets("rsyslog", settings) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('destination d_net { network("logs.example.org" port(6514) transport("tls")); };', ["logs.example.org"]),
        ('destination d_net {\n    tcp("192.0.2.5" port(514));\n};', ["192.0.2.5"]),
        ('destination d_here { udp("127.0.0.1"); };', []),
        ('source s_net { network(ip("0.0.0.0") port(514)); };', []),
        ('destination d_file { file("/var/log/all"); };', []),
    ],
)
def test_syslog_ng(settings, expected):
    assert targets("syslog-ng", settings) == expected
