"""The lines that the commands of this probe print: a word that says what the line is, then tab-separated fields."""

from __future__ import annotations

from collections.abc import Iterator


def records(text: str) -> Iterator[tuple[str, list[str]]]:
    """The kind and the fields of each line.

    >>> list(records("listen\\t[::]:22\\n"))
    [('listen', ['[::]:22'])]
    """
    for line in text.split("\n"):
        if line:
            kind, *fields = line.split("\t")
            yield kind, fields


def add_setting(settings: dict[str, list[str]], line: str) -> None:
    """Adds one line of `sshd -T`; a keyword that comes on several lines keeps each as a value."""
    keyword, _, value = line.partition(" ")
    settings.setdefault(keyword.lower(), []).append(value.strip())


def setting(settings: dict[str, list[str]], *keywords: str) -> str:
    """The value of the first of these keywords that this sshd knows. Raises KeyError."""
    for keyword in keywords:
        if keyword in settings:
            return settings[keyword][0]
    raise KeyError(f"sshd -T does not say {' or '.join(keywords)}")
