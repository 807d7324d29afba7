"""Host entries of an inventory: `web[01:10].example.com`, `db[a:c]:2222`, `[2001:db8::1]:22`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hostproof.inventory.naming import is_ip_address

_RANGE = r"\[(?:[0-9]+:[0-9]+|[a-z]:[a-z])(?::[0-9]+)?\]"
_HEX_RANGE = re.compile(r"\[[0-9a-f]+:[0-9a-f]+(?::[0-9]+)?\]", re.IGNORECASE)
_LABEL = rf"(?:\w|{_RANGE})(?:[\w-]|{_RANGE})*(?<![_-])"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE | re.ASCII)
_BRACKETED_PORT = re.compile(r"\[(?P<host>.+)\]:(?P<port>[0-9]+)")
_PORT = re.compile(r"(?P<host>(?:[^:\[\]]|\[[^\]]*\])*):(?P<port>[0-9]+)")
_FIRST_BRACKET = re.compile(r"(?P<head>[^\[]*)\[(?P<inside>[^\]]*)\](?P<tail>.*)", re.DOTALL)
_NUMBERS = re.compile(r"(?P<first>[0-9]{0,9}):(?P<last>[0-9]{1,9})(?::(?P<step>[0-9]{1,9}))?")
_LETTERS = re.compile(r"(?P<first>[a-zA-Z]):(?P<last>[a-zA-Z])(?::(?P<step>[0-9]{1,9}))?")
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_RANGES = 8  # in one entry


class BadRange(Exception):
    """The text ends the sentence "this entry has ..."."""


def split_port(entry: str) -> tuple[str, int | None]:
    """The host part and the port of an entry, told apart as Ansible does; an IPv6 address keeps its colons.

    >>> split_port("web[1:3]:2222"), split_port("[::1]:22"), split_port("::1")
    (('web[1:3]', 2222), ('::1', 22), ('::1', None))
    """
    found = _BRACKETED_PORT.fullmatch(entry) or _PORT.fullmatch(entry)
    if found and is_host_entry(found["host"]) and len(found["port"]) <= 5:
        return found["host"], int(found["port"])
    if entry.startswith("[") and entry.endswith("]") and is_ip_address(entry[1:-1]):
        return entry[1:-1], None
    return entry, None


def is_host_entry(text: str) -> bool:
    """Does `text` have the form of a host name or address, perhaps with ranges in it?"""
    return _HOST.fullmatch(text) is not None or is_ip_address(_HEX_RANGE.sub("0", text))


def expand(entry: str) -> Iterator[str]:
    """All names that an entry with ranges stands for, in order, one at a time. Raises BadRange.

    >>> list(expand("n[09:11]-[a:b]"))
    ['n09-a', 'n09-b', 'n10-a', 'n10-b', 'n11-a', 'n11-b']
    """
    if entry.count("[") > _MOST_RANGES:
        raise BadRange(f"more than {_MOST_RANGES} ranges")
    found = _FIRST_BRACKET.fullmatch(entry)
    if found is None:
        if "[" in entry:
            raise BadRange("a range without its closing bracket")
        yield entry
        return
    for step in _steps(found["inside"]):
        yield from expand(found["head"] + step + found["tail"])


def _steps(inside: str) -> Iterator[str]:
    found = _LETTERS.fullmatch(inside) or _NUMBERS.fullmatch(inside)
    if found is None:
        raise BadRange("a range that is not [first:last] or [first:last:step]")
    first, last, step = found["first"] or "0", found["last"], int(found["step"] or 1)
    if step == 0:
        raise BadRange("a range with step 0")
    if first.isdigit():
        width = len(first) if first.startswith("0") and len(first) > 1 else 0
        if width and width != len(last):
            raise BadRange("a range whose ends are not equally long, as the leading zero asks")
        numbers = range(int(first), int(last) + 1, step)
        names = (str(number).zfill(width) for number in numbers)
        backwards = int(first) > int(last)
    else:
        letters = _ALPHABET[_ALPHABET.index(first) : _ALPHABET.index(last) + 1 : step]
        names = (letter for letter in letters)
        backwards = _ALPHABET.index(first) > _ALPHABET.index(last)
    if backwards:
        raise BadRange("a range that ends before it begins")
    yield from names
