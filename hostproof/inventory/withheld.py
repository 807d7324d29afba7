"""Variables as plain JSON values, without secrets.

Hostproof needs no password of an inventory, so each is dropped while its file is read: nothing later can print it.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from enum import Enum
from functools import lru_cache
from typing import Any

_DEEPEST = 64
_LONGEST_INTEGER = 1024  # bits; Python refuses to print integers of some 14,000


class Withheld(Enum):
    """Stands where a value was, so that precedence between variables still works."""

    SECRET = "a secret"  # noqa: S105 - a label, not a password
    VAULT = "encrypted with ansible-vault"


# Kept although they sound secret: paths of keys, not keys.
_PATHS = {"ansible_ssh_private_key_file", "ansible_private_key_file"}
_SECRET_NAME = re.compile(
    r"""password | passwd | passphrase | passcode | secret | token | credential
        | (?:pass|pwd|creds?) (?:$|[^a-z])         # ansible_become_pass, dbpwd; not `passive`
        | (?:api|priv|private|access|ssh|host|sign) keys? (?:$|[^a-z])
        | [^a-z] keys? (?:$|[^a-z])                # ssh_key, tls.key, api-keys; not `key` alone, `monkey`
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SECRET_TEXT = re.compile(r"://[^/?#\s@:]*:[^/?#\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY-----|\$ANSIBLE_VAULT;")


def kept(name: str, value: Any) -> Any:
    """What may be kept of the variable `name`: JSON values, or a Withheld.

    Names that suggest a secret are withheld, at any depth, as are texts with a URL password or a private key.
    `hostproof_` variables are ours and kept whole. Raises ValueError for what no JSON can hold in reason.
    """
    ours = name.startswith("hostproof_")
    if not ours and names_a_secret(name):
        return Withheld.SECRET
    return _plain(value, ours, 0)


@lru_cache(maxsize=4096)
def names_a_secret(name: str) -> bool:
    return name not in _PATHS and _SECRET_NAME.search(name) is not None


def _plain(value: Any, ours: bool, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError(f"nested deeper than {_DEEPEST} levels")
    if value is None or isinstance(value, (bool, Withheld)):
        return value
    if isinstance(value, str):
        return _plain_text(value, ours)
    if isinstance(value, dict):
        return _plain_mapping(value, ours, depth)
    if isinstance(value, (list, tuple)):
        return _plain_list(list(value), ours, depth)
    if isinstance(value, set):
        return _plain_list(sorted(value, key=repr), ours, depth)
    return _plain_rest(value)


def _plain_text(value: str, ours: bool) -> Any:
    return Withheld.SECRET if not ours and _SECRET_TEXT.search(value) else _encodable(value)


def _plain_mapping(value: dict[Any, Any], ours: bool, depth: int) -> Any:
    if "__ansible_vault" in value:  # how ansible-inventory prints what it did not decrypt
        return Withheld.VAULT
    if set(value) == {"__ansible_unsafe"}:  # ... and text that is no template
        return _plain(value["__ansible_unsafe"], ours, depth + 1)
    entries: dict[str, Any] = {}
    for key, entry in value.items():
        name = key_text(key)
        if not ours and names_a_secret(name):
            continue
        plain = _plain(entry, ours, depth + 1)
        if plain is Withheld.VAULT and ours:
            return plain
        if not isinstance(plain, Withheld):
            entries[name] = plain
    return entries


def _plain_list(value: list[Any], ours: bool, depth: int) -> Any:
    entries = [_plain(entry, ours, depth + 1) for entry in value]
    if ours and Withheld.VAULT in entries:
        return Withheld.VAULT
    return [entry for entry in entries if not isinstance(entry, Withheld)]


def _plain_rest(value: Any) -> Any:
    if isinstance(value, int):
        if value.bit_length() > _LONGEST_INTEGER:
            raise ValueError(f"a number of more than {_LONGEST_INTEGER} bits")
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, bytes):  # YAML's !!binary: nothing we need, perhaps a key
        return Withheld.SECRET
    raise ValueError(f"a value of the type {type(value).__name__}")


def key_text(key: Any) -> str:
    """A mapping's key as JSON has it: 1 -> "1", True -> "true". Raises ValueError."""
    if isinstance(key, str):
        return _encodable(key)
    return json.dumps(key) if key is None or isinstance(key, bool) else str(_plain_rest(key))


def _encodable(text: str) -> str:
    """Without lone surrogates ("\\ud800" in JSON), which no report could hold."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
