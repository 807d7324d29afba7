"""Each proof counts once, in the column that it belongs to."""

from __future__ import annotations

import itertools

import pytest

from selftests.accuracy import lynis, openscap, scoring

VERDICTS = ("pass", "fail", "unknown", "not_applicable")


def own(expected: str, seen: str, name: str = "a") -> scoring.Line:
    line = {"judge": "hostproof", "proof": f"rec/{name}.{expected}", "recommendation": "rec", "kind": "debian12", "reason": "so"}
    return line | {"expected": expected, "seen": seen}


def their(expected: str, golden: list, after: dict | None) -> scoring.Line:
    line = {"judge": "lynis", "proof": f"rec/a.{expected}", "recommendation": "rec", "kind": "debian12"}
    return line | {"expected": expected, "golden": golden, "after": after}


def cell_of(line: scoring.Line, is_worse=lynis.is_worse) -> list[str]:
    row = scoring.peer([line], is_worse)["recommendations"]["rec"]
    return [cell for cell, value in row.items() if isinstance(value, list) and value]


@pytest.mark.parametrize(("expected", "seen"), list(itertools.product(VERDICTS, VERDICTS)))
def test_our_verdict_counts_by_what_was_seen_unless_it_was_right(expected, seen):
    counted = scoring.ours([own(expected, seen)])

    row = counted["recommendations"]["rec"]
    assert row.pop("proofs") == 1
    cell = "right" if expected == seen else scoring.CELLS[seen]
    assert {name: value for name, value in row.items() if value} == {cell: 1}
    assert counted["verdicts"][expected][seen] == 1
    assert bool(counted["wrong"]) is (expected != seen)


def test_totals_are_sums():
    counted = scoring.ours([own("fail", "pass"), own("fail", "fail", "b"), own("unknown", "fail")])

    assert counted["total"] == {
        "proofs": 3, "right": 1, "false_pass": 1, "false_fail": 1, "unknown_instead": 0, "not_applicable_instead": 0,
    }  # fmt: skip


WARNED = {"X-1 it is bad": "warning"}


@pytest.mark.parametrize(
    ("expected", "golden", "after", "cell"),
    [
        ("fail", {}, WARNED, "detected"),
        ("fail", WARNED, {}, "detected"),  # any change counts
        ("fail", WARNED, WARNED, "missed"),
        ("pass", {}, WARNED, "false_alarms"),
        ("pass", WARNED, {}, "quiet"),  # it got better
        ("pass", {}, {}, "quiet"),
        ("fail", {}, None, "no_answer"),
        ("pass", {}, None, "no_answer"),
    ],
)
def test_a_peers_proof_counts_once(expected, golden, after, cell):
    assert cell_of(their(expected, [golden, golden], after)) == [cell]


def test_findings_that_change_by_themselves_do_not_count():
    assert cell_of(their("fail", [{}, WARNED], WARNED)) == ["missed"]
    assert cell_of(their("pass", [{}, WARNED], WARNED)) == ["quiet"]


def test_a_peer_is_right_when_it_detects_or_keeps_quiet():
    quiet = their("pass", [{}, {}], {})
    detected = their("fail", [{"r": "pass"}] * 2, {"r": "fail"})
    missed = their("fail", [{}, {}], {}) | {"proof": "rec/b.fail"}

    scored = scoring.peer([quiet, detected, missed], openscap.is_worse)

    row = scored["recommendations"]["rec"]
    assert (row["proofs"], row["right"]) == (3, 2)
    assert row["detected"] == [{"proof": "rec/a.fail", "kind": "debian12", "findings": ["r: pass -> fail"]}]
    assert scored["total"] == {"proofs": 3, "right": 2, "detected": 1, "missed": 1, "quiet": 1, "false_alarms": 0, "no_answer": 0}
