"""Which of two package versions is newer, by the rules of dpkg and of rpm.

Each function turns a version into a key that sorts like the version. Sources: deb-version(7); rpm-version(7).

>>> dpkg_key("1.0~rc1-1") < dpkg_key("1.0-1") < dpkg_key("1.0-1+deb12u1") < dpkg_key("1:0.9-1")
True
>>> rpm_key("4.18.0-553.el8_10") < rpm_key("4.18.0-553.8.1.el8_10")
True
"""

from __future__ import annotations

import re

Key = tuple[object, ...]


def dpkg_key(version: str) -> Key:
    """Sorts like `dpkg --compare-versions` does."""
    epoch, colon, rest = version.strip().partition(":")
    if not colon:
        epoch, rest = "0", epoch
    upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "0")
    return int(epoch), _dpkg_part(upstream), _dpkg_part(revision)


def rpm_key(version: str) -> Key:
    """Sorts like rpm sorts versions, releases, and `version-release` pairs without an epoch."""
    segments = re.findall(r"[0-9]+|[A-Za-z]+|~|\^", version)
    return (*map(_rpm_segment, segments), (0,))


def _dpkg_part(part: str) -> Key:
    # The last pair that is found is empty: it marks the end, which sorts after a tilde and before anything else.
    pairs = re.findall(r"([^0-9]*)([0-9]*)", part)
    return tuple(((*map(_dpkg_order, text), 0), int(number or 0)) for text, number in pairs)


def _dpkg_order(character: str) -> int:
    if character == "~":
        return -1
    return ord(character) if character.isascii() and character.isalpha() else ord(character) + 256


def _rpm_segment(segment: str) -> Key:
    if segment == "~":
        return (-1,)
    if segment == "^":
        return (1,)
    return (3, int(segment)) if segment.isdigit() else (2, segment)
