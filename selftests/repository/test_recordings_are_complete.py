"""No reading without recordings of every kind of host, no recording that nobody can make again or place."""

from __future__ import annotations

import pytest
from recordings import KINDS, SELFTESTS, Recording, cases, recordings

from hostproof import probes

CASES = cases()
THERE = set(recordings())
READINGS = [(probe, reading.name) for probe in sorted(probes.names()) for reading in probes.probe_class(probe).readings()]


@pytest.mark.parametrize(("probe", "reading"), READINGS, ids=lambda part: part)
def test_every_kind_of_host_was_asked(probe, reading):
    assert {kind for kind in KINDS if Recording(probe, kind, reading) not in THERE} == set()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_can_be_made_and_was_recorded(case):
    known = probes.names()
    recorded = {recording.probe for recording in THERE if recording.case == case.name}

    assert recorded == set(case.probes) <= known
    assert bool(case.by_hand) != (case.kind in KINDS)
    assert not case.proof or (SELFTESTS / "proofs" / case.proof).is_file()


def test_every_recording_is_of_a_known_case():
    assert {str(recording) for recording in THERE if recording.case not in CASES} == set()
