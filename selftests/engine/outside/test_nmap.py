"""What nmap sees of real sockets on loopback, and what is believed when it does not say all."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from hostproof.errors import CannotTell
from hostproof.outside import answers, ports
from hostproof.outside.nmap import Nmap, Questions

pytestmark = pytest.mark.skipif(shutil.which("nmap") is None, reason="needs nmap")
REPOSITORY = Path(__file__).resolve().parents[3]
LOOPBACK = {"v4": "127.0.0.1", "v6": "::1"}
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="raw sockets need root")


@pytest.fixture
def nmap():
    here = Nmap()
    here.check()
    return here


@pytest.fixture
def sockets():
    """Opens sockets on loopback: `sockets("v6", "tcp")` is the port of one that waits there, over that family alone."""
    with ExitStack() as stack:

        def opened(family: str, protocol: str = "tcp") -> int:
            kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
            made = stack.enter_context(socket.socket(socket.AF_INET if family == "v4" else socket.AF_INET6, kind))
            made.bind((LOOPBACK[family], 0))
            if protocol == "tcp":
                made.listen()
            return made.getsockname()[1]

        yield opened


def look(nmap, family, protocol, *asked, rate=1000):
    numbers = frozenset(asked)
    xml = nmap.ask(Questions(family, protocol, ports.ranges(numbers), rate), [LOOPBACK[family]])
    (view,) = answers.views(xml, family, protocol, [LOOPBACK[family]], numbers)
    return view


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.mark.parametrize("raw", [False, pytest.param(True, marks=needs_root)], ids=["connect", "syn"])
@pytest.mark.parametrize(("family", "other"), [("v4", "v6"), ("v6", "v4")])
def test_a_socket_is_seen_over_its_family_alone(nmap, sockets, family, other, raw):
    nmap.raw = raw
    port = sockets(family)

    assert look(nmap, family, "tcp", port).state(port) == "open"
    assert look(nmap, other, "tcp", port).state(port) == "closed"
    assert look(nmap, family, "tcp", port).how == ("syn" if raw else "connect")


@needs_root
def test_udp_that_keeps_silent_is_told_from_udp_that_is_closed(nmap, sockets):
    silent, closed = sockets("v4", "udp"), closed_port()

    view = look(nmap, "v4", "udp", silent, closed)

    assert view.state(silent) == "open|filtered"
    assert view.state(closed) == "closed"


def test_ports_that_nmap_sums_up_are_seen_one_by_one(nmap, sockets):
    port = sockets("v4")
    many = range(max(port - 200, 1), min(port + 200, 65535))

    view = look(nmap, "v4", "tcp", *many)

    assert set(view.asked) == set(many)
    assert port in view.open
    assert view.alive


def test_what_was_not_asked_is_not_known(nmap, sockets):
    view = look(nmap, "v4", "tcp", sockets("v4"))

    with pytest.raises(CannotTell, match="was not asked"):
        view.state(1)


def test_a_port_that_is_missing_in_the_answer_is_missed(nmap, sockets):
    xml = nmap.ask(Questions("v4", "tcp", ((80, 80),), 1000), ["127.0.0.1"])

    (view,) = answers.views(xml, "v4", "tcp", ["127.0.0.1"], frozenset({80, 81}))

    assert "nothing about 1 of 2 ports" in view.error


def test_a_host_that_is_missing_in_the_answer_is_missed(nmap):
    xml = nmap.ask(Questions("v4", "tcp", ((80, 80),), 1000), ["127.0.0.1"])

    _, missing = answers.views(xml, "v4", "tcp", ["127.0.0.1", "127.0.0.2"], frozenset({80}))

    assert missing.error
    assert not missing.alive


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_an_answer_that_broke_off_is_none(nmap, part):
    xml = nmap.ask(Questions("v4", "tcp", ((1, 100),), 1000), ["127.0.0.1"])

    with pytest.raises(CannotTell, match="before it had said all"):
        answers.views(xml[: int(len(xml) * part)], "v4", "tcp", ["127.0.0.1"], frozenset(range(1, 101)))


def test_an_nmap_that_is_killed_has_said_nothing(nmap):
    threading.Timer(1.0, lambda: nmap.stop("it was ended")).start()
    began = time.monotonic()

    with pytest.raises(CannotTell, match="it was ended"):
        look(nmap, "v4", "tcp", *range(1, 2000), rate=50)

    assert time.monotonic() - began < 20


def test_an_option_among_the_targets_is_no_address(nmap):
    for target in ("--script=x", "127.0.0.1 -oN /x", "127.0.0.0/24", "127.0.0.1-9", "localhost"):
        with pytest.raises(ValueError, match="does not appear to be"):
            nmap.ask(Questions("v4", "tcp", ((80, 80),), 1000), [target])


def test_who_is_there(nmap):
    assert answers.answering(nmap.who_is_there("v4", ["127.0.0.1"])) == {"127.0.0.1"}


def test_the_usual_ports_are_named_without_a_packet(nmap):
    assert len(answers.ports_scanned(nmap.usual_ports("tcp", 1000))) == 1000


@needs_root
def test_without_nmap_nobody_looks():
    """Where nmap lies there is nothing to execute, in a view of the file system that only this test has."""
    ask = "from hostproof.outside.nmap import *; Nmap().check()"
    hidden = f'mount --bind /dev/null {shutil.which("nmap")} && exec "$@"'
    ran = subprocess.run(
        ["unshare", "--mount", "sh", "-c", hidden, "sh", sys.executable, "-c", ask],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert "CannotTell: nobody could look from outside: nmap is not installed on this machine" in ran.stderr


def test_nmap_ends_with_whoever_started_it():
    """Not even a killed audit leaves one behind."""
    ask = (
        "from hostproof.outside.nmap import *\n"
        "Nmap().ask(Questions('v4', 'tcp', ((1, 2000),), 20), ['127.0.0.1'])"
    )
    audit = subprocess.Popen([sys.executable, "-c", ask], cwd=REPOSITORY)
    try:
        wait_until(lambda: len(runs_with("--max-rate 20 ")) > 0)
    finally:
        audit.kill()
        audit.wait()

    wait_until(lambda: not runs_with("--max-rate 20 "))


def runs_with(words: str) -> list[str]:
    listed = subprocess.run(["ps", "-e", "-o", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in listed if line.startswith("nmap ") and words in line]


def wait_until(so) -> None:
    deadline = time.monotonic() + 20
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.1)
