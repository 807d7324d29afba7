"""What an earlier run left that a run with --resume need not ask again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hostproof.errors import UsageError
from hostproof.manifest import Manifest
from hostproof.results import Record, salvage
from hostproof.text import how_many


@dataclass(frozen=True)
class Resumed:
    """A run that goes on: hosts that were judged to the end, and what there is to say about it.

    manifest: of the run that goes on; a new one when nothing of the old one holds any more.
    """

    manifest: Manifest
    note: str
    hosts: frozenset[str] = frozenset()
    results: Path | None = None

    def records(self) -> Iterator[Record]:
        """The records of those hosts, from the file that the earlier run left."""
        if self.results is not None:
            yield from (record for record in _of_run(self.results, self.manifest.run) if record["host"] in self.hosts)


@dataclass
class _Host:
    recommendations: set[str] = field(default_factory=set)
    records: int = 0
    promised: set[int] = field(default_factory=set)


def resume(folder: Path, manifest: Manifest) -> Resumed:
    """What of the run whose reports are in `folder` still holds for one that would begin as `manifest` says.

    A host is kept when it has all its records and would be asked the same again. Raises UsageError for damaged files.
    """
    results = folder / "results.jsonl"
    earlier = Manifest.load(folder)
    if earlier is None or not results.exists():
        return Resumed(manifest, f"there is nothing to resume in {folder}: all hosts are judged")
    if difference := _difference(earlier, manifest):
        return Resumed(manifest, f"nothing is kept of the run of {earlier.started}: {difference}")
    try:
        found = _hosts(results, earlier.run)
    except OSError as error:
        raise UsageError(f"cannot read {results}: {error.strerror}") from None
    same = [name for name in manifest.own_hosts() if manifest.hosts[name] == earlier.hosts.get(name)]
    kept = frozenset(name for name in same if name in found and _is_complete(found[name], manifest.expected(name)))
    going_on = Manifest(**{**vars(manifest), "run": earlier.run, "started": earlier.started, "name": earlier.name})
    left = len(manifest.own_hosts()) - len(kept)
    note = f"kept from the run of {earlier.started}: {how_many(len(kept), 'host')}; judged now: {how_many(left, 'host')}"
    return Resumed(going_on, note, kept, results)


def _difference(earlier: Manifest, manifest: Manifest) -> str:
    if earlier.hostproof != manifest.hostproof:
        return f"it was made by Hostproof {earlier.hostproof}, this is {manifest.hostproof}"
    if manifest.name and manifest.name != earlier.name:
        return "it has another --run"
    return ""


def _hosts(results: Path, run: str) -> dict[str, _Host]:
    found: dict[str, _Host] = {}
    for record in _of_run(results, run):
        host = found.setdefault(record["host"], _Host())
        host.recommendations.add(record["recommendation"])
        host.records += 1
        host.promised.add(record.get("tests", 0))
    return found


def _of_run(results: Path, run: str) -> Iterator[Record]:
    return (record for record in salvage(results) if record is not None and record["run"] == run)


def _is_complete(host: _Host, expected: tuple[str, ...]) -> bool:
    # A record that nobody came to judge promises no tests at all.
    return host.promised == {host.records} and host.recommendations >= set(expected)
