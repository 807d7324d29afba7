"""What a web server is seen to give away over plain HTTP, asked of a real one."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from hostproof.errors import CannotTell
from hostproof.outside import http as plain
from hostproof.outside.dialling import directly

NAME = "www.example.test"


@contextmanager
def site(status, headers=None, body=b"", address="127.0.0.1"):
    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET

    with Server((address, 0), Answers) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def page(status, headers=None, body=b"", path="/"):
    with site(status, headers, body) as port:
        return plain.ask(directly, "127.0.0.1", port, NAME, path)


@pytest.mark.parametrize(
    ("status", "location"),
    [
        (301, f"https://{NAME}/"),
        (308, f"https://{NAME.upper()}:443/elsewhere"),
        (302, "https://example.test/"),
    ],
)
def test_a_redirection_to_https_is_fine(status, location):
    assert page(status, {"Location": location}).fault == ""


def test_a_name_that_is_not_served_is_fine():
    assert page(404, body=b"no such page").fault == ""


@pytest.mark.parametrize(
    ("status", "headers", "fault"),
    [
        (200, {}, f"http://{NAME}/ is served without encryption (status 200)"),
        (301, {"Location": f"http://{NAME}/home"}, f"http://{NAME}/ redirects to 'http://{NAME}/home', which is not HTTPS"),
        (301, {"Location": "/home"}, f"http://{NAME}/ redirects to '/home', which is not HTTPS"),
        (301, {}, f"http://{NAME}/ redirects to '', which is not HTTPS"),
        (301, {"Location": "https://evil.test/"}, f"http://{NAME}/ redirects to another host, evil.test"),
        (301, {"Location": f"https://{NAME}@evil.test/"}, f"http://{NAME}/ redirects to another host, evil.test"),
        (301, {"Location": "https://[::1/"}, f"http://{NAME}/ redirects to 'https://[::1/', which is no address"),
        (301, {"Location": f"https://{NAME}/", "Set-Cookie": "id=1"}, f"http://{NAME}/ sets a cookie before anything is encrypted"),
        (401, {"WWW-Authenticate": "Basic"}, f"http://{NAME}/ asks for a password"),
    ],
)
def test_anything_else_is_not(status, headers, fault):
    assert page(status, headers).fault == fault


def test_a_server_in_trouble_has_not_shown_what_it_serves():
    seen = page(503)

    assert (seen.fault, seen.trouble) == ("", f"http://{NAME}/ answers with status 503")


def test_the_bare_address_may_lead_to_the_site():
    with site(301, {"Location": "https://www.example.org/"}) as port:
        assert plain.ask(directly, "127.0.0.1", port, "127.0.0.1", "/").fault == ""


def test_over_ipv6():
    with site(301, {"Location": f"https://{NAME}/"}, address="::1") as port:
        assert plain.ask(directly, "::1", port, NAME, "/").status == 301


def test_what_is_no_http():
    with site(301) as port:
        pass
    with pytest.raises(CannotTell, match="Connection refused"):
        plain.ask(directly, "127.0.0.1", port, NAME, "/")


def test_headers_that_never_end_are_hung_up_on(monkeypatch):
    monkeypatch.setattr(plain, "SECONDS", 1.0)

    class Endless(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for number in range(60):
                    self.wfile.write(b"X-%d: y\r\n" % number)
                    self.wfile.flush()
                    time.sleep(0.2)
            except OSError:
                pass

        def log_message(self, *_):
            pass

    began = time.monotonic()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endless) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        with pytest.raises(CannotTell):
            plain.ask(directly, "127.0.0.1", server.server_address[1], NAME, "/")
        server.shutdown()
    assert time.monotonic() - began < 5
