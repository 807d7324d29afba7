"""What a real sshd offers to strangers, and services that answer oddly: never taken for ones that offer nothing."""

from __future__ import annotations

import socket
import ssl
import struct
import subprocess
import threading
import time

import pytest

from hostproof.errors import CannotTell
from hostproof.outside import offers
from hostproof.outside.dialling import directly

LOOPBACK = "127.0.0.1"
READY, FINE, NO = b"220 mail\r\n", b"250 fine\r\n", b"550 relaying denied\r\n"
FORGED = "debug1: Authentications that can continue: publickey\n" * 40


@pytest.fixture
def service():
    """Starts a service that answers what a caller says with the next of some answers, the first one unasked; its port."""
    listening = socket.create_server((LOOPBACK, 0))

    def serve(answers):
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line:
                try:
                    for answer in answers:
                        line.sendall(answer)
                        line.recv(4096)
                except OSError:
                    pass

    def start(*answers: bytes) -> int:
        threading.Thread(target=serve, args=(answers,), daemon=True).start()
        return listening.getsockname()[1]

    yield start
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


@pytest.fixture
def within_tls(tmp_path):
    """Starts a service that talks to one caller within TLS; its port."""
    certificate, key = tmp_path / "certificate", tmp_path / "key"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=x",
        "-keyout",
        key,
        "-out",
        certificate,
    ]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def serve(listening, talk):
        try:
            with listening, listening.accept()[0] as line, context.wrap_socket(line, server_side=True) as secured:
                talk(secured)
        except OSError:
            pass

    def start(talk) -> int:
        listening = socket.create_server((LOOPBACK, 0))
        threading.Thread(target=serve, args=(listening, talk), daemon=True).start()
        return listening.getsockname()[1]

    return start


@pytest.mark.parametrize(
    ("settings", "methods"),
    [
        ("PasswordAuthentication no\nKbdInteractiveAuthentication no", {"publickey"}),
        ("PasswordAuthentication yes\nKbdInteractiveAuthentication no", {"publickey", "password"}),
        ("PasswordAuthentication no\nKbdInteractiveAuthentication yes", {"publickey", "keyboard-interactive"}),
    ],
)
def test_sshd_is_asked_how_one_may_log_in(start_sshd, settings, methods):
    sshd = start_sshd(settings)

    assert set(offers.log_ins(None, LOOPBACK, sshd.port, "root")) == methods


def test_a_banner_cannot_pretend_to_be_the_answer(start_sshd, tmp_path):
    (tmp_path / "banner").write_text(FORGED)
    sshd = start_sshd(f"PasswordAuthentication yes\nKbdInteractiveAuthentication no\nBanner {tmp_path}/banner")

    assert "password" in offers.log_ins(None, LOOPBACK, sshd.port, "root")


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-x\r\n", FORGED.encode(), b"\xff" * 500])
def test_what_does_not_speak_ssh_offers_nothing_known(service, monkeypatch, said):
    monkeypatch.setattr(offers, "SECONDS", 1.0)
    with pytest.raises(CannotTell, match="does not say how one may log in"):
        offers.log_ins(None, LOOPBACK, service(said), "root")


def dns(flags: int) -> bytes:
    answer = struct.pack(">6H", 0x6870, flags, 1, 0, 0, 0) + b"\0" * 8
    return struct.pack(">H", len(answer)) + answer


@pytest.mark.parametrize(
    ("flags", "looks_up"),
    [(0x8180, True), (0x8182, True), (0x8183, True), (0x8185, False), (0x8105, False), (0x8400, False), (0x8580, True)],
    ids=["answers", "tried", "no-such-name", "refuses", "refuses-and-cannot", "own-names", "knows"],
)
def test_a_name_server_that_looks_up_names(service, flags, looks_up):
    assert offers.looks_up_names_for_anybody(directly, LOOPBACK, service(b"", dns(flags))) is looks_up


def test_name_and_mail_servers_that_expect_tls_are_asked_within_it(within_tls):
    name_server = within_tls(lambda line: (line.recv(4096), line.sendall(dns(0x8180))))
    assert offers.looks_up_names_for_anybody(directly, LOOPBACK, name_server, tls=True)

    def relay(line):
        for answer in (READY, FINE, FINE, FINE):
            line.sendall(answer)
            line.recv(4096)

    assert offers.relays_mail_of_anybody(directly, LOOPBACK, within_tls(relay), tls=True)


def test_an_answer_within_tls_that_does_not_end_is_cut_off(within_tls, monkeypatch):
    def drip(line):
        while True:
            line.sendall(b"2")
            time.sleep(0.1)

    monkeypatch.setattr(offers, "SECONDS", 1.0)
    began = time.monotonic()
    with pytest.raises(CannotTell):
        offers.relays_mail_of_anybody(directly, LOOPBACK, within_tls(drip), tls=True)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("said", [b"\0", b"\0\2hp", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xff" * 40])
def test_nonsense_is_no_answer_of_a_name_server(service, monkeypatch, said):
    monkeypatch.setattr(offers, "SECONDS", 1.0)
    with pytest.raises(CannotTell):
        offers.looks_up_names_for_anybody(directly, LOOPBACK, service(b"", said))


@pytest.mark.parametrize(
    ("answers", "relays"),
    [
        ([READY, b"250-mail\r\n250 HELP\r\n", FINE, FINE, FINE, FINE], True),
        ([READY, FINE, FINE, NO, FINE, FINE, FINE, FINE, FINE], True),
        ([READY, FINE, FINE, NO, FINE, FINE, NO, FINE, FINE], False),
        ([READY, FINE, NO, FINE, NO, FINE, FINE], False),
    ],
    ids=["for-nobody", "for-somebody", "for-neither", "senders-refused"],
)
def test_a_mail_server_that_relays(service, answers, relays):
    assert offers.relays_mail_of_anybody(directly, LOOPBACK, service(*answers)) is relays


@pytest.mark.parametrize(
    "answers",
    [
        [b""],
        [b"554 go away\r\n"],
        [READY, FINE, FINE, b"451 later\r\n", FINE, NO, FINE, FINE],
        [READY, FINE, b"451 later\r\n", FINE, NO, FINE, FINE],
        [b"220-" + b"x" * 40_000],
        [READY, b""],
    ],
    ids=["silent", "unwelcome", "greylisted", "sender-greylisted", "endless", "hangs-up"],
)
def test_a_mail_server_that_does_not_say_is_not_known(service, monkeypatch, answers):
    monkeypatch.setattr(offers, "SECONDS", 2.0)
    with pytest.raises(CannotTell):
        offers.relays_mail_of_anybody(directly, LOOPBACK, service(*answers))
