"""What a TLS service answers to somebody who connects: is its certificate valid, and does it still speak what is broken?"""

from __future__ import annotations

import socket
import ssl
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from hostproof.errors import CannotTell
from hostproof.outside.dialling import Dial, call, place
from hostproof.text import one_line

SECONDS = 10.0  # for one handshake, connecting included
Greet = Callable[[socket.socket], None]  # what has to be said before the handshake, as with STARTTLS
# Broken versions that the OpenSSL of today can still offer; SSL 2 and 3 it cannot.
OLD_VERSIONS = {"TLS 1.0": ssl.TLSVersion.TLSv1, "TLS 1.1": ssl.TLSVersion.TLSv1_1}
_OTHER_TALK = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE"}  # OpenSSL: that is no TLS
# Suites without encryption, without authentication, or with a broken cipher, as far as OpenSSL still knows them.
WEAK_SUITES = "aNULL:eNULL:EXPORT:LOW:DES:3DES:RC4:RC2:MD5:@SECLEVEL=0"


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


class NoTls(CannotTell):
    """What answers on the port does not speak TLS; the text says what it did instead."""


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


def old_versions(dial: Dial, address: str, port: int, name: str, *, greet: Greet | None = None) -> list[str]:
    """The broken versions of TLS that the service still speaks, such as ["TLS 1.0"]. Raises CannotTell."""
    return [title for title, version in OLD_VERSIONS.items() if _agrees(dial, address, port, name, _only(version), greet)]


def weak_suite(dial: Dial, address: str, port: int, name: str, *, greet: Greet | None = None) -> str:
    """A broken cipher suite that the service agrees to; empty when it refuses all that could be offered. Raises CannotTell."""
    return _agrees(dial, address, port, name, _only(ssl.TLSVersion.TLSv1_2, WEAK_SUITES), greet)


@cache
def _trusting(authorities: tuple[str, ...], named: bool) -> ssl.SSLContext:
    """A client that knows the system's authorities and these; named: whether the certificate has to be for the name asked."""
    context = ssl.create_default_context()
    context.check_hostname = named
    for file in authorities:
        try:
            context.load_verify_locations(file)
        except OSError as error:  # ssl.SSLError among them
            raise CannotTell(f"the certificates of {file} cannot be read: {one_line(error.strerror or str(error))}") from None
    return context


def _agrees(dial: Dial, address: str, port: int, name: str, context: ssl.SSLContext, greet: Greet | None) -> str:
    """The cipher suite agreed upon; empty when the service refuses what the context offers."""
    try:
        with _connected(dial, address, port, greet) as line, context.wrap_socket(line, server_hostname=name or None) as secured:
            agreed = secured.cipher()
            return agreed[0] if agreed else ""
    except (ssl.SSLError, ConnectionResetError) as error:
        if getattr(error, "reason", None) in _OTHER_TALK:
            raise _why(error, address, port) from None
        return ""
    except OSError as error:
        raise _why(error, address, port) from None


@cache
def _only(version: ssl.TLSVersion, suites: str = "ALL:@SECLEVEL=0") -> ssl.SSLContext:
    """Offers one version, with these suites, and takes any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers(suites)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that they are outdated is why we ask for them
        context.minimum_version = context.maximum_version = version
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
    return CannotTell(f"nobody could be asked at {where}: {one_line(error.strerror or str(error) or type(error).__name__)}")
