"""What a TLS service answers to somebody who connects: is its certificate valid, and does it still speak what is broken?"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TypeVar

from hostproof.errors import CannotTell
from hostproof.outside import hello
from hostproof.outside.dialling import Dial, call, place
from hostproof.outside.lines import NotThisProtocol
from hostproof.text import one_line

T = TypeVar("T")

SECONDS = 10.0  # for one handshake, connecting included
Greet = Callable[[socket.socket], None]  # what has to be said before the handshake, as with STARTTLS
_OTHER_TALK = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE"}  # OpenSSL: that is no TLS
NEWEST_BROKEN = 0x0302  # TLS 1.1 and what came before it must not be negotiated any more (RFC 8996)


@dataclass(frozen=True)
class Certificate:
    """Whether a client that knows the usual authorities accepts the certificate for a name.

    fault: why not, in OpenSSL's words; empty when it does. expires: when it has been accepted.

    Example: Certificate("www.example.org", "", datetime(2027, 2, 1, tzinfo=UTC))
    """

    name: str
    fault: str = ""
    expires: datetime | None = None

    def days_left(self, now: datetime) -> int | None:
        """Whole days until it expires; None for one that is not accepted anyway."""
        return None if self.expires is None else (self.expires - now).days


@dataclass(frozen=True)
class Offer:
    """What a service offers by TLS at one address and port under one name.

    name: empty for what those are offered who name none. certificate: None when it shows us none, such as one that speaks TLS 1.0
    only, or was not asked for one. broken: versions and a suite that it should refuse. unclear: what could not be learnt, and why.

    Example: Offer("192.0.2.7:443", "www.example.org", Certificate("www.example.org", "", ...), ("TLS 1.0",))
    """

    place: str
    name: str
    certificate: Certificate | None
    broken: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()

    def faults(self, days_left: int) -> list[str]:
        """What is wrong with it. days_left: for so many days its certificate has to be valid, at least."""
        found, left = [], self.certificate.days_left(datetime.now(UTC)) if self.certificate else None
        if self.certificate and self.certificate.fault:
            found.append(f"{self}: {self.certificate.fault}")
        elif left is not None and left < days_left:
            found.append(f"{self}: the certificate is valid for {left} more days (at least {days_left} are required)")
        return found + ([f"{self} still speaks {' and '.join(self.broken)}"] if self.broken else [])

    @property
    def seen(self) -> str:
        """All of it, in a line."""
        certificate = self.certificate
        valid = f"valid until {certificate.expires:%Y-%m-%d}" if certificate and certificate.expires else ""
        shown = valid or (certificate.fault if certificate else "not seen" if self.unclear else "not asked for")
        broken = f"; speaks {' and '.join(self.broken)}" if self.broken else ""
        unclear = f"; not clear: {'; '.join(self.unclear)}" if self.unclear else ""
        return f"{self}: certificate {shown}{broken}{unclear}"

    def __str__(self) -> str:
        return f"{self.place} for {self.name or 'any name'}"


class NoTls(CannotTell):
    """What answers on the port does not speak TLS; the text says what it did instead."""


class NobodyThere(CannotTell):
    """No connection, or one on which nothing was said in time."""


class Silent(NobodyThere):
    """Nothing was said in time: who asks again waits as long again."""


def certificate(
    dial: Dial, address: str, port: int, name: str, *, authorities: Sequence[str] = (), greet: Greet | None = None
) -> Certificate:
    """Ask a service for its certificate under a name (a DNS name, or an address), as a browser would.

    name: empty for whatever is offered to those who ask for no name; whether that is the right one is then not looked at.
    authorities: files with certificates that are trusted beside the system's. Raises NoTls, CannotTell when nobody answers.
    """
    context = _trusting(tuple(authorities), bool(name))
    try:
        with _connected(dial, address, port, greet) as line, context.wrap_socket(line, server_hostname=name or None) as secured:
            ends = (secured.getpeercert() or {}).get("notAfter")
    except ssl.SSLCertVerificationError as error:
        return Certificate(name, one_line(error.verify_message or str(error)))
    except OSError as error:
        raise _why(error, address, port) from None
    if not isinstance(ends, str):
        raise CannotTell(f"the certificate of {place(address, port)} does not say when it expires")
    return Certificate(name, "", datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC))


def offer(
    dial: Dial, address: str, port: int, name: str, *, authorities: Sequence[str] = (), greet: Greet | None = None
) -> Offer:
    """All that a service offers under a name, as `certificate` asks for it. Raises NoTls, CannotTell when nothing could be learnt.

    What is broken is asked for first, and once: a service that speaks nothing newer has no certificate for us.
    """
    unclear: list[str] = []
    broken = _broken(dial, address, port, name, greet, unclear)
    found = _or_why(lambda: certificate(dial, address, port, name, authorities=authorities, greet=greet), unclear)
    if found is None and not broken:
        raise CannotTell("; ".join(dict.fromkeys(unclear)))
    return Offer(place(address, port), name, found, broken, tuple(dict.fromkeys(unclear)))


def offer_to_the_nameless(dial: Dial, address: str, port: int) -> Offer:
    """What is broken of that which those are offered who ask for no name; nobody says for which one a certificate should be.

    It is known that TLS is spoken there. Raises CannotTell.
    """
    unclear: list[str] = []
    return Offer(place(address, port), "", None, _broken(dial, address, port, "", None, unclear), tuple(dict.fromkeys(unclear)))


def _broken(dial: Dial, address: str, port: int, name: str, greet: Greet | None, unclear: list[str]) -> tuple[str, ...]:
    versions = _or_why(lambda: old_versions(dial, address, port, name, greet=greet), unclear) or []
    suite = _or_why(lambda: weak_suite(dial, address, port, name, greet=greet), unclear)
    return (*versions, *([suite] if suite else []))


def old_versions(dial: Dial, address: str, port: int, name: str, *, greet: Greet | None = None) -> list[str]:
    """The broken versions of TLS that the service still speaks, such as ["TLS 1.0"]. Raises CannotTell.

    A service should choose the newest one that it knows of those that are offered, and all that are older. Not each does that, so
    each version is asked for. They may differ from name to name (Apache's do).
    """
    found: list[int] = []
    for version in range(NEWEST_BROKEN, min(hello.VERSIONS) - 1, -1):
        if not found or version < found[-1]:
            agreed = _agreed(dial, address, port, name, version, hello.usual(), greet)
            found += [agreed.version] if agreed else []
    return [hello.VERSIONS[version] for version in reversed(found)]


def weak_suite(dial: Dial, address: str, port: int, name: str, *, greet: Greet | None = None) -> str:
    """A weak cipher suite that the service agrees to, and why it is weak; empty when it refuses all. Raises CannotTell.

    It is asked by TLS 1.2: whoever speaks older versions is found by these, and TLS 1.3 has no weak suite that servers offer.
    """
    agreed = _agreed(dial, address, port, name, 0x0303, tuple(hello.weak()), greet)
    return hello.weak()[agreed.suite] if agreed else ""


def _or_why(question: Callable[[], T], unclear: list[str]) -> T | None:
    """The answer; None, and the reason noted, when there is none. Raises what further questions would bring again."""
    try:
        return question()
    except (NoTls, NobodyThere, NotThisProtocol):
        raise
    except CannotTell as reason:
        unclear.append(str(reason))
        return None


def _agreed(
    dial: Dial, address: str, port: int, name: str, version: int, suites: tuple[int, ...], greet: Greet | None
) -> hello.Agreed | None:
    where = place(address, port)
    try:
        with _connected(dial, address, port, greet) as line:
            return hello.agreed(line, name, version, suites)
    except (NoTls, NotThisProtocol):  # it did not come to a handshake
        raise
    except hello.NotTls:
        raise NoTls(f"{where} does not speak TLS") from None
    except CannotTell as reason:
        raise CannotTell(f"what {where} agrees to by TLS is not clear: {reason}") from None
    except OSError as error:
        raise _why(error, address, port) from None


@cache
def _trusting(authorities: tuple[str, ...], named: bool) -> ssl.SSLContext:
    """A client that knows the system's authorities and these; named: whether the certificate has to be for the name asked."""
    context = ssl.create_default_context()
    context.check_hostname = named
    context.set_ciphers("ALL:!aNULL:!eNULL:@SECLEVEL=2")  # whatever it speaks: suites are judged by `old_versions` and `weak_suite`
    for file in authorities:
        try:
            context.load_verify_locations(file)
        except OSError as error:  # ssl.SSLError among them
            raise CannotTell(f"the certificates of {file} cannot be read: {one_line(error.strerror or str(error))}") from None
    return context


@contextmanager
def _connected(dial: Dial, address: str, port: int, greet: Greet | None) -> Iterator[socket.socket]:
    with call(dial, address, port, SECONDS) as line:
        if greet:
            greet(line)
        yield line


def _why(error: OSError, address: str, port: int) -> CannotTell:
    where, reason = place(address, port), getattr(error, "reason", None)
    if reason in _OTHER_TALK:
        return NoTls(f"{where} does not speak TLS")
    if isinstance(error, ssl.SSLError):
        said = str(reason or error).replace("_", " ").lower()
        return CannotTell(f"no TLS connection with {where}: {one_line(said)}")
    kind = Silent if isinstance(error, TimeoutError) else NobodyThere
    return kind(f"nobody could be asked at {where}: {one_line(error.strerror or str(error) or type(error).__name__)}")
