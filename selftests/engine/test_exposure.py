"""What the host says of itself and what strangers see are joined, and every service belongs to one recommendation."""

from __future__ import annotations

import ast
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace

import pytest

from hostproof.errors import CannotTell
from hostproof.outside import Replies, Reply
from hostproof.probes.exposure import Exposed, Exposure
from hostproof.probes.firewall.answers import Access
from hostproof.probes.firewall.openings import Opening
from hostproof.probes.firewall.spans import Spans
from hostproof.probes.listeners import Listener, WayIn
from hostproof.probes.listeners.sockets import Socket
from hostproof.probes.outside import OpenPort
from hostproof.probes.processes import Process
from hostproof.services import services, usual_on

STRANGE = "192.0.2.7"
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
    """What strangers see, or, without `said`, a machine of which nobody said what it is.

    replies: else no port is recognised by its answer.
    """

    place = "this machine"

    def __init__(
        self,
        *ports: int,
        asked: bool = True,
        said: bool = True,
        unseen: tuple[str, ...] = (),
        error: str = "",
        replies: Replies | None = None,
    ) -> None:
        self.asked, self.said, self.unseen, self._ports, self._error = asked, said, list(unseen), ports, error
        self.replies = replies or Replies(tuple(Reply(STRANGE, "tcp", port) for port in ports))

    def show_replies(self) -> None:
        pass

    @property
    def reachable(self):
        return self.answering if self.said else pytest.fail("nobody knows what strangers reach")

    @property
    def answering(self):
        if self._error:
            raise CannotTell(self._error)
        return [OpenPort("v4", "tcp", STRANGE, port) for port in self._ports]


NOBODY_LOOKED = Outside(asked=False)


class Firewall:
    """Lets somebody in, but not everybody, to the ports in `named`, and passes on those in `passed_on`."""

    def __init__(self, *named: int, passed_on: tuple[int, ...] = (), to_everybody: bool = False, error: str = "") -> None:
        self._named, self._passed_on, self._to_everybody, self._error = named, passed_on, to_everybody, error

    def lets_somebody_in(self, family, protocol, port, local_address):
        if self._error:
            raise CannotTell(self._error)
        return Access("yes" if port in self._named else "no", "by the rules")

    @property
    def openings(self):
        if self._error:
            raise CannotTell(self._error)
        sources = [(0, 2**32 - 1)] if self._to_everybody else [(0x0A000000, 0x0AFFFFFF)]
        return [
            Opening("v4", "tcp", 6, "eth0", 1 << port, Spans(sources), "dnat", True, True, False, None) for port in self._passed_on
        ]


def exposed(inside: Inside, outside: Outside, *wanted: str, firewall: Firewall | None = None) -> Exposed:
    host = SimpleNamespace(listeners=inside, outside=outside, firewall=firewall or Firewall())
    return Exposure(host).of(wanted, ["80/tcp", "443/tcp"])


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


def unsaid(*ports: int, **more) -> Outside:
    return Outside(*ports, said=False, **more)


def test_an_answer_to_whoever_it_is_that_the_host_does_not_explain_is_unknown():
    told = exposed(Inside(listener("redis-server", 6379)), unsaid(6379), "redis")

    assert told.open == ()
    (why,) = told.unclear
    assert "answers this machine, although the host says that nobody outside gets in (redis-server" in why
    assert "--vantage=trusted" in why
    (why,) = exposed(Inside(), unsaid(6379), "redis").unclear
    assert "nothing is seen to listen there" in why
    assert exposed(Inside(), unsaid(6379), "mysql") == Exposed((), ())


@pytest.mark.parametrize(
    ("inside", "firewall"),
    [
        (Inside(listener("redis-server", 6379)), Firewall(6379)),
        (Inside(), Firewall(passed_on=(6379,))),
    ],
)
def test_an_answer_to_whoever_it_is_may_be_one_for_named_networks(inside, firewall):
    assert exposed(inside, unsaid(6379), "redis", firewall=firewall) == Exposed((), ())


def test_what_is_passed_on_to_everybody_is_not_explained_by_named_networks():
    assert exposed(Inside(), unsaid(6379), "redis", firewall=Firewall(passed_on=(6379,), to_everybody=True)).unclear
    assert exposed(Inside(), unsaid(6379), "redis", firewall=Firewall(error="rules cannot be read")).unclear


@pytest.mark.parametrize("outside", [unsaid(error="nmap is missing"), unsaid(unseen=("nmap is missing",)), unsaid(80, 443, 22)])
def test_what_whoever_it_is_could_not_see_costs_nothing(outside):
    assert exposed(Inside(), outside, "redis", "nginx") == Exposed((), ())
    assert exposed(Inside(listener("redis-server", 6379), accepted=(6379,)), outside, "redis").open


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


def answering(port: int, service: str, said: str, **more) -> Outside:
    return Outside(port, replies=Replies((Reply(STRANGE, "tcp", port, service, said, **more),)))


def test_what_answers_at_an_odd_port_belongs_to_its_own_recommendation():
    outside = answering(13306, "mysql", "mysql MariaDB")

    assert "which answers as mysql MariaDB" in exposed(Inside(), outside, "mysql").open[0]
    assert exposed(Inside(), outside, "tomcat") == Exposed((), ())
    host = SimpleNamespace(listeners=Inside(), outside=outside)
    assert Exposure(host).of_others(["mysql"], []) == Exposed((), ())


def test_what_answers_wins_over_the_usual_port():
    outside = answering(3306, "ssh", "ssh OpenSSH")

    assert exposed(Inside(), outside, "ssh").open
    assert exposed(Inside(), outside, "mysql") == Exposed((), ())


def test_a_private_service_behind_a_web_servers_declared_port_was_not_declared():
    nginx = Inside(listener("nginx", 443), accepted=(443,))

    assert exposed(nginx, answering(443, "mysql", "mysql MySQL"), "mysql").open
    assert exposed(nginx, answering(443, "tomcat", "http Apache Tomcat", http=True), "tomcat") == Exposed((), ())


@pytest.mark.parametrize("reason", ["nmap ended before it had said all", ""])
def test_what_could_not_be_asked_may_be_anything(reason):
    outside = Outside(13306, 443, replies=Replies(error=reason))
    told = exposed(Inside(listener("nginx", 443)), outside, "mysql")

    assert told.open == ()
    assert len(told.unclear) == 1
    assert told.unclear[0].startswith("what answers at 13306/tcp over IPv4 is not known: ")
    assert Exposure(SimpleNamespace(listeners=Inside(), outside=outside)).of_others(["mysql"], []).open


def test_a_fault_is_no_part_of_what_was_declared():
    dns = Reply(STRANGE, "tcp", 53, "dns", "domain", faults=("looks up names for strangers",))
    host = SimpleNamespace(listeners=Inside(listener("named", 53)), outside=Outside(53, replies=Replies((dns,))))

    assert "and looks up names for strangers" in Exposure(host).of_others(["ssh"], ["53/tcp"]).open[0]
    host.outside.replies = Replies((Reply(STRANGE, "tcp", 53, "dns", "domain"),))
    assert Exposure(host).of_others(["ssh"], ["53/tcp"]) == Exposed((), ())


def test_password_log_ins_over_ssh_are_told_and_missing_answers_doubted_where_no_listener_explains_them():
    def log_ins(inside, *replies, port=22):
        return Exposure(SimpleNamespace(listeners=inside, outside=Outside(port, replies=Replies(replies)))).password_log_ins()

    own = Inside(listener("sshd", 22))
    offering = Reply(STRANGE, "tcp", 22, "ssh", "ssh OpenSSH", log_ins=("publickey", "keyboard-interactive"))
    silent = Reply(STRANGE, "tcp", 22, "ssh", "ssh OpenSSH", unclear="it hangs up")

    assert log_ins(own, offering).open == ("keyboard-interactive at 22/tcp over IPv4",)
    assert log_ins(own, silent) == Exposed((), ())
    assert log_ins(Inside(), silent).unclear == ("22/tcp over IPv4: it hangs up",)
    assert log_ins(Inside(), port=2222).unclear
    assert Exposure(SimpleNamespace(listeners=Inside(), outside=NOBODY_LOOKED)).password_log_ins() == Exposed((), ())


NOSQL = {
    "mongodb": ("27017/tcp", "27018/tcp", "27019/tcp"),
    "redis": ("6379/tcp",),
    "cassandra": ("7000/tcp", "7001/tcp", "9042/tcp"),
    "couchdb": ("5984/tcp",),
    "elasticsearch": ("9200/tcp", "9300/tcp"),
    "memcached": ("11211/tcp", "11211/udp"),
    "etcd": ("2379/tcp", "2380/tcp"),
    "zookeeper": ("2181/tcp", "2888/tcp", "3888/tcp"),
    "consul": ("8500/tcp", "8301/tcp", "8301/udp", "8600/udp"),
    "influxdb": ("8086/tcp",),
}


@pytest.mark.parametrize(("product", "place"), [(product, place) for product, places in NOSQL.items() for place in places])
def test_the_usual_ports_of_nosql_databases_give_them_away(product, place):
    port, _, protocol = place.partition("/")
    service = usual_on("udp" if protocol == "udp" else "tcp", int(port))

    assert service is not None
    assert (service.id, service.never_public) == (product, True)
    assert service.programs or service.arguments
