"""Services that answer oddly, or not at all, are never taken for encrypted; what real ones say is for the proofs."""

from __future__ import annotations

import socket
import socketserver
import threading
import time

import pytest

from hostproof.errors import CannotTell
from hostproof.outside import speaking
from hostproof.outside.dialling import directly
from hostproof.outside.interview import OWN_QUESTIONS

LOOPBACK = "127.0.0.1"


@pytest.fixture
def service():
    """Starts a service that says something to each caller, piece by piece; its port."""
    listening = socket.create_server((LOOPBACK, 0))
    over = threading.Event()

    def serve(pieces):
        while not over.is_set():
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line:
                try:
                    for piece in pieces():
                        line.sendall(piece)
                except OSError:
                    pass

    def start(pieces) -> int:
        threading.Thread(target=serve, args=(pieces,), daemon=True).start()
        return listening.getsockname()[1]

    yield start
    over.set()
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def flood():
    yield from (b"\xfe" * 4096 for _ in range(100))


def drip():
    for _ in range(200):
        yield b"2"
        time.sleep(0.1)


@pytest.mark.parametrize("said", [b"", b"\0", b"\n", b"220", b"\xff" * 9, b"\x0a\0\0\0\x0a", b"* \r\n", b"RFB 003.008\n\x00"])
@pytest.mark.parametrize("kind", ["", *speaking.QUESTIONS])
def test_nonsense_is_no_encryption(service, kind, said):
    port = service(lambda: [said])

    try:
        manner = speaking.ask(directly, LOOPBACK, port, kind)
    except CannotTell:
        return
    assert (kind, manner.how) in {("telnet", "clear"), ("vnc", "optional")}


@pytest.mark.parametrize("pieces", [flood, drip])
def test_an_answer_that_does_not_end_is_not_waited_for(service, monkeypatch, pieces):
    monkeypatch.setattr(speaking, "SECONDS", 0.5)
    monkeypatch.setattr("hostproof.outside.tls.SECONDS", 0.5)
    port = service(pieces)

    began = time.monotonic()
    with pytest.raises(CannotTell):
        speaking.ask(directly, LOOPBACK, port, "ftp")
    assert time.monotonic() - began < 5


def test_nobody_there_is_no_encryption():
    with socket.create_server((LOOPBACK, 0)) as gone:
        port = gone.getsockname()[1]

    with pytest.raises(CannotTell, match="Connection refused"):
        speaking.ask(directly, LOOPBACK, port, "redis")


@pytest.fixture
def answering():
    """Starts a service that answers the first words of each caller, whatever they are, and hangs up; its port."""
    services = []

    def start(answer: bytes) -> int:
        class Answering(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.recv(4096)
                self.request.sendall(answer)

        services.append(socketserver.ThreadingTCPServer((LOOPBACK, 0), Answering))
        threading.Thread(target=services[-1].serve_forever, args=(0.05,), daemon=True).start()
        return services[-1].server_address[1]

    yield start
    for service in services:
        service.shutdown()
        service.server_close()


# Written by the protocols' specifications: no distribution has ZooKeeper or Cassandra alone. MQTT and etcd are proved by real ones.
SUPPORTED = b"\x84\0\0\0\6\0\0\0\x1a\0\1\0\x0bCQL_VERSION\0\1\0\x053.4.5"
TOO_NEW = b"\x83\0\0\0\0\0\0\0\x4b\0\0\0\x0a\0\x45Invalid or unsupported protocol version (4); highest supported is 3   "


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("cassandra", SUPPORTED),
        ("cassandra", TOO_NEW),
        ("zookeeper", b"Zookeeper version: 3.8.0-1, built on 2022-02-25\nLatency min/avg/max: 0/0.0/0\n"),
        ("zookeeper", b"srvr is not executed because it is not in the whitelist.\n"),
        ("", b"HTTP/1.0 400 Bad Request\r\n\r\n"),
        ("", b"\x84"),
    ],
)
def test_what_no_distribution_has_is_recognised_by_its_answer(answering, kind, answer):
    port = answering(answer)

    assert speaking.recognised(directly, LOOPBACK, port, OWN_QUESTIONS) == kind
    if kind:
        assert speaking.ask(directly, LOOPBACK, port, kind).how == "clear"


def test_who_keeps_silent_is_not_asked_everything(monkeypatch):
    monkeypatch.setattr(speaking, "SECONDS", 0.4)
    with socket.create_server((LOOPBACK, 0)) as silent:
        began = time.monotonic()
        assert speaking.recognised(directly, LOOPBACK, silent.getsockname()[1], OWN_QUESTIONS) == ""
        assert time.monotonic() - began < 0.8  # one of six questions


@pytest.mark.parametrize("version", ["8.0.32", "8.0.32+db", "8.0.32-0ubuntu"])  # a packet that begins with K, N, S
def test_mysql_is_recognised_whatever_is_said_before(version):
    greeting = b"\n" + version.encode() + b"\0" + bytes(12) + b"\0\xff\xff" + bytes(30) + b"caching_sha2_password\0"
    packet = len(greeting).to_bytes(3, "little") + b"\0" + greeting
    over = threading.Event()

    class Greeting(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.sendall(packet)
            over.wait(30)

    with socketserver.ThreadingTCPServer((LOOPBACK, 0), Greeting) as service:
        threading.Thread(target=service.serve_forever, args=(0.05,), daemon=True).start()
        began = time.monotonic()
        assert speaking.recognised(directly, LOOPBACK, service.server_address[1], OWN_QUESTIONS) == "mysql"
        assert time.monotonic() - began < speaking.SECONDS
        over.set()
        service.shutdown()
