"""Joins the reports of several shards into one, and says what is missing: a fleet is not green because a part was silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hostproof.errors import UsageError
from hostproof.manifest import NAME, Manifest, now, seconds
from hostproof.report import html, junit
from hostproof.results import Record, Results, ResultsFile, salvage
from hostproof.sharding import Shard, number_of
from hostproof.tally import ALL_WELL, SOME_FAIL, SOME_UNKNOWN, Tally, in_words
from hostproof.text import how_many, one_line
from hostproof.verdict import Verdict

RESULTS = "results.jsonl"
SAME_RUN = timedelta(hours=12)  # shards without a --run name that began further apart are not of one run
NAMED = 5  # hosts in one line
_GRAVEST_FIRST = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS, Verdict.NOT_APPLICABLE)


@dataclass
class Part:
    """The reports of one shard. judged: how many records it has of each host, and of each host and recommendation."""

    folder: Path
    manifest: Manifest
    judged: Counter[str] = field(default_factory=Counter)
    answered: set[tuple[str, str]] = field(default_factory=set)
    promised: dict[str, int] = field(default_factory=dict)
    damaged: int = 0
    foreign: int = 0

    def records(self) -> Iterator[Record | None]:
        """Its records; None for each line that is none, or none of this run."""
        for record in salvage(self.folder / RESULTS):
            yield record if record is not None and record["run"] == self.manifest.run else None


@dataclass
class Merged:
    """What came of a merge. gaps: one line for each thing that is missing or does not fit; they hold its unknowns."""

    tally: Tally
    gaps: list[str]
    status: int
    output: Path

    def lines(self) -> Iterator[str]:
        """What there is to say on the terminal."""
        if problems := self.tally.problem_lines():
            yield from ("== what is not as required ==", *problems)
        if self.gaps:
            yield from ("== what is missing, or does not belong together ==", *self.gaps)
        yield from ("== reports ==", f"{how_many(len(self.tally.by_host), 'host')}: {in_words(self.tally.verdicts)}")
        yield from (str(self.output / name) for name in ("report.html", RESULTS, "junit.xml"))


def merge(folders: Iterable[Path], output: Path, expected: Manifest | None = None, why: dict[Shard, str] | None = None) -> Merged:
    """Make one report in `output` of those in `folders`.

    expected: what all of them together were meant to judge, where that is known; else they say it themselves.
    why: reasons for shards that have no folder. Raises UsageError for what is no folder of reports, or cannot be written.
    """
    distinct = list(dict.fromkeys(folder.resolve() for folder in folders))
    if output.resolve() in distinct:
        raise UsageError(f"--output={output} is one of the folders to merge: name another")
    gaps: list[str] = []
    parts = [part for folder in distinct if (part := _part(folder, gaps)) is not None]
    if expected is None:
        if not parts:
            raise UsageError(f"nothing to merge: {gaps[0] if gaps else 'no folder was named'}")
        expected = _everything(parts)
        gaps += _missing_shards(parts, expected)
    else:
        gaps += [f"{p.folder} {how}" for p in parts if (how := _other_selection(p.manifest, expected))]
    gaps += _disagreements(parts)
    try:
        return _write(parts, expected, gaps, output, why or {})
    except OSError as error:
        raise UsageError(f"cannot write reports to {output}: {error.strerror}") from None


def _part(folder: Path, gaps: list[str]) -> Part | None:
    results = folder / RESULTS
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder: name the folders that the shards' runs wrote, such as reports/shard-*")
    if not results.is_file() and not (folder / NAME).is_file():
        raise UsageError(f"{folder} is no folder of reports: it has neither {RESULTS} nor {NAME}")
    manifest = Manifest.load(folder)
    if manifest is None:
        gaps.append(f"{folder} has no {NAME}, so nobody knows what it was meant to judge: it is left out")
        return None
    part = Part(folder, manifest)
    try:
        for record in salvage(results):
            _count(part, record)
    except OSError as error:
        gaps.append(f"{manifest.shard} has no readable results: {results}: {error.strerror}")
        return None
    if part.damaged:
        gaps.append(f"{results}: {part.damaged} damaged lines are left out; the whole ones are kept")
    if part.foreign:
        gaps.append(f"{results}: {part.foreign} records of another run than {NAME} says are left out")
    return part


def _count(part: Part, record: Record | None) -> None:
    if record is None:
        part.damaged += 1
    elif record["run"] != part.manifest.run:
        part.foreign += 1
    else:
        part.judged[record["host"]] += 1
        part.answered.add((record["host"], record["recommendation"]))
        part.promised[record["host"]] = record.get("tests", 0)


def _everything(parts: Sequence[Part]) -> Manifest:
    """What all parts together were meant to judge: where they disagree, each host that any of them knows."""
    first = parts[0].manifest
    whole = dict(vars(first)) | {"shard": Shard(), "started": min(part.manifest.started for part in parts)}
    for name in ("hosts", "recommendations"):
        whole[name] = {key: value for part in reversed(parts) for key, value in getattr(part.manifest, name).items()}
    profiles: dict[str, set[str]] = {}
    for part in parts:
        for profile, ids in part.manifest.profiles.items():
            profiles.setdefault(profile, set()).update(ids)
    whole["profiles"] = {profile: tuple(sorted(ids)) for profile, ids in profiles.items()}
    return Manifest(**whole)


def _missing_shards(parts: Sequence[Part], expected: Manifest) -> Iterator[str]:
    present = {part.manifest.shard for part in parts}
    of = parts[0].manifest.shard.of
    zoned = any(shard.zone is not None for shard in present)
    zones = sorted({host.zone for host in expected.hosts.values()}) if zoned else [None]
    for shard in (Shard(number, of, zone) for zone in zones for number in range(1, of + 1)):
        if shard not in present:
            held = [name for name, host in expected.hosts.items() if shard.holds(name, host.zone)]
            yield f"{shard} is missing, with {_named(held)}"


def _disagreements(parts: Sequence[Part]) -> Iterator[str]:
    for other in parts[1:]:
        yield from (f"{parts[0].folder} and {other.folder} {how}" for how in _differences(parts[0].manifest, other.manifest))
    for part in parts:
        if part.manifest.ended is None:
            yield f"{part.manifest.shard} ({part.folder}) did not run to its end"
        elif part.manifest.status not in (ALL_WELL, SOME_FAIL, SOME_UNKNOWN):
            yield f"{part.manifest.shard} ({part.folder}) ended with exit status {part.manifest.status}"
    for host, folders in _judged_in(parts).items():
        if len(folders) > 1:
            yield f"host {one_line(host)} was judged twice, in {' and '.join(map(str, folders))}: the graver verdicts count"


def _differences(one: Manifest, other: Manifest) -> Iterator[str]:
    if one.shard.of != other.shard.of or (one.shard.zone is None) != (other.shard.zone is None):
        yield f"divide the hosts differently: {one.shard} and {other.shard}"
    if one.shard == other.shard:
        yield f"are both {one.shard}"
    if one.name != other.name:
        yield f"are of different runs: {one_line(one.name) or 'one without a name'} and {one_line(other.name) or 'one without'}"
    elif not one.name and abs(seconds(one.started) - seconds(other.started)) > SAME_RUN.total_seconds():
        yield f"are of different runs: they began at {one.started} and {other.started} (shards with one --run=NAME may)"
    if one.hostproof != other.hostproof:
        yield f"were made by different versions: Hostproof {one_line(one.hostproof)} and {one_line(other.hostproof)}"
    if how := _other_selection(one, other):
        yield how


def _other_selection(one: Manifest, other: Manifest) -> str:
    differ = [name for name in sorted({*one.hosts, *other.hosts}) if one.hosts.get(name) != other.hosts.get(name)]
    return f"do not ask the same, or are of different selections: {_named(differ)}" if differ else ""


def _judged_in(parts: Iterable[Part]) -> dict[str, list[Path]]:
    folders: dict[str, list[Path]] = {}
    for part in parts:
        for host in part.judged:
            folders.setdefault(host, []).append(part.folder)
    return folders


def _write(parts: Sequence[Part], expected: Manifest, gaps: list[str], output: Path, why: dict[Shard, str]) -> Merged:
    tally = Tally(len(expected.hosts))
    results = ResultsFile(output / RESULTS)
    for record in _judged(parts, expected.run):
        results.add(record)
        tally.add(record)
    nobody_came = Tally(len(expected.hosts))
    for record in _unjudged(parts, expected, gaps, why):
        results.add(record)
        nobody_came.add(record)
    results.close()
    tally.verdicts += nobody_came.verdicts
    for host, verdicts in nobody_came.by_host.items():
        tally.by_host.setdefault(host, Counter()).update(verdicts)
    status = _status(tally, parts, gaps)
    ended = max((part.manifest.ended or part.manifest.started for part in parts), default=now())
    facts = html.Facts(list(expected.hosts), seconds(expected.started), seconds(ended), gaps=gaps)
    records = Results(results.path)
    html.write(records, output / "report.html", facts)
    junit.write(records, output / "junit.xml")
    expected.finished(status).write(output)
    return Merged(tally, gaps, status, output)


def _status(tally: Tally, parts: Iterable[Part], gaps: Sequence[str]) -> int:
    """An audit's; where a shard itself saw more than its records say, such as a failing test of no host, that counts."""
    statuses = {tally.exit_status(), *(part.manifest.status for part in parts)}
    if SOME_FAIL in statuses:
        return SOME_FAIL
    return SOME_UNKNOWN if gaps or SOME_UNKNOWN in statuses else ALL_WELL


def _judged(parts: Sequence[Part], run: str) -> Iterator[Record]:
    """All records of all parts, as of one run; of what was judged twice, the graver verdict."""
    twice = {host for host, folders in _judged_in(parts).items() if len(folders) > 1}
    candidates: dict[tuple[str, str], Record] = {}
    for part in parts:
        for record in part.records():
            if record is None:
                continue
            if record["host"] not in twice:
                yield {**record, "run": run}
                continue
            key = record["host"], record["recommendation"]
            known = candidates.setdefault(key, record)
            candidates[key] = min(known, record, key=lambda each: _GRAVEST_FIRST.index(each["verdict"]))
    yield from ({**record, "run": run} for record in candidates.values())


def _unjudged(parts: Sequence[Part], expected: Manifest, gaps: list[str], why: dict[Shard, str]) -> Iterator[Record]:
    """Unknown records for what has none, and lines in `gaps` about them."""
    answered = {key for part in parts for key in part.answered}
    judged_in = _judged_in(parts)
    unjudged: dict[str, list[str]] = {}
    for host in expected.hosts:
        missing = [each for each in expected.expected(host) if (host, each) not in answered]
        if missing:
            reason = _reason(parts, expected, host, why) if host not in judged_in else "the run ended before this was judged"
            unjudged.setdefault(reason, []).append(host)
        yield from (expected.unjudged(host, each, reason) for each in missing)
    gaps += [f"not judged, or not to the end: {_named(hosts)}: {reason}" for reason, hosts in unjudged.items()]
    if strange := [host for host in judged_in if host not in expected.hosts]:
        gaps.append(f"results of hosts that were not selected: {_named(strange)}")
    for part in parts:
        short = [host for host, count in part.judged.items() if count < part.promised[host]]
        if cut := [host for host in short if {(host, each) for each in expected.expected(host)} <= answered]:
            gaps.append(f"{part.manifest.shard}: tests that are no recommendations were not judged on {_named(cut)}")


def _reason(parts: Sequence[Part], expected: Manifest, host: str, why: dict[Shard, str]) -> str:
    zone = expected.hosts[host].zone
    for part in parts:
        if part.manifest.shard.holds(host, zone):
            return f"the run of {part.manifest.shard} ended before this host was judged"
    for shard, reason in why.items():
        if shard.holds(host, zone):
            return reason
    shards = {part.manifest.shard.of for part in parts}
    numbers = " or ".join(f"shard {number_of(host, of)} of {of}" for of in sorted(shards)) or "its shard"
    return f"{numbers}, which holds this host, has no results"


def _named(hosts: Sequence[str]) -> str:
    if not hosts:
        return "no hosts"
    more = f" and {len(hosts) - NAMED} more" if len(hosts) > NAMED else ""
    return f"{how_many(len(hosts), 'host')} ({', '.join(map(one_line, hosts[:NAMED]))}{more})"
