"""Right or wrong: lines of measurements in, counts out.

A line is what one judge made of one proof. Ours: {"judge": "hostproof", "proof", "recommendation", "expected", "kind",
"script", "at", "seen", "reason"}. A peer's has, in place of `seen` and `reason`, its findings by name: "golden", twice on the
golden host, and "after" the proof's change, None where it gave no report; and its "version".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

Line = dict[str, Any]
IsWorse = Callable[[str | None, str | None], bool]

# Where a verdict that is not the expected one is counted, by what was seen: each proof is in exactly one cell.
CELLS = {"pass": "false_pass", "fail": "false_fail", "unknown": "unknown_instead", "not_applicable": "not_applicable_instead"}


def ours(lines: Iterable[Line]) -> dict[str, Any]:
    """Our counts by recommendation, in total, and each verdict that was wrong."""
    counts: dict[str, Counter[str]] = {}
    table: dict[str, Counter[str]] = {expected: Counter() for expected in CELLS}
    wrong = []
    for line in sorted(lines, key=lambda line: line["proof"]):
        cell = "right" if line["seen"] == line["expected"] else CELLS[line["seen"]]
        counts.setdefault(line["recommendation"], Counter()).update(["proofs", cell])
        table[line["expected"]][line["seen"]] += 1
        if cell != "right":
            wrong.append({key: line[key] for key in ("proof", "kind", "expected", "seen", "reason")})
    return {
        "recommendations": {name: _row(count) for name, count in sorted(counts.items())},
        "total": _row(sum(counts.values(), Counter())),
        "verdicts": {expected: {seen: row[seen] for seen in CELLS} for expected, row in table.items()},
        "wrong": wrong,
    }


def _row(count: Counter[str]) -> dict[str, int]:
    return {cell: count[cell] for cell in ("proofs", "right", *CELLS.values())}


def peer(lines: Iterable[Line], is_worse: IsWorse) -> dict[str, Any]:
    """A peer's counts by recommendation that it claims, with what it detected, missed and cried wolf about."""
    rows: dict[str, dict[str, Any]] = {}
    for line in sorted(lines, key=lambda line: line["proof"]):
        row = rows.setdefault(line["recommendation"], _peer_row())
        row["proofs"] += 1
        cell, why = _judged(line, is_worse)
        row[cell].append({"proof": line["proof"], "kind": line["kind"], "findings": why})
        row["right"] += cell in ("detected", "quiet")
    return {"recommendations": dict(sorted(rows.items())), "total": _total(rows.values())}


def _peer_row() -> dict[str, Any]:
    return {"proofs": 0, "right": 0, "detected": [], "missed": [], "quiet": [], "false_alarms": [], "no_answer": []}


def _total(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for row in rows:
        total.update({cell: value if isinstance(value, int) else len(value) for cell, value in row.items()})
    return {cell: total[cell] for cell in _peer_row()}


def _judged(line: Line, is_worse: IsWorse) -> tuple[str, list[str]]:
    """The cell that a peer's proof counts in, and the findings that put it there."""
    if line["after"] is None or None in line["golden"]:
        return "no_answer", []
    changed = changes(line["golden"], line["after"])
    if line["expected"] == "fail":
        return ("detected" if changed else "missed"), _said(changed)
    worse = {name: values for name, values in changed.items() if is_worse(*values)}
    return ("false_alarms" if worse else "quiet"), _said(worse)


def changes(golden: list[dict[str, str]], after: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    """Findings that changed, as (before, after); those that differ between the two golden runs change by themselves."""
    first, second = golden
    steady = {name for name in {*first, *second, *after} if first.get(name) == second.get(name)}
    return {name: (first.get(name), after.get(name)) for name in sorted(steady) if first.get(name) != after.get(name)}


def _said(changed: dict[str, tuple[str | None, str | None]]) -> list[str]:
    return [f"{name}: {before or 'nothing'} -> {after or 'nothing'}" for name, (before, after) in changed.items()]
