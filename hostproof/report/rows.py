"""The rows of report.html: one for each record, but a single one for a host that could not be reached."""

from __future__ import annotations

import re
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


def rows(records: Iterable[Record], markup: Template) -> list[dict[str, Any]]:
    """Rows as pytest-html's script wants them, gravest first; `markup` is row.jinja2.

    resultsTableRow and log are HTML; verdict, severity, host and title are places in the order by that column.
    """
    shown = sorted(_grouped(records), key=_gravest_first)
    by_host = _places(shown, lambda record: natural(record["host"]))
    by_severity = _places(shown, lambda record: SEVERITIES.index(record["severity"]))
    by_title = _places(shown, lambda record: record["title"])
    macros: Any = markup.module
    excerpts = {Verdict.PASS: PASSED_EXCERPT}
    return [
        {
            "testId": f"{record['host']}/{record['recommendation']}",
            "result": BUCKETS[record["verdict"]],
            "verdict": place,
            "severity": by_severity[place],
            "host": by_host[place],
            "title": by_title[place],
            "resultsTableRow": [str(macros.cells(record))],
            "log": _unwrapped(str(macros.details(record, excerpts.get(record["verdict"])))),
        }
        for place, record in enumerate(shown)
    ]


def scripts(records: Iterable[Record]) -> dict[str, int]:
    """The commands that are too long for a row, numbered. Many hosts are asked the same: the page holds each once."""
    commands = (p["command"] for record in records for p in record["evidence"] if p["status"] is not None)
    long = dict.fromkeys(c for c in commands if "\n" in c or len(c) > SHORT)
    return {command: number for number, command in enumerate(long, start=1)}


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
    order = sorted(range(len(shown)), key=lambda place: key(shown[place]))
    places = [0] * len(shown)
    for position, place in enumerate(order):
        places[place] = position
    return places


def _unwrapped(html: str) -> str:
    # pytest-html's script takes a line that begins with E for pytest's error marker, and wraps it
    return re.sub(r"(?m)(^|[\r\u2028\u2029])E", r"\1&#69;", html)
