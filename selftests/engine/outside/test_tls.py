"""What a TLS service is seen to do, asked of OpenSSL's own server with certificates of an authority made here."""

from __future__ import annotations

import shutil
import socket
import socketserver
import subprocess
import threading
import time
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from hostproof.errors import CannotTell
from hostproof.outside import hello, tls
from hostproof.outside.dialling import directly

LOOPBACK, NAME = "127.0.0.1", "www.example.test"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authority")
    _openssl(folder, "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=authority -days 3650 -sha256")
    return folder


@pytest.fixture(scope="module")
def certified(authority):
    """Makes a certificate and its key, signed by the authority or by itself: the path of the file that holds both."""

    def make(name: str = NAME, days: int = 90, *, by_itself: bool = False) -> str:
        file = f"{name}-{days}-{by_itself}"
        (authority / "names").write_text(f"subjectAltName=DNS:{name}\n")
        _openssl(authority, f"req -new -newkey rsa:2048 -nodes -keyout {file}.key -out {file}.csr -subj /CN={name} -sha256")
        signer = f"-signkey {file}.key" if by_itself else "-CA ca.pem -CAkey ca.key -CAcreateserial"
        _openssl(authority, f"x509 -req -in {file}.csr {signer} -days {days} -sha256 -extfile names -out {file}.crt")
        both = authority / f"{file}.pem"
        both.write_bytes((authority / f"{file}.crt").read_bytes() + (authority / f"{file}.key").read_bytes())
        return str(both)

    return make


def _openssl(folder, arguments):
    subprocess.run(["openssl", *arguments.split()], cwd=folder, check=True, capture_output=True)


@contextmanager
def served(certificate, *options):
    """OpenSSL's server on a free port of loopback."""
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    command = ["openssl", "s_server", "-accept", f"{LOOPBACK}:{port}", "-cert", certificate, "-quiet", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield port
    finally:
        process.kill()
        process.wait()
        process.stdin.close()


def _await(port):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as line:
            if line.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the server does not listen")


def ask(port, authority, name=NAME):
    return tls.certificate(directly, LOOPBACK, port, name, authorities=[str(authority / "ca.pem")])


def test_a_valid_certificate(certified, authority):
    with served(certified(days=90)) as port:
        seen = ask(port, authority)

    assert seen.fault == ""
    assert seen.days_left(datetime.now(UTC)) in (89, 90)


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        ({"days": -1}, "certificate has expired"),
        ({"by_itself": True}, "self-signed certificate"),
        ({"name": "other.example.test"}, "Hostname mismatch, certificate is not valid for 'www.example.test'."),
    ],
    ids=["expired", "self-signed", "another-name"],
)
def test_a_certificate_that_no_browser_accepts(made, fault, certified, authority):
    with served(certified(**made)) as port:
        assert ask(port, authority).fault == fault


def test_without_a_name_any_name_is_taken(certified, authority):
    with served(certified(name="other.example.test")) as port:
        assert ask(port, authority, name="").fault == ""


def test_an_authority_that_cannot_be_read(certified, authority):
    with served(certified()) as port, pytest.raises(CannotTell, match="certificates of /nowhere cannot be read: No such file"):
        tls.certificate(directly, LOOPBACK, port, NAME, authorities=["/nowhere"])


def test_an_authority_that_only_we_know(certified):
    with served(certified()) as port:
        assert tls.certificate(directly, LOOPBACK, port, NAME).fault == "unable to get local issuer certificate"


def test_old_versions(certified):
    with served(certified(), "-no_tls1_3", "-no_tls1", "-cipher", "ALL:@SECLEVEL=0") as port:
        assert tls.old_versions(directly, LOOPBACK, port, NAME) == ["TLS 1.1"]
    with served(certified(), "-tls1", "-cipher", "ALL:@SECLEVEL=0") as port:
        assert tls.old_versions(directly, LOOPBACK, port, NAME) == ["TLS 1.0"]


def test_a_server_of_today_speaks_nothing_broken(certified):
    with served(certified()) as port:
        assert tls.old_versions(directly, LOOPBACK, port, NAME) == []
        assert tls.weak_suite(directly, LOOPBACK, port, NAME) == ""


def test_a_suite_without_encryption(certified):
    with served(certified(), "-tls1_2", "-cipher", "NULL:@SECLEVEL=0") as port:
        assert "NULL" in tls.weak_suite(directly, LOOPBACK, port, NAME)


def test_who_speaks_nothing_newer_shows_no_certificate_and_what_is_broken(certified):
    with served(certified(), "-tls1", "-cipher", "ALL:!aNULL:!eNULL:@SECLEVEL=0") as port:
        seen = tls.offer(directly, LOOPBACK, port, NAME)
    assert (seen.certificate, seen.broken) == (None, ("TLS 1.0",))
    assert seen.unclear


@pytest.mark.parametrize("suites", ["AES128-SHA", "ECDHE-RSA-CHACHA20-POLY1305"])
def test_a_certificate_is_seen_by_whatever_suite_is_spoken(suites, certified, authority):
    with served(certified(), "-tls1_2", "-cipher", suites) as port:
        seen = tls.offer(directly, LOOPBACK, port, NAME, authorities=[str(authority / "ca.pem")])
    assert (seen.certificate.fault, seen.broken, seen.unclear) == ("", (), ())


def test_suites_without_authentication_are_chosen_beside_sound_ones(certified):
    with served(certified(), "-tls1_2", "-cipher", "HIGH:aNULL:!eNULL:@SECLEVEL=0") as port:
        assert "no authentication" in tls.weak_suite(directly, LOOPBACK, port, NAME)


@pytest.mark.skipif(not shutil.which("nmap"), reason="needs nmap")
@pytest.mark.parametrize(
    "options",
    [
        ["-cipher", "HIGH:!aNULL"],
        ["-no_tls1_3", "-cipher", "ALL:!aNULL:!eNULL:@SECLEVEL=0"],
        ["-tls1", "-cipher", "ALL:!aNULL:!eNULL:@SECLEVEL=0"],
        ["-no_tls1_1", "-no_tls1_3", "-cipher", "ALL:!aNULL:!eNULL:@SECLEVEL=0"],
        ["-tls1_2", "-cipher", "HIGH:eNULL:!aNULL:@SECLEVEL=0"],
        ["-tls1_2", "-cipher", "HIGH:aNULL:!eNULL:@SECLEVEL=0"],
        ["-tls1_2", "-cipher", "AES128-SHA"],
    ],
    ids=["modern", "tls1.0-to-1.2", "tls1.0", "without-1.1", "without-encryption", "without-authentication", "cbc"],
)
def test_nmap_sees_the_same(options, certified):
    with served(certified(), *options) as port:
        by_nmap = suites_by_nmap(port)
        versions = tls.old_versions(directly, LOOPBACK, port, NAME)
        weak = tls.weak_suite(directly, LOOPBACK, port, NAME)

    old = {name.replace("v", " ") for name in by_nmap} & {"TLS 1.0", "TLS 1.1"}
    known_as_weak = {name.partition(" ")[0] for name in hello.weak().values()}
    assert set(versions) == old
    weak_by_nmap = known_as_weak & set().union(*by_nmap.values())
    assert (weak.partition(" ")[0] in weak_by_nmap) if weak else not weak_by_nmap


def suites_by_nmap(port):
    """Version -> names of suites, as nmap's ssl-enum-ciphers finds them."""
    command = ["nmap", "-n", "-Pn", "-sT", "-p", str(port), "--script", "+ssl-enum-ciphers", "-oX", "-", LOOPBACK]
    xml = subprocess.run(command, check=True, capture_output=True).stdout
    (script,) = ET.fromstring(xml).iter("script")  # noqa: S314 # it is about a server of ours
    names = {table.get("key"): table.iterfind("table/table/elem[@key='name']") for table in script.findall("table")}
    return {version: {name.text for name in its} for version, its in names.items()}


SERVER_HELLO = b"\x02\x00\x00\x26%b" + b"r" * 32 + b"\x00%b\x00"  # version, suite


def server_hello(version, suite):
    message = SERVER_HELLO % (version, suite)
    return b"\x16\x03\x01" + len(message).to_bytes(2, "big") + message


@pytest.mark.parametrize(
    ("answer", "chosen"),
    [
        (server_hello(b"\x03\x03", b"\x00\x0a"), "TLS_RSA_WITH_3DES_EDE_CBC_SHA (3DES)"),
        (server_hello(b"\x03\x03", b"\x00\x05"), "TLS_RSA_WITH_RC4_128_SHA (RC4)"),
        (b"\x15\x03\x03\x00\x02\x01\x70" + server_hello(b"\x03\x03", b"\x00\x0a"), "TLS_RSA_WITH_3DES_EDE_CBC_SHA (3DES)"),
        (b"\x15\x03\x03\x00\x02\x02\x28", ""),
        (b"", ""),  # who hangs up, refuses; that he does speak TLS is seen by his certificate
    ],
    ids=["3des", "rc4", "after-a-warning", "alert", "hangs-up"],
)
def test_what_no_openssl_of_today_offers(answer, chosen):
    with talking(answer) as port:
        assert tls.weak_suite(directly, LOOPBACK, port, NAME) == chosen


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"\x15\x03\x03\x00\x02\x02\x70", "unrecognized name"),
        (server_hello(b"\x03\x03", b"\xc0\x2f"), "chooses what it was not offered"),
        (server_hello(b"\x03\x04", b"\x00\x0a"), "does not speak TLS"),
        (server_hello(b"\x03\x03", b"\x00\x0a")[:20], "hangs up in the middle"),
        (b"\x16\x03\x03\x00\x04\x02\x00\x00\x00", "does not speak TLS"),
        (b"\x15\x03\x03\x00\x02\x01\x70" * 9, "warnings only"),
        (b"\x16\x03\x03\xff\xff", "does not speak TLS"),
    ],
    ids=["other-alert", "not-offered", "unknown-version", "cut-off", "no-hello", "warnings", "too-long"],
)
def test_an_answer_that_is_not_understood_is_no_refusal(answer, why):
    with talking(answer) as port, pytest.raises(CannotTell, match=why):
        tls.weak_suite(directly, LOOPBACK, port, NAME)


def test_who_hangs_up_on_everything_has_refused_nothing():
    with talking(b"") as port, pytest.raises(CannotTell, match="no TLS connection"):
        tls.offer(directly, LOOPBACK, port, NAME)


def test_silence_is_no_refusal_and_is_waited_for_once(monkeypatch):
    monkeypatch.setattr(tls, "SECONDS", 0.5)
    began = time.monotonic()
    with socket.create_server((LOOPBACK, 0)) as silent, pytest.raises(tls.NobodyThere, match="nobody could be asked"):
        tls.offer(directly, LOOPBACK, silent.getsockname()[1], NAME)
    assert time.monotonic() - began < 1.4


def test_plain_http_on_the_port(authority):
    with talking(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        with pytest.raises(tls.NoTls, match=r"127\.0\.0\.1:\d+ does not speak TLS"):
            ask(port, authority)
        with pytest.raises(tls.NoTls):
            tls.weak_suite(directly, LOOPBACK, port, NAME)


def test_nobody_answers(authority):
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(CannotTell, match="Connection refused"):
        ask(port, authority)


def test_a_server_that_drips_is_hung_up_on(authority, monkeypatch):
    monkeypatch.setattr(tls, "SECONDS", 1.0)
    began = time.monotonic()
    with talking(b"\x16\x03\x03\x40\x00" + b"\x02" * 60, pause=0.2) as port, pytest.raises(CannotTell):
        ask(port, authority)
    assert time.monotonic() - began < 5


@contextmanager
def talking(words, pause=0.0):
    """A service that says these words to everybody, a byte at a time when there is a pause."""

    class Talk(socketserver.BaseRequestHandler):
        def handle(self):
            try:
                self.request.recv(65536)
                for at in range(len(words)) if pause else [slice(None)]:
                    self.request.sendall(words[at] if isinstance(at, slice) else words[at : at + 1])
                    time.sleep(pause)
            except OSError:
                pass

    with socketserver.ThreadingTCPServer((LOOPBACK, 0), Talk) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
