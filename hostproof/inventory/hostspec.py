"""One word of --hosts: what testinfra takes, and inventory files."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from hostproof.errors import UsageError
from hostproof.inventory import naming, sources
from hostproof.inventory.connecting import file_path
from hostproof.inventory.description import HostDescription, Login

_SCHEMES = {"local": "local", "ssh": "ssh", "safe-ssh": "ssh", "paramiko": "ssh", "ansible": "ansible"}
_KEYS = ("sudo", "sudo_user", "ssh_config", "ssh_identity_file", "ansible_inventory")
# A `?` is also a wildcard of ansible:// patterns, so a query is what looks like one.
_QUERY = re.compile(r"\?(?P<options>\w+=.*)", re.DOTALL)


@dataclass(frozen=True)
class FromInventory:
    """The hosts of an inventory that a pattern selects. Without a path: Ansible's default inventory."""

    path: Path | None
    pattern: str
    login: Login


def read(word: str, login: Login, ansible_inventory: str | None, folder: Path) -> HostDescription | FromInventory:
    """What one word means. The word's own query goes before `login` and `ansible_inventory`, the command line's.

    Raises UsageError, which never shows what may be a password.
    """
    where = f"--hosts {shown(word)}"
    scheme, separator, rest = word.partition("://")
    if not separator:
        may_be_path = "@" not in word and (":" not in word or "/" in word)
        path = sources.find(word, folder) if may_be_path else None
        return FromInventory(path, "all", login) if path else _ssh(word, login, where)
    if scheme not in _SCHEMES:
        known = ", ".join(f"{known}://" for known in _SCHEMES)
        raise UsageError(f"{where}: this kind of connection is not supported; known are {known}")
    query = _QUERY.search(rest)
    place = rest[: query.start()] if query else rest
    options = _options(query["options"] if query else "", where)
    own_inventory = options.pop("ansible_inventory", None)
    if own_inventory and scheme != "ansible":
        raise UsageError(f"{where}: ansible_inventory belongs to ansible://")
    login = _own_login(login, options, where)
    if scheme == "ansible":
        source = own_inventory or ansible_inventory
        return FromInventory(None if source is None else inventory_path(source, folder), unquote(place) or "all", login)
    place = place.removesuffix("/")
    return _ssh(place, login, where) if _SCHEMES[scheme] == "ssh" else _local(place, login, where)


def inventory_path(word: str, folder: Path) -> Path:
    """The inventory file or folder that --ansible-inventory names."""
    path = Path(os.path.expanduser(word)) if word else None
    if path is None or not os.path.exists(path):
        path = sources.find(word, folder)
    if path is None:
        raise UsageError(f"--ansible-inventory {naming.shown(word)}: no such inventory")
    return path


def shown(word: str) -> str:
    """The word for a message: without its query, and without what could be a password or a part of one."""
    scheme, separator, place = word.partition("://") if "://" in word else ("", "", word)
    if re.search(r"[^a-z-]", scheme):
        scheme = "***"
    place = re.sub(r"\?\w+=.*", "", place, flags=re.DOTALL)
    place = re.sub(r".*@", "***@", place, flags=re.DOTALL)
    return naming.shown(scheme + separator + re.sub(r":[^:\]]*[^:\]0-9][^:\]]*$", ":***", place))


def _ssh(place: str, login: Login, where: str) -> HostDescription:
    user, at, host = place.rpartition("@")
    user = unquote(user)
    if ":" in user:
        raise UsageError(f"{where}: passwords are not taken; log in with a key or an agent")
    bracketed = re.fullmatch(r"\[(?P<host>[^\]]*)\](?::(?P<port>.*))?", host, re.DOTALL)
    port: str | None
    if bracketed:
        host, port = bracketed["host"], bracketed["port"]
    elif naming.is_ip_address(unquote(host)):
        port = None  # an IPv6 address without brackets has no port
    else:
        host, colon, rest = host.partition(":")
        port = rest if colon else None
    name = naming.host_name(unquote(host), where)
    return HostDescription(
        name=name,
        connection="ssh",
        address=name,
        port=None if port is None else naming.port_number(port, where),
        user=naming.user_name(user, where) if at else None,
        identity_file=login.identity_file,
        ssh_config=login.ssh_config,
        sudo=login.sudo,
        sudo_user=login.sudo_user if login.sudo else None,
    )


def _local(place: str, login: Login, where: str) -> HostDescription:
    name = naming.host_name(unquote(place), where) if place else "localhost"
    return HostDescription(name, "local", sudo=login.sudo, sudo_user=login.sudo_user if login.sudo else None)


def _options(query: str, where: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = [key for key in options if key not in _KEYS]
    if unknown:
        raise UsageError(f"{where}: unknown option {naming.shown(unknown[0])}; known are {', '.join(_KEYS)}")
    empty = [key for key, value in options.items() if not value]
    if empty:
        raise UsageError(f"{where}: {empty[0]} has no value")
    return options


def _own_login(login: Login, options: dict[str, str], where: str) -> Login:
    if "sudo" in options:
        if options["sudo"].lower() not in ("true", "false"):
            raise UsageError(f"{where}: sudo is neither true nor false")
        login = replace(login, sudo=options["sudo"].lower() == "true")
    if "sudo_user" in options:
        login = replace(login, sudo_user=naming.user_name(options["sudo_user"], f"{where}: sudo_user"))
    if "ssh_config" in options:
        login = replace(login, ssh_config=file_path(options["ssh_config"], f"{where}: ssh_config"))
    if "ssh_identity_file" in options:
        login = replace(login, identity_file=file_path(options["ssh_identity_file"], f"{where}: ssh_identity_file"))
    return login
