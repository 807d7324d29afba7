"""What a web server gives away over plain HTTP: everything but a redirection to HTTPS is said for all the network to hear."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from hostproof.errors import CannotTell
from hostproof.outside.dialling import Dial, bracketed, call, place
from hostproof.text import one_line

SECONDS = 10.0  # for one question, connecting included
REDIRECTIONS = {301, 302, 303, 307, 308}
ASKS_FOR_PASSWORD = 401
REFUSALS = range(402, 500)  # nothing is served, as on a name or path that the server does not know


@dataclass(frozen=True)
class Page:
    """The answer to one GET over plain HTTP.

    Example: Page("example.org", "/", 301, "https://example.org/")
    """

    name: str
    path: str
    status: int
    location: str = ""
    sets_cookie: bool = False

    @property
    def trouble(self) -> str:
        """Why it does not show what the server gives away when it is well; empty when it does."""
        return f"{self.url} answers with status {self.status}" if self.status >= 500 and not self.sets_cookie else ""

    @property
    def url(self) -> str:
        """What was asked for."""
        return f"http://{bracketed(self.name)}{self.path}"

    @property
    def fault(self) -> str:
        """What this is more than a redirection to HTTPS; empty when it is none."""
        where = self.url
        if self.sets_cookie:
            return f"{where} sets a cookie before anything is encrypted"
        if self.status in REDIRECTIONS:
            return self._misled(where)
        if self.status in REFUSALS:
            return ""
        if self.status == ASKS_FOR_PASSWORD:
            return f"{where} asks for a password"
        return "" if self.trouble else f"{where} is served without encryption (status {self.status})"

    def _misled(self, where: str) -> str:
        """What is wrong with the redirection."""
        try:
            target = urlsplit(self.location)
            host = target.hostname or ""
        except ValueError:
            return f"{where} redirects to {one_line(self.location, 120)!r}, which is no address"
        if target.scheme != "https":
            return f"{where} redirects to {one_line(self.location, 120)!r}, which is not HTTPS"
        if not _same(host, self.name) and not _is_address(self.name):
            return f"{where} redirects to another host, {one_line(host, 120)}"
        return ""


class Silent(CannotTell):
    """Nothing was said in time: who asks again waits as long again."""


def ask(dial: Dial, address: str, port: int, name: str, path: str) -> Page:
    """GET a path under a name from the server at an address. Raises CannotTell without such an answer, Silent without any."""
    asking = http.client.HTTPConnection(name, port)
    began = time.monotonic()
    try:
        with call(dial, address, port, SECONDS) as line:
            asking.sock = line
            asking.request("GET", path, headers={"Host": _host(name, port), "User-Agent": "hostproof", "Connection": "close"})
            answer = asking.getresponse()
            cookie = answer.getheader("Set-Cookie") is not None
            return Page(name, path, answer.status, answer.getheader("Location", ""), cookie)
    except (OSError, http.client.HTTPException, ValueError) as error:
        said = one_line(str(error) or type(error).__name__, 120)
        # What broke off because its time was up shows only that it broke off.
        kind = Silent if time.monotonic() - began >= SECONDS else CannotTell
        raise kind(f"no answer from {place(address, port)} to http://{bracketed(name)}{path}: {said}") from None
    finally:
        asking.close()


def _same(host: str, name: str) -> bool:
    """Whether a redirection stays with the site; `www.` in front makes no other site of it."""
    bare = (host.lower().rstrip(".").removeprefix("www."), name.lower().rstrip(".").removeprefix("www."))
    return bare[0] == bare[1]


def _is_address(name: str) -> bool:
    """Whether a server was asked under its bare address: it then sends visitors to the site that it is for."""
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def _host(name: str, port: int) -> str:
    return bracketed(name) if port == 80 else place(name, port)
