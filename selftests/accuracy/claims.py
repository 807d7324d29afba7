"""Which findings of a peer belong to which recommendation: peers.yml, checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("peers.yml")
KNOWN = Path(__file__).resolve().parents[1] / "scoring" / "known"  # see known.py


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
    """contents: data streams to try, by kind of host; None where the peer brings what it needs for every kind.

    streams: rule -> the data streams that have it.
    """

    title: str
    about: str
    claims: dict[str, Claim]
    contents: dict[str, list[str]] | None = None
    streams: dict[str, list[str]] = field(default_factory=dict)

    def judges(self, recommendation: str, kind: str) -> bool:
        """Whether it claims to, on that kind of host."""
        claim = self.claims.get(recommendation)
        if claim is None or self.contents is None:
            return claim is not None
        tried = set(self.contents.get(kind, []))
        return any(tried.intersection(streams) for rule, streams in self.streams.items() if claim.covers(rule))


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
            known(name) if "contents" in peer else {},
        )
        for name, peer in said.items()
    }


def known(name: str) -> dict[str, list[str]]:
    """What the packages of a peer hold: id of a test or rule -> the words that follow it."""
    lines = (KNOWN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {first: rest for first, *rest in map(str.split, lines)}
