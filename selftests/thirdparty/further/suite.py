"""More of what people ask testinfra; every answer here is the right one. The host is bench/thirdparty/host.sh's and host.sh's."""

import pytest

BOUND = {
    "tcp://9001": True,
    "tcp://0.0.0.0:9001": False,
    "tcp://127.0.0.1:9001": False,
    "tcp://:::9001": True,
    "tcp://::1:9001": True,
    "udp://9001": True,
    "udp://0.0.0.0:9001": False,
    "tcp://9002": True,
    "tcp://0.0.0.0:9002": False,
    "tcp://192.0.2.77:9002": True,
    "tcp://127.0.0.1:9002": False,
    "udp://9002": True,
    "udp://192.0.2.77:9002": True,
    "tcp://9003": True,
    "tcp://0.0.0.0:9003": True,
    "tcp://127.0.0.1:9003": True,
    "tcp://::ffff:127.0.0.1:9003": True,
    "tcp://:::9003": True,
    "tcp://9004": True,
    "tcp://0.0.0.0:9004": True,
    "tcp://127.0.0.1:9004": False,
    "tcp://9005": False,
    "tcp://127.0.0.1:9005": True,
    "tcp://8125": False,
    "unix:///run/further.sock": True,
    "unix:///var/run/further.sock": True,
    "unix:///run/further.seq": True,
    "unix:///run/further": False,
}


@pytest.mark.parametrize(("spec", "listening"), BOUND.items())
def test_socket(host, spec, listening):
    assert host.socket(spec).is_listening == listening


def test_list_of_sockets(host):
    sockets = host.socket.get_listening_sockets()
    there = {"tcp://0.0.0.0:22", "tcp://:::9001", "tcp://0.0.0.0:9003", "tcp://:::9003", "tcp://192.0.2.77:9002", "unix:///run/further.sock"}
    assert there <= set(sockets)
    assert "tcp://0.0.0.0:9001" not in sockets


def test_clients(host):
    assert any(port > 1023 for _, port in host.socket("tcp://22").clients)
    assert not host.socket("tcp://9003").clients


def test_clients_of_a_unix_socket(host):
    assert None in host.socket("unix:///run/systemd/journal/stdout").clients


# exists, is running, starts at boot or on demand
UNITS = {
    "metrics": (True, False, True),
    "metrics.socket": (True, True, True),
    "never": (True, True, False),
    "drawn": (True, True, True),
    "drawing": (True, True, True),
    "sshd": (True, True, True),
    "passing": (True, True, False),
    "idle@one": (True, True, True),
    "idle@two": (True, False, False),
    "six.socket": (True, True, False),
    "mute": (True, False, False),
    "apt-daily.timer": (True, True, True),
    "nope.timer": (False, False, False),
    "multi-user.target": (True, True, True),
}


@pytest.mark.parametrize(("name", "exists", "running", "enabled"), [(name, *of) for name, of in UNITS.items()])
def test_unit(host, name, exists, running, enabled):
    unit = host.service(name)
    assert (unit.exists, unit.is_running, unit.is_enabled) == (exists, running, enabled)


def test_template(host):
    assert host.service("idle@").exists
    assert not host.service("nope@").exists


@pytest.mark.parametrize(("name", "masked"), [("mute", True), ("quiet", True), ("never", False), ("nope", False)])
def test_masked(host, name, masked):
    assert host.service(name).is_masked == masked


def test_properties(host):
    assert host.service("drawing").systemd_properties["Wants"] == "drawn.service"


def test_valid(host):
    assert host.service("drawing").is_valid


def test_rules(host):
    assert host.iptables.rules("filter", "INPUT") == [
        "-P INPUT DROP",
        "-A INPUT -i lo -j ACCEPT",
        "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A INPUT -m conntrack --ctstate INVALID -j DROP",
        "-A INPUT -p icmp -j ACCEPT",
        "-A INPUT -p ipv6-icmp -j ACCEPT",
        "-A INPUT -s 10.99.0.0/24 -p tcp -m tcp --dport 22 -j ACCEPT",
    ]


def test_rules_for_ipv6(host):
    assert "-A INPUT -s fd99::/64 -p tcp -m tcp --dport 22 -j ACCEPT" in host.iptables.rules(version=6)


def test_nat(host):
    assert all(rule.endswith("ACCEPT") for rule in host.iptables.rules("nat"))
