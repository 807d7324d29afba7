"""The rows of report.html: one for each record, but a single one for a host that could not be reached."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import Template

from hostproof.catalogue import SEVERITIES
from hostproof.report.summary import WORDS, natural
from hostproof.results import Record
from hostproof.verdict import Verdict

# A row's class and filter in pytest-html's script. "error" is the one of its words that nobody takes for fine.
BUCKETS = {
    Verdict.FAIL: "failed",
    Verdict.UNKNOWN: "error",
    Verdict.PASS: "passed",
    Verdict.NOT_APPLICABLE: "skipped",
}
PASSED_EXCERPT = 600  # characters of a command's output that the row of a pass shows
SHORT = 160  # characters of a command that a row shows; a longer one, or one of several lines, is a script

_VERDICTS = list(WORDS)


# What is needed of every record at once, to sort and to count: neither evidence nor long texts.
_DIGEST = ("host", "recommendation", "title", "severity", "verdict", "reached", "reason", "profile", "distribution")


def digests(records: Iterable[Record]) -> tuple[list[Record], dict[str, int]]:
    """Each record without what makes it large; and the commands that are too long for a row, numbered.

    Many hosts are asked the same: the page holds each command once.
    """
    found, commands = [], dict[str, int]()
    for record in records:
        found.append({name: _shared(record[name]) for name in _DIGEST})
        for piece in record["evidence"]:
            command = piece["command"]
            if piece["status"] is not None and ("\n" in command or len(command) > SHORT):
                commands.setdefault(command, len(commands) + 1)
    return found, commands


def rows(records: Iterable[Record], digested: list[Record], markup: Template) -> list[dict[str, Any]]:
    """Rows as pytest-html's script wants them, gravest first.

    digested: what `digests` made of the records. markup: row.jinja2.
    resultsTableRow and log are HTML; verdict, severity, host and title are places in the order by that column.
    """
    grouped = list(_grouped(digested))
    order = sorted(range(len(grouped)), key=lambda number: _gravest_first(grouped[number]))
    shown = [grouped[number] for number in order]
    by_host = _places(shown, lambda record: natural(record["host"]))
    by_severity = _places(shown, lambda record: SEVERITIES.index(record["severity"]))
    by_title = _places(shown, lambda record: record["title"])
    macros: Any = markup.module
    excerpts = {Verdict.PASS: PASSED_EXCERPT}
    found: list[dict[str, Any]] = [{}] * len(shown)
    for place, record in zip(_inverse(order), _grouped(records), strict=True):
        found[place] = {
            "testId": f"{record['host']}/{record['recommendation']}",
            "result": BUCKETS[record["verdict"]],
            "verdict": place,
            "severity": by_severity[place],
            "host": by_host[place],
            "title": by_title[place],
            "resultsTableRow": [str(macros.cells(record))],
            "log": _unwrapped(str(macros.details(record, excerpts.get(record["verdict"])))),
        }
    return found


def caption(command: str) -> str:
    """What a script's first line says, without the mark of a comment."""
    return command.partition("\n")[0].removeprefix("#").strip()[:SHORT]


def stray(place: int, name: str, said: str, markup: Template) -> dict[str, Any]:
    """The row of what failed in pytest and is no recommendation on a host: a test file that cannot be loaded."""
    macros: Any = markup.module
    return {
        "testId": name,
        "result": BUCKETS[Verdict.UNKNOWN],
        **dict.fromkeys(("verdict", "severity", "host", "title"), -1 - place),
        "resultsTableRow": [str(macros.stray_cells(name))],
        "log": _unwrapped(str(macros.stray_details(said))),
    }


def _grouped(records: Iterable[Record]) -> Iterable[Record]:
    unreachable: dict[str, Record] = {}
    for record in records:
        if record["reached"]:
            yield record
        else:
            group = unreachable.setdefault(record["host"], {**record, "severity": SEVERITIES[-1], "unjudged": []})
            group["unjudged"].append(record)
            group["severity"] = min(group["severity"], record["severity"], key=SEVERITIES.index)
    for group in unreachable.values():
        count = len(group["unjudged"])
        yield {
            **group,
            "recommendation": "",
            "title": f"{count} recommendation{'s' if count > 1 else ''} could not be judged",
        }


def _gravest_first(record: Record) -> tuple[Any, ...]:
    return (
        _VERDICTS.index(record["verdict"]),
        record["reached"],
        SEVERITIES.index(record["severity"]),
        record["recommendation"],
        natural(record["host"]),
    )


def _places(shown: list[Record], key: Callable[[Record], Any]) -> list[int]:
    return _inverse(sorted(range(len(shown)), key=lambda place: key(shown[place])))


def _inverse(order: list[int]) -> list[int]:
    """At which position of `order` each number is."""
    positions = [0] * len(order)
    for position, number in enumerate(order):
        positions[number] = position
    return positions


def _shared(value: Any) -> Any:
    """The same text once for all records."""
    return sys.intern(value) if type(value) is str else value


def _unwrapped(html: str) -> str:
    # pytest-html's script takes a line that begins with E for pytest's error marker, and wraps it
    return re.sub(r"(?m)(^|[\r\u2028\u2029])E", r"\1&#69;", html)
