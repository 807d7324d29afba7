"""From the variables of an inventory's host to its description: the few that say how to connect, and the rest."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hostproof.errors import UsageError
from hostproof.inventory import naming
from hostproof.inventory.description import HostDescription, Login
from hostproof.inventory.withheld import Withheld

_CONNECTIONS = {
    **dict.fromkeys(("ssh", "smart", "paramiko", "paramiko_ssh"), "ssh"),
    "local": "local",
}
_TRUE = {"true", "yes", "on", "y", "t", "1"}
_FALSE = {"false", "no", "off", "n", "f", "0"}
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")
_TEMPLATE = re.compile(r"\{[{%#]")
# With these an inventory could make OpenSSH run programs of its choice.
_COMMANDING = re.compile(
    r"ansible_(?:ssh_(?:args|common_args|extra_args|executable|pkcs11_provider)|(?:sftp|scp).*|(?:paramiko|libssh)_proxy_command)"
)
_PASSWORDS = re.compile(r"ansible_(?:ssh_|become_|sudo_|su_)?pass(?:word|wd)?")

COMMANDING_NOTE = (
    "ssh options of the inventory (ansible_ssh_common_args and its kind) are not used, as they can run programs here; "
    "put them into ~/.ssh/config or a file for --ssh-config"
)
NO_PASSWORDS_NOTE = (
    "passwords of the inventory are not used: log in with a key or an agent, and let sudo ask for no password"
)


def describe(
    name: str, variables: Mapping[str, Any], groups: tuple[str, ...], login: Login, where: str, folder: Path | None
) -> tuple[HostDescription, set[str]]:
    """The description, and notes about what of the variables is not used.

    `variables` as `Inventory.variables_of` gives them. `login` fills in what they do not say. `where` names the
    inventory, `folder` is its folder, where relative paths begin. Raises UsageError that names host and variable.
    """
    told = _Told(f"{where}: host {name}", variables)
    for variable in variables:
        if variable.startswith("hostproof_"):
            told.check(variable)
    description = HostDescription(
        name=name,
        groups=tuple(sorted(set(groups) - {"ungrouped"})),
        variables=told.remaining(),
        **(_sudo(told, login) | _reach(told, name, login, folder)),
    )
    return description, told.notes()


def file_path(text: str, where: str, folder: Path | None = None, exists: bool = True) -> str:
    """The absolute path of a file, relative to `folder` if it is there, else to the working directory."""
    if not text or not text.isprintable():
        raise UsageError(f"{where}: {naming.shown(text)} is not a usable path")
    path = os.path.expanduser(text)
    if folder and os.path.isfile(folder / path):
        path = str(folder / path)
    if exists and not os.path.isfile(path):
        raise UsageError(f"{where}: {naming.shown(text)} is not a file")
    return os.path.abspath(path)


class _Told:
    """The variables of one host, read with care."""

    def __init__(self, where: str, variables: Mapping[str, Any]) -> None:
        self.where = where
        self._variables = variables

    def check(self, variable: str) -> Any:
        """The variable's value, when it can be used as it stands."""
        value = self._variables.get(variable)
        if value is Withheld.VAULT:
            raise UsageError(f"{self.where}: {variable} is encrypted by itself; encrypt a whole file, or nothing")
        if _has_template(value):
            raise UsageError(f"{self.where}: {variable} is a template, which is not evaluated here: give its value")
        return value

    def text(self, *names: str) -> str | None:
        """The value of the first of these that is set. Numbers count as their digits."""
        for name in names:
            value = self.check(name)
            if value is None or value == "":
                continue
            if isinstance(value, bool) or not isinstance(value, (str, int)):
                raise UsageError(f"{self.where}: {name} is not text")
            return str(value)
        return None

    def truth(self, name: str) -> bool | None:
        text = str(self.check(name)).lower()
        if text in ("none", ""):
            return None
        if text not in _TRUE | _FALSE:
            raise UsageError(f"{self.where}: {name} is neither true nor false")
        return text in _TRUE

    def remaining(self) -> dict[str, Any]:
        """What tests and profiles may see."""
        clear = {name: value for name, value in self._variables.items() if not isinstance(value, Withheld)}
        return {name: value for name, value in clear.items() if not _COMMANDING.fullmatch(name)}

    def notes(self) -> set[str]:
        present = [name for name, value in self._variables.items() if value not in (None, "")]
        commanding = any(_COMMANDING.fullmatch(name) for name in present)
        passwords = any(_PASSWORDS.fullmatch(name) for name in present)
        return ({COMMANDING_NOTE} if commanding else set()) | ({NO_PASSWORDS_NOTE} if passwords else set())


def _reach(told: _Told, name: str, login: Login, folder: Path | None) -> dict[str, Any]:
    # The `ssh_` spelling wins, as with Ansible.
    connection = (told.text("ansible_connection") or "ssh").removeprefix("ansible.builtin.")
    if connection not in _CONNECTIONS:
        raise UsageError(
            f"{told.where}: ansible_connection {naming.shown(connection)} is not supported, only ssh and local; "
            f"leave the host out with --limit 'all:!{name}'"
        )
    if _CONNECTIONS[connection] == "local":
        return {"connection": "local"}
    where = told.where
    address = told.text("ansible_ssh_host", "ansible_host") or name
    port, user = told.text("ansible_ssh_port", "ansible_port"), told.text("ansible_ssh_user", "ansible_user")
    key = told.text("ansible_ssh_private_key_file", "ansible_private_key_file")
    known = told.text("hostproof_known_hosts")
    return {
        "connection": "ssh",
        "address": naming.network_address(address, f"{where}: ansible_host"),
        "port": naming.port_number(port, f"{where}: ansible_port") if port else None,
        "user": naming.user_name(user, f"{where}: ansible_user") if user else None,
        "identity_file": file_path(key, f"{where}: key file", folder, exists=False) if key else login.identity_file,
        "ssh_config": login.ssh_config,
        "known_hosts": _known_hosts(known, f"{where}: hostproof_known_hosts", folder) if known else None,
    }


def _known_hosts(text: str, where: str, folder: Path | None) -> str:
    path = file_path(text, where, folder)
    if not _PLAIN_PATH.fullmatch(path):  # OpenSSH expands and splits the value of this option
        raise UsageError(f"{where}: {naming.shown(text)} may only hold letters, digits and /._-")
    return path


def _sudo(told: _Told, login: Login) -> dict[str, Any]:
    become = told.truth("ansible_become")
    if not (login.sudo if become is None else become):
        return {"sudo": False}
    method = (told.text("ansible_become_method") or "sudo").removeprefix("ansible.builtin.")
    if method != "sudo":
        raise UsageError(f"{told.where}: ansible_become_method {naming.shown(method)} is not supported, only sudo")
    user = told.text("ansible_become_user") or login.sudo_user
    return {"sudo": True, "sudo_user": naming.user_name(user, f"{told.where}: ansible_become_user") if user else None}


def _has_template(value: Any) -> bool:
    if isinstance(value, str):
        return _TEMPLATE.search(value) is not None
    if isinstance(value, dict):
        return any(_has_template(entry) for entry in (*value, *value.values()))
    return isinstance(value, list) and any(_has_template(entry) for entry in value)
