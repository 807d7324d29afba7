"""run.json: what a run was meant to judge, beside the results.jsonl that says what it did.

It lists the hosts of the whole selection, also those of other shards, so that what is missing can be noticed and named.
docs/run.schema.json describes it.
"""

from __future__ import annotations

import calendar
import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import hostproof
from hostproof.audit import Target
from hostproof.catalogue import SEVERITIES, Catalogue
from hostproof.errors import UsageError
from hostproof.results import VERSION, Record
from hostproof.sharding import ZONE_VARIABLE, Shard, shard_from
from hostproof.verdict import Verdict

NAME = "run.json"
LARGEST = 256 * 1024 * 1024  # bytes
_CONNECTING = ("connection", "address", "port", "user", "sudo", "sudo_user")


@dataclass(frozen=True)
class ExpectedHost:
    """One host that is to be judged. asked: a digest of what it is asked, of whom and by which values."""

    address: str
    groups: tuple[str, ...]
    profile: str
    zone: str
    asked: str


@dataclass(frozen=True)
class Manifest:
    """One run over one shard.

    name: what the user calls the whole run, "" for nothing. profiles: ids of the recommendations to be judged, by
    profile. recommendations: the fields of a record that say what a recommendation is, by id. ended, status: None as long as
    the run goes on, or when it was killed.
    """

    run: str
    name: str
    shard: Shard
    started: str
    hosts: Mapping[str, ExpectedHost]
    profiles: Mapping[str, tuple[str, ...]]
    recommendations: Mapping[str, Mapping[str, Any]]
    hostproof: str = hostproof.__version__
    ended: str | None = None
    status: int | None = None

    @classmethod
    def of(cls, targets: Iterable[Target], catalogue: Catalogue, shard: Shard, name: str | None) -> Manifest:
        """That of a run that begins now; `targets` are the hosts of all shards."""
        targets = list(targets)
        profiles = {t.profile.name: tuple(sorted(t.recommendations)) for t in targets}
        asked = sorted({identifier for ids in profiles.values() for identifier in ids})
        run = sha256(name.encode()).hexdigest()[:16] if name else secrets.token_hex(8)
        return cls(
            run=run,
            name=name or "",
            shard=shard,
            started=now(),
            hosts={t.description.name: _expected(t) for t in targets},
            profiles=profiles,
            recommendations={identifier: _facts(catalogue, identifier) for identifier in asked},
        )

    @classmethod
    def load(cls, folder: Path) -> Manifest | None:
        """That of the run whose reports are in `folder`; None when it has none. Raises UsageError when it is damaged."""
        path = folder / NAME
        try:
            with path.open("rb") as file:
                text = file.read(LARGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UsageError(f"cannot read {path}: {error.strerror}") from None
        try:
            if len(text) > LARGEST:
                raise ValueError("too large")
            return _from_json(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise UsageError(f"{path} is damaged, or not what Hostproof {hostproof.__version__} writes") from None

    def write(self, folder: Path) -> None:
        """Put it into `folder`, whole or not at all. Raises OSError."""
        beside = folder / f"{NAME}.part"
        beside.write_text(json.dumps({"version": VERSION, **asdict(self)}, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(beside, folder / NAME)

    def finished(self, status: int) -> Manifest:
        """The same, after a run that ends now with that exit status."""
        return replace(self, ended=now(), status=status)

    def own_hosts(self) -> list[str]:
        """The names of those hosts that this run's shard holds."""
        return [name for name, host in self.hosts.items() if self.shard.holds(name, host.zone)]

    def expected(self, host: str) -> tuple[str, ...]:
        """Ids of the recommendations that the host is to be judged by."""
        return self.profiles[self.hosts[host].profile]

    def unjudged(self, host: str, recommendation: str, reason: str) -> Record:
        """The record of a recommendation that nobody came to judge."""
        known = self.hosts[host]
        return {
            "version": VERSION,
            "run": self.run,
            "at": now(),
            "host": host,
            "address": known.address,
            "groups": list(known.groups),
            "distribution": "",
            "reached": True,
            "profile": known.profile,
            "recommendation": recommendation,
            **self.recommendations[recommendation],
            "verdict": str(Verdict.UNKNOWN),
            "reason": reason,
            "evidence": [],
            "seconds": 0.0,
            "tests": 0,
        }


def now() -> str:
    """This second, in UTC, as records write it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def seconds(at: str) -> int:
    """A time as `now` writes it, in seconds since 1970. Raises ValueError."""
    return calendar.timegm(time.strptime(at, "%Y-%m-%dT%H:%M:%SZ"))


def _expected(target: Target) -> ExpectedHost:
    host, profile = target.description, target.profile
    own_values = {name: value for name, value in host.variables.items() if name.startswith("hostproof_")}
    asked = [
        *(getattr(host, field) for field in _CONNECTING),
        *(profile.name, dict(profile.values), own_values, sorted(target.recommendations)),
    ]
    digest = sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()[:16]
    return ExpectedHost(host.address, host.groups, profile.name, str(host.variables.get(ZONE_VARIABLE) or ""), digest)


def _facts(catalogue: Catalogue, identifier: str) -> dict[str, Any]:
    rec = catalogue.recommendations[identifier]
    facts = {"topic": rec.topic, "title": rec.title, "severity": rec.severity, "demands": list(rec.meets)}
    return {**facts, "why": rec.why, "fix": rec.fix_for(())}


def _from_json(content: Any) -> Manifest:
    """Raises ValueError, TypeError, KeyError or AttributeError for anything that is not as `write` writes it."""
    if content.pop("version") != VERSION:
        raise ValueError("another version")
    for at in (content["started"], content["ended"] or content["started"]):
        seconds(at)
    facts = {"topic": str, "title": str, "severity": str, "demands": list, "why": str, "fix": str}
    for known in content["recommendations"].values():
        if {name: type(value) for name, value in known.items()} != facts or known["severity"] not in SEVERITIES:
            raise TypeError("not the facts of a recommendation")
    hosts = {name: ExpectedHost(**{**host, "groups": _texts(host["groups"])}) for name, host in content["hosts"].items()}
    profiles = {name: _texts(ids) for name, ids in content["profiles"].items()}
    manifest = Manifest(**{**content, "shard": _shard(**content["shard"]), "hosts": hosts, "profiles": profiles})
    _texts([manifest.run, manifest.name, manifest.hostproof])
    for host in hosts.values():
        _texts([host.address, host.profile, host.zone, host.asked])
    if not all(identifier in manifest.recommendations for host in hosts for identifier in manifest.expected(host)):
        raise ValueError("a recommendation without facts")
    if not (re.fullmatch(r"[0-9a-f]{16}", manifest.run) and isinstance(manifest.status, int | None)):
        raise ValueError("no run or no status")
    return manifest


def _shard(number: int, of: int, zone: str | None) -> Shard:
    try:
        return shard_from(f"{number}/{of}", zone)
    except UsageError as error:
        raise ValueError(error) from None


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("a list of texts is expected")
    return tuple(values)
