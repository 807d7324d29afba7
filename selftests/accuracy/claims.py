"""Which findings of a peer belong to which recommendation: peers.yml, checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("peers.yml")


@dataclass(frozen=True)
class Claim:
    """What a peer claims of one recommendation.

    findings: test ids or rules, with * for any ending. groups: groups of tests that have to run for them.
    """

    findings: list[str]
    groups: list[str] = field(default_factory=list)
    note: str = ""

    def covers(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.findings)


@dataclass(frozen=True)
class Peer:
    """contents: data streams to try, by kind of host; None where the peer brings what it needs for every kind."""

    title: str
    about: str
    claims: dict[str, Claim]
    contents: dict[str, list[str]] | None = None

    def judges(self, recommendation: str, kind: str) -> bool:
        return recommendation in self.claims and (self.contents is None or kind in self.contents)


@cache
def load() -> dict[str, Peer]:
    """The peers by name."""
    said: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        name: Peer(
            peer["title"],
            peer["about"],
            {recommendation: Claim(**claim) for recommendation, claim in peer["recommendations"].items()},
            peer.get("contents"),
        )
        for name, peer in said.items()
    }
