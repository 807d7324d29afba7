"""Services that answer oddly, or not at all, are never taken for encrypted; what real ones say is for the proofs."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from hostproof.errors import CannotTell
from hostproof.outside import speaking
from hostproof.outside.dialling import directly

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
