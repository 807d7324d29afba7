"""What the last checks of AIDE left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from hostproof.connection.answer import Answer

_ENDED = re.compile(r"found (?:NO )?differences", re.IGNORECASE)
_END = re.compile(r"^End timestamp: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})")
_FAILED = re.compile(r"\s*ERROR\b|[\w/.-]*sh: |env: |flock: |aide: |[Uu]sage: ")
FIRST_ERROR = 14  # exit statuses below add up from 1 (added), 2 (removed) and 4 (changed files)


@dataclass(frozen=True)
class Ending:
    """The end of a check. time: seconds since 1970. fault: why it was none; empty when AIDE compared all."""

    source: str
    time: float
    fault: str = ""


@dataclass
class Trace:
    """now: the host's clock. up: seconds since it booted. endings: of checks, oldest first; what is not known is left out.

    started: when cron started jobs that name AIDE. silent: logs that say nothing of how a check ended.
    """

    now: int = 0
    up: int = 0
    endings: list[Ending] = field(default_factory=list)
    started: list[float] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def last(self) -> Ending | None:
        return max(self.endings, key=lambda ending: ending.time, default=None)


def read_trace(answer: Answer) -> Trace:
    """What trace.sh printed."""
    trace = Trace()
    logs: list[tuple[float, str, list[str]]] = []
    for line in filter(None, answer.stdout.split("\n")):
        kind, _, rest = line.partition(" ")
        if kind in ("now", "up"):
            setattr(trace, kind, int(rest))
        elif kind == "log":
            stamp, _size, path = rest.split(" ", 2)
            logs.append((float(stamp), path, []))
        elif kind == "in" and logs:
            logs[-1][2].append(rest)
        elif kind == "started":
            trace.started.append(float(rest.partition(" ")[0]))
        elif kind == "journal":
            stamp, _, text = rest.partition(" ")
            if _ENDED.search(text) or "ERROR" in text:
                trace.endings.append(Ending("the journal", float(stamp), "" if _ENDED.search(text) else text))
        elif kind == "unit":
            trace.endings.extend(_of_unit(dict(part.split("=", 1) for part in rest.split("|") if "=" in part)))
        else:
            raise ValueError(f"not understood: {line!r}")
    for changed, path, lines in logs:
        ending = _of_log(path, changed, lines)
        if ending:
            trace.endings.append(ending)
        else:
            trace.silent.append(path)
    return trace


def show_trace(answer: Answer) -> str:
    """The logs' last lines, and what cron has started."""
    return "\n".join(line for line in answer.stdout.split("\n") if not line.startswith(("now ", "up "))) or "no trace"


def _of_log(path: str, changed: float, lines: list[str]) -> Ending | None:
    """The last check in a log; its own words for the time count more than the file's."""
    telling = [line for line in lines if _ENDED.search(line) or _FAILED.match(line)]
    if not telling:
        return None
    stamps = [found[1] for found in map(_END.match, lines) if found]
    if _ENDED.search(telling[-1]):
        time = datetime.strptime(stamps[-1], "%Y-%m-%d %H:%M:%S %z").timestamp() if stamps else changed
        return Ending(path, min(time, changed + 1))
    return Ending(path, changed, telling[-1].strip())


def _of_unit(unit: dict[str, str]) -> Iterator[Ending]:
    """The last run of a service of AIDE, if it has run; systemd names times in the host's own zone, of which UTC is sure."""
    ended = re.fullmatch(r"\w+ (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC", unit.get("ExecMainExitTimestamp", ""))
    if ended:
        status = int(unit.get("ExecMainStatus", "0") or 0)
        fault = f"it ended with status {status}" if status >= FIRST_ERROR else ""
        time = datetime.strptime(f"{ended[1]} +0000", "%Y-%m-%d %H:%M:%S %z").timestamp()
        yield Ending(unit.get("Id", "a service"), time, fault)
