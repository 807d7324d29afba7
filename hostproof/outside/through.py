"""Connections that begin at the machine that looks from outside: from here when it is this one, else through it by OpenSSH."""

from __future__ import annotations

import socket
import subprocess
import threading

from hostproof.connection.transport import forward_argv
from hostproof.inventory import HostDescription
from hostproof.outside.dialling import Dial, directly


def dial_from(origin: HostDescription, connect_timeout: int) -> Dial:
    """What dials from there. What cannot be reached through another machine hangs up at once."""
    if origin.connection == "local":
        return directly

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            argv = forward_argv(origin, connect_timeout, address, port)
            process = subprocess.Popen(  # a list and no shell
                argv, stdin=theirs.fileno(), stdout=theirs.fileno(), stderr=subprocess.DEVNULL, start_new_session=True
            )
        threading.Thread(target=process.wait, daemon=True).start()  # it ends when our end is closed
        ours.settimeout(seconds)
        return ours

    return dial
