"""Which commands a host will be asked, known before its tests run: that is what makes one round trip possible.

A test says `host.sshd`; its compiled code therefore names `sshd`, and with `host.socket` it names what that module reads. What is
missed here (a computed name, a command of the test's own) is asked live over the same session, so the plan decides speed and
never a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any

from hostproof import modules, probes
from hostproof.connection import Command

ALWAYS = ("release",)  # asked whatever the tests name: it picks the fix that a report shows


@cache
def commands_for(tests: tuple[Callable[..., Any], ...]) -> list[Command]:
    """The commands of every probe that the test functions name, directly or through functions that they call."""
    readings = (r for name in sorted(subjects_of(tests)) for r in probes.probe_class(name).readings())
    return list({r.command.text: r.command for r in readings}.values())


@cache
def subjects_of(tests: tuple[Callable[..., Any], ...]) -> frozenset[str]:
    """The names of those probes."""
    subjects = set(ALWAYS)
    for test in tests:
        subjects |= _subjects(test) | {modules.PROBES[name] for name in _names(test, set()) if name in modules.PROBES}
    waiting = list(subjects)
    while waiting:
        for name in _subjects_of_probe(waiting.pop()) - subjects:
            subjects.add(name)
            waiting.append(name)
    return frozenset(subjects)


def _subjects_of_probe(name: str) -> set[str]:
    functions = vars(probes.probe_class(name)).values()
    plain = (getattr(f, "fget", None) or getattr(f, "func", None) or f for f in functions)
    return {s for f in plain if isinstance(f, FunctionType) for s in _subjects(f)}


def _subjects(function: Callable[..., Any]) -> set[str]:
    return {name for name in _names(function, set()) if name in probes.names()}


def _names(function: Any, seen: set[int]) -> Iterator[str]:
    code = getattr(function, "__code__", None)
    if code is None or id(code) in seen:
        return
    seen.add(id(code))
    for name in _names_in(code):
        yield name
        called = getattr(function, "__globals__", {}).get(name)
        if isinstance(called, FunctionType):
            yield from _names(called, seen)


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)
