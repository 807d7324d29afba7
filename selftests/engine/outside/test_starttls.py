"""Services that begin without TLS, played by a few words and OpenSSL's own handshake; real ones are for the proofs."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager

import pytest

from hostproof.errors import CannotTell
from hostproof.outside import starttls, tls
from hostproof.outside.dialling import directly

LOOPBACK, NAME = "127.0.0.1", "mail.example.test"
POP3 = [(b"+OK ready\r\n", b"STLS\r\n"), (b"+OK begin\r\n", None)]
IMAP = [(b"* OK ready\r\n", b"a STARTTLS\r\n"), (b"a OK begin\r\n", None)]
SMTP = [
    (b"220-a\r\n220 b\r\n", b"EHLO hostproof.invalid\r\n"),
    (b"250-a\r\n250 STARTTLS\r\n", b"STARTTLS\r\n"),
    (b"220 go\r\n", None),
]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    names = f"-subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -days 9 {names}"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "c", folder / "k")
    return folder / "c", context


@contextmanager
def speaking(dialogue, context):
    """A service that says the first words of each pair, and waits for the second; then it begins TLS."""
    with socket.create_server((LOOPBACK, 0)) as server:

        def one(line):
            try:
                line.settimeout(5)
                for says, expects in dialogue:
                    line.sendall(says)
                    if expects is not None and line.recv(4096) != expects:
                        return
                with context.wrap_socket(line, server_side=True) as secured:
                    secured.recv(1)
            except OSError:
                pass
            finally:
                line.close()

        def serve():
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(line,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("dialogue", [POP3, IMAP, SMTP], ids=["pop3", "imap", "smtp"])
def test_a_mail_server_shows_its_certificate_once_tls_has_begun(dialogue, certificate):
    file, context = certificate
    with speaking(dialogue, context) as port:
        seen = starttls.offer(directly, LOOPBACK, port, NAME, "mail", [str(file)])

    assert (seen.certificate.fault, seen.broken, seen.unclear) == ("", (), ())


@pytest.mark.parametrize(
    "dialogue",
    [
        [POP3[0], (b"-ERR no\r\n", b"")],
        [IMAP[0], (b"a BAD no\r\n", b"")],
        [SMTP[0], (b"250 a\r\n", b"STARTTLS\r\n"), (b"502 no\r\n", b"")],
    ],
    ids=["pop3", "imap", "smtp"],
)
def test_who_refuses_to_begin_offers_no_tls(dialogue, certificate):
    with speaking(dialogue, certificate[1]) as port, pytest.raises(tls.NoTls):
        starttls.offer(directly, LOOPBACK, port, NAME, "mail", [])


@pytest.mark.parametrize(
    ("dialogue", "why"),
    [
        ([(b"554 go away\r\n", b"")], "no greeting of a mail server: 554 go away"),
        ([SMTP[0], (b"550 go away\r\n", b"")], "does not let us in: 550 go away"),
        ([SMTP[0], SMTP[1], (b"454 later\r\n", b"")], "does not begin TLS now: 454 later"),
    ],
    ids=["turned-away", "turned-away-later", "not-now"],
)
def test_who_turns_this_machine_away_has_not_refused_tls(dialogue, why, certificate):
    with speaking(dialogue, certificate[1]) as port, pytest.raises(CannotTell, match=why) as raised:
        starttls.offer(directly, LOOPBACK, port, NAME, "mail", [])
    assert raised.type is not tls.NoTls


@pytest.mark.parametrize("kind", ["", *starttls.GREETINGS])
@pytest.mark.parametrize("words", [b"", b"\0", b"N", b"Sx", b"220", b"\xff" * 9, b"* \r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_nonsense_is_no_offer(kind, words, certificate, monkeypatch):
    monkeypatch.setattr(tls, "SECONDS", 1.0)
    with speaking([(words, b"")], certificate[1]) as port, pytest.raises(CannotTell):
        starttls.offer(directly, LOOPBACK, port, NAME, kind, [])
