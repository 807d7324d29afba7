"""What a run comes to: verdicts counted by host and by recommendation, and who could not be judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from hostproof.catalogue import SEVERITIES
from hostproof.results import Record
from hostproof.verdict import Verdict

WORDS = {
    Verdict.FAIL: "fail",
    Verdict.UNKNOWN: "unknown",
    Verdict.PASS: "pass",
    Verdict.NOT_APPLICABLE: "not applicable",
}  # the order in which a reader wants them


@dataclass
class Share:
    """The verdicts of one host or of one recommendation; `record` is one of those that were counted."""

    record: Record
    verdicts: Counter[str] = field(default_factory=Counter)

    def add(self, record: Record) -> None:
        """Count the verdict of `record`."""
        self.verdicts[record["verdict"]] += 1


class Summary:
    """The records of a run, counted. Every record is in `verdicts` exactly once.

    expected: names of the hosts that the run was meant to judge.
    """

    def __init__(self, records: Iterable[Record], expected: Sequence[str]) -> None:
        self.verdicts: Counter[str] = Counter()
        self.fails: Counter[str] = Counter()
        self.profiles: set[str] = set()
        hosts: dict[str, Share] = {}
        recommendations: dict[str, Share] = {}
        for record in records:
            self.verdicts[record["verdict"]] += 1
            self.profiles.add(record["profile"])
            if record["verdict"] == Verdict.FAIL:
                self.fails[record["severity"]] += 1
            hosts.setdefault(record["host"], Share(record)).add(record)
            recommendations.setdefault(record["recommendation"], Share(record)).add(record)
        self.hosts = sorted(hosts.values(), key=lambda s: (*_worst_first(s), natural(s.record["host"])))
        self.recommendations = sorted(
            recommendations.values(), key=lambda s: (*_worst_first(s), SEVERITIES.index(s.record["severity"]))
        )
        self.unreachable = [share for share in self.hosts if not share.record["reached"]]
        self.unjudged = [name for name in expected if name not in hosts]

    @property
    def fails_by_severity(self) -> list[tuple[str, int]]:
        """Such as [("critical", 1), ("medium", 4)]; severities without a fail are left out."""
        return [(severity, self.fails[severity]) for severity in SEVERITIES if self.fails[severity]]


@lru_cache(maxsize=10_000)
def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts web2 before web10."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", name))


def _worst_first(share: Share) -> tuple[int, int]:
    return -share.verdicts[Verdict.FAIL], -share.verdicts[Verdict.UNKNOWN]
