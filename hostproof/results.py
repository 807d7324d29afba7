"""One record per host and recommendation: the JSON lines that every report is made from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

VERSION = 1  # of the record's shape; docs/results.schema.json describes it

Record = dict[str, Any]


class ResultsFile:
    """Appends records to a file as they come, so that an interrupted run keeps what it had."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file: TextIO = path.open("w", encoding="utf-8")

    def add(self, record: Record) -> None:
        """Write one record and hand it to the operating system."""
        self._file.write(json.dumps(record, sort_keys=True) + "\n")
        self._file.flush()

    def close(self) -> None:
        """No more records come."""
        self._file.close()


def read(path: Path) -> Iterator[Record]:
    """The records of a results file, in the order in which they were judged."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
