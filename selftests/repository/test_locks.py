"""The lock files: exact, with sums, as pyproject.toml and each other say, and nothing of the machine that made them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)( ; [^\\]+)? \\$")
SUM = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
SOURCE = re.compile(r"^    # +(via)?( ?[a-zA-Z0-9.-]+( \(pyproject\.toml(:[a-z]+)?\))?| ?-c requirements/run\.lock)?$")
DECLARED = {
    "build": PROJECT["dependency-groups"]["build"],
    "run": PROJECT["project"]["dependencies"],
    "cluster": PROJECT["project"]["optional-dependencies"]["cluster"],
    "dev": PROJECT["dependency-groups"]["dev"],
}


def lines(lock: str) -> list[str]:
    return (REPOSITORY / "requirements" / f"{lock}.lock").read_text().splitlines()


def pins(lock: str) -> dict[str, set[str]]:
    """Versions by package; more than one where they differ by Python."""
    found: dict[str, set[str]] = {}
    for line in lines(lock):
        if pin := PIN.match(line):
            found.setdefault(pin[1], set()).add(pin[2])
    return found


@pytest.mark.parametrize("lock", DECLARED)
def test_every_line_is_a_pin_a_sum_or_a_source(lock: str) -> None:
    strange = [line for line in lines(lock) if not (PIN.match(line) or SUM.match(line) or SOURCE.match(line))]
    assert not strange


@pytest.mark.parametrize("lock", DECLARED)
def test_every_pin_has_a_sum(lock: str) -> None:
    text = lines(lock)
    pairs = zip(text, [*text[1:], ""], strict=True)
    bare = [line for line, following in pairs if PIN.match(line) and not SUM.match(following)]
    assert not bare


@pytest.mark.parametrize("lock", DECLARED)
def test_what_pyproject_declares_is_locked(lock: str) -> None:
    declared = {re.split(r"[^A-Za-z0-9._-]", entry)[0].lower() for entry in DECLARED[lock]}
    assert declared
    assert declared <= set(pins(lock))


@pytest.mark.parametrize(("one", "other"), [("run", "dev"), ("run", "cluster"), ("cluster", "dev")])
def test_what_two_locks_hold_has_one_version(one: str, other: str) -> None:
    first, second = pins(one), pins(other)
    assert not {name: (first[name], second[name]) for name in first.keys() & second.keys() if first[name] != second[name]}
