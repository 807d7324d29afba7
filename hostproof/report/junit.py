"""JUnit XML for CI systems: one suite per host, one case per recommendation.

A fail is a failure, unknown an error (it is not known to be fine), not applicable is skipped.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from hostproof.results import Record
from hostproof.text import printable
from hostproof.verdict import Verdict

_ELEMENTS = {Verdict.FAIL: "failure", Verdict.UNKNOWN: "error", Verdict.NOT_APPLICABLE: "skipped"}
_LONGEST = 4000  # characters of any one text


def write(records: Iterable[Record], path: Path) -> None:
    """Write the JUnit report of `records`, which are taken one at a time, to `path`. Raises OSError."""
    by_host: dict[str, list[Record]] = {}  # without what was seen of the host
    cases: dict[str, list[ET.Element]] = {}
    for record in records:
        by_host.setdefault(record["host"], []).append({name: record[name] for name in ("at", "verdict", "seconds")})
        cases.setdefault(record["host"], []).append(_case(record))
    everything = [record for its in by_host.values() for record in its]
    root = ET.Element("testsuites", {"name": "hostproof", **_totals(everything)})
    root.extend(_suite(host, its, cases[host]) for host, its in by_host.items())
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _suite(host: str, records: list[Record], cases: list[ET.Element]) -> ET.Element:
    start = records[0]["at"].removesuffix("Z")
    named = {"name": _text(host), "hostname": _text(host), "timestamp": _text(start)}
    suite = ET.Element("testsuite", named | _totals(records))
    suite.extend(cases)
    return suite


def _case(record: Record) -> ET.Element:
    # Jenkins takes what is before the last dot for a package, so a host's results stand together
    place = _text(f"{record['host']}.{record['topic']}")
    case = ET.Element("testcase", classname=place, name=_text(record["recommendation"]), time=_seconds([record]))
    if element := _ELEMENTS.get(record["verdict"]):
        outcome = ET.SubElement(case, element, message=_text(record["reason"]))
        if element != "skipped":
            outcome.set("type", record["severity"])
            outcome.text = "\n".join(map(_text, _explanation(record)))
    return case


def _explanation(record: Record) -> Iterator[str]:
    yield f"{record['title']} ({record['severity']})"
    yield record["reason"]
    for piece in record["evidence"]:
        first, _, rest = piece["command"].partition("\n")
        command = f"{first} ..." if rest else first
        yield command if piece["status"] is None else f"$ {command} (exit status {piece['status']})"
        yield piece["output"]
        if piece["truncated"]:
            yield "(output was cut)"
    if record["fix"]:
        yield f"Fix: {record['fix']}"


def _totals(records: list[Record]) -> dict[str, str]:
    verdicts = Counter(record["verdict"] for record in records)
    return {
        "tests": str(len(records)),
        "failures": str(verdicts[Verdict.FAIL]),
        "errors": str(verdicts[Verdict.UNKNOWN]),
        "skipped": str(verdicts[Verdict.NOT_APPLICABLE]),
        "time": _seconds(records),
    }


def _seconds(records: list[Record]) -> str:
    return f"{sum(record['seconds'] for record in records):.3f}"


def _text(text: str) -> str:
    # what XML cannot hold (NUL, escapes, lone surrogates) is among what `printable` spells out
    return printable(text, _LONGEST)
