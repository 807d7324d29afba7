"""Services asked from another machine: through a real sshd, by one log-in, and never taken for answers of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from hostproof.errors import CannotTell
from hostproof.inventory import hosts_from
from hostproof.outside import calling, http, speaking, tls
from hostproof.outside.calling import Away, Caller, first_answer, side_by_side

LOOPBACK = "127.0.0.1"
REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def away(start_sshd, tmp_path):
    """Connections by way of a new sshd, and that sshd."""

    made = []

    def start(extra: str = ""):
        sshd = start_sshd(extra)
        (origin,) = hosts_from(sshd.host, folder=tmp_path).hosts
        made.append(Away(origin, 10, tmp_path))
        return made[-1], sshd

    yield start
    for each in made:
        each.close()


@contextmanager
def redis():
    """Something that answers PING."""
    with socket.create_server((LOOPBACK, 0)) as server:

        def serve() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                with line:
                    line.recv(100)
                    line.sendall(b"+PONG\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def closed_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as server:
        return server.getsockname()[1]


def test_all_questions_share_one_log_in(away):
    through, sshd = away()
    caller = Caller("there", through.dial)

    with redis() as port:
        manners = [caller.ask(speaking.ask, LOOPBACK, port, "redis") for _ in range(2)]

    assert {manner.how for manner in manners} == {"clear"}
    assert sshd.logins == 1


@pytest.mark.parametrize(
    "question",
    [
        lambda dial, port: http.ask(dial, LOOPBACK, port, "www.example.test", "/"),
        lambda dial, port: tls.offer(dial, LOOPBACK, port, "www.example.test"),
        lambda dial, port: speaking.ask(dial, LOOPBACK, port, "redis"),
        lambda dial, port: speaking.ask(dial, LOOPBACK, port, ""),
    ],
    ids=["http", "tls", "redis", "unknown"],
)
@pytest.mark.parametrize("extra", ["", "AllowTcpForwarding no"])
def test_what_cannot_be_reached_from_there_has_said_nothing(away, question, extra):
    through, sshd = away(extra)

    with pytest.raises(CannotTell, match=r"no connection, from 127\.0\.0\.1"):
        question(through.dial, closed_port())
    assert sshd.logins == 1


def test_a_machine_that_lets_nobody_in_is_asked_once(away, monkeypatch):
    through, sshd = away()
    sshd.new_host_key()
    (sshd.folder / "known_hosts").write_text("")
    started, tries = calling._started, []
    monkeypatch.setattr(calling, "_started", lambda argv, *streams: tries.append(argv) or started(argv, *streams))

    for _ in range(2):
        with pytest.raises(CannotTell, match=r"is unreachable: .*is not in known_hosts"):
            tls.certificate(through.dial, LOOPBACK, 1, "")
    assert len(tries) == 1


def test_silence_is_waited_for_no_longer_than_elsewhere(away, monkeypatch):
    monkeypatch.setattr(tls, "SECONDS", 1.0)
    through, _ = away()

    with socket.create_server((LOOPBACK, 0)) as silent, pytest.raises(tls.NobodyThere):
        tls.certificate(through.dial, LOOPBACK, silent.getsockname()[1], "")


def test_patience_is_one_for_all_questions(monkeypatch):
    monkeypatch.setattr(calling, "PATIENCE", 0.2)
    caller = Caller()

    caller.ask(lambda dial: time.sleep(0.3))
    with pytest.raises(CannotTell, match=r"took more than 0\.2 s"):
        caller.ask(lambda dial: None)


def test_what_is_asked_side_by_side_takes_the_patience_of_one(monkeypatch):
    monkeypatch.setattr(calling, "PATIENCE", 1.0)
    caller = Caller()

    side_by_side(lambda _: caller.ask(lambda dial: time.sleep(0.4)), range(calling.AT_ONCE))
    caller.ask(lambda dial: time.sleep(0.7))
    with pytest.raises(CannotTell, match=r"took more than 1 s"):
        caller.ask(lambda dial: None)


def test_a_host_never_has_more_connections_of_one_caller_than_a_few():
    caller, held, most = Caller(), threading.Semaphore(0), []

    def question(dial):
        held.release()
        time.sleep(0.05)
        most.append(held._value)
        held.acquire()

    with ThreadPoolExecutor(20) as pool:
        for asked in [pool.submit(caller.ask, question) for _ in range(20)]:
            asked.result()
    assert 2 <= max(most) <= calling.AT_ONCE


def refuses(reason: str):
    """A question that gets no answer."""

    def ask():
        raise CannotTell(reason)

    return ask


def test_the_first_answer_is_the_first_ones_although_it_is_slow(monkeypatch):
    monkeypatch.setattr(calling, "HEAD_START", 0.05)

    assert first_answer([lambda: time.sleep(0.2) or "slow", lambda: "quick"], "nobody") == "slow"
    assert first_answer([refuses("no"), lambda: "second", lambda: "third"], "nobody") == "second"


def test_nobody_else_is_asked_where_the_first_one_answers():
    assert first_answer([lambda: "first", lambda: pytest.fail("it was asked")], "nobody") == "first"


def test_silence_of_all_costs_the_time_of_one_and_is_no_answer(monkeypatch):
    monkeypatch.setattr(calling, "HEAD_START", 0.05)
    monkeypatch.setattr(tls, "SECONDS", 1.0)
    began = time.monotonic()

    with socket.create_server((LOOPBACK, 0)) as silent:
        port = silent.getsockname()[1]
        asked = [partial(caller.ask, tls.offer, LOOPBACK, port, "") for caller in (Caller(), Caller(), Caller())]
        with pytest.raises(CannotTell, match="nobody could be asked"):
            first_answer(asked, "nobody")
    assert time.monotonic() - began < 2.5

    with pytest.raises(CannotTell, match=r"^a; b$"):
        first_answer([refuses("a"), refuses("b"), refuses("a")], "nobody")
    with pytest.raises(CannotTell, match=r"^nobody$"):
        first_answer([], "nobody")


DIALLING = """
import json, os, sys, time
from pathlib import Path
from hostproof.inventory import HostDescription
from hostproof.outside.calling import Away

away = Away(HostDescription.from_json(json.loads(sys.argv[1])), 10, Path(sys.argv[2]))
with away.dial("127.0.0.1", int(sys.argv[3]), 5) as line:
    line.sendall(b"PING")
    print(line.recv(5), flush=True)
time.sleep(60)
"""


def test_the_log_in_ends_with_the_process_however_that_ends(away, tmp_path):
    through, sshd = away()
    with redis() as port:
        command = [sys.executable, "-c", DIALLING, json.dumps(through.origin.as_json()), str(tmp_path), str(port)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
        assert process.stdout.readline() == b"b'+PONG'\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    deadline = time.monotonic() + 10
    while "Disconnected from user" not in sshd.log:
        assert time.monotonic() < deadline, sshd.log
        time.sleep(0.05)
