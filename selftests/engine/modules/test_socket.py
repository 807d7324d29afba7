"""`host.socket` by what recorded hosts answered, and where they did not."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.modules.socket import Socket
from hostproof.probes.sockets import Sockets

RECORDED = Path(__file__).resolve().parents[2] / "recorded" / "sockets"


def socket_of(case: str, run=None):
    """`host.socket` of a recorded host."""
    readings = {name: getattr(Sockets, name) for name in ("inet", "unix")}
    values = {
        name: reading.value(Answer(reading.command.text, 0, (RECORDED / f"{case}.{name}.out").read_text()))
        for name, reading in readings.items()
    }
    host = SimpleNamespace(sockets=SimpleNamespace(**values), system_info=SimpleNamespace(type="linux"), run=run)
    return Socket.get_module(host)


@pytest.mark.parametrize(
    ("spec", "listening"),
    [
        ("tcp://7001", False),  # ::ffff:127.0.0.1
        ("tcp://127.0.0.1:7001", True),
        ("tcp://::ffff:127.0.0.1:7001", True),
        ("tcp://127.0.0.2:7001", False),
        ("tcp://7002", True),  # :: for both families
        ("tcp://0.0.0.0:7002", True),
        ("tcp://192.0.2.1:7002", True),
        ("tcp://:::7002", True),
        ("tcp://7003", False),  # 0.0.0.0 on lo
        ("tcp://0.0.0.0:7003", False),
        ("tcp://127.0.0.1:7003", True),
        ("tcp://7004", False),  # ::1
        ("tcp://:::7004", False),
        ("tcp://::1:7004", True),
        ("tcp://127.0.0.1:7004", False),
        ("udp://68", True),  # 0.0.0.0 on eth0
        ("udp://0.0.0.0:68", True),
        ("udp://127.0.0.1:68", False),
        ("udp://7002", False),
        ("unix:///run/dbus/system_bus_socket", True),
        ("unix:///var/run/dbus/system_bus_socket", True),
        ("unix:///run/dbus", False),
    ],
)
def test_who_listens(spec, listening):
    assert socket_of("debian11-odd-sockets")(spec).is_listening is listening


def test_one_address_on_a_certain_interface_is_not_guessed():
    with pytest.raises(CannotTell, match=r"0\.0\.0\.0%eth0:68/udp listens at 10"):
        _ = socket_of("debian11-odd-sockets")("udp://10.99.0.10:68").is_listening


def test_without_ss_nobody_knows_whether_ipv6_takes_ipv4():
    socket = socket_of("debian13-without-ss")

    assert socket("tcp://80").is_listening
    assert socket("tcp://:::53").is_listening
    assert socket("tcp://0.0.0.0:22").is_listening  # has a socket of its own there
    with pytest.raises(CannotTell, match="takes IPv4 as well"):
        socket.get_listening_sockets()


def test_the_list_holds_both_addresses_of_a_socket_for_both_families():
    listed = socket_of("debian11-odd-sockets").get_listening_sockets()

    assert {"tcp://0.0.0.0:7002", "tcp://:::7002", "tcp://127.0.0.1:7001", "udp://0.0.0.0%eth0:68"} <= set(listed)
    assert "unix:///run/dbus/system_bus_socket" in listed


CONNECTED = """tcp 0A00630A:0016 0100630A:D431
tcp6 0000000000000000FFFF00000A00630A:0016 0000000000000000FFFF00000200630A:D432
tcp6 000000FD000000000000000010000000:0016 000000FD000000000000000001000000:D433
tcp 0A00630A:8888 0100630A:0016
"""


@pytest.mark.parametrize(
    ("spec", "clients"),
    [
        ("tcp://22", [("10.99.0.1", 54321), ("10.99.0.2", 54322), ("fd00::1", 54323)]),
        ("tcp://0.0.0.0:22", [("10.99.0.1", 54321), ("10.99.0.2", 54322)]),
        ("tcp://:::22", [("fd00::1", 54323)]),
        ("tcp://10.99.0.10:22", [("10.99.0.1", 54321), ("10.99.0.2", 54322)]),
        ("tcp://80", []),
        ("udp://22", []),
    ],
)
def test_clients(spec, clients):
    socket = socket_of("debian13", run=lambda command: SimpleNamespace(rc=0, stdout=CONNECTED))

    assert socket(spec).clients == clients


@pytest.mark.parametrize("answer", [SimpleNamespace(rc=1, stdout=""), SimpleNamespace(rc=0, stdout="tcp nonsense\n")])
def test_clients_that_cannot_be_read_are_not_none(answer):
    with pytest.raises(CannotTell, match="cannot be read"):
        _ = socket_of("debian13", run=lambda command: answer)("tcp://22").clients
