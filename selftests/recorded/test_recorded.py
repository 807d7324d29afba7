"""What readers make of the answers of real hosts.

`<probe>/<case>.<reading>.out` is what a host's command printed, byte for byte; `.json` beside it is the value that the
reader has to make of that, and `.status` the exit status where it was not 0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface
from pathlib import Path
from typing import Any

import pytest

from hostproof import probes
from hostproof.connection.answer import Answer

RECORDED = Path(__file__).parent
OUTPUTS = sorted(RECORDED.glob("*/*.out"))


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda path: str(path.relative_to(RECORDED)))
def test_the_reader_understands_it(output):
    name = output.stem.rpartition(".")[2]
    reading = getattr(probes.probe_class(output.parent.name), name)
    status = output.with_suffix(".status")
    answer = Answer(
        reading.command.text,
        int(status.read_text()) if status.exists() else 0,
        output.read_bytes().decode("utf-8", errors="backslashreplace"),
    )

    assert as_json(reading.value(answer)) == json.loads(output.with_suffix(".json").read_text(encoding="utf-8"))


def test_nothing_lies_there_unread():
    expected = {path.with_suffix(".json") for path in OUTPUTS}

    assert set(RECORDED.glob("*/*.json")) == expected
    assert {path.with_suffix(".json") for path in RECORDED.glob("*/*.status")} <= expected


def as_json(value: Any) -> Any:
    """A reader's value as JSON has it: sets sorted, ranges as first and end, addresses as text."""
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {" ".join(map(str, key)) if isinstance(key, tuple) else str(key): as_json(v) for key, v in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(as_json, value))
    if isinstance(value, range):
        return [value.start, value.stop]
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, IPv4Address | IPv6Address | IPv4Interface | IPv6Interface):
        return str(value)
    return value
