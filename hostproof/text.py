"""Text from hosts and inventories, made safe to print."""

from __future__ import annotations

import unicodedata

_KEPT = {"\n", "\t"}
_BLANK = str.maketrans(dict.fromkeys(_KEPT, " "))
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def printable(text: str, limit: int = 300) -> str:
    """`text` without terminal escapes, bidirectional overrides or other invisible characters, at most `limit` characters.

    >>> printable("red \\x1b[31m")
    'red \\\\x1b[31m'
    """
    shown = text[: limit + 1]
    if not shown.translate(_BLANK).isprintable():  # the rule in one go; few texts need a closer look
        shown = "".join(character if _visible(character) else _escaped(character) for character in shown)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def one_line(text: str, limit: int = 300) -> str:
    """`printable`, folded onto one line."""
    return printable(" ".join(text.split()), limit)


def how_many(count: int, thing: str) -> str:
    """A number of things in words.

    >>> how_many(1, "host"), how_many(0, "host")
    ('1 host', '0 hosts')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _visible(character: str) -> bool:
    return character in _KEPT or unicodedata.category(character) not in _INVISIBLE


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
