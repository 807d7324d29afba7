"""What counts as the same rules, and what a script loads when it is told to start."""

from __future__ import annotations

import pytest

from hostproof.connection.answer import Answer
from hostproof.probes.firewall.commands import read_iptables
from hostproof.probes.saved_firewall.loaders import read_start
from hostproof.probes.saved_firewall.normal import Rules, difference, normal

SHUT = ":INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n"
UNIT = """Id=firewall.service
LoadState=loaded
ActiveState=active
UnitFileState=generated
Result=success
WantedBy=multi-user.target
RequiredBy=
ExecStart={ path=/etc/init.d/firewall ; argv[]=/etc/init.d/firewall start ; ignore_errors=no }
SourcePath=/etc/init.d/firewall

link /etc/rc2.d/S01firewall
script 755 0 f 1 /etc/init.d/firewall
"""


def rules(*lines: str, head: str = SHUT) -> Rules:
    """The filter table of IPv4, as iptables-save prints it."""
    return normal([], read_iptables(Answer("", 0, f"## nft ip\n*filter\n{head}" + "\n".join(lines) + "\nCOMMIT\n")))


SSH, WEB = "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT", "-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT"


@pytest.mark.parametrize(
    "loaded",
    [
        rules(SSH, WEB, head=SHUT.replace("[0:0]", "[12:3456]")),
        rules('-A INPUT -p tcp -m tcp --dport 22 -m comment --comment "the \\"way\\" in" -j ACCEPT', WEB),
        rules("-A INPUT -p tcp -j f2b-sshd", SSH, WEB, "-A f2b-sshd -j RETURN", head=f"{SHUT}:f2b-sshd - [0:0]\n"),
        rules(SSH, WEB, "-A DOCKER -j DROP", head=SHUT.replace("FORWARD ACCEPT", "FORWARD DROP") + ":DOCKER - [0:0]\n"),
    ],
    ids=["counters", "comment", "fail2ban", "docker"],
)
def test_what_changes_by_itself_makes_no_difference(loaded):
    assert difference(loaded, rules(SSH, WEB)) == []


@pytest.mark.parametrize(
    ("loaded", "told"),
    [
        (rules(WEB, SSH), "saved in another order: ip filter INPUT"),
        (rules(SSH), f"saved but not loaded: `{WEB}` (ip filter INPUT)"),
        (rules(SSH, WEB, WEB), f"loaded but not saved: `{WEB}` (ip filter INPUT)"),
        (rules(SSH, WEB, head=SHUT.replace("INPUT DROP", "INPUT ACCEPT")), "saved but not loaded: `policy DROP` (ip filter INPUT)"),
        (
            rules(SSH, WEB, head=SHUT.replace("FORWARD ACCEPT", "FORWARD DROP")),
            "loaded but not saved: `policy DROP` (ip filter FORWARD)",
        ),
    ],
)
def test_other_rules_are_told(loaded, told):
    assert difference(loaded, rules(SSH, WEB)) == [told]


def test_an_element_of_a_set_counts_and_one_that_runs_out_does_not():
    def listed(*elements: object, **more: object) -> Rules:
        whole = {"family": "inet", "table": "t", "name": "s", "type": "ipv4_addr", "elem": list(elements), **more}
        return normal([{"set": whole}], read_iptables(Answer("", 0, "")))

    assert difference(listed("10.0.0.1", "10.0.0.2"), listed("10.0.0.2", "10.0.0.1")) == []
    assert difference(listed("10.0.0.1"), listed("10.0.0.2"))
    assert difference(listed("10.0.0.1", flags=["timeout"]), listed(flags=["timeout"])) == []


@pytest.mark.parametrize(
    ("script", "reads"),
    [
        ("iptables-restore </etc/a", (("ip", "/etc/a"),)),
        ("/usr/sbin/ip6tables-restore -c < '/etc/a'", (("ip6", "/etc/a"),)),
        ("/sbin/iptables-legacy-restore /etc/a || exit 1", (("ip", "/etc/a"),)),
        ("nft -f /etc/a", (("nft", "/etc/a"),)),
        ("A=/etc/a\n[ -f $A ] && iptables-restore < ${A}", (("ip", "/etc/a"),)),
        ("# iptables-restore </etc/a\nexit 0 # iptables-restore </etc/a", ()),
        (
            'case "$1" in\nstop) iptables-restore </etc/a ;;\n"start"|restart)\n iptables-restore </etc/b\n;;\nesac',
            (("ip", "/etc/b"),),
        ),
        ("do_stop() {\n iptables-restore </etc/a\n}\ndo_start() {\n iptables-restore </etc/b\n}\n", (("ip", "/etc/b"),)),
    ],
)
def test_what_a_script_loads(script, reads):
    lines = "".join(f"in {line}\n" for line in script.split("\n"))
    (loader,) = read_start(Answer("", 0, UNIT + lines)).loaders

    assert (loader.kind, loader.faults, loader.reads) == ("init-script", (), reads)


@pytest.mark.parametrize("script", ["iptables -P INPUT DROP", "$IPTABLES -A INPUT -j DROP", "/opt/firewall/load-all"])
def test_what_cannot_be_followed_is_said(script):
    (loader,) = read_start(Answer("", 0, f"{UNIT}in {script}\n")).loaders

    assert loader.unclear
