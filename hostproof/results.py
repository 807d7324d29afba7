"""One record per host and recommendation: the JSON lines that every report is made from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from hostproof.catalogue import SEVERITIES
from hostproof.verdict import Verdict

VERSION = 1  # of the record's shape; docs/results.schema.json describes it

Record = dict[str, Any]

_TEXTS = (
    *("run", "at", "host", "address", "distribution", "profile", "recommendation", "topic", "title", "severity"),
    *("verdict", "reason", "why", "fix"),
)

_EXPOSURE = {
    **dict.fromkeys(("family", "protocol"), str),
    **dict.fromkeys(("port", "last"), int),
    "declared": bool,
    "listens": {"state": str, "by": [dict.fromkeys(("at", "program", "unit", "service"), str)], "more": int, "why": str},
    "firewall": dict.fromkeys(("accepts", "networks", "why", "passed_on"), str),
    "security_group": dict.fromkeys(("accepts", "why"), str),
    "outside": {"state": str, "vantage": str, "at": [str], "why": str},
    "disagreements": [dict.fromkeys(("kind", "sentence"), str)],
}


class ResultsFile:
    """Appends records to a file as they come, so that an interrupted run keeps what it had."""

    def __init__(self, path: Path, kept: Iterable[Record] = ()) -> None:
        """Begin the file anew with the records `kept`, which may come from the very same file. Raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        beside = path.with_name(f"{path.name}.part")
        self._file: TextIO = beside.open("w", encoding="utf-8")
        for record in kept:
            self._file.write(_line(record))
        self._file.flush()
        os.replace(beside, path)  # until here, an interrupted run has what it had before

    def add(self, record: Record) -> None:
        """Write one record and hand it to the operating system."""
        self._file.write(_line(record))
        self._file.flush()

    def close(self) -> None:
        """No more records come."""
        self._file.close()


@dataclass(frozen=True)
class Results:
    """The records of a results file, read anew each time that somebody goes through them: a fleet's do not fit into memory well."""

    path: Path

    def __iter__(self) -> Iterator[Record]:
        return read(self.path)


def read(path: Path) -> Iterator[Record]:
    """The records of a results file, in the order in which they were judged."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def salvage(path: Path) -> Iterator[Record | None]:
    """The records of a file that somebody else wrote, or did not write to its end: None for each line that is no record."""
    with path.open("rb") as lines:
        for line in lines:
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                record = None
            yield record if _is_record(record) else None


def _line(record: Record) -> str:
    return json.dumps(record, sort_keys=True) + "\n"


def _is_record(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("version") == VERSION
        and all(isinstance(value.get(name), str) for name in _TEXTS)
        and value["verdict"] in set(Verdict)
        and value["severity"] in SEVERITIES
        and isinstance(value.get("reached"), bool)
        and all(_texts(value.get(name)) for name in ("groups", "demands"))
        and isinstance(value.get("seconds"), int | float)
        and isinstance(value.get("tests", 0), int)
        and isinstance(value.get("evidence"), list)
        and all(map(_is_evidence, value["evidence"]))
        and _fits(value.get("exposure", []), [_EXPOSURE])
        and isinstance(value.get("exposure_left_out", 0), int)
    )


def _is_evidence(piece: Any) -> bool:
    return (
        isinstance(piece, dict)
        and all(isinstance(piece.get(name), str) for name in ("command", "output"))
        and {"status", "truncated"} <= set(piece)
    )


def _fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape: a type, a list of one shape, or an object with fields of certain shapes."""
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(_fits(value.get(name), its) for name, its in shape.items())
    if isinstance(shape, list):
        return isinstance(value, list) and all(_fits(each, shape[0]) for each in value)
    return isinstance(value, shape)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
