"""What readers make of the answers of real hosts; recordings.py says how those are kept."""

from __future__ import annotations

import pytest
from recordings import RECORDED, meaning, recordings

ALL = list(recordings())


@pytest.mark.parametrize("recording", ALL, ids=lambda r: f"{r.probe}/{r.case}.{r.name}")
def test_the_reader_understands_it(recording):
    assert meaning(recording.reading, recording.answer()) == recording.expected()


def test_nothing_lies_there_unread():
    read = {recording.output.with_suffix("") for recording in ALL}

    assert {path.with_suffix("") for suffix in ("json", "status", "err") for path in RECORDED.glob(f"*/*.{suffix}")} == read
