"""TCP connections to a host's services, bounded in time as a whole: a service that drips a byte a second is hung up on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

# address, port, seconds for connecting -> a connected socket, to be entered; OSError
Dial = Callable[[str, int, float], AbstractContextManager[socket.socket]]


def place(host: str, port: int) -> str:
    """A name or address and a port as they are written in a URL: [2001:db8::7]:443."""
    return f"{bracketed(host)}:{port}"


def bracketed(host: str) -> str:
    """A name or address as it is written in a URL."""
    return f"[{host}]" if ":" in host else host


def directly(address: str, port: int, seconds: float) -> socket.socket:
    """A connection from this machine. address: IPv4 or IPv6, not a name. Raises OSError."""
    return socket.create_connection((address, port), seconds)


@contextmanager
def call(dial: Dial, address: str, port: int, seconds: float) -> Iterator[socket.socket]:
    """A connection that lasts at most so many seconds in all. Raises OSError; TimeoutError also when all seemed well until then."""
    with dial(address, port, seconds) as line:
        line.settimeout(seconds)
        hung_up = threading.Event()
        cut = threading.Timer(seconds, _hang_up, [line, hung_up])
        cut.daemon = True
        cut.start()
        try:
            yield line
            # Who reads lines takes the cut for the end of what was said.
            if hung_up.is_set():
                raise TimeoutError(f"it did not come to an end within {seconds:g} s")
        finally:
            cut.cancel()


def _hang_up(line: socket.socket, hung_up: threading.Event) -> None:
    hung_up.set()
    with suppress(OSError):  # the other end was quicker
        line.shutdown(socket.SHUT_RDWR)
