"""Counts verdicts while they come in, and what they mean for the exit status."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hostproof.catalogue import SEVERITIES
from hostproof.results import Record
from hostproof.verdict import Verdict

SOME_UNKNOWN = 6  # exit status: nothing fails, but not everything could be told
SOME_FAIL = 1
ALL_WELL = 0

_WORDS = {Verdict.FAIL: "fail", Verdict.UNKNOWN: "unknown", Verdict.PASS: "pass", Verdict.NOT_APPLICABLE: "not applicable"}


@dataclass
class Tally:
    """The verdicts so far, by host and in all."""

    expected_hosts: int
    done_hosts: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    by_host: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[Record] = field(default_factory=list)
    unreachable: dict[str, str] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Count one record."""
        verdict, host = record["verdict"], record["host"]
        self.verdicts[verdict] += 1
        self.by_host.setdefault(host, Counter())[verdict] += 1
        if not record["reached"]:
            self.unreachable[host] = record["reason"]
        elif verdict in (Verdict.FAIL, Verdict.UNKNOWN):
            self.problems.append({k: record[k] for k in ("host", "verdict", "severity", "recommendation", "reason")})

    def exit_status(self) -> int:
        """0 when all pass or do not apply, 1 when some fail, 6 when none fails but some are unknown."""
        if self.verdicts[Verdict.FAIL]:
            return SOME_FAIL
        return SOME_UNKNOWN if self.verdicts[Verdict.UNKNOWN] else ALL_WELL

    def host_done(self, host: str) -> str:
        """The progress line of a host whose last test has been judged."""
        self.done_hosts += 1
        place = f"[{self.done_hosts}/{self.expected_hosts}]"
        return f"{place} {self.unreachable.get(host) or f'{host}: {in_words(self.by_host[host])}'}"

    def problem_lines(self) -> list[str]:
        """One line for each fail and unknown, the gravest first, and one for each unreachable host."""
        order = {severity: place for place, severity in enumerate(SEVERITIES)}
        ranked = sorted(self.problems, key=lambda p: (p["verdict"] != Verdict.FAIL, order[p["severity"]], p["host"]))
        lines = [f"{p['verdict'].upper():8}{p['severity']:9}{p['host']}  {p['recommendation']}: {p['reason']}" for p in ranked]
        return lines + sorted(self.unreachable.values())


def in_words(verdicts: Counter[str]) -> str:
    """Such as "1 fail, 2 unknown, 12 pass"."""
    return ", ".join(f"{verdicts[verdict]} {word}" for verdict, word in _WORDS.items() if verdicts[verdict]) or "nothing judged"
