"""What the host says of itself and what strangers see are joined, and every service belongs to one recommendation."""

from __future__ import annotations

import ast
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace

import pytest

from hostproof.errors import CannotTell
from hostproof.probes.exposure import Exposed, Exposure
from hostproof.probes.listeners import Listener, WayIn
from hostproof.probes.listeners.sockets import Socket
from hostproof.probes.outside import OpenPort
from hostproof.probes.processes import Process
from hostproof.services import services

REPOSITORY = Path(__file__).resolve().parents[2]


def listener(program: str, port: int, address: str = "0.0.0.0") -> Listener:  # noqa: S104 # nothing listens
    process = Process(7, program, executable=f"/usr/sbin/{program}", arguments=(program,))
    return Listener(Socket("tcp", ("v4",), ip_address(address), port, pids=(7,)), (process,))


class Inside:
    """A host's word about listeners, of which the firewall lets everybody in to those at `accepted` ports."""

    def __init__(self, *beyond: Listener, accepted: tuple[int, ...] = (), error: str = "") -> None:
        self._beyond, self._accepted, self._error = beyond, accepted, error

    @property
    def beyond_loopback(self):
        if self._error:
            raise CannotTell(self._error)
        return iter(self._beyond)

    def ways_in(self, public_ports, concerns):
        ways = [one for one in self.beyond_loopback if concerns(one) and not one.declared_in(public_ports)]
        return [WayIn(one, "v4", "yes" if one.socket.port in self._accepted else "no", "by the rules") for one in ways]


class Outside:
    """What strangers see; without any argument, nobody was asked to look."""

    def __init__(self, *ports: int, asked: bool = True, unseen: tuple[str, ...] = (), error: str = "") -> None:
        self.asked, self.unseen, self._ports, self._error = asked, list(unseen), ports, error

    @property
    def reachable(self):
        if self._error:
            raise CannotTell(self._error)
        return [OpenPort("v4", "tcp", "192.0.2.7", port) for port in self._ports]


NOBODY_LOOKED = Outside(asked=False)


def exposed(inside: Inside, outside: Outside, *wanted: str) -> Exposed:
    return Exposure(SimpleNamespace(listeners=inside, outside=outside)).of(wanted, ["80/tcp", "443/tcp"])


def test_without_anybody_outside_the_host_is_judged_by_its_own_word():
    told = exposed(Inside(listener("mariadbd", 13306), accepted=(13306,)), NOBODY_LOOKED, "mysql")

    assert told == Exposed(("mariadbd (MySQL or MariaDB) at 0.0.0.0:13306/tcp over IPv4, by the rules",), ())
    assert exposed(Inside(listener("mariadbd", 13306)), NOBODY_LOOKED, "mysql") == Exposed((), ())


def test_what_strangers_reach_counts_although_the_host_denies_it():
    told = exposed(Inside(listener("mariadbd", 13306)), Outside(13306), "mysql")

    assert told.open == (
        "13306/tcp over IPv4, where a stranger gets an answer (mariadbd (MySQL or MariaDB) at 0.0.0.0:13306/tcp, by the rules)",
    )


def test_what_nobody_on_the_host_holds_is_known_by_its_usual_port():
    assert exposed(Inside(), Outside(3306), "mysql").open == (
        "3306/tcp over IPv4, where a stranger gets an answer, and no listener of the host is seen",
    )
    assert exposed(Inside(), Outside(3306), "postgresql") == Exposed((), ())


def test_what_both_see_is_told_once():
    assert len(exposed(Inside(listener("mariadbd", 3306), accepted=(3306,)), Outside(3306), "mysql").open) == 1


def test_what_strangers_reach_counts_where_the_host_cannot_tell():
    told = exposed(Inside(error="no tool answers"), Outside(6379), "redis")

    assert told.open
    assert told.unclear == ("no tool answers",)


@pytest.mark.parametrize("outside", [Outside(error="nmap is missing"), Outside(unseen=("nmap is missing",))])
def test_what_could_not_be_seen_is_said(outside):
    assert exposed(Inside(), outside, "redis") == Exposed((), ("nmap is missing",))


def test_a_private_service_does_not_become_public_on_a_declared_port():
    assert exposed(Inside(listener("mysqld", 443)), Outside(443), "mysql").open
    assert exposed(Inside(listener("nginx", 443)), Outside(443), "nginx") == Exposed((), ())


def test_of_two_on_one_port_the_one_at_the_address_is_meant():
    both = Inside(listener("nginx", 443, "192.0.2.7"), listener("sshd", 443, "10.0.0.7"))

    assert exposed(both, Outside(443), "ssh") == Exposed((), ())


def test_every_private_service_and_every_web_server_has_a_recommendation_of_its_own():
    tests = ast.parse((REPOSITORY / "tests" / "exposure" / "test_exposure.py").read_text(encoding="utf-8"))
    lists = [node for node in tests.body if isinstance(node, ast.Assign)]
    named = [one.value for node in lists for one in ast.walk(node) if isinstance(one, ast.Constant)]

    private = {service.id for service in services().values() if service.never_public}
    assert sorted(named) == sorted(private | {"apache", "nginx", "web"})
