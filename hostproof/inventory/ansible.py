"""Inventories that only Ansible can read: its `ansible-inventory` command, and the JSON it prints."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, cast

from hostproof.errors import UsageError
from hostproof.inventory.groups import Inventory
from hostproof.inventory.naming import shown
from hostproof.text import one_line

PATIENCE = 300  # seconds; a cloud's inventory takes its time
LARGEST_LISTING = 128 * 1024 * 1024  # bytes
_STDERR_KEPT = 20_000

_SETTINGS = {
    "LC_ALL": "C.UTF-8",  # Ansible refuses to start without UTF-8
    "ANSIBLE_NOCOLOR": "1",
    "ANSIBLE_VERBOSITY": "0",  # more would mix messages into the JSON
    "ANSIBLE_INVENTORY_EXPORT": "0",
    "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1",  # else a broken inventory is an empty one
}


def is_listing(data: Any) -> bool:
    """Is this what `ansible-inventory --list` prints, rather than a static inventory?"""
    return isinstance(data, dict) and "_meta" in data


def read_listing(data: Any, inventory: Inventory, where: str) -> None:
    """{group: [host, ...] or {hosts: [...], children: [...], vars: {...}}, _meta: {hostvars: {host: {...}}}}"""
    if not isinstance(data, dict):
        raise UsageError(f"{where}: not what ansible-inventory --list prints")
    for name, body in data.items():
        if name == "_meta":
            continue
        group = inventory.add_group(name, where)
        parts = {"hosts": body} if isinstance(body, list) else body
        hosts = _part(parts, "hosts", list, f"{where}: group {group}")
        inventory.add_hosts(_texts(hosts, where), group, None, {}, where)
        for child in _texts(_part(parts, "children", list, f"{where}: group {group}"), where):
            inventory.add_child(group, child, where)
        for variable, value in _part(parts, "vars", dict, f"{where}: group {group}").items():
            inventory.set_group_variable(group, variable, value, where)
    variables_of = _part(data.get("_meta", {}), "hostvars", dict, f"{where}: _meta")
    for host, variables in variables_of.items():
        if not isinstance(variables, dict):
            raise UsageError(f"{where}: the variables of {shown(host)} are not a mapping")
        inventory.add_hosts([host], "all", None, variables, where)


def run_ansible_inventory(source: Path | None, why: str, where: str) -> Any:
    """The JSON of `ansible-inventory --list` for a file or folder; without one, for Ansible's own default inventory.

    `why` says what only Ansible can read, for the message when it is not installed. Vault passwords and cloud
    credentials are Ansible's business: it gets this process' environment, and no terminal to ask on.
    """
    beside_python = os.path.dirname(sys.executable)
    program = shutil.which("ansible-inventory") or shutil.which("ansible-inventory", path=beside_python)
    if program is None:
        raise UsageError(
            f"{where}: {why} can only be read by Ansible, which is not installed: `pip install ansible-core` "
            "or `apt-get install ansible-core`, or give a .json file with what ansible-inventory --list prints"
        )
    argv = [program, "--list", *(["-i", os.path.abspath(source)] if source else [])]
    try:
        status, output, errors = _run(argv)
    except OSError as error:
        raise UsageError(f"{where}: {program} cannot be started: {error.strerror}") from None
    if len(output) > LARGEST_LISTING:
        raise UsageError(f"{where}: ansible-inventory printed more than {LARGEST_LISTING:,} bytes")
    if status is None:
        raise UsageError(f"{where}: ansible-inventory did not end within {PATIENCE} s")
    if status != 0:
        raise UsageError(f"{where}: ansible-inventory failed: {_complaint(errors)}")
    try:
        return json.loads(output)
    except (ValueError, RecursionError):
        raise UsageError(f"{where}: ansible-inventory did not print JSON: {_complaint(errors)}") from None


def _part(body: Any, key: str, kind: type, where: str) -> Any:
    if not isinstance(body, dict):
        raise UsageError(f"{where}: expected hosts, children and vars")
    value = body.get(key)
    if value is not None and not isinstance(value, kind):
        raise UsageError(f"{where}: {key} is not a {kind.__name__}")
    return kind() if value is None else value


def _texts(values: list[Any], where: str) -> list[str]:
    for value in values:
        if not isinstance(value, str):
            raise UsageError(f"{where}: {shown(value)} is not a name")
    return values


def _run(argv: list[str]) -> tuple[int | None, bytes, bytes]:
    """Exit status (None: out of time), standard output up to a byte more than the limit, and the end of stderr."""
    with subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **_SETTINGS},
        start_new_session=True,
    ) as process:
        output = _Drain(process, process.stdout, head=LARGEST_LISTING + 1)
        errors = _Drain(process, process.stderr, tail=_STDERR_KEPT)
        status: int | None = None
        try:
            status = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            pass  # the status says so
        finally:
            _end_group(process)  # and what it left behind, which would hold the pipes open
        return status, output.content(), errors.content()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class _Drain(threading.Thread):
    """Reads a pipe of `process` and keeps the head of it, ending the process when it is full; or only the tail."""

    def __init__(self, process: subprocess.Popen[bytes], pipe: IO[bytes] | None, head: int = 0, tail: int = 0) -> None:
        super().__init__(daemon=True)
        self._process, self._pipe, self._head, self._tail = process, cast("IO[bytes]", pipe), head, tail
        self._kept = bytearray()
        self.start()

    def run(self) -> None:
        with contextlib.suppress(OSError):  # closed while a stray grandchild still holds it
            while chunk := os.read(self._pipe.fileno(), 65_536):
                self._kept += chunk
                if self._tail:
                    del self._kept[: -self._tail]
                elif len(self._kept) >= self._head:
                    _end_group(self._process)
                    return

    def content(self) -> bytes:
        self.join(5)
        return bytes(self._kept)


def _complaint(errors: bytes) -> str:
    """The line of Ansible's error output that says most."""
    lines = [line.strip() for line in errors.decode("utf-8", "backslashreplace").splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("ERROR", "[ERROR]"))] or lines[-1:]
    return one_line(telling[0]) if telling else "it printed nothing"
